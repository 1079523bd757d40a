"""The best filling of a budget by integer programs, where HiGHS is installed.

What a set loses first; then its effort, its count and the catalogue settle ties, as in the
search. What the search has learned is not lost: nodes that no set so good can hold are left
out, once more when the least loss is known.
"""

from collections.abc import Callable, Sequence
from typing import Final

from service.domain.planner.bits import members
from service.domain.planner.prizes import Prizes
from service.domain.planner.program import Found, Program, is_installed

LARGEST: Final = 1_000
"""Nodes and ways out above which a question is left alone: the shipped graph has 700 at most."""

DENSEST: Final = 3_000
"""Entries of a program above which it is left alone; a role on the shipped graph has 2,400."""


def filled_by_program(
    prizes: Prizes, budget: int, loss: int, hopeless: Callable[[int, int], int]
) -> int | None:
    """Return the weight of the best filling of a budget.

    Args:
        prizes: What is to be had or gone without; where a circle is open they are left alone.
        budget: Hundredths of an hour.
        loss: Points; there is a set that loses no more.
        hopeless: Tells which nodes no set of some effort and some loss, or of less, can hold.

    Returns:
        None where HiGHS is not installed, or proves none.
    """
    if prizes.tangled or prizes.size > LARGEST or not is_installed():
        return None
    program = Program(prizes, prizes.problem, hopeless(budget, loss))
    costs = _factors(prizes.cost)
    program.at_most(costs, budget)
    if program.entries > DENSEST:
        return None
    losses = _factors(prizes.loss)
    found = program.least(losses)
    if found is not None and found.is_proven:
        program.exclude(hopeless(_sum(prizes.cost, found), _sum(prizes.loss, found)))
        found = program.least(costs)
    if found is not None and found.is_proven:
        program.exclude(hopeless(_sum(prizes.cost, found), _sum(prizes.loss, found)))
        found = program.first(prizes.ranked)
    return _sum(prizes.weight, found) if found is not None and found.is_proven else None


def _factors(values: Sequence[int]) -> dict[int, int]:
    return {number: value for number, value in enumerate(values) if value}


def _sum(values: Sequence[int], found: Found) -> int:
    return sum(map(values.__getitem__, members(found.chosen)))
