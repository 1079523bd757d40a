"""The ways of people: from nothing, and from each common profile, to each role."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.catalogue import CommonProfile, Role
from service.domain.graph import SkillGraph
from service.domain.knowledge import KnowledgeState
from service.domain.planner.planner import Goals, Plan, Planner
from service.domain.skill import Effort, RoleId


@dataclass(frozen=True, slots=True)
class Way:
    """A shortest way as a set of steps.

    Attributes:
        start: The id of the profile it starts from; None for a person who knows nothing yet.
        roles: Where it leads: one role, or all roles of the graph together.
        state: What the person holds at the start.
    """

    start: str | None
    roles: tuple[RoleId, ...]
    state: KnowledgeState
    plan: Plan

    @property
    def effort(self) -> Effort:
        """All steps together."""
        return self.plan.total_effort


def starts(graph: SkillGraph) -> tuple[CommonProfile | None, ...]:
    """Return where people start: from nothing, then from each profile in the file's order."""
    return (None, *graph.catalogue.profiles)


def ways_to_each_role(graph: SkillGraph) -> Iterator[Way]:
    """Return the way from every start to every role, by start, then by role in the file's order.

    Claims credit what they compulsorily rest on, as in an assessment.
    """
    return _ways(graph, [(role,) for role in graph.roles.values()])


def ways_to_all_roles(graph: SkillGraph) -> Iterator[Way]:
    """Return the way from every start to all roles together, planned jointly."""
    return _ways(graph, [tuple(graph.roles.values())])


def _ways(graph: SkillGraph, destinations: list[tuple[Role, ...]]) -> Iterator[Way]:
    planner = Planner(graph)
    for profile in starts(graph):
        claims = {node.skill: node.level for node in profile.skills} if profile else {}
        state = KnowledgeState.of(graph, claims, assume_prerequisites=True)
        for roles in destinations:
            goals = Goals(graph, [asked for role in roles for asked in role.requires])
            yield Way(
                start=profile.id if profile else None,
                roles=tuple(role.id for role in roles),
                state=state,
                plan=planner.plan(state.held, goals.groups),
            )
