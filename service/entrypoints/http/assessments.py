"""``/v1/assessments``: the main job."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from flask import Blueprint, Response, request

from service.application.access import Scope
from service.application.request import Reading
from service.domain.errors import Fault, InvalidRequestError, UnknownRoleError
from service.entrypoints import answers
from service.entrypoints.http.body import read_body
from service.entrypoints.http.context import use_cases
from service.entrypoints.http.front import QUESTION, asker_of
from service.entrypoints.http.operations import Example, Operation, declares
from service.entrypoints.http.problems import ProblemError, unusable
from service.entrypoints.http.query import read_query
from service.entrypoints.http.reading import SCHEMA, read_assessment
from service.entrypoints.http.replies import PERSONAL, fresh, kept
from service.entrypoints.http.samples import MAIN_JOB
from service.entrypoints.schemas.assessment import AssessmentSchema
from service.entrypoints.schemas.requests import AssessmentQuerySchema
from service.entrypoints.skill_text import split_level

bp = Blueprint("assessments", __name__, url_prefix="/v1/assessments")

_ANSWER: Final = AssessmentSchema()
_QUERY: Final = AssessmentQuerySchema()
_POINTER_TO_SKILL: Final = re.compile(r"^/skills(/\d+)?(/.*)?$")


@bp.post("")
@declares(
    Operation(
        tag="assessments",
        body=SCHEMA,
        answer=_ANSWER,
        samples=MAIN_JOB,
        scope=Scope.ASSESS,
        is_cacheable=False,
        problems=(
            "bad-request",
            "malformed-json",
            "payload-too-large",
            "unsupported-media-type",
            "invalid-request",
        ),
        example=Example(
            "/v1/assessments",
            {
                "skills": [
                    {"skill": "Python", "level": 3},
                    {"skill": "k8s"},
                    {"skill": "RAG", "level": "working"},
                ],
                "target": "either",
                "hours_per_week": 10,
            },
        ),
    )
)
def create_assessment() -> Response:
    """Assess skills, and find the shortest learning path.

    Send what a person knows and where they want to go; the answer says what was understood, how
    far each role is, and what to learn in which order, with reasons and a proof that no path is
    shorter. A name that is not understood is no error: it is reported in `profile`, and the rest
    is assessed.
    """
    return fresh(_answer(read_assessment(read_body(), use_cases().understand)))


@bp.get("")
@declares(
    Operation(
        tag="assessments",
        query=_QUERY,
        answer=_ANSWER,
        problems=("bad-request", "invalid-request"),
        example=Example(
            "/v1/assessments?skill=python:3&skill=k8s&target=either&hours_per_week=10"
        ),
    )
)
def get_assessment() -> Response:
    """Answer the same question as a link.

    The same answer as to a POST with the same skills; a browser may keep it for a while.
    """
    return kept(_answer(_read_link()), PERSONAL)


def _answer(reading: Reading) -> bytes:
    cases = use_cases()
    request.environ[QUESTION] = reading.question
    answer = cases.answer(reading.question, asker_of(request.environ))
    return answers.with_echo(answer, reading, cases.graph)


def _read_link() -> Reading:
    values, faults = read_query(_QUERY)
    try:
        reading = read_assessment(_document(values), use_cases().understand)
    except (ProblemError, InvalidRequestError) as error:
        raise unusable([*faults, *map(_in_query, error.faults)]) from None
    except UnknownRoleError as error:
        if not faults:
            raise
        raise unusable([*faults, Fault(error.pointer, str(error))]) from None
    if faults:
        raise unusable(faults)
    return reading


def _document(values: dict[str, Any]) -> dict[str, Any]:
    """Return the body that asks what the query asks."""
    document = dict(values)
    document["skills"] = _claims(document.pop("skill", ()))
    if "also_known" in document:
        document["also_known"] = _claims(document["also_known"])
    return document


def _claims(texts: Iterable[str]) -> list[dict[str, Any]]:
    claims = [split_level(text, _is_level) for text in texts]
    return [
        {"skill": claim.skill} | ({} if claim.level is None else {"level": claim.level})
        for claim in claims
    ]


def _is_level(word: str) -> bool:
    return use_cases().resolver.level(word) is not None


def _in_query(fault: Fault) -> Fault:
    """Return a fault of the body as one of the query: its parameter is called ``skill``."""
    return replace(fault, pointer=_POINTER_TO_SKILL.sub(r"/skill\1", fault.pointer))
