"""What outlasts the search, as an integer program for HiGHS, where that is installed.

The optional dependency ``highspy`` is imported when it is first needed. Its answer is checked
by forward chaining, and its word that there is none is never believed. Among sets of equal
effort and count it takes any: past the work budget ties are not canonical.
"""

from functools import cache
from importlib import import_module
from typing import Any, Final

from service.domain.planner.bits import mask_of, members
from service.domain.planner.grounding import are_satisfied, learnable
from service.domain.planner.kernel import Choice, Kernel, Problem

LARGEST: Final = 200
"""Nodes above which a part is left alone: its relaxation alone could take a request's time."""

DENSEST: Final = 240
"""Options of all goals together above which a part is left alone, for the same reason."""

MOST_BRANCHES: Final = 2
"""Branches after which the solver stops, at the same place on every machine."""

SAFETY_SECONDS: Final = 2.0
"""A net that nothing within these limits has ever touched."""

SETTINGS: Final = (
    ("output_flag", False),
    ("threads", 1),
    ("mip_rel_gap", 0.0),
    ("mip_abs_gap", 0.5),
    ("mip_max_nodes", MOST_BRANCHES),
    ("time_limit", SAFETY_SECONDS),
)


def solved_by_highs(kernel: Kernel, part: Problem, excluded: int) -> tuple[int, bool] | None:
    """Return a set for a part, and whether no set takes less effort.

    Args:
        kernel: Where the nodes are.
        part: What is to be met; a large one, or one with a circle opened, is left alone.
        excluded: Nodes that must not be learned.

    Returns:
        None where HiGHS is not installed or finds nothing that stands up to a check.
    """
    highs = _highs()
    free = tuple(members(part.footprint & ~excluded))
    options = sum(goal.options.bit_count() for goal in part.goals)
    is_slow = len(free) > LARGEST or options > DENSEST
    if highs is None or is_slow or part.footprint & kernel.tangled:
        return None
    solver = highs.Highs.__base__()  # the class itself listens to callbacks and says so aloud
    for name, value in SETTINGS:
        solver.setOptionValue(name, value)
    solver.passModel(_program(highs, kernel, part, free))
    solver.run()
    taken = zip(free, solver.getSolution().col_value, strict=False)
    chosen = mask_of(number for number, value in taken if value > 1 / 2)
    had = kernel.everything & ~part.footprint
    chosen = learnable(kernel, had, chosen)
    if not are_satisfied(part.goals, had | chosen):
        return None
    return chosen, solver.getModelStatus() == highs.HighsModelStatus.kOptimal


@cache
def _highs() -> Any | None:  # noqa: ANN401 - a module that may be absent has no type
    try:
        return import_module("highspy")
    except ImportError:
        return None


def _program(highs: Any, kernel: Kernel, part: Problem, free: tuple[int, ...]) -> Any:  # noqa: ANN401
    """Return the program: a node is taken only with all its groups; effort first, then count."""
    column = {number: at for at, number in enumerate(free)}
    rows = [_row(choice, part, column, None) for choice in part.goals]
    for number in free:
        singles = [Choice(1, 1 << below) for below in kernel.singles[number]]
        groups = (*singles, *kernel.choices[number])
        rows += [_row(choice, part, column, column[number]) for choice in groups]
    rows = [row for row in rows if row[2] > 0 or row[0]]
    program = highs.HighsLp()
    program.num_col_, program.num_row_ = len(free), len(rows)
    program.col_cost_ = [kernel.cost[number] * (len(free) + 1.0) + 1 for number in free]
    program.col_lower_, program.col_upper_ = [0.0] * len(free), [1.0] * len(free)
    program.row_lower_ = [float(row[2]) for row in rows]
    program.row_upper_ = [highs.kHighsInf] * len(rows)
    matrix, starts = program.a_matrix_, [0]
    for row in rows:
        starts.append(starts[-1] + len(row[0]))
    matrix.format_ = highs.MatrixFormat.kRowwise
    matrix.start_ = starts
    matrix.index_ = [at for row in rows for at in row[0]]
    matrix.value_ = [value for row in rows for value in row[1]]
    program.integrality_ = [highs.HighsVarType.kInteger] * len(free)
    return program


def _row(
    choice: Choice, part: Problem, column: dict[int, int], user: int | None
) -> tuple[list[int], list[float], int]:
    """Return a group as columns, their factors and the least sum; nothing where it is met."""
    need = choice.need - (choice.options & ~part.footprint).bit_count()
    if need <= 0:
        return [], [], 0
    index = [column[n] for n in members(choice.options & part.footprint) if n in column]
    factors = [1.0] * len(index)
    if user is None:
        return index, factors, need
    return [*index, user], [*factors, -float(need)], 0
