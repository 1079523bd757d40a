"""The order of learning: prerequisites first, then what raises readiness soonest.

To have readiness early is to minimise the integral over the hours of what it lacks of 1. With
the readiness a node gains as its weight and its effort as its length, that is the scheduling
problem 1|prec|sum w C, the least weighted sum of completion times under precedence. It is
NP-hard in general (Lawler 1978). Sidney (1975) decomposes it: take the set closed under
predecessors with the greatest ratio of weight to length, put it first, and go on with the rest.

The rule here looks only at the closed sets of one node with all it still rests on: of all nodes
left, the one whose block raises readiness most per hour comes next, after the rest of its
block, which is ordered by the same rule. Ties are settled by the catalogue. A priority, where
merits state one, goes before the ratio.

* Where no node is needed by two others, and readiness gained adds up (as it does where each
  requirement has one option), no order is better: there each closed set is a disjoint union of
  such blocks, and no union has a greater ratio than the best of its parts, so the blocks are
  Sidney's. Chains and nodes that rest on nothing are of this kind.
* Elsewhere it is a heuristic: nodes that share a long base each carry the whole base. Of 50
  paths on the shipped graph half are within 0.7 % of a lower bound of the integral, the worst is
  10 % above it, and 5 % above Sidney's exact blocks (``python -m benchmarks.order``).

Sources:
    J. B. Sidney, "Decomposition Algorithms for Single-Machine Sequencing with Precedence
    Relations and Deferral Costs", Operations Research 23, 1975.
    E. L. Lawler, "Sequencing Jobs to Minimize Total Weighted Completion Time Subject to
    Precedence Constraints", Annals of Discrete Mathematics 2, 1978.
"""

from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple, TypeAlias

from service.domain.planner.bits import kept_members, mask_of, members
from service.domain.planner.grounding import is_learnable, support
from service.domain.planner.kernel import Rules


class Grounds(NamedTuple):
    """How the nodes of a set rest on one another.

    Attributes:
        sequence: The nodes in an order in which each can be learned.
        direct: By node, the nodes of the set that it rests on directly.
        closure: By node, itself and all the nodes of the set that it rests on.
    """

    sequence: tuple[int, ...]
    direct: Mapping[int, int]
    closure: Mapping[int, int]


def grounds_of(kernel: Rules, held: int, chosen: int) -> Grounds:
    """Return on what each node of a learnable set rests.

    Of a choice that more options satisfy than it needs, those that come first count, so
    that the relation is free of circles.
    """
    sequence = learnable_sequence(kernel, held, chosen)
    rank = {number: rank for rank, number in enumerate(sequence)}
    direct: dict[int, int] = {}
    closure: dict[int, int] = {}
    for number in sequence:
        below = kernel.compulsory[number] & chosen
        for choice in kernel.choices[number]:
            below |= support(choice, held, chosen, rank)
        direct[number] = below
        reach = 1 << number
        for nearer in kept_members(below):
            reach |= closure[nearer]
        closure[number] = reach
    return Grounds(sequence, direct, closure)


def learnable_sequence(kernel: Rules, held: int, chosen: int) -> tuple[int, ...]:
    """Return the nodes of a learnable set in an order in which each can be learned."""
    if not chosen & kernel.tangled:
        return tuple(members(chosen))
    sequence: list[int] = []
    have, left = held, list(members(chosen))
    while left:
        later = []
        for number in left:
            if is_learnable(kernel, number, have):
                have |= 1 << number
                sequence.append(number)
            else:
                later.append(number)
        left = later
    return tuple(sequence)


class Merit(NamedTuple):
    """Why a node should come early.

    Attributes:
        priority: Smaller first, whatever the rest says.
        worth: Readiness gained, in points.
        effort: Hundredths of an hour.
        place: Position in the catalogue: settles ties.
    """

    priority: tuple[int, ...]
    worth: int
    effort: int
    place: int


def in_learning_order(grounds: Grounds, merits: Mapping[int, Merit]) -> list[int]:
    """Return the nodes in the order of learning; O(n^2) for n nodes, less in practice."""
    return _Ordering(grounds, merits).of(mask_of(grounds.sequence))


