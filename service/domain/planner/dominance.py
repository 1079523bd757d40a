"""Options that no least set takes, seen without a search.

An option of a goal is out where what it takes for this goal alone is dearer than another
option altogether: whatever is learned for the other goals, the swap would pay. What is left
is often a single option, which is then forced.
"""

from collections.abc import Callable, Sequence

from service.domain.planner.bits import kept_members, members
from service.domain.planner.grounding import are_satisfied
from service.domain.planner.kernel import Choice, Kernel


def without_dominated(
    kernel: Kernel, choices: Sequence[Choice], have: int, needs_of: Callable[[int], int]
) -> list[Choice]:
    """Return choices with the options that could be in a least set.

    Args:
        kernel: Where the nodes are; no circle is opened among those that could matter.
        choices: What is open, on nodes that are not had and may be learned.
        have: What is held or forced.
        needs_of: Gives a node with all that it compulsorily needs.
    """
    once = several = 0
    for choice in choices:
        cone = kernel.footprint([choice])
        several |= once & cone
        once |= cone
    return [_narrowed(kernel, choice, have, needs_of, ~(several | have)) for choice in choices]


def _narrowed(
    kernel: Kernel, choice: Choice, have: int, needs_of: Callable[[int], int], alone: int
) -> Choice:
    if choice.need > 1:
        return choice
    ways = []
    for number in kept_members(choice.options):
        way = needs_of(number)
        ways.append((kernel.effort(way & ~have), number, way))
    ways.sort()
    cheapest = next((e for e, _, way in ways if _is_complete(kernel, way, have | way)), None)
    options = choice.options
    for effort, number, way in ways:
        if cheapest is not None and cheapest < effort and cheapest < kernel.effort(way & alone):
            options ^= 1 << number
    return choice if options == choice.options else Choice(1, options)


def _is_complete(kernel: Kernel, way: int, have: int) -> bool:
    """Return whether a way leaves nothing to choose."""
    choosing = way & kernel.choosing
    return not choosing or all(
        are_satisfied(kernel.choices[number], have) for number in members(choosing)
    )
