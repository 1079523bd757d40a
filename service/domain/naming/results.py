"""The three honest results of reading a name: resolved, ambiguous, unknown."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from service.domain.skill import SkillId

Kind: TypeAlias = Literal["id", "name", "alias", "tool", "fuzzy"]


class Match(NamedTuple):
    """A skill that a string names.

    Attributes:
        level: The level that the string itself states (0 where it says "none"), as a number of
            the catalogue's scale, not yet bounded by the skill's own top; None where it states
            none.
        kind: What of the skill was recognised, from the most trusted to the least.
        score: 1 for a spelling of the catalogue, `READ_SCORE` where words around it were
            set aside, below for a misspelling; above 0.
    """

    skill: SkillId
    level: int | None
    kind: Kind
    score: float = 1.0


READ_SCORE = 0.95
"""Score of a name found once versions, levels and filler words around it were set aside."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The string names these skills, each once, in the order of the string; never empty."""

    matches: tuple[Match, ...]

    @property
    def skills(self) -> tuple[SkillId, ...]:
        """The skills alone."""
        return tuple(match.skill for match in self.matches)

    def at_level(self, level: int | None) -> "Resolved":
        """Return the same, with a level where none was stated yet."""
        if level is None:
            return self
        return Resolved(
            tuple(m if m.level is not None else m._replace(level=level) for m in self.matches)
        )

    def as_read(self) -> "Resolved":
        """Return the same, marked as found among other words."""
        return Resolved(
            tuple(match._replace(score=min(match.score, READ_SCORE)) for match in self.matches)
        )


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The string could mean any of these skills: nothing is credited until the person says.

    Attributes:
        candidates: In catalogue order, never empty.
    """

    candidates: tuple[SkillId, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A skill that may have been meant.

    Attributes:
        score: How much of the string speaks for it, above 0 and at most 1.
    """

    skill: SkillId
    score: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """The string is not understood, or not all of it.

    Attributes:
        suggestions: At most `MAX_SUGGESTIONS`, best first, equal ones in catalogue order.
    """

    suggestions: tuple[Suggestion, ...] = ()


MAX_SUGGESTIONS = 5

Understood: TypeAlias = Resolved | Ambiguous
Resolution: TypeAlias = Resolved | Ambiguous | Unknown


def union(readings: list[Understood], order: dict[SkillId, int]) -> Understood:
    """Return what several parts of one string mean together.

    One ambiguous part makes the whole ambiguous, with the skills of all parts as candidates:
    nothing is credited that would have to be taken back.

    Args:
        readings: One a part, at least one.
        order: Position of every skill in the catalogue.
    """
    if all(isinstance(reading, Resolved) for reading in readings):
        best: dict[SkillId, Match] = {}
        for match in (m for r in readings if isinstance(r, Resolved) for m in r.matches):
            known = best.setdefault(match.skill, match)
            if (match.level or 0) > (known.level or 0):
                best[match.skill] = match
        return Resolved(tuple(best.values()))
    skills = {skill for reading in readings for skill in _skills(reading)}
    return Ambiguous(tuple(sorted(skills, key=order.__getitem__)))


def _skills(reading: Understood) -> tuple[SkillId, ...]:
    return reading.skills if isinstance(reading, Resolved) else reading.candidates
