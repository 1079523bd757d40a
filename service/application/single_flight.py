"""Work that several ask for at the same time is done once for all of them."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Final

PATIENCE_SECONDS: Final = 5.0
"""How long a request waits for another that does the same work."""


class SingleFlight:
    """Lets one caller work and the others with the same key wait for the result."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._flights: dict[str, Future[bytes]] = {}

    def once(self, key: str, work: Callable[[], bytes]) -> bytes:
        """Return what `work` returns, from one call of it for all who ask at the same time.

        What it raises is raised to all of them. Nobody waits forever: after
        `PATIENCE_SECONDS` a caller works for itself.
        """
        with self._lock:
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        if leads:
            return self._lead(flight, key, work)
        try:
            return flight.result(PATIENCE_SECONDS)
        except TimeoutError:
            return work()

    def _lead(self, flight: "Future[bytes]", key: str, work: Callable[[], bytes]) -> bytes:
        try:
            flight.set_result(work())
        except BaseException as error:
            flight.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._flights[key]
        return flight.result()
