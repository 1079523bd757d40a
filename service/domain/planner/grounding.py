"""Groundedness: what can be learned one node at a time, and the way out of a circle.

Where an alternative opens a circle (A by B or C, B by A or D), a set may be closed and still
impossible to begin. Forward chaining tells; a landmark that the set lacks shows the way out.
"""

from collections.abc import Sequence

from service.domain.planner.bits import members
from service.domain.planner.kernel import Choice, Kernel
from service.domain.planner.work import Work


def learnable(kernel: Kernel, held: int, allowed: int) -> int:
    """Return what can be learned of some nodes, one at a time, from what is held.

    One pass over N allowed nodes where prerequisites have lower numbers; around circles,
    as many passes as the longest detour takes.
    """
    have = held
    remaining = allowed & ~held
    while True:
        before = have
        for number in members(remaining):
            if is_learnable(kernel, number, have):
                have |= 1 << number
        remaining &= ~have
        if not kernel.circular or have == before or not remaining:
            return have & ~held


def is_learnable(kernel: Kernel, number: int, have: int) -> bool:
    """Return whether every group of a node is satisfied by what is had."""
    return not kernel.compulsory[number] & ~have and are_satisfied(kernel.choices[number], have)


def are_satisfied(choices: Sequence[Choice], have: int) -> bool:
    """Return whether each choice has enough of its options."""
    return all((choice.options & have).bit_count() >= choice.need for choice in choices)


def way_out(
    kernel: Kernel, held: int, chosen: int, goals: tuple[int, Sequence[Choice]], work: Work
) -> Choice:
    """Return a choice that every path satisfies and a circular set does not.

    Args:
        kernel: Where the nodes are.
        held: What the learner holds.
        chosen: A set from which the goals cannot be reached one node at a time.
        goals: What is required, and what is to choose.
        work: Charged one step a node looked at.

    Returns:
        One of the nodes outside some largest superset of `chosen` that misses the goals too:
        every path has to leave that superset.
    """
    required, choices = goals
    everything = (1 << kernel.size) - 1
    allowed = chosen | held
    for number in members(everything & ~allowed):
        work.spend(allowed.bit_count())
        have = held | learnable(kernel, held, allowed | 1 << number)
        if required & ~have or not are_satisfied(choices, have):
            allowed |= 1 << number
    return Choice(1, everything & ~allowed)
