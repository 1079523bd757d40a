"""The learning path: the plan in its order of learning, each step with its reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from math import prod
from typing import Final, NamedTuple

from service.domain.catalogue import Role
from service.domain.graph import SkillGraph
from service.domain.planner.bits import kept_members, members
from service.domain.planner.grounding import support
from service.domain.planner.order import (
    Merit,
    dependents_of,
    in_learning_order,
)
from service.domain.planner.planner import Goals, Plan
from service.domain.planner.work import Work, WorkSpentError
from service.domain.readiness import ReadinessScale
from service.domain.skill import (
    HUNDREDTHS,
    Effort,
    Node,
    Requirement,
    RoleId,
    SkillId,
    highest_levels,
)


class Because(NamedTuple):
    """Why a step is there: what directly needs it.

    Attributes:
        roles: The roles that ask for it, where requirements of the target do.
        node: The later step that needs it, if none does; else None.
        reason: The graph's own sentence for it; may be empty.
        towards: The asked level of its skill that it counts towards, where the steps end
            before that.
    """

    roles: tuple[RoleId, ...]
    node: Node | None
    reason: str
    towards: Node | None = None


@dataclass(frozen=True)
class Aim:
    """What a path should lead to.

    Attributes:
        goals: All requirements.
        askers: By requirement the role that asks for it; None for the caller's own.
    """

    goals: Goals
    askers: tuple[RoleId | None, ...]

    @classmethod
    def at_roles(cls, graph: SkillGraph, roles: Sequence[Role]) -> "Aim":
        """Return the aim to meet some roles together."""
        return cls(
            Goals(graph, [asked for role in roles for asked in role.requires]),
            tuple(role.id for role in roles for _ in role.requires),
        )

    @classmethod
    def at_own(cls, graph: SkillGraph, requirements: Sequence[Requirement]) -> "Aim":
        """Return the aim to meet requirements of the caller's own."""
        return cls(Goals(graph, requirements), (None,) * len(requirements))

    @cached_property
    def asks(self) -> tuple[tuple[Requirement, RoleId | None], ...]:
        """Every requirement with the role that asks for it."""
        return tuple(zip(self.goals.requirements, self.askers, strict=True))

    @cached_property
    def lowest_options(self) -> tuple[tuple[Node, ...], ...]:
        """By requirement, one option a skill, the lowest listed."""
        return tuple(requirement.lowest_options() for requirement in self.goals.requirements)

    @cached_property
    def asked(self) -> Mapping[Node, Because]:
        """By node that requirements list, whose they are; the reason is that of the first."""
        listing: dict[Node, list[tuple[Requirement, RoleId | None]]] = {}
        for requirement, role in self.asks:
            for node in requirement.options:
                listing.setdefault(node, []).append((requirement, role))
        return {
            node: Because(_named(role for _, role in listed), None, listed[0][0].reason)
            for node, listed in listing.items()
        }

    @cached_property
    def scales(self) -> tuple[ReadinessScale, ...]:
        """Readiness for each role, in the order of the roles."""
        by_role: dict[RoleId | None, list[Requirement]] = {}
        for requirement, role in self.asks:
            by_role.setdefault(role, []).append(requirement)
        return tuple(map(ReadinessScale, by_role.values()))


DECISION_BUDGET: Final = 30_000
"""Steps of work for all decisions of a path; those that they do not do for are left out."""

DEAREST_DECISION: Final = 6_000
"""Steps of work that one decision may take."""


class Need(NamedTuple):
    """A requirement that a step serves, by the skill of it that the path takes."""

    role: RoleId | None
    requirement: SkillId


class Decision(NamedTuple):
    """An alternative that the path decided; told only where its cost is known exactly.

    Attributes:
        instead_of: The options that the path does without.
        saves: What the best path without this step would cost more, hundredths of an hour.
    """

    instead_of: tuple[Node, ...]
    saves: int


