"""The part of a graph that goals can need, compiled once to integers and bitsets."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from service.domain.graph import Group, SkillGraph
from service.domain.planner.bits import mask_of, members


class Choice(NamedTuple):
    """A group as a bitset: satisfied when at least `need` members of `options` are held."""

    need: int
    options: int


class Kernel:
    """N nodes renumbered so that prerequisites have lower numbers (circles aside).

    Attributes:
        graph: Where the nodes come from.
        positions: By number, the node's position in the graph.
        number: By position in the graph, its number here.
        cost: By number, likely effort in hundredths of an hour.
        compulsory: By number, the prerequisites without freedom of choice.
        choices: By number, the prerequisites with freedom of choice.
        closure: By number, itself and all that it compulsorily rests on, transitively.
        cone: By number, itself and all that it could rest on, transitively.
        weight: By number, effort, then count, then catalogue order, in one integer: of two
            sets the canonical one has the smaller sum, and no two sets have the same sum.
        circular: Whether some alternative opens a circle, so that a set in which every
            group is satisfied may still not be learnable.
    """

    def __init__(self, graph: SkillGraph, relevant: Iterable[int]) -> None:
        self.graph = graph
        parts = graph.learning_order(relevant)
        self.positions = tuple(position for part in parts for position in part)
        self.number = {position: number for number, position in enumerate(self.positions)}
        self.size = len(self.positions)
        self.circular = any(len(part) > 1 for part in parts)
        self.cost = tuple(graph.likely[position] for position in self.positions)
        self.weight = self._weights()
        self.compulsory: list[int] = []
        self.choices: list[tuple[Choice, ...]] = []
        for position in self.positions:
            required, choices = self.goals(graph.groups[position])
            self.compulsory.append(required)
            self.choices.append(choices)
        self.closure = self._reach(self.compulsory)
        self.cone = self._reach(
            [
                required | mask_of_all(choices)
                for required, choices in zip(self.compulsory, self.choices, strict=True)
            ]
        )

    def goals(self, groups: Iterable[Group]) -> tuple[int, tuple[Choice, ...]]:
        """Return groups as what they force and what they leave to choose."""
        required, choices = 0, []
        for group in groups:
            options = mask_of(self.number[position] for position in group.options)
            if group.is_compulsory:
                required |= options
            else:
                choices.append(Choice(group.need, options))
        return required, tuple(dict.fromkeys(choices))

    def weigh(self, mask: int) -> int:
        """Return the summed weight of a set."""
        total, weight = 0, self.weight
        while mask:
            lowest = mask & -mask
            total += weight[lowest.bit_length() - 1]
            mask ^= lowest
        return total

    def effort(self, mask: int) -> int:
        """Return the summed likely effort of a set, in hundredths of an hour."""
        total, cost = 0, self.cost
        while mask:
            lowest = mask & -mask
            total += cost[lowest.bit_length() - 1]
            mask ^= lowest
        return total

    def _weights(self) -> tuple[int, ...]:
        """Return weights whose sums order sets by effort, count, then catalogue positions.

        With n nodes, a set of c nodes sums to ``effort << s | c * 2**n - sum(2**(n-1-rank))``:
        the subtrahend stays below 2**n, and among sets of one size it is largest for the
        set that holds the earliest position in which they differ.
        """
        size = self.size
        shift = size + size.bit_length() + 1
        rank = {position: rank for rank, position in enumerate(sorted(self.positions))}
        return tuple(
            (cost << shift) + (1 << size) - (1 << (size - 1 - rank[position]))
            for cost, position in zip(self.cost, self.positions, strict=True)
        )

    def _reach(self, direct: Sequence[int]) -> list[int]:
        """Return the transitive closure of a relation, each number in its own set."""
        reach = [1 << number for number in range(self.size)]
        changed = True
        while changed:  # prerequisites come first: once, and a few times more around circles
            changed = False
            for number, below in enumerate(direct):
                grown = reach[number]
                for nearer in members(below):
                    grown |= reach[nearer]
                if grown != reach[number]:
                    reach[number] = grown
                    changed = self.circular
        return reach


def mask_of_all(choices: Iterable[Choice]) -> int:
    """Return every option of some choices."""
    mask = 0
    for choice in choices:
        mask |= choice.options
    return mask


def relevant_to(graph: SkillGraph, groups: Iterable[Group]) -> set[int]:
    """Return the positions that a path to some groups could need: O(nodes and edges reached)."""
    reached = {option for group in groups for option in group.options}
    frontier = list(reached)
    while frontier:
        for group in graph.groups[frontier.pop()]:
            fresh = set(group.options) - reached
            reached |= fresh
            frontier.extend(fresh)
    return reached
