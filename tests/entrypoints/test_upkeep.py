"""Rounds beside the requests: they go on as long as they make sense, whatever happens."""

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


def rounds(*answers: Callable[[], bool]) -> tuple[Callable[[], bool], Event]:
    """Return a round that gives its answers in turn, and an event after the last."""
    done = Event()
    left: Iterator[Callable[[], bool]] = iter(answers)

    def do_round() -> bool:
        answer = next(left, None)
        if answer is None:
            done.set()
            return False
        return answer()

    return do_round, done


def fail() -> bool:
    raise MemoryError


def test_rounds_go_on_until_they_make_no_sense() -> None:
    do_round, done = rounds(lambda: True, lambda: True)
    upkeep.start_upkeep(do_round)

    assert done.wait(SECONDS)


def test_a_round_that_fails_is_logged_and_followed_by_the_next(
    caplog: pytest.LogCaptureFixture,
) -> None:
    do_round, done = rounds(fail, lambda: True)
    with caplog.at_level(logging.ERROR):
        upkeep.start_upkeep(do_round)
        assert done.wait(SECONDS)

    assert [record.message for record in caplog.records] == ["a round of upkeep failed"]
