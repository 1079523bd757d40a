"""The part of a graph that goals can need, compiled once to integers and bitsets."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache, partial
from typing import Final, NamedTuple

from service.domain.graph import Group, SkillGraph
from service.domain.planner.bits import LONGEST, kept_members, mask_of, members

EFFORTS_KEPT: Final = 1024
"""Sets whose effort a small kernel remembers, two hundred bytes each; most come again."""


class Choice(NamedTuple):
    """A group as a bitset: satisfied when at least `need` members of `options` are held."""

    need: int
    options: int


class Ground(NamedTuple):
    """A group as numbers: satisfied when at least `need` of `options` are held."""

    need: int
    options: tuple[int, ...]


class Problem(NamedTuple):
    """What is to be met, and with what.

    Attributes:
        goals: The choices to satisfy; none is satisfied yet.
        footprint: Every unheld node that could matter: all that the goals and the nodes in it
            mention besides is held.
    """

    goals: tuple[Choice, ...]
    footprint: int


class Rules:
    """What each of N nodes rests on; prerequisites have lower numbers (circles aside).

    Args:
        cost: By number, likely effort in hundredths of an hour.
        compulsory: By number, the prerequisites without freedom of choice.
        choices: By number, the prerequisites with freedom of choice.
        tangled: The nodes on a circle that some alternative opens: a set in which every
            group is satisfied may still not be learnable there.

    Attributes:
        size: N.
        everything: All nodes.
        cost, compulsory, choices, tangled: The same as the arguments.
        effort: Gives the summed likely effort of a set, in hundredths of an hour.
        itself: By number, the ground that it alone satisfies.
        singles: By number, the members of `compulsory`.
        grounds: By number, `choices` with their options as numbers.
        breadth: By number, the steps that one look at its groups takes.
        above: By number, the nodes that list it in one of their groups.
        closure: By number, itself and all that it compulsorily rests on, transitively.
        choosing: The nodes that have a prerequisite with freedom of choice.
    """

    def __init__(
        self,
        cost: Sequence[int],
        compulsory: Sequence[int],
        choices: Sequence[tuple[Choice, ...]],
        tangled: int,
    ) -> None:
        self.cost = cost
        self.size = len(compulsory)
        summed = partial(_summed, cost)
        self.effort: Callable[[int], int] = (
            lru_cache(maxsize=EFFORTS_KEPT)(summed) if self.size <= LONGEST else summed
        )
        self.everything = (1 << self.size) - 1
        self.compulsory = compulsory
        self.choices = choices
        self.tangled = tangled
        self.choosing = mask_of(number for number, ways in enumerate(choices) if ways)
        self.itself = [Ground(1, (number,)) for number in range(self.size)]
        self.singles = [tuple(members(required)) for required in compulsory]
        self.grounds = [tuple(map(ground_of, ways)) for ways in choices]
        self.breadth = [1 + mask_of_all(ways).bit_count() // 8 for ways in choices]
        self.above = self._dependents()
        self.closure = self._reach(compulsory)

    def needs(self, numbers: int, within: int) -> int:
        """Return some nodes and all that they compulsorily need in turn, of those in a set.

        Args:
            numbers: Are part of the answer, in the set or not.
            within: What may be needed: nothing that is held.
        """
        found, pending, compulsory = 0, numbers, self.compulsory
        while pending:
            number = pending.bit_length() - 1
            found |= 1 << number
            pending = (pending | compulsory[number] & within) & ~found
        return found

    def _dependents(self) -> list[int]:
        users: dict[int, int] = {}  # of the same nodes: prizes ask for the same ones often
        for number, choices in enumerate(self.choices):
            below = self.compulsory[number] | mask_of_all(choices)
            users[below] = users.get(below, 0) | 1 << number
        above = [0] * self.size
        for below, all_users in users.items():
            for number in members(below):
                above[number] |= all_users
        return above

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
                    changed = bool(self.tangled)
        return reach


class Kernel(Rules):
    """The nodes of a graph that goals can need, renumbered.

    Args:
        graph: Where the nodes come from.
        relevant: The positions of those that are needed.
        is_whole: Whether these are all that any path could hold. Otherwise every path among
            them is one, but a better one may be missing, and nothing is proven.

    Attributes:
        graph, is_whole: The same.
        positions: By number, the node's position in the graph.
        number: By position in the graph, its number here.
        cone: By number, itself and all that it could rest on, transitively.
        lower: By number, itself and the lower levels of its skill.
        higher: By number, itself and the higher levels of its skill.
    """

    def __init__(
        self, graph: SkillGraph, relevant: Iterable[int], *, is_whole: bool = True
    ) -> None:
        self.graph = graph
        self.is_whole = is_whole
        parts = graph.learning_order(relevant)
        self.positions = tuple(position for part in parts for position in part)
        self.number = {position: number for number, position in enumerate(self.positions)}
        cost = tuple(graph.likely[position] for position in self.positions)
        goals = [self.goals(graph.groups[position]) for position in self.positions]
        tangled = mask_of(
            self.number[position] for part in parts if len(part) > 1 for position in part
        )
        super().__init__(
            cost, [required for required, _ in goals], [choices for _, choices in goals], tangled
        )
        self.cone = self._reach(
            [
                required | mask_of_all(choices)
                for required, choices in zip(self.compulsory, self.choices, strict=True)
            ]
        )
        self.lower, self.higher = self._levels()

    @cached_property
    def ways(self) -> list[int]:
        """By number, a set by which it can be learned from nothing, made of cheap options.

        Around circles, everything: no more is claimed than that it can be learned.
        """
        ways = [self.everything] * self.size
        for number, choices in enumerate(self.choices):
            way = 1 << number
            for below in self.singles[number]:
                way |= ways[below]
            for choice in choices:
                options = sorted(map(ways.__getitem__, members(choice.options)), key=self.effort)
                for option in options[: choice.need]:
                    way |= option
            ways[number] = way
        return ways

    def goals(self, groups: Iterable[Group]) -> tuple[int, tuple[Choice, ...]]:
        """Return groups as what they force and what they leave to choose."""
        required, choices = 0, []
        for group in groups:
            options = mask_of(
                self.number[position] for position in group.options if position in self.number
            )
            if group.is_compulsory:
                required |= options
            else:
                choices.append(Choice(group.need, options))
        return required, tuple(dict.fromkeys(choices))

    def problem(self, held: int, required: int, choices: Iterable[Choice]) -> Problem:
        """Return what is left of some goals for a learner who holds some nodes."""
        goals = [Choice(1, 1 << number) for number in members(required & ~held)]
        goals += [
            choice for choice in choices if (choice.options & held).bit_count() < choice.need
        ]
        return Problem(tuple(sorted(set(goals))), self.footprint(goals) & ~held)

    def footprint(self, choices: Iterable[Choice]) -> int:
        """Return the options of some choices, and all that they could rest on."""
        cone, reached = self.cone, 0
        for choice in choices:
            for number in kept_members(choice.options):
                reached |= cone[number]
        return reached

    def weights(self, numbers: int) -> list[int]:
        """Return weights whose sums order sets by effort, count, then catalogue positions.

        With n nodes, a set of c nodes sums to ``effort << s | c * 2**n - sum(2**(n-1-rank))``:
        the subtrahend stays below 2**n, and among sets of one size it is largest for the set
        that holds the earliest position in which they differ.

        Returns:
            By number; 0 for all but `numbers`.
        """
        ranked = sorted(members(numbers), key=self.positions.__getitem__)
        size = len(ranked)
        shift = effort_shift(size)
        weight = [0] * self.size
        for rank, number in enumerate(ranked):
            weight[number] = (self.cost[number] << shift) + (1 << size) - (1 << (size - 1 - rank))
        return weight

    def key(self, mask: int) -> tuple[int, int, tuple[int, ...]]:
        """Return what sets are ordered by: effort, then count, then catalogue positions."""
        positions = sorted(map(self.positions.__getitem__, members(mask)))
        return self.effort(mask), len(positions), tuple(positions)

    def is_closed(self, held: int) -> bool:
        """Return whether all that some nodes compulsorily rest on is among them."""
        unseen = held
        while unseen:
            closure = self.closure[unseen.bit_length() - 1]
            if closure & ~held:
                return False
            unseen &= ~closure
        return True

    def _levels(self) -> tuple[list[int], list[int]]:
        lower = [1 << number for number in range(self.size)]
        higher = lower.copy()
        ascending = [
            position
            for position in sorted(self.number)
            if self.graph.nodes[position].level > 1 and position - 1 in self.number
        ]
        for position in ascending:
            lower[self.number[position]] |= lower[self.number[position - 1]]
        for position in reversed(ascending):
            higher[self.number[position - 1]] |= higher[self.number[position]]
        return lower, higher


def _summed(cost: Sequence[int], mask: int) -> int:
    return sum(map(cost.__getitem__, members(mask)))


def effort_shift(size: int) -> int:
    """Return by how many bits `Kernel.weights` of so many nodes hold the effort higher."""
    return size + size.bit_length() + 1


def ground_of(choice: Choice) -> Ground:
    """Return a choice with its options as numbers."""
    return Ground(choice.need, kept_members(choice.options))


def mask_of_all(choices: Iterable[Choice]) -> int:
    """Return every option of some choices."""
    mask = 0
    for choice in choices:
        mask |= choice.options
    return mask
