"""Where a Chromium is, and how the tests start it."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Final

from flask import Flask
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

REQUIRED: Final = "REQUIRE_BROWSER"
"""Set in the environment, a missing browser is a failure and not a reason to skip."""

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
TIMEOUT_MILLISECONDS: Final = 20_000

PICTURES: Final = Path(__file__).parents[2] / ".screenshots"


class NoBrowserError(Exception):
    """There is no browser on this machine."""

    def __str__(self) -> str:
        names = ", ".join(NAMES)
        return f"There is no Chromium: none of {names} is on the PATH (Debian: chromium)."


def executable() -> str:
    """Return the path of a Chromium; raise `NoBrowserError` where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise NoBrowserError
    return found


def is_required() -> bool:
    return bool(os.environ.get(REQUIRED))


@contextmanager
def running_browser(path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  werkzeug's name
        del type, message, args


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on 127.0.0.1 and yield its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Watched:
    """A page whose every complaint is kept: nothing may go wrong unseen."""

    def __init__(self, page: Page, *, expected: Sequence[str] = ()) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._expected = expected
        page.set_default_timeout(TIMEOUT_MILLISECONDS)
        expect.set_options(timeout=TIMEOUT_MILLISECONDS)
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self._hear("error", _words(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not any(known in text for known in self._expected):
            self.complaints.append(f"{kind}: {text}")


def _words(error: Error) -> str:
    return error.message
