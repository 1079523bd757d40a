"""Every error has its problem, survives a process boundary and reads as a sentence."""

import pickle

import pytest
from marshmallow import ValidationError

from service.domain.errors import (
    Defect,
    DefectiveGraphError,
    Fault,
    InvalidRequestError,
    RequestError,
    SkillsGapError,
    UnknownRoleError,
    UnreadableGraphError,
    UnreadableKeysError,
)
from service.entrypoints.http.problems import PROBLEMS
from service.entrypoints.schemas.problem import ProblemSchema
from tests.contract.service_under_contract import APP

EXAMPLES = [
    DefectiveGraphError("graph.json", (Defect("/skills/0", "cycle", "It rests on itself."),)),
    InvalidRequestError((Fault("/skills/0/level", "A level is a whole number from 0 to 4."),)),
    UnknownRoleError(("ai-engineer", "ml-engineer"), "/target"),
    UnreadableGraphError("graph.json", "It is empty."),
    UnreadableKeysError("keys.txt", (3, 7)),
]


def leaves(base: type[SkillsGapError]) -> set[type[SkillsGapError]]:
    children = base.__subclasses__()
    return set().union(*(leaves(child) for child in children)) if children else {base}


def test_there_is_an_example_of_every_error() -> None:
    assert {type(example) for example in EXAMPLES} == leaves(SkillsGapError)


def test_every_request_error_has_a_problem() -> None:
    assert {error.code for error in leaves(RequestError)} <= set(PROBLEMS)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: str(error.code))
def test_an_error_survives_pickling_and_reads_as_a_sentence(error: SkillsGapError) -> None:
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes

    assert (type(twin), twin.args, str(twin)) == (type(error), error.args, str(error))
    assert str(error).endswith(".")


@pytest.mark.parametrize(
    ("method", "path", "headers", "data", "status"),
    [
        ("POST", "/v1/assessments", {"Content-Type": "application/json"}, b"{", 400),
        ("GET", "/v1/assessments?skill=%FF", {}, b"", 400),
        ("GET", "/nil", {}, b"", 404),
        ("PUT", "/v1/roles", {}, b"", 405),
        ("GET", "/v1/roles", {"Accept": "text/html"}, b"", 406),
        ("GET", "/v1/roles?" + "x" * 8192, {}, b"", 414),
        ("POST", "/v1/assessments", {}, b"{}", 415),
        ("GET", "/v1/assessments?target=x", {}, b"", 422),
        ("POST", "/v1/assessments", {"Content-Type": "application/json"}, b"[]", 422),
    ],
)
def test_a_problem_is_what_its_schema_declares(
    method: str, path: str, headers: dict[str, str], data: bytes, status: int
) -> None:
    response = APP.test_client().open(path, method=method, headers=headers, data=data)
    problem = response.get_json()

    assert response.status_code == problem["status"] == status
    assert response.mimetype == "application/problem+json"
    assert problem["type"] == f"/v1/problems/{problem['code']}"
    assert problem["title"] == PROBLEMS[problem["code"]].title
    assert ProblemSchema().dump(ProblemSchema().load(problem)) == problem


def test_an_undeclared_member_of_a_problem_is_noticed() -> None:
    with pytest.raises(ValidationError):
        ProblemSchema().load({"trace": "..."})
