"""An answer is checked without the planner: every kind of tampering is caught."""

import copy
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from service.application.request import AskedGroup, AssessmentRequest, Claim
from service.bootstrap import use_cases_of
from service.domain.verification import faults_in
from service.entrypoints import answers
from service.entrypoints.statements import NotAnAnswerError, statement_of
from service.settings import Settings
from tests.builders import graph
from tests.entrypoints.cli.running import NOWHERE

GRAPH = graph(
    "python 10 20",
    "typescript 12 24",
    "docker 8",
    "rag 6 8: python@2 | typescript@2; docker",
    "evals 5 10: rag",
    roles={"ai": "rag@2 *3, evals", "ops": "docker, evals@2"},
)
USE_CASES = use_cases_of(GRAPH, Settings(NOWHERE))
Answer = dict[str, Any]


def answered(request: AssessmentRequest) -> Answer:
    reading = USE_CASES.understand(request)
    rendered = USE_CASES.answer(reading.question)
    answer: Answer = json.loads(answers.with_echo(rendered, reading, GRAPH))
    return answer


def faults(answer: Answer) -> list[str]:
    try:
        return [fault.pointer for fault in faults_in(statement_of(answer, GRAPH), GRAPH)]
    except NotAnAnswerError as error:
        return [fault.pointer for fault in error.faults]


TIMED = answered(
    AssessmentRequest(
        (Claim("docker", 1),),
        "both",
        hours_per_week=2,
        start_date=date(2026, 3, 2),
        alternatives=2,
        also_known=(Claim("python", 1),),
    )
)
RIGHT = answered(AssessmentRequest((Claim("docker", 1),), "ai", budget_hours=40, alternatives=2))


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(AssessmentRequest(), id="a beginner, nearest role"),
        pytest.param(AssessmentRequest((Claim("evals", 1),), "both"), id="both, with credits"),
        pytest.param(
            AssessmentRequest((Claim("evals", 1),), "ai", assume_prerequisites=False),
            id="claims without credits",
        ),
        pytest.param(
            AssessmentRequest((Claim("rag", 2), Claim("evals", 2), Claim("docker", 1)), "ai"),
            id="nothing left to learn",
        ),
        pytest.param(
            AssessmentRequest(
                requirements=(
                    AskedGroup((Claim("python", 1), Claim("docker", 1)), is_single=False),
                )
            ),
            id="requirements of one's own",
        ),
        pytest.param(AssessmentRequest(budget_hours=7, alternatives=5), id="a small budget"),
        pytest.param(
            AssessmentRequest((Claim("evals", 1),), "ops", hours_per_week=7.5, alternatives=3),
            id="a pace",
        ),
        pytest.param(
            AssessmentRequest(
                target="both",
                hours_per_week=1,
                start_date=date(2026, 2, 27),
                budget_hours=30,
                also_known=(Claim("typescript", 1), Claim("rag", 1)),
            ),
            id="dates, and what more knowledge changes",
        ),
    ],
)
def test_what_the_service_answers_is_right(request_: AssessmentRequest) -> None:
    assert faults(answered(request_)) == []


def _at(pointer: str, value: object) -> Callable[[Answer], None]:
    *way, last = [int(token) if token.isdecimal() else token for token in pointer.split("/")[1:]]

    def change(answer: Answer) -> None:
        inner: Any = answer
        for token in way:
            inner = inner[token]
        inner[last] = value

    return change


def _drop(answer: Answer) -> None:
    del answer["path"]["steps"][0]


def _swap(answer: Answer) -> None:
    steps = answer["path"]["steps"]
    steps[0], steps[1] = steps[1], steps[0]


def _repeat(answer: Answer) -> None:
    answer["path"]["steps"].append(copy.deepcopy(answer["path"]["steps"][-1]))


def _nearer(answer: Answer) -> None:
    answer["target"]["kind"] = "either"
    answer["roles"][1]["hours"]["likely"] = 1.0


def _overcharge(answer: Answer) -> None:
    answer["path"]["certificate"]["landmarks"] *= 2


def _narrow(answer: Answer) -> None:
    """Leave one option of a landmark out: there is a path through the other."""
    for mark in answer["path"]["certificate"]["landmarks"]:
        del mark["any_of"][1:]


def _cheaper(answer: Answer) -> None:
    answer["path"]["steps"][0]["hours"]["likely"] -= 1
    for step in answer["path"]["steps"]:
        step["hours_so_far"] -= 1
    answer["path"]["hours"]["likely"] -= 1


def _credit(answer: Answer) -> None:
    answer["profile"]["known"] = [{"skill": "evals", "name": "E", "level": 1}]
    answer["profile"]["credited"] = [
        {"skill": "rag", "name": "R", "level": 1, "because": "docker"},
    ]


