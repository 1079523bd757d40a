"""Optionality: what keeping several roles open costs, and what they share."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.graph import SkillGraph
from service.domain.knowledge import learnable_in_turn
from service.domain.learning_path import Aim
from service.domain.planner.planner import Plan
from service.domain.skill import Effort, Node, RoleId


@dataclass(frozen=True, slots=True)
class Optionality:
    """Several roles together.

    Attributes:
        effort: What the path to all of them takes.
        shared: Of the likely effort, what serves more than one role, hundredths of an hour.
        extra: What all roles take on top of the nearest one alone, hundredths of an hour.
        common_start: What the shortest paths to each role alone can all begin with, prerequisites
            first: up to there nothing is decided.
        common_effort: What that takes, hundredths of an hour.
    """

    effort: Effort
    shared: int
    extra: int
    common_start: tuple[Node, ...]
    common_effort: int


def optionality(
    graph: SkillGraph, held: frozenset[int], joint: Plan, aim: Aim, alone: Sequence[Plan]
) -> Optionality:
    """Return what several roles cost together.

    Args:
        graph: Where the plans were made.
        held: Positions of what the person holds.
        joint: The plan for all roles.
        aim: What it was made for.
        alone: By role, its own plan; 1 or more.
    """
    kernel = joint.solver.kernel
    common = _common_start(graph, held, alone)
    serves: dict[RoleId | None, int] = {}
    for role, taken in zip(aim.askers, joint.taken_for(aim.goals), strict=True):
        for number in taken:
            serves[role] = serves.get(role, 0) | joint.grounds.closure[number]
    once = shared = 0
    for nodes in serves.values():
        shared |= once & nodes
        once |= nodes
    return Optionality(
        effort=joint.total_effort,
        shared=kernel.effort(shared),
        extra=joint.effort - min(plan.effort for plan in alone),
        common_start=tuple(graph.nodes[position] for position in common),
        common_effort=sum(graph.likely[position] for position in common),
    )


def _common_start(
    graph: SkillGraph, held: frozenset[int], alone: Sequence[Plan]
) -> tuple[int, ...]:
    """Return what all plans hold and can begin with, without what only one of them holds."""
    common = frozenset.intersection(*(frozenset(plan.positions) for plan in alone))
    return learnable_in_turn(graph, held, common)
