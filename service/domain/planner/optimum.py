"""The least set for some goals, with the proof that it is the least."""

from collections.abc import Sequence
from contextlib import suppress
from math import prod
from typing import Final, NamedTuple

from service.domain.graph import Group
from service.domain.planner.approximate import approximate_set
from service.domain.planner.bits import kept_members, mask_of, members
from service.domain.planner.incumbent import paid_set
from service.domain.planner.kernel import Choice, Kernel, Problem
from service.domain.planner.landmarks import Bound
from service.domain.planner.memory import Remembered, Solved
from service.domain.planner.proof import Proof, ProvenPart
from service.domain.planner.propagate import Propagation, Settled
from service.domain.planner.residual import solved_by_program
from service.domain.planner.search import Search
from service.domain.planner.trial import Trial
from service.domain.planner.work import FULL_BUDGET, Work, WorkSpentError

SETS_KEPT: Final = 20_000
"""Parts whose least sets a solver remembers: some hundred bytes each."""

GOALS_KEPT: Final = 200
"""Goals that a solver remembers in its own numbers."""

SETTLED_KEPT: Final = 16
"""Learners with their goals of whom a solver remembers what propagation left: some kilobytes each.

Within one answer the plan and its proof ask the same.
"""

BOUNDS_KEPT: Final = 200
"""Parts whose bounds a solver remembers: some ten kilobytes each."""

GLANCE: Final = 16
"""Sets to try of a part before its dominated options are looked for: few parts have more."""

FEW: Final = 100
"""Sets to try of a part before landmarks search it."""

WORTH_A_TRY: Final = 4
"""Ways to pick an option of each goal for one set to try: not many more are worth a look."""

LARGE: Final = 40
"""Nodes of a part above which it pays to look at the effort alone first."""


NOTHING_LEFT: Final = Problem((), 0)


class Optimum(NamedTuple):
    """A set to learn, and how good it is known to be.

    Attributes:
        chosen: The nodes to learn, as numbers of the kernel; none of them held.
        is_shortest: Whether no learnable set for the goals takes less effort.
        is_least: Whether none comes before it, ties settled.
    """

    chosen: int
    is_shortest: bool
    is_least: bool

    @classmethod
    def rough(cls, chosen: int) -> "Optimum":
        """Return a set of which nothing is known but that it meets the goals."""
        return cls(chosen, is_shortest=False, is_least=False)


class Propagated(NamedTuple):
    """What propagation leaves of some goals.

    Attributes:
        settled: None where nothing meets the goals.
        steps: What it took.
    """

    settled: Settled | None
    steps: int


class TightBound(NamedTuple):
    """The tight bound of a part.

    Attributes:
        bound: Shared, so never changed.
        steps: What it took.
    """

    bound: Bound
    steps: int


