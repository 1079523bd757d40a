"""Work that several ask for at the same time is done once for all of them."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock


class SingleFlight:
    """Lets one caller work and the others with the same key wait for the result.

    Args:
        patience: Seconds that a caller waits before it works for itself; None waits for as long
            as the one who works, who always ends, if by an error.
    """

    def __init__(self, patience: float | None = None) -> None:
        self._patience = patience
        self._lock = Lock()
        self._flights: dict[str, Future[bytes]] = {}

    def once(self, key: str, work: Callable[[], bytes]) -> bytes:
        """Return what `work` returns, from one call of it for all who ask at the same time.

        What it raises is raised to all of them.
        """
        with self._lock:
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        if leads:
            return self._lead(flight, key, work)
        try:
            return flight.result(self._patience)
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
