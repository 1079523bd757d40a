"""Text made fit to be drawn: printable, measured in columns, wrapped."""

import unicodedata
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Final, TypeAlias

from service.domain.skill import HUNDREDTHS

Measure: TypeAlias = Callable[[str], float]

UNPRINTABLE: Final = "\N{REPLACEMENT CHARACTER}"
CUT: Final = "\N{HORIZONTAL ELLIPSIS}"
DIGITS_OF_A_FLOAT: Final = 9
"""Of a percentage, that can be relied on: 0.29 * 100 is 28.999999999999996."""


def plain(text: str) -> str:
    """Return a text on one line, with nothing in it that a terminal or a file would obey."""
    spaced = " ".join(text.split())
    return "".join(sign if sign.isprintable() else UNPRINTABLE for sign in spaced)


def columns(text: str) -> int:
    """Return how many columns of a fixed pitch a text takes."""
    return sum(map(_columns_of, text))


def wrapped(text: str, width: float, measure: Measure = columns) -> list[str]:
    """Return a text in lines of at most `width` columns; longer words are broken.

    Args:
        text: Anything; made plain first.
        width: At least the widest sign there is: 2 columns.
        measure: Returns how wide a text is, where it is not columns that count.

    Returns:
        1 or more lines; one empty line for an empty text.
    """
    lines = [""]
    words = plain(text).split(" ")
    for part in (part for word in words for part in _broken(word, width, measure)):
        longer = f"{lines[-1]} {part}" if lines[-1] else part
        if measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def cut_to(lines: list[str], most: int) -> list[str]:
    """Return at most so many lines, the last one marked where something is missing."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], lines[most - 1][:-1] + CUT]


def hours(hundredths: int) -> str:
    """Return hundredths of an hour as hours, exactly, with no more digits than it takes."""
    whole, rest = divmod(hundredths, HUNDREDTHS)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".")


def whole_percent(share: float | Fraction) -> int:
    """Return a share, from 0 to 1, in whole percent, rounded down: 100 only for all of it.

    Example:
        >>> whole_percent(0.29), whole_percent(0.299), whole_percent(0.9999999999999999)
        (29, 29, 99)
    """
    if share == 1:
        return 100
    return min(int(round(float(share) * 100, DIGITS_OF_A_FLOAT)), 99)


def percent(share: float | Fraction) -> str:
    """Return a share in words, rounded down: 100 % is complete, 0 % is nothing.

    Example:
        >>> percent(0.29), percent(0.001), percent(0.0)
        ('29 %', '<1 %', '0 %')
    """
    whole = whole_percent(share)
    return "<1 %" if share and not whole else f"{whole} %"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Return words as a sentence lists them: ``a, b and c``."""
    *first, final = words
    return f"{', '.join(first)} {last} {final}" if first else final


def _broken(word: str, width: float, measure: Measure) -> list[str]:
    parts = [""]
    for sign in word:
        if measure(parts[-1] + sign) > width:
            parts.append("")
        parts[-1] += sign
    return parts


def _columns_of(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1
