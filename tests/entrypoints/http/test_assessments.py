"""``/v1/assessments``: what is asked, what is answered."""

from typing import Any

import pytest
from flask.testing import FlaskClient


def ask(client: FlaskClient, **members: object) -> Any:  # noqa: ANN401  JSON of any shape
    response = client.post("/v1/assessments", json=members)
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_json()


def steps(answer: dict[str, Any]) -> list[tuple[str, int]]:
    return [(step["skill"], step["level"]) for step in answer["path"]["steps"]]


def test_the_path_holds_what_is_missing_in_an_order_that_can_be_learned(
    client: FlaskClient,
) -> None:
    answer = ask(
        client,
        skills=[{"skill": "Python", "level": 2}, {"skill": "Kubernetes"}],
        target="ai-engineer",
        hours_per_week=7,
    )

    assert answer["target"] == {"kind": "role", "roles": ["ai-engineer"], "requirements": []}
    assert answer["profile"]["known"] == [
        {"skill": "python", "name": "Python", "level": 2},
        {"skill": "kubernetes", "name": "Kubernetes", "level": 2},
    ]
    assert answer["profile"]["credited"] == [
        {"skill": "docker", "name": "Docker", "level": 2, "because": "kubernetes"}
    ]
    assert sorted(steps(answer)) == [
        ("evals", 1),
        ("evals", 2),
        ("rag", 1),
        ("rag", 2),
        ("rag", 3),
    ]
    assert steps(answer).index(("rag", 1)) < steps(answer).index(("evals", 1))
    assert answer["path"]["hours"] == {"low": 49.0, "likely": 49.0, "high": 49.0}
    assert answer["path"]["weeks"] == 7.0
    assert answer["path"]["steps"][0]["weeks"] == [0.0, 0.86]
    assert answer["path"]["steps"][-1]["hours_so_far"] == 49.0
    assert answer["path"]["steps"][-1]["weeks"][1] == 7.0
    assert answer["path"]["certificate"]["status"] == "optimal"
    assert answer["path"]["certificate"]["lower_bound_hours"] == 49.0


def test_a_decided_alternative_says_what_was_decided_and_what_it_saves(
    client: FlaskClient,
) -> None:
    answer = ask(client, skills=[{"skill": "kubernetes"}], target="ai-engineer")
    decided = {
        step["skill"]: step["choice"] for step in answer["path"]["steps"] if "choice" in step
    }

    assert decided == {
        "python": {"instead_of": [{"skill": "typescript", "level": 2}], "saves_hours": 6.0}
    }


def test_without_a_pace_there_are_no_weeks(client: FlaskClient) -> None:
    path = ask(client, target="both")["path"]

    assert path["weeks"] is None
    assert {step["weeks"] for step in path["steps"]} == {None}


def test_an_empty_request_is_a_beginner_who_goes_for_the_nearest_role(
    client: FlaskClient,
) -> None:
    answer = ask(client)

    assert answer["target"]["roles"] == ["ml-engineer"]
    assert [role["role"] for role in answer["roles"]] == ["ml-engineer", "ai-engineer"]
    assert [role["readiness"] for role in answer["roles"]] == [0.0, 0.0]
    assert answer["profile"]["notice"] is None


def test_someone_who_meets_a_role_has_readiness_one_and_nothing_to_learn(
    client: FlaskClient,
) -> None:
    answer = ask(client, skills=[{"skill": "python", "level": 3}])

    assert answer["roles"][0]["readiness"] == 1.0
    assert answer["roles"][0]["gaps"] == []
    assert answer["path"]["steps"] == []
    assert answer["path"]["hours"]["likely"] == 0.0
    assert answer["path"]["certificate"]["gap"] == 0.0


def test_requirements_of_ones_own_are_planned_like_a_role(client: FlaskClient) -> None:
    answer = ask(
        client,
        skills=[{"skill": "typescript", "level": 2}],
        requirements=[
            {"skill": "docker", "level": 1},
            {
                "at_least": 1,
                "of": [{"skill": "rag", "level": 1}, {"skill": "evals"}],
                "weight": 2.5,
            },
        ],
    )

    assert answer["target"] == {
        "kind": "requirements",
        "roles": [],
        "requirements": [
            {"at_least": 1, "of": [{"skill": "docker", "level": 1}], "weight": 1.0},
            {
                "at_least": 1,
                "of": [{"skill": "rag", "level": 1}, {"skill": "evals", "level": 2}],
                "weight": 2.5,
            },
        ],
    }
    assert sorted(steps(answer)) == [("docker", 1), ("rag", 1)]
    assert {need["role"] for step in answer["path"]["steps"] for need in step["needed_for"]} == {
        None
    }
    assert answer["path"]["steps"][0]["because"].startswith("Your requirements ask for it.")


