"""The memo of exact bytes answers like Flask, or not at all."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from service.bootstrap import create_app, use_cases_of
from service.settings import Settings
from tests.entrypoints.http.conftest import GRAPH, NO_SETTINGS
from tests.fakes import CountingMeter

ASSESSMENTS = "/v1/assessments"
BODY = b'{"skills": [{"skill": "Python", "level": 3}]}'
JSON = {"Content-Type": "application/json"}


class Counted:
    """An application with a meter in view, and the same without a memo."""

    def __init__(self, settings: Settings = NO_SETTINGS) -> None:
        self.meter = CountingMeter()
        self.app: Flask = create_app(use_cases_of(GRAPH, settings, self.meter), settings)
        self.client = self.app.test_client()

    @property
    def hits(self) -> int:
        return self.meter.lookups["exact", "hit"]


@pytest.fixture
def counted() -> Counted:
    return Counted()


def test_the_same_bytes_get_the_same_bytes(counted: Counted, client: FlaskClient) -> None:
    first = counted.client.post(ASSESSMENTS, data=BODY, headers=JSON)
    second = counted.client.post(ASSESSMENTS, data=BODY, headers=JSON)

    assert counted.hits == 1
    assert first.data == second.data == client.post(ASSESSMENTS, data=BODY, headers=JSON).data
    own = {"X-Request-ID"}
    assert {k: v for k, v in first.headers.items() if k not in own} == {
        k: v for k, v in second.headers.items() if k not in own
    }


def test_every_answer_has_an_id_of_its_own_or_the_one_it_was_given(counted: Counted) -> None:
    ids = {
        counted.client.post(ASSESSMENTS, data=BODY, headers=JSON).headers["X-Request-ID"]
        for _ in range(3)
    }
    given = counted.client.post(ASSESSMENTS, data=BODY, headers=JSON | {"X-Request-ID": "mine"})

    assert len(ids) == 3
    assert given.headers.getlist("X-Request-ID") == ["mine"]


def test_what_the_memo_answers_is_counted_like_anything_else(counted: Counted) -> None:
    for _ in range(2):
        counted.client.post(ASSESSMENTS, data=BODY, headers=JSON)

    assert counted.meter.requests == [("POST", ASSESSMENTS, 200)] * 2


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        pytest.param("/v1/roles", {}, id="a list"),
        pytest.param("/v1/roles/ai-engineer", {}, id="one of it"),
        pytest.param(f"{ASSESSMENTS}?skill=python", {}, id="a link"),
        pytest.param("/openapi.yaml", {"Accept": "application/yaml"}, id="another media type"),
    ],
)
def test_a_get_with_an_etag_is_kept_and_asked_for_again_is_304(
    counted: Counted, path: str, headers: dict[str, str]
) -> None:
    first = counted.client.get(path, headers=headers)
    again = counted.client.get(path, headers=headers)
    held = {"If-None-Match": first.headers["ETag"], **headers}
    unchanged = counted.client.get(path, headers=held)

    assert (first.status_code, again.data, counted.hits) == (200, first.data, 2)
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert unchanged.headers["ETag"] == first.headers["ETag"]
    assert unchanged.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert "Content-Type" not in unchanged.headers


def test_who_asks_first_with_an_etag_gets_304_too(counted: Counted) -> None:
    etag = Counted().client.get("/v1/roles").headers["ETag"]

    assert counted.client.get("/v1/roles", headers={"If-None-Match": etag}).status_code == 304
    assert counted.client.get("/v1/roles").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body", "headers"),
    [
        pytest.param("POST", ASSESSMENTS, b'{"skills": 3}', JSON, id="an invalid body"),
        pytest.param("POST", ASSESSMENTS, b"{", JSON, id="no JSON"),
        pytest.param("POST", ASSESSMENTS, BODY, {"Content-Type": "text/plain"}, id="no JSON type"),
        pytest.param(
            "POST", ASSESSMENTS, BODY, JSON | {"Content-Encoding": "gzip"}, id="a compressed body"
        ),
        pytest.param(
            "POST", ASSESSMENTS, b" " * 70_000 + b"{}", JSON, id="a body that nobody sends twice"
        ),
        pytest.param("POST", ASSESSMENTS, BODY, JSON | {"Accept": "text/html"}, id="not accepted"),
        pytest.param("GET", "/v1/nothing", None, {}, id="no such path"),
        pytest.param("GET", "/healthz", None, {}, id="an answer that nobody may keep"),
        pytest.param("GET", "/metrics", None, {}, id="counts"),
        pytest.param("HEAD", "/v1/roles", None, {}, id="another method"),
    ],
)
def test_anything_else_goes_to_flask_each_time(
    counted: Counted, method: str, path: str, body: bytes | None, headers: dict[str, str]
) -> None:
    answers = [
        counted.client.open(path, method=method, data=body, headers=headers) for _ in range(2)
    ]

    assert counted.hits == 0
    assert answers[0].status_code == answers[1].status_code


@pytest.mark.parametrize(
    "change",
    [
        {"data": BODY + b" "},
        {"headers": JSON | {"Accept": "application/json"}},
        {"headers": JSON | {"Accept-Encoding": "gzip"}},
        {"headers": JSON | {"Origin": "https://jobs.example"}},
        {"query_string": "x=1"},
    ],
    ids=["body", "media types", "encodings", "origin", "query"],
)
def test_whatever_may_change_an_answer_changes_the_key(
    counted: Counted, change: dict[str, object]
) -> None:
    asked: dict[str, object] = {"data": BODY, "headers": JSON}
    counted.client.post(ASSESSMENTS, **asked)
    counted.client.post(ASSESSMENTS, **asked | change)

    assert counted.hits == 0


def test_no_page_names_the_host_that_somebody_else_asked_for(counted: Counted) -> None:
    hosts = ("careers.example", "elsewhere.example")
    pages = [
        counted.client.get("/?skill=python", headers={"Host": host}).get_data(as_text=True)
        for host in (*hosts, *hosts)
    ]

    assert pages[:2] == pages[2:]
    assert counted.hits == 2
    for page, host, other in zip(pages, hosts * 2, hosts[::-1] * 2, strict=True):
        assert host in page
        assert other not in page


def test_parts_of_a_key_do_not_run_into_each_other(counted: Counted) -> None:
    counted.client.get("/v1/skills?q=py")

    assert counted.client.get("/v1/skills%0Aq=py").status_code == 404


def test_a_body_that_ends_too_soon_is_not_taken_for_a_whole_one(counted: Counted) -> None:
    counted.client.post(ASSESSMENTS, data=b"{}", headers=JSON)
    environ = EnvironBuilder(
        path=ASSESSMENTS, method="POST", content_type="application/json"
    ).get_environ()
    environ |= {"CONTENT_LENGTH": "7", "wsgi.input": io.BytesIO(b"{}")}

    _, status, _ = run_wsgi_app(counted.app.wsgi_app, environ)

    assert status.startswith("400")
    assert counted.hits == 0


def test_a_memo_without_room_still_answers() -> None:
    counted = Counted(Settings(graph_path=NO_SETTINGS.graph_path, cache_bytes=1))
    answers = {counted.client.post(ASSESSMENTS, data=BODY, headers=JSON).data for _ in range(2)}

    assert len(answers) == 1
    assert counted.hits == 0


@pytest.fixture
def answers_with(counted: Counted) -> Counted:
    @counted.app.get("/varies")
    def varies() -> tuple[str, dict[str, str]]:
        return "", {"ETag": '"1"', "Vary": "Authorization"}

    @counted.app.get("/sets-cookie")
    def sets_cookie() -> tuple[str, dict[str, str]]:
        return "", {"ETag": '"1"', "Set-Cookie": "a=b"}

    return counted


@pytest.mark.parametrize("path", ["/varies", "/sets-cookie"])
def test_an_answer_for_one_caller_is_not_kept(answers_with: Counted, path: str) -> None:
    for _ in range(2):
        assert answers_with.client.get(path).status_code == 200

    assert answers_with.hits == 0
