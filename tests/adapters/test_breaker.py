"""A breaker lets one caller try, tells each change once, and does not believe old news."""

import logging

import pytest

from service.adapters.breaker import MOST_RELAPSES, RELAPSE_SECONDS, REST_SECONDS, Breaker

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


def rest_after_failing(breaker: Breaker, clock: Clock) -> float:
    """Return how long it is left alone when it fails now; it works again afterwards."""
    breaker.failed(ERROR, breaker.now())
    began = clock.seconds
    while not breaker.lets_through() and clock.seconds < began + 1000:
        clock.seconds += REST_SECONDS / 4
    rest = clock.seconds - began
    breaker.worked(breaker.now())
    return rest


def test_what_fails_as_soon_as_it_works_is_left_alone_ever_longer(
    breaker: Breaker, clock: Clock
) -> None:
    rests = [rest_after_failing(breaker, clock) for _ in range(MOST_RELAPSES + 3)]

    for rest, relapses in zip(rests, [0, 1, 2, 3, 3, 3], strict=True):
        assert REST_SECONDS * 2**relapses <= rest < REST_SECONDS * (2**relapses + 1)


def test_what_works_for_a_while_between_two_failures_is_not_left_alone_longer(
    breaker: Breaker, clock: Clock
) -> None:
    for _ in range(5):
        assert rest_after_failing(breaker, clock) < 2 * REST_SECONDS
        clock.seconds += RELAPSE_SECONDS


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
