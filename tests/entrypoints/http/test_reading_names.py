"""``/v1/skills/resolve`` and ``/v1/skills/extract``, and documents in an assessment."""

from typing import Any

import pytest
from flask.testing import FlaskClient

POSTING = "Proficient in Python, Docker (aware) and RAG. No experience with Kubernetes needed."


def answer(client: FlaskClient, path: str, body: object) -> Any:  # noqa: ANN401  any JSON
    response = client.post(path, json=body)
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "no-store"
    return response.get_json()


def refused(client: FlaskClient, path: str, body: object) -> list[str]:
    response = client.post(path, json=body)
    assert response.status_code == 422, response.get_data(as_text=True)
    assert response.mimetype == "application/problem+json"
    return [fault["pointer"] for fault in response.get_json()["errors"]]


def test_names_are_read_in_the_order_asked(client: FlaskClient) -> None:
    names = ["Docker", "basket weaving", "python"]

    results = answer(client, "/v1/skills/resolve", {"names": names})["results"]

    assert [result["input"] for result in results] == names
    assert [result["status"] for result in results] == ["resolved", "unknown", "resolved"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(
            "Docker",
            {"skill": "docker", "name": "Docker", "match": "id", "level": None, "score": 1.0},
            id="a known spelling",
        ),
        pytest.param(
            "proficient in Python",
            {"skill": "python", "name": "Python", "match": "id", "level": 3, "score": 0.95},
            id="a level inside the name",
        ),
        pytest.param(
            "expert in TypeScript",
            {"skill": "typescript", "name": "Typescript", "match": "id", "level": 2},
            id="a level above the skill's own top",
        ),
        pytest.param(
            "kuberentes",
            {"skill": "kubernetes", "name": "Kubernetes", "match": "fuzzy", "level": None},
            id="a misspelling",
        ),
    ],
)
def test_a_name_is_resolved(client: FlaskClient, name: str, expected: dict[str, Any]) -> None:
    (result,) = answer(client, "/v1/skills/resolve", {"names": [name]})["results"]

    assert result["status"] == "resolved"
    assert "skills" not in result
    assert {member: result[member] for member in expected} == expected


def test_a_name_of_several_skills_gives_them_all_and_the_first_at_the_top(
    client: FlaskClient,
) -> None:
    (result,) = answer(client, "/v1/skills/resolve", {"names": ["Docker & Kubernetes"]})["results"]

    assert [skill["skill"] for skill in result["skills"]] == ["docker", "kubernetes"]
    assert result["skill"] == "docker"


def test_an_unknown_name_gets_suggestions(client: FlaskClient) -> None:
    (result,) = answer(client, "/v1/skills/resolve", {"names": ["pythonic"]})["results"]

    assert result["status"] == "unknown"
    assert result["suggestions"][0]["skill"] == "python"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param({}, ["/names"], id="no names"),
        pytest.param({"names": []}, ["/names"], id="an empty list"),
        pytest.param({"names": ["x"] * 1001}, ["/names"], id="one name too many"),
        pytest.param({"names": "python"}, ["/names"], id="no list"),
        pytest.param({"names": ["python", 7, "", None]}, ["/names/1", "/names/2", "/names/3"]),
        pytest.param({"names": ["x" * 201]}, ["/names/0"], id="a name too long"),
        pytest.param({"names": ["a\tb"]}, ["/names/0"], id="a control character"),
        pytest.param(
            {"names": [""], "nmaes": 1}, ["/names/0", "/nmaes"], id="faults of several kinds"
        ),
        pytest.param([], [""], id="no object"),
    ],
)
def test_names_that_cannot_be_read(client: FlaskClient, body: object, expected: list[str]) -> None:
    assert refused(client, "/v1/skills/resolve", body) == expected


def test_a_thousand_names_are_read(client: FlaskClient) -> None:
    results = answer(client, "/v1/skills/resolve", {"names": ["python"] * 1000})["results"]

    assert len(results) == 1000


def test_a_text_gives_each_skill_with_its_evidence(client: FlaskClient) -> None:
    found = answer(client, "/v1/skills/extract", {"text": POSTING})

    assert [(skill["skill"], skill["level"]) for skill in found["skills"]] == [
        ("python", 3),
        ("docker", 1),
        ("rag", None),
    ]
    for skill in found["skills"]:
        for mention in skill["mentions"]:
            assert POSTING[mention["start"] : mention["end"]] == mention["text"]
            assert mention["pointer"] == ""


