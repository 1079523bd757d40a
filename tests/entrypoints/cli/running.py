"""Runs commands as ``main`` does, on a graph that a test made."""

import json
from functools import partial
from pathlib import Path

from click.testing import CliRunner, Result

from service.adapters.graph_file import check_graph, load_graph, parse_graph
from service.application.use_cases import UseCases
from service.bootstrap import create_app, use_cases_of
from service.domain.graph import SkillGraph
from service.entrypoints.cli import Tools, cli
from service.settings import Settings
from tests.builders import Document, as_bytes, document

NOWHERE = Path("nowhere.json")

LANGUAGES = document(
    "python 10 20",
    "typescript 8 12",
    "embeddings 3",
    "rag 6 8 20: embeddings, python@2 | typescript@2; ; embeddings",
    "docker 5",
    "kubernetes 9: docker",
    roles={"ai-engineer": "rag@3 *3, docker", "operator": "kubernetes"},
)
"""Six skills and two roles; the way to one of them leads through a choice of languages."""


def tools_on(graph: Document) -> Tools:
    """Return tools whose usual graph is a document."""

    def build(path: Path | None) -> UseCases:
        if path is not None:
            return use_cases_of(load_graph(path), Settings(path))
        return use_cases_of(parse_graph(as_bytes(graph), "usual"), Settings(NOWHERE))

    def preload(path: Path | None) -> SkillGraph:
        return build(path).graph

    return Tools(build, preload, check_graph, NOWHERE, create_app, lambda: None)


def run(*arguments: str, graph: Document = LANGUAGES, columns: int = 100) -> Result:
    """Run a command in a terminal of so many columns; its exceptions are the test's."""
    runner = CliRunner(env={"COLUMNS": str(columns)})
    return runner.invoke(cli, arguments, obj=partial(tools_on, graph), catch_exceptions=False)


def written(path: Path, graph: Document) -> Path:
    """Return a file that holds a document."""
    path.write_bytes(json.dumps(graph).encode())
    return path
