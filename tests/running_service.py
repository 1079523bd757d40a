"""The service in its production server, as a process of its own on a free port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.request import urlopen

SECONDS_TO_START = 60
SECONDS_TO_STOP = 30


SERVER = (
    *("-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
    *("--workers", "1", "--blocking-threads", "16", "--respawn-failed-workers", "--no-log"),
)
"""As ``skills-gap serve`` sets the server up."""


@contextmanager
def running_service(**environ: str) -> Iterator[str]:
    """Serve the graph that ships while the context lasts.

    Args:
        environ: Settings.

    Yields:
        The address that it listens on.
    """
    command = ["-m", "service", "serve", "--port", "0", "--workers", "1"]
    with _running(command, environ) as process:
        assert process.stdout is not None
        base = process.stdout.readline().partition(" on ")[2].partition(";")[0]
        _wait_until_it_answers(base)
        yield base


@contextmanager
def running_application(target: str) -> Iterator[str]:
    """Serve an application of the tests' own in the production server.

    Args:
        target: Module and name, such as ``tests.somewhere:app``.

    Yields:
        The address that it listens on.
    """
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    with _running([*SERVER, "--port", str(port), target], {}):
        _wait_until_it_answers(base)
        yield base


@contextmanager
def _running(
    arguments: Sequence[str], environ: Mapping[str, str]
) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **environ}
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(SECONDS_TO_STOP)


def _wait_until_it_answers(base: str) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urlopen(f"{base}/healthz", timeout=5):  # noqa: S310  our own address
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
