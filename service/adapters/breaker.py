"""A breaker: what fails is left alone for a while, and then tried by one caller."""

import logging
import time
from collections.abc import Callable
from math import inf
from threading import Lock
from typing import Final, Protocol

REST_SECONDS: Final = 2.0
"""How long a thing is left alone after a failure; then one call probes it."""

RELAPSE_SECONDS: Final = 5.0
"""What fails so soon after it worked again is left alone for twice as long as the last time: it is
half broken, and answers probes only."""

MOST_RELAPSES: Final = 3
"""After which the rest no longer doubles: it is 16 seconds then."""

logger = logging.getLogger(__name__)


class Changed(Protocol):
    """Is told whether something works, each time that changes."""

    def __call__(self, *, does: bool) -> None:
        """Take note."""


def _nobody(*, does: bool) -> None:
    del does


class Breaker:
    """Says whether to call something that may be broken, and logs when that changes.

    What a call says that began before the last change is old news: several are under way when
    a thing breaks, and one that just got through must not count as its recovery.

    Args:
        broken: What is logged once it fails, with a place for the kind of failure.
        mended: What is logged once it works again.
        now: Seconds on a monotonic clock.
        changed: Is told when that changes, and when it first works.
    """

    def __init__(
        self,
        broken: str,
        mended: str,
        now: Callable[[], float] = time.monotonic,
        changed: Changed = _nobody,
    ) -> None:
        self._broken = broken
        self._mended = mended
        self._now = now
        self._changed = changed
        self._lock = Lock()
        self._rests_until = 0.0
        self._changed_at = -inf
        self._is_open = False
        self._was_told = False
        self._relapses = 0

    def now(self) -> float:
        """Return the time, for a call that begins."""
        return self._now()

    def is_open(self) -> bool:
        """Return whether it failed when it was last called."""
        return self._is_open

    def lets_through(self) -> bool:
        """Return whether to call: it works, or is due for a probe; of many callers one probes."""
        if not self._is_open:
            return True
        with self._lock:
            now = self._now()
            if now < self._rests_until:
                return False
            self._rests_until = now + self._rest()
            return True

    def failed(self, error: BaseException, began: float) -> None:
        """Note that a call failed.

        Args:
            error: Its kind is logged; its text may hold addresses and passwords.
            began: When the call began.
        """
        with self._lock:
            if began < self._changed_at:
                return
            is_relapse = self._now() - self._changed_at < RELAPSE_SECONDS
            is_news = self._turn(is_open=True)
            if is_news:
                self._relapses = min(self._relapses + 1, MOST_RELAPSES) if is_relapse else 0
            self._rests_until = self._now() + self._rest()
        if is_news:
            logger.warning(self._broken, type(error).__name__)
            self._tell(does=False)

    def worked(self, began: float) -> None:
        """Note that a call worked which began at a time."""
        if self._was_told and not self._is_open:
            return
        with self._lock:
            if began < self._changed_at:
                return
            is_news = self._turn(is_open=False)
        if is_news:
            logger.warning(self._mended)
        self._tell(does=True)

    def _rest(self) -> float:
        return REST_SECONDS * (1 << self._relapses)

    def _tell(self, *, does: bool) -> None:
        self._was_told = True
        self._changed(does=does)

    def _turn(self, *, is_open: bool) -> bool:
        """Return whether that is a change."""
        if is_open == self._is_open:
            return False
        self._is_open = is_open
        self._changed_at = self._now()
        return True
