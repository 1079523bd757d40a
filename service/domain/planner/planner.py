"""The planner of one graph: kernels made once, plans made for each learner."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final
from weakref import WeakKeyDictionary

from service.domain.graph import Group, SkillGraph
from service.domain.planner.bits import kept_members, members
from service.domain.planner.grounding import support
from service.domain.planner.kernel import Choice, Kernel
from service.domain.planner.optimum import Optimum, Solver
from service.domain.planner.order import Grounds, grounds_of, learnable_sequence
from service.domain.planner.proof import Proof
from service.domain.planner.rough import RoughWays
from service.domain.planner.work import FULL_BUDGET, Work
from service.domain.skill import NO_EFFORT, Effort, Node, Requirement

WHOLE_GRAPH: Final = 2_500
"""Nodes up to which one kernel holds the whole graph, so that all goals share what was solved."""

KERNELS_KEPT: Final = 64
"""Kernels of goals kept for graphs larger than that."""

LARGEST_KERNEL: Final = 5_000
"""Nodes up to which a kernel is compiled for a request; beyond, only a good way is looked at."""


class Goals:
    """Requirements to reach, in numbers.

    Args:
        graph: Where their options are.
        requirements: R requirements.

    Attributes:
        requirements: The same.
        groups: The same as groups of positions, repeated ones once.
    """

    def __init__(self, graph: SkillGraph, requirements: Sequence[Requirement]) -> None:
        self.requirements = tuple(requirements)
        self._each = tuple(map(graph.group, requirements))
        self.groups = tuple(dict.fromkeys(self._each))
        self._compiled: WeakKeyDictionary[Kernel, list[tuple[int, tuple[Choice, ...]]]] = (
            WeakKeyDictionary()
        )

    def compiled_for(self, kernel: Kernel) -> list[tuple[int, tuple[Choice, ...]]]:
        """Return by requirement what it forces and what it leaves to choose on a kernel."""
        compiled = self._compiled.get(kernel)
        if compiled is None:
            compiled = [kernel.goals([group]) for group in self._each]
            self._compiled[kernel] = compiled
        return compiled


@dataclass(frozen=True)
class Plan:
    """What to learn for some goals, as a set.

    Attributes:
        solver: Knows the kernel that the numbers below belong to.
        groups: The goals.
        held: What the learner holds, of what the goals can need.
        chosen: What to learn.
        is_shortest: Whether no other set takes less effort.
        is_least: Whether no other set comes before it: least effort, then fewest nodes,
            then earliest in catalogue order.
        steps: The work budget it was made with; its proof has half of that.
    """

    solver: Solver
    groups: tuple[Group, ...]
    held: int
    chosen: int
    is_shortest: bool
    is_least: bool
    steps: int

    def of_others(self, chosen: int) -> "Plan":
        """Return a plan of other nodes, of which nothing is known but that they can be learned."""
        return replace(self, chosen=chosen, is_shortest=False, is_least=False)

    @property
    def effort(self) -> int:
        """Likely effort of all nodes, in hundredths of an hour."""
        return self.solver.kernel.effort(self.chosen)

    @cached_property
    def positions(self) -> tuple[int, ...]:
        """The positions of what to learn, in catalogue order."""
        kernel = self.solver.kernel
        return tuple(sorted(map(kernel.positions.__getitem__, members(self.chosen))))

    @cached_property
    def total_effort(self) -> Effort:
        """The effort of all nodes as a range; the plan was chosen by `likely` alone."""
        each = map(self.solver.kernel.graph.efforts.__getitem__, self.positions)
        return Effort(*map(sum, zip(*each, strict=True))) if self.chosen else NO_EFFORT

    def taken_for(self, goals: Goals) -> list[tuple[int, ...]]:
        """Return by requirement the numbers of the plan's nodes that satisfy it, if any.

        Where more options are in the plan than are needed, the first ones count.
        """
        kernel = self.solver.kernel
        taken = []
        for required, choices in goals.compiled_for(kernel):
            mask = required & self.chosen
            for choice in choices:
                mask |= support(choice, self.held, self.chosen, range(kernel.size))
            taken.append(kept_members(mask))
        return taken

    @cached_property
    def grounds(self) -> Grounds:
        """How the plan's nodes rest on one another."""
        return grounds_of(self.solver.kernel, self.held, self.chosen)

    def in_grounded_order(self) -> tuple[int, ...]:
        """Return the numbers of the plan's nodes in an order in which each can be learned."""
        return learnable_sequence(self.solver.kernel, self.held, self.chosen)

    def node(self, number: int) -> Node:
        """Return the node of a number."""
        kernel = self.solver.kernel
        return kernel.graph.nodes[kernel.positions[number]]

    def proof(self) -> Proof:
        """Return landmarks that bound the plan's effort."""
        return self.solver.proof(self.held, self.groups, Work(self.steps // 2))


class Planner:
    """Plans on one graph; built once, then shared by threads.

    Args:
        graph: N nodes. Small graphs are compiled whole, larger ones goal by goal, so that
            the time of a plan follows what the goal can need and not the catalogue.
        steps: The work budget of one plan.
    """

    def __init__(self, graph: SkillGraph, steps: int = FULL_BUDGET) -> None:
        self._graph = graph
        self._steps = steps
        self._whole = None
        if len(graph.nodes) <= WHOLE_GRAPH:
            self._whole = Solver(Kernel(graph, range(len(graph.nodes))))
        self._solver_of = lru_cache(maxsize=KERNELS_KEPT)(self._compiled)
        self._rough = RoughWays(graph) if len(graph.nodes) > LARGEST_KERNEL else None

    def plan(self, held: frozenset[int], groups: Sequence[Group]) -> Plan:
        """Return the shortest learning path as a set.

        Args:
            held: Positions of the nodes that the learner holds.
            groups: The goals; the loader saw to it that they can be reached from nothing.

        Returns:
            The least set, or the best one found where the work budget ended first.
        """
        goals = tuple(groups)
        solver = self._whole or self._solver_of(goals) or self._rough_solver(goals, held)
        number = solver.kernel.number
        mask = 0
        for position in held:
            if position in number:
                mask |= 1 << number[position]
        optimum = solver.least(mask, goals, steps=self._steps)
        if optimum is None:  # cannot be: everything in a checked graph can be learned
            raise LookupError("The goals cannot be reached from any knowledge.")
        if not solver.kernel.is_whole:
            optimum = Optimum.rough(optimum.chosen)
        return Plan(solver, goals, mask, *optimum, self._steps)

    def _compiled(self, groups: tuple[Group, ...]) -> Solver | None:
        relevant = self._graph.relevant_to(groups, LARGEST_KERNEL)
        if len(relevant) > LARGEST_KERNEL:
            return None
        return Solver(Kernel(self._graph, relevant))

    def _rough_solver(self, groups: tuple[Group, ...], held: frozenset[int]) -> Solver:
        if self._rough is None:  # cannot be: the whole graph is no larger than a kernel may be
            raise LookupError("The goals need more nodes than the graph has.")
        nodes = self._rough.nodes_to(groups, held)
        return Solver(Kernel(self._graph, nodes, is_whole=False))
