"""The next best plans: inclusion-minimal sets in the order effort, count, catalogue order.

A best-first search over what is excluded, after Lawler's scheme for the k best solutions
(E. L. Lawler, "A procedure for computing the k best solutions to discrete optimization
problems", Management Science 18, 1972). The least set S without some nodes X is minimal:
a part of it that met the goals would do without X too and come before it, since every node
adds to the weight, even one of no effort. Another minimal set M without X lacks some v of S
that S holds as an option of a choice: else what S and M share would meet the goals, and be
learnable in the order of S. So M is found without X and v, and the least of all sets still
waiting is always the next one.

What propagation leaves falls apart: the minimal sets are those that join what is forced and
one minimal set of each part.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final, TypeAlias

from service.domain.planner.bits import members
from service.domain.planner.kernel import Kernel, Problem, mask_of_all
from service.domain.planner.landmarks import Bound
from service.domain.planner.planner import Plan
from service.domain.planner.search import Search
from service.domain.planner.work import Work, WorkSpentError

STEPS: Final = 30_000
"""Steps for all sets together."""

Key: TypeAlias = tuple[int, int, tuple[int, ...]]

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
    if not plan.solver.kernel.is_whole:
        return Alternatives((), complete=not count)
    found: list[Plan] = []
    ranking = minimal_sets(plan, Work(steps))
    try:
        while len(found) < count and (chosen := next(ranking, None)) is not None:
            if chosen != plan.chosen:
                found.append(plan.of_others(chosen))
    except WorkSpentError:
        return Alternatives(tuple(found), complete=False)
    return Alternatives(tuple(found), complete=True)


def minimal_sets(plan: Plan, work: Work) -> Iterator[int]:
    """Yield every inclusion-minimal set for a plan's goals in canonical order.

    Raises:
        WorkSpentError: The work ended first.
    """
    solver = plan.solver
    settled = solver.settled(plan.held, plan.groups, work)
    if settled is None:  # cannot be: there is a plan
        return
    rankings = [_Ranking(solver.kernel, part, work) for part in settled.parts]
    for chosen in _joined(solver.kernel, rankings):
        yield chosen | settled.forced


class _Ranking:
    """The minimal sets of one part in canonical order, each found when it is first asked for.

    What is excluded waits with a bound on the weight of its least set, and is solved only
    when nothing lighter waits: the least set without fewer nodes is such a bound, and is
    itself the answer where it does without the others too.
    """

    def __init__(self, kernel: Kernel, part: Problem, work: Work) -> None:
        self._kernel = kernel
        self._weight = kernel.weights(part.footprint)
        self._bound = Bound(kernel, self._weight, part, work)
        self._bound.tighten()
        self._found: list[int] = []
        self._solved: dict[int, int | None] = {}
        self._waiting: list[tuple[int, int, int]] = [(0, UNSOLVED, 0)]
        self._seen = {0}

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
        options = mask_of_all(self._bound.asked)
        for number in members(chosen):
            options |= mask_of_all(kernel.choices[number])
        for mark in self._bound.marks:
            if mark.nodes.bit_count() == 1:
                options &= ~mark.nodes
        return chosen & options

    def _solve(self, excluded: int) -> None:
        bound = self._bound.copy()
        bound.exclude(excluded)
        chosen = Search(self._weight).least(bound)
        self._solved[excluded] = chosen
        if chosen is not None:
            heappush(self._waiting, (self._weigh(chosen), chosen, excluded))

    def _weigh(self, chosen: int) -> int:
        return sum(map(self._weight.__getitem__, members(chosen)))

    def _wait(self, excluded: int) -> None:
        """Let the least set without some nodes wait for its turn, once."""
        if excluded in self._seen:
            return
        self._seen.add(excluded)
        bound, chosen = 0, UNSOLVED
        for fewer, least in self._solved.items():
            if fewer & ~excluded:
                continue
            if least is None:
                return
            bound = max(bound, self._weigh(least))
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