def _repeat_alternative(answer: Answer) -> None:
    answer["alternatives"][1:] = [copy.deepcopy(answer["alternatives"][0])]


def _path_again(answer: Answer) -> None:
    answer["alternatives"][0] |= {name: answer["path"][name] for name in ("steps", "hours")}


def _repeat_gap(answer: Answer) -> None:
    gaps = answer["roles"][0]["gaps"]
    gaps[1] = gaps[0]


TAMPERED = {
    "another version of the graph": (_at("/graph_version", "1999.1.1"), "/graph_version"),
    "a role that is not there": (_at("/target/roles", ["pilot"]), "/target/roles"),
    "a role that the path does not reach": (_at("/target/roles", ["ops"]), "/path/steps"),
    "a farther role as the nearest": (_nearer, "/target/roles"),
    "an unknown skill": (_at("/path/steps/0/skill", "magic"), "/path/steps/0"),
    "a level beyond the top": (_at("/path/steps/0/level", 9), "/path/steps/0"),
    "a claim that is not there": (_at("/profile/known/0/skill", "magic"), "/profile/known/0"),
    "a claim taken away": (_at("/profile/known", []), "/path/steps/3"),
    "a credit from nowhere": (
        _at(
            "/profile/credited",
            [{"skill": "python", "name": "P", "level": 2, "because": "docker"}],
        ),
        "/profile/credited/0",
    ),
    "a step left out": (_drop, "/path/steps/0"),
    "steps swapped": (_swap, "/path/steps/0"),
    "a step twice": (_repeat, "/path/steps/5"),
    "a wrong number": (_at("/path/steps/1/order", 7), "/path/steps/1/order"),
    "hours of a step": (_at("/path/steps/0/hours/likely", 1.0), "/path/steps/0/hours"),
    "a step made cheaper, sums kept": (_cheaper, "/path/steps/0/hours"),
    "a running total": (_at("/path/steps/1/hours_so_far", 1.0), "/path/steps/1/hours_so_far"),
    "the total": (_at("/path/hours/likely", 1.0), "/path/hours"),
    "the low total": (_at("/path/hours/low", 1.0), "/path/hours"),
    "the hours of the role": (_at("/roles/0/hours/likely", 1.0), "/roles"),
    "a bound above the path": (
        _at("/path/certificate/lower_bound_hours", 99.0),
        "/path/certificate/lower_bound_hours",
    ),
    "a bound below an optimal path": (
        _at("/path/certificate/lower_bound_hours", 1.0),
        "/path/certificate/status",
    ),
    "a gap": (_at("/path/certificate/gap", 0.5), "/path/certificate/gap"),
    "no landmarks": (_at("/path/certificate/landmarks", []), "/path/certificate/proof"),
    "a landmark that can be avoided": (_narrow, "/path/certificate/landmarks/3/any_of"),
    "landmarks that charge twice": (_overcharge, "/path/certificate/landmarks"),
    "a negative charge": (
        _at("/path/certificate/landmarks/0/hours", -1.0),
        "/path/certificate/landmarks/0/hours",
    ),
    "an alternative that does not arrive": (
        _at("/alternatives/0/steps", []),
        "/alternatives/0/steps",
    ),
    "an alternative's hours": (_at("/alternatives/0/hours/high", 1.0), "/alternatives/0/hours"),
    "a budget overdrawn": (_at("/within_budget/budget_hours", 3.0), "/within_budget/path/hours"),
    "the readiness of a role": (_at("/roles/0/readiness", 0.5), "/roles/0/readiness"),
    "a role that nobody knows": (_at("/roles/1/role", "pilot"), "/roles/1/role"),
    "a credit for another claim": (_credit, "/profile/credited/0/because"),
    "what an alternative takes on top": (
        _at("/alternatives/0/extra_hours", 999.0),
        "/alternatives/0/extra_hours",
    ),
    "what an alternative holds besides": (
        _at("/alternatives/0/steps_more", []),
        "/alternatives/0/steps_more",
    ),
    "what an alternative does without": (
        _at("/alternatives/0/steps_less", []),
        "/alternatives/0/steps_less",
    ),
    "an alternative twice": (_repeat_alternative, "/alternatives/1"),
    "the path as an alternative": (_path_again, "/alternatives/0"),
    "the low hours of a role": (_at("/roles/0/hours/low", 1.0), "/roles"),
    "hours of another role that are no range": (
        _at("/roles/1/hours/high", 1.0),
        "/roles/1/hours",
    ),
    "roles not nearest first": (lambda answer: answer["roles"].reverse(), "/roles/1"),
    "gaps left out": (_at("/roles/1/gaps", []), "/roles/1/gaps"),
    "a gap of another level": (_at("/roles/0/gaps/0/need", 1), "/roles/0/gaps"),
    "a gap held in part": (_at("/roles/0/gaps/0/have", 1), "/roles/0/gaps"),
    "a gap of another weight": (_at("/roles/0/gaps/0/weight", 2.0), "/roles/0/gaps"),
    "a gap twice": (_repeat_gap, "/roles/0/gaps"),
    "readiness in an area": (
        _at("/roles/0/areas/0/readiness", 0.5),
        "/roles/0/areas/0/readiness",
    ),
    "an area left out": (_at("/roles/0/areas", []), "/roles/0/areas"),
    "hours of the common start": (
        _at("/both/common_start/hours", 9.0),
        "/both/common_start/hours",
    ),
    "a common start that the path does not hold": (
        _at("/both/common_start/steps", [{"skill": "typescript", "level": 1}]),
        "/both/common_start/steps",
    ),
    "hours of all roles shared": (_at("/both/shared_hours", 999.0), "/both/shared_hours"),
    "weeks without a pace": (_at("/path/weeks", 3.0), "/path/weeks"),
    "a day without a pace": (_at("/path/finish_date", "2026-01-01"), "/path/finish_date"),
    "a role left out": (lambda answer: answer["roles"].pop(), "/roles"),
    "a role twice": (lambda answer: answer["roles"].append(answer["roles"][0]), "/roles/2/role"),
    "what can be learned now": (_at("/path/learnable_now", ["rag"]), "/path/learnable_now"),
    "what both take on top": (
        _at("/both/extra_hours_after_nearest", 1.0),
        "/both/extra_hours_after_nearest",
    ),
    "readiness before a budget": (
        _at("/within_budget/readiness_before", 0.99),
        "/within_budget/readiness_before",
    ),
    "readiness after a budget": (
        _at("/within_budget/readiness_after", 0.99),
        "/within_budget/readiness_after",
    ),
    "hours left": (_at("/within_budget/left/hours/high", 1.0), "/within_budget/left/hours"),
    "steps left out of what is left": (
        _at("/within_budget/left/steps", []),
        "/within_budget/left/steps",
    ),
    "a bound that is reached by no optimal path": (
        _at("/path/certificate/status", "feasible"),
        "/path/certificate/status",
    ),
    "landmarks that are said not to be enough": (
        _at("/path/certificate/proof", "search"),
        "/path/certificate/proof",
    ),
    "a member missing": (lambda answer: answer.pop("path"), "/path"),
    "a member of another type": (_at("/path/steps", "none"), "/path/steps"),
}


