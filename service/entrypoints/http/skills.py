"""``/v1/skills``: what can be learned, and what people write for it."""

from collections.abc import Sequence
from itertools import islice
from typing import Final

from flask import Blueprint, Response

from service.application.access import Scope
from service.domain.naming.extraction import extract_from_text
from service.domain.naming.resume import extract_from_resume
from service.domain.skill import SkillId
from service.entrypoints.catalogue import skill_entry, skill_model
from service.entrypoints.http.body import load_body
from service.entrypoints.http.context import use_cases
from service.entrypoints.http.operations import BODY_PROBLEMS, Example, Operation, declares
from service.entrypoints.http.paging import linked, page_of
from service.entrypoints.http.problems import ProblemError
from service.entrypoints.http.query import load_query
from service.entrypoints.http.replies import fresh, json_of, kept
from service.entrypoints.readings import extraction_model, resolution_model
from service.entrypoints.schemas.catalogue import SkillListSchema, SkillSchema
from service.entrypoints.schemas.readings import ExtractionSchema, ResolutionsSchema
from service.entrypoints.schemas.requests import (
    DocumentSchema,
    ResolutionRequestSchema,
    SkillsQuerySchema,
)

bp = Blueprint("skills", __name__, url_prefix="/v1/skills")

_QUERY: Final = SkillsQuerySchema()
_NAMES: Final = ResolutionRequestSchema()
_DOCUMENT: Final = DocumentSchema()


@bp.get("")
@declares(
    Operation(
        tag="catalogue",
        query=_QUERY,
        answer=SkillListSchema(),
        is_paged=True,
        problems=("bad-request", "invalid-request"),
        example=Example("/v1/skills?q=vect&limit=3"),
    )
)
def list_skills() -> Response:
    """List skills, or complete the beginning of a name."""
    asked = load_query(_QUERY)
    graph = use_cases().graph
    end = asked["offset"] + asked["limit"]
    page = page_of(_found(asked.get("q"), end + 1), **asked)
    body = {
        "graph_version": graph.catalogue.version,
        "skills": [skill_entry(graph.skills[skill]) for skill in page.entries],
        "next_offset": page.next_offset,
    }
    return linked(kept(json_of(body)), page)


@bp.post("/resolve")
@declares(
    Operation(
        tag="catalogue",
        body=_NAMES,
        answer=ResolutionsSchema(),
        is_cacheable=False,
        scope=Scope.ASSESS,
        problems=BODY_PROBLEMS,
        example=Example(
            "/v1/skills/resolve",
            {"names": ["k8s", "advanced SQL", "Docker & Kubernetes", "streaming", "Pythonista"]},
        ),
    )
)
def resolve_skills() -> Response:
    """Read names as people write them.

    Each is resolved, ambiguous or unknown; nothing is guessed silently. A name is understood by
    id, name, alias or tool, then the same among versions, levels, brackets and in lists, then as
    a slight misspelling. Five hundred misspelt names are no trouble; what costs more to read
    than they do is read by the spellings of the catalogue alone, the longest names first.
    """
    names = load_body(_NAMES)["names"]
    cases = use_cases()
    named = cases.resolver.resolve_all(names)
    results = [resolution_model(name, named[name], cases.graph) for name in names]
    return fresh(json_of({"graph_version": cases.graph.catalogue.version, "results": results}))


@bp.post("/extract")
@declares(
    Operation(
        tag="catalogue",
        body=_DOCUMENT,
        answer=ExtractionSchema(),
        is_cacheable=False,
        scope=Scope.ASSESS,
        problems=BODY_PROBLEMS,
        example=Example(
            "/v1/skills/extract",
            {
                "text": "Advanced Python and Docker, 3 years of Kubernetes, some RAG. "
                "No experience with Java."
            },
        ),
    )
)
def extract_skills() -> Response:
    """Find the skills in a text or a JSON Resume.

    Each skill comes with every place that speaks for it. What a text denies is left out; what
    could mean several skills is listed apart.
    """
    document = load_body(_DOCUMENT)
    cases = use_cases()
    found = (
        extract_from_text(cases.resolver, document["text"])
        if "text" in document
        else extract_from_resume(cases.resolver, document["resume"])
    )
    return fresh(json_of(extraction_model(found, cases.graph)))


@bp.get("/<skill_id:skill>")
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


def _found(beginning: str | None, most: int) -> Sequence[SkillId]:
    cases = use_cases()
    if beginning is None:
        return tuple(islice(cases.graph.skills, most))
    return [completion.skill for completion in cases.resolver.complete(beginning, most)]
