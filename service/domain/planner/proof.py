"""Proofs: why a set is the least, and what the least set without a node costs more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from service.domain.planner.bits import members
from service.domain.planner.kernel import Problem
from service.domain.planner.landmarks import Bound, Landmark
from service.domain.planner.memory import Remembered, Solved
from service.domain.planner.search import Search
from service.domain.planner.work import Work


class ProvenPart(NamedTuple):
    """An independent part of a problem, and the bound of its effort.

    Attributes:
        problem: The part.
        bound: In hundredths of an hour; shared, so never changed.
    """

    problem: Problem
    bound: Bound


@dataclass(frozen=True, slots=True)
class Proof:
    """Landmarks of some goals: what every path holds, and the bounds of the independent parts.

    Attributes:
        forced: What every path holds, as far as propagation tells.
        parts: The rest.
        costs: By number, effort in hundredths of an hour.
        memory: Least sets of parts without a node, whoever the learner is.
    """

    forced: int
    parts: tuple[ProvenPart, ...]
    costs: Sequence[int]
    memory: Remembered[tuple[Problem, int], Solved]

    def landmarks(self) -> list[Landmark]:
        """Return the landmarks, those of a single node that every path holds first."""
        forced = [
            Landmark(self.costs[number], 1 << number, 0)
            for number in members(self.forced)
            if self.costs[number]
        ]
        return forced + [mark for part in self.parts for mark in part.bound.marks]

    def dearer_without(self, number: int, chosen: int, work: Work) -> int | None:
        """Return what the least set without a node costs more than the least set.

        Args:
            number: The node.
            chosen: The least set.
            work: The budget.

        Returns:
            Hundredths of an hour; None when every path holds the node.

        Raises:
            WorkSpentError: The budget ended first.
        """
        part = next((part for part in self.parts if part.bound.free >> number & 1), None)
        if part is None:
            return None
        least = self._least_without(number, part, work)
        if least is None:
            return None
        return self._effort(least) - self._effort(chosen & part.bound.free)

    def _least_without(self, number: int, part: ProvenPart, work: Work) -> int | None:
        """Return a set of least effort; what is remembered costs the steps it took."""
        solved = self.memory.get((part.problem, number))
        if solved is not None and solved.steps <= work.left:
            work.spend(solved.steps)
            return solved.chosen
        before, bound = work.left, part.bound.copy()
        bound.work = work
        bound.exclude(1 << number)
        least = Search(self.costs).least(bound)
        self.memory.put((part.problem, number), Solved(least, before - work.left))
        return least

    def _effort(self, mask: int) -> int:
        return sum(map(self.costs.__getitem__, members(mask)))
