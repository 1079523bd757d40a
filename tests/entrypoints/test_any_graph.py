"""The service works on any sound graph: other roles, scales and scripts, and hardly anything."""

import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from service.bootstrap import create_app, use_cases_of
from service.settings import Settings
from tests.builders import Document, document, graph_of
from tests.entrypoints.cli.running import NOWHERE, run

EIGHT = [str(hours) for hours in range(1, 9)]
FOREIGN = document("a 3 4", "b: a | c", "c", roles={"t": "b"}) | {
    "title": "\u65e5\u672c\u8a9e",
    "areas": [{"id": "general", "name": "\u9818\u57df"}],
    "levels": [
        {"level": 1, "id": "shoshin", "name": "\u521d\u5fc3\u8005", "aliases": ["\u521d\u7d1a"]},
        {"level": 2, "id": "chukyu", "name": "\u4e2d\u7d1a"},
    ],
}
FOREIGN["skills"][0] |= {
    "name": "\u6a5f\u68b0\u5b66\u7fd2",
    "aliases": ["\u043c\u0430\u0448\u0438\u043d\u043d\u043e\u0435 \u043e\u0431\u0443\u0447\u0435"],
}
FOREIGN["skills"][1]["name"] = "\u062a\u0639\u0644\u0645 \u0627\u0644\u0622\u0644\u0629"
FOREIGN["roles"][0]["name"] = "\u5de5\u7a0b\u5e2b"

GRAPHS = {
    "no role": document("a", "b: a") | {"roles": []},
    "a role that asks for nothing": document("a")
    | {"roles": [{"id": "idler", "name": "Idler", "requires": []}]},
    "one level": document(
        "a", "b: a | c", "c", levels=[{"level": 1, "id": "able", "name": "Able"}]
    ),
    "eight levels": document(f"a {' '.join(EIGHT)}", "b: a@7", roles={"r": "b, a@8"}),
    "three roles": document(
        "a 1 2 3", "b: a@2", "c 4 4", roles={"x": "a@3", "y": "b", "z": "c, a"}
    ),
    "no Latin letter": FOREIGN,
}
QUESTIONS: list[Document] = [
    {},
    {"target": "either"},
    {"target": "both", "hours_per_week": 5},
    {"skills": [{"skill": "a", "level": 1}], "assume_prerequisites": False},
    {"requirements": [{"skill": "a", "level": 1}]},
]

every_graph = pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)


def client_on(graph: Document) -> FlaskClient:
    return create_app(use_cases_of(graph_of(graph), Settings(NOWHERE))).test_client()


def paths(client: FlaskClient, graph: Document) -> Iterator[str]:
    """Return every path that can be asked for, about the first of whatever it takes."""
    first = {name: entry["id"] for name in ("skill", "role") for entry in graph[f"{name}s"][:1]}
    for rule in client.application.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            yield _built(rule, first)


def _built(rule: Rule, first: dict[str, str]) -> str:
    values = {name: first.get(name.removesuffix("_id"), "nothing") for name in rule.arguments}
    with_values = rule.build(values)
    assert with_values is not None
    return with_values[1]


@every_graph
def test_every_page_is_served_or_declined(graph: Document) -> None:
    client = client_on(graph)

    answers = {path: client.get(path).status_code for path in paths(client, graph)}

    assert {path: status for path, status in answers.items() if status >= 500} == {}
    assert answers["/v1/skills"] == answers["/v1/roles"] == answers["/healthz"] == 200


@every_graph
def test_every_question_is_answered_or_declined_with_a_problem(graph: Document) -> None:
    client = client_on(graph)

    for question in QUESTIONS:
        answer = client.post("/v1/assessments", json=question)
        has_goal = graph["roles"] or "requirements" in question
        assert answer.status_code == (200 if has_goal else 422)


@every_graph
def test_it_can_be_assessed_drawn_and_added_up_at_the_command_line(graph: Document) -> None:
    expected = 0 if graph["roles"] else 2

    for arguments in (["assess"], ["assess", "--target", "both"], ["assess", "--json"]):
        assert run(*arguments, graph=graph).exit_code == expected
    for picture in ("dot", "mermaid", "graphml", "svg"):
        assert run("graph", "show", "--format", picture, graph=graph).exit_code == 0
    assert run("graph", "totals", graph=graph).exit_code == 0


def test_names_and_levels_in_any_script_are_understood() -> None:
    skill, level = FOREIGN["skills"][0], FOREIGN["levels"][0]
    answer = run(
        "assess", "--skill", f"{skill['name']}:{level['aliases'][0]}", "--json", graph=FOREIGN
    )
    known = json.loads(answer.stdout)["profile"]["known"]

    assert [(entry["skill"], entry["level"]) for entry in known] == [("a", 1)]
