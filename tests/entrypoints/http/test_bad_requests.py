"""Requests that cannot be used: every fault at once, as a problem, in milliseconds."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.clock import seconds_of_work

LONGEST = "n" * 200
MEBIBYTE = 1024 * 1024


def refused(client: FlaskClient, body: object, status: int = 422) -> Any:  # noqa: ANN401
    response = client.post("/v1/assessments", json=body)
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.mimetype == "application/problem+json"
    return response.get_json()


def pointers(problem: dict[str, Any]) -> list[str]:
    return [fault["pointer"] for fault in problem["errors"]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param([], [""], id="not an object"),
        pytest.param({"skils": []}, ["/skils"], id="a misspelt member"),
        pytest.param({"skills": {}}, ["/skills"], id="skills is no list"),
        pytest.param({"skills": ["python"]}, ["/skills/0"], id="a skill is no object"),
        pytest.param({"skills": [{}]}, ["/skills/0/skill"], id="a skill without a name"),
        pytest.param({"skills": [{"skill": 7}]}, ["/skills/0/skill"], id="a name is no text"),
        pytest.param({"skills": [{"skill": ""}]}, ["/skills/0/skill"], id="an empty name"),
        pytest.param({"skills": [{"skill": " "}]}, ["/skills/0/skill"], id="a blank name"),
        pytest.param(
            {"skills": [{"skill": LONGEST + "n"}]}, ["/skills/0/skill"], id="a name too long"
        ),
        pytest.param(
            {"skills": [{"skill": "\ufdfa" * 12}]},
            ["/skills/0/skill"],
            id="a name too long once it is normalised",
        ),
        pytest.param(
            {"skills": [{"skill": "n" * (MEBIBYTE - 100)}]},
            ["/skills/0/skill"],
            id="a name of a megabyte",
        ),
        pytest.param(
            {"skills": [{"skill": "a\tb"}]}, ["/skills/0/skill"], id="a control character"
        ),
        pytest.param(
            {"skills": [{"skill": "a\u0085b"}]}, ["/skills/0/skill"], id="a C1 control character"
        ),
        pytest.param(
            {"skills": [{"skill": "python", "level": 3.7}]}, ["/skills/0/level"], id="level 3.7"
        ),
        pytest.param(
            {"skills": [{"skill": "python", "level": True}]}, ["/skills/0/level"], id="level true"
        ),
        pytest.param(
            {"skills": [{"skill": "python", "level": None}]}, ["/skills/0/level"], id="level null"
        ),
        pytest.param(
            {"skills": [{"skill": "python", "level": 99}]}, ["/skills/0/level"], id="level 99"
        ),
        pytest.param(
            {"skills": [{"skill": "python", "level": "99"}]}, ["/skills/0/level"], id="level '99'"
        ),
        pytest.param(
            {"skills": [{"skill": "python", "level": -1}]}, ["/skills/0/level"], id="level -1"
        ),
        pytest.param(
            {"skills": [{"skill": "python", "level": "guru"}]},
            ["/skills/0/level"],
            id="a level that the graph does not have",
        ),
        pytest.param(
            {"skills": [{"skill": "python", "years": 3}]},
            ["/skills/0/years"],
            id="a member that a skill does not have",
        ),
        pytest.param({"target": 3}, ["/target"], id="a target that is no text"),
        pytest.param({"hours_per_week": 0.5}, ["/hours_per_week"], id="too few hours a week"),
        pytest.param({"hours_per_week": 80.5}, ["/hours_per_week"], id="too many hours a week"),
        pytest.param({"start_date": "2026-12-01"}, ["/start_date"], id="dates without a pace"),
        pytest.param({"budget_weeks": 3}, ["/budget_weeks"], id="weeks without a pace"),
        pytest.param(
            {"budget_weeks": 3, "budget_hours": 3, "hours_per_week": 3},
            ["/budget_weeks"],
            id="a budget in hours and in weeks",
        ),
        pytest.param(
            {"hours_per_week": 0.3, "start_date": "2026-12-01", "budget_weeks": 3},
            ["/hours_per_week"],
            id="what takes a pace beside one that is no good",
        ),
        pytest.param({"budget_hours": -1}, ["/budget_hours"], id="less than no time"),
        pytest.param({"alternatives": 6}, ["/alternatives"], id="too many alternatives"),
        pytest.param({"alternatives": 1.5}, ["/alternatives"], id="half an alternative"),
        pytest.param({"highest_leverage": 1001}, ["/highest_leverage"], id="too long a list"),
        pytest.param(
            {"also_known": [{"skill": "rag", "level": 99}]},
            ["/also_known/0/level"],
            id="a level of what else is known",
        ),
        *(
            pytest.param(
                {"start_date": day, "hours_per_week": 10}, ["/start_date"], id=f"the day {day}"
            )
            for day in ("2026-02-30", "20261201", "2026-W01-1", "1.12.2026", "", 20261201)
        ),
        pytest.param({"hours_per_week": "10"}, ["/hours_per_week"], id="hours as text"),
        pytest.param({"hours_per_week": True}, ["/hours_per_week"], id="hours as a truth value"),
        pytest.param(
            {"assume_prerequisites": "no"}, ["/assume_prerequisites"], id="a truth value as text"
        ),
        pytest.param(
            {"assume_prerequisites": 0}, ["/assume_prerequisites"], id="a truth value as a number"
        ),
        pytest.param({"requirements": []}, ["/requirements"], id="no requirement at all"),
        pytest.param(
            {"requirements": [{"skill": "rag"}] * 65}, ["/requirements"], id="65 requirements"
        ),
        pytest.param({"requirements": [7]}, ["/requirements/0"], id="a requirement is no object"),
        pytest.param(
            {"requirements": [{"of": []}]}, ["/requirements/0/of"], id="a group of nothing"
        ),
        pytest.param(
            {"requirements": [{"of": [{"skill": "rag"}] * 65}]},
            ["/requirements/0/of"],
            id="a group of 65",
        ),
        pytest.param(
            {"requirements": [{"of": [{"skill": "rag"}], "at_least": 0}]},
            ["/requirements/0/at_least"],
            id="at least none",
        ),
        pytest.param(
            {"requirements": [{"of": [{"skill": "rag"}], "at_least": 2}]},
            ["/requirements/0/at_least"],
            id="more than there are",
        ),
        pytest.param(
            {"requirements": [{"skill": "rag", "weight": 0}]},
            ["/requirements/0/weight"],
            id="weight 0",
        ),
        pytest.param(
            {"requirements": [{"skill": "rag", "weight": 1.005}]},
            ["/requirements/0/weight"],
            id="a weight with three decimals",
        ),
        pytest.param(
            {"requirements": [{"skill": "rag", "weight": 1000.01}]},
            ["/requirements/0/weight"],
            id="a weight beyond 1000",
        ),
        pytest.param(
            {"requirements": [{"skill": "zzzzzz"}]},
            ["/requirements/0/skill"],
            id="a requirement that names no skill",
        ),
        pytest.param(
            {"requirements": [{"skill": "rag"}], "target": "both"},
            ["/requirements"],
            id="requirements and a target",
        ),
    ],
)
def test_a_member_at_fault_is_named(
    client: FlaskClient, body: object, expected: list[str]
) -> None:
    problem = refused(client, body)

    assert problem["code"] == "invalid-request"
    assert pointers(problem) == expected
    assert problem["error_count"] == len(expected)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"skills": [{"skill": LONGEST}]}, id="a name of 200 characters"),
        pytest.param({"skills": [{"skill": "python"}] * 500}, id="500 skills"),
        pytest.param({"skills": [{"skill": "python", "level": 3.0}]}, id="level 3.0"),
        pytest.param({"skills": [{"skill": "python", "level": "3"}]}, id="level '3'"),
        pytest.param({"skills": [{"skill": "python", "level": 0}]}, id="level 0"),
        pytest.param({"skills": [{"skill": "rag", "level": 4}]}, id="beyond the skill's own top"),
        pytest.param({"hours_per_week": 1}, id="one hour a week"),
        pytest.param({"hours_per_week": 80.0}, id="80 hours a week"),
        pytest.param({"requirements": [{"skill": "rag"}] * 64}, id="64 requirements"),
        pytest.param({"requirements": [{"of": [{"skill": "rag"}] * 64}]}, id="a group of 64"),
        pytest.param({"requirements": [{"skill": "rag", "weight": 0.01}]}, id="weight 0.01"),
        pytest.param({"requirements": [{"skill": "rag", "weight": 1000}]}, id="weight 1000"),
    ],
)
def test_what_is_just_within_the_limits_is_answered(client: FlaskClient, body: object) -> None:
    assert client.post("/v1/assessments", json=body).status_code == 200


def test_every_fault_is_reported_at_once_faults_of_shape_and_of_meaning(
    client: FlaskClient,
) -> None:
    problem = refused(
        client,
        {
            "skills": [{"skill": 1}, {"skill": "python", "level": 99}, {"skill": "rag", "x": 1}],
            "target": "astronaut",
            "hours_per_week": "many",
        },
    )

    assert sorted(pointers(problem)) == [
        "/hours_per_week",
        "/skills/0/skill",
        "/skills/1/level",
        "/skills/2/x",
        "/target",
    ]
    assert problem["error_count"] == 5


@pytest.mark.parametrize("target", ["astronaut", "", "AI-Engineer"])
def test_an_unknown_role_is_a_problem_of_its_own(client: FlaskClient, target: str) -> None:
    problem = refused(client, {"target": target})

    assert problem["code"] == "unknown-role"
    assert pointers(problem) == ["/target"]
    assert "ai-engineer" in problem["detail"]


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        pytest.param(
            "Docker & Kubernetes", "It names several skills: docker, kubernetes.", id="several"
        ),
        pytest.param(
            "Pythonix", "It names no skill of the graph; near it: python.", id="a near one"
        ),
        pytest.param("juggling", "It names no skill of the graph.", id="none"),
    ],
)
def test_a_requirement_that_is_not_clear_says_what_may_be_meant(
    client: FlaskClient, name: str, detail: str
) -> None:
    problem = refused(client, {"requirements": [{"skill": name}]})

    assert problem["errors"] == [{"pointer": "/requirements/0/skill", "detail": detail}]


def test_only_the_first_50_faults_are_listed_and_all_are_counted(client: FlaskClient) -> None:
    response = client.post("/v1/assessments", json={"skills": [{"level": "?"}] * 500})
    problem = response.get_json()

    assert len(problem["errors"]) == 50
    assert problem["error_count"] == 500  # a level that no graph has counts once names are there
    assert len(response.data) <= 16 * 1024


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"skills": [{"skill": "python"}] * 10_000}, id="10,000 skills"),
        pytest.param({"skills": [7] * 10_000}, id="10,000 things that are no skills"),
        pytest.param({f"m{n}": n for n in range(10_000)}, id="10,000 unknown members"),
        pytest.param({"skills": [{"skill": "é" * 100_000}]}, id="a long name to normalise"),
    ],
)
@pytest.mark.alone
def test_too_much_is_refused_in_milliseconds(client: FlaskClient, body: object) -> None:
    response = client.post("/v1/assessments", json=body)

    assert response.status_code == 422
    assert len(response.data) <= 16 * 1024
    assert seconds_of_work(lambda: client.post("/v1/assessments", json=body)) < 0.5


CANARY = "jane.doe@example.org"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({CANARY: 1}, id="in a member's name"),
        pytest.param({"target": CANARY}, id="in the target"),
        pytest.param({"skills": [{"skill": CANARY, "level": CANARY}]}, id="in a level"),
        pytest.param({"skills": CANARY}, id="in place of a list"),
        pytest.param({"skills": [{"skill": "a\n" + CANARY}]}, id="in a name"),
        pytest.param({"skills": [{CANARY: 1}]}, id="in a nested member's name"),
        pytest.param({"hours_per_week": CANARY}, id="in a number"),
        pytest.param({"requirements": [{"skill": CANARY}]}, id="in a requirement"),
    ],
)
def test_a_problem_never_repeats_what_was_sent(client: FlaskClient, body: object) -> None:
    response = client.post("/v1/assessments", json=body)

    assert response.status_code == 422
    assert CANARY not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("?skils=python", ["/skils"], id="a misspelt parameter"),
        pytest.param("?target=both&target=either", ["/target"], id="a repeated parameter"),
        pytest.param("?hours_per_week=ten", ["/hours_per_week"], id="hours in words"),
        pytest.param("?hours_per_week=NaN", ["/hours_per_week"], id="hours that are no number"),
        pytest.param("?hours_per_week=1e1", ["/hours_per_week"], id="hours in powers of ten"),
        pytest.param("?assume_prerequisites=1", ["/assume_prerequisites"], id="1 for true"),
        pytest.param("?skill=", ["/skill/0"], id="an empty skill"),
        pytest.param("?skill=a&skill=b%00", ["/skill/1"], id="a NUL in a name"),
        pytest.param("?skill=a&skill=python:99", ["/skill/1"], id="level 99"),
        pytest.param("?" + "&".join(["skill=a"] * 501), ["/skill"], id="501 skills"),
    ],
)
def test_a_parameter_at_fault_is_named(
    client: FlaskClient, query: str, expected: list[str]
) -> None:
    response = client.get(f"/v1/assessments{query}")

    assert response.status_code == 422
    assert pointers(response.get_json()) == expected


def test_every_fault_of_a_query_is_reported_at_once(client: FlaskClient) -> None:
    response = client.get("/v1/assessments?x=1&skill=python:99&target=astronaut&hours_per_week=0")

    assert sorted(pointers(response.get_json())) == [
        "/hours_per_week",
        "/skill/0",
        "/target",
        "/x",
    ]


@pytest.mark.parametrize("target", ["astronaut", ""])
def test_an_unknown_role_in_a_link_is_a_problem_of_its_own(
    client: FlaskClient, target: str
) -> None:
    response = client.get(f"/v1/assessments?target={target}")

    assert (response.status_code, response.get_json()["code"]) == (422, "unknown-role")


@pytest.mark.parametrize("query", ["?skill=%FF", "?target=%C3%28", "?skill=%ED%A0%80"])
def test_a_query_that_is_not_utf_8_is_a_bad_request(client: FlaskClient, query: str) -> None:
    response = client.get(f"/v1/assessments{query}")

    assert (response.status_code, response.get_json()["code"]) == (400, "bad-request")
