"""Words that try to be a program, in reports and in addresses, stay words on every page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from sayso.adding import Adding
from sayso.desk.app import PAGES, make_app
from sayso.entries import Decision
from sayso.pages.files import pages
from sayso.problems import Problem
from tests.desk.conftest import client_of, token

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from sayso.desk.desk import Desk
    from sayso.events import Kept
    from sayso.ledger import Ledger

BAD = "\"'><script>window.owned=1</script><img src=x onerror=window.owned=1><svg onload=window.owned=1>{{7919*7919}}"
_LINKS = """Array.from(document.querySelectorAll("a[href], form[action]"))
    .map(one => one.getAttribute("href") || one.getAttribute("action"))"""
TEXT = (
    f"OSTREL, March 3 - Shelling killed 14 people at the market of Dresk on Tuesday, the {BAD} ministry said. "
    '"><script>window.owned=1</script> said 23 others were injured. '
    "Doctors at <b onmouseover=window.owned=1>the hospital</b> said that 17 people were killed."
)


@pytest.fixture
def hostile(ledger: Ledger, tmp_path: Path) -> Kept:
    """A claim of a report every field of which tries to be a program, with rulings that try the same."""
    record = {
        "id": "bad",
        "title": f"Market shelled {BAD}",
        "outlet": BAD,
        "published": "2026-03-04",
        "url": "javascript:window.owned=1",
        "language": "en",
        "text": TEXT,
    }
    file = tmp_path / f"{'<img src=x onerror=alert(1)>'.replace('/', '')}.jsonl"
    file.write_text(json.dumps(record) + "\n", encoding="utf-8")
    made = list(Adding(ledger, "sayso tests").add(pages([str(file)])))
    assert made
    assert not any(isinstance(one, Problem) and one.lost for one in made)
    found = [kept for kept in ledger.claims() if kept.report.title and BAD[:10] in kept.report.title]
    assert len(found) > 1
    ledger.decide(Decision("reject", (found[0].claim.id,), BAD[:200], BAD))
    ledger.decide(Decision("note", (found[0].claim.id,), "Ana Ruiz", BAD))
    return found[0]


def addresses(desk: Desk, kept: Kept) -> list[str]:
    """Return every page for people, filled with the claim, its report and its incident, plain and with bad words."""
    described: dict[str, Any] = make_app(desk).openapi()["paths"]
    ids = {"report": kept.report.id, "claim": kept.claim.id, "incident": kept.claim.id, "number": "1"}
    found: list[str] = []
    for method, path in sorted(key for one in PAGES for key in one.least):
        if method != "GET" or path.endswith(".json") or f"{path}.json" not in described:
            continue
        filled = path
        for name, value in ids.items():
            filled = filled.replace("{" + name + "}", value)
        asked = described[f"{path}.json"]["get"].get("parameters", [])
        words = [one["name"] for one in asked if one["in"] == "query"]
        found += [filled, *(f"{filled}?{name}={quote(BAD)}" for name in words)]
        if "{" in path:
            found.append(path.split("{", maxsplit=1)[0] + quote(BAD, safe=""))
    return found


def test_words_stay_words_on_every_page(desk: Desk, window: Page, address: str, hostile: Kept) -> None:
    """No page runs them, and none even tries: the browser would say so, and the window fails on what it says."""
    window.on("dialog", lambda _: pytest.fail("a page opened a dialog"))
    faults: list[str] = []
    visited = addresses(desk, hostile)
    assert len(visited) > 10
    for path in visited:
        answer = window.request.get(f"{address}{path}", headers={"Accept": "text/html"})
        assert answer.status < 500, path
        if answer.headers["content-type"].startswith("text/html"):
            if answer.ok:
                window.goto(f"{address}{path}")
            else:
                window.set_content(answer.text())
            if window.evaluate("window.owned !== undefined") or "62710561" in window.evaluate(
                "Array.from(document.querySelectorAll('.said, h1')).map(one => one.textContent).join(' ')"
            ):
                faults.append(path)
            faults += [f"{path}: {href}" for href in window.evaluate(_LINKS) if href.strip().startswith("javascript:")]
    assert not faults


def test_names_and_reasons_that_people_type_stay_words(desk: Desk, hostile: Kept) -> None:
    client = client_of(desk, name="Ana <script>window.owned=1</script> Ruiz")
    client.post("/names", data={"show": BAD, "back": BAD}, headers=token(client))
    for path in ("/history", f"/report/{hostile.report.id}"):
        page = client.get(path).text
        assert "<script>window" not in page
        assert "onerror=window" not in page.replace("&gt;&lt;img src=x onerror=window", "")
