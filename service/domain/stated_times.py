"""The weeks and days of an answer, held against its hours.

An answer does not repeat the pace that was asked for, but says how many hours its first days
have time for, rounded down to hundredths. The pace lies between what these hours and what a
hundredth more would make of them, so weeks and days are checked as closely as that tells.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from service.domain.errors import Fault
from service.domain.readiness import ReadinessScale
from service.domain.schedule import DAYS_A_WEEK, FIRST_DAYS, Pace
from service.domain.skill import HUNDREDTHS, highest_levels
from service.domain.stated_measures import is_ready
from service.domain.statement import StatedFirstDays, StatedTime, Statement

_ROUNDING: Final = 0.01
"""Of weeks, which have two decimals."""


def faults_in_times(said: Statement) -> Iterator[Fault]:
    """Yield what is wrong with the weeks and days of an answer."""
    times = [time for path in said.paths for time in path.times]
    first = said.first_days
    if first is None:
        for time in times:
            if time.weeks is not None:
                yield Fault(time.place, "There is no pace.")
            if time.day is not None:
                yield Fault(time.place_of_day, "There is no pace.")
        return
    if first.days != FIRST_DAYS or first.time < 0:
        yield Fault("/first_90_days", f"They are the first {FIRST_DAYS}.")
        return
    yield from _first_days(said, first)
    start = _start(first)
    fast = Pace(Fraction((first.time + 1) * DAYS_A_WEEK, HUNDREDTHS * FIRST_DAYS), start)
    slow = Pace(Fraction(max(first.time, 1) * DAYS_A_WEEK, HUNDREDTHS * FIRST_DAYS), start)
    for time in times:
        yield from _time(time, fast, slow if first.time else None)


def _start(first: StatedFirstDays) -> date | None:
    try:
        return first.last and first.last - timedelta(days=FIRST_DAYS - 1)
    except OverflowError:
        return None


def _time(time: StatedTime, fast: Pace, slow: Pace | None) -> Iterator[Fault]:
    """Yield where a time is not between those of two paces; without a slow one, it has no end."""
    most = None if slow is None else slow.weeks(time.effort) + _ROUNDING
    weeks = time.weeks
    if (
        weeks is None
        or weeks < fast.weeks(time.effort) - _ROUNDING
        or (most is not None and weeks > most)
    ):
        yield Fault(time.place, "At the pace of the first days the hours take other weeks.")
    first = fast.last_day(time.effort)
    last = None if slow is None else slow.last_day(time.effort)
    if time.day and (first is None or time.day < first or (last is not None and time.day > last)):
        yield Fault(time.place_of_day, "At the pace of the first days it is another day.")
    if time.day is None and last is not None:
        yield Fault(time.place_of_day, "The first days have a date, so this has one.")


def _first_days(said: Statement, first: StatedFirstDays) -> Iterator[Fault]:
    place, steps = "/first_90_days", said.path.steps
    done = sum(step.so_far <= first.time for step in steps)
    learned = [step.node for step in steps[:done]]
    if first.done != done:
        yield Fault(f"{place}/steps_done", f"The hours are enough for {done}.")
    if first.nodes != tuple(highest_levels(learned).items()):
        yield Fault(f"{place}/skills", "The steps that are done lead to other skills.")
    if first.begun != (steps[done].node if done < len(steps) else None):
        yield Fault(f"{place}/begun", "Another step comes next.")
    after = highest_levels(learned, highest_levels(said.claims))
    if not is_ready(first.after, ReadinessScale(said.requirements), after):
        yield Fault(f"{place}/readiness_after", "The steps make another readiness.")