def test_what_is_not_understood_is_reported_and_the_rest_is_assessed(client: FlaskClient) -> None:
    profile = ask(client, skills=[{"skill": "PYTHON"}, {"skill": "zzzzzz"}])["profile"]

    assert [entry["skill"] for entry in profile["known"]] == ["python"]
    assert profile["inputs"] == [{"input": "PYTHON", "skill": "python", "level": 2, "match": "id"}]
    assert profile["unknown"] == [{"input": "zzzzzz", "suggestions": []}]
    assert profile["notice"] is None


def test_an_answer_to_nothing_understood_says_so(client: FlaskClient) -> None:
    answer = ask(client, skills=[{"skill": "zzzzzz"}])

    assert answer["profile"]["known"] == []
    assert "None of the skills" in answer["profile"]["notice"]


def test_spelling_order_and_repetition_change_only_the_echo(client: FlaskClient) -> None:
    one = ask(client, skills=[{"skill": "python", "level": 2}, {"skill": "docker", "level": 1}])
    other = ask(
        client,
        skills=[
            {"skill": "Docker", "level": "aware"},
            {"skill": " PYTHON", "level": 1},
            {"skill": "python", "level": "2"},
        ],
    )

    assert one["profile"].pop("inputs") != other["profile"].pop("inputs")
    assert one == other


def test_the_same_request_has_the_same_bytes(client: FlaskClient) -> None:
    body = {"skills": [{"skill": "python"}, {"skill": "zürich"}]}
    first = client.post("/v1/assessments", json=body)
    second = client.post("/v1/assessments", json=body)

    assert first.data == second.data
    assert b"\0" not in first.data


@pytest.mark.parametrize(
    ("query", "body"),
    [
        pytest.param("", {}, id="nothing"),
        pytest.param(
            "?skill=python:3&skill=k8s&target=both&hours_per_week=10",
            {
                "skills": [{"skill": "python", "level": 3}, {"skill": "k8s"}],
                "target": "both",
                "hours_per_week": 10,
            },
            id="everything at once",
        ),
        pytest.param(
            "?skill=docker:working&assume_prerequisites=false",
            {"skills": [{"skill": "docker", "level": "working"}], "assume_prerequisites": False},
            id="a level by its id",
        ),
        pytest.param(
            "?skill=node:js&skill=a:b:1",
            {"skills": [{"skill": "node:js"}, {"skill": "a:b", "level": 1}]},
            id="a colon of the name stays in the name",
        ),
        pytest.param(
            "?hours_per_week=10&start_date=2026-12-01&budget_weeks=2&alternatives=1"
            "&highest_leverage=3&also_known=rag:1&also_known=docker",
            {
                "hours_per_week": 10,
                "start_date": "2026-12-01",
                "budget_weeks": 2,
                "alternatives": 1,
                "highest_leverage": 3,
                "also_known": [{"skill": "rag", "level": 1}, {"skill": "docker"}],
            },
            id="all that can be asked for besides",
        ),
        pytest.param(
            "?skill=c%2B%2B&skill=z%C3%BCrich+west",
            {"skills": [{"skill": "c++"}, {"skill": "zürich west"}]},
            id="percent-encoded names",
        ),
    ],
)
def test_a_link_is_answered_like_the_body_that_says_the_same(
    client: FlaskClient, query: str, body: dict[str, object]
) -> None:
    linked = client.get(f"/v1/assessments{query}")
    posted = client.post("/v1/assessments", json=body)

    assert linked.status_code == 200
    assert linked.data == posted.data


DATED = {"target": "ai-engineer", "hours_per_week": 10, "start_date": "2026-12-01"}


def test_a_pace_and_a_first_day_give_dates_to_steps_and_a_range_to_the_finish(
    client: FlaskClient,
) -> None:
    path = ask(client, **DATED)["path"]

    assert path["hours"]["likely"] == 123.0
    assert path["weeks"] == 12.3
    assert path["finish_date"] == path["finish"]["dates"]["likely"] == "2027-02-25"
    assert path["finish"]["weeks"] == {"low": 12.3, "likely": 12.3, "high": 12.3}
    assert "added up" in path["finish"]["range"]
    assert path["steps"][0]["dates"][0] == "2026-12-01"
    assert path["steps"][-1]["dates"][1] == "2027-02-25"
    days = [day for step in path["steps"] for day in step["dates"]]
    assert days == sorted(days)


