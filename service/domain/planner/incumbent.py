"""Good sets: what the landmarks have paid for in full, without what it can do without.

The primal-dual method for covering problems: once a bound is tight, the goals can be reached
by nodes with nothing left of their costs; those are dropped again, the dearest first, as
long as the rest still meets the goals.
"""

from collections.abc import Sequence

from service.domain.planner.bits import members
from service.domain.planner.grounding import are_satisfied, is_learnable, learnable
from service.domain.planner.kernel import Choice
from service.domain.planner.landmarks import Bound


def paid_set(bound: Bound, weight: Sequence[int]) -> int:
    """Return a learnable set that meets the goals of a tight bound, and no part of it does.

    Args:
        bound: Tight: its goals cost nothing more.
        weight: By number; the heaviest nodes are dropped first.
    """
    chosen = bound.costless()
    if bound.is_circular:
        chosen = learnable(bound.kernel, bound.had, chosen)
    needed = 0
    for mark in bound.marks:
        if not mark.nodes & (mark.nodes - 1):
            needed |= mark.nodes
    for number in sorted(members(chosen & ~needed), key=weight.__getitem__, reverse=True):
        if chosen >> number & 1:
            rest = _without(bound, chosen, number)
            bound.work.spend(1 + (chosen & ~rest).bit_count())
            dropped = chosen & ~rest
            if not dropped & needed and _are_met(bound.asked, bound.had | rest, dropped):
                chosen = rest
    return chosen


def _without(bound: Bound, chosen: int, number: int) -> int:
    """Return what of a learnable set can be learned without one of its nodes."""
    kernel, had, rest = bound.kernel, bound.had, chosen & ~(1 << number)
    if bound.is_circular:
        return learnable(kernel, had, rest)
    touched = kernel.above[number] & rest
    while touched:
        lowest = touched & -touched
        touched ^= lowest
        above = lowest.bit_length() - 1
        if not is_learnable(kernel, above, had | rest):
            rest ^= lowest
            touched |= kernel.above[above] & rest
    return rest


def _are_met(goals: Sequence[Choice], have: int, dropped: int) -> bool:
    """Return whether goals that were met are so without what was dropped."""
    return are_satisfied([goal for goal in goals if goal.options & dropped], have)
