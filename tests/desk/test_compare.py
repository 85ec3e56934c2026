"""The page that sets two accounts beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.comparing import compare
from sayso.gathering import catch_up
from sayso.gathering.asking import dossier, listed
from sayso.gathering.wanting import wanted
from sayso.reconcile import tolls

if TYPE_CHECKING:
    import pytest
    from fastapi.testclient import TestClient
    from playwright.sync_api import Page

    from sayso.ledger import Ledger


def _get(client: TestClient, query: str) -> Any:  # noqa: ANN401 - JSON
    answer = client.get(f"/compare.json?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_rules_are_set_beside_each_other(client: TestClient, ledger: Ledger) -> None:
    """Each number is what the rule makes of the incident, and what differs comes first."""
    page = _get(client, "rule=as-said&other_rule=ecc-majority")
    flags = [row["differs"] for row in page["rows"]]
    assert flags == sorted(flags, reverse=True)
    assert 0 < page["differing"] == sum(flags)
    for row in page["rows"]:
        found = dossier(ledger, row["id"]).dossier
        for side, rule in (("one", "as-said"), ("other", "ecc-majority")):
            made = tolls(found.claims, rule, found.incident.relations if found.incident else ())
            numbers = {(toll.low, toll.best, toll.high) for toll in made if toll.harm.replace("_", " ") == row["harm"]}
            shown = row[side]
            assert shown is None or (shown["low"], shown["best"], shown["high"]) in numbers
        assert row["differs"] == (row["one"] != row["other"])
    same = _get(client, "rule=as-said&other_rule=as-said")
    assert same["differing"] == 0
    assert same["rows"]


def test_sides_are_set_beside_each_other(client: TestClient, ledger: Ledger) -> None:
    """Who is named as the other side is told as ``sayso compare`` tells it."""
    catch_up(ledger)
    every = [dossier(ledger, one.incident.id).dossier for one in listed(ledger, wanted())]
    name = next(kept.claim.source for one in every for kept in one.claims if kept.claim.source)
    made = compare(every, name)
    page = _get(client, f"by=sides&theirs={name}")
    assert page["fault"] == ""
    both = {one.incident.id for one in made.both()}
    assert {row["id"] for row in page["rows"] if row["one"] and row["other"]} <= both
    assert {row["id"] for row in page["rows"] if row["other"]} <= {one.incident.id for one in made.pairs if one.theirs}
    assert len(page["agreements"]) == len(made.agreements)


def test_pages_follow_one_another(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """No incident is left out between two pages, and what is compared goes along."""
    whole = {row["id"] for row in _get(client, "other_rule=gtd-recent-majority-lowest")["rows"]}
    monkeypatch.setattr("sayso.desk.compare._AT_ONCE", 2)
    seen: set[str] = set()
    query = "other_rule=gtd-recent-majority-lowest"
    while query:
        page = _get(client, query)
        assert page["other"] == "gtd-recent-majority-lowest"
        seen |= {row["id"] for row in page["rows"]}
        query = (page["more"] or "").partition("?")[2]
    assert seen == whole


def test_what_cannot_be_compared_is_told(client: TestClient) -> None:
    """A rule that there is not is refused; somebody who says nothing is told on the page, with the form as it was."""
    assert client.get("/compare.json?rule=guess").status_code == 422
    assert "Say whom to compare with" in _get(client, "by=sides")["fault"]
    assert "Nobody at all" in _get(client, "by=sides&theirs=Nobody+at+all")["fault"]
    assert 'value="Nobody at all"' in client.get("/compare?by=sides&theirs=Nobody+at+all").text


def test_two_rules_are_chosen_and_a_difference_followed(window: Page, address: str) -> None:
    """One chooses two rules and goes from the first difference to its incident."""
    window.goto(f"{address}/compare")
    window.get_by_label("The other rule").select_option("ecc-majority")
    window.get_by_role("button", name="Compare", exact=True).click()
    assert "other_rule=ecc-majority" in window.url
    first = window.locator("tr.differs").first
    assert "differ" in first.inner_text()
    first.locator("a").click()
    window.wait_for_url("**/incident/**")
    assert window.locator("#tolls-title").count() == 1
