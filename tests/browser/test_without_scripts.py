"""The whole way in a browser that runs no script."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_flows import CV


def test_from_a_cv_to_a_plan_and_what_if(open_page: Open) -> None:
    page = open_page("/", java_script_enabled=False)
    page.get_by_label("Your CV, or a job posting").fill(CV)
    page.get_by_role("button", name="Read it as my CV").click()
    page.get_by_role("button", name="Show my path").click()
    expect(page.locator("#answer h1")).to_contain_text("hours to go")

    page.get_by_label("Add a skill").fill("Embeddings")
    page.get_by_label("Hours a week").fill("20")
    page.get_by_label("ML engineer", exact=True).check()
    page.get_by_role("button", name="Show the path").click()
    page.get_by_text("change levels").click()
    expect(page.get_by_label("Level of Embeddings")).to_be_visible()
    expect(page.locator("#answer h1")).to_contain_text("ML engineer")
    expect(page.locator(".summary .lead")).to_contain_text("at 20 hours a week")

    page.locator("a.box").first.click()
    expect(page.locator("#what-if")).to_be_visible()
    page.get_by_role("link", name="I do know it").click()
    expect(page.locator("#what-if")).to_have_count(0)


def test_the_other_pages_and_no_button_that_does_nothing(open_page: Open) -> None:
    page = open_page("/role-fit", java_script_enabled=False)
    page.locator("fieldset").first.get_by_role("radio").first.check()
    page.get_by_role("button", name="Rank the roles").click()
    expect(page.locator(".ranking > li").first).to_be_visible()

    page.get_by_role("link", name="Explore").click()
    page.locator("a.spot").first.click()
    expect(page.get_by_role("heading", name="Level by level")).to_be_visible()
    page.get_by_role("link", name="I know this").click()
    expect(page.locator("#answer h1")).to_contain_text("hours to go")
    expect(page.get_by_role("button", name="PNG")).to_have_count(0)
    expect(page.get_by_role("button", name="Print")).to_have_count(0)