class Solver:
    """Finds least sets on one kernel; safe to share between threads.

    Args:
        kernel: The part of the graph that the goals can need.
    """

    def __init__(self, kernel: Kernel) -> None:
        self.kernel = kernel
        self._solved: Remembered[tuple[Problem, int], Solved] = Remembered(SETS_KEPT)
        self._trials: Remembered[tuple[Problem, int], Solved] = Remembered(SETS_KEPT)
        self._compiled: Remembered[tuple[Group, ...], tuple[int, tuple[Choice, ...]]] = Remembered(
            GOALS_KEPT
        )
        self._settled: Remembered[tuple[int, tuple[Group, ...]], Propagated] = Remembered(
            SETTLED_KEPT
        )
        self._bounds: Remembered[Problem, TightBound] = Remembered(BOUNDS_KEPT)

    def forget(self) -> None:
        """Forget what was solved for the learners so far: what a measurement needs."""
        self._solved.clear()
        self._trials.clear()
        self._settled.clear()
        self._bounds.clear()

    def least(
        self, held: int, groups: Sequence[Group], excluded: int = 0, steps: int = FULL_BUDGET
    ) -> Optimum | None:
        """Return the least learnable set that meets some groups, or the best one found.

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
        work = Work(steps)
        try:
            settled = self.settled(held, groups, work, excluded)
        except WorkSpentError:
            rough = approximate_set(self.kernel, held, *self.goals(groups), excluded)
            return None if rough is None else Optimum.rough(rough)
        return None if settled is None else self._joined(settled, excluded, work)

    def exactly(
        self, held: int, goals: tuple[int, Sequence[Choice]], excluded: int, work: Work
    ) -> int | None:
        """Return the least learnable set as `least` does, or fail: nothing rough will do.

        Args:
            held: What the learner holds.
            goals: What is required, and what is to choose.
            excluded: Nodes that must not be learned.
            work: The budget.

        Raises:
            WorkSpentError: The budget ended first.
        """
        required, choices = goals
        settled = Propagation(self.kernel, held, work).settle(required, choices, excluded)
        if settled is None:
            return None
        chosen = settled.forced
        for part in settled.parts:
            least = self._least(part, excluded & part.footprint, work)
            if least is None:
                return None
            chosen |= least
        return chosen

    def settled(
        self, held: int, groups: Sequence[Group], work: Work, excluded: int = 0
    ) -> Settled | None:
        """Return what is forced for some goals, and what is left to choose in parts.

        What is remembered costs what it took.

        Raises:
            WorkSpentError: The budget ended first.
        """
        if excluded:
            return Propagation(self.kernel, held, work).settle(*self.goals(groups), excluded)
        key = held, tuple(groups)
        kept = self._settled.get(key)
        if kept is not None and kept.steps <= work.left:
            work.spend(kept.steps)
            return kept.settled
        before = work.left
        settled = Propagation(self.kernel, held, work).settle(*self.goals(groups))
        self._settled.put(key, Propagated(settled, before - work.left))
        return settled

    def proof(self, held: int, groups: Sequence[Group], work: Work) -> Proof:
        """Return landmarks that bound the effort to some goals; fewer on a small budget."""
        costs = self.kernel.cost
        try:
            settled = self.settled(held, groups, work)
        except WorkSpentError:
            settled = None
        if settled is None or not self.kernel.is_whole:
            return Proof(0, (), costs, self._trials)
        bounds = [(part, self._bound(part, work)) for part in settled.parts]
        parts = tuple(ProvenPart(part, bound) for part, bound in bounds if bound)
        return Proof(settled.forced, parts, costs, self._trials)

    def _bound(self, part: Problem, work: Work) -> Bound | None:
        """Return the bound of a part's effort, as tight as the budget allows."""
        kept = self._bounds.get(part)
        if kept is not None and kept.steps <= work.left:
            return self.tight_bound(part, work)
        before, bound = work.left, None
        with suppress(WorkSpentError):  # what was found so far bounds the effort all the same
            bound = Bound(self.kernel, self.kernel.cost, part, work)
            bound.tighten()
            self._bounds.put(part, TightBound(bound, before - work.left))
        return bound

    def tight_bound(self, part: Problem, work: Work) -> Bound:
        """Return the tight bound of a part's effort; what is remembered costs what it took.

        Raises:
            WorkSpentError: The budget ended first.
        """
        kept = self._bounds.get(part)
        if kept is not None and kept.steps <= work.left:
            work.spend(kept.steps)
            return kept.bound
        before = work.left
        bound = Bound(self.kernel, self.kernel.cost, part, work)
        bound.tighten()
        self._bounds.put(part, TightBound(bound, before - work.left))
        return bound

    def goals(self, groups: Sequence[Group]) -> tuple[int, tuple[Choice, ...]]:
        """Return groups as what they force and what they leave to choose, compiled once."""
        key = tuple(groups)
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = self.kernel.goals(key)
            self._compiled.put(key, compiled)
        return compiled

    def _joined(self, settled: Settled, excluded: int, work: Work) -> Optimum | None:
        """Return a set for all parts: the least of each, or the best one found."""
        chosen, is_shortest, is_least = settled.forced, True, True
        for part in sorted(settled.parts, key=_size):  # before the work ends, most are solved
            best = self._best(part, excluded & part.footprint, work)
            if best is None:
                return None
            chosen |= best.chosen
            is_shortest = is_shortest and best.is_shortest
            is_least = is_least and best.is_least
        return Optimum(chosen, is_shortest, is_least)

    def _best(self, part: Problem, excluded: int, work: Work) -> Optimum | None:
        try:
            least = self._least(part, excluded, work)
        except WorkSpentError as spent:
            had = self.kernel.everything & ~part.footprint
            rough = spent.found or approximate_set(self.kernel, had, 0, part.goals, excluded)
            return None if rough is None else self._better(rough, part, excluded)
        return None if least is None else Optimum(least, is_shortest=True, is_least=True)

    def _better(self, rough: int, part: Problem, excluded: int) -> Optimum:
        """Return what HiGHS finds for a part where that is better than a rough set."""
        solved = solved_by_program(self.kernel, part, excluded)
        if solved is None or self.kernel.effort(solved.chosen) > self.kernel.effort(rough):
            return Optimum.rough(rough)
        return Optimum(*solved)

    def _least(self, part: Problem, excluded: int, work: Work) -> int | None:
        """Return the least set for a part; what is remembered costs the steps it took.

        So the budget ends at the same place, whatever was asked before.
        """
        solved = self._solved.get((part, excluded))
        if solved is None or solved.steps > work.left:
            before = work.left
            least = self._search(part, excluded, work)
            solved = Solved(least, before - work.left)
            self._solved.put((part, excluded), solved)
        else:
            work.spend(solved.steps)
        return solved.chosen

    def _search(self, part: Problem, excluded: int, work: Work) -> int | None:
        """Return the least set for a part: most are so small that a glance is enough."""
        goal, *others = part.goals
        if goal.need == 1 and not others and not part.footprint & self.kernel.choosing:
            return self._lightest_option(part, excluded, work)
        glance = self._tried(part, excluded, work, GLANCE)
        return self._narrowed(part, excluded, work) if glance is None else glance.best

    def _narrowed(self, part: Problem, excluded: int, work: Work) -> int | None:
        """Return the least set for a part, which may fall apart without dominated options."""
        had = self.kernel.footprint(part.goals) & ~part.footprint
        settled = Propagation(self.kernel, had, work).narrow(0, part.goals, excluded)
        if settled is None:
            return None
        chosen = settled.forced
        *small, last = sorted(settled.parts, key=_size) or [NOTHING_LEFT]
        for rest in small:
            try:
                least = self._branched(rest, excluded, work)
            except WorkSpentError:  # what was found is no set for the whole part
                raise WorkSpentError from None
            if least is None:
                return None
            chosen |= least
        try:
            least = self._branched(last, excluded, work)
        except WorkSpentError as spent:
            raise WorkSpentError(spent.found and spent.found | chosen) from None
        return None if least is None else chosen | least

    def _branched(self, part: Problem, excluded: int, work: Work) -> int | None:
        """Return the least set for a part, looking at the effort alone first where it is large."""
        if not part.goals:
            return 0
        trial = self._tried(part, excluded, work, FEW)
        if trial is not None:
            return trial.best
        found, hopeless = None, 0
        if part.footprint.bit_count() > LARGE:
            found, hopeless = self._without_hopeless(part, excluded, work)
        beside = excluded | hopeless
        search = Search(self.kernel.weights(part.footprint & ~beside), found)
        try:
            return search.least(Bound(self.kernel, search.weight, part, work, beside))
        except WorkSpentError:
            raise WorkSpentError(search.best) from None

    def _tried(self, part: Problem, excluded: int, work: Work, most: int) -> Trial | None:
        """Return a trial of a part that came to its end within so many sets."""
        ways = prod(goal.options.bit_count() for goal in part.goals)
        if ways > WORTH_A_TRY * most or part.footprint & self.kernel.tangled:
            return None
        trial = Trial(self.kernel, part, excluded, work, most)
        return trial if trial.ends() else None

    def _lightest_option(self, part: Problem, excluded: int, work: Work) -> int | None:
        """Return the least set where a single choice is all that is left to decide."""
        (goal,) = part.goals
        ways = [self.kernel.needs(1 << n, part.footprint) for n in kept_members(goal.options)]
        work.spend(sum(way.bit_count() for way in ways))
        open_ways = [way for way in ways if not way & excluded]
        return min(open_ways, key=self.kernel.key, default=None)

    def _without_hopeless(
        self, part: Problem, excluded: int, work: Work
    ) -> tuple[int | None, int]:
        """Return a good set, and the nodes that no set of its effort or less can hold."""
        bound = self.tight_bound(part, work).copy()
        bound.work = work
        bound.exclude(excluded)
        if not bound.tighten():
            return None, 0
        found = paid_set(bound, self.kernel.cost)
        spare = self.kernel.effort(found) - bound.total
        return found, mask_of(n for n in members(bound.free) if bound.value[n] > spare)


def _size(part: Problem) -> tuple[int, Problem]:
    return part.footprint.bit_count(), part
