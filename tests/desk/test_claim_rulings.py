"""What people rule on claims at the desk: by keys, by forms, with others at the same time, on both databases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sayso.adding import Adding
from sayso.desk.desk import Desk
from sayso.desk.roles import Person
from sayso.entries import Decision
from sayso.pages.files import in_bytes
from sayso.records import Span
from tests.desk.conftest import client_of, served, token

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.testclient import TestClient
    from playwright.sync_api import BrowserContext, Page

    from sayso.desk.roles import Role
    from sayso.ledger import Ledger

CANDLES = (
    "🕯🕯 Vigil in Ostrel\n\nThe 👩‍👧 rescue service said 14 people were killed when a footbridge fell in Ostrel "
    "on Monday.\n\nThe mayor, Ilse Karr, was at the bank with 2 cooks, she said. 🕯 Police said 2 men were missing.\n"
)


@pytest.fixture
def vigil(ledger: Ledger) -> str:
    """A report with emoji before its claims, read into the ledger; its id."""
    return add_vigil(ledger)


def add_vigil(ledger: Ledger) -> str:
    (kept,) = Adding(ledger, "sayso tests").add(in_bytes(CANDLES.encode(), "vigil.txt"))
    return str(kept.report)  # type: ignore[union-attr] # it gave a report


def cards(client: TestClient, report: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get(f"/report/{report}.json").json()["claims"]
    return found


def select(page: Page, words: str) -> None:
    """Select words in the text as a person does by dragging, and let go."""
    page.evaluate(
        """words => {
          const range = document.createRange();
          const walk = document.createTreeWalker(document.getElementById("words"), NodeFilter.SHOW_TEXT);
          const nodes = [];
          let text = "";
          while (walk.nextNode()) { nodes.push([walk.currentNode, text.length]); text += walk.currentNode.data; }
          const at = text.lastIndexOf(words);
          const place = where => {
            const [node, start] = nodes.filter(one => one[1] <= where).pop();
            return [node, where - start];
          };
          range.setStart(...place(at));
          range.setEnd(...place(at + words.length));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          document.getElementById("words").dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
        }""",
        words,
    )


def test_claims_are_ruled_on_by_keys(window: Page, address: str, vigil: str, ledger: Ledger) -> None:
    """Accept, reject and undo leave the page where it is; what was ruled stands in the ledger."""
    window.goto(f"{address}/report/{vigil}")
    first, last = window.locator(".claim").first, window.locator(".claim").last
    waiting = window.locator(".claim").count()
    expect(window.locator("#standing")).to_contain_text(f"{waiting} wait")
    window.keyboard.press("j")
    window.keyboard.press("a")
    expect(first.locator(".state")).to_have_text("accepted")
    expect(first).to_be_focused()
    expect(window.locator("#said")).to_contain_text("14 killed: accepted")
    expect(window.locator("#standing")).to_contain_text(f"{waiting - 1} wait")
    for _ in range(waiting):
        window.keyboard.press("j")
    expect(last).to_be_in_viewport(ratio=0.5)
    window.keyboard.press("r")
    expect(last.locator(".state")).to_have_text("rejected")
    expect(window.locator("#words mark.count.out")).not_to_have_count(0)
    window.keyboard.press("u")
    expect(last.locator(".state")).to_contain_text("waits")
    expect(first.locator(".state")).to_have_text("accepted")
    window.keyboard.press("u")
    expect(first.locator(".state")).to_contain_text("waits")
    expect(window.locator("#standing button")).to_have_count(0)
    kinds = [one.content["kind"] for one in ledger.log(limit=4) if one.content is not None]
    assert kinds == ["withdraw", "withdraw", "reject", "accept"]


def test_a_figure_is_corrected_by_words_selected_behind_emoji(
    window: Page, address: str, vigil: str, ledger: Ledger
) -> None:
    """Offsets count code points where a browser counts UTF-16 units; words of a slot are those that were selected."""
    window.goto(f"{address}/report/{vigil}")
    card = window.locator(".claim", has_text="2 missing")
    card.focus()
    window.keyboard.press("c")
    expect(card.get_by_label("How many, in words")).to_be_focused()
    card.get_by_label("Who says so").focus()
    select(window, " rescue service")
    assert card.get_by_label("Who says so").input_value() == "rescue service"
    card.get_by_label("Reason").fill("They spoke.")
    card.get_by_role("button", name="Write the correction").click()
    expect(card.locator(".state")).to_have_text("corrected")
    expect(card.locator(".who")).to_contain_text("rescue service")
    expect(card).to_be_focused()
    (kept,) = [one for one in ledger.claims() if one.report.id == vigil and one.claim.harm == "missing"]
    start = CANDLES.index("rescue service")
    assert (kept.claim.source, kept.claim.spans.source) == ("rescue service", Span(start, start + 14))
    assert kept.ruling is not None
    assert (kept.ruling.by, kept.ruling.why) == ("Ana Ruiz", "They spoke.")
    emptied = window.locator(".claim", has_text="14 killed")
    emptied.focus()
    window.keyboard.press("c")
    expect(emptied.get_by_label("How many, in words")).to_be_focused()
    emptied.get_by_label("Who says so").fill("")
    emptied.get_by_role("button", name="Write the correction").click()
    expect(emptied.locator(".who")).to_contain_text("the report")


def test_a_missed_claim_is_added_from_selected_words(window: Page, address: str, vigil: str, ledger: Ledger) -> None:
    """The second of two places with the same words, behind emoji."""
    window.goto(f"{address}/report/{vigil}")
    before = window.locator(".claim").count()
    select(window, "2 cooks")
    window.keyboard.press("n")
    form = window.locator("#adding form")
    expect(form.get_by_label("How many, in words")).to_be_focused()
    expect(form.get_by_label("How many, in words")).to_have_value("2 cooks")
    form.get_by_label("Harm").select_option("injured")
    form.get_by_role("button", name="Add the claim").click()
    expect(window.locator(".claim")).to_have_count(before + 1)
    expect(window.locator(".claim", has_text="2 injured").locator(".state")).to_contain_text("added")
    expect(window.locator(".claim", has_text="2 injured")).to_be_focused()
    (kept,) = [one for one in ledger.claims() if one.report.id == vigil and one.claim.harm == "injured"]
    assert kept.claim.start == CANDLES.index("2 cooks")
    window.keyboard.press("u")
    expect(window.locator(".claim")).to_have_count(before)


def test_a_second_person_is_shown_the_firsts_change(
    browsing: Callable[..., BrowserContext], address: str, vigil: str, ledger: Ledger, desk: Desk
) -> None:
    """Beside their own input, and nothing is overwritten; then they may rule on what stands there now."""
    window = browsing().new_page()
    window.goto(f"{address}/enter/{desk.sessions.link()}")
    window.goto(f"{address}/report/{vigil}")
    window.keyboard.press("j")
    window.keyboard.press("c")
    card = window.locator(".claim").first
    expect(card.get_by_label("How many, in words")).to_be_focused()
    card.get_by_label("Highest number").fill("16")
    other = client_of(desk, name="Ben Oduya")
    one = cards(other, vigil)[0]
    sent = {"expects": "none", "low": "13", "high": "13", "why": "Thirteen is meant."}
    answer = other.post(f"/report/{vigil}/claim/{one['id']}/correct", headers=token(other), data=sent)
    assert answer.status_code == 303
    head = ledger.head()
    with window.expect_response(lambda answer: answer.status == 409):
        card.get_by_role("button", name="Write the correction").click()
    expect(card.locator(".fault")).to_contain_text("Ben Oduya corrected it")
    expect(card.locator(".fault")).to_contain_text("Thirteen is meant.")
    expect(card.get_by_label("Highest number")).to_have_value("16")
    expect(card.get_by_label("Lowest number")).to_have_value("13")
    assert ledger.head() == head
    card.get_by_role("button", name="Write the correction").click()
    expect(card.locator("h3")).to_have_text("13–16 killed")


@pytest.mark.parametrize("what", ["accept", "reject"])
def test_of_two_rulings_at_once_one_is_written(either_ledger: Ledger, what: str) -> None:
    """On both databases; the other person's reason is kept for them."""
    vigil = add_vigil(either_ledger)
    desk = Desk(either_ledger, Person("Ana Ruiz", "admin"), hosts=("testserver",))
    ana, ben = client_of(desk, "coder"), client_of(desk, "coder", "Ben Oduya")
    path = f"/report/{vigil}/claim/{cards(ana, vigil)[0]['id']}"
    assert ana.post(f"{path}/{what}", headers=token(ana), data={"expects": "none"}).status_code == 303
    head = either_ledger.head()
    answer = ben.post(f"{path}/reject", headers=token(ben), data={"expects": "none", "why": "Too many."})
    assert answer.status_code == 409
    assert answer.json()["what"].startswith(f"Ana Ruiz {what}ed it")
    page = ben.post(
        f"{path}/reject", headers=token(ben) | {"Accept": "text/html"}, data={"expects": "none", "why": "Too <many>."}
    )
    assert page.status_code == 409
    assert 'value="Too &lt;many&gt;."' in page.text
    assert either_ledger.head() == head
    last = ben.get(f"{path}.json").json()["claim"]["last"]
    assert ben.post(f"{path}/reject", headers=token(ben), data={"expects": last}).status_code == 303
    claim = ana.get(f"{path}.json").json()["claim"]
    assert (claim["state"], claim["by"]) == ("rejected", "Ben Oduya")
    assert [one["by"] for one in claim["history"]] == ["Ana Ruiz", "Ben Oduya"]
    assert claim["undo"] == claim["history"][0]["id"]


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        ({}, 422, "Nothing was changed"),
        ({"source": "nobody here"}, 422, "does not say"),
        ({"source": "Police", "source_at": "0,6"}, 422, "selected"),
        ({"source": "Police", "source_at": "0,999999999"}, 422, "selected"),
        ({"low": "many"}, 422, "whole number"),
        ({"low": "20", "high": "3"}, 422, "above the highest"),
        ({"date_from": "2023-02-31"}, 422, "a day such as"),
        ({"harm": "kissed"}, 422, "cannot be"),
        ({"words": "x" * 2001}, 422, "words"),
        ({"was": "[" * 30_000, "place": "Dresk"}, 422, "does not say"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    client: TestClient, ledger: Ledger, vigil: str, sent: dict[str, str], status: int, told: str
) -> None:
    """With what the person put in, where that was the fault."""
    path = f"/report/{vigil}/claim/{cards(client, vigil)[0]['id']}/correct"
    head = ledger.head()
    answer = client.post(path, headers=token(client), data={"expects": "none", **sent})
    assert (answer.status_code, ledger.head()) == (status, head)
    assert told in answer.json()["what"]


