"""Every header that is sent is declared, for whatever answer."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.bootstrap import build_use_cases, create_app
from service.entrypoints.http.context import install
from service.entrypoints.http.openapi import openapi_document
from service.entrypoints.http.operations import Example, Operation, Retirement, declares
from service.settings import Settings
from tests.fakes import DictCache

SETTINGS = replace(Settings.from_environ({}), anonymous_per_minute=100_000)
APP = create_app(build_use_cases(SETTINGS), SETTINGS)
DOCUMENT = openapi_document(APP)

OF_HTTP = {"content-type", "content-length"}
"""What HTTP itself asks for: OpenAPI has other places to declare it."""

OPERATIONS = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
}


def resolved(node: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in node:
        parts = node["$ref"].removeprefix("#/").split("/")
        node = DOCUMENT
        for part in parts:
            node = node[part]
    return node


def asked(client: FlaskClient, name: str, **more: Any) -> TestResponse:  # noqa: ANN401
    method, path, operation = OPERATIONS[name]
    for parameter in map(resolved, operation.get("parameters", ())):
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    request: dict[str, Any] = {"method": method, "json": body.get("example"), **more}
    query = request.pop("query", "")
    return client.open(f"{path}{query}", **request)


def answers(name: str) -> Iterator[TestResponse]:
    """Yield an answer of each kind that every operation has."""
    client = APP.test_client()
    first = asked(client, name, headers={"Accept-Encoding": "gzip"})
    yield first
    if "ETag" in first.headers:
        yield asked(client, name, headers={"If-None-Match": first.headers["ETag"]})
    yield asked(client, name, method="DELETE")
    yield asked(client, name, headers={"Accept": "image/x-none"})
    yield asked(client, name, query="?" + "x" * 9000)
    yield asked(client, name, headers={"X-Long": "x" * 9000})
    yield asked(client, name, headers={"Host": "a b"})
    if OPERATIONS[name][0] == "POST":
        yield asked(client, name, json=None, data=b"x", content_type="text/plain")
        yield asked(client, name, json=[])
        yield asked(client, name, json=None, data=b"{", content_type="application/json")
    if "export" in OPERATIONS[name][1]:
        yield asked(client, name, query="?format=csv")


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_status_and_every_header_is_declared(name: str) -> None:
    declared = OPERATIONS[name][2]["responses"]
    for answer in answers(name):
        response = resolved(declared[str(answer.status_code)])
        headers = {header.lower() for header in response["headers"]}
        sent = {header.lower() for header, _ in answer.headers}

        assert sent - OF_HTTP <= headers, answer.status


def test_what_announces_an_end_is_declared_where_something_ends() -> None:
    app = Flask("old")
    install(app, build_use_cases(SETTINGS), DictCache())
    start = datetime(2027, 7, 1, tzinfo=UTC)
    retirement = Retirement(start, start + timedelta(days=180), "/v2/roles")

    @app.get("/v1/old")
    @declares(Operation(tag="catalogue", example=Example("/v1/old"), retirement=retirement))
    def get_old() -> str:
        """Give what is old."""
        return "{}"

    document = openapi_document(app)
    operation = document["paths"]["/v1/old"]["get"]

    assert operation["deprecated"] is True
    for status in ("200", "304"):
        assert {"Deprecation", "Sunset", "Link"} <= set(operation["responses"][status]["headers"])
    assert {"Deprecation", "Sunset"} <= set(document["components"]["headers"])
    assert not {"Deprecation", "Sunset"} & set(DOCUMENT["components"]["headers"])
