"""What outlasts the search, as an integer program, where HiGHS is installed.

The effort first; where that is proven, the fewest nodes and the catalogue settle ties, as
the search would. The answer is checked by forward chaining.
"""

from typing import Final, NamedTuple

from service.domain.planner.bits import members
from service.domain.planner.grounding import are_satisfied, learnable
from service.domain.planner.kernel import Kernel, Problem
from service.domain.planner.program import Program, is_installed

LARGEST: Final = 200
"""Nodes above which a part is left alone: its relaxation alone could take a request's time."""

DENSEST: Final = 240
"""Options of all goals together above which a part is left alone, for the same reason."""


class Solution(NamedTuple):
    """A learnable set for a part.

    Attributes:
        chosen: The set.
        is_shortest: Whether no set takes less effort.
        is_least: Whether no set comes before it, ties settled.
    """

    chosen: int
    is_shortest: bool
    is_least: bool


def solved_by_program(kernel: Kernel, part: Problem, excluded: int) -> Solution | None:
    """Return the least set for a part, or a good one.

    Args:
        kernel: Where the nodes are.
        part: What is to be met; a large one, or one with a circle opened, is left alone.
        excluded: Nodes that must not be learned.

    Returns:
        None where HiGHS is not installed or finds nothing that stands up to a check.
    """
    free = members(part.footprint & ~excluded)
    options = sum(goal.options.bit_count() for goal in part.goals)
    is_slow = len(free) > LARGEST or options > DENSEST
    if is_slow or part.footprint & kernel.tangled or not is_installed():
        return None
    program = Program(kernel, part, excluded)
    shortest = least = program.least({number: kernel.cost[number] for number in free})
    if shortest is not None and shortest.is_proven:
        ranked = sorted(free, key=kernel.positions.__getitem__)
        least = program.first(ranked) or shortest._replace(is_proven=False)
    if shortest is None or least is None:
        return None
    had = kernel.everything & ~part.footprint
    chosen = learnable(kernel, had, least.chosen)
    if not are_satisfied(part.goals, had | chosen):
        return None
    return Solution(chosen, shortest.is_proven, least.is_proven)
