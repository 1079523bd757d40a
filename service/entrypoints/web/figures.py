"""Numbers as the page writes them."""

from datetime import date
from typing import Final

WHOLE_FROM: Final = 10
MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def hours(value: float) -> str:
    """Return hours with no more digits than they deserve.

    Example:
        >>> hours(3.5), hours(12.25), hours(1200)
        ('3.5', '12', '1,200')
    """
    return f"{value:,.0f}" if value >= WHOLE_FROM else f"{value:.1f}".removesuffix(".0")


def span(low: float, high: float) -> str:
    """Return a range.

    Example:
        >>> span(90, 230), span(4, 4)
        ('90\N{EN DASH}230', '4')
    """
    first, last = hours(low), hours(high)
    return first if first == last else f"{first}\N{EN DASH}{last}"


def percent(share: float) -> int:
    """Return a share as a whole percentage; 100 and 0 only for all and nothing.

    Example:
        >>> percent(0.999), percent(1.0), percent(0.001)
        (99, 100, 1)
    """
    if share in {0.0, 1.0}:
        return int(share * 100)
    return min(max(round(share * 100), 1), 99)


def count(number: int, singular: str, plural: str = "") -> str:
    """Return a number of things.

    Example:
        >>> count(1, "step"), count(3, "step")
        ('1 step', '3 steps')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def day(written: str | None) -> str:
    """Return a date in words; nothing for none.

    Example:
        >>> day("2026-12-01")
        '1 Dec 2026'
    """
    if not written:
        return ""
    when = date.fromisoformat(written)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
