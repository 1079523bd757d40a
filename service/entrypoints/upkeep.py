"""What a process does beside its requests: it keeps common answers warm."""

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

DELAY_SECONDS: Final = 0.5
"""Until the first round: the process listens by then, and its first request is not held up."""

EVERY_SECONDS: Final = 30.0

logger = logging.getLogger(__name__)


def start_upkeep(keep_warm: Callable[[], bool]) -> Event:
    """Start the rounds on a thread that ends with the process.

    Args:
        keep_warm: One round; returns whether there are to be more.

    Returns:
        An event that ends the rounds once it is set.
    """
    ended = Event()
    Thread(target=_rounds, args=(keep_warm, ended), name="upkeep", daemon=True).start()
    return ended


def _rounds(keep_warm: Callable[[], bool], ended: Event) -> None:
    wait = DELAY_SECONDS
    while not ended.wait(wait):
        wait = EVERY_SECONDS
        try:
            if not keep_warm():
                return
        except Exception:
            logger.exception("a round of upkeep failed")
