"""What holds for every request, whoever answers it."""

import json
import logging
from dataclasses import replace
from http import HTTPStatus

import pytest
from werkzeug.test import Client

from service.application.common import CLIENTS
from service.bootstrap import create_app, use_cases_of
from service.entrypoints.http.addresses import TrustedProxies
from service.entrypoints.http.front import CLIENT_OF, Front, Verdict, asker_of
from service.entrypoints.http.problems import ProblemError
from tests.entrypoints.http.conftest import GRAPH, NO_SETTINGS
from tests.fakes import CountingMeter, DictCache

APP = create_app(use_cases_of(GRAPH, NO_SETTINGS))
CANARY = "jane.doe@example.org"


def front(*gates: object, lines: list[bytes] | None = None) -> Client:
    log = None if lines is None else lines.append
    return Client(Front(APP.wsgi_app, CountingMeter(), log, gates))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("method", "path", "route", "status"),
    [
        pytest.param("POST", "/v1/assessments", "/v1/assessments", 200, id="Flask answers"),
        pytest.param("POST", "/v1/assessments", "/v1/assessments", 200, id="the memo answers"),
        pytest.param("GET", f"/v1/skills/{CANARY}", "/v1/skills/<skill>", 404, id="not found"),
        pytest.param("GET", f"/{CANARY}?q={CANARY}", "", 404, id="no such route"),
        pytest.param("PUT", "/v1/roles", "", 405, id="no such method"),
    ],
)
def test_a_line_tells_the_route_and_nothing_that_was_asked(
    method: str, path: str, route: str, status: int
) -> None:
    lines: list[bytes] = []
    body = {"skills": [{"skill": CANARY}]} if method == "POST" else None
    answer = front(lines=lines).open(path, method=method, json=body)
    (line,) = lines
    said = json.loads(line)

    assert said.pop("milliseconds") >= 0
    assert said == {
        "request_id": answer.headers["X-Request-ID"],
        "method": method,
        "route": route,
        "status": status,
    }
    assert CANARY.encode() not in line
    assert line.endswith(b"\n")


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "a\nb", "é"])
def test_an_id_that_could_break_a_log_is_replaced(given: str) -> None:
    environ = {"HTTP_X_REQUEST_ID": given}
    answer = front().get("/healthz", environ_overrides=environ)

    assert answer.headers["X-Request-ID"] not in {"", given}


def test_the_headers_of_a_gate_are_in_every_answer() -> None:
    client = front(lambda _: Verdict((("RateLimit", '"each";r=9'),)))
    answers = [client.post("/v1/assessments", json={}) for _ in range(2)]

    assert [answer.headers["RateLimit"] for answer in answers] == ['"each";r=9'] * 2


def test_what_a_gate_refuses_is_a_problem_and_no_memo_helps() -> None:
    problem = ProblemError("not-found", "Refused by a gate.", headers={"Retry-After": "3"})
    front().get("/v1/roles")
    answer = front(lambda _: Verdict((("RateLimit", "r=0"),), problem)).get("/v1/roles")

    assert (answer.status_code, answer.get_json()["detail"]) == (404, "Refused by a gate.")
    assert (answer.headers["Retry-After"], answer.headers["RateLimit"]) == ("3", "r=0")


def test_a_bug_outside_of_flask_is_answered_like_any_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def break_down(_: object) -> Verdict:
        raise LookupError(CANARY)

    with caplog.at_level(logging.ERROR):
        answer = front(break_down).get("/v1/rôles?q=1", headers={"X-Request-ID": "r-1"})
    problem = answer.get_json()

    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert problem["code"] == "internal"
    assert problem["instance"] == "/v1/r%C3%B4les"
    assert problem["request_id"] == answer.headers["X-Request-ID"] == "r-1"
    assert "LookupError request_id=r-1" in caplog.text
    assert CANARY not in caplog.text + answer.get_data(as_text=True)


def test_clients_are_told_apart_without_being_known() -> None:
    one, same, other = (
        asker_of({"REMOTE_ADDR": address}) for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2")
    )

    assert one == same != other
    assert b"192.0.2.1" not in one


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        pytest.param("2001:db8:1:200::1", "2001:db8:1:2ff::1", True, id="of one /56"),
        pytest.param("2001:db8:1:2ff::1", "2001:db8:1:300::1", False, id="of two /56 in a row"),
        pytest.param("192.0.2.1", "::ffff:192.0.2.1", True, id="IPv4 in IPv6"),
        pytest.param("::ffff:192.0.2.1", "::ffff:192.0.2.2", False, id="two IPv4 in IPv6"),
    ],
)
@pytest.mark.parametrize("client_of", [None, TrustedProxies().client_of])
def test_a_client_is_a_subscriber(
    client_of: object, one: str, other: str, *, is_same: bool
) -> None:
    askers = [asker_of({"REMOTE_ADDR": peer, CLIENT_OF: client_of}) for peer in (one, other)]

    assert (askers[0] == askers[1]) == is_same


@pytest.mark.parametrize(
    ("networks", "common"),
    [
        pytest.param([f"2001:db8:1:2{n:02x}" for n in range(CLIENTS)], 0, id="of one subscriber"),
        pytest.param([f"2001:db8:1:{n}00" for n in range(CLIENTS)], 1, id="of five"),
    ],
)
def test_one_subscriber_makes_no_question_common(networks: list[str], common: int) -> None:
    cases = use_cases_of(GRAPH, NO_SETTINGS)
    cases = replace(cases, answer=replace(cases.answer, shared=DictCache()))
    client = create_app(cases, replace(NO_SETTINGS, trusted_proxies=1)).test_client()
    for network in networks:
        asked = client.post(
            "/v1/assessments",
            json={"skills": [{"skill": "python"}]},
            headers={"X-Forwarded-For": f"{network}::1"},
        )
        assert asked.status_code == HTTPStatus.OK

    assert len(cases.answer.common.learned()) == common
