"""Which keys could be near another one, by their letters alone, all looked at side by side."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

_ONE: Final = ord("1")


class Sieve:
    """Keys as bit sets, one set for each letter and how often it stands in a key.

    Each letter that a key lacks takes a slip of its own to put right, and so does each it has too
    many, so keys that lack too many letters are not near, whatever their order. Of thousands of
    keys, this leaves the hundred that are worth comparing.

    Args:
        keys: K keys of altogether C characters; building takes O(C) time.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = sorted(keys, key=len)
        self._places = _places(self._keys)

    def near(self, key: str, most: int) -> list[str]:
        """Return the keys that may be within a distance, those of one length together.

        Args:
            key: Of n letters.
            most: Edits (one letter put in, left out or replaced, or two neighbours swapped).

        Returns:
            All keys within that distance, and others; the shortest first. O(n most K / 64) time,
            and that of what is returned.
        """
        first = bisect_left(self._keys, len(key) - most, key=len)
        end = bisect_left(self._keys, len(key) + most + 1, key=len)
        if first == end:
            return []
        window = (1 << end) - (1 << first)
        lacking = [window, *[0] * (most + 1)]  # at n: the keys that lack n letters at least
        for letter in _numbered(key):
            without = window & ~self._places.get(letter, 0)
            for number in range(most + 1, 0, -1):
                lacking[number] |= lacking[number - 1] & without
        return [self._keys[place] for place in _members(window & ~lacking[-1])]


def _places(keys: list[str]) -> dict[tuple[str, int], int]:
    """Return for each letter, and how often it stands in a key at least, the set of the keys."""
    places: dict[tuple[str, int], list[int]] = {}
    for place, key in enumerate(keys):
        for letter in _numbered(key):
            places.setdefault(letter, []).append(place)
    return {letter: _set_of(members, len(keys)) for letter, members in places.items()}


def _numbered(key: str) -> list[tuple[str, int]]:
    """Return the letters of a key with how often each has come so far: a 1, n 1, n 2, a 2."""
    so_far: dict[str, int] = {}
    numbered = []
    for letter in key:
        so_far[letter] = number = so_far.get(letter, 0) + 1
        numbered.append((letter, number))
    return numbered


def _set_of(members: list[int], size: int) -> int:
    digits = bytearray(b"0") * size
    for member in members:
        digits[-1 - member] = _ONE
    return int(digits, 2)


def _members(bits: int) -> Iterator[int]:
    digits = bin(bits)[:1:-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)
