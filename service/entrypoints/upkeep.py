"""What a process does beside its requests: it keeps common answers warm."""

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

DELAY_SECONDS: Final = 0.5
"""Until the first time: the process listens by then, and its first request is not held up."""

EVERY_SECONDS: Final = 2.0

logger = logging.getLogger(__name__)


def start_upkeep(keep_warm: Callable[[], None]) -> Event:
    """Start the upkeep on a thread that ends with the process.

    Args:
        keep_warm: What is done every few seconds.

    Returns:
        An event that ends it once it is set.
    """
    ended = Event()
    Thread(target=_keep_up, args=(keep_warm, ended), name="upkeep", daemon=True).start()
    return ended


def _keep_up(keep_warm: Callable[[], None], ended: Event) -> None:
    wait = DELAY_SECONDS
    while not ended.wait(wait):
        wait = EVERY_SECONDS
        try:
            keep_warm()
        except Exception:
            logger.exception("upkeep failed")
