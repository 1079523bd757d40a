"""The prerequisite graph: the catalogue joined into numbered nodes and groups, then only read."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from heapq import heapify, heappop, heappush
from sys import maxsize
from typing import TYPE_CHECKING, Final, NamedTuple

from service.domain.catalogue import Catalogue, Role
from service.domain.errors import UnknownRoleError
from service.domain.skill import Effort, Node, Requirement, RoleId, Skill, SkillId

if TYPE_CHECKING:
    import networkx as nx

NO_LEVERAGE: Final = 1_000_000
"""The leverage rank of areas outside the overlap."""


class Group(NamedTuple):
    """A requirement in numbers: satisfied when at least `need` of `options` are held.

    Attributes:
        need: 1 to the number of options.
        options: Positions of nodes, one a skill, in the file's order.
    """

    need: int
    options: tuple[int, ...]

    @property
    def is_compulsory(self) -> bool:
        """Whether there is no freedom of choice."""
        return self.need == len(self.options)


class SkillGraph:
    """Skills at their levels, joined by AND/OR prerequisites.

    A node is a skill at a level; its position counts nodes in catalogue order (skills in
    file order, levels ascending). The prerequisites of all nodes form a surmise system:
    a node may have several grounds on which it can be learned [1].

    Attributes:
        catalogue: What the file says; checked by the loader.
        skills: By id, in file order.
        roles: By id, in file order.
        nodes: N nodes, by position.
        groups: By position, all groups that must be satisfied before the node can be
            learned; the level below comes first, as a group of one.
        efforts: By position, the increment from the level below.
        likely: By position, likely effort in hundredths of an hour.

    References:
        [1] J.-P. Doignon and J.-C. Falmagne, Knowledge Spaces, Springer, 1999.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.skills: Mapping[SkillId, Skill] = {skill.id: skill for skill in catalogue.skills}
        self.roles: Mapping[RoleId, Role] = {role.id: role for role in catalogue.roles}
        self.nodes = tuple(
            Node(skill.id, level)
            for skill in catalogue.skills
            for level in range(1, skill.top_level + 1)
        )
        self._leverage = {
            area.id: area.leverage_rank
            for area in catalogue.areas
            if area.leverage_rank is not None
        }
        self._first: dict[SkillId, int] = {}
        for position, node in enumerate(self.nodes):
            self._first.setdefault(node.skill, position)
        self.efforts: tuple[Effort, ...] = tuple(
            level.effort for skill in catalogue.skills for level in skill.levels
        )
        self.likely = tuple(effort.likely for effort in self.efforts)
        self.groups = tuple(self._groups_of(node) for node in self.nodes)

    def role(self, role_id: str) -> Role:
        """Return the role, or raise `UnknownRoleError`."""
        try:
            return self.roles[RoleId(role_id)]
        except KeyError:
            raise UnknownRoleError(tuple(self.roles)) from None

    def first_position(self, skill_id: SkillId) -> int:
        """Return the position of a skill's level 1."""
        return self._first[skill_id]

    def position(self, node: Node) -> int:
        """Return the position of a node that the graph holds."""
        return self._first[node.skill] + node.level - 1

    def leverage_rank(self, skill_id: SkillId) -> int:
        """Return the leverage rank of the skill's area; beyond all ranks outside the overlap."""
        return self._leverage.get(self.skills[skill_id].area, NO_LEVERAGE)

    def reason(self, node: Node, below: Node) -> str:
        """Return why a node rests on another, in the file's words; empty where it has none."""
        for requirement in self.skills[node.skill].levels[node.level - 1].requires:
            if below in requirement.options:
                return requirement.reason
        return ""

    def levels_up_to(self, node: Node) -> range:
        """Return the positions of a skill's levels 1 to the node's; empty for level 0."""
        first = self._first[node.skill]
        return range(first, first + node.level)

    def group(self, requirement: Requirement) -> Group:
        """Return a requirement in numbers: a skill listed twice counts at its lowest level."""
        options = tuple(map(self.position, requirement.lowest_options()))
        return Group(requirement.at_least, options)

    @cached_property
    def common_knowledge(self) -> frozenset[tuple[Node, ...]]:
        """What the common profiles claim, each in catalogue order."""
        return frozenset(
            tuple(sorted(profile.skills, key=lambda node: self.first_position(node.skill)))
            for profile in self.catalogue.profiles
        )

    @cached_property
    def compulsory(self) -> tuple[tuple[int, ...], ...]:
        """By position, the prerequisites without freedom of choice, the level below included."""
        return tuple(
            tuple(option for group in groups if group.is_compulsory for option in group.options)
            for groups in self.groups
        )

    @cached_property
    def choices(self) -> tuple[tuple[Group, ...], ...]:
        """By position, the groups with freedom of choice."""
        return tuple(
            tuple(group for group in groups if not group.is_compulsory) for groups in self.groups
        )

    @cached_property
    def dependents(self) -> tuple[tuple[int, ...], ...]:
        """By position, the nodes that list it in one of their groups, ascending."""
        above: list[list[int]] = [[] for _ in self.nodes]
        for position, groups in enumerate(self.groups):
            for option in {option for group in groups for option in group.options}:
                above[option].append(position)
        return tuple(map(tuple, above))

    def relevant_to(self, groups: Iterable[Group], most: int = maxsize) -> set[int]:
        """Return the positions that a path to some groups could hold: O(nodes and edges reached).

        Args:
            groups: What is to be met.
            most: Where more than so many are found, the rest is not looked for.
        """
        reached = {option for group in groups for option in group.options}
        frontier = list(reached)
        while frontier and len(reached) <= most:
            for group in self.groups[frontier.pop()]:
                fresh = set(group.options) - reached
                reached |= fresh
                frontier.extend(fresh)
        return reached

    @cached_property
    def union_of_options(self) -> "nx.DiGraph[int]":
        """The graph with an edge from every option to the node that lists it.

        It may hold circles: those that an alternative opens are legal.
        """
        import networkx as nx  # noqa: PLC0415 - as in _order_of_parts

        graph: nx.DiGraph[int] = nx.DiGraph()
        graph.add_nodes_from(range(len(self.nodes)))
        graph.add_edges_from(
            (option, position)
            for position, groups in enumerate(self.groups)
            for group in groups
            for option in group.options
        )
        return graph

    def learning_order(self, positions: Iterable[int]) -> tuple[tuple[int, ...], ...]:
        """Return positions so that prerequisites come first, by parts.

        A part is one node, or the nodes of a circle that an alternative opens, ascending. Of
        several parts that could come next, the one with the least position does.
        O((N + E) log N) of the part of the graph asked for.
        """
        wanted = frozenset(positions)
        order = self._order_without_circles(wanted)
        if len(order) == len(wanted):
            return tuple((position,) for position in order)
        return self._order_of_parts(wanted)

    def _order_without_circles(self, wanted: frozenset[int]) -> list[int]:
        """Return positions, prerequisites first, as far as no circle is in the way."""
        below = {p: {o for group in self.groups[p] for o in group.options} for p in wanted}
        missing = {position: len(options & wanted) for position, options in below.items()}
        ready = [position for position, number in missing.items() if number == 0]
        heapify(ready)
        order = []
        while ready:
            position = heappop(ready)
            order.append(position)
            for other in self.dependents[position]:
                if other in missing:
                    missing[other] -= 1
                    if missing[other] == 0:
                        heappush(ready, other)
        return order

    def _order_of_parts(self, wanted: frozenset[int]) -> tuple[tuple[int, ...], ...]:
        import networkx as nx  # noqa: PLC0415 - costs more than all else at start, and is rare

        part = self.union_of_options.subgraph(wanted)
        condensed = nx.condensation(part)
        return tuple(
            tuple(sorted(condensed.nodes[component]["members"]))
            for component in nx.lexicographical_topological_sort(
                condensed, key=lambda component: min(condensed.nodes[component]["members"])
            )
        )

    def _groups_of(self, node: Node) -> tuple[Group, ...]:
        stage = self.skills[node.skill].levels[node.level - 1]
        written = tuple(map(self.group, stage.requires))
        if node.level == 1:
            return written
        return (Group(1, (self.position(node) - 1,)), *written)


def groups_of_all(graph: SkillGraph, requirements: Iterable[Requirement]) -> tuple[Group, ...]:
    """Return several requirements in numbers, repeated ones once."""
    return tuple(dict.fromkeys(map(graph.group, requirements)))
