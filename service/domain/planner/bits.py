"""Sets of small numbers as the bits of one integer: bit i stands for member i."""

from collections.abc import Iterable, Iterator


def members(mask: int) -> Iterator[int]:
    """Yield the members of a set, ascending."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def mask_of(numbers: Iterable[int]) -> int:
    """Return the set of some numbers."""
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask
