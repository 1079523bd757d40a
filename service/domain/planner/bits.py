"""Sets of small numbers as the bits of one integer: bit i stands for member i."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

LISTS_KEPT: Final = 4096
"""Sets whose members are remembered, if they are small: a kilobyte and a half each, at most."""

MOST_MEMBERS: Final = 32
LONGEST: Final = 1024
"""Bits of a set that is remembered: of thousands of skills, most sets are long."""


def members(mask: int) -> list[int]:
    """Return the members of a set, ascending."""
    found = []
    while mask:  # from the highest down: that bit is cheaper to find than the lowest one
        number = mask.bit_length() - 1
        found.append(number)
        mask ^= 1 << number
    found.reverse()
    return found


def kept_members(mask: int) -> tuple[int, ...]:
    """Return what `members` does, for small sets that come again and again, whoever asks.

    Such are groups, what a node rests on directly, and the little that it still needs.
    """
    is_small = mask.bit_length() <= LONGEST and mask.bit_count() <= MOST_MEMBERS
    return _remembered(mask) if is_small else tuple(members(mask))


@lru_cache(maxsize=LISTS_KEPT)
def _remembered(mask: int) -> tuple[int, ...]:
    return tuple(members(mask))


def mask_of(numbers: Iterable[int]) -> int:
    """Return the set of some numbers."""
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask
