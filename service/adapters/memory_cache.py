"""The cache port in this process: bounded in bytes, and firm against floods of one-time keys."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final, Generic, TypeVar

Key = TypeVar("Key", bound=str | bytes)
Value = TypeVar("Value")

ENTRY_OVERHEAD: Final = 200
"""Bytes that an entry takes besides its key and value, roughly."""

LARGEST_SHARE: Final = 3
"""A value that takes more than a third of the room is not kept, unless it is said otherwise."""

PROTECTED_SHARE: Final = 0.8
"""Part of the room that only values take which were asked for again."""


class MemoryCache(Generic[Key, Value]):
    """Values in this process; a `service.application.ports.Cache` where they are bytes.

    A segmented LRU: a new value is on probation and becomes protected when it is asked for
    again. The protected part has most of the room; what overflows it goes back on probation,
    and only from there do values leave. So values that nobody asks for twice displace each
    other, whatever their number, and never what is in use.

    Args:
        capacity: Bytes that keys and values may take in all, > 0.
        size_of: The bytes that a value takes.
        largest_share: By which part of the room, 1 / it, a value may take at most.
    """

    def __init__(
        self, capacity: int, size_of: Callable[[Value], int], largest_share: int = LARGEST_SHARE
    ) -> None:
        self._capacity = capacity
        self._size_of = size_of
        self._largest = capacity // largest_share
        self._lock = Lock()
        self._probation = _Segment[Key, Value]()
        self._protected = _Segment[Key, Value]()

    def get(self, key: Key) -> Value | None:
        """Return the stored value, or None when absent."""
        with self._lock:
            entry = self._protected.entries.get(key)
            if entry is not None:
                self._protected.entries.move_to_end(key)
                return entry[0]
            entry = self._probation.pop(key)
            if entry is None:
                return None
            self._protected.add(key, entry)
            self._shrink_protected()
            return entry[0]

    def __contains__(self, key: Key) -> bool:
        """Return whether a value is stored, without asking for it."""
        return key in self._protected.entries or key in self._probation.entries

    def put(self, key: Key, value: Value) -> None:
        """Keep the value until others push it out."""
        size = len(key) + self._size_of(value) + ENTRY_OVERHEAD
        if size > self._largest:
            return
        with self._lock:
            segment = self._probation
            if self._protected.pop(key) is not None:
                segment = self._protected
            segment.pop(key)
            segment.add(key, (value, size))
            self._shrink_protected()
            while self.size > self._capacity:
                self._probation.pop_oldest()

    @property
    def size(self) -> int:
        """Bytes taken now, keys and values and a rough overhead."""
        return self._probation.size + self._protected.size

    def _shrink_protected(self) -> None:
        while self._protected.size > self._capacity * PROTECTED_SHARE:
            self._probation.add(*self._protected.pop_oldest())


class _Segment(Generic[Key, Value]):
    """Entries with their sizes, the least recently used first."""

    def __init__(self) -> None:
        self.entries: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self.size = 0

    def add(self, key: Key, entry: tuple[Value, int]) -> None:
        self.entries[key] = entry
        self.size += entry[1]

    def pop(self, key: Key) -> tuple[Value, int] | None:
        entry = self.entries.pop(key, None)
        if entry is not None:
            self.size -= entry[1]
        return entry

    def pop_oldest(self) -> tuple[Key, tuple[Value, int]]:
        key, entry = self.entries.popitem(last=False)
        self.size -= entry[1]
        return key, entry
