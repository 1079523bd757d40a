"""Where an answer says the person stands towards the roles: hours, gaps, readiness by area.

Of alternatives, only a search tells which the shortest path to a role takes; so of the roles
that the path does not lead to, hours and the choice among options are not checked.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import isclose

from service.domain.errors import Fault
from service.domain.graph import SkillGraph
from service.domain.readiness import ReadinessScale, scales_by_area
from service.domain.skill import NO_EFFORT, Node, Requirement, SkillId, highest_levels
from service.domain.stated_measures import is_ready
from service.domain.statement import StatedGap, StatedRole, Statement


def faults_in_roles(said: Statement, graph: SkillGraph) -> Iterator[Fault]:
    """Yield what is wrong with the roles of an answer, which are those of the graph."""
    levels = highest_levels(said.claims)
    place_in_file = {role: place for place, role in enumerate(graph.roles)}
    for index, (near, far) in enumerate(pairwise(said.roles)):
        if (near.effort.likely, place_in_file[near.role]) > (
            far.effort.likely,
            place_in_file[far.role],
        ):
            yield Fault(f"/roles/{index + 1}", "It is nearer than the role before it.")
    for index, standing in enumerate(said.roles):
        path = said.path.nodes if standing.role == said.reached else None
        yield from _Standing(standing, graph, levels, path).faults(f"/roles/{index}")


class _Standing:
    """One role being checked; of the role that is reached, with the nodes of its path."""

    def __init__(
        self,
        said: StatedRole,
        graph: SkillGraph,
        levels: Mapping[SkillId, int],
        path: frozenset[Node] | None,
    ) -> None:
        self._said = said
        self._graph = graph
        self._levels = levels
        self._path = path
        self._role = graph.roles[said.role]

    def faults(self, place: str) -> Iterator[Fault]:
        scale = ReadinessScale(self._role.requires)
        if not is_ready(self._said.readiness, scale, self._levels):
            yield Fault(f"{place}/readiness", "What is held makes another readiness.")
        low, likely, high = self._said.effort
        if not 0 <= low <= likely <= high:
            yield Fault(f"{place}/hours", "They are no range.")
        elif scale.readiness(self._levels) == 1 and self._said.effort != NO_EFFORT:
            yield Fault(f"{place}/hours", "The role is met already.")
        yield from self._areas(f"{place}/areas")
        if not self._are_gaps():
            yield Fault(f"{place}/gaps", "What is asked and not held is something else.")

    def _areas(self, place: str) -> Iterator[Fault]:
        scales = scales_by_area(self._graph, self._role)
        if [area for area, _ in self._said.areas] != [area for area, _ in scales]:
            yield Fault(place, "The role asks something of other areas.")
            return
        for index, ((_, scale), (_, stated)) in enumerate(
            zip(scales, self._said.areas, strict=True)
        ):
            if not is_ready(stated, scale, self._levels):
                yield Fault(f"{place}/{index}/readiness", "What is held makes another readiness.")

    def _are_gaps(self) -> bool:
        """Return whether the gaps are, by requirement, as many options as it still lacks."""
        gaps = iter(self._said.gaps)
        for asked in self._role.requires:
            options = asked.lowest_options()
            open_ = {node for node in options if self._levels.get(node.skill, 0) < node.level}
            for _ in range(asked.at_least - len(options) + len(open_)):
                gap = next(gaps, None)
                if gap is None or not self._is_gap(gap, asked, open_):
                    return False
                open_.remove(Node(gap.skill, gap.need))
        return next(gaps, None) is None

    def _is_gap(self, gap: StatedGap, asked: Requirement, missing: set[Node]) -> bool:
        node = Node(gap.skill, gap.need)
        return (
            node in missing
            and (self._path is None or node in self._path)
            and gap.have == self._levels.get(gap.skill, 0)
            and gap.area == self._graph.skills[gap.skill].area
            and isclose(gap.weight, asked.weight)
        )
