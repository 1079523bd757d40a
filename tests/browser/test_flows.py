"""What people come for, done with a mouse: from a CV to a plan, and everything around it."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

CV = (
    "Backend engineer, eight years. Python (expert), FastAPI and SQL; Docker, PostgreSQL and "
    "Kubernetes in production. Some experience with Terraform."
)
POSTING = "We expect Python, RAG and evaluation of LLM systems. Kubernetes is a plus."
PROFILE = "/?profile=backend-engineer&target=ai-engineer&hours_per_week=10"


def hours(page: Page) -> float:
    found = re.search(r"([\d,]+) hours", page.locator("#answer h1").inner_text())
    assert found
    return float(found[1].replace(",", ""))


def mark(page: Page) -> None:
    page.evaluate("window.unbroken = true")


def is_unbroken(page: Page) -> bool:
    return bool(page.evaluate("window.unbroken === true"))


def test_from_a_cv_to_a_plan_without_a_reload(open_page: Open) -> None:
    page = open_page("/")
    mark(page)
    page.get_by_label("Your CV, or a job posting").fill(CV)
    page.get_by_role("button", name="Read it as my CV").click()

    expect(page.get_by_role("heading", name="skills understood")).to_be_visible()
    expect(page.get_by_label("Level of Python", exact=True)).to_have_value("python:3")
    page.get_by_label("Level of Terraform").select_option("")
    page.get_by_role("button", name="Show my path").click()

    expect(page.locator("#answer h1")).to_contain_text("hours to go")
    assert "python%3A3" in page.url
    assert "terraform" not in page.url
    assert is_unbroken(page)
    expect(page.locator(".path-map svg.map")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("hours to go")


def test_a_posting_becomes_the_goal(open_page: Open) -> None:
    page = open_page("/?skill=python:3")
    page.get_by_text("Paste a CV or a job posting").click()
    page.get_by_label("Your CV, or a job posting").fill(POSTING)
    page.get_by_role("button", name="Read it as a job posting").click()
    page.get_by_role("button", name="Show the path to this posting").click()

    expect(page.locator("#answer h1")).to_contain_text("Your requirements")
    assert "require=rag" in page.url
    assert "skill=python%3A3" in page.url


def test_levels_pace_and_target_change_the_answer_in_place(open_page: Open) -> None:
    page = open_page(PROFILE)
    mark(page)
    before = hours(page)

    page.get_by_text("20 skills: change levels").click()
    page.get_by_label("Level of Product engineering judgement").select_option("Not at all")
    expect(page).to_have_url(re.compile("skill=python"))
    assert hours(page) > before
    expect(page.get_by_text("19 skills: change levels")).to_be_visible()
    expect(page.get_by_label("Level of Python", exact=True)).to_be_visible()
    expect(page.locator("#claims summary")).to_be_focused()  # what had the focus is gone

    page.get_by_text("change levels").click()
    page.get_by_label("Hours a week").fill("20")
    page.get_by_label("Hours a week").press("Tab")
    expect(page.locator(".summary .lead")).to_contain_text("at 20 hours a week")
    expect(page.locator("#claims")).not_to_have_attribute("open", "")

    page.get_by_label("ML engineer", exact=True).check()
    expect(page.locator("#answer h1")).to_contain_text("ML engineer")
    assert is_unbroken(page)
    assert "target=ml-engineer" in page.url


def test_a_skill_is_added_from_the_list_with_the_mouse(open_page: Open) -> None:
    page = open_page(PROFILE)
    page.get_by_label("Add a skill").press_sequentially("vector sea")
    page.get_by_role("option", name="Vector search").click()

    expect(page.get_by_label("Level of Vector search")).to_be_visible()
    expect(page.get_by_label("Add a skill")).to_have_value("")


def test_what_is_not_understood_shows_at_once_and_can_be_mended(open_page: Open) -> None:
    page = open_page(PROFILE)
    page.get_by_label("Add a skill").fill("Kubernetess operators 9")
    page.get_by_label("Add a skill").press("Enter")
    group = page.get_by_role("group", name="Not understood")
    expect(group).to_be_visible()

    group.get_by_role("link", name="Remove").click()
    expect(group).to_have_count(0)


def test_pointing_at_a_box_explains_it_and_lights_up_its_ground(open_page: Open) -> None:
    page = open_page(PROFILE)
    box = page.locator("a.box").nth(2)
    box.hover()

    expect(page.locator("#tip")).to_be_visible()
    expect(page.locator("#tip")).to_contain_text(box.get_attribute("data-name") or "?")
    assert page.locator("a.box.lit").count() < page.locator("a.box").count()
    page.keyboard.press("Escape")


def test_choosing_a_box_asks_what_if_and_yes_makes_it_so(open_page: Open) -> None:
    page = open_page(PROFILE)
    mark(page)
    before = hours(page)
    page.locator("a.box.next").first.click()
    expect(page.locator("#what-if")).to_contain_text("hours shorter")
    expect(page.locator("a.box.gone").first).to_be_visible()

    page.get_by_role("link", name="I do know it").click()
    expect(page.locator("#what-if")).to_have_count(0)
    assert hours(page) < before
    assert is_unbroken(page)


def test_the_link_holds_the_question(open_page: Open) -> None:
    page = open_page(PROFILE)
    page.get_by_text("change levels").click()
    page.get_by_label("Level of Python", exact=True).select_option("Aware")
    expect(page).to_have_url(re.compile("python%3A1"))
    link = page.get_by_label("Link", exact=True).input_value()

    other = open_page(link)
    assert hours(other) == hours(page)
    assert other.context.cookies() == []


def test_a_form_to_mend_says_what_and_leads_there(open_page: Open) -> None:
    page = open_page(PROFILE)
    page.get_by_label("Hours a week").evaluate("field => field.removeAttribute('max')")
    page.get_by_label("Hours a week").fill("500")
    page.get_by_label("Hours a week").press("Tab")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Hours a week")

    summary.get_by_role("link").click()
    expect(page.get_by_label("Hours a week")).to_be_focused()


def test_a_service_out_of_reach_leaves_the_last_answer(open_page: Open) -> None:
    page = open_page(PROFILE, expected=["ERR_CONNECTION_REFUSED"])
    before = hours(page)
    page.route("**/?*", lambda route: route.abort("connectionrefused"))
    page.get_by_label("ML engineer", exact=True).check()
    expect(page.locator("#offline")).to_contain_text("cannot be reached")
    assert hours(page) == before


def test_the_picture_is_taken_along_as_svg_and_png(open_page: Open) -> None:
    page = open_page(PROFILE)
    with page.expect_download() as svg:
        page.get_by_role("link", name="Picture as SVG").click()
    with page.expect_download() as png:
        page.get_by_role("button", name="Picture as PNG").click()

    assert svg.value.path().read_bytes().startswith(b"<svg")
    assert png.value.path().read_bytes().startswith(b"\x89PNG")
    assert png.value.path().stat().st_size > 20_000


def test_the_data_of_the_answer_is_taken_along(open_page: Open) -> None:
    page = open_page(PROFILE)
    with page.expect_download() as download:
        page.get_by_role("link", name="Data (JSON)").click()

    document = json.loads(download.value.path().read_bytes())
    assert document["target"]["roles"] == ["ai-engineer"]


def test_on_paper_there_is_the_whole_list_and_no_form(open_page: Open) -> None:
    page = open_page(PROFILE)
    page.emulate_media(media="print")

    expect(page.locator(".side")).to_be_hidden()
    expect(page.locator(".step").last).to_be_visible()


def test_roles_are_compared_and_lead_to_their_paths(open_page: Open) -> None:
    page = open_page("/compare")
    expect(page.locator(".overlap-map .map-row").first).to_be_visible()
    page.get_by_role("link", name="The path to this role").last.click()

    expect(page.locator("#answer h1")).to_contain_text("ML engineer")


def test_answers_rank_the_roles_at_once(open_page: Open) -> None:
    page = open_page("/role-fit")
    mark(page)
    page.locator("fieldset").first.get_by_role("radio").nth(1).check()
    expect(page.locator(".ranking > li").first).to_contain_text("ML engineer")
    page.locator("fieldset").first.get_by_role("radio").nth(0).check()
    expect(page.locator(".ranking > li").first).to_contain_text("AI engineer")
    expect(page.locator(".ranking > li").first).to_contain_text("Short cycles")

    assert is_unbroken(page)
    assert "ship=" in page.url


def test_the_graph_is_searched_and_walked(open_page: Open) -> None:
    page = open_page("/explore")
    page.locator("a.spot").nth(30).hover()
    assert page.locator("a.spot.lit").count() >= 1
    page.get_by_label("Find a skill").fill("rag")
    page.get_by_role("button", name="Search").click()
    page.locator(".chips").get_by_role("link", name="Retrieval-augmented generation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Retrieval-augmented generation")
    page.locator(".neighbours").get_by_role("link").first.click()

    expect(page.get_by_role("heading", name="Level by level")).to_be_visible()


@pytest.mark.parametrize(
    "path",
    ["/", "/?target=both&skill=python&what_if=rag:3", "/compare", "/explore", "/embed?skill=rag"],
)
def test_hostile_names_stay_names(open_page: Open, hostile_address: str, path: str) -> None:
    page = open_page(path, base=hostile_address)
    for box in page.locator("a.box").all()[:3]:
        box.hover()
        page.keyboard.press("Escape")

    scripts = page.locator("script[src^='/static/']").count()
    assert page.locator("img").count() == 0
    assert page.evaluate("document.scripts.length") == scripts
