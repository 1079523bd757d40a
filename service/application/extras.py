"""What an answer holds beside the path, most of it only when it is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from service.application.case import Case
from service.domain.graph import SkillGraph
from service.domain.learning_path import Step, steps_of
from service.domain.planner.alternatives import alternatives
from service.domain.planner.budget import within_budget
from service.domain.planner.leverage import STEPS, Leverage, most_saving
from service.domain.planner.planner import Plan, Planner
from service.domain.skill import Effort, Node, RoleId

MOST_ROLES_COMPARED: Final = 8
"""Of a graph with more roles than these, only those that the path leads to are compared."""

USUAL_LEVERS: Final = 5

SHORT_LOOK: Final = 20_000
"""Steps of work for the leverage that nobody asked for: it shall not slow the usual answer."""


@dataclass(frozen=True, slots=True)
class Lever:
    """What a skill at a level would save, were it held with its lower levels.

    Attributes:
        saves: By role, hundredths of an hour that its shortest path falls by.
        saves_path: The same of the path in the answer.
    """

    node: Node
    saves: tuple[tuple[RoleId, int], ...]
    saves_path: int


@dataclass(frozen=True, slots=True)
class Levers:
    """The skills that would save most.

    Attributes:
        top: Those that save the path most first, then those that save all roles most.
        is_exact: Whether they are the ones; where the work budget ended first, some may be
            missing. Their own savings are exact.
    """

    top: tuple[Lever, ...]
    is_exact: bool


def levers(graph: SkillGraph, case: Case, count: int | None) -> Levers:
    """Return the `count` skills of the highest leverage; None for what a short look finds."""
    if count == 0:
        return Levers((), is_exact=True)
    steps = STEPS if count else SHORT_LOOK
    by_role = {role: Leverage(plan, steps) for role, plan in _compared(case).items()}
    path = by_role[case.reached[0]] if len(case.reached) == 1 else Leverage(case.plan, steps)
    top, is_exact = most_saving(path, tuple(by_role.values()), count or USUAL_LEVERS)
    return Levers(
        tuple(
            Lever(
                graph.nodes[position],
                tuple((role, alone.saving(position)) for role, alone in by_role.items()),
                path.saving(position),
            )
            for position in top
        ),
        is_exact,
    )


def _compared(case: Case) -> Mapping[RoleId, Plan]:
    if len(case.plans) <= MOST_ROLES_COMPARED:
        return case.plans
    return {role: case.plans[role] for role in case.reached[:MOST_ROLES_COMPARED]}


@dataclass(frozen=True, slots=True)
class Detour:
    """A further path.

    Attributes:
        extra: What it takes on top of the shortest one, hundredths of an hour.
        gained: What it holds and the shortest one does not, in catalogue order.
        spared: What the shortest one holds and it does not, in catalogue order.
    """

    steps: tuple[Step, ...]
    effort: Effort
    extra: int
    gained: tuple[Node, ...]
    spared: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Detours:
    """Further paths in order of effort; whether none before the last one is missing."""

    paths: tuple[Detour, ...]
    is_complete: bool


def detours(graph: SkillGraph, case: Case, count: int) -> Detours:
    """Return the `count` next best paths, or all there are."""
    if not count:
        return Detours((), is_complete=True)
    found = alternatives(case.plan, count)
    return Detours(tuple(_detour(graph, case, plan) for plan in found.plans), found.complete)


def _detour(graph: SkillGraph, case: Case, plan: Plan) -> Detour:
    return Detour(
        steps_of(graph, plan, case.aim, case.levels, case.serving),
        plan.total_effort,
        plan.effort - case.plan.effort,
        *_differing(graph, case.plan, plan),
    )


@dataclass(frozen=True, slots=True)
class Spending:
    """What a budget is best spent on.

    Attributes:
        budget: Hundredths of an hour.
        steps: What to learn within it.
        before: Readiness for the aim, without it.
        after: Readiness with it.
        is_best_of_all: Whether nothing within the budget is better; else it is the best that
            was found on the path.
        left: What the aim takes after it.
        left_nodes: The steps to it, in catalogue order.
    """

    budget: int
    steps: tuple[Step, ...]
    effort: Effort
    before: Fraction
    after: Fraction
    is_best_of_all: bool
    left: Effort
    left_nodes: tuple[Node, ...]


def spending(graph: SkillGraph, case: Case, planner: Planner, budget: int) -> Spending:
    """Return what a budget is best spent on for the aim of a case."""
    found = within_budget(case.plan, case.aim.goals.requirements, case.levels, budget)
    plan = found.plan
    held = case.state.held.union(plan.positions)
    rest = planner.plan(held, case.aim.goals.groups)
    return Spending(
        budget,
        steps_of(graph, plan, case.aim, case.levels, case.serving),
        plan.total_effort,
        case.readiness,
        case.readiness_after(map(graph.nodes.__getitem__, plan.positions)),
        found.scope == "all",
        rest.total_effort,
        _nodes(graph, rest.positions),
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """What some more knowledge changes.

    Attributes:
        reached_before: The roles that the path without it leads to.
        effort_before: What the path without it takes.
        readiness_before: Readiness for its aim, without it.
        readiness: Readiness for the aim of the answer, with it.
        saved: What is saved, hundredths of an hour; less than 0 never for the same aim.
        spared: What need not be learned any more, in catalogue order: known now, or not needed.
        gained: What is to be learned instead, in catalogue order.
    """

    reached_before: tuple[RoleId, ...]
    effort_before: Effort
    readiness_before: Fraction
    readiness: Fraction
    saved: int
    spared: tuple[Node, ...]
    gained: tuple[Node, ...]


def difference(graph: SkillGraph, before: Case, case: Case) -> Difference:
    """Return what a case differs by from one with less knowledge."""
    gained, spared = _differing(graph, before.plan, case.plan)
    return Difference(
        before.reached,
        before.plan.total_effort,
        before.readiness,
        case.readiness,
        before.plan.effort - case.plan.effort,
        spared,
        gained,
    )


def _differing(
    graph: SkillGraph, usual: Plan, other: Plan
) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Return what only the other plan holds, and what only the usual one does."""
    here, there = set(usual.positions), set(other.positions)
    return _nodes(graph, there - here), _nodes(graph, here - there)


def _nodes(graph: SkillGraph, positions: Sequence[int] | set[int]) -> tuple[Node, ...]:
    return tuple(graph.nodes[position] for position in sorted(positions))
