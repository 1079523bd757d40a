"""Every kind of error, provoked over the wire from the service in its production server."""

import http.client
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from service.application.access import ID_BYTES, SECRET_BYTES, Scope, key_line, make_key
from service.entrypoints.http.problems import PROBLEMS
from tests.entrypoints.http.failing_service import CANARY, FAULTS
from tests.running_service import running_application, running_service
from tests.wire import raw

MEBIBYTE = 1024 * 1024
LARGEST_PROBLEM = 16 * 1024

FROM_WITHIN = {"internal", "temporarily-overloaded"}
"""What no request can provoke; a service that fails has it."""


def key(seed: int, scope: Scope, per_minute: int | None = None) -> tuple[str, str]:
    made = make_key("acme", [scope], per_minute, bytes([seed] * (ID_BYTES + SECRET_BYTES)))
    return made.token, key_line(made.key)


GOOD, GOOD_LINE = key(1, Scope.ASSESS)
OTHER, OTHER_LINE = key(2, Scope.BATCH)
RARE, RARE_LINE = key(3, Scope.ASSESS, per_minute=1)


@dataclass(frozen=True)
class Sent:
    """A request that is refused."""

    code: str
    method: str = "POST"
    path: str = "/v1/assessments"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    answers_with: str | None = None
    key: str = GOOD


JSON = {"Content-Type": "application/json"}


def posted(code: str, body: Any, **more: Any) -> Sent:  # noqa: ANN401
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Sent(code, body=data, **{"headers": JSON, **more})


def skills(*entries: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"skills": list(entries)}


