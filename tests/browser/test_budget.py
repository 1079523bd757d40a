"""What a visit may cost on a processor four times slower than this one.

A busy machine stretches the clock much and the time of the browser's main thread, too: others
empty its caches and share its core. So no other test runs beside these, the work is always
measured, as the least of some tries, since others can only add to it, and the clock only where
the machine is quiet.
"""

import os
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

SLOWER: Final = 4
MOST_BYTES: Final = 150_000
MOST_SECONDS_TO_PAINT: Final = 1.0
MOST_SECONDS_TO_ANSWER: Final = 0.2
MOST_SHIFT: Final = 0.1
TRIES: Final = 4
MOST_TRIES_TO_WEIGH: Final = 24
"""Neighbours double what the same page works, at worst, for seconds on end."""

PATH: Final = "/?profile=backend-engineer&target=ai-engineer&hours_per_week=10"
TYPED: Final = "vect"

OBSERVE: Final = """
  window.seen = {paint: 0, shift: 0, slowest: 0};
  const watch = (type, hear) => new PerformanceObserver(list => list.getEntries().forEach(hear))
    .observe({type, buffered: true, durationThreshold: 16});
  watch('paint', e => { if (e.name === 'first-contentful-paint') seen.paint = e.startTime; });
  watch('layout-shift', e => { if (!e.hadRecentInput) seen.shift += e.value; });
  watch('event', e => { if (e.interactionId) seen.slowest = Math.max(seen.slowest, e.duration); });
"""


pytestmark = pytest.mark.alone


class Visit:
    """A visit, with what it transferred and worked."""

    def __init__(self, page: Page, *, slower: float = 1) -> None:
        self.page = page
        self.transferred = 0
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        self._session.on("Network.loadingFinished", self._count)
        page.add_init_script(OBSERVE)
        page.goto(PATH)
        page.wait_for_load_state("networkidle")

    def _count(self, event: dict[str, Any]) -> None:
        self.transferred += event["encodedDataLength"]

    def seen(self, what: str) -> float:
        return float(self.page.evaluate(f"seen.{what}"))

    def worked(self) -> float:
        """Return what the main thread has worked so far, seconds."""
        found = self._session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in found if one["name"] == "ThreadTime"))


def visit(open_page: Open, *, slower: float = 1) -> Visit:
    return Visit(open_page("about:blank", reduced_motion="reduce"), slower=slower)


def use(page: Page) -> None:
    """Do what people do most: another target, a few letters, a look at a box."""
    page.get_by_label("ML engineer", exact=True).check()
    expect(page.locator("#answer h1")).to_contain_text("ML engineer")
    page.get_by_label("Add a skill").press_sequentially(TYPED)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("a.box").first.hover()
    expect(page.locator("#tip")).to_be_visible()


def test_a_visit_transfers_little_works_little_and_nothing_jumps(open_page: Open) -> None:
    worked: list[float] = []
    for _ in range(MOST_TRIES_TO_WEIGH):  # a page that is too heavy is so each time
        visited = visit(open_page)
        worked.append(visited.worked())  # to the end, not only to the paint
        if worked[-1] * SLOWER < MOST_SECONDS_TO_PAINT:
            break
        visited.page.context.close()
    assert visited.transferred < MOST_BYTES
    assert min(worked) * SLOWER < MOST_SECONDS_TO_PAINT, worked

    use(visited.page)
    assert visited.seen("shift") < MOST_SHIFT


def test_a_letter_and_a_look_take_little_work(open_page: Open) -> None:
    visited = visit(open_page)
    page = visited.page
    page.get_by_label("Add a skill").focus()
    before = visited.worked()
    page.keyboard.type(TYPED)
    typed = visited.worked()
    assert (typed - before) / len(TYPED) * SLOWER < MOST_SECONDS_TO_ANSWER

    box = page.locator("a.box").first
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    assert place
    before = visited.worked()
    page.mouse.move(place["x"] + 50, place["y"] + 20)
    page.locator("#tip").wait_for()
    assert (visited.worked() - before) * SLOWER < MOST_SECONDS_TO_ANSWER


def test_on_a_slow_processor_the_page_comes_and_answers_in_time(open_page: Open) -> None:
    paints: list[float] = []
    answers: list[float] = []
    for _ in range(TRIES):  # other work on the machine can only make it slower
        busy, processors = os.getloadavg()[0], os.cpu_count() or 1
        if busy > processors:
            pytest.skip(f"too busy to trust the clock: load {busy:.1f} on {processors} processors")
        visited = visit(open_page, slower=SLOWER)
        use(visited.page)
        paints.append(visited.seen("paint") / 1000)
        answers.append(visited.seen("slowest") / 1000)
        if min(paints) < MOST_SECONDS_TO_PAINT and min(answers) < MOST_SECONDS_TO_ANSWER:
            return

    pytest.fail(f"seconds to the first paint: {paints}; to an answer: {answers}")
