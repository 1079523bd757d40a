"""The least set by trying, where there is little to try: no bound pays for itself there.

One option of the tightest goal after the other is taken with its needs, what is dearer than
the best set found is left, and no set is looked at twice. Goals that need several options at
once are left to the search by landmarks.
"""

from collections.abc import Iterator, Sequence

from service.domain.planner.bits import kept_members, members
from service.domain.planner.kernel import Choice, Kernel, Problem
from service.domain.planner.needs import still_open
from service.domain.planner.work import Work


class Trial:
    """One part, tried out.

    Args:
        kernel: Where the nodes are; no circle is opened in the part.
        part: What is to be met.
        excluded: Nodes that must not be learned.
        work: Charged for every set looked at.
        most: Sets looked at before the trial is given up.

    Attributes:
        best: The least set found, None while there is none.
    """

    def __init__(
        self, kernel: Kernel, part: Problem, excluded: int, work: Work, most: int
    ) -> None:
        self._kernel = kernel
        self._part = part
        self._excluded = excluded
        self._work = work
        self._most = most
        self._seen = {0}
        self._ways: dict[int, int] = {}
        self._limit: int | None = None
        self.best: int | None = None

    def ends(self) -> bool:
        """Try; return whether nothing is left to try."""
        return self._tries(0, 0, self._part.goals)

    def _tries(self, taken: int, effort: int, goals: Sequence[Choice]) -> bool:
        self._work.spend(10)
        if self._limit is not None and effort > self._limit:
            return True
        if len(self._seen) > self._most or any(goal.need > 1 for goal in goals):
            return False
        lacking = [goal for goal in goals if not goal.options & taken]
        if not lacking:
            self._keep(taken, effort)
            return True
        goal = min(lacking, key=lambda goal: goal.options.bit_count())
        return all(
            self._tries(more, dearer, [*lacking, *self._choices_of(more & ~taken)])
            for dearer, more in self._further(goal, taken, effort)
        )

    def _further(self, goal: Choice, taken: int, effort: int) -> list[tuple[int, int]]:
        """Return what meets a goal besides, each with its effort, the cheapest first."""
        self._work.spend(2 * goal.options.bit_count())
        further = []
        for number in kept_members(goal.options):
            more = taken | self._way_to(number)
            if not more & self._excluded and more not in self._seen:
                self._seen.add(more)
                further.append((effort + self._kernel.effort(more & ~taken), more))
        return sorted(further)

    def _choices_of(self, numbers: int) -> Iterator[Choice]:
        """Yield what some nodes leave to choose in the part."""
        footprint = self._part.footprint
        had = self._kernel.everything & ~footprint
        for number in members(numbers & self._kernel.choosing):
            for need, options in still_open(self._kernel.choices[number], had):
                yield Choice(need, options & footprint)

    def _keep(self, taken: int, effort: int) -> None:
        if self.best is None or self._kernel.key(taken) < self._kernel.key(self.best):
            self.best, self._limit = taken, effort

    def _way_to(self, number: int) -> int:
        """Return a node and all of the part that it compulsorily needs."""
        way = self._ways.get(number)
        if way is None:
            way = self._ways[number] = self._kernel.needs(1 << number, self._part.footprint)
        return way
