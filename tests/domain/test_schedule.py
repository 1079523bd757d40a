"""Weeks, dates and projects, worked out by hand."""

from datetime import date
from fractions import Fraction

import pytest

from service.application.assess import Assessor
from service.application.request import Question, Target, TargetKind
from service.domain.learning_path import Step
from service.domain.schedule import Pace, finish, place_projects, steps_within
from service.domain.skill import Effort, RoleId
from tests.builders import document, graph_of

MONDAY = date(2026, 11, 30)
TEN = Pace(Fraction(10), MONDAY)


def project(name: str, order: int, *proves: tuple[str, int], role: str = "x") -> dict[str, object]:
    return {
        "id": name,
        "name": name,
        "roles": [role],
        "order": order,
        "proves": [{"skill": skill, "level": level} for skill, level in proves],
    }


GRAPH = graph_of(
    document(
        "a 10 10",
        "b 10: a",
        "c 10: b",
        "writing 5",
        roles={"x": "a@2 *20, b *5, c", "y": "writing"},
        projects=[
            project("report", 3, ("writing", 1)),
            project("first", 1, ("a", 2)),
            project("second", 2, ("a", 1)),
            project("other", 1, ("writing", 1), role="y"),
        ],
    )
)


def steps() -> tuple[Step, ...]:
    question = Question((), Target(TargetKind.ROLE, RoleId("x")))
    return Assessor(GRAPH).assess(question).path.steps


@pytest.mark.parametrize(
    ("hours", "weeks", "last"),
    [
        pytest.param(0, 0.0, MONDAY, id="nothing: the first day"),
        pytest.param(1, 0.1, MONDAY, id="an hour: still the first day"),
        pytest.param(10, 1.0, date(2026, 12, 6), id="a week's hours: its Sunday"),
        pytest.param(11, 1.1, date(2026, 12, 7), id="an hour more: the next Monday"),
        pytest.param(100, 10.0, date(2027, 2, 7), id="ten weeks"),
    ],
)
def test_an_effort_takes_its_weeks_and_ends_on_its_day(
    hours: int, weeks: float, last: date
) -> None:
    assert (TEN.weeks(hours * 100), TEN.last_day(hours * 100)) == (weeks, last)


def test_the_next_step_begins_on_the_day_the_last_one_ends_when_it_has_room() -> None:
    assert TEN.day_after(0) == MONDAY
    assert TEN.day_after(1000) == date(2026, 12, 7)


def test_without_a_first_day_there_are_weeks_and_no_dates() -> None:
    done = finish(Effort(500, 1000, 2000), Pace(Fraction(10)))

    assert done.weeks == (0.5, 1.0, 2.0)
    assert done.days == (None, None, None)


def test_the_finish_is_a_range() -> None:
    assert finish(Effort(1000, 2000, 4000), TEN).days == (
        date(2026, 12, 6),
        date(2026, 12, 13),
        date(2026, 12, 27),
    )


@pytest.mark.parametrize(
    ("pace", "done"),
    [
        pytest.param(Pace(Fraction(1)), 1, id="an hour a week: twelve hours in ninety days"),
        pytest.param(Pace(Fraction(2)), 2, id="two hours a week"),
        pytest.param(Pace(Fraction(40)), 4, id="all of it"),
    ],
)
def test_the_first_ninety_days(pace: Pace, done: int) -> None:
    assert steps_within(steps(), pace) == done


def test_projects_come_where_their_skills_are_reached_and_in_their_order() -> None:
    placed = place_projects(GRAPH.catalogue.projects, [RoleId("x")], steps())

    assert [step.node for step in steps()] == [("a", 1), ("a", 2), ("b", 1), ("c", 1)]
    assert [(one.project.id, one.after_step) for one in placed] == [
        ("first", 2),
        ("second", 2),
        ("report", 2),
    ]


def test_who_knows_it_all_can_begin_with_the_projects() -> None:
    assert [
        one.after_step for one in place_projects(GRAPH.catalogue.projects, [RoleId("x")], ())
    ] == [
        0,
        0,
        0,
    ]
