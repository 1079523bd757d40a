"""What a visit may cost, on a processor four times slower than this one."""

from typing import Any, Final

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

SLOWER: Final = 4
MOST_BYTES: Final = 150_000
MOST_MILLISECONDS_TO_PAINT: Final = 1000
MOST_MILLISECONDS_TO_ANSWER: Final = 200
MOST_SHIFT: Final = 0.1
TRIES: Final = 4

PATH: Final = "/?profile=backend-engineer&target=ai-engineer&hours_per_week=10"

OBSERVE: Final = """
  window.seen = {paint: 0, shift: 0, slowest: 0};
  const watch = (type, hear) => new PerformanceObserver(list => list.getEntries().forEach(hear))
    .observe({type, buffered: true, durationThreshold: 16});
  watch('paint', e => { if (e.name === 'first-contentful-paint') seen.paint = e.startTime; });
  watch('layout-shift', e => { if (!e.hadRecentInput) seen.shift += e.value; });
  watch('event', e => { if (e.interactionId) seen.slowest = Math.max(seen.slowest, e.duration); });
"""


class Visit:
    """A visit on a slowed processor, with what it transferred."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.transferred = 0
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self._session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        self._session.on("Network.loadingFinished", self._count)
        page.add_init_script(OBSERVE)

    def _count(self, event: dict[str, Any]) -> None:
        self.transferred += event["encodedDataLength"]

    def seen(self, what: str) -> float:
        return float(self.page.evaluate(f"seen.{what}"))


def visit(open_page: Open) -> Visit:
    visited = Visit(open_page("about:blank", reduced_motion="reduce"))
    visited.page.goto(PATH)
    visited.page.wait_for_load_state("networkidle")
    return visited


def test_the_first_paint_comes_soon_and_little_is_transferred(open_page: Open) -> None:
    paints = []
    for _ in range(TRIES):  # other work on the machine can only make it slower
        visited = visit(open_page)
        paints.append(visited.seen("paint"))
        assert visited.transferred < MOST_BYTES
        assert visited.seen("shift") < MOST_SHIFT
        if paints[-1] < MOST_MILLISECONDS_TO_PAINT:
            break

    assert min(paints) < MOST_MILLISECONDS_TO_PAINT


def test_the_page_answers_a_hand_at_once_and_nothing_jumps(open_page: Open) -> None:
    slowest = []
    for _ in range(TRIES):
        visited = visit(open_page)
        page = visited.page
        page.get_by_label("ML engineer", exact=True).check()
        expect(page.locator("#answer h1")).to_contain_text("ML engineer")
        page.get_by_label("Add a skill").press_sequentially("vect")
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("Escape")
        page.locator("a.box").first.hover()
        expect(page.locator("#tip")).to_be_visible()
        slowest.append(visited.seen("slowest"))
        assert visited.seen("shift") < MOST_SHIFT
        if slowest[-1] < MOST_MILLISECONDS_TO_ANSWER:
            break

    assert min(slowest) < MOST_MILLISECONDS_TO_ANSWER
