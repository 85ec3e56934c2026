"""The page of a report: its words marked in place, and its claims beside them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sayso.adding import Adding
from sayso.pages.files import in_bytes
from tests.desk.conftest import client_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.testclient import TestClient
    from playwright.sync_api import BrowserContext, Locator, Page

    from sayso.desk.desk import Desk
    from sayso.ledger import Ledger

CANDLES = (
    "🕯🕯 Vigil in Ostrel\n\nThe 👩‍👧 rescue service said 14 people were killed when a footbridge fell in Ostrel "
    "on Monday. Police said 2 men were missing near the <b>bank</b>.\n"
)


@pytest.fixture
def vigil(ledger: Ledger) -> str:
    """A report with emoji before its claims, read into the ledger; its id."""
    (kept,) = Adding(ledger, "sayso tests").add(in_bytes(CANDLES.encode(), "vigil.txt"))
    return str(kept.report)  # type: ignore[union-attr] # it gave a report


def words_of(lit: Locator) -> str:
    """Return the words of some stretches, one after another."""
    return "".join(text or "" for text in lit.all_text_contents())


def test_words_are_marked_where_they_stand(client: TestClient, vigil: str) -> None:
    """Marks count code points, whatever stands before them, and markup in a report stays words."""
    page = client.get(f"/report/{vigil}.json").json()
    marked: dict[str, str] = defaultdict(str)
    for one in (stretch for paragraph in page["paragraphs"] for stretch in paragraph["stretches"]):
        for mark in one["marks"]:
            if mark["part"] == "count":
                marked[mark["claim"]] += one["words"]
    assert set(marked.values()) == {"14 people", "2 men"}
    for one in page["claims"]:
        assert CANDLES[one["start"] : one["end"]] == one["words"] == marked[one["id"]]
    html = client.get(f"/report/{vigil}").text
    assert "&lt;b&gt;bank&lt;/b&gt;" in html
    assert "<b>bank" not in html


def test_moving_on_one_lights_up_the_other(window: Page, address: str, vigil: str) -> None:
    """By keys, by focus and by the pointer, in both directions; the words are those of the claim."""
    window.goto(f"{address}/report/{vigil}")
    lit = window.locator("#words mark.count.lit")
    window.keyboard.press("j")
    assert window.evaluate("document.activeElement.id").startswith("claim-")
    assert words_of(lit) == "14 people"
    window.keyboard.press("ArrowDown")
    assert words_of(lit) == "2 men"
    window.keyboard.press("k")
    assert words_of(lit) == "14 people"
    window.locator("#words mark.count").last.hover()
    assert window.locator(".claim.lit h3").all_inner_texts() == ["2 missing"]
    window.locator("#words mark.count a").first.focus()
    assert window.locator(".claim.lit h3").all_inner_texts() == ["14 killed"]


def test_keys_are_told_and_can_be_turned_off(window: Page, address: str, vigil: str) -> None:
    """Somebody who speaks to their machine, or types with one finger, does without them."""
    window.goto(f"{address}/report/{vigil}")
    window.keyboard.press("?")
    assert window.locator("#help").is_visible()
    window.get_by_label("Single letters are keys").uncheck()
    window.get_by_role("button", name="Close").click()
    window.keyboard.press("j")
    assert window.locator(".claim.lit").count() == 0


def test_names_of_people_harmed_stay_out_of_cards_until_asked_for(client: TestClient, ledger: Ledger) -> None:
    """The text is shown as it was published; what we say of it leaves names out."""
    words = b"A hospital in Ostrel said on Monday that Ilan Moss, 34, was killed when a wall fell.\n"
    (kept,) = Adding(ledger, "sayso tests").add(in_bytes(words, "moss.txt"))
    path = f"/report/{kept.report}.json"  # type: ignore[union-attr] # it gave a report
    page = client.get(path).json()
    assert "Ilan Moss" in "".join(one["words"] for one in page["paragraphs"][0]["stretches"])
    assert len(page["claims"]) == 1
    assert "Moss" not in str(page["claims"])
    desk: Desk = client.app.state.desk  # type: ignore[attr-defined] # the client has any application
    session = desk.sessions.find(client.cookies["sayso_desk"])
    assert session is not None
    session.names = True
    assert "Ilan Moss" in str(client.get(path).json()["claims"])


def test_a_claim_has_a_page_of_its_own(client: TestClient, vigil: str) -> None:
    """With its sentence and the way back to its report."""
    one = client.get(f"/report/{vigil}.json").json()["claims"][0]
    page = client.get(f"/report/{vigil}/claim/{one['id']}.json").json()
    assert page["claim"] == one
    assert page["sentence"].startswith("The")
    assert f'href="/report/{vigil}?part=1#claim-{one["id"]}"' in client.get(f"/report/{vigil}/claim/{one['id']}").text


@pytest.mark.parametrize(
    "path", ["/report/r-nothing", "/report/{claim}", "/report/{report}/claim/c-nothing", "/report/a"]
)
def test_what_is_not_there_is_told(client: TestClient, vigil: str, path: str) -> None:
    """An id of nothing, or of something else, is no report."""
    claim = client.get(f"/report/{vigil}.json").json()["claims"][0]["id"]
    answer = client.get(path.format(claim=claim, report=vigil))
    assert answer.status_code in {404, 422}
    assert answer.json()["remedy"]


def test_a_report_that_no_browser_can_hold_is_shown(desk: Desk, ledger: Ledger) -> None:
    """Signs that cannot be written down as UTF-8, or that a browser drops, are replaced one by one."""
    text = "\\ud800 The mayor\\u0000 said 5 people were killed in Dresk on Monday."
    (kept,) = Adding(ledger, "sayso tests").add(in_bytes(f'{{"text": "{text}", "id": "odd"}}\n'.encode(), "odd.jsonl"))
    client = client_of(desk)
    assert client.get(f"/report/{kept.report}").status_code == 200  # type: ignore[union-attr] # it gave a report
    page = client.get(f"/report/{kept.report}.json").json()  # type: ignore[union-attr]
    assert [one["told"] for one in page["claims"]] == ["5 killed"]


def test_a_report_on_a_phone(desk: Desk, address: str, browsing: Callable[..., BrowserContext], vigil: str) -> None:
    """The cards come below the text, and a figure leads to its card."""
    page = browsing(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(f"{address}/enter/{desk.sessions.link()}")
    page.goto(f"{address}/report/{vigil}")
    page.locator("#words mark.count a").last.tap()
    expect(page.locator(".claim:focus")).to_be_in_viewport(ratio=0.9)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
