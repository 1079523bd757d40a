"""``/docs`` in a real browser: every operation is there, and one is tried."""

from tests.browser.conftest import Open
from tests.contract.service_under_contract import APP


def test_an_operation_is_tried_without_anything_from_elsewhere(open_page: Open) -> None:
    page = open_page("/docs")
    page.wait_for_selector(".opblock")
    paths = APP.test_client().get("/openapi.json").get_json()["paths"]

    assert page.locator(".opblock").count() == sum(len(methods) for methods in paths.values())
    page.locator("#operations-catalogue-list_roles .opblock-summary-control").click()
    page.locator("#operations-catalogue-list_roles .execute").click()
    page.wait_for_selector("#operations-catalogue-list_roles .live-responses-table .response")
    live = page.locator("#operations-catalogue-list_roles .live-responses-table")
    assert "200" in live.inner_text()
    assert "ai-engineer" in live.inner_text()
    assert page.evaluate(
        "performance.getEntriesByType('resource').every(r => r.name.startsWith(location.origin))"
    )
