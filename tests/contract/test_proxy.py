"""The proxy in front of the service refuses as the service does."""

import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from service.entrypoints.http.problems import PROBLEMS, members
from service.entrypoints.schemas.problem import ProblemSchema
from tests.wire import raw

CONFIGURATION = (Path(__file__).parents[2] / "deploy" / "nginx.conf").read_text(encoding="utf-8")
REFUSALS = {
    int(status): said for status, said in re.findall(r"return (\d+) '(.*)';", CONFIGURATION)
}
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
SECONDS_TO_START = 20

requires_nginx = pytest.mark.skipif(NGINX is None, reason="needs nginx on the PATH")


@pytest.mark.parametrize("status", REFUSALS)
def test_what_the_proxy_says_is_what_the_service_would_say(status: int) -> None:
    said = json.loads(REFUSALS[status])
    code = said["code"]

    assert PROBLEMS[code].status == status
    assert said == {
        **members(code, PROBLEMS[code].meaning),
        "instance": "",
        "request_id": "$request_id",
    }
    assert ProblemSchema().load(said)


def test_every_error_of_the_proxy_leads_to_a_problem() -> None:
    led = re.findall(r"error_page [\d ]+?(?:=\d+ )?/refused/(\d+);", CONFIGURATION)

    assert set(map(int, led)) == set(REFUSALS) >= {400, 413, 414, 429, 431, 503}


@pytest.fixture(scope="module")
def proxy(service_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("nginx")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    configured = (
        CONFIGURATION.replace("/var/cache/nginx", str(folder))
        .replace("server service:8000;", f"server {urlsplit(service_address).netloc};")
        .replace("listen 8080;", f"listen 127.0.0.1:{port};")
        .replace("/dev/stdout path_only", "off")
        .replace("/dev/stderr", str(folder / "errors"))
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    path = folder / "nginx.conf"
    path.write_text(f"daemon off;\n{user}{configured}", encoding="utf-8")
    assert NGINX is not None
    with subprocess.Popen([NGINX, "-c", str(path), "-p", str(folder)]) as process:
        try:
            _wait_until_it_listens(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_until_it_listens(port: int) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def asked(proxy: str, request: bytes) -> tuple[int, str, bytes]:
    answer = raw(proxy, request)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert answer.count(b"HTTP/1.1 ") == 1
    found = re.search(r"(?i)content-type: ([^\r\n]*)", head.decode())
    return int(head.split()[1]), found[1] if found else "", body


HEAD = (
    b"POST /v1/assessments HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    b"Content-Type: application/json\r\n"
)
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n"
ASK = b"GET /v1/roles HTTP/1.1\r\n"
HOST = b"Host: localhost\r\n"


@requires_nginx
@pytest.mark.parametrize(
    ("request_bytes", "code"),
    [
        pytest.param(
            CHUNKED + b"Content-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            "bad-request",
            id="chunks and a length",
        ),
        pytest.param(
            HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            "bad-request",
            id="two lengths",
        ),
        pytest.param(HEAD + b"Content-Length: -1\r\n\r\n{}", "bad-request", id="a negative one"),
        pytest.param(CHUNKED + b"\r\nzz\r\n{}\r\n", "bad-request", id="a chunk without a size"),
        pytest.param(
            CHUNKED + b"\r\n2\r\n{}\r\nzz\r\n", "bad-request", id="a broken chunk behind JSON"
        ),
        pytest.param(
            HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "bad-request",
            id="compressed chunks",
        ),
        pytest.param(b"GET\r\n\r\n", "bad-request", id="half a first line"),
        pytest.param(ASK + b"Host localhost\r\n\r\n", "bad-request", id="no header"),
        pytest.param(ASK + b"\r\n", "bad-request", id="no host"),
        pytest.param(ASK + HOST + HOST + b"\r\n", "bad-request", id="two hosts"),
        pytest.param(
            ASK + HOST + b"X-Long: " + b"x" * 9000 + b"\r\n\r\n",
            "header-too-large",
            id="a header of 9 KB",
        ),
        pytest.param(
            b"GET /v1/roles?" + b"x" * 9000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
            "uri-too-long",
            id="a URL of 9 KB",
        ),
        pytest.param(
            HEAD + b"Content-Length: 1200000\r\n\r\n" + b" " * 1_200_000,
            "payload-too-large",
            id="a body of 1.2 MB",
        ),
    ],
)
def test_broken_http_is_a_problem_before_it_reaches_the_service(
    proxy: str, request_bytes: bytes, code: str
) -> None:
    status, media_type, body = asked(proxy, request_bytes)
    problem = json.loads(body)

    assert (status, media_type) == (PROBLEMS[code].status, "application/problem+json")
    assert problem["code"] == code
    assert re.fullmatch("[0-9a-f]{32}", problem["request_id"])


@requires_nginx
@pytest.mark.parametrize(
    "request_bytes",
    [
        pytest.param(HEAD + b"Content-Length: 2\r\n\r\n{}", id="a body with a length"),
        pytest.param(CHUNKED + b"\r\n2\r\n{}\r\n0\r\n\r\n", id="a body in chunks"),
        pytest.param(ASK + HOST + b"Connection: close\r\n\r\n", id="a question"),
        pytest.param(b"GET /healthz HTTP/1.0\r\n\r\n", id="HTTP/1.0 without a host"),
    ],
)
def test_sound_requests_come_through(proxy: str, request_bytes: bytes) -> None:
    assert asked(proxy, request_bytes)[0] == 200
