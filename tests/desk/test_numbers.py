"""Numbers in the form of the reader's browser; the words of reports as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sayso.gathering import catch_up
from tests.desk.conftest import client_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from sayso.desk.desk import Desk

BEFORE = "At least 4,200 people"


@pytest.mark.parametrize(("locale", "told"), [("de-DE", "4.200"), ("en-GB", "4,200"), ("en-IN", "4,200")])
def test_numbers_are_told_in_the_readers_form(
    desk: Desk, address: str, browsing: Callable[..., BrowserContext], locale: str, told: str
) -> None:
    """The figure of a claim changes its form; its words, in the text and on its card, do not."""
    kept = next(kept for kept in desk.ledger.claims() if kept.claim.text == BEFORE)
    page = browsing(locale=locale).new_page()
    page.goto(f"{address}/enter/{desk.sessions.link()}")
    page.goto(f"{address}/report/{kept.report.id}")
    card = page.locator(f"#claim-{kept.claim.id}")
    assert card.locator("h3").inner_text() == f"{told} or more killed"
    assert f"“{BEFORE}”" in card.inner_text()
    assert BEFORE in page.locator("#reading").inner_text()
    card.get_by_role("button", name="Accept").click()
    card.get_by_text("accepted").first.wait_for()
    assert card.locator("h3").inner_text() == f"{told} or more killed"
    page.goto(f"{address}/history")
    number = page.locator("main data").first
    assert number.get_attribute("value") == str(desk.ledger.head().entries)


def test_numbers_of_a_drawn_ladder_are_told_in_the_readers_form(
    desk: Desk, address: str, browsing: Callable[..., BrowserContext]
) -> None:
    """Those on its axis and those of its lines; what a source is called stands as it is."""
    catch_up(desk.ledger)
    kept = next(kept for kept in desk.ledger.claims() if kept.claim.text == "nearly 3,000 villagers")
    page = browsing(locale="de-DE").new_page()
    page.goto(f"{address}/enter/{desk.sessions.link()}")
    page.goto(f"{address}/incident/{kept.claim.id}")
    page.locator("figure svg text.soft[data-told]").first.wait_for(state="attached")
    drawn = page.locator("figure svg text.soft").all_text_contents()
    assert [words for words in drawn if words.endswith("about 3.000")]
    assert not [words for words in drawn if re.search(r"\d,\d", words)]


def test_numbers_stand_without_scripts(desk: Desk) -> None:
    """With commas, and as machines have them beside that."""
    html = client_of(desk).get("/history").text
    entries = desk.ledger.head().entries
    assert f'<data value="{entries}">{entries:,}</data>' in html