def test_a_path_that_ends_after_the_calendar_has_no_dates(client: FlaskClient) -> None:
    path = ask(client, **DATED | {"start_date": "9999-12-30"})["path"]

    assert path["finish_date"] is None
    assert path["finish"]["dates"] is None
    assert path["steps"][-1]["dates"] is None


def test_the_first_ninety_days_are_a_view_of_their_own(client: FlaskClient) -> None:
    answer = ask(client, **DATED | {"hours_per_week": 1})
    first = answer["first_90_days"]

    assert (first["days"], first["last_date"], first["hours"]) == (90, "2027-02-28", 12.85)
    done = answer["path"]["steps"][: first["steps_done"]]
    assert done[-1]["hours_so_far"] <= 12.85
    assert first["begun"]["skill"] == answer["path"]["steps"][len(done)]["skill"]
    assert {each["skill"] for each in first["skills"]} == {step["skill"] for step in done}
    assert ask(client)["first_90_days"] is None


def test_further_paths_come_in_order_with_what_they_do_differently(client: FlaskClient) -> None:
    answer = ask(client, target="ai-engineer", alternatives=5)

    assert [each["difference"] for each in answer["alternatives"]] == [
        "Typescript instead of Python: +6 h"
    ]
    (only,) = answer["alternatives"]
    assert only["hours"]["likely"] == answer["path"]["hours"]["likely"] + 6
    assert only["extra_hours"] == 6.0
    assert only["steps_more"] == [
        {"skill": "typescript", "level": 1},
        {"skill": "typescript", "level": 2},
    ]
    assert {step["skill"] for step in only["steps"]} >= {"typescript", "rag"}
    assert answer["alternatives_complete"] is True
    assert ask(client)["alternatives"] == []


def test_a_budget_buys_the_most_readiness_and_says_what_is_left(client: FlaskClient) -> None:
    answer = ask(client, target="ai-engineer", skills=[{"skill": "python"}], budget_hours=14)
    spent = answer["within_budget"]

    assert spent["budget_hours"] == 14.0
    assert spent["scope"] == "all"
    assert spent["path"]["hours"]["likely"] <= 14
    assert spent["readiness_before"] == answer["roles"][1]["readiness"]
    assert spent["readiness_after"] > spent["readiness_before"]
    assert (
        spent["path"]["hours"]["likely"] + spent["left"]["hours"]["likely"]
        == answer["path"]["hours"]["likely"]
    )
    assert "within_budget" not in ask(client)


def test_a_step_that_only_counts_towards_a_requirement_says_so(client: FlaskClient) -> None:
    answer = ask(client, target="ml-engineer", budget_hours=15)
    (step,) = answer["within_budget"]["path"]["steps"]

    assert (step["skill"], step["level"]) == ("python", 1)
    assert step["because"].startswith(
        "It counts towards level 3, which the role Ml engineer asks for."
    )
    assert step["needed_for"] == [{"role": "ml-engineer", "requirement": "python"}]


def test_what_if_gives_the_path_with_it_and_the_difference_to_the_one_without(
    client: FlaskClient,
) -> None:
    without = ask(client, target="ai-engineer")
    having = ask(client, target="ai-engineer", skills=[{"skill": "docker"}])
    what_if = ask(client, target="ai-engineer", also_known=[{"skill": "docker"}])

    assert what_if["path"] == having["path"]
    assert what_if["difference"] == {
        "roles_before": ["ai-engineer"],
        "hours_before": without["path"]["hours"],
        "saves_hours": 24.0,
        "readiness_before": 0.0,
        "readiness_after": 0.0,
        "steps_less": [{"skill": "docker", "level": 1}, {"skill": "docker", "level": 2}],
        "steps_more": [],
    }
    assert "difference" not in having


def test_what_is_known_already_changes_nothing(client: FlaskClient) -> None:
    known = [{"skill": "docker"}]
    answer = ask(client, skills=known, also_known=[{"skill": "Docker", "level": 1}])

    assert answer["difference"]["saves_hours"] == 0.0
    assert answer["difference"]["steps_less"] == []
    assert answer["path"] == ask(client, skills=known)["path"]


