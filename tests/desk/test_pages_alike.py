"""What holds for every page: it is usable for everyone, and asks nobody else for anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from sayso.desk.accounts import Accounts
from sayso.desk.app import PAGES as ALL
from sayso.desk.beside import Beside
from sayso.desk.codings import Code, Codings
from sayso.desk.desk import Desk
from sayso.desk.visit import COOKIE
from tests.desk.conftest import served

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

    from sayso.ledger import Ledger

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
TEAM = (
    "/coding",
    "/coding/{number}",
    "/coding/{number}/report/{report}",
    "/coding/{number}/agreement",
    "/coding/{number}/judge/{report}",
    "/accounts",
    "/me",
    "/inbox/readings",
)
ROUTES = {path for pages in ALL for _, path in pages.least}


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
    usable(page)
    assert all(url.startswith(address) for url in asked)


def usable(page: Page) -> None:
    """Assert that axe-core finds nothing serious or critical on a page, and that nothing of it is cut off."""
    found = Axe().run(page).response["violations"]
    assert not [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in {"serious", "critical"}]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (390, "dark")])
def test_nobody_of_a_team_is_kept_out(
    ledger: Ledger, tmp_path: Path, browsing: Callable[..., BrowserContext], width: int, colours: str
) -> None:
    """The same holds for the pages of accounts and of double coding, with work at every stage of it."""
    beside = Beside(str(tmp_path / "desk.sayso"))
    accounts, codings = Accounts(beside), Codings(beside)
    for name in ("Ana Ruiz", "Ben Okoye", "Cleo Marsh"):
        accounts.make(name, "editor" if name == "Cleo Marsh" else "admin", "seven herons at dawn")
    done, report = [one.id for one in ledger.reports()][:2]
    codings.give_out("First", [done, report], ["Ana Ruiz", "Ben Okoye"], "Ana Ruiz", blank=False)
    for coder in ("Ana Ruiz", "Ben Okoye"):
        for place, kept in enumerate(ledger.show(done).claims):
            codings.code(
                1, done, coder, Code(kept.claim.id, "accept" if place or coder == "Ana Ruiz" else "reject", {})
            )
        codings.finish(1, done, coder)
    desk = Desk(ledger, None, accounts, codings, ("127.0.0.1",))
    with served(desk) as at:
        window = browsing(color_scheme=colours, viewport={"width": width, "height": 900})
        page = window.new_page()
        page.goto(f"{at}/enter")
        usable(page)
        ana = accounts.find("Ana Ruiz")
        assert ana is not None
        window.add_cookies([{"name": COOKIE, "value": desk.sessions.start(ana.person, ana.changes), "url": at}])
        for path in (*TEAM, f"/report/{report}", "/nothing", "/inbox"):
            page.goto(at + path.format(number=1, report=report if "/coding/{number}/report" in path else done))
            usable(page)
    beside.close()


def test_every_page_is_looked_at() -> None:
    """A page that is in neither list fails here, so that new pages are thought of."""
    routes = {path for pages in ALL for method, path in pages.least if method == "GET" and f"{path}.json" in ROUTES}
    listed = {
        re.sub(r"\{source\}", "{name:path}", path).replace("/incident/{claim}", "/incident/{incident}")
        for path in PAGES
    }
    assert routes == listed | set(TEAM)
