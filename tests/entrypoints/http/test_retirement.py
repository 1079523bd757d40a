"""An operation that goes away announces it, in each answer and in the contract."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, Response

from service.entrypoints.http import hooks
from service.entrypoints.http.operations import Example, Operation, Retirement, declares

JULY = datetime(2027, 7, 1, tzinfo=UTC)


def test_each_answer_says_since_when_until_when_and_what_instead() -> None:
    app = Flask("old")
    hooks.register(app)
    retirement = Retirement(JULY, JULY + timedelta(days=180), "/v2/roles")

    @app.get("/v1/old")
    @declares(Operation(tag="catalogue", example=Example("/v1/old"), retirement=retirement))
    def get_old() -> Response:
        return Response("{}", headers={"Link": '</v1/old?offset=0>; rel="first"'})

    headers = app.test_client().get("/v1/old").headers
    assert headers["Deprecation"] == "@1814400000"
    assert headers["Sunset"] == "Tue, 28 Dec 2027 00:00:00 GMT"
    assert headers.getlist("Link") == [
        '</v1/old?offset=0>; rel="first"',
        '</v2/roles>; rel="successor-version"',
    ]


def test_nobody_is_given_less_than_180_days() -> None:
    with pytest.raises(ValueError, match="180 days"):
        Retirement(JULY, JULY + timedelta(days=179), "/v2/roles")
