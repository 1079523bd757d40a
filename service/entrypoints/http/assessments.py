"""``/v1/assessments``: the main job."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final

import orjson
from flask import Blueprint, Response, request

from service.application.access import Scope
from service.application.request import Reading
from service.domain.errors import Fault, InvalidRequestError, UnknownRoleError
from service.entrypoints import answers
from service.entrypoints.exports import ExportFormat, export
from service.entrypoints.http.accepting import require_acceptable
from service.entrypoints.http.body import read_body
from service.entrypoints.http.context import use_cases
from service.entrypoints.http.front import QUESTION, asker_of
from service.entrypoints.http.operations import JSON, Example, Operation, declares
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
_MEDIA_TYPES: Final[Mapping[ExportFormat | None, str]] = {
    None: JSON,
    ExportFormat.CALENDAR: "text/calendar",
    ExportFormat.CSV: "text/csv",
    ExportFormat.MARKDOWN: "text/markdown",
}
_FILE_NAMES: Final[Mapping[ExportFormat | None, str]] = {
    ExportFormat.CALENDAR: "learning-path.ics",
    ExportFormat.CSV: "learning-path.csv",
}
_OTHERS: Final = tuple(kind for kind in _MEDIA_TYPES.values() if kind != JSON)
_POINTER_TO_SKILL: Final = re.compile(r"^/skills(/\d+)?(/.*)?$")


@bp.post("")
@declares(
    Operation(
        tag="assessments",
        body=SCHEMA,
        answer=_ANSWER,
        samples=MAIN_JOB,
        scope=Scope.ASSESS,
        other_media_types=_OTHERS,
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
                "start_date": "2026-12-01",
            },
        ),
    )
)
def create_assessment() -> Response:
    """Assess skills, and find the shortest learning path.

    Send what a person knows and where they want to go; the answer says what was understood, how
    far each role is, and what to learn in which order, with reasons and a proof that no path is
    shorter. A name that is not understood is no error: it is reported in `profile`, and the rest
    is assessed. By `Accept` the same answer is a calendar with one event a step, a table (CSV)
    of the steps, or Markdown.
    """
    form = _preferred()
    answer = _answer(read_assessment(read_body(), use_cases().understand))
    return _negotiated(fresh(_written(answer, form), _MEDIA_TYPES[form]), form)


@bp.get("")
@declares(
    Operation(
        tag="assessments",
        query=_QUERY,
        answer=_ANSWER,
        other_media_types=_OTHERS,
        problems=("bad-request", "invalid-request"),
        example=Example(
            "/v1/assessments?skill=python:3&skill=k8s&target=either&hours_per_week=10"
            "&start_date=2026-12-01"
        ),
    )
)
def get_assessment() -> Response:
    """Answer the same question as a link.

    The same answer as to a POST with the same skills; a browser may keep it for a while.
    `format` makes a link to a calendar, a table or a text.
    """
    reading, form = _read_link()
    return _negotiated(kept(_written(_answer(reading), form), PERSONAL, _MEDIA_TYPES[form]), form)


def _preferred() -> ExportFormat | None:
    """Return the form that the `Accept` header asks for first; None for JSON."""
    chosen = request.accept_mimetypes.best_match(_MEDIA_TYPES.values(), JSON)
    return next(form for form, media_type in _MEDIA_TYPES.items() if media_type == chosen)


def _written(answer: bytes, form: ExportFormat | None) -> bytes:
    if form is None:
        return answer
    return export(orjson.loads(answer), use_cases().graph, form)


def _negotiated(response: Response, form: ExportFormat | None) -> Response:
    response.vary.add("Accept")
    if form in _FILE_NAMES and response.status_code == HTTPStatus.OK:
        response.headers["Content-Disposition"] = f'attachment; filename="{_FILE_NAMES[form]}"'
    return response


def _answer(reading: Reading) -> bytes:
    cases = use_cases()
    request.environ[QUESTION] = reading.question
    answer = cases.answer(reading.question, asker_of(request.environ))
    return answers.with_echo(answer, reading, cases.graph)


def _read_link() -> tuple[Reading, ExportFormat | None]:
    """Return what a link asks for, and in which form."""
    values, faults = read_query(_QUERY)
    form, unknown_form = _form(values.pop("format", None))
    faults += unknown_form
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
    require_acceptable([_MEDIA_TYPES[form]])
    return reading, form


def _form(name: str | None) -> tuple[ExportFormat | None, list[Fault]]:
    """Return the form that a link names, or the preferred one; and what is wrong with it."""
    if name is None:
        return _preferred(), []
    if name == "json":
        return None, []
    try:
        return ExportFormat(name), []
    except ValueError:
        forms = ", ".join(("json", *ExportFormat))
        return None, [Fault("/format", f"Must be one of: {forms}.")]


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