MALFORMED = {
    "nothing": b"",
    "no JSON": f"{{{CANARY}".encode(),
    "a key twice": b'{"skills": [], "skills": []}',
    "not a number": b'{"hours_per_week": NaN}',
    "beyond numbers": b'{"hours_per_week": 1e400}',
    "19 digits": b'{"hours_per_week": 1234567890123456789}',
    "33 levels deep": b'{"skills": ' + b"[" * 32 + b"]" * 32 + b"}",
    "50,000 levels deep": b"[" * 50_000,
    "Latin-1": '{"target": "é"}'.encode("latin-1"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a lone surrogate": b'{"target": "\\ud800"}',
    "a control character": b'{"target": "\x01"}',
}

NO_OBJECTS: list[Any] = [None, [], 7, "text", True]

REQUESTS = {
    **{f"malformed: {name}": posted("malformed-json", body) for name, body in MALFORMED.items()},
    "no key": posted("key-required", {}, key="", answers_with="WWW-Authenticate"),
    "a key that is none": posted("key-required", {}, key=CANARY, answers_with="WWW-Authenticate"),
    "a key for something else": posted("scope-lacking", {}, key=OTHER),
    "no key, in small letters": posted("bad-request", {}, key="", method="post"),
    "no key, after two strokes": posted("not-found", {}, key="", path="//v1/assessments"),
    "no key, and a letter in code": posted(
        "key-required", {}, key="", path="/v1/assess%6Dents", answers_with="WWW-Authenticate"
    ),
    "no such route": Sent("not-found", "GET", f"/v1/{CANARY}"),
    "no such role": Sent("not-found", "GET", f"/v1/roles/{CANARY}"),
    "no such skill": Sent("not-found", "GET", f"/v1/skills/{CANARY}"),
    "no such profile": Sent("not-found", "GET", f"/v1/profiles/{CANARY}"),
    "no such problem": Sent("not-found", "GET", f"/v1/problems/{CANARY}"),
    "no such method": Sent("method-not-allowed", "DELETE", "/v1/roles", answers_with="Allow"),
    "TRACE": Sent("method-not-allowed", "TRACE", "/v1/roles", answers_with="Allow"),
    "HTML": Sent("not-acceptable", "GET", "/v1/roles", headers={"Accept": "text/html"}),
    "a body too large": posted("payload-too-large", b" " * (MEBIBYTE + 1)),
    "a query too long": Sent("uri-too-long", "GET", "/v1/roles?" + "x" * 8300),
    "no media type": Sent("unsupported-media-type", body=b"{}"),
    "a form": Sent(
        "unsupported-media-type",
        body=b"{}",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    ),
    "a compressed body": Sent(
        "unsupported-media-type",
        body=b"{}",
        headers={"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ),
    "a header of more than 8 KiB": Sent(
        "header-too-large", "GET", "/healthz", headers={"X-Canary": CANARY * 600}
    ),
    "a cookie of more than 8 KiB": posted(
        "header-too-large", {}, headers={**JSON, "Cookie": f"a={CANARY * 600}"}
    ),
    "a host that is none": Sent("bad-request", "GET", "/v1/roles", headers={"Host": "a b"}),
    "two hosts": Sent("bad-request", "GET", "/v1/roles", headers={"Host": "a,b"}),
    "a query that is no UTF-8": Sent("bad-request", "GET", "/v1/skills?q=%FF"),
    "an unknown role": posted("unknown-role", {"target": CANARY}),
    "an unknown role to compare": Sent("unknown-role", "GET", f"/v1/comparison?roles={CANARY}"),
    "an unknown member": posted("invalid-request", {"canary": CANARY}),
    "level 99": posted("invalid-request", skills({"skill": "python", "level": 99})),
    "level 3.7": posted("invalid-request", skills({"skill": "python", "level": 3.7})),
    "501 skills": posted("invalid-request", skills(*[{"skill": "python"}] * 501)),
    "10,000 skills": posted("invalid-request", skills(*[{"skill": "python"}] * 10_000)),
    "a name of 201 characters": posted("invalid-request", skills({"skill": "n" * 201})),
    "a name of a megabyte": posted("invalid-request", skills({"skill": "n" * (MEBIBYTE - 99)})),
    "10,000 unknown members": posted("invalid-request", {f"m{n}": n for n in range(10_000)}),
    **{
        f"{body!r} to {path}": posted("invalid-request", body, path=path)
        for path in ("/v1/assessments", "/v1/role-fit", "/v1/skills/resolve", "/v1/skills/extract")
        for body in NO_OBJECTS
    },
    "an unknown parameter": Sent("invalid-request", "GET", "/v1/skills?canary=1"),
    "an answer to no question": posted(
        "invalid-request",
        {"answers": [{"question": CANARY, "option": CANARY}]},
        path="/v1/role-fit",
    ),
    "an unknown format": Sent("invalid-request", "GET", f"/v1/graph?format={CANARY}"),
}


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path: Path = tmp_path_factory.mktemp("keys") / "keys"
    path.write_text(f"{GOOD_LINE}\n{OTHER_LINE}\n{RARE_LINE}\n", encoding="utf-8")
    with running_service(API_KEYS_FILE=str(path)) as address:
        yield address


def send(address: str, sent: Sent) -> tuple[int, Mapping[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    shown = {"Authorization": f"Bearer {sent.key}"} if sent.key else {}
    connection.request(sent.method, sent.path, sent.body, {**shown, **sent.headers})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


def assert_is_problem(
    code: str, status: int, headers: Mapping[str, str], body: bytes
) -> dict[str, Any]:
    named = {name.lower(): value for name, value in headers.items()}
    problem: dict[str, Any] = json.loads(body)

    assert (problem["code"], status, problem["status"]) == (code, PROBLEMS[code].status, status)
    assert named["content-type"] == "application/problem+json"
    assert named["cache-control"] == "no-store"
    assert named["x-request-id"] == problem["request_id"]
    assert len(body) <= LARGEST_PROBLEM
    assert CANARY not in problem["detail"]
    assert CANARY not in json.dumps(problem.get("errors", []))
    assert "Traceback" not in body.decode()
    return problem


@pytest.mark.parametrize("sent", REQUESTS.values(), ids=REQUESTS.keys())
def test_it_is_a_problem_that_leads_to_its_page(keyed: str, sent: Sent) -> None:
    status, headers, body = send(keyed, sent)
    problem = assert_is_problem(sent.code, status, headers, body)
    named = {name.lower() for name in headers}

    assert sent.answers_with is None or sent.answers_with.lower() in named
    if sent.code == "invalid-request":
        assert 1 <= len(problem["errors"]) <= 50
        assert problem["error_count"] >= len(problem["errors"])
    _, _, page = send(keyed, Sent("", "GET", problem["type"]))
    assert json.loads(page)["title"] == problem["title"]


def test_every_kind_of_error_is_provoked() -> None:
    provoked = {sent.code for sent in REQUESTS.values()} | {"quota-exceeded"}

    assert provoked | FROM_WITHIN == set(PROBLEMS)


def test_one_request_too_many_is_told_when_to_come_back(keyed: str) -> None:
    answers = [send(keyed, Sent("", "GET", "/v1/roles", key=RARE)) for _ in range(2)]
    if answers[1][0] == 200:  # a new minute began between the two
        answers = [send(keyed, Sent("", "GET", "/v1/roles", key=RARE)) for _ in range(2)]
    status, headers, body = answers[1]
    named = {name.lower(): value for name, value in headers.items()}

    assert_is_problem("quota-exceeded", status, headers, body)
    assert 1 <= int(named["retry-after"]) <= 60
    assert named["ratelimit-policy"] == '"minute";q=1;w=60'
    assert named["ratelimit"].startswith('"minute";r=0;t=')


@pytest.fixture(scope="module")
def failing() -> Iterator[str]:
    with running_application("tests.entrypoints.http.failing_service:app") as address:
        yield address


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("way", ["POST", "POST of another kind", "GET"])
def test_what_fails_within_tells_nothing_and_ends_nothing(
    failing: str, way: str, fault: str
) -> None:
    code = "temporarily-overloaded" if fault == "no memory left" else "internal"
    sent = {
        "POST": posted(code, skills({"skill": fault}), key=""),
        "POST of another kind": posted(
            code,
            skills({"skill": fault}),
            headers={"Content-Type": "application/json; charset=utf-8"},
            key="",
        ),
        "GET": Sent(code, "GET", f"/v1/assessments?skill={quote(fault)}", key=""),
    }[way]
    status, headers, body = send(failing, sent)
    named = {name.lower(): value for name, value in headers.items()}
    told = f"{headers} {body.decode()}"

    assert_is_problem(code, status, headers, body)
    assert CANARY not in told
    assert type(FAULTS[fault]).__name__ not in told
    assert ".py" not in told
    assert ("retry-after" in named) == (status == 503)
    after = posted("", skills({"skill": "python"}), key="")
    assert send(failing, after)[0] == 200


HEAD = (
    b"POST /v1/assessments HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    b"Content-Type: application/json\r\nAuthorization: Bearer " + GOOD.encode() + b"\r\n"
)
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n"


ASK = b"GET /v1/roles HTTP/1.1\r\n"
HOST = b"Host: localhost\r\n"
NEXT = ASK + HOST + b"Connection: close\r\n\r\n"


@pytest.mark.parametrize(
    ("request_bytes", "code"),
    [
        pytest.param(
            CHUNKED + b"\r\nzz\r\n{}\r\n0\r\n\r\n", "malformed-json", id="a chunk without a size"
        ),
        pytest.param(
            CHUNKED + b"\r\n110000\r\n" + b" " * 0x110000 + b"\r\n0\r\n\r\n",
            "payload-too-large",
            id="chunks that are too large together",
        ),
        pytest.param(
            HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            "bad-request",
            id="chunks of something compressed",
        ),
        pytest.param(
            CHUNKED + b"\r\n1\r\n{\r\nzz\r\n",
            "malformed-json",
            id="a chunk, and then one without a size",
        ),
        pytest.param(ASK + b"Connection: close\r\n\r\n", "bad-request", id="no host"),
        pytest.param(
            ASK + HOST + HOST + b"Connection: close\r\n\r\n", "bad-request", id="two hosts"
        ),
        pytest.param(
            ASK + HOST + b"X-Long: " + b"x" * 60_000 + b"\r\nConnection: close\r\n\r\n",
            "header-too-large",
            id="a header of 60 KB",
        ),
        pytest.param(
            b"GET /v1/roles?"
            + b"x" * 60_000
            + b" HTTP/1.1\r\n"
            + HOST
            + b"Connection: close\r\n\r\n",
            "uri-too-long",
            id="a query of 60 KB",
        ),
    ],
)
def test_what_breaks_http_is_a_problem(keyed: str, request_bytes: bytes, code: str) -> None:
    assert_is_problem(code, *parsed(raw(keyed, request_bytes)))
    assert send(keyed, Sent("", "GET", "/healthz"))[0] == 200


def parsed(answer: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in lines), body


def test_half_a_body_is_a_problem_even_if_that_half_is_json(keyed: str) -> None:
    answer = raw(keyed, HEAD + b"Content-Length: 3\r\n\r\n{}", is_all=True)

    assert_is_problem("bad-request", *parsed(answer))


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        pytest.param(
            HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            "400 Bad Request",
            id="two numbers",
        ),
        pytest.param(
            HEAD + b"Content-Length: -1\r\n\r\n{}", "400 Bad Request", id="a negative length"
        ),
        pytest.param(
            HEAD + b"Transfer-Encoding: gzip\r\n\r\n{}",
            "400 Bad Request",
            id="a body without an end",
        ),
        pytest.param(b"GET\r\n\r\n", "400 Bad Request", id="half a first line"),
        pytest.param(ASK + b"Host localhost\r\n\r\n", "400 Bad Request", id="no header"),
        pytest.param(
            ASK + HOST + b"X-Long: " + b"x" * 1_000_000 + b"\r\n\r\n",
            "431 Request Header Fields Too Large",
            id="a header of a megabyte",
        ),
        pytest.param(
            ASK + HOST + b"X: 1\r\n" * 101 + b"\r\n",
            "431 Request Header Fields Too Large",
            id="101 headers",
        ),
        pytest.param(
            b"GET /" + b"x" * 66_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
            "414 URI Too Long",
            id="a path of 66 KB",
        ),
    ],
)
def test_what_is_no_request_the_server_refuses_without_a_body(
    keyed: str, request_bytes: bytes, status: str
) -> None:
    answer = raw(keyed, request_bytes + NEXT)
    _, headers, body = parsed(answer)

    assert answer.startswith(f"HTTP/1.1 {status}\r\n".encode())
    assert set(headers) == {"connection", "content-length", "date"}
    assert (headers["connection"], body) == ("close", b"")
    assert send(keyed, Sent("", "GET", "/healthz"))[0] == 200


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(b"0\r\n\r\n", id="ended"),
        pytest.param(b"zz\r\n\r\n", id="broken off after the JSON"),
    ],
)
def test_chunks_are_read_until_they_end(keyed: str, end: bytes) -> None:
    """A broken chunk is the end for the server; the JSON before it is whole, or malformed."""
    answer = raw(keyed, CHUNKED + b"\r\n2\r\n{}\r\n" + end + NEXT)

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert answer.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize("number", [b"2", b"12", b"60"])
def test_of_two_lengths_the_chunks_count_and_nothing_after_them_is_answered(
    keyed: str, number: bytes
) -> None:
    """The server drops the number before the service can see it (RFC 9112, 6.1 and 6.3)."""
    both = HEAD.replace(b"Connection: close\r\n", b"") + b"Content-Length: " + number + b"\r\n"
    chunks = b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
    answer = raw(keyed, both + chunks + NEXT)

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert answer.count(b"HTTP/1.1 ") == 1
