"""Who comes second waits for who works, and for how long."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from service.application.single_flight import SingleFlight


@pytest.mark.parametrize(
    ("patience", "works"),
    [
        pytest.param(0.05, 2, id="works for itself then"),
        pytest.param(None, 1, id="as long as it takes"),
    ],
)
def test_who_comes_second_waits_as_long_as_it_has_patience(
    patience: float | None, works: int
) -> None:
    flights = SingleFlight(patience)
    begun, second_worked, may_end = Event(), Event(), Event()

    def first_work() -> bytes:
        begun.set()
        assert may_end.wait(10)
        return b"first"

    def second_work() -> bytes:
        second_worked.set()
        return b"second"

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(flights.once, "k", first_work)
        assert begun.wait(10)
        second = threads.submit(flights.once, "k", second_work)
        assert second_worked.wait(0.5 if works == 1 else 10) is (works == 2)
        may_end.set()
        assert first.result(10) == b"first"
        assert second.result(10) == (b"first" if works == 1 else b"second")