@pytest.mark.parametrize(("tamper", "pointer"), TAMPERED.values(), ids=TAMPERED)
def test_tampering_is_caught(tamper: Callable[[Answer], object], pointer: str) -> None:
    answer = copy.deepcopy(RIGHT)
    tamper(answer)

    assert pointer in faults(answer)


TIMED_TAMPERED = {
    "what is saved": ("/difference/saves_hours", 999.0),
    "hours without it": ("/difference/hours_before/low", 1.0, "/difference/hours_before"),
    "readiness with it": ("/difference/readiness_after", 0.99),
    "what need not be learned": ("/difference/steps_less", [], "/difference/hours_before"),
    "what is learned instead": (
        "/difference/steps_more",
        [{"skill": "magic", "level": 1}],
        "/difference",
    ),
    "weeks": ("/path/weeks", 9.0),
    "no weeks": ("/path/weeks", None),
    "weeks of a step": ("/path/steps/0/weeks/1", 0.5),
    "the likely day": ("/path/finish_date", "2026-12-31"),
    "no day": ("/path/finish_date", None),
    "the latest day": ("/path/finish/dates/high", "2026-03-03"),
    "weeks if it goes well": ("/path/finish/weeks/low", 1.0),
    "the day of a step": ("/path/steps/0/dates/1", "2026-03-02"),
    "weeks of an alternative": ("/alternatives/0/weeks", 1.0),
    "other first days": ("/first_90_days/days", 30, "/first_90_days"),
    "more time in them": ("/first_90_days/hours", 90.0, "/path/weeks"),
    "steps done": ("/first_90_days/steps_done", 0),
    "skills of them": ("/first_90_days/skills", []),
    "what is begun": ("/first_90_days/begun", {"skill": "rag", "name": "R", "level": 2}),
    "readiness after them": ("/first_90_days/readiness_after", 0.99),
    "hours that both share": ("/both/shared_hours", 1.0),
    "high hours of both": ("/both/hours/high", 999.0, "/both/hours"),
}


@pytest.mark.parametrize("change", TIMED_TAMPERED.values(), ids=TIMED_TAMPERED)
def test_tampering_with_weeks_days_and_differences_is_caught(change: tuple[Any, ...]) -> None:
    answer = copy.deepcopy(TIMED)
    pointer, value, *elsewhere = change
    _at(pointer, value)(answer)

    assert (elsewhere or [pointer])[0] in faults(answer)


