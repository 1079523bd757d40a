"""Finished answers in this process; those that anybody may ask for are kept apart."""

import zlib
from collections import OrderedDict
from threading import Lock
from typing import Final

from service.adapters.memory_cache import ENTRY_OVERHEAD, MemoryCache

LEVEL: Final = 1
"""An answer takes an eighth of its room, and a quarter of a millisecond to unpack."""

USUAL_SHARE: Final = 5
"""A fifth of the room is for the questions of the common profiles; by default they take a third
of it."""

LEARNED_SHARE: Final = 10
"""A tenth of the room is for what was learned: somebody asks for it, so it is often kept twice."""


class PackedShelf:
    """A `service.application.ports.Shelf`, bounded in bytes.

    Args:
        capacity: Bytes that keys and packed values may take in all, > 0.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._lock = Lock()
        self._is_full = False
        self._entries: OrderedDict[str, bytes] = OrderedDict()  # what is to leave first, first
        self.size = 0

    def __contains__(self, key: str) -> bool:
        """Return whether a value is there."""
        return key in self._entries

    def is_full(self) -> bool:
        """Return whether something found no room: for good, for nothing leaves unreplaced."""
        return self._is_full

    def get(self, key: str) -> bytes | None:
        """Return the value, or None when absent."""
        packed = self._entries.get(key)
        return None if packed is None else zlib.decompress(packed)

    def add(self, key: str, value: bytes) -> None:
        """Keep the value where that displaces nothing; it is the first to be displaced."""
        packed = zlib.compress(value, LEVEL)
        with self._lock:
            if key in self._entries:
                return
            if self.size + _size(key, packed) > self._capacity:
                self._is_full = True
                return
            self._keep(key, packed)
            self._entries.move_to_end(key, last=False)

    def put(self, key: str, value: bytes) -> None:
        """Keep the value; what was put there the longest ago makes room."""
        packed = zlib.compress(value, LEVEL)
        if _size(key, packed) > self._capacity:
            return
        with self._lock:
            if key in self._entries:
                self._drop(key)
            while self.size + _size(key, packed) > self._capacity:
                self._is_full = True
                self._drop(next(iter(self._entries)))
            self._keep(key, packed)

    def _keep(self, key: str, packed: bytes) -> None:
        self._entries[key] = packed
        self.size += _size(key, packed)

    def _drop(self, key: str) -> None:
        self.size -= _size(key, self._entries.pop(key))


def _size(key: str, packed: bytes) -> int:
    return len(key) + len(packed) + ENTRY_OVERHEAD


class AnswerCache:
    """A `service.application.ports.OwnCache`, bounded in bytes.

    Answers to common questions are made ready before anybody asks: in every worker some sixty,
    of which most will never be asked for there. They stay packed, in rooms of their own, so
    that whatever one client asks, and however often, does not drive them out, nor whatever is
    learned those of the profiles.

    A single answer may take all of the room for what was asked: in the smallest cache the
    answers for both roles would find none otherwise. What is in use stays nevertheless.

    Args:
        capacity: Bytes that keys and values may take in all, > 0.
    """

    def __init__(self, capacity: int) -> None:
        usual, learned = capacity // USUAL_SHARE, capacity // LEARNED_SHARE
        self.usual = PackedShelf(usual)
        self.learned = PackedShelf(learned)
        self._asked = MemoryCache[str, bytes](capacity - usual - learned, len, largest_share=1)

    def get(self, key: str) -> bytes | None:
        """Return the answer, or None when absent."""
        answer = self._asked.get(key)
        if answer is not None:
            return answer
        for shelf in (self.usual, self.learned):
            answer = shelf.get(key)
            if answer is not None:
                self._asked.put(key, answer)
                return answer
        return None

    def put(self, key: str, value: bytes) -> None:
        """Keep an answer that somebody asked for."""
        self._asked.put(key, value)

    @property
    def size(self) -> int:
        """Bytes taken now, keys and values and a rough overhead."""
        return self.usual.size + self.learned.size + self._asked.size
