"""Branch and bound for the choices that propagation leaves: the least learnable set.

The problem is a minimum-cost closure in an AND/OR graph, which is NP-hard with shared
prerequisites. Landmarks bound it from below, and what they pay for in full is a good set.
Where that set pays no landmark twice it is the least (complementary slackness); otherwise
one of the nodes that pay the same landmark is taken in one branch and left out in the other.
On the way every node goes that no set lighter than the best found can hold: the bound and
what is left of the node's way already reach that weight.
"""

from collections.abc import Sequence
from typing import Final

from service.domain.planner.bits import mask_of, members
from service.domain.planner.incumbent import paid_set
from service.domain.planner.landmarks import Bound
from service.domain.planner.work import WorkSpentError

DEEPEST: Final = 200
"""Nested branches beyond which a search is given up, well below Python's recursion limit."""


class Search:
    """The search for the least set of one problem.

    Args:
        weight: By number, a weight; where no two sets have the same sum, the least set is unique.
        best: A set that meets the goals, if one is known.

    Attributes:
        weight: The same.
        best: The lightest set found so far, None while there is none.
        limit: Its weight.
    """

    def __init__(self, weight: Sequence[int], best: int | None = None) -> None:
        self.weight = weight
        self.best: int | None = None
        self.limit: int | None = None
        if best is not None:
            self._keep(best)

    def least(self, bound: Bound) -> int | None:
        """Return the least learnable set for the goals of a bound, or None when there is none.

        Raises:
            WorkSpentError: The budget ended first; `best` is what was found till then.
        """
        self._descend(bound, 0)
        return self.best

    def _descend(self, bound: Bound, depth: int) -> None:
        """Find the least set for a bound, if it is lighter than the best; the bound is used up."""
        if depth > DEEPEST:
            raise WorkSpentError
        found = self._narrowed(bound)
        if found is None:
            return
        number = self._disputed(bound, found)
        with_it = bound.copy()
        with_it.take(number)
        self._descend(with_it, depth + 1)
        bound.exclude(1 << number)
        self._descend(bound, depth + 1)

    def _narrowed(self, bound: Bound) -> int | None:
        """Return a set of the narrowed problem, or None when it holds no lighter one."""
        while bound.tighten(self.limit):
            if self._is_reached_by(bound.total):
                return None
            found = paid_set(bound, self.weight)
            self._keep(found)
            if self._is_reached_by(bound.total):
                return None
            hopeless = self._hopeless(bound)
            if not hopeless:
                return found
            bound.exclude(hopeless)
        return None

    def _is_reached_by(self, total: int) -> bool:
        return self.limit is not None and total >= self.limit

    def _keep(self, found: int) -> None:
        weight = sum(map(self.weight.__getitem__, members(found)))
        if self.limit is None or weight < self.limit:
            self.best, self.limit = found, weight

    def _hopeless(self, bound: Bound) -> int:
        """Return the nodes that no set lighter than the best can hold."""
        if self.limit is None:
            return 0
        spare = self.limit - bound.total
        return mask_of(number for number in members(bound.free) if bound.value[number] >= spare)

    def _disputed(self, bound: Bound, found: int) -> int:
        """Return the node with the greatest part in landmarks that a set pays more than once."""
        part: dict[int, int] = {}
        for price, nodes, _ in bound.marks:
            paid = nodes & found
            if paid & (paid - 1):
                for number in members(paid):
                    part[number] = part.get(number, 0) + price
        return max(part, key=lambda number: (part[number], -number))
