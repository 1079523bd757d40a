"""A good set without a promise, for the rare problem that outlasts the work budget.

Every node is valued by the summed values of what it would rest on, cheapest alternatives
first, as in Knuth's generalisation of Dijkstra's algorithm; following those choices from
the goals gives a set that can always be learned. Shared prerequisites are counted twice
on the way, so the set may be dearer than need be: what it can do without is dropped again.
"""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import Final

from service.domain.planner.bits import mask_of, members
from service.domain.planner.grounding import (
    are_satisfied,
    is_learnable,
    learnable,
    learnable_without,
    support,
)
from service.domain.planner.kernel import Choice, Kernel

SMALL_ENOUGH_TO_PRUNE: Final = 300
"""Sets of more nodes are left as they are: pruning costs their square."""


def approximate_set(
    kernel: Kernel, held: int, required: int, choices: Sequence[Choice], excluded: int
) -> int | None:
    """Return a learnable set that meets the goals, or None when `excluded` forbids all."""
    settled = _settled_in_order(kernel, held, excluded)
    chosen = _supporting(kernel, held, required, choices, settled)
    if chosen is None or not _are_met(required, choices, held | learnable(kernel, held, chosen)):
        return None
    if chosen.bit_count() > SMALL_ENOUGH_TO_PRUNE:
        return chosen
    is_circular = bool(kernel.tangled)
    for number in sorted(members(chosen), key=kernel.cost.__getitem__, reverse=True):
        if chosen >> number & 1:
            rest = learnable_without(kernel, held, chosen, number, is_circular=is_circular)
            if _are_met(required, choices, held | rest):
                chosen = rest
    return chosen


def _are_met(required: int, choices: Sequence[Choice], have: int) -> bool:
    return not required & ~have and are_satisfied(choices, have)


def _settled_in_order(kernel: Kernel, held: int, excluded: int) -> dict[int, int]:
    """Return by learnable node its rank in the order of rising additive values."""
    settling = _Settling(kernel, held, excluded)
    settling.offer(range(kernel.size))
    while settling.queue:
        settling.settle_next()
    return settling.rank


class _Settling:
    """Nodes being settled in the order of their values, each once what it rests on is."""

    def __init__(self, kernel: Kernel, held: int, excluded: int) -> None:
        self._kernel = kernel
        self._held = held
        self._out = held | excluded
        self._have = held
        self._value: dict[int, int] = {}
        self.rank: dict[int, int] = {}
        self.queue: list[tuple[int, int]] = []

    def offer(self, numbers: Iterable[int]) -> None:
        """Queue those nodes that can be learned from what is settled."""
        for number in numbers:
            known = number in self._value or self._out >> number & 1
            if known or not is_learnable(self._kernel, number, self._have):
                continue
            settled = self._have & ~self._held
            below = members(_supports(self._kernel, number, self._held, settled, self.rank))
            value = self._kernel.cost[number] + sum(self._value[nearer] for nearer in below)
            self._value[number] = value
            heappush(self.queue, (value, number))

    def settle_next(self) -> None:
        """Settle the cheapest queued node and offer what rests on it."""
        _, number = heappop(self.queue)
        self.rank[number] = len(self.rank)
        self._have |= 1 << number
        self.offer(members(self._kernel.above[number]))


def _supports(kernel: Kernel, number: int, held: int, settled: int, rank: dict[int, int]) -> int:
    """Return the unheld nodes that a node rests on: of each choice, those settled first."""
    below = kernel.compulsory[number] & ~held
    for choice in kernel.choices[number]:
        below |= support(choice, held, settled, rank)
    return below


def _supporting(
    kernel: Kernel, held: int, required: int, choices: Sequence[Choice], rank: dict[int, int]
) -> int | None:
    """Return all that the goals rest on, following the first support of each node."""
    chosen, settled = 0, mask_of(rank)
    pending = required & ~held
    for choice in choices:
        pending |= support(choice, held, settled, rank)
    while pending:
        number = pending.bit_length() - 1
        if number not in rank:
            return None
        chosen |= 1 << number
        pending = (pending | _supports(kernel, number, held, settled, rank)) & ~chosen
    return chosen
