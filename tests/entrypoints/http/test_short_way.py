"""The short way answers to the byte as Flask does, errors included."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import Client

from service.bootstrap import create_app, use_cases_of
from service.entrypoints.http.front import Front
from service.entrypoints.http.short_way import ShortWay
from tests.entrypoints.http.conftest import GRAPH, NO_SETTINGS
from tests.fakes import CountingMeter

PATH = "/v1/assessments"
OWN = {"X-Request-ID"}

BODIES: list[Any] = [
    pytest.param({}, id="nothing"),
    pytest.param({"skills": [{"skill": "Python", "level": 3}, {"skill": "zürich"}]}, id="some"),
    pytest.param({"skills": [{"skill": "rag"}] * 40, "target": "both"}, id="many"),
    pytest.param({"requirements": [{"skill": "rag", "level": 2}]}, id="requirements"),
    pytest.param({"skills": 3}, id="no list"),
    pytest.param({"skills": [{"skill": "python", "level": 99}]}, id="no such level"),
    pytest.param({"target": "astronaut"}, id="no such role"),
    pytest.param({"unknown": 1}, id="no such member"),
    pytest.param([], id="no object"),
]


class BrokenError(Exception):
    """Something that no handler knows."""


@pytest.fixture(scope="module")
def quick() -> FlaskClient:
    """A service that answers new questions the short way, and has no memo to answer old ones."""
    cases = use_cases_of(GRAPH, NO_SETTINGS, CountingMeter())
    client = create_app(cases, NO_SETTINGS).test_client()
    for coding in ("", "gzip", "br", "zstd"):
        client.post(PATH, json={"hours_per_week": 2}, headers={"Accept-Encoding": coding})
    return client


@pytest.fixture(scope="module")
def slow() -> Client:
    """The same, by Flask alone."""
    app = create_app(use_cases_of(GRAPH, NO_SETTINGS, CountingMeter()), NO_SETTINGS)
    flask = app.wsgi_app._app._app._app  # type: ignore[attr-defined]  # noqa: SLF001
    return Client(Front(flask, CountingMeter()))


@pytest.mark.parametrize("coding", ["", "gzip", "br, gzip", "zstd;q=0.5, br;q=0.4", "identity"])
@pytest.mark.parametrize("body", BODIES)
def test_status_headers_and_bytes_are_flasks(
    quick: FlaskClient, slow: Client, body: object, coding: str
) -> None:
    headers = {"Accept-Encoding": coding, "X-Request-ID": "r"}
    one = quick.post(PATH, json=body, headers=headers)
    other = slow.post(PATH, json=body, headers=headers)

    assert (one.status_code, one.data) == (other.status_code, other.data)
    assert sorted(one.headers.items()) == sorted(other.headers.items())


@pytest.mark.parametrize("written", ["{", '{"a": 1, "a": 2}', "NaN", '"\\ud800"', "[" * 50])
def test_what_is_no_json_is_told_as_flask_tells_it(
    quick: FlaskClient, slow: Client, written: str
) -> None:
    request: dict[str, Any] = {"data": written, "content_type": "application/json"}
    headers = {"X-Request-ID": "r"}
    one = quick.post(PATH, headers=headers, **request)
    other = slow.post(PATH, headers=headers, **request)

    assert (one.status_code, one.data) == (400, other.data)


def test_most_questions_never_reach_flask() -> None:
    def unused(*_: object) -> Any:  # noqa: ANN401
        raise BrokenError

    way = create_app(use_cases_of(GRAPH, NO_SETTINGS), NO_SETTINGS)
    client = way.test_client()
    first = client.post(PATH, json={})
    short: ShortWay = way.wsgi_app._app._app  # type: ignore[attr-defined]  # noqa: SLF001
    short._app = unused  # noqa: SLF001

    second = client.post(PATH, json={"hours_per_week": 7})

    assert (first.status_code, second.status_code) == (200, 200)
    assert json.loads(second.data)["path"]["weeks"] is not None
    assert client.post(PATH, json={"skills": 3}).status_code == 500
