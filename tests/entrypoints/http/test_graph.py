"""``/v1/graph``, in all its formats."""

import json
import xml.etree.ElementTree as ET
from io import BytesIO
from typing import Any

import networkx as nx
import pytest
from flask.testing import FlaskClient

FORMATS = {
    "json": "application/json",
    "cytoscape": "application/json",
    "graphml": "application/graphml+xml",
    "dot": "text/vnd.graphviz",
    "mermaid": "text/vnd.mermaid",
    "svg": "image/svg+xml",
}


def ids(client: FlaskClient, query: str) -> set[str]:
    return {node["id"] for node in client.get(f"/v1/graph?{query}").get_json()["nodes"]}


@pytest.mark.parametrize(("name", "media_type"), FORMATS.items())
def test_every_format_has_its_media_type(client: FlaskClient, name: str, media_type: str) -> None:
    response = client.get(f"/v1/graph?format={name}")

    assert (response.status_code, response.mimetype) == (200, media_type)
    assert response.headers["ETag"]
    assert response.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/json"),
        ("image/svg+xml", "image/svg+xml"),
        ("text/vnd.mermaid, application/json;q=0.5", "text/vnd.mermaid"),
        ("text/html, */*;q=0.1", "application/json"),
    ],
)
def test_without_a_format_the_accept_header_decides(
    client: FlaskClient, accept: str, expected: str
) -> None:
    assert client.get("/v1/graph", headers={"Accept": accept}).mimetype == expected


@pytest.mark.parametrize(
    ("query", "accept"),
    [("format=svg", "application/json"), ("format=json", "image/svg+xml"), ("", "text/html")],
)
def test_a_format_that_is_not_accepted_is_refused(
    client: FlaskClient, query: str, accept: str
) -> None:
    response = client.get(f"/v1/graph?{query}", headers={"Accept": accept})

    assert (response.status_code, response.get_json()["code"]) == (406, "not-acceptable")


def read_node_link(data: bytes) -> "nx.DiGraph[str]":
    return nx.DiGraph(nx.node_link_graph(json.loads(data), edges="edges"))


def read_graphml(data: bytes) -> "nx.DiGraph[str]":
    return nx.DiGraph(nx.read_graphml(BytesIO(data)))


def read_cytoscape(data: bytes) -> "nx.DiGraph[str]":
    elements = json.loads(data)["elements"]
    read: nx.DiGraph[str] = nx.DiGraph()
    read.add_nodes_from((node["data"]["id"], node["data"]) for node in elements["nodes"])
    read.add_edges_from(
        (edge["data"]["source"], edge["data"]["target"]) for edge in elements["edges"]
    )
    return read


def test_all_data_formats_hold_the_same_graph(client: FlaskClient) -> None:
    graphs = [
        reader(client.get(f"/v1/graph?format={name}").data)
        for name, reader in (
            ("json", read_node_link),
            ("graphml", read_graphml),
            ("cytoscape", read_cytoscape),
        )
    ]

    assert graphs[0].number_of_edges() == 9
    assert {frozenset(each.nodes) for each in graphs} == {frozenset(graphs[0].nodes)}
    assert {frozenset(each.edges) for each in graphs} == {frozenset(graphs[0].edges)}


def test_the_drawing_is_svg(client: FlaskClient) -> None:
    assert ET.fromstring(client.get("/v1/graph?format=svg").data).tag.endswith("svg")  # noqa: S314


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("role=ml-engineer", {"python", "role:ml-engineer"}, id="what a role can use"),
        pytest.param("skill=docker", {"docker", "kubernetes"}, id="a skill and what it unlocks"),
        pytest.param(
            "skill=kubernetes", {"docker", "kubernetes"}, id="a skill and what it rests on"
        ),
        pytest.param(
            "skill=python",
            {"python", "rag", "choice:1"},
            id="of a choice, the option that is around",
        ),
        pytest.param(
            "skill=python&role=ml-engineer",
            {"python", "role:ml-engineer"},
            id="what both leave in",
        ),
        pytest.param(
            "skill=docker&levels=true",
            {"docker@1", "docker@2", "kubernetes@1"},
            id="level by level, only the levels concerned",
        ),
    ],
)
def test_a_part_of_the_graph(client: FlaskClient, query: str, expected: set[str]) -> None:
    assert ids(client, query) == expected


@pytest.mark.parametrize(
    ("query", "code", "pointers"),
    [
        ("format=png", "invalid-request", ["/format"]),
        ("role=astronaut", "unknown-role", ["/role"]),
        ("skill=astronautics", "invalid-request", ["/skill"]),
        ("role=x&skill=y", "invalid-request", ["/role", "/skill"]),
        ("levels=2&fromat=svg", "invalid-request", ["/fromat", "/levels"]),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    client: FlaskClient, query: str, code: str, pointers: list[str]
) -> None:
    response = client.get(f"/v1/graph?{query}")
    problem: dict[str, Any] = response.get_json()

    assert (response.status_code, problem["code"]) == (422, code)
    assert [fault["pointer"] for fault in problem["errors"]] == pointers