def test_only_what_was_changed_is_ruled_on(client: TestClient, ledger: Ledger, vigil: str) -> None:
    """The form sends every field; what the person left as it was shown is none of the decision."""
    one = cards(client, vigil)[0]
    path = f"/report/{vigil}/claim/{one['id']}/correct"
    form = client.get(f"{path}.json").json()["form"]
    sent = {field["name"]: field["value"] for field in form["fields"]} | {"was": form["was"], "expects": "none"}
    sent |= {"means": "a footbridge fell"}
    assert client.post(path, headers=token(client), data=sent).status_code == 303
    (decision,) = ledger.histories(vigil)[str(one["id"])].decisions
    assert set(decision.set) == {"means", "spans"}
    assert json.loads(form["was"])["means"] == "footbridge"


def test_one_takes_back_ones_own_rulings_alone(client: TestClient, desk: Desk, vigil: str, ledger: Ledger) -> None:
    """Not another's, not twice, and not what is none."""
    one = cards(client, vigil)[0]
    made = ledger.decide(Decision("accept", (str(one["id"]),), "Ben Oduya"))
    answer = client.post(f"/report/{vigil}/undo", headers=token(client), data={"decision": made.id})
    assert answer.status_code == 409
    ben = client_of(desk, name="Ben Oduya")
    for status in (303, 409):
        answer = ben.post(f"/report/{vigil}/undo", headers=token(ben), data={"decision": made.id})
        assert answer.status_code == status
    assert cards(client, vigil)[0]["state"] == "waiting"


