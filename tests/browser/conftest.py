"""One browser and one server for all tests of a process; each test has a page of its own."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from service.adapters.graph_file import load_graph
from service.bootstrap import create_app, use_cases_of
from service.settings import Settings, shipped_graph
from tests.browser.chromium import (
    NoBrowserError,
    Watched,
    executable,
    is_required,
    running_browser,
    served,
)
from tests.entrypoints.web.graphs import hostile

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        path = executable()
    except NoBrowserError as error:
        if is_required():
            raise
        pytest.skip(str(error))
    with running_browser(path) as running:
        yield running


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The page on the shipped graph."""
    settings = Settings(shipped_graph())
    with served(create_app(use_cases_of(load_graph(settings.graph_path), settings))) as base:
        yield base


@pytest.fixture(scope="session")
def hostile_address() -> Iterator[str]:
    """The page on a graph whose every name would be a script."""
    settings = Settings(Path("not-read.json"))
    with served(create_app(use_cases_of(hostile(), settings), settings)) as base:
        yield base


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Return what opens a page; in the end none may have complained.

    The page has the address of the server as its base, so that paths are enough.
    """
    opened: list[Watched] = []

    def opening(
        path: str = "/",
        *,
        base: str = address,
        expected: Sequence[str] = (),
        **options: Any,  # noqa: ANN401  those of a context
    ) -> Page:
        options.setdefault("viewport", {"width": 1440, "height": 900})
        context = browser.new_context(base_url=base, **options)
        watched = Watched(context.new_page(), expected=expected)
        opened.append(watched)
        watched.page.goto(path)
        return watched.page

    yield opening
    for watched in opened:
        watched.page.context.close()
    assert [complaint for watched in opened for complaint in watched.complaints] == []
