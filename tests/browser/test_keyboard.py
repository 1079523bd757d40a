"""The whole way with nothing but a keyboard."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

MOST_TABS = 140


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus, which must be seen at every stop."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    msg = f"no way to {selector} by Tab"
    raise AssertionError(msg)


def test_from_the_beginning_to_a_skill_added_and_its_level_set(open_page: Open) -> None:
    page = open_page("/")
    tab_to(page, ".skip")
    page.keyboard.press("Enter")
    tab_to(page, ".starts a")
    page.keyboard.press("Enter")
    expect(page.locator("#answer h1")).to_contain_text("hours to go")

    tab_to(page, "#add")
    page.keyboard.type("embed")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    combobox = page.get_by_role("combobox", name="Add a skill")
    assert page.locator(f"#{combobox.get_attribute('aria-activedescendant')}").is_visible()
    page.keyboard.press("Enter")
    level = page.get_by_label("Level of Embeddings")
    expect(level).to_be_visible()
    expect(combobox).to_be_focused()

    tab_to(page, "#level-embeddings")
    page.keyboard.press("ArrowUp")
    expect(page).to_have_url(re.compile("embeddings%3A1"))
    expect(level).to_be_focused()


def test_from_the_path_to_what_if_and_on(open_page: Open) -> None:
    page = open_page("/?profile=backend-engineer&hours_per_week=10")
    tab_to(page, "a.box")
    expect(page.locator("#tip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()

    page.keyboard.press("Enter")
    expect(page.locator("#what-if")).to_be_focused()
    tab_to(page, "#what-if .button")
    page.keyboard.press("Enter")
    expect(page.locator("#what-if")).to_have_count(0)


def test_escape_closes_the_list_and_then_clears_the_field(open_page: Open) -> None:
    page = open_page("/?target=either")
    field = page.get_by_role("combobox", name="Add a skill")
    field.focus()
    page.keyboard.type("pyth")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("pyth")
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
