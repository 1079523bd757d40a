"""The path in a page of somebody else."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from service.adapters.graph_file import load_graph
from service.bootstrap import create_app, use_cases_of
from service.settings import Settings, shipped_graph
from tests.browser.chromium import Watched, served

HEAD = "<!doctype html><link rel=icon href='data:,'><title>Careers</title>"


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[str, str, str]]:
    """Yield the address of a career site, of the service, and of a service that lets nobody in."""
    host = Flask("career-site", static_folder=None)
    graph = load_graph(shipped_graph())
    with served(host) as career:
        settings = Settings(shipped_graph(), embed_origins=(career,))
        with (
            served(create_app(use_cases_of(graph, settings), settings)) as service,
            served(create_app(use_cases_of(graph, Settings(shipped_graph())))) as closed,
        ):

            @host.get("/script")
            def with_script() -> str:
                return (
                    f"{HEAD}<style>body {{--skills-gap-accent: rgb(163, 52, 31); "
                    "--skills-gap-paper: url(x)}</style><h1>Careers</h1>"
                    f'<script src="{service}/embed.js" data-profile="backend-engineer" '
                    'data-target="ai-engineer" data-hours-per-week="10"></script>'
                )

            @host.get("/closed")
            def with_frame() -> str:
                return (
                    f"{HEAD}<h1>Careers</h1>"
                    f'<iframe src="{closed}/embed?skill=python" title="Path"></iframe>'
                )

            yield career, service, closed


def test_one_line_of_script_shows_the_path_at_its_own_height_in_the_hosts_colours(
    browser: Browser, site: tuple[str, str, str]
) -> None:
    watched = Watched(browser.new_page(viewport={"width": 1000, "height": 800}))
    page = watched.page
    page.goto(f"{site[0]}/script")
    frame = page.frame_locator("iframe[title='Learning path']")
    expect(frame.locator("svg.map")).to_be_visible()
    inside = frame.locator("body")
    expect(page.locator("iframe")).not_to_have_css("height", "640px")
    high = page.locator("iframe").evaluate("frame => frame.getBoundingClientRect().height")

    assert abs(inside.evaluate("body => body.getBoundingClientRect().height") - high) <= 1
    accent = "root => getComputedStyle(root).getPropertyValue('--next')"
    assert inside.evaluate(accent) == "rgb(163, 52, 31)"
    assert "url" not in inside.evaluate(accent.replace("--next", "--paper"))
    frame.locator("a.box").first.click()
    expect(frame.locator("#what-if")).to_be_visible()
    assert frame.locator("body").evaluate("() => location.pathname") == "/embed"
    assert watched.complaints == []
    page.close()


def test_a_site_that_is_not_named_gets_no_frame(
    browser: Browser, site: tuple[str, str, str]
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{site[0]}/closed")
    page.wait_for_load_state("networkidle")

    assert any("frame-ancestors" in text for text in said)
    page.close()
