"""The least set for some goals, with the proof that it is the least."""

from collections.abc import Sequence
from typing import NamedTuple

from service.domain.graph import Group
from service.domain.planner.approximate import approximate_set
from service.domain.planner.bits import members
from service.domain.planner.grounding import learnable, way_out
from service.domain.planner.kernel import Choice, Kernel
from service.domain.planner.landmarks import Field, Landmark, priced_landmarks
from service.domain.planner.search import Search, SolvedComponents
from service.domain.planner.work import FULL_BUDGET, Work, WorkSpentError


class Optimum(NamedTuple):
    """A set to learn, and how good it is known to be.

    Attributes:
        chosen: The nodes to learn, as numbers of the kernel; none of them held.
        is_least: Whether no learnable set for the goals comes before it.
    """

    chosen: int
    is_least: bool


class Solver:
    """Finds least sets on one kernel; safe to share between threads.

    Args:
        kernel: The part of the graph that the goals can need.
    """

    def __init__(self, kernel: Kernel) -> None:
        self.kernel = kernel
        self._solved = SolvedComponents()

    def least(
        self, held: int, groups: Sequence[Group], excluded: int = 0, steps: int = FULL_BUDGET
    ) -> Optimum | None:
        """Return the least learnable set that meets some groups.

        Least is: smallest effort, then fewest nodes, then earliest in catalogue order; so
        the set is unique.

        Args:
            held: What the learner holds.
            groups: What is to be met; all their options are in the kernel.
            excluded: Nodes that must not be learned.
            steps: The work budget.

        Returns:
            None when `excluded` leaves no way.
        """
        required, choices = self.kernel.goals(groups)
        try:
            chosen = self._least(held, required, choices, excluded, Work(steps))
        except WorkSpentError:
            rough = approximate_set(self.kernel, held, required, choices, excluded)
            return None if rough is None else Optimum(rough, is_least=False)
        return None if chosen is None else Optimum(chosen, is_least=True)

    def exactly(self, held: int, groups: Sequence[Group], excluded: int, steps: int) -> int | None:
        """Return the least learnable set as `least` does, or fail: nothing rough will do.

        Raises:
            WorkSpentError: The budget ended first.
        """
        required, choices = self.kernel.goals(groups)
        return self._least(held, required, choices, excluded, Work(steps))

    def landmarks(
        self, held: int, groups: Sequence[Group], steps: int = FULL_BUDGET
    ) -> list[Landmark]:
        """Return landmarks of some goals whose prices, in hundredths of an hour, bound the effort.

        What every path must hold comes first, as landmarks of one node each.
        """
        kernel, work = self.kernel, Work(steps)
        required, choices = kernel.goals(groups)
        found: list[Landmark] = []
        try:
            settled = Search(kernel, held, work, self._solved).settle(required, choices, held, 0)
            if settled is None:
                return found
            have, components = settled
            found += [
                Landmark(kernel.cost[number], 1 << number)
                for number in members(have & ~held)
                if kernel.cost[number]
            ]
            for component in components:
                field = Field(have, component.footprint)
                found += priced_landmarks(kernel, kernel.cost, component.choices, field, work)
        except WorkSpentError:
            pass  # what was found so far is a bound all the same
        return found

    def _least(
        self, held: int, required: int, choices: Sequence[Choice], excluded: int, work: Work
    ) -> int | None:
        """Return the least closed set that can be learned, cutting off circular ones."""
        goals = (required, choices)
        cuts: list[Choice] = []
        while True:
            search = Search(self.kernel, held, work, self._solved)
            chosen = search.least(required, [*choices, *cuts], excluded)
            if chosen is None or not self.kernel.circular:
                return chosen
            if learnable(self.kernel, held, chosen) == chosen:
                return chosen
            cuts.append(way_out(self.kernel, held, chosen, goals, work))
