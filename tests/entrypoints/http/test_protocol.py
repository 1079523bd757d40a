"""HTTP itself: media types, limits, methods, headers, ids, errors of the framework."""

import gzip
import io
import logging
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.adapters.graph_file import parse_graph
from service.bootstrap import create_app, use_cases_of
from service.entrypoints.http import hooks, problems
from service.entrypoints.http.front import Front
from service.entrypoints.http.problems import PROBLEMS
from service.settings import Settings
from tests.builders import as_bytes, document
from tests.fakes import CountingMeter

JSON = "application/json"
PROBLEM = "application/problem+json"
MEBIBYTE = 1024 * 1024


def code_of(response: object) -> tuple[int, str, str]:
    return (
        response.status_code,  # type: ignore[attr-defined]
        response.mimetype,  # type: ignore[attr-defined]
        response.get_json()["code"],  # type: ignore[attr-defined]
    )


@pytest.mark.parametrize(
    "content_type",
    [
        pytest.param(JSON, id="JSON"),
        pytest.param("application/json; charset=utf-8", id="JSON that says it is UTF-8"),
        pytest.param('APPLICATION/JSON;charset="UTF-8"', id="the same, shouted"),
        pytest.param("application/vnd.api+json", id="a kind of JSON"),
    ],
)
def test_a_body_declared_as_json_is_read(client: FlaskClient, content_type: str) -> None:
    response = client.post("/v1/assessments", data=b"{}", content_type=content_type)

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("headers", "data"),
    [
        pytest.param({}, b"{}", id="no media type"),
        pytest.param({"Content-Type": "text/plain"}, b"{}", id="plain text"),
        pytest.param({"Content-Type": "application/x-json"}, b"{}", id="something like JSON"),
        pytest.param({"Content-Type": "text/json"}, b"{}", id="JSON as a text"),
        pytest.param({"Content-Type": f"{JSON}; charset=latin-1"}, b"{}", id="Latin-1"),
        pytest.param(
            {"Content-Type": "application/x-www-form-urlencoded"}, b"skills=", id="a form"
        ),
        pytest.param(
            {"Content-Type": JSON, "Content-Encoding": "gzip"}, gzip.compress(b"{}"), id="gzip"
        ),
        pytest.param(
            {"Content-Type": JSON, "Content-Encoding": "gzip, gzip"}, b"{}", id="gzip twice"
        ),
    ],
)
def test_any_other_body_is_an_unsupported_media_type(
    client: FlaskClient, headers: dict[str, str], data: bytes
) -> None:
    response = client.post("/v1/assessments", data=data, headers=headers)

    assert code_of(response) == (415, PROBLEM, "unsupported-media-type")
    assert response.headers["Accept-Post"] == JSON


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="broken off"),
        pytest.param(b'{"target": "both", "target": "both"}', id="a key twice"),
        pytest.param(b'{"hours_per_week": NaN}', id="NaN"),
        pytest.param(b'{"hours_per_week": 1e400}', id="a number too large"),
        pytest.param(b"[" * 33 + b"]" * 33, id="33 levels deep"),
        pytest.param(b"[" * 100_000, id="100,000 levels deep"),
        pytest.param(b'{"target": "\xff"}', id="not UTF-8"),
        pytest.param(b'{"target": "\\ud800"}', id="half a surrogate pair"),
        pytest.param(b"\xef\xbb\xbf{}", id="a byte order mark"),
        pytest.param("{}".encode("utf-16"), id="UTF-16"),
        pytest.param(b'{"target": "\x00"}', id="a NUL"),
    ],
)
def test_a_body_that_is_not_strict_json_is_malformed(client: FlaskClient, body: bytes) -> None:
    response = client.post("/v1/assessments", data=body, content_type=JSON)

    assert code_of(response) == (400, PROBLEM, "malformed-json")


def test_malformed_json_says_where(client: FlaskClient) -> None:
    response = client.post("/v1/assessments", data=b'{\n  "skills": [,]}', content_type=JSON)

    assert "line 2, column 14" in response.get_json()["detail"]


def test_a_repeated_key_is_pointed_at(client: FlaskClient) -> None:
    body = b'{"skills": [{"skill": "a", "skill": "b"}]}'
    response = client.post("/v1/assessments", data=body, content_type=JSON)

    assert response.get_json()["errors"][0]["pointer"] == "/skills/0/skill"


def padded(size: int) -> bytes:
    return b"{" + b" " * (size - 2) + b"}"


