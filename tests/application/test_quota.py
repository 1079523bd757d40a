"""So many requests in each minute of the clock."""

from service.adapters.memory_counter import MemoryCounter
from service.application.quota import Quotas, Standing


class Clock:
    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __call__(self) -> float:
        return self.seconds


def test_requests_are_counted_down_until_one_is_too_many() -> None:
    quotas = Quotas(MemoryCounter(), Clock(600.5))

    assert [quotas.take("a", 2) for _ in range(3)] == [
        Standing(2, 1, 60, is_over=False),
        Standing(2, 0, 60, is_over=False),
        Standing(2, 0, 60, is_over=True),
    ]


def test_everybody_has_an_own_count() -> None:
    quotas = Quotas(MemoryCounter(), Clock(0))
    quotas.take("a", 1)

    assert not quotas.take("b", 1).is_over


def test_the_next_minute_begins_at_nothing() -> None:
    clock = Clock(659)
    quotas = Quotas(MemoryCounter(), clock)

    assert quotas.take("a", 1).seconds == 1
    assert quotas.take("a", 1).is_over
    clock.seconds = 660
    assert quotas.take("a", 1) == Standing(1, 0, 60, is_over=False)


def test_what_is_given_back_can_be_used_again() -> None:
    quotas = Quotas(MemoryCounter(), Clock(0))
    quotas.take("a", 1)
    quotas.give_back("a")

    assert not quotas.take("a", 1).is_over
