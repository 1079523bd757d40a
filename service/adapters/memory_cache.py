"""The cache port in this process: the least recently used answers go first."""

from collections import OrderedDict
from threading import Lock
from typing import Final

ENTRY_OVERHEAD: Final = 200
"""Bytes that an entry takes besides its key and value, roughly."""


class MemoryCache:
    """A `service.application.ports.Cache` in a dict, bounded in bytes.

    Args:
        capacity: Bytes that keys and values may take in all, > 0. A value that takes more
            than a tenth of it is not kept, so that no single answer drives out the rest.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        """Return the stored value, or None when absent."""
        with self._lock:
            value = self._entries.get(key)
            if value is not None:
                self._entries.move_to_end(key)
            return value

    def put(self, key: str, value: bytes) -> None:
        """Keep the value until others push it out."""
        size = _size(key, value)
        if size * 10 > self._capacity:
            return
        with self._lock:
            replaced = self._entries.pop(key, None)
            if replaced is not None:
                self._size -= _size(key, replaced)
            self._entries[key] = value
            self._size += size
            while self._size > self._capacity:
                oldest, dropped = self._entries.popitem(last=False)
                self._size -= _size(oldest, dropped)

    @property
    def size(self) -> int:
        """Bytes taken now, keys and values and a rough overhead."""
        return self._size


def _size(key: str, value: bytes) -> int:
    return len(key) + len(value) + ENTRY_OVERHEAD
