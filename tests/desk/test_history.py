"""The page of history."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from playwright.sync_api import Page

    from sayso.ledger import Ledger


def test_pages_of_entries_lead_back_to_the_first(client: TestClient, ledger: Ledger) -> None:
    """Nothing is left out between two pages."""
    seen: list[int] = []
    older: int | None = None
    while True:
        page = client.get("/history.json", params={} if older is None else {"before": older}).json()
        seen += [one["number"] for one in page["entries"]]
        older = page["older"]
        if older is None:
            break
    assert seen == list(range(ledger.head().entries, 0, -1))


def test_times_are_told_in_the_readers_own_zone(window: Page, address: str) -> None:
    """What stands as UTC in the page is told as the browser's clock has it."""
    window.goto(f"{address}/history")
    first = window.locator("table.log time").first
    assert "UTC" not in first.inner_text()
    assert "UTC" in (first.get_attribute("title") or "")
