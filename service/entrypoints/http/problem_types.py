"""``/v1/problems``: what errors mean; the ``type`` of every problem leads here."""

from typing import Any

from flask import Blueprint, Response

from service.entrypoints.http.operations import Example, Operation, declares
from service.entrypoints.http.problems import PROBLEMS, ProblemError, address
from service.entrypoints.http.replies import json_of, kept
from service.entrypoints.schemas.problem import ProblemTypeSchema, ProblemTypesSchema

bp = Blueprint("problems", __name__, url_prefix="/v1/problems")


@bp.get("")
@declares(Operation(tag="problems", answer=ProblemTypesSchema(), example=Example("/v1/problems")))
def list_problem_types() -> Response:
    """List every kind of error."""
    return kept(json_of({"problems": [_page(code) for code in PROBLEMS]}))


@bp.get("/<code>")
@declares(
    Operation(
        tag="problems",
        answer=ProblemTypeSchema(),
        path={"code": "Stable name of the kind of error."},
        problems=("not-found",),
        example=Example("/v1/problems/invalid-request"),
    )
)
def get_problem_type(code: str) -> Response:
    """Say what an error means and how to mend it."""
    if code not in PROBLEMS:
        raise ProblemError("not-found", "There is no such kind of error; /v1/problems lists them.")
    return kept(json_of(_page(code)))


def _page(code: str) -> dict[str, Any]:
    problem = PROBLEMS[code]
    return {
        "type": address(code),
        "code": code,
        "title": problem.title,
        "status": int(problem.status),
        "meaning": problem.meaning,
        "remedy": problem.remedy,
    }
