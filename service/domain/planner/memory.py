"""What was solved before, shared by all learners of one kernel."""

from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Solved(NamedTuple):
    """The answer to a part.

    Attributes:
        chosen: Its least set, None where there is none.
        steps: What the search took.
    """

    chosen: int | None
    steps: int


class Remembered(Generic[Key, Value]):
    """Answers found before, the latest `capacity` of them.

    A part with what is excluded from it is a whole problem of its own, whoever the learner
    is, so threads may share the answers: each entry is written once and never changes.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._answers: dict[Key, Value] = {}

    def get(self, key: Key) -> Value | None:
        """Return the answer, or None when it is not known."""
        return self._answers.get(key)

    def put(self, key: Key, answer: Value) -> None:
        """Keep an answer; past the capacity all start anew, which costs time only."""
        if len(self._answers) >= self._capacity:
            self._answers = {}
        self._answers[key] = answer

    def clear(self) -> None:
        """Forget all answers."""
        self._answers = {}
