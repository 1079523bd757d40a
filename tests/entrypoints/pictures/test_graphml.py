"""Pictures as GraphML, read again by networkx."""

import networkx as nx
import pytest

from service.entrypoints.pictures.graphml import as_graphml
from service.entrypoints.pictures.picture import Picture, picture_of
from tests.entrypoints.pictures.pictured import choices_and_circles, hostile, ids


def read(picture: Picture) -> "nx.DiGraph[str]":
    graph = nx.parse_graphml(as_graphml(picture))
    assert isinstance(graph, nx.DiGraph)
    return graph


@pytest.mark.parametrize("by_level", [False, True], ids=["by skill", "by level"])
def test_it_holds_everything_that_the_picture_shows(by_level: bool) -> None:  # noqa: FBT001
    picture = picture_of(choices_and_circles(), by_level=by_level)
    graph = read(picture)
    assert list(graph.nodes) == ids(picture)
    assert set(graph.edges) == {(line.below, line.above) for line in picture.lines}


def test_nodes_tell_their_kind_and_their_figures() -> None:
    nodes = read(picture_of(choices_and_circles())).nodes
    assert nodes["ops"] == {
        "kind": "skill",
        "name": "Ops",
        "skill": "ops",
        "area": "general",
        "first_level": 1,
        "last_level": 2,
        "likely_hours": 5.0,
        "asked_by_builder": 2,
    }
    assert nodes["choice:1"] == {"kind": "choice", "name": "1 of 2", "at_least": 1}
    assert nodes["role:writer"] == {"kind": "role", "name": "Writer"}


def test_edges_tell_their_kind_levels_and_reason() -> None:
    edges = read(picture_of(choices_and_circles())).edges
    assert edges["web", "ops"] == {"kind": "needs", "levels": "1 for 1", "reason": "So it is."}
    assert edges["python", "choice:1"] == {"kind": "option", "levels": "2", "reason": ""}


def test_names_of_any_kind_survive() -> None:
    picture = hostile()
    name = read(picture).nodes["a"]["name"]
    assert name.startswith("<b>\"&\\N'`|#;--></script>%%{init}\ufffd")
    assert name.endswith("\U0001f600 {end}[x](y)")