def test_who_only_reads_is_offered_nothing_to_rule(desk: Desk, vigil: str) -> None:
    """No form, no key."""
    role: Role = "reader"
    html = client_of(desk, role).get(f"/report/{vigil}").text
    assert "formaction" not in html
    assert "/correct" not in html


def test_all_of_it_works_without_scripts(
    desk: Desk, vigil: str, browsing: Callable[..., BrowserContext], ledger: Ledger
) -> None:
    """Accept with a reason, correct by typed words, add, take back: plain forms, and each tells what came of it."""
    with served(desk) as address:
        page = browsing(java_script_enabled=False).new_page()
        page.goto(f"{address}/enter/{desk.sessions.link()}")
        page.goto(f"{address}/report/{vigil}")
        page.locator(".claim").first.get_by_role("button", name="Accept").click()
        assert page.locator(".said").inner_text() == "Accepted: 14 killed."
        page.locator(".claim").last.get_by_role("link", name="Correct").click()
        page.get_by_label("Where").fill("the moon")
        page.get_by_role("button", name="Write the correction").click()
        assert "does not say" in page.locator(".fault").inner_text()
        assert page.get_by_label("Where").input_value() == "the moon"
        page.get_by_label("Where").fill("the bank")
        page.get_by_role("button", name="Write the correction").click()
        assert page.locator(".said").inner_text() == "Corrected: 2 missing."
        page.get_by_role("link", name="Add a missed claim").click()
        page.get_by_label("How many, in words").fill("2 cooks")
        page.get_by_label("Harm").select_option("injured")
        page.get_by_role("button", name="Add the claim").click()
        assert page.locator(".said").inner_text() == "Added: 2 injured."
        page.get_by_role("button", name="Undo").click()
        assert page.locator(".said").inner_text() == "Taken back: 2 injured, added."
    states = sorted(one.ruling.verdict for one in ledger.claims() if one.report.id == vigil and one.ruling)
    assert states == ["accepted", "corrected"]
