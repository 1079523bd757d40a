"""``/v1/profiles``, ``/v1/comparison`` and ``/v1/role-fit``."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.contract.service_under_contract import APP

CASES = APP.test_client()


@pytest.fixture
def shipped() -> FlaskClient:
    """The service on the graph that ships: it holds what these routes speak of."""
    return CASES


def test_profiles_are_listed_in_parts_that_link_to_one_another(shipped: FlaskClient) -> None:
    seen: list[Any] = []
    address = "/v1/profiles?limit=5"
    while address:
        response = shipped.get(address)
        seen += response.get_json()["profiles"]
        following = re.search(r'<([^>]+)>; rel="next"', response.headers["Link"])
        address = following[1] if following else ""

    whole = shipped.get("/v1/profiles?limit=200").get_json()
    assert seen == whole["profiles"]
    assert whole["next_offset"] is None
    assert seen[0] == shipped.get(f"/v1/profiles/{seen[0]['profile']}").get_json()


def test_the_links_of_a_part_keep_the_question(shipped: FlaskClient) -> None:
    links = shipped.get("/v1/skills?q=py&limit=1&offset=1").headers["Link"]

    assert '</v1/skills?q=py&limit=1&offset=0>; rel="first"' in links
    assert '</v1/skills?q=py&limit=1&offset=0>; rel="prev"' in links
    assert '</v1/skills?q=py&limit=1&offset=2>; rel="next"' in links


def test_a_profile_holds_the_skills_as_an_assessment_takes_them(shipped: FlaskClient) -> None:
    profile = shipped.get("/v1/profiles/backend-engineer").get_json()
    skills = [{"skill": held["skill"], "level": held["level"]} for held in profile["skills"]]

    assessed = shipped.post("/v1/assessments", json={"skills": skills}).get_json()
    assert assessed["profile"]["known"] == profile["skills"]


def test_an_unknown_profile_is_not_found(shipped: FlaskClient) -> None:
    assert shipped.get("/v1/profiles/astronaut").status_code == 404


def test_roles_are_compared_with_all_that_the_graph_says(shipped: FlaskClient) -> None:
    compared = shipped.get("/v1/comparison?roles=ai-engineer,ml-engineer").get_json()

    assert [role["role"] for role in compared["roles"]] == ["ai-engineer", "ml-engineer"]
    assert len(compared["dimensions"]) == 8
    assert [area["leverage_rank"] for area in compared["overlap"]] == [1, 2, 3]
    assert all(len(area["by_role"]) == 2 for area in compared["overlap"])
    assert len(compared["compensation"]) == 7
    assert all(fact["source"] for fact in compared["compensation"])


def test_shared_and_distinct_hours_add_up_to_each_path(shipped: FlaskClient) -> None:
    compared = shipped.get("/v1/comparison").get_json()

    for role, part in zip(compared["roles"], compared["distinct"], strict=True):
        path = shipped.get(f"/v1/assessments?target={role['role']}").get_json()["path"]
        total = compared["shared"]["hours"]["likely"] + part["hours"]["likely"]
        assert role["hours"] == path["hours"]
        assert total == pytest.approx(path["hours"]["likely"])


def test_roles_are_compared_in_the_order_asked(shipped: FlaskClient) -> None:
    compared = shipped.get("/v1/comparison?roles=ml-engineer,ai-engineer").get_json()

    assert [role["role"] for role in compared["distinct"]] == ["ml-engineer", "ai-engineer"]
    assert compared["dimensions"][0]["by_role"][0]["role"] == "ml-engineer"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("roles=ai-engineer,astronaut", "unknown-role"),
        ("roles=", "unknown-role"),
        ("roles=ai-engineer", "invalid-request"),
        ("roles=ai-engineer,ai-engineer", "invalid-request"),
        ("rolls=ai-engineer", "invalid-request"),
    ],
)
def test_what_cannot_be_compared_is_refused(shipped: FlaskClient, query: str, code: str) -> None:
    response = shipped.get(f"/v1/comparison?{query}")

    assert (response.status_code, response.get_json()["code"]) == (422, code)
    assert "astronaut" not in response.get_data(as_text=True)


def answers(shipped: FlaskClient, choice: int) -> list[dict[str, str]]:
    questions = shipped.get("/v1/role-fit").get_json()["questions"]
    return [
        {"question": asked["question"], "option": asked["options"][choice]["option"]}
        for asked in questions
    ]


def test_answers_of_one_mind_are_a_clear_verdict(shipped: FlaskClient) -> None:
    fit = shipped.post("/v1/role-fit", json={"answers": answers(shipped, 0)}).get_json()

    assert not fit["too_close_to_call"]
    assert fit["decided_by"]
    assert fit["roles"][0]["points"] - fit["roles"][1]["points"] == fit["lead"]
    assert fit["roles"][0]["name"] in fit["summary"]


def test_the_other_role_has_its_say(shipped: FlaskClient) -> None:
    mixed = [*answers(shipped, 0)[:4], answers(shipped, 1)[4]]
    fit = shipped.post("/v1/role-fit", json={"answers": mixed}).get_json()

    assert [reason["question"] for reason in fit["roles"][1]["reasons"]] == ["mathematics"]
    assert fit["unanswered"] == ["stability"]


def test_no_preference_is_too_close_to_call(shipped: FlaskClient) -> None:
    fit = shipped.post("/v1/role-fit", json={"answers": answers(shipped, 2)[:2]}).get_json()

    assert fit["too_close_to_call"]
    assert fit["decided_by"] == []
    assert fit["unanswered_may_turn_it"]


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        pytest.param({}, ["/answers"], id="no answers"),
        pytest.param({"answers": []}, ["/answers"], id="not one answer"),
        pytest.param({"answers": [{}]}, ["/answers/0/option", "/answers/0/question"], id="empty"),
        pytest.param([], [""], id="not an object"),
        pytest.param(
            {"answers": [{"question": "ship", "option": "x"}, {"question": "y", "option": "z"}]},
            ["/answers/0/option", "/answers/1/question"],
            id="unknown words",
        ),
    ],
)
def test_answers_that_cannot_be_used_are_all_named(
    shipped: FlaskClient, body: object, pointers: list[str]
) -> None:
    response = shipped.post("/v1/role-fit", json=body)

    assert response.status_code == 422
    assert sorted(fault["pointer"] for fault in response.get_json()["errors"]) == pointers
