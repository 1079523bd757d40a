"""Readiness: how much of what is asked a person already holds, between 0 and 1."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Final, NamedTuple

from service.domain.catalogue import Role
from service.domain.graph import SkillGraph
from service.domain.skill import AreaId, Node, Requirement, SkillId


class Share(NamedTuple):
    """One requirement in numbers.

    Attributes:
        options: The asked level of each distinct skill.
        need: How many of the options count, the best ones.
        worth: What one unit of one option adds to the whole.
    """

    options: tuple[Node, ...]
    need: int
    worth: int


HELD: Final = (-1, -1)
"""Comes before all that a path holds."""


class ReadinessScale:
    """Measures knowledge against a list of requirements, exactly.

    For each requirement take min(1, held level / asked level) of its distinct skills, sum
    the `at_least` best and divide by `at_least`; then the mean over the requirements,
    weighted. All in integers: a requirement is worth `unit` times its weight in the end.

    Args:
        requirements: R requirements with weights > 0.

    Attributes:
        shares: The requirements in numbers.
        unit: What a whole option counts, before the worth of its requirement.
        full: The points of who meets every requirement.
    """

    def __init__(self, requirements: Sequence[Requirement]) -> None:
        asked = [requirement.lowest_options() for requirement in requirements]
        self.unit = lcm(*(node.level for options in asked for node in options))
        needs = lcm(*(requirement.at_least for requirement in requirements))
        weights = lcm(*(requirement.weight.denominator for requirement in requirements))
        self.shares = tuple(
            Share(
                options,
                requirement.at_least,
                int(requirement.weight * weights) * (needs // requirement.at_least),
            )
            for requirement, options in zip(requirements, asked, strict=True)
        )
        self.full = self.unit * sum(share.worth * share.need for share in self.shares)

    def points(self, levels: Mapping[SkillId, int]) -> int:
        """Return the readiness of a person in points, `full` of which are complete.

        Args:
            levels: The highest held level by skill; what is missing is level 0.
        """
        return sum(self._points_of(share, levels) for share in self.shares)

    def readiness(self, levels: Mapping[SkillId, int]) -> Fraction:
        """Return the readiness of a person; who is asked nothing is ready."""
        return Fraction(self.points(levels), self.full) if self.full else Fraction(1)

    def worth_of(
        self,
        levels: Mapping[SkillId, int],
        goals: Iterable[Node],
        efforts: Mapping[Node, int] | None = None,
    ) -> dict[Node, int]:
        """Return what each of some nodes adds in points, once all of them are held.

        A node counts as a part of its skill's asked level, in the requirements whose best
        options it belongs to in the end; so the worths along a path add up to what the
        path gains, as long as the best options stay the same on the way. Of equally good
        options those count that are held without the path, then those that are reached soonest,
        then those whose goals come first.

        Args:
            levels: The highest level by skill at the end of the path.
            goals: The nodes of the path, in an order that settles ties.
            efforts: By node of the path what it takes with all it rests on there, in any unit;
                None where only the order of the goals settles ties.
        """
        worth = dict.fromkeys(goals, 0)
        soon = _soon(worth, efforts or {})
        for share in self.shares:
            for skill, asked in self._best(share, levels, soon):
                for level in range(1, asked + 1):
                    if (node := Node(skill, level)) in worth:
                        worth[node] += self.unit // asked * share.worth
        return worth

    def _best(
        self, share: Share, levels: Mapping[SkillId, int], soon: Mapping[Node, tuple[int, int]]
    ) -> list[Node]:
        if len(share.options) == share.need:
            return list(share.options)
        return sorted(
            share.options,
            key=lambda node: (
                -self._score(node, levels),
                self._reached(node, levels, soon),
            ),
        )[: share.need]

    def _reached(
        self, option: Node, levels: Mapping[SkillId, int], soon: Mapping[Node, tuple[int, int]]
    ) -> tuple[int, int]:
        """Return when the part of an option that is reached in the end is reached."""
        last = Node(option.skill, min(levels.get(option.skill, 0), option.level))
        return soon.get(last, HELD)

    def _score(self, option: Node, levels: Mapping[SkillId, int]) -> int:
        """Return what an option counts: `unit` where its asked level is held."""
        skill, asked = option
        return self.unit // asked * min(levels.get(skill, 0), asked)

    def _points_of(self, share: Share, levels: Mapping[SkillId, int]) -> int:
        scores = [self._score(option, levels) for option in share.options if option[0] in levels]
        if len(scores) > share.need:
            scores.sort(reverse=True)
            del scores[share.need :]
        return share.worth * sum(scores)


def _soon(nodes: Iterable[Node], efforts: Mapping[Node, int]) -> dict[Node, tuple[int, int]]:
    """Return by node of a path when it can be reached: after what effort, then its place."""
    return {node: (efforts.get(node, 0), place) for place, node in enumerate(nodes)}


def scales_by_area(graph: SkillGraph, role: Role) -> tuple[tuple[AreaId, ReadinessScale], ...]:
    """Return a scale for each area that a role asks something of, in the catalogue's order.

    A requirement belongs to the area of its first option.
    """
    by_area: dict[AreaId, list[Requirement]] = {area.id: [] for area in graph.catalogue.areas}
    for requirement in role.requires:
        by_area[graph.skills[requirement.options[0].skill].area].append(requirement)
    return tuple(
        (area, ReadinessScale(requirements))
        for area, requirements in by_area.items()
        if requirements
    )
