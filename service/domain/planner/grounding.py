"""Groundedness: what can be learned one node at a time, and the way out of a circle.

Where an alternative opens a circle (A by B or C, B by A or D), a set may be closed and still
impossible to begin. Forward chaining tells; a landmark that the set lacks shows the way out.
"""

from collections.abc import Mapping, Sequence

from service.domain.planner.bits import mask_of, members
from service.domain.planner.kernel import Choice, Rules


def learnable(kernel: Rules, held: int, allowed: int) -> int:
    """Return what can be learned of some nodes, one at a time, from what is held.

    One pass over N allowed nodes where prerequisites have lower numbers; around circles,
    as many passes as the longest detour takes.
    """
    have = held
    remaining = allowed & ~held
    compulsory, choices = kernel.compulsory, kernel.choices
    while True:
        before = have
        for number in members(remaining):
            if not compulsory[number] & ~have and are_satisfied(choices[number], have):
                have |= 1 << number
        remaining &= ~have
        if not kernel.tangled or have == before or not remaining:
            return have & ~held


def learnable_without(
    kernel: Rules, had: int, chosen: int, number: int, *, is_circular: bool
) -> int:
    """Return what of a learnable set can be learned without one of its nodes.

    Args:
        kernel: Where the nodes are.
        had: What the set is learned from.
        chosen: The set.
        number: The node that goes.
        is_circular: Whether an alternative opens a circle among them. Elsewhere nothing but
            what rests on what went is looked at, prerequisites first.
    """
    rest = chosen & ~(1 << number)
    if is_circular:
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


def is_learnable(kernel: Rules, number: int, have: int) -> bool:
    """Return whether every group of a node is satisfied by what is had."""
    return not kernel.compulsory[number] & ~have and are_satisfied(kernel.choices[number], have)


def are_satisfied(choices: Sequence[Choice], have: int) -> bool:
    """Return whether each choice has enough of its options."""
    for need, options in choices:  # noqa: SIM110  asked so often that a generator shows
        if (options & have).bit_count() < need:
            return False
    return True


def support(
    choice: Choice, held: int, chosen: int, rank: Mapping[int, int] | Sequence[int]
) -> int:
    """Return the options of a set that satisfy a choice: the first, and no more than needed."""
    need = choice.need - (choice.options & held).bit_count()
    options = choice.options & chosen
    if options.bit_count() > need:
        first = sorted(members(options), key=rank.__getitem__)[: max(need, 0)]
        return mask_of(first)
    return options
