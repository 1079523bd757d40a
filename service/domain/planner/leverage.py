"""Leverage: what the shortest path falls by once a node is held, with its lower levels.

Most of a path is compulsory, and there the answer needs no search. What the goals rest on
compulsorily, K, is a graph whose dominators tell which of its nodes are needed for nothing
but some others: holding those frees the learner of them. Where no choice is among what is
freed or could rest on it, the rest of the problem stays as it was, and exactly what is freed
is saved. Every other node that could matter is held on trial and the problem solved again.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple

from service.domain.graph import SkillGraph
from service.domain.planner.bits import mask_of, members
from service.domain.planner.grounding import are_satisfied
from service.domain.planner.kernel import Choice, Kernel, Problem, mask_of_all
from service.domain.planner.landmarks import Bound
from service.domain.planner.needs import still_open, that_matter
from service.domain.planner.planner import Plan
from service.domain.planner.propagate import split
from service.domain.planner.search import Search
from service.domain.planner.work import Work, WorkSpentError

STEPS: Final = 100_000
"""Steps for all nodes together."""


@dataclass(frozen=True, slots=True)
class Leverage:
    """What holding a node would save.

    Attributes:
        savings: By position of a node that saves something, hundredths of an hour, in
            catalogue order; every other node saves nothing.
        is_exact: Whether all are exact; where the work budget ended first some are missing.
        beyond: Those of the positions that save no more than the level below.
    """

    savings: dict[int, int]
    is_exact: bool
    beyond: frozenset[int]

    def top(self, count: int) -> list[tuple[int, int]]:
        """Return the nodes that save most, with what they save; ties in catalogue order.

        A level that saves no more than the level below it is left out.
        """
        worthwhile = [
            (position, saved)
            for position, saved in self.savings.items()
            if position not in self.beyond
        ]
        return sorted(worthwhile, key=lambda item: (-item[1], item[0]))[:count]


def leverage(plan: Plan, steps: int = STEPS) -> Leverage:
    """Return what each node that a path could need would save, were it held.

    The node is held with its lower levels and credits nothing else. A level beyond what
    could be needed saves what the highest level below it saves.

    Args:
        plan: The shortest plan for the goals; of several roles each has its own.
        steps: The work budget of all solves together.
    """
    savings: dict[int, int] = {}
    matter, is_exact = 0, False
    with suppress(WorkSpentError):  # what was found so far is exact all the same
        trials = _Trials(plan, Work(steps if plan.is_least else 0))
        matter = trials.matter
        for number in trials.in_order():
            savings[trials.position(number)] = trials.saving(number)
        is_exact = True
    return _of_all_levels(plan.solver.kernel, savings, matter, is_exact=is_exact)


def _of_all_levels(
    kernel: Kernel, savings: dict[int, int], matter: int, *, is_exact: bool
) -> Leverage:
    """Return the leverage of the levels that matter, and of those beyond them."""
    for position in sorted(savings):  # the highest level that matters has the last word
        for higher in _levels_above(kernel.graph, position):
            if higher not in kernel.number or not matter >> kernel.number[higher] & 1:
                savings[higher] = savings[position]
    beyond = frozenset(at for at in savings if _is_level_above(kernel.graph, at, savings))
    return Leverage(
        {at: saved for at, saved in sorted(savings.items()) if saved > 0}, is_exact, beyond
    )


def _levels_above(graph: SkillGraph, position: int) -> range:
    skill, level = graph.nodes[position]
    return range(position + 1, position + 1 + graph.skills[skill].top_level - level)


def _is_level_above(graph: SkillGraph, position: int, savings: Mapping[int, int]) -> bool:
    """Return whether the level below saves as much."""
    return graph.nodes[position].level > 1 and savings.get(position - 1) == savings[position]


class _Trials:
    """One learner's problem, ready to be solved again with something held."""

    def __init__(self, plan: Plan, work: Work) -> None:
        self._plan = plan
        self._kernel = plan.solver.kernel
        self._work = work
        required, goals = self._kernel.goals(plan.groups)
        asked = required | mask_of_all(still_open(goals, plan.held))
        self.matter = that_matter(self._kernel, plan.held, asked)
        self._compulsory = _Compulsory(self._kernel, plan.held, required & ~plan.held)
        self._have = plan.held | self._compulsory.nodes
        choices = self._compulsory.open_choices(goals)
        self._reach = self._kernel.footprint(choices)
        left = dict.fromkeys(still_open(choices, self._have))
        self._problems = split(self._kernel, left, self._have)

    def position(self, number: int) -> int:
        """Return a node's position in the graph."""
        return self._kernel.positions[number]

    def saving(self, number: int) -> int:
        """Return what holding a node with its lower levels saves, in hundredths of an hour.

        Raises:
            WorkSpentError: The allowance ended first.
        """
        kernel, plan = self._kernel, self._plan
        gift = _with_lower_levels(kernel, number) & ~plan.held
        freed = self._compulsory.freed_by(gift)
        if self._frees_choices(gift, freed):
            return plan.effort - self._effort(plan.held | gift)
        saved = kernel.effort(freed)
        if gift & self._reach:
            saved += sum(self._saved_in(part, gift) for part in self._parts)
        return saved

    def in_order(self) -> list[int]:
        """Return the nodes to try: the easier ones first, of these what could save most."""
        kernel, held = self._kernel, self._plan.held

        def difficulty(number: int) -> tuple[bool, bool, int, int]:
            gift = _with_lower_levels(kernel, number) & ~held
            is_hard = self._frees_choices(gift, self._compulsory.freed_by(gift))
            needs = kernel.closure[number] & self.matter
            return is_hard, bool(gift & self._reach), -kernel.effort(needs), number

        return sorted(members(self.matter), key=difficulty)

    def _frees_choices(self, gift: int, freed: int) -> bool:
        """Return whether a gift changes more than itself in what is left to choose."""
        if self._kernel.tangled or freed & self._compulsory.choosers:
            return True
        return bool(freed & ~gift & self._reach)

    def _saved_in(self, part: "_Part", gift: int) -> int:
        """Return what a part takes less with a gift: nothing where no landmark changes."""
        gift &= part.bound.free
        is_proven = part.bound.total == self._kernel.effort(part.chosen)
        if not gift or (is_proven and not gift & part.proof):
            return 0
        bound = part.bound.copy()
        bound.work = self._work
        bound.hold(gift)
        chosen = Search(self._kernel.cost, part.chosen & ~gift).least(bound)
        return self._kernel.effort(part.chosen) - self._kernel.effort(chosen or 0)

    @cached_property
    def _parts(self) -> "list[_Part]":
        """What is left to choose, in independent parts: made when a gift first touches one."""
        return [self._part(problem) for problem in self._problems]

    def _part(self, problem: Problem) -> "_Part":
        bound = self._plan.solver.tight_bound(problem, self._work)
        other = bound.copy()
        other.work = self._work
        chosen = Search(self._kernel.cost).least(other)
        proof = 0
        for mark in bound.marks:
            proof |= mark.nodes | mark.ways
        return _Part(bound, chosen or 0, proof)

    def _effort(self, held: int) -> int:
        goals = self._kernel.goals(self._plan.groups)
        return self._kernel.effort(self._plan.solver.exactly(held, goals, 0, self._work) or 0)


