"""Finished answers in this process; those that were made ready for anybody are kept apart."""

import zlib
from typing import Final

from service.adapters.memory_cache import MemoryCache

LEVEL: Final = 1
"""An answer takes an eighth of its room, and a quarter of a millisecond to unpack."""

READY_SHARE: Final = 5
"""A fifth of the room is for what was made ready; some hundred answers take a few mebibytes."""


class AnswerCache:
    """A `service.application.ports.OwnCache`, bounded as `MemoryCache` is.

    Answers to common questions are made ready before anybody asks: in every worker some seventy,
    of which most will never be asked for there. They stay packed, in a room of their own, so
    that whatever one client asks, and however often, does not drive them out.

    Args:
        capacity: Bytes that keys and values may take in all, > 0.
    """

    def __init__(self, capacity: int) -> None:
        ready = capacity // READY_SHARE
        self._ready = MemoryCache[str, bytes](ready, len)
        self._asked = MemoryCache[str, bytes](capacity - ready, len)

    def is_ready(self, key: str) -> bool:
        """Return whether an answer was put by and is still there."""
        return key in self._ready

    def get(self, key: str) -> bytes | None:
        """Return the answer, or None when absent."""
        answer = self._asked.get(key)
        if answer is None and (packed := self._ready.get(key)) is not None:
            answer = zlib.decompress(packed)
            self._asked.put(key, answer)
        return answer

    def put(self, key: str, value: bytes) -> None:
        """Keep an answer that somebody asked for."""
        self._asked.put(key, value)

    def put_by(self, key: str, value: bytes) -> None:
        """Keep an answer that anybody may ask for, packed."""
        self._ready.put(key, zlib.compress(value, LEVEL))
