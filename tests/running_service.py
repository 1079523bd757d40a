"""The service in its production server, as a process of its own on a free port."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import urlopen

SECONDS_TO_START = 60
SECONDS_TO_STOP = 30


@contextmanager
def running_service(**environ: str) -> Iterator[str]:
    """Serve the graph that ships while the context lasts.

    Args:
        environ: Settings.

    Yields:
        The address that it listens on.
    """
    command = [sys.executable, "-m", "service", "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **environ}
    ) as process:
        assert process.stdout is not None
        try:
            base = process.stdout.readline().partition(" on ")[2].partition(";")[0]
            _wait_until_it_answers(base)
            yield base
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
