"""What an answer states beside its path: further paths, all roles together, budgets, sums.

All of it follows from what the person holds and from the steps that are named, so it is checked
without the planner. That no other set within a budget is better, and what the shortest path to a
role takes that the answer does not lead to, only a search can tell.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from math import isclose
from typing import Final

from service.domain.errors import Fault
from service.domain.graph import SkillGraph
from service.domain.knowledge import OuterFringe, is_met, learnable_in_turn
from service.domain.readiness import ReadinessScale
from service.domain.skill import NO_EFFORT, Effort, Node, SkillId, highest_levels
from service.domain.statement import (
    StatedDifference,
    StatedPath,
    StatedSpending,
    StatedTogether,
    Statement,
)

_ROUNDING: Final = 1e-9
"""Of shares, which are written as the nearest number."""


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
    if said.learnable_now != OuterFringe(graph).of(held):
        yield Fault("/path/learnable_now", "Other skills have all that their next level needs.")
    yield from _others(said, graph)
    if said.together:
        yield from _together(said, said.together, graph, held)
    if said.difference:
        yield from _difference(said, said.difference, graph, levels)
    if said.spending:
        yield from _gain(said, said.spending, levels)
        yield from _left(said, said.spending, graph, held)


def _others(said: Statement, graph: SkillGraph) -> Iterator[Fault]:
    here = said.path.nodes
    for other in said.others:
        place, there = other.path.place, other.path.nodes
        if other.extra != other.path.effort.likely - said.path.effort.likely:
            yield Fault(f"{place}/extra_hours", "The hours make another difference.")
        if other.more != _in_order(graph, there - here):
            yield Fault(f"{place}/steps_more", "The steps make another difference.")
        if other.less != _in_order(graph, here - there):
            yield Fault(f"{place}/steps_less", "The steps make another difference.")
    paths = [other.path for other in said.others]
    for before, after in pairwise([said.path, *paths] if said.proof.is_optimal else paths):
        if _rank(graph, before) >= _rank(graph, after):
            yield Fault(after.place, "It does not come after the path before it.")


def _rank(graph: SkillGraph, path: StatedPath) -> tuple[int, int, list[int]]:
    """Return by what paths are ordered: effort, then their number of nodes, then the catalogue."""
    return path.effort.likely, len(path.steps), sorted(map(graph.position, path.nodes))


def _in_order(graph: SkillGraph, nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(sorted(nodes, key=graph.position))


def _together(
    said: Statement, together: StatedTogether, graph: SkillGraph, held: frozenset[int]
) -> Iterator[Fault]:
    if together.is_path and together.effort != said.path.effort:
        yield Fault("/both/hours", "The path, which leads to all roles, has other hours.")
    nearest = min(standing.effort.likely for standing in said.roles)
    if together.extra != together.effort.likely - nearest:
        yield Fault("/both/extra_hours_after_nearest", "The hours make another difference.")
    shared = sum(step.effort.likely for step in said.path.steps if len(step.roles) > 1)
    if together.is_path and together.shared != shared:
        yield Fault("/both/shared_hours", "The steps that several roles need add up to others.")
    elif not 0 <= together.shared <= together.effort.likely:
        yield Fault("/both/shared_hours", "All roles together do not take as much.")
    yield from _common_start(said, together, graph, held)


def _common_start(
    said: Statement, together: StatedTogether, graph: SkillGraph, held: frozenset[int]
) -> Iterator[Fault]:
    place, start = "/both/common_start", together.start
    positions = tuple(map(graph.position, start))
    if together.start_effort != sum(graph.likely[position] for position in positions):
        yield Fault(f"{place}/hours", "The steps add up to other hours.")
    if learnable_in_turn(graph, held, positions) != positions:
        yield Fault(f"{place}/steps", "Nobody can begin with these, in this order.")
    elif said.reached is not None and not said.path.nodes.issuperset(start):
        yield Fault(f"{place}/steps", "The path does not hold all of them.")


def _difference(
    said: Statement, changed: StatedDifference, graph: SkillGraph, levels: Mapping[SkillId, int]
) -> Iterator[Fault]:
    path = said.path
    if changed.saves != changed.before.likely - path.effort.likely:
        yield Fault("/difference/saves_hours", "The hours make another difference.")
    if not is_ready(changed.after, ReadinessScale(said.requirements), levels):
        yield Fault("/difference/readiness_after", "What is held makes another readiness.")
    if not path.nodes.issuperset(changed.more) or path.nodes.intersection(changed.less):
        yield Fault("/difference", "The path holds what is new in it, and nothing that it spares.")
    elif _total(graph, {*path.nodes, *changed.less} - {*changed.more}) != changed.before:
        yield Fault("/difference/hours_before", "The steps without it add up to other hours.")


def _total(graph: SkillGraph, nodes: Iterable[Node]) -> Effort:
    total = NO_EFFORT
    for node in nodes:
        total = total.plus(graph.efforts[graph.position(node)])
    return total


def _gain(
    said: Statement, spent: StatedSpending, levels: Mapping[SkillId, int]
) -> Iterator[Fault]:
    scale = ReadinessScale(said.requirements)
    after = highest_levels((step.node for step in spent.path.steps), levels)
    if not is_ready(spent.before, scale, levels):
        yield Fault("/within_budget/readiness_before", "What is held makes another readiness.")
    if not is_ready(spent.after, scale, after):
        yield Fault("/within_budget/readiness_after", "The steps make another readiness.")


def _left(
    said: Statement, spent: StatedSpending, graph: SkillGraph, held: frozenset[int]
) -> Iterator[Fault]:
    left = [graph.position(node) for node in spent.left]
    if _total(graph, spent.left) != spent.left_effort:
        yield Fault("/within_budget/left/hours", "The steps add up to other hours.")
    first = held.union(graph.position(step.node) for step in spent.path.steps)
    have = first.union(learnable_in_turn(graph, first, left))
    if not all(is_met(graph.group(asked), have) for asked in said.requirements):
        yield Fault("/within_budget/left/steps", "With these the aim is not met.")


def is_ready(stated: float, scale: ReadinessScale, levels: Mapping[SkillId, int]) -> bool:
    """Return whether a readiness is what a scale makes of some levels."""
    return isclose(stated, scale.readiness(levels), abs_tol=_ROUNDING)
