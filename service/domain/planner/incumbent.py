"""Good sets: what the landmarks have paid for in full, without what it can do without.

The primal-dual method for covering problems: once a bound is tight, the goals can be reached
by nodes with nothing left of their costs; those are dropped again, the dearest first, as
long as the rest still meets the goals.
"""

from collections.abc import Iterable, Sequence

from service.domain.planner.bits import kept_members, mask_of, members
from service.domain.planner.grounding import learnable, learnable_without
from service.domain.planner.kernel import Choice
from service.domain.planner.landmarks import Bound, Landmark


def paid_set(bound: Bound, weight: Sequence[int]) -> int:
    """Return a learnable set that meets the goals of a tight bound, and no part of it does.

    Args:
        bound: Tight: its goals cost nothing more.
        weight: By number; the heaviest nodes are dropped first.
    """
    if bound.is_circular:
        chosen = learnable(bound.kernel, bound.had, bound.costless())
    else:
        chosen = _supporting(bound, weight)
    needed = _needed(bound.marks)
    for number in sorted(members(chosen & ~needed), key=weight.__getitem__, reverse=True):
        if chosen >> number & 1:
            rest = learnable_without(
                bound.kernel, bound.had, chosen, number, is_circular=bound.is_circular
            )
            dropped = chosen & ~rest
            bound.work.spend(3 + dropped.bit_count())
            if not dropped & needed and _are_met(bound.asked, bound.had | rest, dropped):
                chosen = rest
    return chosen


def _needed(marks: Iterable[Landmark]) -> int:
    """Return what every path holds by the word of landmarks of a single node."""
    needed = 0
    for mark in marks:
        if not mark.nodes & (mark.nodes - 1):
            needed |= mark.nodes
    return needed


def _supporting(bound: Bound, weight: Sequence[int]) -> int:
    """Return what of the paid nodes the goals rest on, each choice taking what adds least.

    From the goals down: prerequisites have lower numbers, so whatever rests on a node has
    been looked at before it. All that a paid node needs is paid.
    """
    kernel, taken, pending = bound.kernel, 0, 0
    paid = bound.costless()
    for goal in sorted(bound.asked, key=_freedom):
        pending |= _lightest(goal, bound, paid, pending, weight)
    while pending:
        number = pending.bit_length() - 1
        taken |= 1 << number
        pending |= kernel.compulsory[number] & bound.free
        for choice in kernel.choices[number]:
            pending |= _lightest(choice, bound, paid, taken | pending, weight)
        pending &= ~taken
    bound.work.spend(20 + 2 * taken.bit_count())
    return taken


def _freedom(choice: Choice) -> int:
    return choice.options.bit_count() - choice.need


def _lightest(choice: Choice, bound: Bound, paid: int, taken: int, weight: Sequence[int]) -> int:
    """Return the paid options that satisfy a choice beside what is taken: those that add least."""
    need = choice.need - (choice.options & (bound.had | taken)).bit_count()
    if need <= 0:
        return 0
    further = paid & ~taken
    options = choice.options & further
    count = options.bit_count()
    if count == need:
        return options
    bound.work.spend(8 * count)
    closure = bound.kernel.closure

    def added(number: int) -> int:
        return sum(map(weight.__getitem__, kept_members(closure[number] & further)))

    return mask_of(sorted(members(options), key=added)[:need])


def _are_met(goals: Sequence[Choice], have: int, dropped: int) -> bool:
    """Return whether goals that were met are so without what was dropped."""
    for need, options in goals:  # asked so often that a generator shows
        if options & dropped and (options & have).bit_count() < need:
            return False
    return True
