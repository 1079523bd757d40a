"""Leverage: what the shortest path falls by once a node is held, with its lower levels.

Most of a path is compulsory, and there the answer needs no search. What the goals rest on
compulsorily, K, is a graph whose dominators tell which of its nodes are needed for nothing
but some others: holding those frees the learner of them, and of the choices that only they
have. Where nothing that is left to choose could rest on what is freed, the rest of the problem
stays as it was. Elsewhere the problem is solved again with the node held.

Nobody wants to know it of every node, only which nodes save most. So a first look at one tells
what it saves at most: what is freed, and the prices of the landmarks that it touches. Only
where that may still be among the first is the problem solved.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple

from service.domain.planner.bits import kept_members, members
from service.domain.planner.grounding import are_satisfied
from service.domain.planner.kernel import Choice, Kernel, mask_of_all
from service.domain.planner.landmarks import Bound
from service.domain.planner.needs import still_open, that_matter
from service.domain.planner.planner import Plan
from service.domain.planner.propagate import split
from service.domain.planner.search import Search
from service.domain.planner.work import Work, WorkSpentError

STEPS: Final = 100_000
"""Steps for all nodes together."""

ASKED_BY_GOALS: Final = -1
"""Stands for the askers of a choice that the goals themselves hold: whatever is freed."""


class Saving(NamedTuple):
    """What is known of what a node saves.

    Attributes:
        at_most: Hundredths of an hour.
        is_exact: Whether it saves as much.
    """

    at_most: int
    is_exact: bool


NOTHING: Final = Saving(0, is_exact=True)


class Leverage:
    """What the nodes that a path could need would save, were they held.

    A node is held with its lower levels and credits nothing else. A level beyond what could be
    needed saves what the highest level below it saves.

    Args:
        plan: The shortest plan for the goals; of several roles each has its own.
        steps: The work budget of all solves together.

    Attributes:
        is_sound: Whether the plan is known to be the shortest; else nothing saves anything.
    """

    def __init__(self, plan: Plan, steps: int = STEPS) -> None:
        self._plan = plan
        self._kernel = plan.solver.kernel
        self._work = Work(steps)
        self._unseen = Saving(plan.effort, is_exact=False)
        self.is_sound = plan.is_least
        self._savings = dict.fromkeys(self._that_matter() if plan.is_least else (), self._unseen)

    @property
    def positions(self) -> Iterable[int]:
        """The nodes that may save more than the lower levels of their skill."""
        return self._savings.keys()

    def known(self, position: int) -> Saving:
        """Return what is known of what a node saves."""
        while position not in self._savings:
            if self._kernel.graph.nodes[position].level == 1:
                return NOTHING
            position -= 1
        return self._savings[position]

    def is_seen(self, position: int) -> bool:
        """Return whether a node was looked at; to see it costs little, to solve it more."""
        return self.known(position) is not self._unseen

    def look_around(self) -> None:
        """Take the first look at every node; what the budget does not do for is left unseen."""
        for position, known in self._savings.items():
            if known is self._unseen:
                try:
                    self.look_closer(position)
                except WorkSpentError:
                    continue  # told when it is its turn

    def look_closer(self, position: int) -> None:
        """Learn more of what a node saves: see what it frees of, and then solve.

        Raises:
            WorkSpentError: The budget ended first.
        """
        known = self.known(position)
        if known.is_exact:
            return
        while position not in self._savings:
            position -= 1
        number = self._kernel.number[position]
        self._savings[position] = (
            self._compulsory.plain_saving(number) or self._seen_of(number)
            if known is self._unseen
            else Saving(self._solved_with(number), is_exact=True)
        )

    def saving(self, position: int) -> int:
        """Return what a node saves, in hundredths of an hour.

        Raises:
            WorkSpentError: The budget ended first.
        """
        while not self.known(position).is_exact:
            self.look_closer(position)
        return self.known(position).at_most

    def adds(self, position: int) -> bool:
        """Return whether a node saves more than the level below it, if it has one.

        Raises:
            WorkSpentError: The budget ended first.
        """
        saved = self.saving(position)
        if self._kernel.graph.nodes[position].level == 1:
            return saved > 0
        if not self.is_seen(position - 1):
            self.look_closer(position - 1)
        return saved > self.known(position - 1).at_most or saved > self.saving(position - 1)

    def _that_matter(self) -> list[int]:
        """Return the positions of what a path could need."""
        required, goals = self._goals
        asked = required | mask_of_all(still_open(goals, self._plan.held))
        matter = that_matter(self._kernel, self._plan.held, asked)
        return [self._kernel.positions[number] for number in members(matter)]

    def _seen_of(self, number: int) -> Saving:
        kernel, compulsory = self._kernel, self._compulsory
        gift = kernel.lower[number] & ~self._plan.held
        freed, effort = compulsory.freed_by(gift)
        if compulsory.frees_options(gift, freed):
            return Saving(kernel.effort(kernel.ways[number] & ~self._plan.held), is_exact=False)
        dropped = compulsory.dropped_with(freed)
        touched = 0
        for part in self._parts:
            touched += part.saves_at_most(gift, dropped)
        return Saving(effort + touched, is_exact=not touched)

    def _solved_with(self, number: int) -> int:
        """Return what a node saves, by a search."""
        plan, compulsory = self._plan, self._compulsory
        gift = self._kernel.lower[number] & ~plan.held
        freed, effort = compulsory.freed_by(gift)
        if compulsory.frees_options(gift, freed):
            least = plan.solver.exactly(plan.held | gift, self._goals, 0, self._work)
            return plan.effort - self._kernel.effort(least or 0)
        dropped = compulsory.dropped_with(freed)
        return effort + sum(
            part.saved(gift, dropped, self._work)
            for part in self._parts
            if part.saves_at_most(gift, dropped)
        )

    @cached_property
    def _goals(self) -> tuple[int, tuple[Choice, ...]]:
        return self._plan.solver.goals(self._plan.groups)

    @cached_property
    def _compulsory(self) -> "_Compulsory":
        return _Compulsory(self._kernel, self._plan.held, *self._goals)

    @cached_property
    def _parts(self) -> "list[_Part]":
        """What is left to choose, in independent parts: made when a gift first touches one."""
        self._work.spend(0)  # once spent, do not begin anew for each node
        solver = self._plan.solver
        problems = split(self._kernel, self._compulsory.choices, self._compulsory.have)
        return [
            _Part(solver.tight_bound(problem, self._work), self._plan.chosen & problem.footprint)
            for problem in problems
        ]


def most_saving(
    path: Leverage, alone: Sequence[Leverage], count: int
) -> tuple[tuple[int, ...], bool]:
    """Return the nodes that save most: of a path first, then of all roles together.

    A level that saves nowhere more than the level below it is left out.

    Args:
        path: The leverage for the path.
        alone: The leverage for each role alone.
        count: How many nodes.

    Returns:
        Positions, ties in catalogue order; and whether they are the ones. Where the work
        budget ended first, some may be missing; what is known of the others is exact.
    """
    looks = tuple(dict.fromkeys((path, *alone)))
    found: list[int] = []
    is_exact = all(one.is_sound for one in looks)

    def rank(position: int) -> tuple[int, int, int]:
        in_all = 0
        for one in alone:
            in_all += one.known(position).at_most
        return -path.known(position).at_most, -in_all, position

    path.look_around()
    waiting = [rank(position) for position in {at for one in looks for at in one.positions}]
    heapify(waiting)
    while waiting and len(found) < count:
        first = heappop(waiting)  # nothing that waits can come before it, if it is exact
        try:
            if rank(first[-1]) != first or not _is_settled(first[-1], looks):
                heappush(waiting, rank(first[-1]))
            elif any(one.adds(first[-1]) for one in looks):
                found.append(first[-1])
        except WorkSpentError:
            is_exact = False
    return tuple(found), is_exact


def _is_settled(position: int, looks: Iterable[Leverage]) -> bool:
    """Return whether all that a node saves is known; where it is not, learn some of it.

    Raises:
        WorkSpentError: The budget ended first.
    """
    vague = [one for one in looks if not one.known(position).is_exact]
    if vague:
        min(vague, key=lambda one: one.is_seen(position)).look_closer(position)
    return not vague


class _Marks(NamedTuple):
    """The landmarks of a part, some of its goals dropped.

    Attributes:
        lost: What those are charged together that stop no other goal.
        kept: Of each other its price, and what of it must not be held.
    """

    lost: int
    kept: Sequence[tuple[int, int]]


class _Part:
    """An independent part of what is to choose.

    Args:
        bound: The tight bound of its effort; shared, so never changed.
        chosen: A set of least effort.
    """

    def __init__(self, bound: Bound, chosen: int) -> None:
        self._bound = bound
        self._chosen = chosen
        self._effort = bound.kernel.effort(chosen)
        self._slack = self._effort - bound.total
        self._without: dict[frozenset[Choice], _Marks] = {
            frozenset(): _Marks(0, [(mark.price, mark.nodes | mark.ways) for mark in bound.marks])
        }

    def saves_at_most(self, gift: int, dropped: frozenset[Choice]) -> int:
        """Return what the part takes less at most: what the lost landmarks are charged."""
        gift &= self._bound.free
        if not gift and dropped.isdisjoint(self._bound.asked):
            return 0
        lost, kept = self._marks_without(dropped)
        return self._slack + lost + sum([price for price, reach in kept if reach & gift])

    def saved(self, gift: int, dropped: frozenset[Choice], work: Work) -> int:
        """Return what the part takes less with a gift, and with some of its choices dropped."""
        bound = self._bound.copy()
        bound.work = work
        if dropped:
            bound.drop(dropped)
        bound.hold(gift & bound.free)
        chosen = Search(bound.kernel.cost, self._chosen & ~gift).least(bound)
        return self._effort - bound.kernel.effort(chosen or 0)

    def _marks_without(self, dropped: frozenset[Choice]) -> _Marks:
        """Return the landmarks without those that stop no goal but what is dropped."""
        marks = self._without.get(dropped)
        if marks is None:
            asked = [goal for goal in self._bound.asked if goal not in dropped]
            kept = [mark for mark in self._bound.marks if any(map(mark.stops, asked))]
            lost = self._bound.total - sum(mark.price for mark in kept)
            marks = _Marks(lost, [(mark.price, mark.nodes | mark.ways) for mark in kept])
            self._without[dropped] = marks
        return marks


class _Compulsory:
    """What goals rest on without any freedom of choice, and what is left to choose beside it.

    Args:
        kernel: Where the nodes are.
        held: What is held.
        required: What the goals force.
        goals: What the goals leave to choose.

    Attributes:
        have: What is held, and the K nodes that are compulsory.
        choices: What is left to choose when all that is had, each with those of the K nodes
            that ask for it.
    """

    def __init__(self, kernel: Kernel, held: int, required: int, goals: Iterable[Choice]) -> None:
        self._kernel = kernel
        self._held = held
        self._nodes = kernel.needs(required & ~held, ~held)
        self._freed, self._effort = self._freed_by_each(required & ~held)
        self.have = held | self._nodes
        open_choices = self._open_choices(goals)
        self._reach = kernel.footprint(open_choices)
        self.choices = self._lacking(open_choices)
        self._choosers = 0
        for askers in self.choices.values():
            self._choosers |= 0 if askers == ASKED_BY_GOALS else askers

    def plain_saving(self, number: int) -> Saving | None:
        """Return what a node saves if holding it changes nothing in what is left to choose."""
        freed = self._freed.get(number)
        if freed is None or freed & (self._reach | self._choosers):
            return None
        return Saving(self._effort[number], is_exact=True)

    def freed_by(self, gift: int) -> tuple[int, int]:
        """Return what a skill frees of at some level, and its effort in hundredths of an hour.

        It is what its highest level frees of: all that is needed for nothing but its levels.
        """
        highest = (gift & self._nodes).bit_length() - 1
        return self._freed.get(highest, 0), self._effort.get(highest, 0)

    def frees_options(self, gift: int, freed: int) -> bool:
        """Return whether what is left to choose could rest on more than is left with a gift."""
        return bool(self._kernel.tangled or freed & ~gift & self._reach)

    def dropped_with(self, freed: int) -> frozenset[Choice]:
        """Return the choices that nothing but what is freed has."""
        if not freed & self._choosers:
            return frozenset()
        return frozenset(goal for goal, askers in self.choices.items() if not askers & ~freed)

    def _open_choices(self, goals: Iterable[Choice]) -> dict[Choice, int]:
        """Return the choices that what is held does not satisfy, each with its askers."""
        kernel, found = self._kernel, dict.fromkeys(goals, ASKED_BY_GOALS)
        for number in members(self._nodes & kernel.choosing):
            for choice in kernel.choices[number]:
                found[choice] = found.get(choice, 0) | 1 << number
        return {
            choice: askers
            for choice, askers in found.items()
            if not are_satisfied([choice], self._held)
        }

    def _lacking(self, choices: Mapping[Choice, int]) -> dict[Choice, int]:
        """Return what choices lack when all that is compulsory is had, each with its askers."""
        lacking: dict[Choice, int] = {}
        for choice, askers in choices.items():
            for lack in still_open([choice], self.have):
                lacking[lack] = lacking.get(lack, 0) | askers
        return lacking

    def _freed_by_each(self, required: int) -> tuple[dict[int, int], dict[int, int]]:
        """Return by node what is needed for nothing but it and its lower levels; and its effort.

        Holding a node or a higher level of its skill frees of the node; beside that, it is
        freed by what frees of everything that needs it. So a level frees of whatever a lower
        one does. O(K + prerequisites) set operations.
        """
        kernel, order = self._kernel, sorted(members(self._nodes), reverse=True)
        if kernel.tangled:  # the order below is not to be had, and nobody asks
            return {}, {}
        nodes, higher, singles, cost = self._nodes, kernel.higher, kernel.singles, kernel.cost
        freed, effort = dict.fromkeys(order, 0), dict.fromkeys(order, 0)
        freeing = {number: 0 if required >> number & 1 else nodes for number in order}
        for number in order:  # what needs a node comes before it
            frees = freeing[number] | higher[number] & nodes
            for below in singles[number]:
                if below in freeing:
                    freeing[below] &= frees
            for other in kept_members(frees):
                freed[other] |= 1 << number
                effort[other] += cost[number]
        return freed, effort
