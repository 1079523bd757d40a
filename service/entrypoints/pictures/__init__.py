"""Pictures of a graph, or of the part of it that a role can need or that surrounds a skill."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from service.domain.graph import SkillGraph
from service.entrypoints.pictures.data import as_cytoscape, as_node_link
from service.entrypoints.pictures.dot import as_dot
from service.entrypoints.pictures.graphml import as_graphml
from service.entrypoints.pictures.mermaid import as_mermaid
from service.entrypoints.pictures.picture import Picture, picture_of
from service.entrypoints.pictures.svg import as_svg

__all__ = ["PictureFormat", "draw"]


class PictureFormat(StrEnum):
    """What pictures are drawn with."""

    JSON = "json"
    DOT = "dot"
    MERMAID = "mermaid"
    GRAPHML = "graphml"
    CYTOSCAPE = "cytoscape"
    SVG = "svg"


PENS: Final[Mapping[PictureFormat, Callable[[Picture], str]]] = {
    PictureFormat.JSON: as_node_link,
    PictureFormat.DOT: as_dot,
    PictureFormat.MERMAID: as_mermaid,
    PictureFormat.GRAPHML: as_graphml,
    PictureFormat.CYTOSCAPE: as_cytoscape,
    PictureFormat.SVG: as_svg,
}


def draw(
    graph: SkillGraph,
    picture_format: PictureFormat,
    *,
    role: str | None = None,
    skill: str | None = None,
    by_level: bool = False,
) -> str:
    """Return a picture as text; the same graph always gives the same text.

    Args:
        graph: The graph.
        picture_format: What to draw with.
        role: The id of a role; leaves out what no path to it can use.
        skill: The id of a skill of the graph; leaves out what is not around it.
        by_level: Gives each level of a skill a box of its own.

    Raises:
        UnknownRoleError: The graph holds no such role.
    """
    return PENS[picture_format](picture_of(graph, role, skill=skill, by_level=by_level))
