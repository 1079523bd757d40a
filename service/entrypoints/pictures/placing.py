"""Where the parts of a drawing in columns stand on the sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from service.entrypoints.pictures.layers import Columns

BETWEEN_COLUMNS: Final = 72
BETWEEN_PARTS: Final = 12
BETWEEN_LINES: Final = 5
ROUNDS: Final = 10


class Size(NamedTuple):
    """Width and height of a part, pixels."""

    width: int
    height: int


PASSING: Final = Size(0, 2)
"""The size of a line that only passes a column."""


class Place(NamedTuple):
    """The left edge of a part, and the middle of its height, pixels from the top left."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing with every part in its place.

    Attributes:
        places: By part; lines that pass a column included, as wide as the column.
        widths: By part.
    """

    places: Mapping[str, Place]
    widths: Mapping[str, int]
    width: int
    height: int


def placed(columns: Columns, sizes: Mapping[str, Size]) -> Sheet:
    """Return the places of all parts: columns side by side, neighbours level where possible.

    Args:
        columns: The drawing.
        sizes: By part; those missing are lines that only pass.
    """
    middles = _middles(columns, sizes)
    places: dict[str, Place] = {}
    widths: dict[str, int] = {}
    left = 0
    for column in columns.columns:
        widest = max(sizes.get(part, PASSING).width for part in column)
        for part in column:
            widths[part] = sizes[part].width if part in sizes else widest
            places[part] = Place(left + (widest - widths[part]) / 2, middles[part])
        left += widest + BETWEEN_COLUMNS
    bottom = max((middle + _half(part, sizes) for part, middle in middles.items()), default=0)
    return Sheet(places, widths, max(left - BETWEEN_COLUMNS, 0), round(bottom))


def _middles(columns: Columns, sizes: Mapping[str, Size]) -> dict[str, float]:
    """Return the middle of each part's height, drawn towards its neighbours' round by round."""
    neighbours: dict[str, list[str]] = {}
    for lower, upper in columns.segments():
        neighbours.setdefault(lower, []).append(upper)
        neighbours.setdefault(upper, []).append(lower)
    offsets = [_offsets(column, sizes) for column in columns.columns]
    middles = {
        part: offset
        for column, down in zip(columns.columns, offsets, strict=True)
        for part, offset in zip(column, down, strict=True)
    }
    for turn in range(ROUNDS):
        pairs = list(zip(columns.columns, offsets, strict=True))
        for column, down in reversed(pairs) if turn % 2 else pairs:
            wanted = [_mean(middles, part, neighbours.get(part, ())) for part in column]
            middles.update(zip(column, _kept_apart(wanted, down), strict=True))
    top = min((middle - _half(part, sizes) for part, middle in middles.items()), default=0)
    return {part: middle - top for part, middle in middles.items()}


def _offsets(column: Sequence[str], sizes: Mapping[str, Size]) -> list[float]:
    """Return how far below the first part's middle each part's middle has to be at least."""
    offsets = [0.0]
    for upper, lower in pairwise(sizes.get(part, PASSING) for part in column):
        gap = BETWEEN_LINES if PASSING in (upper, lower) else BETWEEN_PARTS
        offsets.append(offsets[-1] + (upper.height + lower.height) / 2 + gap)
    return offsets


def _half(part: str, sizes: Mapping[str, Size]) -> float:
    return sizes.get(part, PASSING).height / 2


def _mean(middles: Mapping[str, float], part: str, neighbours: Sequence[str]) -> float:
    if not neighbours:
        return middles[part]
    return sum(middles[other] for other in neighbours) / len(neighbours)


def _kept_apart(wanted: Sequence[float], offsets: Sequence[float]) -> list[float]:
    """Return the middles closest to the wanted ones that keep the order and the distances.

    Less the offsets this is a regression that must not fall: neighbours that would are pooled
    at their mean [1].

    References:
        [1] M. Ayer, H. D. Brunk, G. M. Ewing, W. T. Reid and E. Silverman, An Empirical
            Distribution Function for Sampling with Incomplete Information, Annals of
            Mathematical Statistics 26(4), 1955.
    """
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        total, count = want - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            pooled, members = pools.pop()
            total, count = total + pooled, count + members
        pools.append((total, count))
    level = [total / count for total, count in pools for _ in range(count)]
    return [height + offset for height, offset in zip(level, offsets, strict=True)]