def test_alternatives_in_another_order_are_caught() -> None:
    any_of = AskedGroup((Claim("python", 1), Claim("docker", 1), Claim("typescript", 1)))
    answer = answered(AssessmentRequest(requirements=(any_of,), alternatives=2))
    assert faults(answer) == []
    answer["alternatives"].reverse()

    assert "/alternatives/1" in faults(answer)


def test_the_hours_of_all_roles_are_those_of_the_path_that_leads_to_them() -> None:
    answer = answered(AssessmentRequest(target="both"))
    answer["both"]["hours"]["likely"] += 1

    assert faults(answer) == ["/both/hours", "/both/extra_hours_after_nearest"]


@pytest.mark.parametrize("target", ["either", "both"])
def test_an_answer_without_roles_is_at_fault(target: str) -> None:
    answer = answered(AssessmentRequest(target=target))
    answer["roles"] = []

    assert faults(answer) == ["/roles", "/roles"]


@pytest.mark.parametrize("hours", [1e308, -1e308])
@pytest.mark.parametrize(
    "pointer",
    [
        "/path/hours/likely",
        "/path/steps/0/hours_so_far",
        "/path/steps/0/hours/low",
        "/path/certificate/lower_bound_hours",
        "/path/certificate/landmarks/0/hours",
        "/roles/0/hours/likely",
        "/both/hours/likely",
        "/both/extra_hours_after_nearest",
        "/within_budget/left/hours/high",
    ],
)
def test_hours_that_no_number_holds_in_hundredths_are_wrong(pointer: str, hours: float) -> None:
    answer = copy.deepcopy(RIGHT)
    _at(pointer, hours)(answer)

    assert faults(answer)


def _emptied(answer: Answer) -> Answer:
    """Return an answer that says there is nothing to learn."""
    nothing = {"low": 0.0, "likely": 0.0, "high": 0.0}
    proof = {"status": "optimal", "lower_bound_hours": 0.0, "gap": 0.0}
    answer["path"] |= {"steps": [], "hours": nothing}
    answer["path"]["certificate"] |= {**proof, "proof": "landmarks", "landmarks": []}
    answer["alternatives"] = []
    return answer


@pytest.mark.parametrize(
    ("target", "pointer"),
    [
        pytest.param({"kind": "role", "roles": []}, "/target/roles", id="no role"),
        pytest.param({"kind": "either", "roles": []}, "/target/roles", id="none of them"),
        pytest.param({"kind": "role", "roles": ["ai", "ops"]}, "/target/roles", id="two roles"),
        pytest.param(
            {"kind": "both", "roles": ["ai", "ops", "ai"]}, "/target/roles", id="one of all twice"
        ),
        pytest.param(
            {"kind": "requirements", "roles": []}, "/target/requirements", id="no requirement"
        ),
        pytest.param(
            {"kind": "requirements", "roles": ["ai"]}, "/target/roles", id="a role with them"
        ),
        pytest.param(
            {
                "kind": "requirements",
                "roles": [],
                "requirements": [
                    {"at_least": 0, "of": [{"skill": "rag", "level": 1}], "weight": 1.0}
                ],
            },
            "/target/requirements/0/at_least",
            id="a requirement that asks for nothing",
        ),
        pytest.param(
            {
                "kind": "requirements",
                "roles": [],
                "requirements": [
                    {"at_least": 1, "of": [{"skill": "rag", "level": 1}], "weight": 0.0}
                ],
            },
            "/target/requirements/0/weight",
            id="a requirement of no weight",
        ),
    ],
)
def test_an_answer_that_aims_at_nothing_is_not_right(target: Answer, pointer: str) -> None:
    answer = _emptied(answered(AssessmentRequest()))
    answer["target"] |= target

    assert pointer in faults(answer)


def test_all_faults_are_listed() -> None:
    answer = copy.deepcopy(RIGHT)
    _swap(answer)
    _at("/path/hours/likely", 1.0)(answer)
    _at("/path/certificate/gap", 0.5)(answer)

    assert {"/path/steps/0", "/path/hours", "/path/certificate/gap"} <= set(faults(answer))


def test_a_worse_path_cannot_claim_to_be_the_shortest() -> None:
    answer = copy.deepcopy(RIGHT)
    (worse, *_) = answer["alternatives"]
    answer["path"] |= {name: worse[name] for name in ("steps", "hours")}

    assert "/path/certificate/status" in faults(answer)


@pytest.mark.parametrize("document", [None, [], "x", 3, {}], ids=repr)
def test_what_is_no_answer_is_refused(document: Any) -> None:  # noqa: ANN401
    with pytest.raises(NotAnAnswerError):
        statement_of(document, GRAPH)
