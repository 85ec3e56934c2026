"""A person who codes a report blind sees nowhere what others ruled on it, on no page and in no JSON twin or file.

Every page is asked for before others rule on the report and once more after; to whoever codes the report it must be the
same. A page that is not in the table fails the test, so that new pages are thought of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from sayso.desk.app import PAGES
from sayso.entries import Decision
from sayso.gathering import catch_up, rulings
from sayso.gathering.asking import incident_of_claim, listed
from sayso.gathering.wanting import wanted
from sayso.ledger.deciding import SETTABLE
from sayso.plain import to_plain
from sayso.records import Span
from tests.desk.conftest import client_of, token
from tests.desk.every_page import ALONE, addresses, seen
from tests.desk.test_coding import report_with, team

if TYPE_CHECKING:
    from sayso.desk.desk import Desk

__all__ = ["team"]

BLIND, OTHER, EDITOR = "Ben Okoye", "Dan Reed", "Ana Ruiz"
WHY = "the quay ledger says so"
FIGURE = 9173


class Given:
    """Work that was given out, and all addresses of the desk that have to do with it."""

    def __init__(self, team: Desk) -> None:
        self.desk = team
        self.report, self.claims = report_with(team.ledger, 4)
        assert team.codings is not None
        self.coding = team.codings.give_out("First", [self.report], [BLIND, "Cleo Marsh"], EDITOR, blank=False)
        catch_up(team.ledger)
        with team.ledger.shelf() as shelf:
            homes = [incident_of_claim(shelf, claim) for claim in self.claims]
        self.incidents = [one for one in dict.fromkeys(homes) if one is not None]
        self.others = [one.incident.id for one in listed(team.ledger, wanted()) if one.incident.id not in homes]
        assert self.incidents
        assert self.others

    def addresses(self) -> dict[str, list[str]]:
        """Return by path of a route the addresses under it that are looked at."""
        return addresses(self.desk, self.report, self.claims, (*self.incidents, *self.others), self.coding)

    def rule(self) -> None:
        """Let others rule on the report's claims, and on which of them belong together."""
        ledger = self.desk.ledger
        first, second, third, *_ = self.claims
        ledger.decide(Decision("accept", (first,), OTHER, WHY))
        ledger.decide(Decision("correct", (second,), OTHER, WHY, {"low": FIGURE, "high": FIGURE}))
        ledger.decide(Decision("reject", (third,), OTHER, WHY))
        shown = ledger.show(self.report)
        assert shown.report is not None
        model = next(kept.claim for kept in shown.claims if kept.claim.id == first)
        start = shown.report.text.index(" ", model.end) + 1
        added = to_plain(model) | {"start": start, "end": start + 3, "text": shown.report.text[start : start + 3]}
        added["sentence"] = to_plain(Span(start, start + 3))
        values = {key: value for key, value in added.items() if key in SETTABLE}
        ledger.decide(Decision("add", (self.report,), OTHER, WHY, values))
        with ledger.shelf() as shelf:
            decision = rulings.apart(shelf, self.incidents[0], self.others[0], OTHER, WHY)
        ledger.decide(decision)
        catch_up(ledger)


@pytest.fixture
def given(team: Desk) -> Given:
    return Given(team)


def test_the_table_has_every_page(given: Given) -> None:
    paths = {path.removesuffix(".json") for pages in PAGES for method, path in pages.least if method == "GET"}
    assert paths == {*given.addresses(), *ALONE}


@pytest.mark.parametrize("role", ["coder", "editor"])
def test_no_page_tells_a_coder_what_others_ruled(given: Given, role: Any) -> None:  # noqa: ANN401 - a role
    blind = client_of(given.desk, role, BLIND)
    every = [one for those in given.addresses().values() for one in those]
    before = seen(blind, every)
    given.rule()
    after = seen(blind, every)
    for address, page in before.items():
        assert after[address] == page, address
    history = seen(blind, ["/history", "/history?before=2000"])
    shown = "".join(text for _, text in (*after.values(), *history.values()))
    shown = re.sub(r"[0-9a-f]{16,}", "", shown)  # an id may hold the figure by chance
    for told in (WHY, f"{FIGURE:,}", str(FIGURE)):
        assert told not in shown, told
    assert not any(OTHER in text for _, text in history.values())
    assert "hidden from you while you code" in history["/history"][1]


def test_the_table_would_show_it(given: Given) -> None:
    """Somebody who does not code the report sees each of the rulings on the same pages."""
    every = [one for those in given.addresses().values() for one in those]
    given.rule()
    told = seen(client_of(given.desk, "coder", OTHER), [*every, "/history"])
    for path in ("/report/", "/incident/", "/incidents", "/export", "/history", "/inbox"):
        shown = " ".join(text for address, (_, text) in told.items() if address.startswith(path))
        assert any(one in shown for one in (WHY, OTHER, f"{FIGURE:,}", str(FIGURE), '"waiting":'))


def test_a_blind_coder_rules_through_no_back_door(given: Given) -> None:
    """Forms that would answer by what others ruled are closed as well."""
    given.rule()
    blind = client_of(given.desk, "editor", BLIND)
    head = given.desk.ledger.head()
    report, claim = given.report, given.claims[0]
    sent = {"expects": "none", "seen": "0.0", "other": given.incidents[0], "claims": given.claims[0]}
    for address in (
        f"/report/{report}/claim/{claim}/accept",
        f"/report/{report}/claim/{claim}/reject",
        f"/report/{report}/claim/{claim}/correct",
        f"/report/{report}/add",
        f"/report/{report}/undo",
        f"/incident/{given.incidents[0]}/split",
        f"/incident/{given.incidents[0]}/merge",
    ):
        answer = blind.post(address, headers=token(blind), data={**sent, "decision": "0" * 64})
        assert answer.status_code in {303, 403}, address
        assert WHY not in answer.text
    assert given.desk.ledger.head() == head


def test_a_closed_report_leads_to_where_it_is_coded(given: Given) -> None:
    """From the inbox and from its own address; a closed incident to the work."""
    blind = client_of(given.desk, "coder", BLIND)
    at = f"/coding/{given.coding}/report/{given.report}"
    rows = {one["report"]: one["coding"] for one in blind.get("/inbox.json").json()["reports"]}
    assert {report: href for report, href in rows.items() if href} == {given.report: at}
    html = {"accept": "text/html"}
    for address, href in ((f"/report/{given.report}", at), (f"/incident/{given.incidents[0]}", "/coding")):
        refused = blind.get(address, headers=html)
        assert refused.status_code == 403
        assert f'<a href="{href}">Go there</a>' in refused.text
    assert blind.get(at).status_code == 200


def test_all_opens_once_every_coder_is_done(given: Given) -> None:
    codings = given.desk.codings
    assert codings is not None
    given.rule()
    blind = client_of(given.desk, "coder", BLIND)
    assert blind.get(f"/report/{given.report}.json").status_code == 403
    codings.finish(given.coding, given.report, BLIND)
    assert blind.get(f"/report/{given.report}.json").status_code == 403
    codings.finish(given.coding, given.report, "Cleo Marsh")
    assert WHY in blind.get(f"/report/{given.report}.json").text
    assert WHY in blind.get("/history.json").text or OTHER in blind.get("/history.json").text
