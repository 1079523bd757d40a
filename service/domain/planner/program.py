"""The best set by one measure after another, as integer programs for HiGHS, where it is installed.

A column stands for a node, taken or not; a row for a group: whoever takes the node takes
enough of its options. What HiGHS says is checked in whole numbers: its set has to satisfy
every row, and its proof has to name the sum that this set has. Its word that there is no set
is never believed. Every measure is a program of its own: given a set to begin with, HiGHS
1.16 has reported the sum of another set than the one it returned.

The optional dependency ``highspy`` is imported when it is first needed. Its class ``Highs``
prints a banner from its constructor, so its base is used.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from math import gcd
from typing import Any, Final, NamedTuple

from service.domain.planner.bits import mask_of, members
from service.domain.planner.kernel import Choice, Problem, Rules

MOST_BRANCHES: Final = 100
"""Branches after which a program is given up, at the same place on every machine."""

MOST_ITERATIONS: Final = 10_000
"""Steps of the simplex method for all measures together, counted after each of them."""

SAFETY_SECONDS: Final = 10.0
"""A net that no program of a size that is let through has ever touched."""

LARGEST_FACTOR: Final = 1 << 18
"""Above it, a whole unit would be lost in the tolerance of HiGHS, a millionth of a node."""

WINDOW: Final = 16
"""Nodes whose order is settled by one program: the first is worth 2 ** 15 times the last."""

SETTINGS: Final = (
    ("output_flag", False),
    ("threads", 1),  # HiGHS refuses another number in one process
    ("mip_rel_gap", 0.0),
    ("mip_abs_gap", 0.5),
    ("mip_max_nodes", MOST_BRANCHES),
    ("time_limit", SAFETY_SECONDS),
)


class Found(NamedTuple):
    """A set, and whether it is proven that none comes before it by the measure asked for."""

    chosen: int
    is_proven: bool


class Row(NamedTuple):
    """The factors of the nodes taken add up to so much at least."""

    factors: Mapping[int, int]
    least: int

    def is_kept_by(self, chosen: int) -> bool:
        """Return whether a set adds up to enough."""
        return sum(f for number, f in self.factors.items() if chosen >> number & 1) >= self.least


def is_installed() -> bool:
    """Return whether there is a solver at all."""
    return _highs() is not None


@cache
def _highs() -> Any | None:  # noqa: ANN401 - a module that may be absent has no type
    try:
        return import_module("highspy")
    except ImportError:
        return None


class Program:
    """The sets that meet some goals, and have all their groups satisfied; not circles, though.

    Args:
        rules: What the nodes rest on.
        problem: What is to be met, and with what.
        excluded: Nodes that must not be taken.
    """

    def __init__(self, rules: Rules, problem: Problem, excluded: int = 0) -> None:
        self._had = rules.everything & ~problem.footprint
        self._free = tuple(members(problem.footprint & ~excluded))
        self._column = {number: column for column, number in enumerate(self._free)}
        self._rows: list[Row] = []
        self._settled = self._taken = 0
        self._iterations = 0
        for goal in problem.goals:
            self._rest(None, goal)
        for number in self._free:
            for below in rules.singles[number]:
                self._rest(number, Choice(1, 1 << below))
            for choice in rules.choices[number]:
                self._rest(number, choice)

    @property
    def entries(self) -> int:
        """How many factors all rows have together."""
        return sum(len(row.factors) for row in self._rows)

    def at_most(self, factors: Mapping[int, int], most: int) -> None:
        """Let the factors of the nodes taken add up to no more than a sum."""
        unit = gcd(*factors.values()) or 1
        owned = {n: -(f // unit) for n, f in factors.items() if f and n in self._column}
        self._rows.append(Row(owned, -(most // unit)))

    def exclude(self, numbers: int) -> None:
        """Let some nodes be taken no more."""
        self._settle(numbers, 0)

    def least(self, factors: Mapping[int, int]) -> Found | None:
        """Return a set whose factors add up to least; once proven, all later ones do as well.

        Returns:
            None where HiGHS is not installed, or finds nothing that stands up to a check.
        """
        unit = gcd(*factors.values()) or 1
        found = self._solved({number: factor // unit for number, factor in factors.items()})
        if found is not None and found.is_proven:
            self.at_most(factors, _sum(factors, found.chosen))
        return found

    def first(self, ranked: Sequence[int]) -> Found | None:
        """Return the set of fewest nodes, then of those that come first in an order.

        Args:
            ranked: Numbers that count, in their order.
        """
        found = self.least(dict.fromkeys(ranked, 1))
        waiting = [number for number in ranked if not self._settled >> number & 1]
        for start in range(0, len(waiting), WINDOW):
            if found is None or not found.is_proven:
                break
            window = waiting[start : start + WINDOW]
            better = self._solved({n: -1 << rank for rank, n in enumerate(reversed(window))})
            found = better or found._replace(is_proven=False)
            self._settle(mask_of(window), found.chosen)
        return found

    def _settle(self, numbers: int, chosen: int) -> None:
        """Let some nodes be taken, or not, as they are in a set."""
        self._settled |= numbers
        self._taken |= numbers & chosen

    def _rest(self, user: int | None, choice: Choice) -> None:
        """Let a node, or whoever meets the goals, need a choice; nothing where it is met."""
        need = choice.need - (choice.options & self._had).bit_count()
        if need <= 0:
            return
        factors = {number: 1 for number in members(choice.options) if number in self._column}
        least = need
        if user is not None:
            factors[user], least = -need, 0
        self._rows.append(Row(factors, least))

    def _solved(self, factors: Mapping[int, int]) -> Found | None:
        highs = _highs()
        is_coarse = max(map(abs, factors.values()), default=0) > LARGEST_FACTOR
        if highs is None or is_coarse or self._iterations > MOST_ITERATIONS:
            return None
        solver = highs.Highs.__base__()
        for name, value in SETTINGS:
            solver.setOptionValue(name, value)
        solver.passModel(self._model(highs, factors))
        solver.run()
        values = zip(self._free, solver.getSolution().col_value, strict=False)
        chosen = mask_of(number for number, value in values if value > 1 / 2)
        if (chosen ^ self._taken) & self._settled:
            return None
        if not all(row.is_kept_by(chosen) for row in self._rows):
            return None
        info = solver.getInfo()
        self._iterations += max(0, info.simplex_iteration_count)
        is_optimal = solver.getModelStatus() == highs.HighsModelStatus.kOptimal
        is_off = abs(info.objective_function_value - _sum(factors, chosen)) > 1 / 4
        return Found(chosen, is_optimal and not is_off)

    def _model(self, highs: Any, factors: Mapping[int, int]) -> Any:  # noqa: ANN401
        model = highs.HighsLp()
        model.num_col_, model.num_row_ = len(self._free), len(self._rows)
        model.col_cost_ = [float(factors.get(number, 0)) for number in self._free]
        model.col_lower_ = [float(self._taken >> number & 1) for number in self._free]
        out = self._settled & ~self._taken
        model.col_upper_ = [float(not out >> number & 1) for number in self._free]
        model.row_lower_ = [float(row.least) for row in self._rows]
        model.row_upper_ = [highs.kHighsInf] * len(self._rows)
        starts = [0]
        for row in self._rows:
            starts.append(starts[-1] + len(row.factors))
        matrix, column = model.a_matrix_, self._column
        matrix.format_ = highs.MatrixFormat.kRowwise
        matrix.start_ = starts
        matrix.index_ = [column[number] for row in self._rows for number in row.factors]
        matrix.value_ = [float(factor) for row in self._rows for factor in row.factors.values()]
        model.integrality_ = [highs.HighsVarType.kInteger] * len(self._free)
        return model


def _sum(factors: Mapping[int, int], chosen: int) -> int:
    return sum(factors.get(number, 0) for number in members(chosen))
