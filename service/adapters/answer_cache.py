"""Finished answers in this process; those that nobody has asked for yet are packed."""

import zlib
from typing import Final

from service.adapters.memory_cache import MemoryCache

LEVEL: Final = 1
"""An answer takes an eighth of its room, and a quarter of a millisecond to unpack."""


class _Packed(bytes):
    """An answer as zlib packs it."""

    __slots__ = ()


class AnswerCache:
    """A `service.application.ports.OwnCache`, bounded as `MemoryCache` is.

    The answers for the common profiles are worked out before anybody asks: in every worker
    some seventy, of which most will never be asked for there.

    Args:
        capacity: Bytes that keys and values may take in all, > 0.
    """

    def __init__(self, capacity: int) -> None:
        self._store = MemoryCache[str, bytes](capacity, len)

    def __contains__(self, key: str) -> bool:
        """Return whether there is an answer."""
        return key in self._store

    def get(self, key: str) -> bytes | None:
        """Return the answer, unpacked from now on, or None when absent."""
        answer = self._store.get(key)
        if isinstance(answer, _Packed):
            answer = zlib.decompress(answer)
            self._store.put(key, answer)
        return answer

    def put(self, key: str, value: bytes) -> None:
        """Keep an answer that somebody asked for."""
        self._store.put(key, value)

    def put_by(self, key: str, value: bytes) -> None:
        """Keep an answer that somebody may ask for, packed."""
        self._store.put(key, _Packed(zlib.compress(value, LEVEL)))
