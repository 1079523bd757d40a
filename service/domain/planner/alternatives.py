"""The next best plans: inclusion-minimal sets in the order effort, count, catalogue order.

A best-first search over what is excluded, after Lawler's scheme for the k best solutions
(E. L. Lawler, "A procedure for computing the k best solutions to discrete optimization
problems", Management Science 18, 1972). The least set S without some nodes X is minimal:
a part of it that met the goals would do without X too and come before it, since every node
adds to the weight, even one of no effort. Another minimal set M without X lacks some v of S
that S holds as an option of a choice: else what S and M share would meet the goals, and be
learnable in the order of S. So M is found without X and v, and the least of all sets still
waiting is always the next one.

Where no alternative opens a circle, what is forced is taken as given and the rest falls
apart: the minimal sets are then those that join one minimal set of each part.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import chain
from typing import Final, TypeAlias

from service.domain.graph import Group
from service.domain.planner.bits import members
from service.domain.planner.kernel import Choice, Kernel, mask_of_all
from service.domain.planner.needs import needed_for, needs_of_all, still_open, that_matter
from service.domain.planner.optimum import Solver
from service.domain.planner.planner import Plan
from service.domain.planner.residual import parts_of
from service.domain.planner.work import FULL_BUDGET, Work, WorkSpentError

STEPS: Final = 4 * FULL_BUDGET
"""Steps for all sets together; few questions need a tenth of them."""

Key: TypeAlias = tuple[int, int, tuple[int, ...]]

LEAST: Final[Key] = (0, 0, ())

UNSOLVED: Final = -1
"""Stands for a set that is not known yet."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The plans that come after a plan.

    Attributes:
        plans: In canonical order: less effort, then fewer nodes, then earlier in the catalogue.
        complete: Whether nothing is missing: False where the work budget ended before all
            that were asked for had been found. What was found is exact all the same.
    """

    plans: tuple[Plan, ...]
    complete: bool


def alternatives(plan: Plan, count: int, steps: int = STEPS) -> Alternatives:
    """Return the `count` plans that come after the shortest one, or all there are.

    Args:
        plan: The shortest plan.
        count: How many further plans; 0 and up.
        steps: The work budget of all solves together.

    Returns:
        Each plan's set meets the goals and can be learned, and no part of it does.
    """
    found: list[Plan] = []
    ranking = minimal_sets(plan, Work(steps))
    try:
        while len(found) < count and (chosen := next(ranking, None)) is not None:
            if chosen != plan.chosen:
                found.append(replace(plan, chosen=chosen, is_least=False))
    except WorkSpentError:
        return Alternatives(tuple(found), complete=False)
    return Alternatives(tuple(found), complete=True)


def minimal_sets(plan: Plan, work: Work) -> Iterator[int]:
    """Yield every inclusion-minimal set for a plan's goals in canonical order.

    Raises:
        WorkSpentError: The work ended first.
    """
    kernel = plan.solver.kernel
    forced, choices = _settled(plan)
    if kernel.tangled:
        yield from _Ranking(work, _Problem(plan.solver, plan.held, plan.groups, forced))
        return
    have = plan.held | forced
    problems = [
        _Problem(plan.solver, have, part.groups, 0) for part in parts_of(kernel, choices, have)
    ]
    for chosen in _joined(kernel, [_Ranking(work, problem) for problem in problems]):
        yield chosen | forced


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is to be met in one ranking.

    Attributes:
        solver: Finds least sets.
        held: What is held, or taken as given.
        groups: What is to be met.
        forced: What every set holds.
    """

    solver: Solver
    held: int
    groups: tuple[Group, ...]
    forced: int


def _settled(plan: Plan) -> tuple[int, list[Choice]]:
    """Return what every path holds, and what is left to choose beside it."""
    kernel, held = plan.solver.kernel, plan.held
    required, goals = kernel.goals(plan.groups)
    matters = that_matter(kernel, held, required | mask_of_all(still_open(goals, held)))
    forced = needed_for(required, goals, held, needs_of_all(kernel, held, matters))
    every = chain(goals, *(kernel.choices[number] for number in members(forced)))
    return forced, list(dict.fromkeys(still_open(every, held | forced)))


class _Ranking:
    """The minimal sets of one part in canonical order, each found when it is first asked for.

    What is excluded waits with a bound on the weight of its least set, and is solved only
    when nothing lighter waits: the least set without fewer nodes is such a bound, and is
    itself the answer where it does without the others too.
    """

    def __init__(self, work: Work, problem: _Problem) -> None:
        self._work = work
        self._problem = problem
        self._kernel = problem.solver.kernel
        self._goals = self._kernel.goals(problem.groups)
        self._found: list[int] = []
        self._solved: dict[int, int | None] = {}
        self._waiting: list[tuple[Key, int, int]] = [(LEAST, UNSOLVED, 0)]
        self._seen = {0}

    def __iter__(self) -> Iterator[int]:
        place = 0
        while (chosen := self.at(place)) is not None:
            yield chosen
            place += 1

    def at(self, place: int) -> int | None:
        """Return the set at a place, counted from 0, or None when there are not so many."""
        while len(self._found) <= place and self._waiting:
            _, chosen, excluded = heappop(self._waiting)
            if chosen == UNSOLVED:
                self._solve(excluded)
                continue
            if chosen not in self._found[-1:]:  # equal sets have equal weight: they come together
                self._found.append(chosen)
            for number in members(self._decided(chosen)):
                self._wait(excluded | 1 << number)
        return self._found[place] if place < len(self._found) else None

    def _decided(self, chosen: int) -> int:
        """Return what a set holds as an option of some choice, unless every set holds it."""
        kernel = self._kernel
        options = mask_of_all(self._goals[1])
        for number in members(chosen):
            options |= mask_of_all(kernel.choices[number])
        return chosen & options & ~self._problem.forced

    def _solve(self, excluded: int) -> None:
        chosen = self._problem.solver.exactly(
            self._problem.held, self._goals, excluded, self._work
        )
        self._solved[excluded] = chosen
        if chosen is not None:
            heappush(self._waiting, (self._kernel.key(chosen), chosen, excluded))

    def _wait(self, excluded: int) -> None:
        """Let the least set without some nodes wait for its turn, once."""
        if excluded in self._seen:
            return
        self._seen.add(excluded)
        bound, chosen = LEAST, UNSOLVED
        for fewer, least in self._solved.items():
            if fewer & ~excluded:
                continue
            if least is None:
                return
            bound = max(bound, self._kernel.key(least))
            if not least & excluded:
                chosen = least
        heappush(self._waiting, (bound, chosen, excluded))


def _joined(kernel: Kernel, rankings: Sequence[_Ranking]) -> Iterator[int]:
    """Yield the unions of one set of each ranking in canonical order: weights add up."""
    waiting: list[tuple[Key, tuple[int, ...], int]] = []
    seen: set[tuple[int, ...]] = set()

    def wait(places: tuple[int, ...]) -> None:
        sets = [ranking.at(place) for ranking, place in zip(rankings, places, strict=True)]
        if places not in seen and None not in sets:
            union = sum(chosen for chosen in sets if chosen is not None)  # they are disjoint
            heappush(waiting, (kernel.key(union), places, union))
        seen.add(places)

    wait((0,) * len(rankings))
    while waiting:
        _, places, union = heappop(waiting)
        yield union
        for index, place in enumerate(places):
            wait((*places[:index], place + 1, *places[index + 1 :]))
