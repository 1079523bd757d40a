"""``/v1/graph``: the graph itself, in the formats that other programs read."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response

from service.domain.errors import Fault, UnknownRoleError
from service.domain.graph import SkillGraph
from service.entrypoints.http.accepting import accepted, require_acceptable
from service.entrypoints.http.context import made_once, use_cases
from service.entrypoints.http.operations import JSON, Example, Operation, declares
from service.entrypoints.http.problems import unusable
from service.entrypoints.http.query import load_query
from service.entrypoints.http.replies import kept
from service.entrypoints.pictures import PictureFormat, draw
from service.entrypoints.schemas.graph import GraphQuerySchema, GraphSchema

bp = Blueprint("graph", __name__, url_prefix="/v1/graph")

MEDIA_TYPES: Final[Mapping[PictureFormat, str]] = {
    PictureFormat.JSON: JSON,
    PictureFormat.CYTOSCAPE: JSON,
    PictureFormat.GRAPHML: "application/graphml+xml",
    PictureFormat.DOT: "text/vnd.graphviz",
    PictureFormat.MERMAID: "text/vnd.mermaid",
    PictureFormat.SVG: "image/svg+xml",
}

_QUERY: Final = GraphQuerySchema()
_OTHERS: Final = tuple(dict.fromkeys(kind for kind in MEDIA_TYPES.values() if kind != JSON))


@bp.get("")
@declares(
    Operation(
        tag="catalogue",
        query=_QUERY,
        answer=GraphSchema(),
        other_media_types=_OTHERS,
        problems=("bad-request", "invalid-request", "unknown-role"),
        example=Example("/v1/graph?skill={skill}"),
    )
)
def get_graph() -> Response:
    """Give the graph, whole or around a role or a skill.

    As node-link JSON, GraphML, DOT, Mermaid, the elements of Cytoscape.js, or an SVG drawing.
    `json` and `cytoscape` are JSON, the others text: a generated client that reads every answer
    as JSON takes the two; the others are got by any HTTP client, or by a browser.
    """
    asked = load_query(_QUERY)
    picture_format = asked.get("format") or _preferred()
    media_type = MEDIA_TYPES[picture_format]
    require_acceptable([media_type])
    graph = use_cases().graph
    _require_known(graph, asked)
    part = {"role": asked.get("role"), "skill": asked.get("skill"), "by_level": asked["levels"]}
    is_whole = not ({"role", "skill"} & asked.keys())  # there are thousands of parts
    make = made_once().everywhere if is_whole else made_once().here
    picture = make(  # the whole graph takes up to half a second to draw
        f"picture {picture_format} {part!r}",
        lambda: draw(graph, picture_format, **part).encode(),
    )
    return kept(picture, media_type=media_type)


def _preferred() -> PictureFormat:
    """Return the format that the `Accept` header asks for first."""
    chosen = accepted().best_match(MEDIA_TYPES.values(), JSON)
    return next(each for each, media_type in MEDIA_TYPES.items() if media_type == chosen)


def _require_known(graph: SkillGraph, asked: Mapping[str, Any]) -> None:
    unknown_skill = "skill" in asked and asked["skill"] not in graph.skills
    if "role" in asked and asked["role"] not in graph.roles:
        error = UnknownRoleError(tuple(graph.roles), "/role")
        if not unknown_skill:
            raise error
        raise unusable([Fault("/role", str(error)), _NO_SUCH_SKILL])
    if unknown_skill:
        raise unusable([_NO_SUCH_SKILL])


_NO_SUCH_SKILL: Final = Fault("/skill", "The graph holds no such skill; /v1/skills lists them.")
