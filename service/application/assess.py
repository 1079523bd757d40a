"""The assessment use case: from a question to readiness, gaps and the shortest learning path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from service.application.request import Question, TargetKind
from service.domain.catalogue import Role
from service.domain.graph import SkillGraph
from service.domain.knowledge import KnowledgeState, OuterFringe
from service.domain.learning_path import Aim, LearningPath, learning_path
from service.domain.planner.planner import Plan, Planner
from service.domain.readiness import ReadinessScale
from service.domain.skill import AreaId, Effort, Requirement, RoleId, SkillId


@dataclass(frozen=True, slots=True)
class Gap:
    """A skill that a role asks for and the person lacks, as the role's shortest path takes it.

    Attributes:
        have: Held level, 0 for none.
        need: Asked level.
    """

    skill: SkillId
    have: int
    need: int
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands towards one role.

    Attributes:
        readiness: Between 0 and 1; 1 exactly when the role is met.
        effort: What the shortest path to the role alone takes.
        areas: Readiness by area of what the role asks, in the graph's order.
    """

    role: Role
    readiness: Fraction
    effort: Effort
    gaps: tuple[Gap, ...]
    areas: tuple[tuple[AreaId, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer to one question.

    Attributes:
        reached: The roles that the path leads to; none for the caller's own requirements.
        readiness: Readiness for the target, before the path.
        standings: Every role of the graph, nearest first; ties in file order.
        learnable_now: Every skill whose next level has all it needs.
    """

    question: Question
    state: KnowledgeState
    reached: tuple[RoleId, ...]
    standings: tuple[Standing, ...]
    path: LearningPath
    learnable_now: tuple[SkillId, ...]


class Assessor:
    """Answers questions about one graph; built once, then shared by threads."""

    def __init__(self, graph: SkillGraph) -> None:
        self.graph = graph
        self._planner = Planner(graph)
        self._fringe = OuterFringe(graph)
        self._scales = {role.id: ReadinessScale(role.requires) for role in graph.roles.values()}
        self._area_scales = {role.id: self._by_area(role) for role in graph.roles.values()}
        self._aims = {role.id: Aim.at_roles(graph, [role]) for role in graph.roles.values()}
        self._all_roles = Aim.at_roles(graph, tuple(graph.roles.values()))

    def assess(self, question: Question) -> Assessment:
        """Return the answer to a question; it depends on nothing else."""
        graph = self.graph
        state = KnowledgeState.of(
            graph, dict(question.claims), assume_prerequisites=question.assume_prerequisites
        )
        levels = state.levels()
        plans = {
            role: self._planner.plan(state.held, aim.goals.groups)
            for role, aim in self._aims.items()
        }
        efforts = {role: plan.effort for role, plan in plans.items()}
        nearest = sorted(efforts, key=efforts.__getitem__)
        reached = self._reached(question, nearest)
        aim = self._aim(question, reached)
        plan = (
            plans[reached[0]]
            if len(reached) == 1
            else self._planner.plan(state.held, aim.goals.groups)
        )
        serving = {role: frozenset(plan.positions) for role, plan in plans.items()}
        return Assessment(
            question,
            state,
            reached,
            tuple(self._standing(graph.roles[role], plans[role], levels) for role in nearest),
            learning_path(graph, plan, aim, levels, serving),
            self._fringe.of(state.held),
        )

    def _reached(self, question: Question, nearest: Sequence[RoleId]) -> tuple[RoleId, ...]:
        target = question.target
        match target.kind:
            case TargetKind.EITHER:
                return (nearest[0],)
            case TargetKind.BOTH:
                return tuple(self.graph.roles)
            case TargetKind.ROLE if target.role is not None:
                return (target.role,)
            case _:
                return ()

    def _aim(self, question: Question, reached: Sequence[RoleId]) -> Aim:
        if question.target.kind is TargetKind.REQUIREMENTS:
            return Aim.at_own(self.graph, question.target.requirements)
        return self._aims[reached[0]] if len(reached) == 1 else self._all_roles

    def _standing(self, role: Role, plan: Plan, levels: Mapping[SkillId, int]) -> Standing:
        scale = self._scales[role.id]
        return Standing(
            role,
            scale.readiness(levels),
            plan.total_effort(),
            self._gaps(role, plan, levels),
            tuple((area, part.readiness(levels)) for area, part in self._area_scales[role.id]),
        )

    def _gaps(self, role: Role, plan: Plan, levels: Mapping[SkillId, int]) -> tuple[Gap, ...]:
        """Return what is missing, in the role's order: of alternatives, what the plan takes."""
        gaps = []
        taken_for = plan.taken_for(self._aims[role.id].goals)
        for requirement, taken in zip(role.requires, taken_for, strict=True):
            for node in map(plan.node, taken):
                have = levels.get(node.skill, 0)
                gaps.append(Gap(node.skill, have, node.level, requirement.weight))
        return tuple(gaps)

    def _by_area(self, role: Role) -> tuple[tuple[AreaId, ReadinessScale], ...]:
        """Return a scale for each area that a role asks something of.

        A requirement belongs to the area of its first option.
        """
        by_area: dict[AreaId, list[Requirement]] = {
            area.id: [] for area in self.graph.catalogue.areas
        }
        for requirement in role.requires:
            by_area[self.graph.skills[requirement.options[0].skill].area].append(requirement)
        return tuple(
            (area, ReadinessScale(requirements))
            for area, requirements in by_area.items()
            if requirements
        )
