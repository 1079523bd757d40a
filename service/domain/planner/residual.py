"""What is left of a problem once what is forced is given: parts that share nothing.

Only where no alternative opens a circle may a forced node be taken as given before what it
rests on: there closed sets are exactly the learnable ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from service.domain.graph import Group
from service.domain.planner.bits import members
from service.domain.planner.kernel import Choice, Kernel


@dataclass(frozen=True, slots=True)
class Part:
    """A problem that shares nothing with the others.

    Attributes:
        groups: What is to be met.
        reach: Every node that could matter, none of them had.
    """

    groups: tuple[Group, ...]
    reach: int


def reach_of(kernel: Kernel, options: int) -> int:
    """Return some nodes and all that they could rest on."""
    reached = 0
    for number in members(options):
        reached |= kernel.cone[number]
    return reached


def parts_of(kernel: Kernel, choices: Iterable[Choice], have: int) -> list[Part]:
    """Return choices in parts: two belong together when they could share a node.

    Args:
        kernel: Where the nodes are.
        choices: What is open, on nodes that are not had.
        have: What is held or forced.
    """
    parts: list[tuple[list[Choice], int]] = []
    for choice in choices:
        together, reach = [choice], reach_of(kernel, choice.options) & ~have
        for part in [part for part in parts if part[1] & reach]:
            parts.remove(part)
            together = part[0] + together
            reach |= part[1]
        parts.append((together, reach))
    return [Part(_groups(kernel, together), reach) for together, reach in parts]


def _groups(kernel: Kernel, choices: Iterable[Choice]) -> tuple[Group, ...]:
    return tuple(
        Group(choice.need, tuple(kernel.positions[number] for number in members(choice.options)))
        for choice in choices
    )
