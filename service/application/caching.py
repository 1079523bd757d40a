"""Answers kept as finished bytes: the same question is answered once.

What is kept where: every answer in the process, and what is common to many in a cache that
processes share. Common are the questions of the common profiles, and those that several
clients asked (`service.application.common`). One person's answer never leaves the process.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from threading import Lock
from typing import Final

from service.application.assess import Assessment
from service.application.common import CommonQuestions
from service.application.keys import stored_key
from service.application.ports import Meter, OwnCache, SharedCache
from service.application.request import Question
from service.application.single_flight import SingleFlight

ANSWER_FORM: Final = "answer:v1:application/json"
"""Raise the number when the form of an answer changes; older entries are then never read."""

PATIENCE_SECONDS: Final = 5.0
"""How long a request waits for another that works out the same answer."""

TURN_SECONDS: Final = 0.5
"""How long a request waits for its turn to work something out."""

KEYS_KEPT: Final = 64
"""Questions whose keys are kept: to write a question out costs seven times as much as to find it.
Their nodes are the graph's own, so a usual one takes 1.5 KB, and all of the largest take 3 MB."""


@lru_cache(maxsize=KEYS_KEPT)
def question_key(edition: str, question: Question) -> str:
    """Return the key of a question: equal for equal questions, and saying nothing of them.

    Args:
        edition: Of the graph's content and of the code that answers, so that a new graph or a
            new release never meets an old answer.
        question: A frozen value of strings and numbers, already in canonical order; its
            representation holds every member that changes the answer.
    """
    return stored_key(ANSWER_FORM, edition, repr(question))


class Turns:
    """Lets one thread work at a time.

    The interpreter does no more anyway. With several at work it goes from one to the other, so all
    are done later; and whoever only fetches a kept answer waits for each of them, again and again.
    """

    def __init__(self) -> None:
        self._lock = Lock()

    @contextmanager
    def one(self) -> Iterator[bool]:
        """Wait for a turn, `TURN_SECONDS` at most: no long work holds up all others.

        Yields whether it was to wait for.
        """
        is_at_once = self._lock.acquire(blocking=False)
        has_turn = is_at_once or self._lock.acquire(timeout=TURN_SECONDS)
        try:
            yield not is_at_once
        finally:
            if has_turn:
                self._lock.release()


@dataclass(frozen=True, slots=True)
class CachedAnswers:
    """Answer from a cache when it can, else work it out and remember.

    Attributes:
        assess: Works an answer out.
        render: Turns an answer into bytes.
        own: Keeps answers in this process.
        shared: Keeps what is common to many for all processes; None where there is none.
        common: Knows which questions these are.
        edition: Of the graph and the code, for `question_key`.
        meter: Counts.
    """

    assess: Callable[[Question], Assessment]
    render: Callable[[Assessment], bytes]
    own: OwnCache
    shared: SharedCache | None
    common: CommonQuestions
    edition: str
    meter: Meter
    _flights: SingleFlight = field(default_factory=partial(SingleFlight, PATIENCE_SECONDS))
    _turns: Turns = field(default_factory=Turns)

    def __call__(self, question: Question, asker: bytes = b"") -> bytes:
        """Return the finished answer to a question; errors pass through and are never kept.

        Args:
            question: What to answer.
            asker: Tells clients apart, and is good for nothing else; empty for nobody.
        """
        self.hear(question, asker)
        key = question_key(self.edition, question)
        answer = self.own.get(key)
        self.meter.looked_up("canonical", "miss" if answer is None else "hit")
        if answer is not None:
            return answer
        return self._flights.once(key, partial(self._find, key, question))

    def is_degraded(self) -> bool:
        """Return whether a cache that ought to be there is not: answers are right, and slower."""
        return self.shared is not None and not self.shared.is_well()

    def make_ready(self, question: Question) -> None:
        """Have the answer to a common question at hand before anybody asks it.

        Where it is at hand already, the shared cache may have lost it, or never have had it: then
        it gets it again. Nothing is worked out that there is no room for.
        """
        key = question_key(self.edition, question)
        shelf = self.own.usual if self.common.is_usual(question) else self.own.learned
        if key in shelf:
            if self.shared is not None and self.shared.lacks(key):
                self._share(key, shelf.get(key))
        elif not shelf.is_full():
            shelf.add(key, self._flights.once(key, partial(self._held, key, question)))

    def hear(self, question: Question, asker: bytes) -> None:
        """Note who asks a question; the answer to one that becomes common is kept as such."""
        if not self.common.hear(question, asker):
            return
        key = question_key(self.edition, question)
        answer = self.own.get(key)
        if answer is not None:
            self.own.learned.put(key, answer)
            self._share(key, answer)

    def _share(self, key: str, answer: bytes | None) -> None:
        if self.shared is not None and answer is not None:
            self.shared.put(key, answer)

    def _find(self, key: str, question: Question) -> bytes:
        answer = self._held(key, question)
        self.own.put(key, answer)
        if question in self.common and not self.common.is_usual(question):
            self.own.learned.put(key, answer)
        return answer

    def _held(self, key: str, question: Question) -> bytes:
        """Return what this process holds by now, or obtain it."""
        answer = self.own.get(key)
        return self._obtain(key, question) if answer is None else answer

    def _obtain(self, key: str, question: Question) -> bytes:
        shared = self.shared if question in self.common else None
        answer = shared.get_or_claim(key) if shared else None
        if answer is not None:
            return answer
        with self._turns.one() as has_waited:
            if shared and has_waited:  # another process may have been quicker
                answer = shared.get(key)
            if answer is None:
                answer = self._worked_out(question)
                if question in self.common:  # which it may have become meanwhile
                    self._share(key, answer)
        return answer

    def _worked_out(self, question: Question) -> bytes:
        answer = self.render(self.assess(question))
        self.meter.worked_out()
        return answer
