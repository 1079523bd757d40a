"""Good ways on a graph that is too large to be compiled for a request.

Every node is valued by the summed values of what it would rest on, cheapest options first,
as in Knuth's generalisation of Dijkstra's algorithm; shared prerequisites are counted twice.
The values are those of somebody who holds nothing, so they are worked out once. From some
goals down, the options that were settled first make a set that can always be learned.
"""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from service.domain.graph import Group, SkillGraph


class RoughWays:
    """The order in which the nodes of a graph are settled, cheapest first.

    Args:
        graph: N nodes with E options in all; takes O((N + E) log N).
    """

    def __init__(self, graph: SkillGraph) -> None:
        self._graph = graph
        self._rank: dict[int, int] = {}
        value = list(graph.likely)
        unmet = [len(groups) for groups in graph.groups]
        lacking = [[group.need for group in groups] for groups in graph.groups]
        queue = [(value[position], position) for position, open_ in enumerate(unmet) if not open_]
        heapify(queue)
        while queue:
            worth, position = heappop(queue)
            self._rank[position] = len(self._rank)
            for above in graph.dependents[position]:
                for at, group in enumerate(graph.groups[above]):
                    if lacking[above][at] and position in group.options:
                        value[above] += worth
                        lacking[above][at] -= 1
                        unmet[above] -= not lacking[above][at]
                        if not unmet[above]:
                            heappush(queue, (value[above], above))

    def nodes_to(self, groups: Iterable[Group], held: frozenset[int]) -> frozenset[int]:
        """Return nodes by which some goals can be met, with what is held of what they mention."""
        found: set[int] = set()
        pending = list(groups)
        while pending:
            group = pending.pop()
            had = held.intersection(group.options)
            taken = sorted(set(group.options) - had, key=self._rank.__getitem__)
            taken = taken[: max(0, group.need - len(had))]
            for option in set(taken) - found:
                pending += self._graph.groups[option]
            found |= had
            found.update(taken)
        return frozenset(found)
