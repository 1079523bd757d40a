"""How the page looks at every width, light and dark, and whether everybody can read it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.chromium import PICTURES
from tests.browser.conftest import Open

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that may come out differently in the dark."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PROFILE = "profile=backend-engineer&target=ai-engineer&hours_per_week=10"
LONG = "Donaudampfschifffahrtsgesellschaftskapitaenspatent" * 3
MAIN = {
    "beginning": "/",
    "answer": f"/?{PROFILE}",
    "compare": "/compare",
    "explore": "/explore",
}
OTHERS = {
    "nothing-known": "/?target=either&hours_per_week=10",
    "complete": "/?profile=ai-engineer&skill=x&target=ai-engineer",
    "not-understood": f"/?{PROFILE}&skill={LONG}&skill=streaming",
    "what-if": f"/?{PROFILE}&what_if=python:4",
    "to-mend": "/?hours_per_week=999&target=wizard",
    "posting": "/?skill=python:2&require=rag:3&require=kubernetes",
    "role-fit": "/role-fit?ship=models&moat=data",
    "search": "/explore?q=learning",
    "skill": "/explore/rag",
    "embedded": f"/embed?{PROFILE}",
    "missing": "/explore/wizardry",
}
PLAIN = {"nothing-known", "complete", "posting", "search", "missing"}
"""States without a colour that another state does not have."""

STATES = [pytest.param(path, name, id=name) for name, path in (MAIN | OTHERS).items()]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (1440, 768, 360)

OUTSIDE = """() => [
    ...document.querySelectorAll('.map .box, .map g.goal, .map .pill, .atlas .spot')
  ].filter(box => {
    const frame = box.querySelector('rect').getBBox();
    return [...box.querySelectorAll('text')].some(text => {
      const inside = text.getBBox();
      return inside.x < frame.x || inside.x + inside.width > frame.x + frame.width
        || inside.y < frame.y || inside.y + inside.height > frame.y + frame.height + 1;
    });
  }).map(box => box.textContent.trim())"""

SMALL = """() => [
    ...document.querySelectorAll('button, select, input, summary, .button, .choice, a.box')
  ]
  .filter(each => each.checkVisibility())
  .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
  .filter(([, at]) => at.width && (at.height < 20 || at.width < 18)).map(([what]) => what)"""


def axe(page: Page, rules: Sequence[str]) -> list[str]:
    """Return what axe finds wrong with a page."""
    options = f"{{runOnly: {list(rules)}, resultTypes: ['violations']}}"
    run = f"async () => await axe.run(document, {options})"
    found: dict[str, Any] = page.evaluate(run)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("path", "name"), STATES)
def test_a_state_of_the_page(open_page: Open, path: str, name: str) -> None:
    is_missing = name == "missing"
    page = open_page("/" if is_missing else path, bypass_csp=True)
    if is_missing:
        page.evaluate("addEventListener('error', event => event.preventDefault(), true)")
        page.set_content(page.request.get(path).text())
    page.evaluate(AXE)
    PICTURES.mkdir(exist_ok=True)

    for scheme in SCHEMES[:1] if name in PLAIN else SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS if name in MAIN else (WIDTHS[0], WIDTHS[-1]):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if name in MAIN or (scheme, width) == ("light", 360):
                file = PICTURES / f"{name}-{width}-{scheme}.jpg"
                page.screenshot(path=file, full_page=True, type="jpeg", quality=80)
        assert axe(page, RULES if scheme == "light" else COLOURS) == []
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(SMALL) == []


def test_pictures_have_words_and_the_path_is_a_list_too(open_page: Open) -> None:
    page = open_page(f"/?{PROFILE}")
    names = "boxes => boxes.map(box => box.getAttribute('aria-label'))"
    drawn = page.locator("a.box").evaluate_all(names)

    assert page.locator(".step").count() >= len(drawn) > 10
    assert all(name.startswith("Step ") for name in drawn)
    assert page.locator("svg[role=img]:not([aria-label])").count() == 0


def test_on_a_phone_the_list_comes_before_the_picture(open_page: Open) -> None:
    page = open_page(f"/?{PROFILE}", viewport={"width": 360, "height": 800})
    parts = [page.locator(part).bounding_box() for part in (".path-list", ".path-map")]
    first, second = (part["y"] if part else 0 for part in parts)

    assert first < second


def test_who_wants_no_motion_gets_none(open_page: Open) -> None:
    page = open_page(f"/?{PROFILE}", reduced_motion="reduce")
    moving = """[...document.querySelectorAll('*')].filter(each =>
      getComputedStyle(each).transitionDuration.split(',').some(t => parseFloat(t) > 0)).length"""

    assert page.evaluate(moving) == 0
