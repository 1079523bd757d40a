"""What who fetches a kept answer waits, alone and beside clients that ask new questions."""

import statistics
import time
from collections.abc import Iterator, Mapping
from math import ceil
from threading import Thread
from typing import Final

from benchmarks.load import Connections, Run

FETCHES_A_SECOND: Final = 100
"""Few, so that they are no load of their own."""

HUNDREDTHS: Final = 100
MOST: Final = 95


def waits(
    port: int, kept: bytes, fresh: Iterator[bytes], clients: int, seconds: float
) -> Mapping[str, float]:
    """Return milliseconds within which half and 95 % of the fetches are answered.

    Fetches are due at fixed times, and what one takes counts from when it was due: else a server
    that stands still for a second would be late only once.

    Args:
        port: Of the server.
        kept: A request whose answer is kept.
        fresh: Requests that were never asked.
        clients: How many of them are under way beside it.
        seconds: How long each of the two goes on.
    """
    alone = _fetched(port, kept, seconds)
    others = Connections(port, clients)
    failed: list[Run] = []
    load = Thread(target=lambda: failed.append(others.run(fresh, seconds)))
    load.start()
    beside = _fetched(port, kept, seconds)
    load.join()
    others.close()
    if failed[0].failed:
        message = f"{failed[0].failed} new questions were not answered."
        raise AssertionError(message)
    return {
        "alone, half": statistics.median(alone),
        "alone, 95 %": _within(alone, MOST),
        "beside, half": statistics.median(beside),
        "beside, 95 %": _within(beside, MOST),
    }


def _fetched(port: int, kept: bytes, seconds: float) -> list[float]:
    connections = Connections(port, 1)
    connections.ask(kept)
    taken = []
    began = time.perf_counter()
    for number in range(ceil(seconds * FETCHES_A_SECOND)):
        due = began + number / FETCHES_A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        answer = connections.ask(kept)
        taken.append((time.perf_counter() - due) * 1000)
        if answer.status != 200:  # noqa: PLR2004
            message = "A kept answer was not given."
            raise AssertionError(message)
    connections.close()
    return taken


def _within(values: list[float], share: int) -> float:
    return statistics.quantiles(values, n=HUNDREDTHS)[share - 1]
