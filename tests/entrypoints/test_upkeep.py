"""What is done beside the requests: it goes on, whatever happens."""

import logging
from collections.abc import Callable, Iterator
from threading import Event

import pytest

from service.entrypoints import upkeep

SECONDS = 10.0


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "DELAY_SECONDS", 0.001)
    monkeypatch.setattr(upkeep, "EVERY_SECONDS", 0.001)


def times(*works: Callable[[], None]) -> tuple[Callable[[], None], Event]:
    """Return work that is other each time, and an event after the last."""
    done = Event()
    left: Iterator[Callable[[], None]] = iter(works)

    def work() -> None:
        next(left, done.set)()

    return work, done


def succeed() -> None:
    pass


def fail() -> None:
    raise MemoryError


def test_upkeep_goes_on_until_it_is_ended() -> None:
    work, done = times(succeed, succeed)
    ended = upkeep.start_upkeep(work)

    assert done.wait(SECONDS)
    ended.set()


def test_upkeep_that_fails_is_logged_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    work, done = times(fail, succeed)
    with caplog.at_level(logging.ERROR):
        ended = upkeep.start_upkeep(work)
        assert done.wait(SECONDS)
        ended.set()

    assert [record.message for record in caplog.records] == ["upkeep failed"]
