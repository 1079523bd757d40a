"""``/docs`` and ``/llms.txt``: all of it from this service."""

import re

import pytest
from flask.testing import FlaskClient

from service.entrypoints.http.docs import ASSETS


def test_the_page_is_made_of_nothing_from_elsewhere(client: FlaskClient) -> None:
    page = client.get("/docs")
    named = re.findall(r'(?:src|href)="([^"]+)"', page.get_data(as_text=True))

    assert page.mimetype == "text/html"
    assert named
    assert all(address.startswith("/") for address in named)
    assert all(client.get(address).status_code == 200 for address in named)


def test_the_page_may_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    policy = dict(
        directive.split(" ", 1)
        for directive in client.get("/docs").headers["Content-Security-Policy"].split("; ")
    )

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert not any("http" in sources or "*" in sources for sources in policy.values())


def test_only_the_page_is_allowed_more_than_nothing(client: FlaskClient) -> None:
    assert "script-src" not in client.get("/v1/roles").headers["Content-Security-Policy"]


@pytest.mark.parametrize(("asset", "media_type"), ASSETS.items())
def test_every_part_of_the_page_is_there(client: FlaskClient, asset: str, media_type: str) -> None:
    response = client.get(f"/docs/{asset}")

    assert response.mimetype == media_type
    assert response.mimetype_params == (
        {"charset": "utf-8"} if media_type.startswith("text/") else {}
    )
    assert len(response.data) > 100
    assert (
        client.get(
            f"/docs/{asset}", headers={"If-None-Match": response.headers["ETag"]}
        ).status_code
        == 304
    )


def test_the_page_shows_this_contract_and_asks_no_validator(client: FlaskClient) -> None:
    script = client.get("/docs/start.js").get_data(as_text=True)

    assert 'url: "/openapi.json"' in script
    assert "validatorUrl: null" in script
    assert "tryItOutEnabled: true" in script


@pytest.mark.parametrize("asset", ["swagger-ui.js", "..", "../hooks.py", "index.html"])
def test_nothing_else_is_given_away(client: FlaskClient, asset: str) -> None:
    assert client.get(f"/docs/{asset}").status_code == 404


def test_language_models_find_every_operation(client: FlaskClient) -> None:
    response = client.get("/llms.txt")
    text = response.get_data(as_text=True)

    assert response.mimetype == "text/plain"
    assert text.startswith("# Skills gap\n\n> ")
    paths = client.get("/openapi.json").get_json()["paths"]
    assert all(
        f"[{method.upper()} {path}]" in text for path, item in paths.items() for method in item
    )
