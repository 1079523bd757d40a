"""Which column each part of a layered drawing stands in, and in which order.

The steps are those of Sugiyama, Tagawa and Toda: turn circles round, put every part right of all
that it rests on, let long lines pass through the columns between as parts of their own, and sort
each column by the mean place of its neighbours until fewer lines cross no more [1].

References:
    [1] K. Sugiyama, S. Tagawa and M. Toda, Methods for Visual Understanding of Hierarchical
        System Structures, IEEE Transactions on Systems, Man, and Cybernetics 11(2), 1981.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from itertools import count, pairwise
from typing import Final, NamedTuple, TypeAlias

Edge: TypeAlias = tuple[str, str]
"""What is below, what is above."""

SWEEPS: Final = 12


class Thread(NamedTuple):
    """One edge on its way through the columns, from left to right.

    Attributes:
        parts: Its ends, and between them one part a column that it only passes; threads that
            start at the same part share these, like the twigs of a branch.
        is_reversed: Whether it leads from right to left.
    """

    parts: tuple[str, ...]
    is_reversed: bool


class Columns(NamedTuple):
    """A drawing in columns.

    Attributes:
        columns: From left to right, the parts of each from top to bottom.
        threads: By edge.
    """

    columns: tuple[tuple[str, ...], ...]
    threads: Mapping[Edge, Thread]

    def segments(self) -> list[Edge]:
        """Return every piece of a thread between two neighbouring columns, shared ones once."""
        return _segments(self.threads.values())


def in_columns(parts: Sequence[str], edges: Sequence[Edge]) -> Columns:
    """Return where the parts of a drawing stand.

    Args:
        parts: N parts; where nothing else decides they keep this order.
        edges: E distinct pairs of two parts, which may run in circles.

    Returns:
        The columns; the same arguments always give the same.
    """
    turned = _closing_circles(parts, edges)
    forward = {edge: edge[::-1] if edge in turned else edge for edge in edges}
    column_of = _columns(parts, list(forward.values()))
    threads = {edge: Thread(_threaded(forward[edge], column_of), edge in turned) for edge in edges}
    return Columns(_sorted_columns(column_of, list(threads.values())), threads)


def in_given_columns(column_of: Mapping[str, int], edges: Sequence[Edge]) -> Columns:
    """Return where the parts of a drawing stand whose columns are known already.

    Args:
        column_of: By part its column, from 0; where nothing else decides, the parts of a column
            keep this order.
        edges: Distinct pairs of two parts, each from a column to one further right.
    """
    threads = {edge: Thread(_threaded(edge, column_of), is_reversed=False) for edge in edges}
    return Columns(_sorted_columns(column_of, list(threads.values())), threads)


def _closing_circles(parts: Iterable[str], edges: Iterable[Edge]) -> set[Edge]:
    """Return the edges that close a circle, met depth first."""
    above = _neighbours(edges)
    done: set[str] = set()
    on_the_way: set[str] = set()
    closing: set[Edge] = set()
    for start in parts:
        stack = [(start, iter(above.get(start, ())))] if start not in done else []
        on_the_way.update(part for part, _ in stack)
        while stack:
            part, rest = stack[-1]
            after = next(rest, None)
            if after is None:
                done.add(part)
                on_the_way.discard(part)
                stack.pop()
            elif after in on_the_way:
                closing.add((part, after))
            elif after not in done:
                on_the_way.add(after)
                stack.append((after, iter(above.get(after, ()))))
    return closing


def _columns(parts: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """Return for each part a column right of all that is below it, lines kept short."""
    below = _neighbours((above, lower) for lower, above in edges)
    above = _neighbours(edges)
    order = _from_below(parts, below, above)
    column: dict[str, int] = {}
    for part in order:
        column[part] = max((column[lower] + 1 for lower in below.get(part, ())), default=0)
    for part in reversed(order):
        if len(above.get(part, ())) > len(below.get(part, ())):
            column[part] = min(column[upper] for upper in above[part]) - 1
    return {part: column[part] for part in parts}


def _from_below(
    parts: Sequence[str], below: Mapping[str, list[str]], above: Mapping[str, list[str]]
) -> list[str]:
    """Return all parts, each after all that is below it."""
    missing = {part: len(below.get(part, ())) for part in parts}
    order = [part for part in parts if not missing[part]]
    for part in order:
        for upper in above.get(part, ()):
            missing[upper] -= 1
            if not missing[upper]:
                order.append(upper)
    return order


def _threaded(edge: Edge, column_of: Mapping[str, int]) -> tuple[str, ...]:
    start, end = edge
    between = range(column_of[start] + 1, column_of[end])
    return (start, *(f"{start} passing {column}" for column in between), end)


def _segments(threads: Iterable[Thread]) -> list[Edge]:
    return list(dict.fromkeys(pair for thread in threads for pair in pairwise(thread.parts)))


def _sorted_columns(
    column_of: Mapping[str, int], threads: Sequence[Thread]
) -> tuple[tuple[str, ...], ...]:
    column_of = dict(column_of)
    for thread in threads:
        first = column_of[thread.parts[0]]
        column_of.update(zip(thread.parts, count(first), strict=False))
    columns: list[list[str]] = [[] for _ in range(max(column_of.values(), default=-1) + 1)]
    for part, column in column_of.items():
        columns[column].append(part)
    return _with_few_crossings(columns, _segments(threads))


def _with_few_crossings(
    columns: list[list[str]], segments: Sequence[Edge]
) -> tuple[tuple[str, ...], ...]:
    """Return the columns sorted by the mean place of their neighbours, the best of all sweeps."""
    above = _neighbours(segments)
    below = _neighbours((upper, lower) for lower, upper in segments)
    best = tuple(map(tuple, columns))
    fewest = _crossings(best, above)
    for sweep in range(SWEEPS):
        pairs = list(pairwise(columns))
        if sweep % 2:
            for column, after in reversed(pairs):
                _sort_by(column, above, after)
        else:
            for before, column in pairs:
                _sort_by(column, below, before)
        found = tuple(map(tuple, columns))
        crossings = _crossings(found, above)
        if crossings < fewest:
            best, fewest = found, crossings
    return best


def _sort_by(
    column: list[str], neighbours: Mapping[str, list[str]], beside: Sequence[str]
) -> None:
    """Sort a column by the mean place of neighbours; who has none keeps the own place."""
    place = {part: (index + 0.5) / len(beside) for index, part in enumerate(beside)}
    own = {part: (index + 0.5) / len(column) for index, part in enumerate(column)}

    def mean(part: str) -> float:
        places = [place[other] for other in neighbours.get(part, ()) if other in place]
        return sum(places) / len(places) if places else own[part]

    column.sort(key=mean)


def _crossings(columns: Sequence[Sequence[str]], above: Mapping[str, list[str]]) -> int:
    """Return how many lines cross between neighbouring columns."""
    crossings = 0
    for column, after in pairwise(columns):
        place = {part: index for index, part in enumerate(after)}
        ends: list[int] = []
        for part in column:
            reached = [place[upper] for upper in above.get(part, ())]
            crossings += sum(len(ends) - bisect_right(ends, end) for end in reached)
            for end in reached:
                insort(ends, end)
    return crossings


def _neighbours(edges: Iterable[Edge]) -> dict[str, list[str]]:
    neighbours: dict[str, list[str]] = {}
    for part, other in edges:
        neighbours.setdefault(part, []).append(other)
    return neighbours
