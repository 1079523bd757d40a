"""The schedule: when each step of a path is done at a steady pace, and where projects belong.

Hours are spread evenly over the days of a week. The range of the finish adds up the low, the
likely and the high hours of all steps. That is the range for errors that go together: who
learns one thing slower than estimated mostly learns everything slower, and an estimate that
is wrong is often wrong in the same direction throughout. Were the errors independent, the
truth would lie well inside the range; so the range promises nothing that it cannot keep.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Final

from service.domain.catalogue import Project
from service.domain.learning_path import Step
from service.domain.skill import HUNDREDTHS, Effort, Node, RoleId

DAYS_A_WEEK: Final = 7
FIRST_DAYS: Final = 90
"""The first view of a plan: what the coming three months hold."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a person learns.

    Attributes:
        hours_per_week: > 0.
        start: The first day, or None where the plan has no dates.
    """

    hours_per_week: Fraction
    start: date | None = None

    def weeks(self, effort: int) -> float:
        """Return how many weeks an effort takes, to two decimals.

        Args:
            effort: Hundredths of an hour.
        """
        return round(float(self._weeks(effort)), 2)

    def last_day(self, effort: int) -> date | None:
        """Return the day on which an effort is done; the first day for no effort at all."""
        return self.after_days(max(ceil(self._weeks(effort) * DAYS_A_WEEK) - 1, 0))

    def day_after(self, effort: int) -> date | None:
        """Return the day on which the next step begins once an effort is done."""
        return self.after_days(floor(self._weeks(effort) * DAYS_A_WEEK))

    def after_days(self, days: int) -> date | None:
        """Return the day that follows the first after some days; None past the calendar's end."""
        try:
            return None if self.start is None else self.start + timedelta(days=days)
        except OverflowError:
            return None

    def effort_in(self, days: int) -> int:
        """Return the effort that fits into some days, in hundredths of an hour."""
        return floor(self.hours_per_week * HUNDREDTHS * days / DAYS_A_WEEK)

    def _weeks(self, effort: int) -> Fraction:
        return Fraction(effort, HUNDREDTHS) / self.hours_per_week


@dataclass(frozen=True, slots=True)
class Finish:
    """When a path is done: in weeks, and on which day where there is a first one."""

    weeks: tuple[float, float, float]
    days: tuple[date | None, date | None, date | None]


def finish(effort: Effort, pace: Pace) -> Finish:
    """Return when an effort is done, as low, likely and high."""
    low, likely, high = effort
    return Finish(
        (pace.weeks(low), pace.weeks(likely), pace.weeks(high)),
        (pace.last_day(low), pace.last_day(likely), pace.last_day(high)),
    )


@dataclass(frozen=True, slots=True)
class FirstDays:
    """What the first days of a path hold.

    Attributes:
        days: How many.
        last_day: The last of them, or None where the plan has no dates.
        time: What they have time for, in hundredths of an hour.
        done: The steps that are done by then.
        begun: The step that is begun and not done by then; None when all are done.
        projects: The projects whose skills are reached by then.
    """

    days: int
    last_day: date | None
    time: int
    done: tuple[Step, ...]
    begun: Step | None
    projects: tuple["Placement", ...]


def first_days(
    steps: Sequence[Step], projects: Sequence["Placement"], pace: Pace, days: int = FIRST_DAYS
) -> FirstDays:
    """Return what the first days of a path hold at a pace."""
    count = steps_within(steps, pace, days)
    return FirstDays(
        days,
        pace.after_days(days - 1),
        pace.effort_in(days),
        tuple(steps[:count]),
        steps[count] if count < len(steps) else None,
        tuple(placed for placed in projects if placed.after_step <= count),
    )


def steps_within(steps: Sequence[Step], pace: Pace, days: int = FIRST_DAYS) -> int:
    """Return how many steps of a path are done within some days."""
    left = pace.effort_in(days)
    for count, step in enumerate(steps):
        left -= step.effort.likely
        if left < 0:
            return count
    return len(steps)


@dataclass(frozen=True, slots=True)
class Placement:
    """A project in its place.

    Attributes:
        after_step: The number of steps that come before it; 0 for a project to begin with.
    """

    project: Project
    after_step: int


def place_projects(
    projects: Sequence[Project], roles: Sequence[RoleId], steps: Sequence[Step]
) -> tuple[Placement, ...]:
    """Return the projects that suit some roles, each where its skills are reached.

    A project comes after the last step of the path that it proves, and after the projects of
    the same role that come before it in their order; so one that proves nothing on the path
    follows its predecessor.

    Args:
        projects: In file order.
        roles: The roles that the path leads to.
        steps: The path.
    """
    suitable = [project for project in projects if set(project.roles) & set(roles)]
    reached: dict[RoleId, int] = dict.fromkeys(roles, 0)
    placements = []
    for project in sorted(suitable, key=lambda project: project.order or len(projects)):
        mine = [role for role in project.roles if role in reached]
        after = max(_last_proved(project, steps), *(reached[role] for role in mine))
        reached |= dict.fromkeys(mine, after)
        placements.append(Placement(project, after))
    return tuple(sorted(placements, key=lambda placement: placement.after_step))


def _last_proved(project: Project, steps: Sequence[Step]) -> int:
    proved = {
        Node(node.skill, level) for node in project.proves for level in range(1, node.level + 1)
    }
    return max((order for order, step in enumerate(steps, 1) if step.node in proved), default=0)
