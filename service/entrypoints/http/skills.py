"""``/v1/skills``: what can be learned."""

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

from flask import Blueprint, Response
from marshmallow import ValidationError

from service.domain.skill import SkillId
from service.entrypoints.catalogue import skill_entry, skill_model
from service.entrypoints.http.context import use_cases
from service.entrypoints.http.faults import faults_of
from service.entrypoints.http.operations import Example, Operation, declares
from service.entrypoints.http.problems import ProblemError, unusable
from service.entrypoints.http.query import read_query
from service.entrypoints.http.replies import json_of, kept
from service.entrypoints.schemas.catalogue import SkillSchema, SkillsSchema
from service.entrypoints.schemas.requests import SkillsQuerySchema

bp = Blueprint("skills", __name__, url_prefix="/v1/skills")

_QUERY: Final = SkillsQuerySchema()


@bp.get("")
@declares(
    Operation(
        tag="catalogue",
        query=_QUERY,
        answer=SkillsSchema(),
        problems=("bad-request", "invalid-request"),
        example=Example("/v1/skills?q=vect&limit=3"),
    )
)
def list_skills() -> Response:
    """List skills, or complete the beginning of a name."""
    asked = _asked()
    graph = use_cases().graph
    start = asked["offset"]
    end = start + asked["limit"]
    found = _found(asked.get("q"), end + 1)  # one more tells whether there is a next part
    body = {
        "graph_version": graph.catalogue.version,
        "skills": [skill_entry(graph.skills[skill]) for skill in found[start:end]],
        "next_offset": end if len(found) > end else None,
    }
    return kept(json_of(body))


@bp.get("/<skill>")
@declares(
    Operation(
        tag="catalogue",
        answer=SkillSchema(),
        path={"skill": "Id of the skill."},
        problems=("not-found",),
        example=Example("/v1/skills/{skill}"),
    )
)
def get_skill(skill: str) -> Response:
    """Describe a skill: its levels, what it needs, what it unlocks, and who needs it."""
    graph = use_cases().graph
    found = graph.skills.get(SkillId(skill))
    if found is None:
        raise ProblemError("not-found", "The graph holds no such skill; /v1/skills lists them.")
    return kept(json_of(skill_model(found, graph)))


def _asked() -> dict[str, Any]:
    values, faults = read_query(_QUERY)
    try:
        asked: dict[str, Any] = _QUERY.load(values)
    except ValidationError as error:
        raise unusable([*faults, *faults_of(error.messages)]) from None
    if faults:
        raise unusable(faults)
    return asked


def _found(beginning: str | None, most: int) -> Sequence[SkillId]:
    cases = use_cases()
    if beginning is None:
        return tuple(islice(cases.graph.skills, most))
    return [completion.skill for completion in cases.resolver.complete(beginning, most)]
