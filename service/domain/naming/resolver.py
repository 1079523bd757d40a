"""From what people write to the skills that they mean; nothing is guessed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from service.domain.catalogue import Catalogue
from service.domain.naming.spelling import spelling_key
from service.domain.skill import SkillId

SUGGESTIONS: Final = 5
SHORTEST_SUGGESTED: Final = 3
"""Letters below which nothing is suggested: everything is near to everything."""

FARTHEST: Final = 2
"""Edits up to which a spelling is suggested; one for spellings of up to five letters."""


@dataclass(frozen=True, slots=True)
class Match:
    """A skill that a spelling names.

    Attributes:
        level: The level that the spelling itself tells, or None.
        kind: How it was found: ``id``, ``name``, ``alias`` or ``tool``.
        score: 1.0 for a spelling that is known.
    """

    skill: SkillId
    level: int | None
    kind: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A skill that may have been meant, with a score between 0 and 1."""

    skill: SkillId
    score: float


@dataclass(frozen=True, slots=True)
class Resolved:
    """The spelling names these skills; several where a tool stands on several. Never empty."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several skills claim the spelling, in catalogue order: ask."""

    candidates: tuple[SkillId, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No skill has the spelling; what may have been meant, best first."""

    suggestions: tuple[Suggestion, ...]


Resolution = Resolved | Ambiguous | Unknown


class Resolver:
    """Knows every spelling of a catalogue; built once, then shared by threads.

    Args:
        catalogue: S spellings in all. An id counts before a name, a name before an alias, an
            alias before a tool; the loader saw to it that no two skills share one.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._known: dict[str, Resolution] = {}
        self._labels: dict[str, SkillId] = {}
        self._learn_shared(catalogue)
        self._learn_tools(catalogue)
        for skill in catalogue.skills:
            own = (*skill.spellings.aliases, *skill.spellings.exact_aliases)
            for kind, spellings in (("alias", own), ("name", (skill.name,)), ("id", (skill.id,))):
                for key in map(spelling_key, spellings):
                    self._known[key] = Resolved((Match(skill.id, None, kind),))
                    self._labels[key] = skill.id
        self._levels = {
            spelling_key(spelling): level.level
            for level in catalogue.levels
            for spelling in (*level.aliases, level.name, level.id, str(level.level))
        }
        self._levels[spelling_key("0")] = 0

    def resolve(self, text: str) -> Resolution:
        """Return the skills that a spelling names, those that claim it, or what is near."""
        key = spelling_key(text)
        return self._known.get(key) or Unknown(self._near(key))

    def level(self, text: str) -> int | None:
        """Return the level that a spelling names, by number, id, name or alias."""
        return self._levels.get(spelling_key(text))

    def complete(self, prefix: str, limit: int) -> tuple[SkillId, ...]:
        """Return skills that a beginning of a spelling may become, at most `limit`.

        Spellings that begin so come first, then those that hold it, the shortest first.
        """
        key = spelling_key(prefix)
        starting = sorted(
            (label.find(key) > 0, len(label), label) for label in self._labels if key in label
        )
        found = dict.fromkeys(self._labels[label] for _, _, label in starting)
        return tuple(found)[:limit]

    def _learn_shared(self, catalogue: Catalogue) -> None:
        claimed: dict[str, dict[SkillId, None]] = {}
        for skill in catalogue.skills:
            for key in map(spelling_key, skill.spellings.shared_aliases):
                claimed.setdefault(key, {})[skill.id] = None
        self._known |= {key: Ambiguous(tuple(skills)) for key, skills in claimed.items()}

    def _learn_tools(self, catalogue: Catalogue) -> None:
        standing: dict[str, dict[SkillId, None]] = {}
        for skill in catalogue.skills:
            for key in map(spelling_key, skill.spellings.tools):
                standing.setdefault(key, {})[skill.id] = None
        self._known |= {
            key: Resolved(tuple(Match(skill, None, "tool") for skill in skills))
            for key, skills in standing.items()
        }

    def _near(self, key: str) -> tuple[Suggestion, ...]:
        if len(key) < SHORTEST_SUGGESTED:
            return ()
        best: dict[SkillId, float] = {}
        for label, distance in _within(key, self._labels):
            score = round(1 - distance / max(len(key), len(label)), 2)
            skill = self._labels[label]
            best[skill] = max(score, best.get(skill, 0.0))
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Suggestion(skill, score) for skill, score in ranked[:SUGGESTIONS])


def _within(key: str, labels: Iterable[str]) -> Iterable[tuple[str, int]]:
    """Yield the labels within the farthest distance, with theirs."""
    farthest = FARTHEST if len(key) > 5 else 1  # noqa: PLR2004  as FARTHEST says
    for label in labels:
        distance = OSA.distance(key, label, score_cutoff=farthest)
        if distance <= farthest:
            yield label, distance
