"""The counter port in the process itself."""

from threading import Lock
from typing import Final

MOST_NAMES: Final = 100_000
"""Names that are told apart in a window, about 20 MB; those that come later share one count."""

_OTHERS: Final = "others"


class MemoryCounter:
    """A `service.application.ports.Counter` that forgets a window when the next one begins."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._window = 0
        self._counts: dict[str, int] = {}

    def add(self, name: str, window: int, amount: int) -> int:
        """Add to a count of a window, and return it."""
        with self._lock:
            if window > self._window:
                self._window = window
                self._counts = {}
            if name not in self._counts and len(self._counts) >= MOST_NAMES:
                name = _OTHERS
            count = self._counts[name] = self._counts.get(name, 0) + amount
            return count
