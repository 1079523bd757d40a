"""Optionality: what keeping several roles open costs, and what they share."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.learning_path import Aim
from service.domain.planner.order import grounds_of
from service.domain.planner.planner import Plan
from service.domain.skill import Effort, RoleId


@dataclass(frozen=True, slots=True)
class Optionality:
    """Several roles together.

    Attributes:
        effort: What the path to all of them takes.
        shared: Of the likely effort, what serves more than one role, hundredths of an hour.
        extra: What all roles take on top of the nearest one alone, hundredths of an hour.
    """

    effort: Effort
    shared: int
    extra: int


def optionality(joint: Plan, aim: Aim, alone: Sequence[int]) -> Optionality:
    """Return what several roles cost together.

    Args:
        joint: The plan for all roles.
        aim: What it was made for.
        alone: By role, the likely effort of its own plan, in hundredths of an hour.
    """
    kernel = joint.solver.kernel
    grounds = grounds_of(kernel, joint.held, joint.chosen)
    serves: dict[RoleId | None, int] = {}
    for role, taken in zip(aim.askers, joint.taken_for(aim.goals), strict=True):
        for number in taken:
            serves[role] = serves.get(role, 0) | grounds.closure[number]
    once = shared = 0
    for nodes in serves.values():
        shared |= once & nodes
        once |= nodes
    return Optionality(
        effort=joint.total_effort(),
        shared=kernel.effort(shared),
        extra=joint.effort - min(alone),
    )
