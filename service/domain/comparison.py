"""What the shortest paths to several roles share, and what only one of them holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service.domain.graph import SkillGraph
from service.domain.skill import NO_EFFORT, Effort, RoleId, SkillId


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive levels of one skill.

    Attributes:
        above: The level that it starts from, 0 for none.
        level: The level that it leads to.
        effort: What its levels take together.
    """

    skill: SkillId
    above: int
    level: int
    effort: Effort


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a path: stretches in catalogue order, and what they take together."""

    stretches: tuple[Stretch, ...]
    effort: Effort


@dataclass(frozen=True, slots=True)
class Comparison:
    """Paths set side by side.

    Attributes:
        shared: What all of them hold.
        distinct: By role, what its path holds beyond that, in the order given.
    """

    shared: Part
    distinct: tuple[tuple[RoleId, Part], ...]


def compare(graph: SkillGraph, paths: Mapping[RoleId, frozenset[int]]) -> Comparison:
    """Return what paths share and what is left of each.

    Args:
        graph: Where the paths lie.
        paths: 1 or more; by role the positions of the path's nodes. Each holds the levels
            below its own, as a path for somebody who knows nothing does.

    Returns:
        The parts; the effort of `shared` and of a role's own part add up to the role's path.
        O(M log M) time for paths of M nodes.
    """
    shared = frozenset.intersection(*paths.values())
    return Comparison(
        _part(graph, shared),
        tuple((role, _part(graph, path - shared)) for role, path in paths.items()),
    )


def _part(graph: SkillGraph, positions: Iterable[int]) -> Part:
    levels: dict[SkillId, list[int]] = {}
    for position in sorted(positions):
        levels.setdefault(graph.nodes[position].skill, []).append(position)
    stretches = tuple(_stretch(graph, nodes) for nodes in levels.values())
    return Part(stretches, _together(stretch.effort for stretch in stretches))


def _stretch(graph: SkillGraph, positions: list[int]) -> Stretch:
    first, last = graph.nodes[positions[0]], graph.nodes[positions[-1]]
    effort = _together(graph.efforts[position] for position in positions)
    return Stretch(first.skill, first.level - 1, last.level, effort)


def _together(efforts: Iterable[Effort]) -> Effort:
    total = NO_EFFORT
    for effort in efforts:
        total = total.plus(effort)
    return total
