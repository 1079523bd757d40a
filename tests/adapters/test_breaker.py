"""A breaker lets one caller try, tells each change once, and does not believe old news."""

import logging

import pytest

from service.adapters.breaker import REST_SECONDS, Breaker

ERROR = ConnectionError("redis://:secret@host")


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        self.seconds += 0.001
        return self.seconds


class Told:
    def __init__(self) -> None:
        self.changes: list[bool] = []

    def __call__(self, *, does: bool) -> None:
        self.changes.append(does)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def breaker(clock: Clock, told: Told) -> Breaker:
    return Breaker("broken (%s)", "mended", clock, told)


def test_what_failed_is_left_alone_and_then_tried_by_one(breaker: Breaker, clock: Clock) -> None:
    assert breaker.lets_through()
    breaker.failed(ERROR, breaker.now())
    assert not breaker.lets_through()

    clock.seconds += REST_SECONDS

    assert [breaker.lets_through() for _ in range(5)] == [True, False, False, False, False]


def test_each_change_is_told_once_without_the_text_of_the_error(
    breaker: Breaker, told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for _ in range(10):
            breaker.failed(ERROR, breaker.now())
        for _ in range(10):
            breaker.worked(breaker.now())

    assert caplog.messages == ["broken (ConnectionError)", "mended"]
    assert told.changes == [False, True]


def test_that_it_works_is_told_once_and_not_logged(
    breaker: Breaker, told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for _ in range(10):
            breaker.worked(breaker.now())

    assert caplog.messages == []
    assert told.changes == [True]


def test_a_call_that_began_before_it_broke_does_not_mend_it(breaker: Breaker) -> None:
    began = breaker.now()
    breaker.failed(ERROR, breaker.now())
    breaker.worked(began)

    assert breaker.is_open()


def test_a_call_that_began_before_it_was_mended_does_not_break_it(breaker: Breaker) -> None:
    breaker.failed(ERROR, breaker.now())
    began = breaker.now()
    breaker.worked(breaker.now())
    breaker.failed(ERROR, began)

    assert not breaker.is_open()
