"""Numbers as the page writes them."""

from datetime import date
from typing import Final

from service.entrypoints.pictures.lettering import whole_percent

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
    """Return a share as a whole percentage, rounded down; 100 and 0 only for all and nothing.

    Example:
        >>> percent(0.999), percent(1.0), percent(0.001)
        (99, 100, 1)
    """
    return max(whole_percent(share), 1) if share else 0


def percent_at_most(share: float) -> int:
    """Return a share as a whole percentage, rounded up.

    Example:
        >>> percent_at_most(0.121), percent_at_most(0.29), percent_at_most(0.0)
        (13, 29, 0)
    """
    return 100 - whole_percent(1 - share)


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
