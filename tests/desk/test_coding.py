"""Double coding in the browser: two coders, each blind to the other, and an editor who judges between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from sayso.desk.accounts import Accounts
from sayso.desk.beside import Beside
from sayso.desk.codings import Codings
from sayso.desk.desk import Desk
from sayso.entries import Decision
from tests.desk.conftest import client_of, served, token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page

    from sayso.desk.roles import Role
    from sayso.ledger import Ledger

PASSWORD = "seven herons at dawn"  # noqa: S105 - of accounts that live as long as a test
PEOPLE: dict[str, Role] = {"Ana Ruiz": "admin", "Ben Okoye": "coder", "Cleo Marsh": "coder", "Dan Reed": "coder"}


@pytest.fixture
def team(either_ledger: Ledger, ledger_url: str) -> Iterator[Desk]:
    """A desk over the example reports at which an editor and three coders sign in, on either database."""
    beside = Beside(ledger_url)
    accounts = Accounts(beside)
    for name, role in PEOPLE.items():
        accounts.make(name, role, PASSWORD)
    yield Desk(either_ledger, None, accounts, Codings(beside), ("127.0.0.1", "testserver"))
    beside.close()


def report_with(ledger: Ledger, least: int) -> tuple[str, list[str]]:
    """Return a report with some claims, the fewest that are enough, and the claims in the order of the text."""
    claims: dict[str, list[tuple[int, str]]] = {}
    for kept in ledger.claims():
        claims.setdefault(kept.report.id, []).append((kept.claim.start, kept.claim.id))
    report = min((one for one in claims if len(claims[one]) >= least), key=lambda one: (len(claims[one]), one))
    return report, [claim for _, claim in sorted(claims[report])]


def signed_in(browsing: Callable[..., BrowserContext], address: str, name: str) -> Page:
    page = browsing(locale="en-GB").new_page()
    page.goto(f"{address}/enter")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page


def test_two_people_code_and_a_third_judges(team: Desk, browsing: Callable[..., BrowserContext]) -> None:
    report, claims = report_with(team.ledger, 3)
    with served(team) as address:
        ana, ben, cleo = (signed_in(browsing, address, name) for name in ("Ana Ruiz", "Ben Okoye", "Cleo Marsh"))

        ana.goto(f"{address}/coding")
        ana.get_by_label("What it is called").fill("First round")
        ana.get_by_label("Ben Okoye").check()
        ana.get_by_label("Cleo Marsh").check()
        ana.get_by_label("And reports by their ids").fill(report)
        ana.get_by_role("button", name="Give it out").click()
        assert ana.get_by_role("heading", level=1).inner_text() == "First round"

        for page in (ben, cleo):
            page.goto(f"{address}/coding")
            page.get_by_role("link", name="First round").click()
            page.locator("tbody th a").click()
        for claim in claims:
            ben.locator(f"#claim-{claim}").get_by_role("button", name="The report says this").click()
        cleo.locator(f"#claim-{claims[0]}").get_by_role("button", name="It does not").click()
        second = cleo.locator(f"#claim-{claims[1]}")
        second.get_by_text("Correct", exact=True).click()
        second.get_by_label("Lowest number").fill("1")
        second.get_by_label("Highest number").fill("9999")
        second.get_by_role("button", name="Correct it").click()
        cleo.get_by_role("button", name="Done with this report").click()
        assert "wait for you still" in cleo.get_by_role("heading", level=1).inner_text()
        cleo.go_back()
        for claim in claims[2:]:
            cleo.locator(f"#claim-{claim}").get_by_role("button", name="The report says this").click()
        assert "Cleo" not in ben.locator("main").inner_text()
        for page in (ben, cleo):
            assert not Axe().run(page).response["violations"]
            page.get_by_role("button", name="Done with this report").click()
            assert "You are done" in page.get_by_role("status").first.inner_text()
        before = team.ledger.head().entries

        ana.reload()
        ana.get_by_role("link", name="Judge between them").click()
        assert not Axe().run(ana).response["violations"]
        assert ana.locator("select[name=choice]").count() == 2
        ana.locator("select[name=choice]").first.select_option(label="what Ben Okoye has")
        ana.locator("select[name=choice]").last.select_option(label="what Cleo Marsh has")
        ana.get_by_label("Why").fill("The figure stands in the last line.")
        ana.get_by_role("button", name="Write it into the ledger").click()
        assert ana.url.endswith(f"/report/{report}")
        ana.goto(f"{address}/coding/1/agreement")
        assert "How far coders agree" in ana.get_by_role("heading", level=1).inner_text()
        assert not Axe().run(ana).response["violations"]

    shown = team.ledger.show(report)
    rulings = {kept.claim.id: kept.ruling for kept in shown.claims if kept.ruling is not None}
    assert len(rulings) == len(claims)
    assert {ruling.verdict for ruling in rulings.values()} == {"accepted", "corrected"}
    assert all("Cleo Marsh" in (ruling.why or "") and ruling.by == "Ana Ruiz" for ruling in rulings.values())
    assert team.ledger.head().entries == before + len(claims)
    corrected = next(kept.claim for kept in shown.claims if kept.ruling and kept.ruling.verdict == "corrected")
    assert (corrected.low, corrected.high) == (1, 9999)


@pytest.fixture
def given(team: Desk) -> tuple[Desk, str, list[str]]:
    """Work of one report given to two of the three coders."""
    report, claims = report_with(team.ledger, 2)
    assert team.codings is not None
    team.codings.give_out("First round", [report], ["Ben Okoye", "Cleo Marsh"], "Ana Ruiz", blank=False)
    return team, report, claims


def test_nobody_sees_what_another_makes_of_it(given: tuple[Desk, str, list[str]]) -> None:
    team, report, claims = given
    ben, cleo, dan = (client_of(team, "coder", name) for name in ("Ben Okoye", "Cleo Marsh", "Dan Reed"))
    ana = client_of(team, "admin")
    at = f"/coding/1/report/{report}"
    answer = ben.post(f"{at}/rule", data={"claim": claims[0], "verdict": "reject"}, headers=token(ben))
    assert answer.status_code == 303
    assert ben.get(f"{at}.json").json()["claims"][0]["card"]["state"] == "rejected"
    assert {one["card"]["state"] for one in cleo.get(f"{at}.json").json()["claims"]} == {"waiting"}
    assert dan.get(f"{at}.json").status_code == 404
    assert dan.get("/coding.json").json()["work"] == []
    assert ana.get(f"{at}.json").status_code == 403
    assert ana.get(f"/coding/1/judge/{report}.json").status_code == 409
    assert cleo.get(f"/coding/1/judge/{report}.json").status_code == 403
    refused = dan.post(f"{at}/rule", data={"claim": claims[0], "verdict": "accept"}, headers=token(dan))
    assert refused.status_code == 404


def test_a_ruling_in_the_ledger_does_not_show_through(given: tuple[Desk, str, list[str]]) -> None:
    """What others ruled in the ledger meanwhile is hidden from coders, corrections included."""
    team, report, claims = given
    team.ledger.decide(
        Decision("correct", (claims[0],), "Ana Ruiz", None, {"low": 5, "high": 77, "qualifier": "between"})
    )
    ben = client_of(team, "coder", "Ben Okoye")
    page = ben.get(f"/coding/1/report/{report}.json").json()
    first = next(one for one in page["claims"] if one["card"]["id"] == claims[0])
    assert first["card"]["state"] == "waiting"
    shown = {field["name"]: field["value"] for field in first["form"]["fields"]}
    assert shown["high"] != "77"


def test_what_coders_add_to_the_bare_text_is_one_claim_by_its_words(team: Desk) -> None:
    """Begun without the program's claims, two coders find the same one; in the ledger it is the one that was read."""
    report, claims = report_with(team.ledger, 2)
    kept = next(one for one in team.ledger.show(report).claims if one.claim.id == claims[0])
    assert team.codings is not None
    team.codings.give_out("Bare text", [report], ["Ben Okoye", "Cleo Marsh"], "Ana Ruiz", blank=True)
    at = f"/coding/1/report/{report}"
    at_words = f"{kept.claim.start},{kept.claim.end}"
    new = {"words": kept.claim.text, "words_at": at_words, "harm": kept.claim.harm}
    for name, source in (("Ben Okoye", kept.claim.source or ""), ("Cleo Marsh", "")):
        client = client_of(team, "coder", name)
        assert client.get(f"{at}.json").json()["claims"] == []
        wrong = client.post(f"{at}/add", data={"words": "nine hundred herons", "harm": "killed"}, headers=token(client))
        assert wrong.status_code == 422
        assert client.post(f"{at}/add", data=new | {"source": source}, headers=token(client)).status_code == 303
        assert client.post(f"{at}/done", headers=token(client)).status_code == 303
    ana = client_of(team, "admin")
    page = ana.get(f"/coding/1/judge/{report}.json").json()
    assert [side["differs"] for side in page["sides"]] == [["Who says so"]]
    missing = ana.post(f"/coding/1/judge/{report}", headers=token(ana))
    assert missing.status_code == 422
    chosen = ana.post(f"/coding/1/judge/{report}", data={"choice": ["0:Ben Okoye"]}, headers=token(ana))
    assert chosen.headers["location"] == f"/report/{report}"
    again = ana.post(f"/coding/1/judge/{report}", data={"choice": ["0:Ben Okoye"]}, headers=token(ana))
    assert again.status_code == 409
    ruled = {one.claim.id: one.ruling for one in team.ledger.show(report).claims if one.ruling is not None}
    assert list(ruled) == [claims[0]]


def test_unknown_work_and_reports_are_told(given: tuple[Desk, str, list[str]]) -> None:
    team, report, claims = given
    ben, ana = client_of(team, "coder", "Ben Okoye"), client_of(team, "admin")
    assert ben.get("/coding/99.json").status_code == 404
    assert ben.get("/coding/1/report/r-none.json").status_code == 404
    at = f"/coding/1/report/{report}"
    for field, value in (("low", "many"), ("source", "words that the report does not have"), ("id", "x")):
        data = {"claim": claims[0], field: value}
        assert ben.post(f"{at}/correct", data=data, headers=token(ben)).status_code == 422
    strangers = {"name": "x", "coders": ["Ben Okoye", "Nobody"], "reports": report}
    assert ana.post("/coding", data=strangers, headers=token(ana)).status_code == 422
    nothing = {"name": "x", "coders": ["Ben Okoye", "Cleo Marsh"], "words": "xyzzy"}
    assert ana.post("/coding", data=nothing, headers=token(ana)).status_code == 422
