"""An application on a small graph, and a client of it."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.bootstrap import create_app, use_cases_of
from service.settings import Settings
from tests.builders import graph

GRAPH = graph(
    "python 10 20 40",
    "typescript 12 24",
    "docker 8 16",
    "kubernetes 20 30: docker@2",
    "rag 6 8 20: python@2 | typescript@2",
    "evals 5 10: rag",
    roles={"ai-engineer": "rag@3 *3, evals@2 *2, kubernetes", "ml-engineer": "python@3"},
)

NO_SETTINGS = Settings(graph_path=Path("not-read.json"))


@pytest.fixture(scope="package")
def app() -> Flask:
    return create_app(use_cases_of(GRAPH, NO_SETTINGS))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
