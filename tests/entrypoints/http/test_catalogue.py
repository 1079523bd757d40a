"""``/v1/roles`` and ``/v1/skills``."""

import pytest
from flask.testing import FlaskClient

ALL = ["python", "typescript", "docker", "kubernetes", "rag", "evals"]


def test_roles_are_listed_in_full(client: FlaskClient) -> None:
    listed = client.get("/v1/roles").get_json()

    assert listed["graph_version"] == "2026.1.1"
    assert [role["role"] for role in listed["roles"]] == ["ai-engineer", "ml-engineer"]
    assert listed["roles"][0] == client.get("/v1/roles/ai-engineer").get_json()


def test_a_role_says_what_it_asks_for(client: FlaskClient) -> None:
    requires = client.get("/v1/roles/ai-engineer").get_json()["requires"]

    assert requires[0] == {
        "at_least": 1,
        "of": [{"skill": "rag", "name": "Rag", "level": 3}],
        "reason": "So it is.",
        "weight": 3.0,
    }


def test_a_skill_says_what_it_needs_what_it_unlocks_and_who_needs_it(client: FlaskClient) -> None:
    skill = client.get("/v1/skills/rag").get_json()

    assert skill["top_level"] == 3
    assert [level["hours"]["likely"] for level in skill["levels"]] == [6.0, 8.0, 20.0]
    assert [option["skill"] for option in skill["levels"][0]["requires"][0]["of"]] == [
        "python",
        "typescript",
    ]
    assert skill["unlocks"] == [{"skill": "evals", "name": "Evals", "level": 1, "with_level": 1}]
    assert skill["needed_by"] == [
        {"role": "ai-engineer", "name": "Ai engineer", "level": 3, "how": "required"}
    ]


def test_a_role_needs_what_it_rests_on_too(client: FlaskClient) -> None:
    needed_by = client.get("/v1/skills/docker").get_json()["needed_by"]

    assert needed_by == [
        {"role": "ai-engineer", "name": "Ai engineer", "level": 2, "how": "prerequisite"}
    ]


def test_an_alternative_on_the_way_is_not_called_needed(client: FlaskClient) -> None:
    assert client.get("/v1/skills/typescript").get_json()["needed_by"] == []


@pytest.mark.parametrize(
    ("query", "expected", "next_offset"),
    [
        pytest.param("", ALL, None, id="all"),
        pytest.param("?limit=2", ALL[:2], 2, id="the first part"),
        pytest.param("?limit=2&offset=4", ALL[4:], None, id="the last part"),
        pytest.param("?offset=1000000", [], None, id="beyond the end"),
        pytest.param("?q=PYT", ["python"], None, id="the beginning of a name"),
        pytest.param("?q=er&limit=1", ["docker"], 1, id="a part of the completions"),
        pytest.param("?q=er&limit=1&offset=1", ["kubernetes"], None, id="the rest of them"),
        pytest.param("?q=zzzzzz", [], None, id="the beginning of nothing"),
    ],
)
def test_skills_are_listed_in_parts(
    client: FlaskClient, query: str, expected: list[str], next_offset: int | None
) -> None:
    listed = client.get(f"/v1/skills{query}").get_json()

    assert [skill["skill"] for skill in listed["skills"]] == expected
    assert listed["next_offset"] == next_offset


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("?limit=0", ["/limit"], id="none at all"),
        pytest.param("?limit=201", ["/limit"], id="too many"),
        pytest.param("?limit=2.5", ["/limit"], id="half a skill"),
        pytest.param("?offset=-1", ["/offset"], id="before the first"),
        pytest.param("?limit=x&ofset=1", ["/ofset", "/limit"], id="two faults"),
        pytest.param("?q=" + "x" * 201, ["/q"], id="too long a beginning"),
    ],
)
def test_a_parameter_at_fault_is_named(
    client: FlaskClient, query: str, expected: list[str]
) -> None:
    response = client.get(f"/v1/skills{query}")

    assert response.status_code == 422
    assert [fault["pointer"] for fault in response.get_json()["errors"]] == expected


def test_health_and_readiness_are_asked_of_nobody_else(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert client.get("/readyz").get_json() == {
        "status": "ready",
        "degraded": False,
        "graph_version": "2026.1.1",
    }
