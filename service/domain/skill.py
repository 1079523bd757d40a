"""Skills as the graph file tells them: levels, effort, requirements. Values only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, NewType

SkillId = NewType("SkillId", str)
RoleId = NewType("RoleId", str)
AreaId = NewType("AreaId", str)

HUNDREDTHS = 100
"""Effort is kept in hundredths of an hour, so that totals never drift with the order of adding."""


class Node(NamedTuple):
    """A skill at a level: the unit of learning.

    Attributes:
        skill: The skill's id.
        level: 1 to the skill's top level.
    """

    skill: SkillId
    level: int


def highest_levels(
    nodes: Iterable[tuple[SkillId, int]], levels: Mapping[SkillId, int] | None = None
) -> dict[SkillId, int]:
    """Return the highest level by skill of some nodes, in their order.

    Args:
        nodes: Skills with a level.
        levels: What is reached without them; comes first.
    """
    highest = dict(levels or {})
    for skill, level in nodes:
        if level > highest.setdefault(skill, 0):
            highest[skill] = level
    return highest


class Effort(NamedTuple):
    """Study time as a range, each in integer hundredths of an hour; low <= likely <= high."""

    low: int
    likely: int
    high: int

    def plus(self, other: "Effort") -> "Effort":
        """Return the effort of both, one after the other."""
        return Effort(self.low + other.low, self.likely + other.likely, self.high + other.high)


NO_EFFORT = Effort(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A group of options of which some number of distinct skills must be held.

    Attributes:
        options: What counts, each at its level or above, in the file's order; 1 to 64.
        at_least: How many distinct skills of `options` it takes; 1 for a single requirement.
        reason: Why, one sentence; may be empty.
        weight: Importance for a role's readiness, > 0; prerequisites do not use it.
    """

    options: tuple[Node, ...]
    at_least: int = 1
    reason: str = ""
    weight: Fraction = Fraction(1)

    def lowest_options(self) -> tuple[Node, ...]:
        """Return one option a skill, the lowest listed: it is held whenever a higher one is."""
        lowest: dict[SkillId, Node] = {}
        for option in self.options:
            known = lowest.setdefault(option.skill, option)
            if option.level < known.level:
                lowest[option.skill] = option
        return tuple(lowest.values())


@dataclass(frozen=True, slots=True)
class SkillLevel:
    """One level of one skill.

    Attributes:
        effort: The increment from the level below.
        requires: All of these come first, besides the level below.
        outcome: What a person at this level can do, one sentence; may be empty.
        basis: Where the hours come from: ``estimate``, ``measured`` or ``derived``.
        sources: Ids of the sources of the hours.
    """

    effort: Effort
    requires: tuple[Requirement, ...] = ()
    outcome: str = ""
    basis: str = "estimate"
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spellings:
    """What people write for a skill, beside its id and name.

    Attributes:
        aliases: Other names; case, spacing and punctuation aside.
        exact_aliases: Names that count only as a whole string.
        shared_aliases: Names that other skills claim too: they resolve as ambiguous.
        tools: Products whose use is evidence for the skill; several skills may list one.
    """

    aliases: tuple[str, ...] = ()
    exact_aliases: tuple[str, ...] = ()
    shared_aliases: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill.

    Attributes:
        levels: Entry i is level i + 1; 1 to as many as the scale has.
        same_as: Codes in other taxonomies, None where there is none or none was verified.
        kept_for: Why the graph holds it although no role can need it; empty where one can.
    """

    id: SkillId
    name: str
    area: AreaId
    levels: tuple[SkillLevel, ...]
    description: str = ""
    spellings: Spellings = Spellings()
    same_as: tuple[tuple[str, str | None], ...] = ()
    kept_for: str = ""

    @property
    def top_level(self) -> int:
        """The highest level that the skill has."""
        return len(self.levels)