def test_a_skill_named_twice_stands_once_at_its_highest_level(client: FlaskClient) -> None:
    text = "Aware of Python first. Proficient in Python now. Python."

    (skill,) = answer(client, "/v1/skills/extract", {"text": text})["skills"]

    assert skill["level"] == 3
    assert [mention["start"] for mention in skill["mentions"]] == [9, 37, 49]


def test_a_resume_says_where_in_it_a_skill_stands(client: FlaskClient) -> None:
    resume = {
        "basics": {"name": "A. Person", "summary": "I love Docker."},
        "skills": [{"name": "Backend", "level": "expert", "keywords": ["Python", "juggling"]}],
    }

    found = answer(client, "/v1/skills/extract", {"resume": resume})

    assert [
        (skill["skill"], skill["level"], skill["mentions"][0]["pointer"])
        for skill in found["skills"]
    ] == [("python", 3, "/skills/0/keywords/0"), ("docker", None, "/basics/summary")]
    assert {name["text"]: name["pointer"] for name in found["unknown"]} == {
        "Backend": "/skills/0/name",
        "juggling": "/skills/0/keywords/1",
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param({}, [""], id="neither text nor resume"),
        pytest.param({"text": "x", "resume": {}}, [""], id="both"),
        pytest.param({"text": 7}, ["/text"], id="a text that is none"),
        pytest.param({"text": "x" * 50_001}, ["/text"], id="a text too long"),
        pytest.param({"resume": "x"}, ["/resume"], id="a resume that is no object"),
        pytest.param({"resume": {"a": ["x"] * 1001}}, ["/resume"], id="too many texts"),
        pytest.param({"resume": {"a": {"b": "x" * 50_001}}}, ["/resume"], id="too long in all"),
        pytest.param(
            {"text": 7, "resume": 7, "level": 1},
            ["/text", "/resume", "/level", ""],
            id="all wrong",
        ),
    ],
)
def test_documents_that_cannot_be_read(
    client: FlaskClient, body: object, expected: list[str]
) -> None:
    assert sorted(refused(client, "/v1/skills/extract", body)) == sorted(expected)


@pytest.mark.parametrize(
    "resume",
    [
        pytest.param({}, id="empty"),
        pytest.param({"skills": None, "work": "none", "basics": []}, id="of the wrong types"),
        pytest.param({"skills": [None, 7, [], {"name": 7, "keywords": [None]}]}, id="odd skills"),
    ],
)
def test_a_resume_is_never_refused_for_what_is_in_it(client: FlaskClient, resume: object) -> None:
    assert answer(client, "/v1/skills/extract", {"resume": resume})["skills"] == []


def test_documents_join_the_skills_of_an_assessment(client: FlaskClient) -> None:
    profile = answer(
        client,
        "/v1/assessments",
        {
            "skills": [{"skill": "python", "level": 1}],
            "text": POSTING,
            "resume": {"skills": [{"name": "TypeScript", "level": "aware"}, {"name": "juggling"}]},
        },
    )["profile"]

    assert [(one["skill"], one["level"]) for one in profile["known"]] == [
        ("python", 3),
        ("typescript", 1),
        ("docker", 1),
        ("rag", 2),
    ]
    assert [(one["input"], one["match"]) for one in profile["inputs"]] == [
        ("python", "id"),
        ("TypeScript", "text"),
        ("Python", "text"),
        ("Docker", "text"),
        ("RAG", "text"),
    ]
    assert [one["input"] for one in profile["unknown"]] == ["juggling"]


def test_what_was_read_from_documents_is_answered_like_what_was_listed(
    client: FlaskClient,
) -> None:
    listed = {"skills": [{"skill": "python", "level": 3}, {"skill": "docker", "level": 1}]}
    written = {"text": "Proficient in Python; Docker (aware)."}

    one = answer(client, "/v1/assessments", listed)
    other = answer(client, "/v1/assessments", written)

    assert one["path"] == other["path"]
    assert one["profile"]["known"] == other["profile"]["known"]


def test_faults_of_documents_are_reported_with_all_others(client: FlaskClient) -> None:
    body = {"text": 7, "resume": [], "skills": [{"skill": ""}], "target": "astronaut"}

    assert refused(client, "/v1/assessments", body) == [
        "/skills/0/skill",
        "/resume",
        "/text",
        "/target",
    ]


@pytest.mark.parametrize("member", ["text", "resume"])
def test_documents_are_posted_never_put_into_a_link(client: FlaskClient, member: str) -> None:
    response = client.get(f"/v1/assessments?{member}=Python")

    assert response.status_code == 422
    assert [fault["pointer"] for fault in response.get_json()["errors"]] == [f"/{member}"]
