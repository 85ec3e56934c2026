"""Takes the pictures of the desk's pages that stand in docs/desk, in light and dark and at the width of a phone.

Run it with ``python docs/desk_pictures.py`` whenever pages look otherwise; with names of pictures, for those alone. The
desk is that of ``sayso desk --team`` over a ledger of the example reports. Look at what it took before it goes in.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn
from PIL import Image
from playwright.sync_api import sync_playwright

from sayso.adding import Adding
from sayso.desk.accounts import Accounts
from sayso.desk.app import make_app
from sayso.desk.beside import Beside
from sayso.desk.codings import Code, Codings
from sayso.desk.desk import Desk
from sayso.entries import Decision
from sayso.gathering import catch_up
from sayso.gathering.asking import listed
from sayso.gathering.wanting import wanted
from sayso.ledger import Ledger
from sayso.pages.files import pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs/desk"
PASSWORD = "seven herons at dawn"  # noqa: S105 - of accounts that live as long as this program
ANA, BEN, CLEO = "Ana Ruiz", "Ben Okoye", "Cleo Marsh"
COLOURS = 128
MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}
TALL = {"compare": 1900, "incident": 2400, "incidents": 1900, "source": 1200}
"""Pages of which more is shown than fits on a screen at once, with the most of it in pixels."""


def main(only: list[str]) -> None:
    """Make the ledger, serve it, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        desk, shown = made(Path(folder) / "war.sayso")
        server = uvicorn.Server(uvicorn.Config(make_app(desk), port=0, log_level="warning"))
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            while not server.started:
                time.sleep(0.05)
            port = server.servers[0].sockets[0].getsockname()[1]
            take(f"http://127.0.0.1:{port}", {name: one for name, one in shown.items() if not only or name in only})
        finally:
            server.should_exit = True
            thread.join()


def made(path: Path) -> tuple[Desk, dict[str, tuple[str, str | None]]]:
    """Return a desk over the example reports, and by the names of pictures their addresses and who looks."""
    ledger = Ledger.create(path)
    list(
        Adding(ledger, "sayso").add(
            pages([str(ROOT / "examples" / f"*.{end}") for end in ("txt", "html", "pdf", "jsonl")])
        )
    )
    catch_up(ledger)
    beside = Beside(str(path))
    accounts, codings = Accounts(beside), Codings(beside)
    for name, role in ((ANA, "admin"), (BEN, "coder"), (CLEO, "coder")):
        accounts.make(name, role, PASSWORD)  # type: ignore[arg-type] # these are roles
    by_report: dict[str, list[str]] = {}
    for kept in ledger.claims():
        by_report.setdefault(kept.report.id, []).append(kept.claim.id)
    first, second, *more = sorted(by_report, key=lambda one: (-len(by_report[one]), one))
    codings.give_out("Spring, first round", [second, *more[:4]], [BEN, CLEO], ANA, blank=False)
    for place, claim in enumerate(by_report[second]):
        codings.code(1, second, BEN, Code(claim, "accept", {}))
        kinds = (Code(claim, "reject", {}), Code(claim, "correct", {"status": "civilian"}), Code(claim, "accept", {}))
        codings.code(1, second, CLEO, kinds[place % 3])
    for coder in (BEN, CLEO):
        codings.finish(1, second, coder)
    codings.code(1, more[0], BEN, Code(by_report[more[0]][0], "accept", {}))
    ledger.decide(Decision("accept", (by_report[first][0],), ANA))
    ledger.decide(Decision("reject", (by_report[first][1],), ANA, "The sentence speaks of the day before."))
    event = max((one.incident for one in listed(ledger, wanted())), key=lambda one: (one.contested, len(one.claims)))
    pdf = next(one.id for one in ledger.reports() if (ledger.page_under(one.id) or one) and _is_pdf(ledger, one.id))
    desk = Desk(ledger, None, accounts, codings, ("127.0.0.1",))
    at = f"/report/{first}"
    return desk, {
        "inbox": ("/inbox", ANA),
        "add": ("/inbox/new", ANA),
        "report": (at, ANA),
        "correct": (f"{at}#claim-{by_report[first][2]}", ANA),
        "original": (f"/report/{pdf}/original", ANA),
        "incidents": ("/incidents", ANA),
        "incident": (f"/incident/{event.id}", ANA),
        "sources": ("/sources", ANA),
        "source": ("/source/police", ANA),
        "compare": ("/compare", ANA),
        "coding": ("/coding", ANA),
        "coding-work": ("/coding/1", ANA),
        "coding-report": (f"/coding/1/report/{more[0]}", BEN),
        "coding-judge": (f"/coding/1/judge/{second}", ANA),
        "coding-agreement": ("/coding/1/agreement", ANA),
        "history": ("/history", ANA),
        "verify": ("/verify", ANA),
        "accounts": ("/accounts", ANA),
        "me": ("/me", BEN),
        "enter": ("/enter", None),
    }


def _is_pdf(ledger: Ledger, report: str) -> bool:
    page = ledger.page_under(report)
    return page is not None and page.media_type == "application/pdf"


def take(address: str, shown: dict[str, tuple[str, str | None]]) -> None:
    """Take pictures of pages."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for mode in MODES:
            windows = {who: entered(browser, address, mode, who) for who in {who for _, who in shown.values()}}
            for name, (path, who) in shown.items():
                window = windows[who]
                window.goto(address + path)
                prepared(window, name)
                window.wait_for_timeout(300)
                kept(window, name, mode)
        browser.close()


def entered(browser: Browser, address: str, mode: str, who: str | None) -> Page:
    """Return a window in which somebody signed in."""
    page = browser.new_context(locale="en-GB", timezone_id="Europe/Madrid", **MODES[mode]).new_page()
    page.on("console", told)
    if who is not None:
        page.goto(f"{address}/enter")
        page.get_by_label("Name").fill(who)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
    return page


def told(message: ConsoleMessage) -> None:
    """Tell what a browser held for an error."""
    if message.type == "error":
        sys.stderr.write(f"{message.text}\n")


def prepared(window: Page, name: str) -> None:
    """Bring a page to where it is shown."""
    if name == "correct":
        window.locator(".claim.lit a[data-key=c]").click()
        window.locator("form.correct").wait_for()
    if name == "incidents":
        window.locator("path.land").wait_for(state="attached")
    if name == "coding-report":
        window.locator("summary", has_text="Correct").first.click()


def kept(window: Page, name: str, mode: str) -> None:
    """Keep what a window shows, in few colours."""
    size = MODES[mode]["viewport"]
    most = TALL.get(name, size["height"])
    if most > size["height"]:
        height = window.evaluate("document.documentElement.scrollHeight")
        window.set_viewport_size({"width": size["width"], "height": min(height, most)})
    picture = Image.open(BytesIO(window.screenshot()))
    window.set_viewport_size(size)
    picture.convert("RGB").quantize(COLOURS).save(OUT / f"{name}-{mode}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
