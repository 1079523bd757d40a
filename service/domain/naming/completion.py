"""Autocomplete: skills for what somebody has typed so far."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Final, Literal

from service.domain.naming.fuzzy import SHORTEST, Misspellings
from service.domain.naming.labels import Label, Labels
from service.domain.naming.spelling import spelling_key
from service.domain.skill import SkillId

_TRUST: Final = ("name", "id", "alias", "tool", None)


@dataclass(frozen=True, slots=True)
class Completion:
    """A skill that could be meant.

    Attributes:
        spelling: The spelling of the catalogue that fits; the name itself for a misspelling.
        match: Whether that spelling starts with what was typed, holds it, or resembles it.
    """

    skill: SkillId
    spelling: str
    match: Literal["prefix", "infix", "fuzzy"]


class Completer:
    """Labels sorted by key, for a bisection by prefix."""

    def __init__(self, labels: Labels, misspellings: Misspellings) -> None:
        self._order = labels.order
        self._misspellings = misspellings
        self._sorted = sorted(labels.labels, key=lambda label: label.key)
        self._names: dict[SkillId, str] = {}
        for label in labels.labels:
            if label.kind == "name":
                self._names[label.skill] = label.text

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        """Return at most `limit` skills, each once, in a stable order."""
        key = spelling_key(prefix)
        if not key or limit < 1:
            return ()
        first: dict[SkillId, Completion] = {}
        for completion in self._all(key):
            if (
                first.setdefault(completion.skill, completion) is completion
                and len(first) == limit
            ):
                break
        return tuple(first.values())

    def _all(self, key: str) -> Iterator[Completion]:
        for label in self._ranked(self._starting(key), key):
            yield Completion(label.skill, label.text, "prefix")
        for label in self._ranked((label for label in self._sorted if key in label.key), key):
            yield Completion(label.skill, label.text, "infix")
        if len(key) >= SHORTEST - 1:
            alike = sorted(
                self._misspellings.suggest(key), key=lambda s: (-s.score, self._order[s.skill])
            )
            for suggestion in alike:
                skill = suggestion.skill
                yield Completion(skill, self._names.get(skill, skill), "fuzzy")

    def _starting(self, key: str) -> Iterator[Label]:
        begin = bisect_left(self._sorted, key, key=lambda label: label.key)
        return takewhile(
            lambda label: label.key.startswith(key), islice(self._sorted, begin, None)
        )

    def _ranked(self, labels: Iterator[Label], key: str) -> list[Label]:
        return sorted(labels, key=lambda label: self._rank(label, key))

    def _rank(self, label: Label, key: str) -> tuple[bool, int, int, int, str]:
        trust = _TRUST.index(label.kind)
        return label.key != key, trust, len(label.key), self._order[label.skill], label.text
