"""Landmarks: sets of which every path holds a member, priced so that they bound the effort.

The cuts follow the idea of LM-cut: value every node by the dearest of its prerequisites,
cut the dearest goal off along what costs nothing more, charge the cut its cheapest member,
and repeat on what is left of the costs. A group of k of n options is cut through the
n - k + 1 dearest: whoever takes k of n takes one of them.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from service.domain.planner.bits import mask_of, members
from service.domain.planner.kernel import Choice, Kernel
from service.domain.planner.work import Work


class Landmark(NamedTuple):
    """Every path holds one of `nodes`.

    Attributes:
        price: What it adds to the bound; no node is charged more than it costs in all.
        nodes: A set of the kernel's numbers.
    """

    price: int
    nodes: int


class Field(NamedTuple):
    """Where landmarks are looked for.

    Attributes:
        had: What costs nothing more.
        free: What may be taken; everything else is out of bounds.
    """

    had: int
    free: int


class _Ground(NamedTuple):
    """A group in the form the cuts need: `need` of `options`, none of them had."""

    need: int
    options: tuple[int, ...]


def priced_landmarks(
    kernel: Kernel,
    costs: Sequence[int],
    choices: Sequence[Choice],
    field: Field,
    work: Work,
) -> list[Landmark]:
    """Return landmarks of some open choices, dearest goals first.

    Args:
        kernel: Where the nodes are.
        costs: By number, what a node costs, >= 0.
        choices: What must be satisfied, on nodes that are not had.
        field: What is had, and what may be taken.
        work: Charged one step a node and pass.

    Returns:
        Landmarks whose prices add up to a lower bound of any grounded set for `choices`.

    Raises:
        WorkSpentError: The budget ended first.
    """
    grounds = _grounds(kernel, field)
    goals = [_ground(choice, field) for choice in choices]
    left = {number: costs[number] for number in grounds}
    unreachable = sum(left.values()) + 1
    found: list[Landmark] = []
    while True:
        work.spend(len(grounds))
        values = _values(grounds, left, unreachable, circular=kernel.circular)
        value, goal = max(
            ((_value(goal, values, unreachable), goal) for goal in goals), key=_by_value
        )
        if not 0 < value < unreachable:
            return found
        cut = _cut(goal, grounds, left, values, unreachable)
        price = min(left[number] for number in cut)
        for number in cut:
            left[number] -= price
        found.append(Landmark(price, mask_of(cut)))


def _grounds(kernel: Kernel, field: Field) -> dict[int, list[_Ground]]:
    """Return by node that may be taken, ascending, the groups that are still to satisfy."""
    grounds = {}
    for number in members(field.free):
        groups = [
            _ground(Choice(1, 1 << below), field)
            for below in members(kernel.compulsory[number] & ~field.had)
        ]
        groups += [
            _ground(choice, field)
            for choice in kernel.choices[number]
            if (choice.options & field.had).bit_count() < choice.need
        ]
        grounds[number] = groups
    return grounds


def _ground(choice: Choice, field: Field) -> _Ground:
    need = choice.need - (choice.options & field.had).bit_count()
    return _Ground(need, tuple(members(choice.options & field.free)))


def _values(
    grounds: Mapping[int, Sequence[_Ground]],
    left: Mapping[int, int],
    unreachable: int,
    *,
    circular: bool,
) -> dict[int, int]:
    """Return by node its cost plus the value of its dearest group: the max heuristic."""
    values = dict.fromkeys(grounds, unreachable)
    changed = True
    while changed:
        changed = False
        for number, groups in grounds.items():
            value = left[number]
            if groups:
                value += max(_value(group, values, unreachable) for group in groups)
            if value < values[number]:
                values[number] = value
                changed = circular
    return values


def _value(group: _Ground, values: Mapping[int, int], unreachable: int) -> int:
    """Return the value of the last option that it takes, taking the cheapest first."""
    if len(group.options) < group.need:
        return unreachable
    if len(group.options) == 1:
        return values[group.options[0]]
    return sorted([values[option] for option in group.options])[group.need - 1]


def _by_value(valued: tuple[int, _Ground]) -> int:
    return valued[0]


def _cut(
    goal: _Ground,
    grounds: Mapping[int, Sequence[_Ground]],
    left: Mapping[int, int],
    values: Mapping[int, int],
    unreachable: int,
) -> list[int]:
    """Return the nodes that cost something at the border of what leads to a goal for free."""
    cut, seen, frontier = [], set(), [goal]
    while frontier:
        group = frontier.pop()
        for number in sorted(group.options, key=values.__getitem__)[group.need - 1 :]:
            if number in seen or values[number] >= unreachable:
                continue
            seen.add(number)
            if left[number]:
                cut.append(number)
            else:
                dearest = max(grounds[number], key=lambda g: _value(g, values, unreachable))
                frontier.append(dearest)
    return cut
