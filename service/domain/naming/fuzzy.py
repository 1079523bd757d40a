"""Misspellings: which label was nearly written, and when it is safe to say so."""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from service.domain.naming.labels import Label, Labels
from service.domain.naming.letters import Sieve
from service.domain.naming.looks import Looks
from service.domain.naming.results import Match, Resolved, Suggestion
from service.domain.naming.spelling import scripts_of, words_of
from service.domain.skill import SkillId

SHORTEST: Final = 5
"""Letters of the shortest word in which two swapped or one doubled letter are a misspelling."""

_SHORTEST_MISSING: Final = 6
"""... in which one letter inside may be missing or too many."""

_SHORTEST_WRONG: Final = 8
"""... in which one letter may be wrong, or missing at the end: *Sprint* is not Spring."""

_SHORTEST_TWICE: Final = 10
"""... in which there may be two slips: *mentoring* is not monitoring."""

_MOST_MISSPELT: Final = 2

_LEAST_LIKENESS: Final = 0.65
"""Suggestions share at least this part of their letters with what was written."""

_MOST_SLIPS: Final = 4
"""And differ in no more letters than this."""


_KEYS_KEPT: Final = 64
"""Keys of which it is kept what is near: a name is corrected first, then suggested for."""

LOOKS_AT_THE_NEAR: Final = 10
"""What it costs to find the labels that are near a key."""


class _Near(NamedTuple):
    label: Label
    distance: int


class Misspellings:
    """Labels by their keys; only those that could be near are compared."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._near = lru_cache(maxsize=_KEYS_KEPT)(self._compared)

    def make_ready(self) -> None:
        """Make the table of letters."""
        _ = self._sieve

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve(self._labels.by_key)

    def correct(self, text: str, looks: Looks) -> Resolved | None:
        """Return the one skill of which a text is a misspelling, or None.

        One word of a label is misspelt, by an optimal string alignment distance of at most 2, and
        the others are written out. How much may be wrong depends on the letters of the word: a
        swapped or doubled letter from five on, then a missing one, a wrong one, two slips; never
        the first letter, a digit or a sign. No label of another skill may be as near.

        Decision 0008 has the figures behind these lengths.
        """
        words = words_of(text)
        key = "".join(words)
        if not looks.allows(LOOKS_AT_THE_NEAR):
            return None
        most = _MOST_MISSPELT if len(key) >= _SHORTEST_TWICE else 1
        near = [found for found in self._near(key) if found.distance <= most]
        slips = [found for found in near if _is_slip(words, found.label, found.distance)]
        least = min((found.distance for found in slips), default=0)
        meant = {found.label.key for found in near if found.distance <= least}
        label = next((found.label for found in slips if found.distance == least), None)
        if label is None or not self._agree(meant):
            return None
        likeness = _likeness(key, label, least)
        return Resolved(
            tuple(Match(skill, None, "fuzzy", likeness) for skill in self._skills(label.key))
        )

    def suggest(self, key: str) -> Iterator[Suggestion]:
        """Yield the skills of all labels that resemble a key; a skill may come repeatedly."""
        for label, distance in self._near(key):
            likeness = _likeness(key, label, distance)
            if likeness >= _LEAST_LIKENESS and distance <= _most_slips(key):
                yield Suggestion(label.skill, likeness)

    def _agree(self, keys: Iterable[str]) -> bool:
        """Tell whether keys mean the same, whatever stands around them."""
        skills = {() if self._labels.is_whole(key) else self._skills(key) for key in keys}
        return len(skills) == 1 and () not in skills

    def _skills(self, key: str) -> tuple[SkillId, ...]:
        """Return the skills that a key stands for; none for one that it could mean."""
        meaning = self._labels.by_key[key]
        return meaning.skills if isinstance(meaning, Resolved) else ()

    def _compared(self, key: str) -> list[_Near]:
        """Return the labels that resemble a key: the shortest first, of equal ones the nearest."""
        from rapidfuzz import process  # noqa: PLC0415 - 4 MB, for what most people never write
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        most = max(1, _most_slips(key))
        likely = self._sieve.near(key, most)
        near = process.extract(key, likely, scorer=OSA.distance, score_cutoff=most, limit=None)
        near.sort(key=lambda found: (len(found[0]), *found[1:]))
        return [_Near(label, far) for other, far, _ in near for label in self._labels.of(other)]


def _most_slips(key: str) -> int:
    """Return in how many letters a label may differ that is suggested for a key."""
    return min(_MOST_SLIPS, len(key) * 2 // 5)


def _likeness(key: str, label: Label, distance: int) -> float:
    return round(1 - distance / max(len(key), len(label.key)), 2)


def _is_slip(words: list[str], label: Label, distance: int) -> bool:
    """Tell whether words are a label with one of its words misspelt."""
    spelt = words_of(label.text)
    pairs = [(a, b) for a, b in zip(words, spelt, strict=False) if a != b]
    return len(words) == len(spelt) and len(pairs) == 1 and _is_slip_of(*pairs[0], distance)


def _is_slip_of(written: str, meant: str, distance: int) -> bool:
    is_alike = (
        written[0] == meant[0]
        and _signs(written) == _signs(meant)
        and scripts_of(written) == scripts_of(meant)
    )
    return is_alike and min(len(written), len(meant)) >= _least_letters(written, meant, distance)


def _least_letters(written: str, meant: str, distance: int) -> int:
    """Return how long two words must be for their difference to be a slip of the hand."""
    if distance > 1:
        return _SHORTEST_TWICE
    if sorted(written) == sorted(meant) or _undoubled(written) == _undoubled(meant):
        return SHORTEST
    is_cut = written.startswith(meant) or meant.startswith(written)
    is_short_by_one = len(written) != len(meant) and not is_cut
    return _SHORTEST_MISSING if is_short_by_one else _SHORTEST_WRONG


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _signs(word: str) -> str:
    return "".join(c for c in word if not c.isalpha())
