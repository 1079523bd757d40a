"""Misspellings: which label was nearly written, and when it is safe to say so."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from service.domain.naming.labels import Label, Labels
from service.domain.naming.results import Match, Resolved, Suggestion
from service.domain.naming.spelling import scripts_of, words_of

SHORTEST: Final = 5
"""Letters of the shortest word in which two swapped or one doubled letter are a misspelling."""

_LONG: Final = 8
"""Letters of the shortest word in which any one letter may be missing, added or wrong."""

_LEAST_LIKENESS: Final = 0.65
"""Suggestions share at least this part of their letters with what was written."""

_MOST_SLIPS: Final = 4
"""And differ in no more letters than this."""


class _Near(NamedTuple):
    label: Label
    distance: int


class Misspellings:
    """Labels by the length of their keys, so that only those that could be near are compared."""

    def __init__(self, labels: Labels) -> None:
        self._by_length: dict[int, dict[str, list[Label]]] = {}
        for label in labels.labels:
            same_length = self._by_length.setdefault(len(label.key), {})
            same_length.setdefault(label.key, []).append(label)

    def correct(self, text: str) -> Resolved | None:
        """Return the one skill of which a text is a misspelling, or None.

        One word of a label is misspelt, once (optimal string alignment distance 1), and the others
        are written out: with two letters swapped or one doubled in a word of five letters and
        more, with any other slip in one of eight and more, never in its first letter, a digit or
        a sign. No label of another skill may be as near.
        """
        words = words_of(text)
        near = [label for label, distance in self._within("".join(words), 1) if distance == 1]
        if any(label.kind is None or label.is_whole for label in near):
            return None
        nearest = {label.skill: label for label in reversed(near) if _is_slip(words, label)}
        if len(nearest) != 1 or len({label.skill for label in near}) != 1:
            return None
        (label,) = nearest.values()
        return Resolved((Match(label.skill, None, "fuzzy", _likeness("".join(words), label, 1)),))

    def suggest(self, key: str) -> Iterator[Suggestion]:
        """Yield the skills of all labels that resemble a key; a skill may come repeatedly."""
        for label, distance in self._within(key, min(_MOST_SLIPS, len(key) * 2 // 5)):
            likeness = _likeness(key, label, distance)
            if likeness >= _LEAST_LIKENESS:
                yield Suggestion(label.skill, likeness)

    def _within(self, key: str, most: int) -> list[_Near]:
        return [
            _Near(label, distance)
            for length in range(len(key) - most, len(key) + most + 1)
            if (same_length := self._by_length.get(length))
            for other, distance, _ in process.extract(
                key, same_length.keys(), scorer=OSA.distance, score_cutoff=most, limit=None
            )
            for label in same_length[other]
        ]


def _likeness(key: str, label: Label, distance: int) -> float:
    return round(1 - distance / max(len(key), len(label.key)), 2)


def _is_slip(words: list[str], label: Label) -> bool:
    """Tell whether words are a label with one slip in one of its words."""
    spelt = words_of(label.text)
    pairs = [(a, b) for a, b in zip(words, spelt, strict=False) if a != b]
    return len(words) == len(spelt) and len(pairs) == 1 and _is_slip_of(*pairs[0])


def _is_slip_of(written: str, meant: str) -> bool:
    letters = min(len(written), len(meant))
    is_alike = (
        written[0] == meant[0]
        and _signs(written) == _signs(meant)
        and scripts_of(written) == scripts_of(meant)
    )
    is_light = sorted(written) == sorted(meant) or _undoubled(written) == _undoubled(meant)
    return is_alike and letters >= (SHORTEST if is_light else _LONG)


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _signs(word: str) -> str:
    return "".join(c for c in word if not c.isalpha())
