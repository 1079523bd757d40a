"""What is sent is what the schemas declare: no member more, none less, at any depth."""

from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import Schema, fields

from service.entrypoints.http.operations import operation_of
from service.entrypoints.schemas.answer import UnionSchema
from tests.contract.service_under_contract import APP

KNOWN = [
    {"skill": "Python", "level": 3},
    {"skill": "k8s", "level": "aware"},
    {"skill": "Postgres"},
    {"skill": "Pyhton"},
    {"skill": "streaming"},
    {"skill": "qqqqqqqq"},
]
ASKED = [
    pytest.param("get", "/healthz", None, id="health"),
    pytest.param("get", "/readyz", None, id="readiness"),
    pytest.param("get", "/v1/roles", None, id="roles"),
    pytest.param("get", "/v1/roles/ai-engineer", None, id="a role"),
    pytest.param("get", "/v1/profiles", None, id="profiles"),
    pytest.param("get", "/v1/profiles/backend-engineer", None, id="a profile"),
    pytest.param(
        "get", "/v1/profiles/backend-engineer/assessment", None, id="the answer for a profile"
    ),
    pytest.param("get", "/v1/comparison", None, id="the comparison of all roles"),
    pytest.param("get", "/v1/role-fit", None, id="questions"),
    pytest.param(
        "post",
        "/v1/role-fit",
        {"answers": [{"question": "ship", "option": "models"}]},
        id="a role fit",
    ),
    pytest.param("get", "/v1/skills?limit=200", None, id="skills"),
    pytest.param("get", "/v1/skills?q=py", None, id="completions"),
    pytest.param("get", "/v1/skills/rag", None, id="a skill"),
    pytest.param("get", "/v1/skills/python", None, id="a skill that many rest on"),
    pytest.param(
        "post",
        "/v1/skills/resolve",
        {"names": ["k8s", "Docker & Kubernetes", "streaming", "basket weaving", "Pyhton"]},
        id="names",
    ),
    pytest.param(
        "post", "/v1/skills/extract", {"text": "Expert in Python, streaming."}, id="a text"
    ),
    pytest.param(
        "post",
        "/v1/skills/extract",
        {"resume": {"skills": [{"name": "Web", "keywords": ["React", "basket weaving"]}]}},
        id="a resume",
    ),
    pytest.param("get", "/v1/graph", None, id="the graph"),
    pytest.param("get", "/v1/graph?format=cytoscape&role=ml-engineer", None, id="for Cytoscape"),
    pytest.param("get", "/v1/graph?skill=rag&levels=true", None, id="a part of the graph"),
    pytest.param("get", "/v1/problems", None, id="problem types"),
    pytest.param("get", "/v1/problems/internal", None, id="a problem type"),
    pytest.param("get", "/v1/assessments?skill=python:3", None, id="a link"),
    pytest.param("post", "/v1/assessments", {}, id="a beginner"),
    pytest.param("post", "/v1/assessments", {"skills": KNOWN}, id="someone who knows a little"),
    pytest.param(
        "post",
        "/v1/assessments",
        {"skills": KNOWN, "target": "both", "hours_per_week": 7.5},
        id="both roles at a pace",
    ),
    pytest.param(
        "post",
        "/v1/assessments",
        {
            "skills": KNOWN,
            "target": "ai-engineer",
            "hours_per_week": 10,
            "start_date": "2026-12-01",
            "budget_weeks": 6,
            "alternatives": 2,
            "also_known": [{"skill": "typescript", "level": 3}],
        },
        id="everything that can be asked for",
    ),
    pytest.param(
        "post",
        "/v1/assessments",
        {"budget_hours": 40, "hours_per_week": 80, "highest_leverage": 0},
        id="a budget of a beginner",
    ),
    pytest.param(
        "post",
        "/v1/assessments",
        {"text": "Python and RAG", "resume": {"skills": [{"name": "SQL", "level": "expert"}]}},
        id="someone with documents",
    ),
    pytest.param(
        "post",
        "/v1/assessments",
        {"requirements": [{"of": [{"skill": "rag", "level": 1}, {"skill": "sql"}]}]},
        id="requirements of one's own",
    ),
]


def undeclared(schema: Schema, sent: dict[str, Any], place: str = "") -> Iterator[str]:
    """Yield every member that is sent and not declared, or declared and not sent."""
    if isinstance(schema, UnionSchema):
        schema = schema.shape_of(sent)
    declared = {field.data_key or name: field for name, field in schema.fields.items()}
    yield from (f"{place}/{name} is not declared" for name in sent if name not in declared)
    for name, field in declared.items():
        if name in sent:
            yield from _within(field, sent[name], f"{place}/{name}")
        elif field.required:
            yield f"{place}/{name} is not sent"


def _within(field: fields.Field[Any], sent: Any, place: str) -> Iterator[str]:  # noqa: ANN401
    if sent is None:
        if not field.allow_none:
            yield f"{place} is null"
    elif isinstance(field, fields.List):
        for index, entry in enumerate(sent):
            yield from _within(field.inner, entry, f"{place}/{index}")
    elif isinstance(field, fields.Nested):
        yield from undeclared(field.schema, sent, place)
    else:
        yield from _of_another_type(field, sent, place)


def _of_another_type(field: fields.Field[Any], sent: object, place: str) -> Iterator[str]:
    kinds = {
        fields.Integer: int,
        fields.Float: float,
        fields.String: str,
        fields.Date: str,
        fields.Boolean: bool,
        fields.Dict: dict,
    }
    if type(sent) is not kinds[type(field)]:
        yield f"{place} is a {type(sent).__name__}"


@pytest.mark.parametrize(("method", "path", "body"), ASKED)
def test_what_is_sent_is_what_is_declared(method: str, path: str, body: object) -> None:
    response = APP.test_client().open(path, method=method.upper(), json=body)
    endpoint = APP.url_map.bind("localhost").match(path.partition("?")[0], method.upper())[0]
    operation = operation_of(APP, endpoint)

    assert response.status_code == 200
    assert operation is not None
    assert operation.answer is not None
    assert list(undeclared(operation.answer, response.get_json())) == []
    loaded = operation.answer.load(response.get_json())  # within its limits and words, too
    assert operation.answer.dump(loaded) == response.get_json()


def test_an_answer_that_breaks_its_schema_is_noticed() -> None:
    operation = operation_of(APP, "health.check_health")
    assert operation is not None
    assert operation.answer is not None

    assert list(undeclared(operation.answer, {"state": 1})) == [
        "/state is not declared",
        "/status is not sent",
    ]
    assert list(undeclared(operation.answer, {"status": 1})) == ["/status is a int"]


def test_every_operation_is_asked() -> None:
    asked = {
        APP.url_map.bind("localhost").match(
            str(param.values[1]).partition("?")[0], str(param.values[0]).upper()
        )[0]
        for param in ASKED
    }

    assert asked == {
        endpoint
        for endpoint in APP.view_functions
        if (operation := operation_of(APP, endpoint)) is not None and operation.answer is not None
    }
