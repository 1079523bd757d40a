"""The picture as JSON: node-link as networkx and D3 read it, and as Cytoscape.js reads it."""

from collections.abc import Iterator
from typing import Any, TypeAlias

import orjson

from service.domain.skill import HUNDREDTHS
from service.entrypoints.pictures.picture import Box, Choice, Line, Picture

Members: TypeAlias = dict[str, Any]


def as_node_link(picture: Picture) -> str:
    """Return a directed graph: skills, choices and roles as nodes, told apart by `kind`.

    A choice node is satisfied once `at_least` of the nodes with an edge to it are held; every
    other node needs all that have an edge to it.
    """
    return _text(
        {
            "format": "json",
            "graph_version": picture.version,
            "directed": True,
            "multigraph": False,
            "graph": _about(picture),
            "nodes": list(_nodes(picture)),
            "edges": [_edge(line) for line in picture.lines],
        }
    )


def as_cytoscape(picture: Picture) -> str:
    """Return the same for Cytoscape.js: what it calls `elements`, and the rest as `data`."""
    edges = (
        {"id": f"line:{number}", **_edge(line)}
        for number, line in enumerate(picture.lines, start=1)
    )
    return _text(
        {
            "format": "cytoscape",
            "graph_version": picture.version,
            "data": _about(picture),
            "elements": {
                "nodes": [{"data": node} for node in _nodes(picture)],
                "edges": [{"data": edge} for edge in edges],
            },
        }
    )


def _text(members: Members) -> str:
    return orjson.dumps(members).decode()


def _about(picture: Picture) -> Members:
    return {"title": picture.title, "description": picture.description}


def _nodes(picture: Picture) -> Iterator[Members]:
    yield from map(_skill, picture.boxes)
    yield from map(_choice, picture.choices)
    for goal in picture.goals:
        yield {"kind": "role", "id": goal.id, "name": goal.name}


def _skill(box: Box) -> Members:
    return {
        "kind": "skill",
        "id": box.id,
        "name": box.name,
        "skill": box.skill,
        "area": box.area,
        "levels": box.levels,
        "likely_hours": box.likely / HUNDREDTHS,
        "asked": [{"role": role, "level": level} for role, level in box.asked],
    }


def _choice(choice: Choice) -> Members:
    return {
        "kind": "choice",
        "id": choice.id,
        "name": choice.sentence(),
        "at_least": choice.need,
    }


def _edge(line: Line) -> Members:
    return {
        "source": line.below,
        "target": line.above,
        "kind": line.kind.value,
        "levels": line.label,
        "reason": line.reason,
    }