class _Part(NamedTuple):
    """An independent part of what is to choose.

    Attributes:
        bound: The tight bound of its effort.
        chosen: A set of least effort.
        proof: All that the landmarks hold or lead past.
    """

    bound: Bound
    chosen: int
    proof: int


class _Compulsory:
    """What goals rest on without any freedom of choice, and what needs it.

    Attributes:
        nodes: K unheld nodes, as a set.
    """

    def __init__(self, kernel: Kernel, held: int, required: int) -> None:
        self._kernel = kernel
        self._held = held
        self.nodes = self._closure(required)
        self._freed = self._freed_by_each(required)

    def freed_by(self, gift: int) -> int:
        """Return what is needed for nothing but some levels of one skill, they included."""
        freed = 0
        for number in members(gift & self.nodes):
            freed |= self._freed[number]
        return freed

    def open_choices(self, goals: Sequence[Choice]) -> list[Choice]:
        """Return the choices of goals and nodes that what is held does not satisfy."""
        of_nodes = (self._kernel.choices[number] for number in members(self.nodes))
        every = dict.fromkeys(chain(goals, *of_nodes))
        return [choice for choice in every if not are_satisfied([choice], self._held)]

    @cached_property
    def choosers(self) -> int:
        """The nodes that have a choice which all that is compulsory does not satisfy."""
        have = self._held | self.nodes
        choices = self._kernel.choices
        return mask_of(n for n in members(self.nodes) if not are_satisfied(choices[n], have))

    def _closure(self, required: int) -> int:
        nodes, fresh = 0, required
        while fresh:
            nodes |= fresh
            below = 0
            for number in members(fresh):
                below |= self._kernel.compulsory[number]
            fresh = below & ~(nodes | self._held)
        return nodes

    def _freed_by_each(self, required: int) -> dict[int, int]:
        """Return by node what is needed for nothing but it and its lower levels.

        Holding a node or a higher level of its skill frees of the node; beside that, it is
        freed by what frees of everything that needs it. O(K + prerequisites) set operations.
        """
        kernel, order = self._kernel, sorted(members(self.nodes), reverse=True)
        freed = dict.fromkeys(order, 0)
        if kernel.tangled:  # the order below is not to be had, and nobody asks
            return freed
        freeing = {number: 0 if required >> number & 1 else self.nodes for number in order}
        for number in order:  # what needs a node comes before it
            freeing[number] |= _with_higher_levels(kernel, number) & self.nodes
            for below in members(kernel.compulsory[number] & self.nodes):
                freeing[below] &= freeing[number]
            for other in members(freeing[number]):
                freed[other] |= 1 << number
        return freed


def _with_lower_levels(kernel: Kernel, number: int) -> int:
    """Return a node and the lower levels of its skill."""
    graph, position = kernel.graph, kernel.positions[number]
    return mask_of(kernel.number[at] for at in graph.levels_up_to(graph.nodes[position]))


def _with_higher_levels(kernel: Kernel, number: int) -> int:
    """Return a node and the higher levels of its skill that the kernel holds."""
    graph, position = kernel.graph, kernel.positions[number]
    skill, level = graph.nodes[position]
    top = position + graph.skills[skill].top_level - level
    return mask_of(kernel.number[at] for at in range(position, top + 1) if at in kernel.number)
