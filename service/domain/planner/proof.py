"""Proofs: why a set is the least, and what the least set without a node costs more."""

from dataclasses import dataclass

from service.domain.planner.bits import members
from service.domain.planner.landmarks import Bound, Landmark
from service.domain.planner.search import Search
from service.domain.planner.work import Work


@dataclass(frozen=True, slots=True)
class Proof:
    """Landmarks of some goals: what every path holds, and the bounds of the independent parts.

    Attributes:
        forced: What every path holds, as far as propagation tells.
        bounds: By part, the tight bound of its effort in hundredths of an hour; never changed.
        costs: By number, effort in hundredths of an hour.
    """

    forced: int
    bounds: tuple[Bound, ...]
    costs: tuple[int, ...]

    @property
    def total(self) -> int:
        """No path takes less, in hundredths of an hour."""
        return sum(mark.price for mark in self.landmarks())

    def landmarks(self) -> list[Landmark]:
        """Return the landmarks, those of a single node that every path holds first."""
        forced = [
            Landmark(self.costs[number], 1 << number, 0)
            for number in members(self.forced)
            if self.costs[number]
        ]
        return forced + [mark for bound in self.bounds for mark in bound.marks]

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
        bound = next((bound for bound in self.bounds if bound.free >> number & 1), None)
        if bound is None:
            return None
        other = bound.copy()
        other.work = work
        other.exclude(1 << number)
        least = Search(self.costs).least(other)
        if least is None:
            return None
        return self._effort(least) - self._effort(chosen & bound.free)

    def _effort(self, mask: int) -> int:
        return sum(map(self.costs.__getitem__, members(mask)))