def test_the_skills_of_the_highest_leverage_say_what_they_save_each_role(
    client: FlaskClient,
) -> None:
    answer = ask(client, target="ml-engineer", highest_leverage=100)

    assert answer["highest_leverage_exact"] is True
    first = answer["highest_leverage"][0]
    assert (first["skill"], first["level"], first["saves_path_hours"]) == ("python", 3, 70.0)
    assert first["saves_hours"] == {"ml-engineer": 70.0, "ai-engineer": 30.0}
    assert ask(client, highest_leverage=0)["highest_leverage"] == []


def test_keeping_both_doors_open_has_its_price_and_a_common_start(client: FlaskClient) -> None:
    answer = ask(client)
    both = answer["both"]

    assert both["hours"] == ask(client, target="both")["path"]["hours"]
    assert both["hours"]["likely"] == 70.0 + both["extra_hours_after_nearest"]
    assert both["shared_hours"] == 30.0
    assert both["common_start"] == {
        "hours": 30.0,
        "steps": [{"skill": "python", "level": 1}, {"skill": "python", "level": 2}],
    }


TYPES = {"calendar": "text/calendar", "csv": "text/csv", "markdown": "text/markdown"}


@pytest.mark.parametrize(("form", "media_type"), TYPES.items())
def test_the_same_answer_comes_as_calendar_table_or_text(
    client: FlaskClient, form: str, media_type: str
) -> None:
    path = "/v1/assessments/export"
    link = f"{path}?target=ai-engineer&hours_per_week=10&start_date=2026-12-01"
    linked = client.get(f"{link}&format={form}")
    others = [
        client.get(link, headers={"Accept": media_type}),
        client.post(path, json=DATED, headers={"Accept": media_type}),
        client.post(f"{path}?format={form}", json=DATED),
    ]

    assert linked.status_code == 200
    assert linked.headers["Content-Type"] == f"{media_type}; charset=utf-8"
    assert "Accept" in linked.headers["Vary"]
    assert all(other.data == linked.data for other in others)
    again = client.get(f"{link}&format={form}", headers={"If-None-Match": linked.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_export_is_a_text_unless_another_form_is_asked_for(client: FlaskClient) -> None:
    for accept in ("*/*", "text/*", "text/markdown, text/csv;q=0.9"):
        response = client.get("/v1/assessments/export", headers={"Accept": accept})
        assert response.mimetype == "text/markdown"


def test_an_assessment_itself_is_json_alone(client: FlaskClient) -> None:
    for accept in ("*/*", "text/*;q=0.1, application/json", "application/json, text/csv;q=0.9"):
        response = client.get("/v1/assessments", headers={"Accept": accept})
        assert response.headers["Content-Type"] == "application/json"
    assert client.get("/v1/assessments", headers={"Accept": "text/csv"}).status_code == 406


@pytest.mark.parametrize(
    ("query", "accept", "status"),
    [
        pytest.param("", "image/png", 406, id="a type that nobody has"),
        pytest.param("", "application/json", 406, id="the form of the assessment itself"),
        pytest.param("?format=csv", "text/markdown", 406, id="a link against the header"),
        pytest.param("?format=pdf", "*/*", 422, id="a form that nobody has"),
        pytest.param("?format=calendar", "*/*", 422, id="a calendar without dates"),
        pytest.param("?format=csv&target=pilot", "*/*", 422, id="an unknown role"),
        pytest.param("?format=csv&colour=red", "*/*", 422, id="an unknown parameter"),
    ],
)
def test_what_cannot_be_given_is_a_problem(
    client: FlaskClient, query: str, accept: str, status: int
) -> None:
    response = client.get(f"/v1/assessments/export{query}", headers={"Accept": accept})

    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"


def test_every_fault_of_an_export_is_told_at_once(client: FlaskClient) -> None:
    faulty = "/v1/assessments/export?format=pdf&hours_per_week=0&alternatives=9"
    errors = client.get(faulty).get_json()["errors"]

    assert {error["pointer"] for error in errors} == {
        "/format", "/hours_per_week", "/alternatives",
    }  # fmt: skip


def test_an_answer_to_a_post_is_kept_by_nobody(client: FlaskClient) -> None:
    headers = client.post("/v1/assessments", json={}).headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Type"] == "application/json"


def test_an_answer_to_a_link_may_be_kept_by_the_browser_that_asked(client: FlaskClient) -> None:
    first = client.get("/v1/assessments?skill=python")
    again = client.get(
        "/v1/assessments?skill=python", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert first.headers["Cache-Control"].startswith("private")
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
