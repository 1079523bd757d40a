"""Answers kept as finished bytes: the same question is answered once."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from service.application.assess import Assessment
from service.application.ports import Cache
from service.application.request import Question
from service.domain.graph import SkillGraph

ANSWER_FORM: Final = "answer:v1"
"""Raise the number when the form of an answer changes; older entries are then never read."""


def question_key(content_hash: str, question: Question) -> str:
    """Return the key of a question: equal for equal questions, and saying nothing of them.

    Args:
        content_hash: Of the graph, so that a new graph never meets an old answer.
        question: A frozen value of strings and numbers, already in canonical order; its
            representation holds every member that changes the answer.
    """
    written = f"{ANSWER_FORM}\n{content_hash}\n{question!r}"
    return f"skills-gap:{ANSWER_FORM}:{hashlib.sha256(written.encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class CachedAnswers:
    """Answer from a cache when it can, else work it out and remember.

    Attributes:
        assess: Works an answer out.
        render: Turns an answer into bytes.
        own: Keeps answers in this process.
        shared: Keeps what is common to many for all processes: the answers for common
            profiles. What one person asked never leaves the process.
        graph: The graph that `assess` knows.
    """

    assess: Callable[[Question], Assessment]
    render: Callable[[Assessment], bytes]
    own: Cache
    shared: Cache
    graph: SkillGraph

    def __call__(self, question: Question) -> bytes:
        """Return the finished answer to a question; errors pass through and are never kept."""
        cache = self.shared if self._is_common(question) else self.own
        key = question_key(self.graph.catalogue.content_hash, question)
        kept = cache.get(key)
        if kept is not None:
            return kept
        answer = self.render(self.assess(question))
        cache.put(key, answer)
        return answer

    def _is_common(self, question: Question) -> bool:
        return question.claims in self.graph.common_knowledge


@dataclass(frozen=True, slots=True)
class TieredCache:
    """A near cache before a far one: what is found far is kept near.

    Attributes:
        near: Fast, in the process.
        far: Shared with other processes.
    """

    near: Cache
    far: Cache

    def get(self, key: str) -> bytes | None:
        """Return the stored value from the nearest cache that has it."""
        value = self.near.get(key)
        if value is None:
            value = self.far.get(key)
            if value is not None:
                self.near.put(key, value)
        return value

    def put(self, key: str, value: bytes) -> None:
        """Keep the value in both."""
        self.near.put(key, value)
        self.far.put(key, value)
