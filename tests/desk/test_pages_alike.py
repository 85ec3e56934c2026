"""What holds for every page: it is usable for everyone, and asks nobody else for anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from sayso.desk.desk import Desk

PAGES = (
    "/inbox",
    "/inbox/new",
    "/incidents",
    "/incidents/overview",
    "/incidents/behind",
    "/incident/{claim}",
    "/compare",
    "/sources",
    "/source/{source}",
    "/report/{report}",
    "/report/{report}/claim/{claim}",
    "/report/{report}/claim/{claim}/correct",
    "/report/{report}/add",
    "/report/{report}/original",
    "/history",
    "/verify",
)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PAGES)
def test_nobody_is_kept_out(
    desk: Desk, address: str, browsing: Callable[..., BrowserContext], path: str, width: int, colours: str
) -> None:
    """axe-core finds nothing serious or critical, nothing is cut off, and every request goes to the desk itself."""
    asked: list[str] = []
    page = browsing(color_scheme=colours, viewport={"width": width, "height": 900}).new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/enter/{desk.sessions.link()}")
    kept = next(desk.ledger.claims())
    page.goto(address + path.format(report=kept.report.id, claim=kept.claim.id, source=kept.claim.source))
    found = Axe().run(page).response["violations"]
    assert not [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in {"serious", "critical"}]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert all(url.startswith(address) for url in asked)
