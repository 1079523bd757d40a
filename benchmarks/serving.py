"""Servers as processes of their own, on 127.0.0.1 and free ports, and what they cost."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from benchmarks.load import Connections, get

ROOT: Final = Path(__file__).parents[1]
BIN: Final = Path(sys.executable).parent
TICKS: Final = os.sysconf("SC_CLK_TCK")
SECONDS_TO_START: Final = 90.0
SECONDS_TO_STOP: Final = 20.0
SECONDS_TO_REST: Final = 60.0
GLANCE_SECONDS: Final = 0.5


def granian(app: str, workers: int = 1) -> list[str]:
    """Return the command that serves a WSGI application as `skills-gap serve` does."""
    return [
        *(str(BIN / "granian"), "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--workers", str(workers), "--blocking-threads", "16", "--respawn-failed-workers"),
        *("--host", "127.0.0.1", "--log-level", "error", "--port", "{port}", app),
    ]


def gunicorn(app: str) -> list[str]:
    """Return the command that serves a WSGI application in the usual way."""
    return [
        *(str(BIN / "gunicorn"), "--workers", "1", "--threads", "4", "--keep-alive", "60"),
        *("--worker-class", "gthread", "--log-level", "error", "--bind", "127.0.0.1:{port}", app),
    ]


def uvicorn(app: str) -> list[str]:
    """Return the command that serves an ASGI application in the usual way."""
    return [
        *(str(BIN / "uvicorn"), "--host", "127.0.0.1", "--log-level", "error"),
        *("--no-access-log", "--port", "{port}", app),
    ]


class Server:
    """One running server.

    Args:
        command: Holds ``{port}`` where the port goes.
        environ: Settings beside those of this process.
        ready: A path that answers 200 once it is up.

    Attributes:
        seconds_to_first_200: From the start of the process.
    """

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str] = {}, ready: str = "/"
    ) -> None:
        self.port = free_port()
        began = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603  commands of our own
            [part.format(port=self.port) for part in command],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wait(ready)
        self.seconds_to_first_200 = time.perf_counter() - began

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server with its workers."""
        self._process.terminate()
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def cpu_seconds(self) -> float:
        """Return the processor time that the server and its workers have used."""
        return sum(map(_cpu_seconds, self._pids()))

    def wait_until_idle(self) -> None:
        """Wait until it is at rest: at first it works out the common answers."""
        until, before = time.monotonic() + SECONDS_TO_REST, -1.0
        while time.monotonic() < until and (now := self.cpu_seconds()) != before:
            before = now
            time.sleep(GLANCE_SECONDS)

    def worker_mebibytes(self) -> float:
        """Return the proportional memory of the largest process: a worker."""
        return max(map(_mebibytes, self._pids()))

    def _pids(self) -> list[int]:
        found, new = [self._process.pid], [self._process.pid]
        while new:
            new = [child for pid in new for child in _children(pid)]
            found += new
        return found

    def _wait(self, ready: str) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until and self._process.poll() is None:
            with suppress(OSError, ConnectionError):
                connections = Connections(self.port, 1)
                answer = connections.ask(get(ready))
                connections.close()
                if answer.status == 200:  # noqa: PLR2004
                    return
            time.sleep(0.005)
        self.stop()
        message = "The server did not start."
        raise RuntimeError(message)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def _cpu_seconds(pid: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    return 0.0


def _mebibytes(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
