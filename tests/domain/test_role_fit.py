"""Answers added up: who leads, what decided, how firmly."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import InvalidRequestError
from service.domain.role_fit import Answer, RoleFit, Tally, role_fit
from service.domain.skill import RoleId
from tests.builders import graph


def option(name: str, **points: int) -> dict[str, Any]:
    return {"id": name, "text": name.title(), "points": points, "reason": f"So {name} says."}


QUESTIONS = [
    {"id": "pace", "text": "?", "options": [option("days", a=3), option("months", b=3)]},
    {"id": "maths", "text": "?", "options": [option("little", a=2), option("much", b=2, a=1)]},
    {"id": "pay", "text": "?", "options": [option("equity", a=1), option("base", b=1)]},
]
CATALOGUE = graph(
    "python",
    roles={"a": "python", "b": "python"},
    role_fit={"questions": QUESTIONS},
).catalogue


def fit(*answers: str) -> RoleFit:
    return role_fit(CATALOGUE, [Answer(*answer.split("=")) for answer in answers])


def decided_by(result: RoleFit) -> list[str]:
    return [given.question.id for given in result.decisive]


def test_points_are_added_up_and_the_most_come_first() -> None:
    result = fit("pace=months", "maths=much", "pay=equity")

    assert [(tally.role, tally.points, tally.most) for tally in result.ranked] == [
        ("b", 5, 6),
        ("a", 2, 6),
    ]
    assert result.lead == 3


def test_what_speaks_for_a_role_is_what_puts_it_ahead_of_its_rival() -> None:
    first, second = fit("pay=base", "pace=months", "maths=little").ranked

    assert [given.option.id for given in first.speaking] == ["months", "base"]
    assert [given.option.id for given in second.speaking] == ["little"]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param(["pace=days"], ["pace"], id="a single answer decides alone"),
        pytest.param(["pay=equity", "pace=days"], ["pace", "pay"], id="both make up the lead"),
        pytest.param(["pace=days", "pay=base"], ["pace"], id="the stronger makes it up alone"),
        pytest.param(["maths=much", "pay=equity"], [], id="nothing decided a draw"),
    ],
)
def test_the_fewest_answers_that_make_up_the_lead_decided(
    answers: list[str], expected: list[str]
) -> None:
    assert decided_by(fit(*answers)) == expected


@pytest.mark.parametrize(
    ("answers", "is_too_close"),
    [
        pytest.param(["pace=days"], True, id="one answer is all there is"),
        pytest.param(["pace=days", "maths=little", "pay=equity"], False, id="all of one mind"),
        pytest.param(["pace=days", "maths=much", "pay=base"], True, id="one against two"),
        pytest.param(["maths=much", "pay=equity"], True, id="level"),
    ],
)
def test_it_is_too_close_if_one_answer_less_takes_the_lead_away(
    answers: list[str], *, is_too_close: bool
) -> None:
    assert fit(*answers).is_too_close is is_too_close


@pytest.mark.parametrize(
    ("answers", "unanswered", "is_open"),
    [
        pytest.param(["maths=little"], ["pace", "pay"], True, id="most is open"),
        pytest.param(["pace=days", "maths=little"], ["pay"], False, id="a lead beyond reach"),
        pytest.param(["pace=days", "maths=much", "pay=base"], [], False, id="all answered"),
        pytest.param(["maths=much", "pay=equity"], ["pace"], True, id="a draw"),
    ],
)
def test_what_was_left_out_is_told_and_whether_it_matters(
    answers: list[str], unanswered: list[str], *, is_open: bool
) -> None:
    result = fit(*answers)

    assert [question.id for question in result.unanswered] == unanswered
    assert result.is_open is is_open


def test_every_answer_at_fault_is_named() -> None:
    with pytest.raises(InvalidRequestError) as refused:
        fit("pace=years", "nothing=days", "pay=base", "pay=base")

    assert [fault.pointer for fault in refused.value.faults] == [
        "/answers/0/option",
        "/answers/1/question",
        "/answers/3/question",
    ]
    assert "years" not in str(refused.value)


def test_a_graph_of_one_role_has_nothing_to_decide() -> None:
    alone = graph(
        "python",
        roles={"a": "python"},
        role_fit={"questions": [{"id": "pace", "text": "?", "options": [option("days", a=3)]}]},
    )
    result = role_fit(alone.catalogue, [Answer("pace", "days")])

    assert [tally.role for tally in result.ranked] == ["a"]
    assert (result.lead, result.decisive, result.is_too_close) == (0, (), False)


EVERY_ANSWER = {
    "pace": ["days", "months"],
    "maths": ["little", "much"],
    "pay": ["equity", "base"],
}
ANSWERS = st.dictionaries(
    st.sampled_from(sorted(EVERY_ANSWER)), st.integers(0, 1), min_size=1
).map(lambda chosen: tuple(Answer(q, EVERY_ANSWER[q][which]) for q, which in chosen.items()))


@given(answers=ANSWERS)
def test_without_what_decided_the_first_role_does_not_lead(answers: tuple[Answer, ...]) -> None:
    result = role_fit(CATALOGUE, answers)
    decisive = {given.question.id for given in result.decisive}
    rest = [answer for answer in answers if answer.question not in decisive]

    assert (result.lead == 0) == (not decisive)
    if decisive and rest:
        left = role_fit(CATALOGUE, rest).ranked
        second = result.ranked[1].role
        assert points_of(second, left) >= points_of(result.ranked[0].role, left)


def points_of(role: RoleId, ranked: tuple[Tally, ...]) -> int:
    return next(tally.points for tally in ranked if tally.role == role)


@given(answers=ANSWERS)
def test_the_order_of_answers_makes_no_difference(answers: tuple[Answer, ...]) -> None:
    assert role_fit(CATALOGUE, answers) == role_fit(CATALOGUE, answers[::-1])
