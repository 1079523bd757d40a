"""How often somebody may ask: so many requests in each minute of the clock."""

from collections.abc import Callable
from typing import Final, NamedTuple

from service.application.ports import Counter

WINDOW_SECONDS: Final = 60


class Standing(NamedTuple):
    """Where somebody stands in the current minute.

    Attributes:
        limit: Requests that they may make in it.
        left: Requests that they have left.
        seconds: Until the next minute begins, 1 to 60.
        is_over: Whether the request that was just counted is one too many.
    """

    limit: int
    left: int
    seconds: int
    is_over: bool


class Quotas:
    """Counts requests against limits.

    Args:
        counter: Keeps the counts.
        now: Seconds since the epoch, so that all processes agree when a minute begins.
    """

    def __init__(self, counter: Counter, now: Callable[[], float]) -> None:
        self._counter = counter
        self._now = now

    def take(self, name: str, limit: int) -> Standing:
        """Count a request of somebody."""
        window, begun = divmod(self._now(), WINDOW_SECONDS)
        count = self._counter.add(name, int(window), 1)
        seconds = WINDOW_SECONDS - int(begun)
        return Standing(limit, max(0, limit - count), seconds, count > limit)

    def give_back(self, name: str) -> None:
        """Take back a request that cost nothing."""
        self._counter.add(name, int(self._now() // WINDOW_SECONDS), -1)
