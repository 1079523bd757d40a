"""Sets of small numbers as the bits of one integer: bit i stands for member i."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

LISTS_KEPT: Final = 4096
"""Sets whose members are remembered: some hundred bytes each."""


def members(mask: int) -> list[int]:
    """Return the members of a set, ascending."""
    found = []
    while mask:  # from the highest down: that bit is cheaper to find than the lowest one
        number = mask.bit_length() - 1
        found.append(number)
        mask ^= 1 << number
    found.reverse()
    return found


@lru_cache(maxsize=LISTS_KEPT)
def kept_members(mask: int) -> tuple[int, ...]:
    """Return what `members` does, for small sets that come again and again, whoever asks.

    Such are groups, what a node rests on directly, and the little that it still needs.
    """
    return tuple(members(mask))


def mask_of(numbers: Iterable[int]) -> int:
    """Return the set of some numbers."""
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask
