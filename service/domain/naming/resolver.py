"""Names that people write, resolved to skills: the order of trust in one place."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from service.domain.catalogue import Catalogue
from service.domain.naming.completion import Completer, Completion
from service.domain.naming.fuzzy import LOOKS_AT_THE_NEAR, Misspellings
from service.domain.naming.labels import Labels
from service.domain.naming.levels import Levels
from service.domain.naming.looks import Looks
from service.domain.naming.mentions import Mentions
from service.domain.naming.phrase import Phrases
from service.domain.naming.reading import Reader
from service.domain.naming.results import (
    MAX_SUGGESTIONS,
    Ambiguous,
    Match,
    Resolution,
    Resolved,
    Suggestion,
    Unknown,
)
from service.domain.naming.spelling import spelling_key
from service.domain.skill import SkillId

__all__ = [
    "LONGEST_NAME",
    "Ambiguous",
    "Completion",
    "Match",
    "Resolution",
    "Resolved",
    "Resolver",
    "Suggestion",
    "Unknown",
]

LONGEST_NAME: Final = 400
"""Characters of the longest string that is read as a name at all."""


LOOKS_AT_ALL: Final = 13_000
"""Looks that the names of one request may cost together: those of five hundred misspelt names, or
of many thousands as people write them."""

_LITTLE: Final = 2500
"""Characters of names, each name counted with `_OF_EACH` more, that take little whatever they are:
sixty names as people write them."""

_OF_EACH: Final = 30

NAMES_KEPT: Final = 4096
"""Names of which it is kept what they mean: people write the same few in the same few ways."""

_MOST_PARTS: Final = 4
"""Parts of a string for which suggestions are looked for."""

_CHARACTERS_A_LOOK: Final = 10
"""Characters of a string that is gone through, here or there."""


class _Read(NamedTuple):
    """What a string means, and the looks that it took to find out."""

    resolution: Resolution
    looks: int


class Resolver:
    """Reads names of skills as people write them, and never guesses silently.

    Built once for a catalogue and then only read, so threads may share it. Every answer is a
    function of the catalogue and the string alone.

    Args:
        catalogue: N skills with L spellings; building takes O(L) time.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.labels = Labels(catalogue)
        self.levels = Levels(catalogue.levels)
        self.mentions = Mentions(self.labels)
        self._phrases = Phrases(self.labels, self.levels)
        self._reader = Reader(self.labels, self.levels, self._phrases)
        self._misspellings = Misspellings(self.labels)
        self._completer = Completer(self.labels, self._misspellings)
        self._known = lru_cache(maxsize=NAMES_KEPT)(self._read)

    def make_ready(self) -> None:
        """Make the tables that only names among other words need, so that nobody waits for them.

        A process does this beside its first requests; who comes before has them made.
        """
        self.labels.make_ready()
        self.mentions.make_ready()
        self._misspellings.make_ready()

    def resolve(self, text: str) -> Resolution:
        """Return the skills that a string names, the skills it could mean, or suggestions.

        In the order of trust: id, name, alias, tool; then the same among versions, levels,
        brackets, filler words and in lists, of which every part must be understood; then, only
        for a string with nothing to set aside, the one skill of which it is a misspelling.
        A string longer than `LONGEST_NAME` is no name.

        Cost: one dictionary lookup for a spelling of the catalogue; else bounded by
        `LOOKS_AT_A_NAME`, and for a string that is not understood O(L) bits looked at.
        """
        return self._read(text).resolution

    def resolve_all(self, texts: Iterable[str]) -> dict[str, Resolution]:
        """Return what each of some strings names, for a bounded amount of work in all.

        As `resolve` for each of them; but of many strings the shortest come first, and once they
        took `LOOKS_AT_ALL`, only spellings of the catalogue are understood, and nothing is
        suggested. So neither order nor repetition makes a difference.
        """
        distinct = set(texts)
        if sum(map(len, distinct)) + _OF_EACH * len(distinct) <= _LITTLE:
            return {text: self._known(text).resolution for text in distinct}
        read: dict[str, Resolution] = {}
        left = LOOKS_AT_ALL
        for text in sorted(distinct, key=lambda text: (len(text), text)):
            if left > 0:
                read[text], looks = self._known(text)
                left -= looks
            else:
                read[text] = self.labels.find(text) or Unknown()
        return read

    def _read(self, text: str) -> _Read:
        known = self.labels.find(text)
        if known is not None:
            return _Read(known, 0)
        if len(text) > LONGEST_NAME:
            return _Read(Unknown(), 0)
        looks = Looks()
        looks.allows(len(text) // _CHARACTERS_A_LOOK)
        read = self._reader.read(text, looks) or self._misspellings.correct(text, looks)
        return _Read(read or Unknown(self._suggestions(text, looks)), looks.spent)

    def level(self, text: str) -> int | None:
        """Return the level that a string states: a level's id, name, alias or number, or years.

        Returns:
            0 for "none" to the top of the scale; None where it states no level.
        """
        return self.levels.level(text) if len(text) <= LONGEST_NAME else None

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        """Return skills for what was typed so far, each once, at most `limit`.

        Those with a spelling that starts so come first, then those that hold it, then those
        that resemble it; within each the more trusted kind, the shorter spelling, the earlier
        skill.
        """
        return self._completer.complete(prefix[:LONGEST_NAME], limit)

    def _suggestions(self, text: str, looks: Looks) -> tuple[Suggestion, ...]:
        """Return what parts of a string name, and what the string resembles."""
        if not looks.allows(1 + len(text) // _CHARACTERS_A_LOOK):
            return ()
        key = spelling_key(text)
        named = [
            Suggestion(skill, round(min(1.0, len(spelling_key(found.text)) / len(key)), 2))
            for found in self.mentions.find(text)
            for skill in found.skills
        ]
        parts = [key, self._phrases.core(text), *map(spelling_key, self._reader.parts(text))]
        keys = [part for part in dict.fromkeys(parts) if part][:_MOST_PARTS]
        alike = [
            suggestion
            for part in keys
            if part == key or looks.allows(LOOKS_AT_THE_NEAR)  # its own key was compared
            for suggestion in self._misspellings.suggest(part)
        ]
        return self._best([*named, *alike])

    def _best(self, suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
        best: dict[SkillId, float] = {}
        for skill, score in ((s.skill, s.score) for s in suggestions):
            best[skill] = max(score, best.get(skill, 0.0))
        order = self.labels.order
        ranked = sorted(best.items(), key=lambda item: (-item[1], order[item[0]]))
        return tuple(Suggestion(*item) for item in ranked[:MAX_SUGGESTIONS])
