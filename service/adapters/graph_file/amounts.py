"""Hours and weights, read exactly."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import chain, pairwise
from typing import Final, TypeAlias

from service.adapters.graph_file.findings import Finding, quoted
from service.adapters.graph_file.places import Place, root, skill_levels
from service.adapters.graph_file.reading import Document
from service.domain.skill import HUNDREDTHS, Effort

MAX_HOURS: Final = 1_000_000
"""So the total of the largest graph is below 2**53 hundredths, which every JSON reader holds."""

DECIMALS: Final = 2
ESTIMATES: Final = ("low", "likely", "high")

Number: TypeAlias = int | float


def effort(hours: Document) -> Effort:
    """Return checked hours as hundredths; 0.29 is 29, not 28.999."""
    low, likely, high = (int(_exact(hours[name]) * HUNDREDTHS) for name in ESTIMATES)
    return Effort(low, likely, high)


def weight(value: Number) -> Fraction:
    """Return a checked weight as the decimal fraction that is written."""
    return Fraction(_exact(value))


def bad_hours(document: Document) -> Iterator[Finding]:
    """Find hours that are no hours, and ranges out of order."""
    for holder in chain(skill_levels(document), root(document).each("projects")):
        for hours in holder.member("effort_hours"):
            yield from _bad_numbers(hours)
            yield from _out_of_order(hours)


def bad_weights(document: Document) -> Iterator[Finding]:
    """Find weights with too many decimals."""
    for role in root(document).each("roles"):
        for requirement in role.each("requires"):
            value = requirement.value.get("weight", 1)
            if not has_few_decimals(value):
                message = f"{value} has more than two decimals."
                yield Finding((*requirement.path, "weight"), "schema", message)


def has_few_decimals(value: Number) -> bool:
    """Return whether a number is written with at most two decimals."""
    exponent = _exact(value).as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -DECIMALS


def _bad_numbers(hours: Place) -> Iterator[Finding]:
    for name in ESTIMATES:
        value: Number = hours.value.get(name, 0)
        faults = (
            (value < 0, "Hours must not be negative."),
            (value > MAX_HOURS, f"Hours must not be more than {MAX_HOURS:,}."),
            (not has_few_decimals(value), f"{quoted(value)} has more than two decimals."),
        )
        for is_so, message in faults:
            if is_so:
                yield Finding((*hours.path, name), "effort", message)


def _out_of_order(hours: Place) -> Iterator[Finding]:
    given = [(name, hours.value[name]) for name in ESTIMATES if name in hours.value]
    for (lower, low), (higher, high) in pairwise(given):
        if low > high:
            message = f"'{lower}' must not be more than '{higher}': {low} is more than {high}."
            yield Finding(hours.path, "effort", message)


def _exact(value: Number) -> Decimal:
    # The shortest decimal that reads as this float is the one that stands in the file.
    return Decimal(str(value))
