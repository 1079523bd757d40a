"""Whether everything in a prerequisite graph can be learned, and what in it is idle.

A node has groups, all of which must be satisfied before it can be learned; a group is
satisfied once `need` of its options are held. So the nodes and groups are an AND/OR graph, and
what can be learned from nothing is found by forward chaining, in time linear in its size [1].

References:
    [1] W. F. Dowling and J. H. Gallier, Linear-time algorithms for testing the satisfiability
        of propositional Horn formulae, Journal of Logic Programming 1(3), 1984.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from operator import or_
from typing import Final, TypeAlias

from service.domain.graph import Group

Groups: TypeAlias = Sequence[Sequence[Group]]
"""By node 0 to N - 1, the groups that must be satisfied before it can be learned."""

MAX_STEPS_TO_SHORTEST_CIRCLE: Final = 5_000_000
"""How many edges are walked in search of a shorter circle than the one already found."""

MAX_NODES_FOR_REDUNDANCY: Final = 10_000
"""Above, the closures of all nodes would not fit in a few megabytes."""

_Edges: TypeAlias = Mapping[int, Sequence[int]]


def unlearnable(groups: Groups) -> frozenset[int]:
    """Return the nodes that nobody can ever learn who starts from nothing.

    They lie on a circle that no alternative opens, or rest on one, or on a group that needs
    more options than it has.

    Args:
        groups: N nodes with E options in all.

    Returns:
        0 to N nodes. O(N + E) time.
    """
    return frozenset(range(len(groups))) - _Learner(groups).held


def shortest_circles(groups: Groups) -> tuple[tuple[int, ...], ...]:
    """Return one shortest circle for each root cause of unlearnable nodes.

    A root cause is a strongly connected set of nodes that stays unlearnable even when
    everything outside it is held; what is unlearnable because it rests on such a set is not
    reported again.

    Args:
        groups: N nodes with E options in all.

    Returns:
        Circles, each as its 1 to N nodes in the order in which they need one another, the last
        one needing the first; ascending by first node. A circle starts at its lowest node and
        is a shortest of its set, unless the set is so large that the search ends early (at
        `MAX_STEPS_TO_SHORTEST_CIRCLE`): then it is the shortest one seen.
    """
    learner = _Learner(groups)
    circles: list[tuple[int, ...]] = []
    parts = [set(range(len(groups))) - learner.held]
    while parts:
        blocked = learner.blocked_by(parts.pop())
        components = _needing_first(blocked)
        if len(components) == 1:
            circles.extend(_shortest_circle(blocked))
            learner.hold(blocked)  # as if mended, so that only root causes follow
        else:
            parts.extend(components)
    return tuple(sorted(circles))


def redundant_prerequisites(groups: Groups) -> tuple[tuple[int, int], ...]:
    """Return the groups that are satisfied whenever the other groups of their node are.

    Only compulsory prerequisites count as implying others: what every alternative of a group
    has in common is not looked for.

    Args:
        groups: N nodes.

    Returns:
        Pairs of a node and an index into its groups, ascending. Of groups that imply one
        another only the later ones. Nothing for an unlearnable node, and nothing at all above
        `MAX_NODES_FOR_REDUNDANCY` nodes.
    """
    if len(groups) > MAX_NODES_FOR_REDUNDANCY:
        return ()
    order = _Learner(groups).order
    closures = _compulsory_closures(groups, order)
    return tuple(
        (node, index)
        for node in sorted(order)
        for index in _implied_by_the_others(groups[node], closures)
    )


def never_needed(groups: Groups, role_groups: Iterable[Group]) -> frozenset[int]:
    """Return the nodes that no path to any role can use, whatever is chosen.

    Args:
        groups: N nodes with E options in all.
        role_groups: The groups of all roles.

    Returns:
        0 to N nodes. O(N + E) time.
    """
    reached = {option for group in role_groups for option in group.options}
    waiting = list(reached)
    while waiting:
        options = {option for group in groups[waiting.pop()] for option in group.options}
        waiting.extend(options - reached)
        reached |= options
    return frozenset(range(len(groups))) - reached


class _Learner:
    """Learns everything that can be learned, first from nothing, then from what it is given.

    Attributes:
        order: What is held, in the order of learning: what a node rests on stands before it.
    """

    def __init__(self, groups: Groups) -> None:
        self.order: list[int] = []
        self.held: set[int] = set()
        self._groups = groups
        self._needed_by = _needed_by(groups)
        self._missing = [[group.need for group in of_node] for of_node in groups]
        self._open = [sum(need > 0 for need in needs) for needs in self._missing]
        self.hold([node for node, is_open in enumerate(self._open) if not is_open])

    def hold(self, nodes: Iterable[int]) -> None:
        """Hold some nodes, and with them everything that can be learned then."""
        waiting = deque(sorted(nodes))
        while waiting:
            node = waiting.popleft()
            if node not in self.held:
                self.held.add(node)
                self.order.append(node)
                waiting.extend(self._opened_by(node))

    def blocked_by(self, nodes: Iterable[int]) -> _Edges:
        """Return, for each node that is not held, the options that its open groups lack."""
        return {
            node: [
                option
                for group, missing in zip(self._groups[node], self._missing[node], strict=True)
                if missing > 0
                for option in group.options
                if option not in self.held
            ]
            for node in sorted(nodes)
            if node not in self.held
        }

    def _opened_by(self, held: int) -> list[int]:
        opened = []
        for node, index in self._needed_by[held]:
            self._missing[node][index] -= 1
            if self._missing[node][index] == 0:
                self._open[node] -= 1
                if self._open[node] == 0:
                    opened.append(node)
        return opened


def _needed_by(groups: Groups) -> list[list[tuple[int, int]]]:
    needed_by: list[list[tuple[int, int]]] = [[] for _ in groups]
    for node, of_node in enumerate(groups):
        for index, group in enumerate(of_node):
            for option in group.options:
                needed_by[option].append((node, index))
    return needed_by


def _needing_first(blocked: _Edges) -> list[set[int]]:
    """Return the strongly connected components, each before those that it needs."""
    if not blocked:
        return []
    import networkx as nx  # noqa: PLC0415 - only a defective graph needs it

    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(blocked)
    graph.add_edges_from((node, lack) for node, lacks in blocked.items() for lack in lacks)
    condensed = nx.condensation(graph)
    return [set(condensed.nodes[part]["members"]) for part in nx.topological_sort(condensed)]


def _shortest_circle(edges: _Edges) -> Iterable[tuple[int, ...]]:
    """Return a shortest circle, or none: a lone node may only lack options."""
    best: tuple[int, ...] = ()
    budget = MAX_STEPS_TO_SHORTEST_CIRCLE
    for start in sorted(edges):
        circle, walked = _circle_through(start, edges, len(best) or len(edges) + 1)
        best = circle or best
        budget -= walked
        if len(best) == 1 or (best and budget < 0):
            break
    return [best] if best else []


def _circle_through(start: int, edges: _Edges, below: int) -> tuple[tuple[int, ...], int]:
    """Return the shortest circle through a node, if shorter than `below`, and edges walked."""
    came_from = {start: start}
    frontier = [start]
    walked, length = 0, 1
    while frontier and length < below:
        reached = []
        for node in frontier:
            walked += len(edges[node])
            if start in edges[node]:
                return _way_back(node, came_from), walked
            for target in edges[node]:
                if target not in came_from:
                    came_from[target] = node
                    reached.append(target)
        frontier = reached
        length += 1
    return (), walked


def _way_back(node: int, came_from: Mapping[int, int]) -> tuple[int, ...]:
    way = [node]
    while came_from[way[-1]] != way[-1]:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))


def _compulsory_closures(groups: Groups, order: Sequence[int]) -> list[int]:
    """Return, by node, a bitset of it and all it compulsorily rests on; 0 if unlearnable."""
    closures = [0] * len(groups)
    for node in order:
        closure = 1 << node
        for group in groups[node]:
            closure |= _implies(group, closures)
        closures[node] = closure
    return closures


def _implies(group: Group, closures: Sequence[int]) -> int:
    closure = 0
    if group.is_compulsory:
        for option in group.options:
            closure |= closures[option]
    return closure


def _implied_by_the_others(groups: Sequence[Group], closures: Sequence[int]) -> list[int]:
    """Return the indices of implied groups; a later one goes before an earlier one."""
    implications = [_implies(group, closures) for group in groups]
    before = list(accumulate(implications, or_, initial=0))
    after = 0
    found = []
    for index in reversed(range(len(groups))):
        if _is_satisfied(groups[index], before[index] | after):
            found.append(index)
        else:
            after |= implications[index]
    return found[::-1]


def _is_satisfied(group: Group, held: int) -> bool:
    return 0 < group.need <= sum(held >> option & 1 for option in group.options)
