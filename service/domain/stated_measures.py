"""What an answer states beside its path: readiness, what can be learned now, and further sums.

All of it follows from what the person holds and from the steps that are named, so it is checked
without the planner. That no other set within a budget is better, and what the shortest path to a
role takes that the answer does not lead to, only a search can tell.
"""

from collections.abc import Iterator, Mapping
from math import isclose
from typing import Final

from service.domain.errors import Fault
from service.domain.graph import SkillGraph
from service.domain.knowledge import OuterFringe, is_met, learnable_in_turn
from service.domain.readiness import ReadinessScale
from service.domain.skill import NO_EFFORT, SkillId, highest_levels
from service.domain.statement import StatedSpending, StatedTogether, Statement

_ROUNDING: Final = 1e-9


def faults_in_measures(
    said: Statement, graph: SkillGraph, held: frozenset[int]
) -> Iterator[Fault]:
    """Yield what is wrong with the measures of an answer.

    Args:
        said: The answer; it names nothing that the graph does not hold, and all its roles.
        graph: The graph that it says it comes from.
        held: Positions of what the person is said to hold.
    """
    levels = highest_levels(said.claims)
    yield from _readiness(said, graph, levels)
    if said.learnable_now != OuterFringe(graph).of(held):
        yield Fault("/path/learnable_now", "Other skills have all that their next level needs.")
    if said.together:
        yield from _together(said, said.together)
    if said.spending:
        yield from _gain(said, said.spending, levels)
        yield from _left(said, said.spending, graph, held)


def _readiness(
    said: Statement, graph: SkillGraph, levels: Mapping[SkillId, int]
) -> Iterator[Fault]:
    for index, (role, readiness) in enumerate(said.readiness):
        if not _is_ready(readiness, ReadinessScale(graph.roles[role].requires), levels):
            yield Fault(f"/roles/{index}/readiness", "What is held makes another readiness.")


def _together(said: Statement, together: StatedTogether) -> Iterator[Fault]:
    if together.is_path and together.effort != said.path.effort.likely:
        yield Fault("/both/hours", "The path, which leads to all roles, has other hours.")
    if together.extra != together.effort - min(effort for _, effort in said.standings):
        yield Fault("/both/extra_hours_after_nearest", "The hours make another difference.")


def _gain(
    said: Statement, spent: StatedSpending, levels: Mapping[SkillId, int]
) -> Iterator[Fault]:
    scale = ReadinessScale(said.requirements)
    after = highest_levels((step.node for step in spent.path.steps), levels)
    if not _is_ready(spent.before, scale, levels):
        yield Fault("/within_budget/readiness_before", "What is held makes another readiness.")
    if not _is_ready(spent.after, scale, after):
        yield Fault("/within_budget/readiness_after", "The steps make another readiness.")


def _left(
    said: Statement, spent: StatedSpending, graph: SkillGraph, held: frozenset[int]
) -> Iterator[Fault]:
    total = NO_EFFORT
    left = [graph.position(node) for node in spent.left]
    for position in left:
        total = total.plus(graph.efforts[position])
    if total != spent.left_effort:
        yield Fault("/within_budget/left/hours", "The steps add up to other hours.")
    first = held.union(graph.position(step.node) for step in spent.path.steps)
    have = first.union(learnable_in_turn(graph, first, left))
    if not all(is_met(graph.group(asked), have) for asked in said.requirements):
        yield Fault("/within_budget/left/steps", "With these the aim is not met.")


def _is_ready(stated: float, scale: ReadinessScale, levels: Mapping[SkillId, int]) -> bool:
    return isclose(stated, scale.readiness(levels), abs_tol=_ROUNDING)
