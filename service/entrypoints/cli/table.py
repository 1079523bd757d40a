"""Tables of text that stay within a width."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from service.entrypoints.pictures.lettering import columns, plain, wrapped

GAP: Final = "  "
NARROWEST: Final = 12
"""A flexible column is never made narrower than this."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        is_number: Whether it stands to the right.
        is_flexible: Whether its texts are wrapped when the table would be too wide.
    """

    title: str
    is_number: bool = False
    is_flexible: bool = False


def table(heads: Sequence[Column], rows: Iterable[Sequence[str]], width: int) -> list[str]:
    """Return a table as lines of at most `width` columns, if its numbers leave room for that.

    Args:
        heads: C columns.
        rows: C texts a row.
        width: What is too wide is taken from the flexible columns, the widest first.

    Returns:
        The titles, unless all are empty, then the rows, each as one or more lines.
    """
    cells = [[plain(text) for text in row] for row in rows]
    titles = [head.title for head in heads]
    if any(titles):
        cells.insert(0, titles)
    widths = _fitted(
        heads, [max(map(columns, column)) for column in zip(*cells, strict=True)], width
    )
    return [line for row in cells for line in _lines(heads, row, widths)]


def _fitted(heads: Sequence[Column], natural: Sequence[int], width: int) -> list[int]:
    """Return a width for each column, the flexible ones as even as it takes."""
    fixed = len(GAP) * (len(heads) - 1) + sum(
        wanted for head, wanted in zip(heads, natural, strict=True) if not head.is_flexible
    )
    left = width - fixed
    flexible = sorted(
        wanted for head, wanted in zip(heads, natural, strict=True) if head.is_flexible
    )
    limit = left
    for served, wanted in enumerate(flexible):
        limit = max(left // (len(flexible) - served), NARROWEST)
        if wanted > limit:
            break
        left -= wanted
    return [
        min(wanted, limit) if head.is_flexible else wanted
        for head, wanted in zip(heads, natural, strict=True)
    ]


def _lines(heads: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped_cells = [
        wrapped(text, width) if head.is_flexible else [text]
        for head, text, width in zip(heads, row, widths, strict=True)
    ]
    return [
        GAP.join(
            _padded(text, width, to_the_right=head.is_number)
            for head, text, width in zip(heads, line, widths, strict=True)
        ).rstrip()
        for line in zip_longest(*wrapped_cells, fillvalue="")
    ]


def _padded(text: str, width: int, *, to_the_right: bool) -> str:
    space = " " * (width - columns(text))
    return space + text if to_the_right else text + space
