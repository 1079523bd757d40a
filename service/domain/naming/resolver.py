"""Names that people write, resolved to skills: the order of trust in one place."""

from collections.abc import Iterable
from typing import Final

from service.domain.catalogue import Catalogue
from service.domain.naming.completion import Completer, Completion
from service.domain.naming.fuzzy import Misspellings
from service.domain.naming.labels import Labels
from service.domain.naming.levels import Levels
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


_MOST_PARTS: Final = 4
"""Parts of a string for which suggestions are looked for."""


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

    def make_ready(self) -> None:
        """Make the tables that only names among other words need, so that nobody waits for them.

        A process does this beside its first requests; who comes before has them made.
        """
        self.labels.make_ready()
        self.mentions.make_ready()

    def resolve(self, text: str) -> Resolution:
        """Return the skills that a string names, the skills it could mean, or suggestions.

        In the order of trust: id, name, alias, tool; then the same among versions, levels,
        brackets, filler words and in lists, of which every part must be understood; then, only
        for a string with nothing to set aside, the one skill of which it is a misspelling.
        A string longer than `LONGEST_NAME` is no name.

        Cost: one dictionary lookup for a spelling of the catalogue; else bounded by
        `LONGEST_NAME`, and for a string that is not understood O(L) comparisons.
        """
        known = self.labels.find(text)
        if known is not None:
            return known
        if len(text) > LONGEST_NAME:
            return Unknown()
        read = self._reader.read(text) or self._misspellings.correct(text)
        return read if read is not None else Unknown(self._suggestions(text))

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

    def _suggestions(self, text: str) -> tuple[Suggestion, ...]:
        """Return what parts of a string name, and what the string resembles."""
        key = spelling_key(text)
        named = [
            Suggestion(skill, round(min(1.0, len(spelling_key(found.text)) / len(key)), 2))
            for found in self.mentions.find(text)
            for skill in found.skills
        ]
        parts = [key, self._phrases.core(text), *map(spelling_key, self._reader.parts(text))]
        keys = [part for part in dict.fromkeys(parts) if part][:_MOST_PARTS]
        alike = [s for k in keys for s in self._misspellings.suggest(k)]
        return self._best([*named, *alike])

    def _best(self, suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
        best: dict[SkillId, float] = {}
        for skill, score in ((s.skill, s.score) for s in suggestions):
            best[skill] = max(score, best.get(skill, 0.0))
        order = self.labels.order
        ranked = sorted(best.items(), key=lambda item: (-item[1], order[item[0]]))
        return tuple(Suggestion(*item) for item in ranked[:MAX_SUGGESTIONS])
