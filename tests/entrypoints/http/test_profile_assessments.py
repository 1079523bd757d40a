"""The answers for common profiles: as to anybody, known before anybody asks."""

import pytest
from flask.testing import FlaskClient

from service.bootstrap import create_app, use_cases_of
from tests.builders import graph
from tests.entrypoints.http.conftest import NO_SETTINGS

VETERAN = {
    "id": "veteran",
    "name": "Veteran",
    "skills": [{"skill": "docker", "level": 1}, {"skill": "python", "level": 2}],
}
GRAPH = graph(
    "python 10 20",
    "docker 8 16",
    "rag 6 8: python@2",
    roles={"ai-engineer": "rag@2", "ml-engineer": "docker@2"},
    profiles=[VETERAN],
)
CASES = use_cases_of(GRAPH, NO_SETTINGS)


@pytest.fixture
def client() -> FlaskClient:
    return create_app(CASES).test_client()


@pytest.mark.parametrize("target", [None, "either", "both", "ai-engineer"])
def test_it_is_the_answer_to_the_same_skills(client: FlaskClient, target: str | None) -> None:
    wanted = {"target": target} if target else {}
    posted = client.post("/v1/assessments", json={"skills": VETERAN["skills"], **wanted})
    answer = client.get("/v1/profiles/veteran/assessment", query_string=wanted)

    assert (answer.status_code, answer.data) == (200, posted.data)


def test_anybody_may_keep_it_and_show_it_while_asking_anew(client: FlaskClient) -> None:
    path = "/v1/profiles/veteran/assessment"
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"].startswith("public, max-age=")
    assert "stale-while-revalidate=" in first.headers["Cache-Control"]
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/profiles/nobody/assessment", 404, "not-found"),
        ("/v1/profiles/veteran/assessment?target=astronaut", 422, "unknown-role"),
        ("/v1/profiles/veteran/assessment?tarket=both", 422, "invalid-request"),
        ("/v1/profiles/veteran/assessment?target=both&target=either", 422, "invalid-request"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(
    client: FlaskClient, path: str, status: int, code: str
) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_after_a_round_of_warming_nothing_is_left_to_work_out(client: FlaskClient) -> None:
    CASES.keep_warm()
    before = worked_out()

    for target in ("either", "both", "ai-engineer", "ml-engineer"):
        assert client.get(f"/v1/profiles/veteran/assessment?target={target}").status_code == 200

    assert worked_out() == before > 0


def worked_out() -> float:
    (line,) = (
        line
        for line in CASES.meter.text().decode().splitlines()
        if line.startswith("skills_gap_computations_total")
    )
    return float(line.split()[1])