def that_fits(kernel: Rules, held: int, order: Iterable[int], budget: int, chosen: int = 0) -> int:
    """Return what of some nodes fits into a budget, taken in an order.

    Args:
        kernel: Where the nodes are.
        held: What is held.
        order: Of the nodes; one whose groups are not satisfied yet is passed over.
        budget: Hundredths of an hour.
        chosen: What is taken already, and fits.
    """
    left = budget - kernel.effort(chosen)
    for number in order:
        is_new = not chosen >> number & 1 and kernel.cost[number] <= left
        if is_new and is_learnable(kernel, number, held | chosen):
            chosen |= 1 << number
            left -= kernel.cost[number]
    return chosen


_Key: TypeAlias = tuple[tuple[int, ...], float, int, int]
"""What a node is ordered by: priority, readiness per hour falling, place in the catalogue.

Last comes the node itself. So many are made that a named tuple shows.
"""


class _Ordering:
    """One order being made.

    Of every node that waits it knows the worth and the effort of its block, which is the node
    and all that it still rests on, and the key that follows.
    """

    def __init__(self, grounds: Grounds, merits: Mapping[int, Merit]) -> None:
        self._closure = grounds.closure
        self._resting = _resting_on(grounds)
        self._merits = merits
        self._worth: dict[int, int] = {}
        self._effort: dict[int, int] = {}
        for number, nodes in grounds.closure.items():
            self._worth[number], self._effort[number] = self._block(nodes)
        self._keys = {number: self._key(number) for number in grounds.sequence}

    def of(self, part: int) -> list[int]:
        """Order a part that is closed but for what has been learned before it."""
        order: list[int] = []
        waiting = [self._keys[number] for number in members(part)]
        heapify(waiting)
        while waiting:
            key = heappop(waiting)
            head = key[-1]
            if not part >> head & 1 or key is not self._keys[head]:
                continue  # learned in a block, or waiting with a newer key
            learned = self._closure[head] & part
            if rest := learned & ~(1 << head):
                order += self.of(rest)
            order.append(head)
            part &= ~learned
            for number in self._update(part, learned):
                heappush(waiting, self._keys[number])
        return order

    def _update(self, part: int, learned: int) -> Sequence[int]:
        """Take what has been learned out of the blocks of what waits; return whose it was."""
        resting = 0
        for number in kept_members(learned):
            resting |= self._resting[number]
        touched = members(resting & part)
        whole = self._block(learned) if touched else (0, 0)
        for number in touched:
            gone = self._closure[number] & learned
            worth, effort = whole if gone == learned else self._block(gone)
            self._worth[number] -= worth
            self._effort[number] -= effort
            self._keys[number] = self._key(number)
        return touched

    def _block(self, nodes: int) -> tuple[int, int]:
        """Return what some nodes add up to, worth and effort."""
        worth = effort = 0
        for number in kept_members(nodes):
            merit = self._merits[number]
            worth += merit.worth
            effort += merit.effort
        return worth, effort

    def _key(self, number: int) -> _Key:
        worth, effort = self._worth[number], self._effort[number]
        priority, _, _, place = self._merits[number]
        # A quotient of integers is rounded alike on every machine.
        ratio = worth / effort if effort else (float("inf") if worth else 0.0)
        return priority, -ratio, place, number


def _resting_on(grounds: Grounds) -> dict[int, int]:
    """Return by node itself and all the nodes of the set that rest on it."""
    resting = {number: 1 << number for number in grounds.sequence}
    for number in reversed(grounds.sequence):  # what rests on a node comes before it
        for below in kept_members(grounds.direct[number]):
            resting[below] |= resting[number]
    return resting


def dependents_of(grounds: Grounds) -> dict[int, Sequence[int]]:
    """Return by node the nodes that rest on it directly, in the grounded sequence."""
    above: dict[int, list[int]] = {number: [] for number in grounds.sequence}
    for number in grounds.sequence:
        for below in kept_members(grounds.direct[number]):
            above[below].append(number)
    return dict(above)