class Step(NamedTuple):
    """One node of a path.

    Attributes:
        position: The node's position in the graph.
        needed_for: The target's requirements that it serves.
        because: What directly needs it.
        decision: The alternative decided here, if one was.
        unlocks: Skills of later steps that rest on it directly.
        serves_roles: Roles of the graph that need it on this path, or whose own shortest path
            holds it. The order counts those of `needed_for` alone: what a role takes on a path
            of its own is no reason to learn it early on this one.
    """

    position: int
    node: Node
    effort: Effort
    needed_for: tuple[Need, ...]
    because: Because
    decision: Decision | None
    unlocks: tuple[SkillId, ...]
    serves_roles: tuple[RoleId, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """How good a path is known to be.

    Attributes:
        is_optimal: Whether no path is shorter.
        lower_bound: No path takes less, in hundredths of an hour.
        by_landmarks: Whether the landmarks alone add up to the path's effort.
        landmarks: Every path holds one of the nodes; with the hundredths of an hour charged.
    """

    is_optimal: bool
    lower_bound: int
    by_landmarks: bool
    landmarks: tuple[tuple[int, tuple[Node, ...]], ...]


@dataclass(frozen=True, slots=True)
class LearningPath:
    """A shortest learning path.

    Attributes:
        steps: Prerequisites first.
        effort: All steps together.
    """

    steps: tuple[Step, ...]
    effort: Effort
    proof: Proof


def learning_path(
    graph: SkillGraph,
    plan: Plan,
    aim: Aim,
    levels: Mapping[SkillId, int],
    serving: Mapping[RoleId, frozenset[int]],
) -> LearningPath:
    """Return a plan as a path: ordered, explained and proved.

    Args:
        graph: Where the plan was made.
        plan: M nodes to learn.
        aim: What the plan was made for.
        levels: The highest held level by skill, before the path.
        serving: By role, the positions of its own shortest path.
    """
    return _Explained(graph, plan, aim, levels, serving).path()


def steps_of(
    graph: SkillGraph,
    plan: Plan,
    aim: Aim,
    levels: Mapping[SkillId, int],
    serving: Mapping[RoleId, frozenset[int]],
) -> tuple[Step, ...]:
    """Return the steps of a plan as `learning_path` does, but for what was decided in it.

    A plan may end before its aim is met; what then counts towards a requirement says so.
    """
    return _Explained(graph, replace(plan, is_least=False), aim, levels, serving).steps()


class _Explained:
    """One plan being explained: what its parts need to know of one another, made once."""

    def __init__(
        self,
        graph: SkillGraph,
        plan: Plan,
        aim: Aim,
        levels: Mapping[SkillId, int],
        serving: Mapping[RoleId, frozenset[int]],
    ) -> None:
        self._graph = graph
        self._plan = plan
        self._kernel = plan.solver.kernel
        self._aim = aim
        self._serving = serving
        self._grounds = plan.grounds
        self._rank = {number: rank for rank, number in enumerate(self._grounds.sequence)}
        self._above = dependents_of(self._grounds)
        self._node = {number: plan.node(number) for number in self._grounds.sequence}
        self._reached = highest_levels(self._node.values(), levels)
        self._served = self._serves()
        self._landmarks = plan.proof()
        self._rivals = self._all_rivals() if plan.is_least else dict.fromkeys(self._rank, 0)
        self._decisions = Work(DECISION_BUDGET)

    def path(self) -> LearningPath:
        """Return the whole path."""
        return LearningPath(self.steps(), self._plan.total_effort, self._proof())

    def steps(self) -> tuple[Step, ...]:
        """Return the steps in their order."""
        order = in_learning_order(self._grounds, self._merits())
        place = {number: place for place, number in enumerate(order)}
        return tuple(self._step(number, place) for number in order)

    def _nodes(self, mask: int) -> tuple[Node, ...]:
        positions = sorted(map(self._kernel.positions.__getitem__, kept_members(mask)))
        return tuple(map(self._graph.nodes.__getitem__, positions))

    def _serves(self) -> dict[int, dict[Need, None]]:
        """Return by node the needs it serves, in the target's order."""
        served: dict[int, dict[Need, None]] = {number: {} for number in self._grounds.sequence}
        aim, taken_for = self._aim, self._plan.taken_for(self._aim.goals)
        for (requirement, role), options, taken in zip(
            aim.asks, aim.lowest_options, taken_for, strict=True
        ):
            for each in (*taken, *self._partial(options, requirement.at_least)):
                need = Need(role, self._node[each].skill)
                for number in members(self._grounds.closure[each]):
                    served[number].setdefault(need)
        return served

    def _partial(self, options: Sequence[Node], at_least: int) -> Sequence[int]:
        """Return the nodes that count towards a requirement which the plan does not meet."""
        met = [option for option in options if self._reached.get(option.skill, 0) >= option.level]
        if len(met) >= at_least:
            return ()
        asked = dict(options)
        return [n for n, node in self._node.items() if node.level < asked.get(node.skill, 0)]

    def _merits(self) -> dict[int, Merit]:
        """Return why each node should come early.

        Where several roles are aimed at, nodes that serve more of them come first, and of
        these the overlap areas in the order of their leverage.
        """
        worth = self._worth()
        joint = len(set(self._aim.askers)) > 1
        merits = {}
        for number in self._grounds.sequence:
            position = self._kernel.positions[number]
            node = self._graph.nodes[position]
            priority: tuple[int, ...] = ()
            if joint:
                roles = {need.role for need in self._served[number]}
                priority = (-len(roles), self._graph.leverage_rank(node.skill))
            merits[number] = Merit(
                priority, worth.get(node, 0), self._graph.likely[position], position
            )
        return merits

    def _worth(self) -> dict[Node, int]:
        positions = sorted(self._kernel.positions[number] for number in self._grounds.sequence)
        nodes = [self._graph.nodes[position] for position in positions]
        total: dict[Node, int] = dict.fromkeys(nodes, 0)
        efforts = {
            self._node[number]: self._kernel.effort(closure)
            for number, closure in self._grounds.closure.items()
        }
        scales = self._aim.scales
        for scale in scales:
            others = prod(other.full for other in scales if other is not scale)
            for node, worth in scale.worth_of(self._reached, nodes, efforts).items():
                total[node] += worth * others  # each role counts as one whole
        return total

    def _step(self, number: int, place: Mapping[int, int]) -> Step:
        position = self._kernel.positions[number]
        above = sorted(self._above[number], key=place.__getitem__)
        node = self._node[number]
        unlocked = {self._node[later].skill: None for later in above}
        unlocked.pop(node.skill, None)
        return Step(
            position=position,
            node=node,
            effort=self._graph.efforts[position],
            needed_for=tuple(self._served[number]),
            because=self._because(number, above),
            decision=self._decision(number),
            unlocks=tuple(unlocked),
            serves_roles=self._roles_served(number),
        )

    def _roles_served(self, number: int) -> tuple[RoleId, ...]:
        position = self._kernel.positions[number]
        here = {need.role for need in self._served[number]}
        serving = self._serving.items()
        return tuple([role for role, own in serving if role in here or position in own])

    def _because(self, number: int, above: Sequence[int]) -> Because:
        """Return the requirement that asks for a node itself, or else what first rests on it."""
        node = self._node[number]
        if asked := self._aim.asked.get(node):
            return asked
        if not above:
            return self._towards(node)
        later = self._node[above[0]]
        for each in above:
            if self._node[each].skill != node.skill:
                later = self._node[each]
                break
        return Because((), later, self._graph.reason(later, node))

    def _towards(self, node: Node) -> Because:
        """Return the requirement that a node counts towards without meeting it."""
        for requirement, role in self._aim.asks:
            for option in requirement.options:
                if option.skill == node.skill and option.level > node.level:
                    return Because(_named([role]), None, requirement.reason, option)
        return Because((), None, "")

    def _decision(self, number: int) -> Decision | None:
        """Return what was decided when a node was taken, unless every path holds it."""
        rivals = self._rivals[number]
        if not rivals:
            return None
        work = Work(min(DEAREST_DECISION, self._decisions.left))
        try:
            saves = self._landmarks.dearer_without(number, self._plan.chosen, work)
        except WorkSpentError:
            saves = None
        self._decisions.left -= min(DEAREST_DECISION, self._decisions.left) - max(work.left, 0)
        return None if saves is None else Decision(self._nodes(rivals), saves)

    def _all_rivals(self) -> dict[int, int]:
        """Return by node the options that the path does without where it took the node."""
        kernel, held, chosen = self._kernel, self._plan.held, self._plan.chosen
        rivals = dict.fromkeys(self._grounds.sequence, 0)
        _, goals = self._plan.solver.goals(self._plan.groups)
        for choice in chain(goals, *(kernel.choices[number] for number in rivals)):
            for number in members(support(choice, held, chosen, self._rank)):
                rivals[number] |= choice.options & ~(chosen | held)
        return rivals

    def _proof(self) -> Proof:
        landmarks = self._landmarks.landmarks()
        bound = sum(landmark.price for landmark in landmarks)
        effort = self._plan.effort
        is_optimal = self._plan.is_shortest or bound == effort
        return Proof(
            is_optimal=is_optimal,
            lower_bound=effort if is_optimal else bound,
            by_landmarks=bound == effort,
            landmarks=tuple((mark.price, self._nodes(mark.nodes)) for mark in landmarks),
        )


def _named(askers: Iterable[RoleId | None]) -> tuple[RoleId, ...]:
    """Return the roles among those who ask, each once."""
    return tuple(dict.fromkeys(role for role in askers if role is not None))


def in_hours(hundredths: int) -> float:
    """Return hundredths of an hour as hours, the nearest number to two decimals."""
    return hundredths / HUNDREDTHS
