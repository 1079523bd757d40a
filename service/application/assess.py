"""The assessment use case: from a question to readiness, gaps and the shortest learning path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from service.application.case import Case
from service.application.extras import (
    MOST_ROLES_COMPARED,
    Detours,
    Difference,
    Levers,
    Spending,
    detours,
    difference,
    levers,
    spending,
)
from service.application.request import Question, TargetKind
from service.domain.catalogue import Role
from service.domain.graph import SkillGraph
from service.domain.knowledge import KnowledgeState, OuterFringe
from service.domain.learning_path import Aim, LearningPath, learning_path
from service.domain.optionality import Optionality, optionality
from service.domain.planner.planner import Plan, Planner
from service.domain.readiness import ReadinessScale, scales_by_area
from service.domain.schedule import FirstDays, Pace, Placement, first_days, place_projects
from service.domain.skill import AreaId, Effort, RoleId, SkillId


class Gap(NamedTuple):
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
        standings: Every role of the graph, nearest first; ties in file order.
        learnable_now: Every skill whose next level has all it needs.
        projects: Where projects for the roles reached belong on the path.
        pace: How fast the person learns; None where they do not say.
        first_days: What the first days hold at that pace, with the readiness reached by then.
        levers: The skills that would save most.
        together: What keeping every role open costs; None where there is one role, or many.
        detours: The next best paths that were asked for.
        spending: What the budget is best spent on; None where there is none.
        difference: What `also_known` changes; None where nothing was asked about it.
    """

    question: Question
    state: KnowledgeState
    reached: tuple[RoleId, ...]
    standings: tuple[Standing, ...]
    path: LearningPath
    learnable_now: tuple[SkillId, ...]
    projects: tuple[Placement, ...]
    pace: Pace | None
    first_days: tuple[FirstDays, Fraction] | None
    levers: Levers
    together: Optionality | None
    detours: Detours
    spending: Spending | None
    difference: Difference | None


class Assessor:
    """Answers questions about one graph; built once, then shared by threads."""

    def __init__(self, graph: SkillGraph) -> None:
        self.graph = graph
        self._planner = Planner(graph)
        self._fringe = OuterFringe(graph)
        self._scales = {role.id: ReadinessScale(role.requires) for role in graph.roles.values()}
        self._area_scales = {role.id: scales_by_area(graph, role) for role in graph.roles.values()}
        self._aims = {role.id: Aim.at_roles(graph, [role]) for role in graph.roles.values()}
        self._all_roles = Aim.at_roles(graph, tuple(graph.roles.values()))
        self._whole_scale = ReadinessScale(self._all_roles.goals.requirements)

    def assess(self, question: Question) -> Assessment:
        """Return the answer to a question; it depends on nothing else."""
        case = self._case(question)
        steps = (path := self._path(case)).steps
        projects = place_projects(self.graph.catalogue.projects, case.reached, steps)
        pace = _pace(question)
        return Assessment(
            question=question,
            state=case.state,
            reached=case.reached,
            standings=tuple(
                self._standing(self.graph.roles[role], plan, case.levels)
                for role, plan in case.plans.items()
            ),
            path=path,
            learnable_now=self._fringe.of(case.state.held),
            projects=projects,
            pace=pace,
            first_days=None if pace is None else _first_days(case, path, projects, pace),
            levers=levers(self.graph, case, question.highest_leverage),
            together=self._together(case),
            detours=detours(self.graph, case, question.alternatives),
            spending=self._spending(case),
            difference=self._difference(case),
        )

    def _case(self, question: Question) -> Case:
        state = self._state(question)
        plans = {
            role: self._planner.plan(state.held, aim.goals.groups)
            for role, aim in self._aims.items()
        }
        nearest = sorted(plans, key=lambda role: plans[role].effort)
        reached = self._reached(question, nearest)
        aim, scale = self._aim(question, reached)
        plan = (
            plans[reached[0]]
            if len(reached) == 1
            else self._planner.plan(state.held, aim.goals.groups)
        )
        by_role = {role: plans[role] for role in nearest}
        return Case(question, state, state.levels(), by_role, reached, aim, scale, plan)

    def _state(self, question: Question) -> KnowledgeState:
        claims = dict(question.claims) | dict(question.also_known or ())
        return KnowledgeState.of(
            self.graph, claims, assume_prerequisites=question.assume_prerequisites
        )

    def _path(self, case: Case) -> LearningPath:
        serving = {role: case.serving[role] for role in self.graph.roles}
        return learning_path(self.graph, case.plan, case.aim, case.levels, serving)

    def _together(self, case: Case) -> Optionality | None:
        if not 1 < len(case.plans) <= MOST_ROLES_COMPARED:
            return None
        joint = (
            case.plan
            if case.aim is self._all_roles
            else self._planner.plan(case.state.held, self._all_roles.goals.groups)
        )
        plans = list(case.plans.values())
        return optionality(self.graph, case.state.held, joint, self._all_roles, plans)

    def _spending(self, case: Case) -> Spending | None:
        budget = case.question.budget
        return None if budget is None else spending(self.graph, case, self._planner, budget)

    def _difference(self, case: Case) -> Difference | None:
        if case.question.also_known is None:
            return None
        before = self._case(case.question._replace(also_known=None))
        return difference(self.graph, before, case)

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

    def _aim(self, question: Question, reached: Sequence[RoleId]) -> tuple[Aim, ReadinessScale]:
        """Return what to aim at, and what measures readiness for it."""
        if question.target.kind is TargetKind.REQUIREMENTS:
            own = question.target.requirements
            return Aim.at_own(self.graph, own), ReadinessScale(own)
        if len(reached) == 1:
            return self._aims[reached[0]], self._scales[reached[0]]
        return self._all_roles, self._whole_scale

    def _standing(self, role: Role, plan: Plan, levels: Mapping[SkillId, int]) -> Standing:
        scale = self._scales[role.id]
        return Standing(
            role,
            scale.readiness(levels),
            plan.total_effort,
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


def _pace(question: Question) -> Pace | None:
    if question.hours_per_week is None:
        return None
    return Pace(Fraction(str(question.hours_per_week)), question.start_date)


def _first_days(
    case: Case, path: LearningPath, projects: Sequence[Placement], pace: Pace
) -> tuple[FirstDays, Fraction]:
    first = first_days(path.steps, projects, pace)
    return first, case.readiness_after([step.node for step in first.done])
