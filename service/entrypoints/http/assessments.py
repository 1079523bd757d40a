"""``/v1/assessments``: the main job."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any, Final

import orjson
from flask import Blueprint, Response, request

from service.application.access import Scope
from service.application.request import Reading
from service.domain.errors import Fault, InvalidRequestError, UnknownRoleError
from service.entrypoints import answers
from service.entrypoints.exports import ExportFormat, export
from service.entrypoints.http.accepting import accepted, require_acceptable
from service.entrypoints.http.body import read_body
from service.entrypoints.http.context import use_cases
from service.entrypoints.http.faults import faults_of
from service.entrypoints.http.front import QUESTION, asker_of
from service.entrypoints.http.operations import BODY_PROBLEMS, Example, Operation, declares
from service.entrypoints.http.problems import ProblemError, unusable
from service.entrypoints.http.query import load_query, read_query
from service.entrypoints.http.reading import SCHEMA, read_assessment
from service.entrypoints.http.replies import PERSONAL, fresh, kept
from service.entrypoints.http.samples import MAIN_JOB
from service.entrypoints.schemas.assessment import AssessmentSchema
from service.entrypoints.schemas.requests import (
    AssessmentQuerySchema,
    ExportFormSchema,
    ExportQuerySchema,
)
from service.entrypoints.skill_text import split_level

bp = Blueprint("assessments", __name__, url_prefix="/v1/assessments")

_ANSWER: Final = AssessmentSchema()
_QUERY: Final = AssessmentQuerySchema()
_EXPORT_QUERY: Final = ExportQuerySchema()
_EXPORT_FORM: Final = ExportFormSchema()
_MEDIA_TYPES: Final[Mapping[ExportFormat, str]] = {
    ExportFormat.MARKDOWN: "text/markdown",
    ExportFormat.CSV: "text/csv",
    ExportFormat.CALENDAR: "text/calendar",
}
_USUAL, *_OTHERS = _MEDIA_TYPES.values()
_FILE_NAMES: Final[Mapping[ExportFormat, str]] = {
    ExportFormat.CALENDAR: "learning-path.ics",
    ExportFormat.CSV: "learning-path.csv",
}
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
        problems=BODY_PROBLEMS,
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
            "&start_date=2026-12-01"
        ),
    )
)
def get_assessment() -> Response:
    """Answer the same question as a link.

    The same answer as to a POST with the same skills; a browser may keep it for a while.
    """
    return kept(bytes(_answer(_read_link(*read_query(_QUERY)))), PERSONAL)


@bp.post("/export")
@declares(
    Operation(
        tag="assessments",
        body=SCHEMA,
        query=_EXPORT_FORM,
        media_type=_USUAL,
        other_media_types=tuple(_OTHERS),
        is_file=True,
        scope=Scope.ASSESS,
        is_cacheable=False,
        problems=BODY_PROBLEMS,
        example=Example(
            "/v1/assessments/export",
            {
                "skills": [{"skill": "Python", "level": 3}],
                "hours_per_week": 10,
                "start_date": "2026-12-01",
            },
        ),
    )
)
def export_assessment() -> Response:
    """Assess skills, and give the path as a text, a table or a calendar.

    The same answer as `/v1/assessments` gives to the same body, as Markdown, as CSV with a row a
    step, or as a calendar with one event a step, which takes `start_date` and `hours_per_week`.
    """
    form = _form(load_query(_EXPORT_FORM).get("format"))
    return _exported(read_assessment(read_body(), use_cases().understand), form, fresh)


@bp.get("/export")
@declares(
    Operation(
        tag="assessments",
        query=_EXPORT_QUERY,
        media_type=_USUAL,
        other_media_types=tuple(_OTHERS),
        is_file=True,
        problems=("bad-request", "invalid-request"),
        example=Example(
            "/v1/assessments/export?skill=python:3&skill=k8s&hours_per_week=10"
            "&start_date=2026-12-01"
        ),
    )
)
def get_assessment_export() -> Response:
    """Give the path of a link as a text, a table or a calendar.

    The link of `/v1/assessments`, with `export` and a `format`; it can be subscribed to.
    """
    values, faults = read_query(_EXPORT_QUERY)
    name = values.pop("format", None)
    faults += faults_of(_EXPORT_FORM.validate({} if name is None else {"format": name}))
    reading = _read_link(values, faults)
    return _exported(reading, _form(name), partial(kept, cache_control=PERSONAL))


def _exported(reading: Reading, form: ExportFormat, reply: Callable[..., Response]) -> Response:
    written = export(orjson.loads(bytes(_answer(reading))), use_cases().graph, form)
    response = reply(written, media_type=_MEDIA_TYPES[form])
    response.vary.add("Accept")
    if form in _FILE_NAMES and response.status_code == HTTPStatus.OK:
        response.headers["Content-Disposition"] = f'attachment; filename="{_FILE_NAMES[form]}"'
    return response


def _form(name: str | None) -> ExportFormat:
    """Return the form of a name, or the one that the `Accept` header asks for first."""
    if name is None:
        chosen = accepted().best_match(_MEDIA_TYPES.values(), _USUAL)
        return next(form for form, media_type in _MEDIA_TYPES.items() if media_type == chosen)
    form = ExportFormat(name)
    require_acceptable([_MEDIA_TYPES[form]])
    return form


def _answer(reading: Reading) -> answers.Answer:
    cases = use_cases()
    request.environ[QUESTION] = reading.question
    answer = cases.answer(reading.question, asker_of(request.environ))
    return answers.answer_to(answer, reading, cases.graph)


def _read_link(values: dict[str, Any], faults: list[Fault]) -> Reading:
    """Return what a link asks for.

    Args:
        values: Its parameters.
        faults: What is wrong with it already.
    """
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
