"""``/v1/profiles``: what people of common backgrounds usually know."""

from typing import Final

from flask import Blueprint, Response

from service.entrypoints.guidance import profile_model
from service.entrypoints.http.context import use_cases
from service.entrypoints.http.operations import Example, Operation, declares
from service.entrypoints.http.paging import linked, page_of
from service.entrypoints.http.problems import ProblemError
from service.entrypoints.http.query import load_query
from service.entrypoints.http.replies import json_of, kept
from service.entrypoints.schemas.guidance import CommonProfileSchema, CommonProfilesSchema
from service.entrypoints.schemas.requests import PageQuerySchema

bp = Blueprint("profiles", __name__, url_prefix="/v1/profiles")

_QUERY: Final = PageQuerySchema()


@bp.get("")
@declares(
    Operation(
        tag="catalogue",
        query=_QUERY,
        answer=CommonProfilesSchema(),
        is_paged=True,
        problems=("bad-request", "invalid-request"),
        example=Example("/v1/profiles?limit=2"),
    )
)
def list_profiles() -> Response:
    """List the common profiles, each in full."""
    graph = use_cases().graph
    page = page_of(graph.catalogue.profiles, **load_query(_QUERY))
    body = {
        "graph_version": graph.catalogue.version,
        "profiles": [profile_model(profile, graph) for profile in page.entries],
        "next_offset": page.next_offset,
    }
    return linked(kept(json_of(body)), page)


@bp.get("/<profile>")
@declares(
    Operation(
        tag="catalogue",
        answer=CommonProfileSchema(),
        path={"profile": "Id of the profile."},
        problems=("not-found",),
        example=Example("/v1/profiles/{profile}"),
    )
)
def get_profile(profile: str) -> Response:
    """Describe a common profile: who that is, and what they usually know."""
    graph = use_cases().graph
    for known in graph.catalogue.profiles:
        if known.id == profile:
            return kept(json_of(profile_model(known, graph)))
    raise ProblemError("not-found", "The graph holds no such profile; /v1/profiles lists them.")
