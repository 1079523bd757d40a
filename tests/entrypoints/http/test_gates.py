"""Keys, rates and origins: who may ask, how often, and from which pages."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.application.access import ID_BYTES, SECRET_BYTES, Scope, key_line, make_key
from service.bootstrap import create_app, use_cases_of
from service.entrypoints.http.front import REFUSAL_FOR
from service.entrypoints.http.problems import ProblemError
from service.settings import Settings
from tests.entrypoints.http.conftest import GRAPH

SETTINGS = Settings(graph_path=Path("not-read.json"))


def new_key(seed: int, *scopes: Scope, per_minute: int | None = None) -> tuple[str, str]:
    """Return a key, and the line that is kept of it."""
    made = make_key("acme", scopes, per_minute, bytes([seed] * (ID_BYTES + SECRET_BYTES)))
    return made.token, key_line(made.key)


ASSESS, ASSESS_LINE = new_key(1, Scope.ASSESS)
BATCH, BATCH_LINE = new_key(2, Scope.BATCH)
ADMIN, ADMIN_LINE = new_key(3, Scope.ADMIN, per_minute=2)


def service(**settings: Any) -> FlaskClient:  # noqa: ANN401
    chosen = replace(SETTINGS, **settings)
    return create_app(use_cases_of(GRAPH, chosen), chosen).test_client()


@pytest.fixture
def keyed(tmp_path: Path) -> FlaskClient:
    path = tmp_path / "keys"
    path.write_text(f"{ASSESS_LINE}\n{BATCH_LINE}\n{ADMIN_LINE}", encoding="utf-8")
    return service(api_keys_path=path, key_per_minute=100)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def code_of(response: TestResponse) -> tuple[int, str]:
    assert response.mimetype == "application/problem+json"
    return response.status_code, response.get_json()["code"]


def test_without_a_file_of_keys_everything_is_open(client: FlaskClient) -> None:
    assert client.post("/v1/assessments", json={}, headers=bearer("x")).status_code == 200
    assert "RateLimit" not in client.get("/v1/roles").headers


@pytest.mark.parametrize("path", ["/v1/assessments", "/v1/skills/resolve", "/v1/skills/extract"])
def test_what_costs_takes_a_key(keyed: FlaskClient, path: str) -> None:
    body = {"names": ["python"]} if path.endswith("resolve") else {"text": "Python"}
    refused = keyed.post(path, json=body)

    assert code_of(refused) == (401, "key-required")
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert keyed.post(path, json=body, headers=bearer(ASSESS)).status_code == 200


def test_reading_takes_none(keyed: FlaskClient) -> None:
    for path in ("/v1/roles", "/v1/assessments?skill=python", "/docs", "/healthz"):
        assert keyed.get(path).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        pytest.param("post", "/v1/assessments", id="a method in small letters"),
        pytest.param("POST", "//v1/assessments", id="two strokes"),
        pytest.param("get", "/metrics", id="another method in small letters"),
    ],
)
def test_no_spelling_is_a_way_round_the_keys(keyed: FlaskClient, method: str, path: str) -> None:
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path}
    refused = keyed.post("/", json={}, environ_overrides=environ)

    assert refused.status_code in {400, 404}


def test_the_operation_itself_asks_for_the_key_however_it_was_reached(client: FlaskClient) -> None:
    asked: list[Scope | None] = []

    def refuse(scope: Scope | None) -> ProblemError:
        asked.append(scope)
        return ProblemError("key-required", "It takes a key.")

    refused = client.get("/metrics", environ_overrides={REFUSAL_FOR: refuse})

    assert code_of(refused) == (401, "key-required")
    assert asked == [Scope.ADMIN]


def test_a_key_of_another_scope_is_refused(keyed: FlaskClient) -> None:
    response = keyed.post("/v1/assessments", json={}, headers=bearer(BATCH))

    assert code_of(response) == (403, "scope-lacking")
    assert 'error="insufficient_scope", scope="assess"' in response.headers["WWW-Authenticate"]
    assert code_of(keyed.get("/metrics", headers=bearer(ASSESS))) == (403, "scope-lacking")
    assert keyed.head("/metrics").status_code == 401
    assert keyed.get("/metrics", headers=bearer(ADMIN)).status_code == 200


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer",
        "Bearer ",
        f"Bearer {ASSESS[:-1]}",
        f"Bearer {ASSESS.upper()}",
        f"Basic {ASSESS}",
        ASSESS,
        f"Bearer {ASSESS} {ASSESS}",
    ],
)
def test_what_is_no_good_key_is_refused_even_where_none_is_needed(
    keyed: FlaskClient, authorization: str
) -> None:
    response = keyed.get("/v1/roles", headers={"Authorization": authorization})

    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]
    assert code_of(response) == (401, "key-required")
    assert ASSESS[12:] not in response.get_data(as_text=True)


def test_a_key_in_the_query_is_none(keyed: FlaskClient) -> None:
    response = keyed.post(f"/v1/assessments?key={ASSESS}", json={})

    assert code_of(response) == (401, "key-required")


def test_the_name_of_the_scheme_has_no_case(keyed: FlaskClient) -> None:
    headers = {"Authorization": f"bearer {ASSESS}"}

    assert keyed.post("/v1/assessments", json={}, headers=headers).status_code == 200


def test_an_answer_that_is_remembered_takes_a_key_all_the_same(keyed: FlaskClient) -> None:
    for _ in range(3):
        assert keyed.post("/v1/assessments", json={}, headers=bearer(ASSESS)).status_code == 200
    assert keyed.post("/v1/assessments", json={}).status_code == 401


def limits(response: TestResponse) -> tuple[str, str]:
    return response.headers["RateLimit-Policy"], response.headers["RateLimit"].partition(";t")[0]


def test_limits_are_told_with_every_answer_and_kept() -> None:
    limited = service(anonymous_per_minute=2)
    answers = [limited.get(path) for path in ("/v1/roles", "/nothing", "/v1/roles")]

    assert [answer.status_code for answer in answers] == [200, 404, 429]
    assert [limits(answer) for answer in answers] == [
        ('"minute";q=2;w=60', '"minute";r=1'),
        ('"minute";q=2;w=60', '"minute";r=0'),
        ('"minute";q=2;w=60', '"minute";r=0'),
    ]
    assert code_of(answers[2]) == (429, "quota-exceeded")
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60


def test_health_is_never_limited() -> None:
    limited = service(anonymous_per_minute=1)

    assert {limited.get("/healthz").status_code for _ in range(5)} == {200}
    assert {limited.get("/readyz").status_code for _ in range(5)} == {200}


def test_who_has_the_answer_already_pays_nothing() -> None:
    limited = service(anonymous_per_minute=3)
    etag = limited.get("/v1/roles").headers["ETag"]
    answers = [limited.get("/v1/roles", headers={"If-None-Match": etag}) for _ in range(10)]

    assert {answer.status_code for answer in answers} == {304}
    assert {limits(answer)[1] for answer in answers} == {'"minute";r=2'}


def test_an_address_that_is_made_up_gains_nothing() -> None:
    limited = service(anonymous_per_minute=5)
    answers = [
        limited.get("/v1/roles", headers={"X-Forwarded-For": f"192.0.2.{n}"}) for n in range(9)
    ]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 4


def test_behind_trusted_proxies_everybody_has_a_limit_of_their_own() -> None:
    limited = service(anonymous_per_minute=1, trusted_proxies=1)
    seen = [
        limited.get("/v1/roles", headers={"X-Forwarded-For": chain}).status_code
        for chain in ("192.0.2.1", "192.0.2.2", "198.51.100.9, 192.0.2.1")
    ]

    assert seen == [200, 200, 429]  # what the third puts in front is of no account


def test_keys_have_limits_of_their_own(keyed: FlaskClient) -> None:
    seen = [keyed.get("/v1/roles", headers=bearer(ADMIN)).status_code for _ in range(3)]

    assert seen == [200, 200, 429]
    assert limits(keyed.get("/v1/roles", headers=bearer(ASSESS)))[0] == '"minute";q=100;w=60'


def test_guessing_keys_ends_at_the_limit_of_the_address(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(ASSESS_LINE, encoding="utf-8")
    guarded = service(api_keys_path=path, anonymous_per_minute=3)
    seen = [
        guarded.post("/v1/assessments", json={}, headers=bearer(f"{ASSESS}{n}")).status_code
        for n in range(5)
    ]

    assert seen == [401, 401, 401, 429, 429]
    assert guarded.post("/v1/assessments", json={}, headers=bearer(ASSESS)).status_code == 200


OWN = "https://careers.example.com"


@pytest.fixture(scope="module")
def shared() -> FlaskClient:
    return service(cors_origins=(OWN, "http://localhost:3000"), anonymous_per_minute=1000)


def test_scripts_of_an_origin_that_is_let_in_may_read(shared: FlaskClient) -> None:
    for path in ("/v1/roles", "/nothing"):
        headers = shared.get(path, headers={"Origin": OWN}).headers

        assert headers["Access-Control-Allow-Origin"] == OWN
        assert "Access-Control-Allow-Credentials" not in headers
        exposed = set(headers["Access-Control-Expose-Headers"].split(", "))
        assert {"ETag", "RateLimit", "RateLimit-Policy", "Retry-After", "Link"} <= exposed
        assert "X-Request-ID" in exposed


@pytest.mark.parametrize(
    "origin",
    [
        "https://careers.example.com.evil.example",
        "http://careers.example.com",
        "https://careers.example.com:444",
        "HTTPS://CAREERS.EXAMPLE.COM",
        "null",
        "*",
    ],
)
def test_no_other_origin_is(shared: FlaskClient, origin: str) -> None:
    response = shared.get("/v1/roles", headers={"Origin": origin})

    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]
    assert "Origin" in ", ".join(response.headers.getlist("Vary"))


def test_by_default_no_origin_is(client: FlaskClient) -> None:
    assert (
        "Access-Control-Allow-Origin"
        not in client.get("/v1/roles", headers={"Origin": OWN}).headers
    )


def test_browsers_may_ask_first(shared: FlaskClient) -> None:
    response = shared.options(
        "/v1/assessments",
        headers={
            "Origin": OWN,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )

    assert (response.status_code, response.data) == (204, b"")
    assert response.headers["Access-Control-Allow-Origin"] == OWN
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]
    assert int(response.headers["Access-Control-Max-Age"]) > 0
