"""The service in its production server, as a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.builders import document
from tests.entrypoints.cli.running import LANGUAGES, run, written

SECONDS_TO_START = 30
SECONDS_TO_STOP = 20


class Service:
    """A running service.

    Attributes:
        spoken: What it printed before it listened.
        base: Where it listens.
    """

    def __init__(self, graph: Path, *options: str) -> None:
        command = [sys.executable, "-m", "service", "serve", "--port", "0", *options]
        self.process = subprocess.Popen(
            [*command, "--graph", str(graph)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "SKILLS_GRAPH_PATH": "nowhere.json"},
        )
        assert self.process.stdout is not None
        self.spoken = self.process.stdout.readline() + self.process.stdout.readline()
        self.base = self.spoken.partition(" on ")[2].partition(";")[0]

    def get(self, path: str) -> bytes:
        with urlopen(self.base + path, timeout=5) as answer:  # noqa: S310  our own address
            body: bytes = answer.read()
        return body

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            try:
                self.get("/healthz")
            except OSError:
                time.sleep(0.02)
            else:
                return
        pytest.fail("the service never answered")

    def stop(self, sign: signal.Signals) -> tuple[int, str, str]:
        """Return exit code, and what was still printed on both streams."""
        self.process.send_signal(sign)
        output, complaints = self.process.communicate(timeout=SECONDS_TO_STOP)
        return self.process.returncode, output, complaints


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    running = Service(written(tmp_path / "graph.json", LANGUAGES), "--workers", "1")
    try:
        running.wait_until_it_answers()
        yield running
    finally:
        if running.process.poll() is None:  # not killed: its workers would outlive it
            running.process.terminate()
        running.process.communicate(timeout=SECONDS_TO_STOP)


@pytest.fixture
def logging_service(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Service:
    """Return a service that writes a line for each request.

    It has one worker, and that has answered: one that is told to end while it starts may miss it,
    and is only killed once its requests have had their time to finish.
    """
    monkeypatch.setenv("ACCESS_LOG", "1")
    running: Service = request.getfixturevalue("service")
    return running


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=lambda sign: sign.name)
def test_it_serves_until_it_is_told_to_stop(service: Service, sign: signal.Signals) -> None:
    answer = json.loads(service.get("/v1/assessments?skill=python:2&target=ai-engineer"))
    assert answer["path"]["hours"]["likely"] == 42.0
    assert service.stop(sign) == (0, "", "")


def test_what_it_tells_to_try_works(service: Service) -> None:
    address = service.spoken.partition("curl '")[2].partition("'")[0]
    assert json.loads(service.get(address.removeprefix(service.base)))["profile"]["known"]


def test_a_request_in_flight_is_answered_before_it_stops(service: Service) -> None:
    host, _, port = service.base.removeprefix("http://").partition(":")
    body = b'{"skills": []}'
    head = (
        b"POST /v1/assessments HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    with socket.create_connection((host, int(port)), timeout=10) as client:
        client.sendall(head + body[:1])
        time.sleep(0.3)  # until a worker has begun to read
        service.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        client.sendall(body[1:])
        assert client.recv(100).startswith(b"HTTP/1.1 200 ")
    assert service.process.wait(SECONDS_TO_STOP) == 0


def test_a_port_in_use_is_one_sentence_and_exit_2() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("serve", "--port", str(port))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"Error: Cannot listen on 127.0.0.1, port {port}: address already in use.\n"
    )


def test_a_port_that_another_service_shares_is_in_use() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        result = run("serve", "--port", str(other.getsockname()[1]))
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(("--host", "256.1.1.1"), "Cannot listen on 256.1.1.1", id="no address"),
        pytest.param(("--host", "192.0.2.1"), "Cannot listen on 192.0.2.1", id="not ours"),
        pytest.param(("--port", "65536"), "65536 is not in the range", id="no port"),
        pytest.param(("--workers", "0"), "0 is not in the range", id="no worker"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(arguments: tuple[str, ...], sentence: str) -> None:
    result = run("serve", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_defective_graph_is_refused_before_anything_listens(tmp_path: Path) -> None:
    path = written(tmp_path / "graph.json", document("a: b", "b: a", "c: nothing-such"))
    result = run("serve", "--port", "0", "--graph", str(path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cycle" in result.stderr
    assert "unknown-reference" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_workers_add_up_what_they_count(service: Service) -> None:
    for _ in range(3):
        service.get("/v1/roles")
    counted = 'skills_gap_requests_total{method="GET",route="/v1/roles",status="200"} 3.0'
    assert counted in service.get("/metrics").decode().splitlines()


def test_a_worker_that_takes_the_place_of_a_dead_one_has_the_graph_that_was_checked(
    tmp_path: Path,
) -> None:
    path = written(tmp_path / "graph.json", LANGUAGES)
    running = Service(path, "--workers", "1")
    try:
        running.wait_until_it_answers()
        before = running.get("/v1/roles")
        path.write_text("broken")
        (worker,) = (
            Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children")
            .read_text()
            .split()
        )
        os.kill(int(worker), signal.SIGKILL)
        time.sleep(0.5)
        running.wait_until_it_answers()
        assert running.get("/v1/roles") == before
    finally:
        running.process.terminate()
        running.process.communicate(timeout=SECONDS_TO_STOP)


def test_the_lines_of_all_requests_are_written_before_it_ends(logging_service: Service) -> None:
    for _ in range(50):
        logging_service.get("/v1/assessments?skill=python:2&target=ai-engineer")
    code, output, complaints = logging_service.stop(signal.SIGTERM)

    lines = [json.loads(line) for line in output.splitlines()]
    assert sum(line["route"] == "/v1/assessments" for line in lines) == 50
    assert (code, complaints) == (0, "")


def test_a_log_that_nobody_reads_holds_up_no_request_and_no_end(logging_service: Service) -> None:
    for _ in range(1_000):  # more lines than a pipe holds
        logging_service.get("/healthz")
    logging_service.process.terminate()

    assert logging_service.process.wait(SECONDS_TO_STOP) == 0