def test_a_body_of_one_mebibyte_is_read(client: FlaskClient) -> None:
    response = client.post("/v1/assessments", data=padded(MEBIBYTE), content_type=JSON)

    assert response.status_code == 200


def test_a_larger_body_is_refused_unread(client: FlaskClient) -> None:
    response = client.post("/v1/assessments", data=padded(MEBIBYTE + 1), content_type=JSON)

    assert code_of(response) == (413, PROBLEM, "payload-too-large")


def test_a_larger_body_is_refused_even_if_it_does_not_say_its_length(client: FlaskClient) -> None:
    response = client.post(
        "/v1/assessments",
        input_stream=io.BytesIO(padded(MEBIBYTE + 1)),
        content_type=JSON,
        environ_overrides={"CONTENT_LENGTH": "", "wsgi.input_terminated": True},
    )

    assert code_of(response) == (413, PROBLEM, "payload-too-large")


def test_a_body_that_does_not_say_its_length_is_read(client: FlaskClient) -> None:
    response = client.post(
        "/v1/assessments",
        input_stream=io.BytesIO(b'{"target": "both"}'),
        content_type=JSON,
        environ_overrides={"CONTENT_LENGTH": "", "wsgi.input_terminated": True},
    )

    assert response.get_json()["target"]["kind"] == "both"


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        JSON,
        "application/*",
        "text/html, application/json;q=0.1",
        "",
        "text/html, */*;q=0.1",
        "application/json; charset=utf-8",
        "application/json;indent=4;q=0.5",
    ],
)
def test_whoever_accepts_json_is_answered(client: FlaskClient, accept: str) -> None:
    assert client.get("/v1/roles", headers={"Accept": accept}).status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0, */*", "application/xml"])
def test_whoever_excludes_json_is_told_so_in_a_problem(client: FlaskClient, accept: str) -> None:
    response = client.get("/v1/roles", headers={"Accept": accept})

    assert code_of(response) == (406, PROBLEM, "not-acceptable")


@pytest.mark.parametrize(
    "path",
    [
        "/v1",
        "/v1/",
        "/v1/roles/",
        "/v1//roles",
        "/v1/assessments/",
        "/v1/roles/astronaut",
        "/v1/roles/a/b",
        "/v1/skills/zzzzzz",
        "/v1/problems/nothing",
        "/v1/roles/%FF%FE",
        "/v1/roles/..%2f..%2fetc",
        "/static/x",
    ],
)
def test_a_path_to_nothing_is_a_problem(client: FlaskClient, path: str) -> None:
    response = client.get(path)

    assert code_of(response) == (404, PROBLEM, "not-found")
    assert response.get_json()["type"] == "/v1/problems/not-found"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/assessments", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("DELETE", "/v1/roles", {"GET", "HEAD", "OPTIONS"}),
        ("TRACE", "/healthz", {"GET", "HEAD", "OPTIONS"}),
        ("BREW", "/v1/roles/ai-engineer", {"GET", "HEAD", "OPTIONS"}),
        ("GET", "/v1/skills/resolve", {"OPTIONS", "POST"}),
        ("GET", "/v1/skills/extract", {"OPTIONS", "POST"}),
    ],
)
def test_another_method_is_told_which_there_are(
    client: FlaskClient, method: str, path: str, allowed: set[str]
) -> None:
    response = client.open(path, method=method)

    assert code_of(response) == (405, PROBLEM, "method-not-allowed")
    assert response.headers["Allow"] == ", ".join(sorted(allowed))


def test_options_tells_the_methods_and_has_no_body(client: FlaskClient) -> None:
    response = client.options("/v1/assessments")

    assert (response.status_code, response.data) == (204, b"")
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert "Content-Type" not in response.headers


@pytest.mark.parametrize("path", ["/v1/roles", "/v1/assessments?skill=python", "/healthz", "/nil"])
def test_head_is_get_without_the_body(client: FlaskClient, path: str) -> None:
    headers = {"X-Request-ID": "one"}
    head, get = client.head(path, headers=headers), client.get(path, headers=headers)

    assert head.data == b""
    assert head.status_code == get.status_code
    assert dict(head.headers) == dict(get.headers)


def test_a_url_beyond_8_kib_is_too_long(client: FlaskClient) -> None:
    short, long = "/v1/roles?" + "x" * 8000, "/v1/roles?" + "x" * 8192

    assert client.get(short).status_code == 200
    assert code_of(client.get(long)) == (414, PROBLEM, "uri-too-long")


@pytest.mark.parametrize("path", ["/v1/roles", "/nil"])
def test_every_answer_keeps_browsers_safe(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", ["/v1/roles", "/nil"])
def test_a_well_formed_request_id_is_given_back(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"X-Request-ID": "a.B-1_2"})

    assert response.headers["X-Request-ID"] == "a.B-1_2"


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "<script>", "jane@example.org"])
def test_any_other_request_id_is_replaced(client: FlaskClient, given: str) -> None:
    response = client.get("/nil", headers={"X-Request-ID": given})

    assert re.fullmatch(r"[0-9a-f]{32}", response.headers["X-Request-ID"])
    assert response.get_json()["request_id"] == response.headers["X-Request-ID"]


def test_a_problem_names_its_path_without_the_query(client: FlaskClient) -> None:
    problem = client.get("/v1/roles/astron%C3%A4ut?secret=1").get_json()

    assert problem["instance"] == "/v1/roles/astron%C3%A4ut"


def test_a_problem_is_kept_by_nobody(client: FlaskClient) -> None:
    assert client.get("/nil").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/v1/roles", "/v1/skills", "/v1/problems", "/openapi.json"])
@pytest.mark.parametrize("held", ["{}", "W/{}", '"other", {}', '"a,b" ,\tW/{} ,', "*", " * "])
def test_whoever_has_the_answer_already_is_told_so(
    client: FlaskClient, path: str, held: str
) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": held.format(first.headers["ETag"])})

    assert first.headers["Cache-Control"].startswith("public")
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/v1/roles", "/v1/skills"])
@pytest.mark.parametrize(
    "held",
    [
        pytest.param('"other"', id="another answer"),
        pytest.param('"{}-gzip"', id="another coding"),
        pytest.param('"{}-nonsense"', id="no coding"),
        pytest.param("{}", id="no quotes"),
        pytest.param("W/{}", id="weak and no quotes"),
        pytest.param("'{}'", id="other quotes"),
        pytest.param('"{}', id="half the quotes"),
        pytest.param('w/"{}"', id="a small w"),
        pytest.param('"a,{},b"', id="a part of a tag"),
        pytest.param('"*"', id="a star in quotes"),
        pytest.param("", id="nothing"),
    ],
)
def test_whoever_names_another_tag_gets_the_answer(
    client: FlaskClient, path: str, held: str
) -> None:
    first = client.get(path)
    named = held.format(first.headers["ETag"].strip('"'))
    again = client.get(path, headers={"If-None-Match": named})

    assert (again.status_code, again.data) == (200, first.data)


CANARY = "jane.doe@example.org"


class UnforeseenError(Exception):
    """Something that no handler knows."""


def app_that_raises(error: Exception) -> FlaskClient:
    app = Flask("broken")
    hooks.register(app)
    problems.register(app)

    @app.get("/broken")
    def broken() -> str:
        raise error

    app.wsgi_app = Front(app.wsgi_app, CountingMeter())  # type: ignore[assignment, method-assign]
    return app.test_client()


def test_a_bug_is_a_problem_that_tells_nothing_of_the_inside(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        client = app_that_raises(UnforeseenError(CANARY))
        response = client.get("/broken", headers={"X-Request-ID": "r-1"})

    assert code_of(response) == (500, PROBLEM, "internal")
    assert CANARY not in response.get_data(as_text=True)
    assert CANARY not in caplog.text
    assert "UnforeseenError" in caplog.text
    assert "request_id=r-1" in caplog.text


def test_no_memory_left_is_an_overload_that_passes() -> None:
    response = app_that_raises(MemoryError()).get("/broken")

    assert code_of(response) == (503, PROBLEM, "temporarily-overloaded")
    assert int(response.headers["Retry-After"]) > 0


@pytest.mark.parametrize("code", PROBLEMS)
def test_the_type_of_every_problem_leads_to_its_page(client: FlaskClient, code: str) -> None:
    page = client.get(f"/v1/problems/{code}").get_json()

    assert page["code"] == code
    assert page["status"] == PROBLEMS[code].status
    assert page["meaning"]
    assert page["remedy"]


def test_a_graph_without_roles_has_a_contract_too() -> None:
    bare = parse_graph(as_bytes(document("python") | {"roles": []}), "test")
    settings = Settings(graph_path=Path("not-read.json"))
    client = create_app(use_cases_of(bare, settings)).test_client()

    assert client.get("/v1/roles").get_json()["roles"] == []
    assert client.get("/openapi.json").status_code == 200
