"""The page of one incident, and what people rule on incidents."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from sayso.desk import assets
from sayso.desk.desk import Desk
from sayso.desk.roles import Person
from sayso.export import svg
from sayso.gathering import catch_up, rulings
from sayso.gathering.asking import dossier, listed
from sayso.gathering.wanting import wanted
from sayso.reconcile import POLICIES
from sayso.tolling import counted
from tests.desk.conftest import client_of, token

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from playwright.sync_api import Page

    from sayso.events import Incident
    from sayso.ledger import Ledger


@pytest.fixture
def two(ledger: Ledger) -> tuple[Incident, Incident]:
    """The two incidents with the most claims."""
    return _two(ledger)


def _two(ledger: Ledger) -> tuple[Incident, Incident]:
    catch_up(ledger)
    found = sorted((one.incident for one in listed(ledger, wanted())), key=lambda one: (-len(one.claims), one.id))
    return found[0], found[1]


def _page(client: TestClient, incident: str, query: str = "") -> Any:  # noqa: ANN401 - JSON
    answer = client.get(f"/incident/{incident}.json{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def _post(client: TestClient, incident: str, what: str, **fields: object) -> str:
    seen = fields.pop("seen", None) or _page(client, incident)["seen"]
    answer = client.post(f"/incident/{incident}/{what}", headers=token(client), data={"seen": seen, **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_every_claim_is_shown_by_its_source_with_its_words(client: TestClient, ledger: Ledger) -> None:
    """Nothing that an incident rests on is left out, and each claim leads to its place in its report."""
    catch_up(ledger)
    for one in listed(ledger, wanted()):
        page = _page(client, one.incident.id)
        said = [claim for source in page["sources"] for claim in source["said"]]
        prints = [again["claim"] for claim in said for again in claim["prints"]]
        assert sorted([claim["id"] for claim in said] + prints) == sorted(one.incident.claims)
        kept = {kept.claim.id: kept for kept in dossier(ledger, one.incident.id).dossier.claims}
        for claim in said:
            assert claim["href"] == f"/report/{kept[claim['id']].report.id}#claim-{claim['id']}"
            assert claim["words"]
        html = client.get(f"/incident/{one.incident.id}").text
        assert all(f'id="claim-{claim["id"]}"' in html for claim in said)
        assert html.count('<svg xmlns="http://www.w3.org/2000/svg"') >= 2 * len(page["ladders"])


def test_tolls_are_those_of_the_rules(client: TestClient, ledger: Ledger, two: tuple[Incident, Incident]) -> None:
    """Every number of every rule that the page shows is the rule's own."""
    for one in two:
        made = counted(dossier(ledger, one.id).dossier, POLICIES).tolls
        own = {(toll.policy, toll.harm, toll.low, toll.best, toll.high) for toll in made}
        tables = _page(client, one.id)["tolls"]
        shown = {
            (count["policy"], table["harm"], count["low"], count["best"], count["high"])
            for table in tables
            for count in table["counts"]
        }
        assert shown
        assert shown <= own
        assert {(toll.policy, toll.harm) for toll in made} == {(policy, harm) for policy, harm, *_ in shown}
        assert all(count["reason"] for table in tables for count in table["counts"])


def test_names_of_people_harmed_are_masked(client: TestClient, desk: Desk, ledger: Ledger) -> None:
    """Nobody who was harmed is named until the person who looks asks for it."""
    catch_up(ledger)
    for session in desk.sessions._sessions.values():  # noqa: SLF001 - the one session of this desk
        pages = [client.get(f"/incident/{one.incident.id}").text for one in listed(ledger, wanted())]
        assert any("[name left out]" in page for page in pages)
        session.names = True
        pages = [client.get(f"/incident/{one.incident.id}").text for one in listed(ledger, wanted())]
        assert not any("[name left out]" in page for page in pages)


def test_an_incident_goes_by_the_id_of_a_claim(client: TestClient, two: tuple[Incident, Incident]) -> None:
    """Whoever has a claim finds its incident."""
    assert _page(client, two[0].claims[0])["id"] == two[0].id
    assert client.get("/incident/i-00000000.json").status_code == 404
    assert client.get(f"/incident/{two[0].id}/export?format=html").headers["content-disposition"].endswith('html.html"')
    assert client.get("/incident/i-00000000/export?format=html").status_code == 404


def test_a_total_goes_by_the_id_of_a_claim(either_ledger: Ledger) -> None:
    """Whoever has a claim of a total over a period finds it, as with an incident; on both databases."""
    catch_up(either_ledger)
    totals = [one.incident for one in listed(either_ledger, wanted(totals=True))]
    client = client_of(Desk(either_ledger, Person("Ana Ruiz", "admin"), hosts=("testserver",)))
    assert totals
    for one in totals:
        page = _page(client, one.claims[-1])
        assert (page["id"], page["period"], page["may_rule"]) == (one.id, True, False)


def test_a_merge_is_made_and_taken_back(either_ledger: Ledger) -> None:
    """Two incidents become one, and are two again once the ruling is taken back."""
    first, second = _two(either_ledger)
    client = client_of(Desk(either_ledger, Person("Ana Ruiz", "admin"), hosts=("testserver",)))
    where = _post(client, first.id, "merge", other=f"http://127.0.0.1:8631/incident/{second.id}", why="One strike.")
    page = _page(client, where.rpartition("/")[2])
    assert page["claims"] == len(first.claims) + len(second.claims)
    (ruling,) = page["history"]
    assert (ruling["by"], ruling["why"], ruling["withdrawn_by"]) == ("Ana Ruiz", "One strike.", None)
    assert any(join["by"] == "Ana Ruiz" for join in page["joins"])
    _post(client, page["id"], "withdraw", decision=ruling["id"], why="Two strikes after all.")
    assert sorted(_page(client, one.id)["claims"] for one in (first, second)) == sorted(
        len(one.claims) for one in (first, second)
    )
    (taken,) = _page(client, first.id)["history"]
    assert taken["withdrawn_by"] == "Ana Ruiz"
    assert [one["id"] for one in taken["others"]] == [second.id]


def test_claims_are_split_off_and_moved_back(client: TestClient, two: tuple[Incident, Incident]) -> None:
    """What is ticked goes, the rest stays; and each ruling stands in the history of both."""
    one = max(two, key=lambda incident: len(incident.claims))
    claims = list(one.claims[-2:])
    where = _post(client, one.id, "split", claims=claims, why="An hour later.")
    left = _page(client, where.rpartition("/")[2])
    apart = _page(client, claims[0])
    assert apart["claims"] == 2
    assert {_page(client, claim)["id"] for claim in one.claims if claim not in claims}.isdisjoint({apart["id"]})
    assert [ruling["why"] for ruling in apart["history"]] == ["An hour later."]
    assert [ruling["why"] for ruling in left["history"]] == ["An hour later."]
    _post(client, apart["id"], "move", claims=claims[:1], other=left["id"])
    assert _page(client, claims[0])["id"] == left["id"]
    assert _page(client, claims[1])["id"] != left["id"]


def test_who_rules_second_is_shown_what_the_first_did(
    desk: Desk, ledger: Ledger, two: tuple[Incident, Incident]
) -> None:
    """Nothing is written over another's ruling, and what the second had filled in is not lost."""
    ana, ben = client_of(desk, "editor", "Ana Ruiz"), client_of(desk, "editor", "Ben Okoro")
    seen = _page(ben, two[1].id)["seen"]
    _post(ana, two[0].id, "merge", other=two[1].id)
    head = ledger.head()
    claims = list(two[1].claims[:2])
    where = _post(ben, two[1].id, "split", seen=seen, claims=claims, first=two[1].claims[0], why="By the hour.")
    assert ledger.head() == head
    page = ben.get(where).text
    assert "Nothing was written" in page
    assert "By the hour." in page
    assert page.count("checked") == len(claims)
    _, _, query = where.partition("?")
    now = _page(ben, two[1].claims[0], f"?{query}")
    assert now["draft"] == {"why": "By the hour.", "claims": claims, "other": ""}
    assert now["history"][0]["by"] == "Ana Ruiz"


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("merge", {"other": ""}),
        ("merge", {"other": "i-00000000"}),
        ("split", {}),
        ("split", {"claims": ["c-none"]}),
        ("move", {"claims": [], "other": ""}),
        ("withdraw", {"decision": "0" * 64}),
    ],
)
def test_rulings_that_make_no_sense_are_refused(
    client: TestClient, ledger: Ledger, two: tuple[Incident, Incident], what: str, fields: dict[str, object]
) -> None:
    """Each with what is wrong and what to do, and nothing is written."""
    head, seen = ledger.head(), _page(client, two[0].id)["seen"]
    sent = {"seen": seen, **fields}
    told = client.post(f"/incident/{two[0].id}/{what}", headers=token(client), data=sent)
    assert told.status_code in {404, 422}
    assert told.json()["what"]
    assert ledger.head() == head


def test_what_was_filled_in_is_shown_again(client: TestClient, two: tuple[Incident, Incident]) -> None:
    """With what is wrong, where a person forgot something: the claims that they ticked stay ticked."""
    claims = list(two[0].claims[:3])
    sent = {"seen": _page(client, two[0].id)["seen"], "claims": claims, "why": "An hour <later>."}
    answer = client.post(f"/incident/{two[0].id}/move", headers=token(client) | {"Accept": "text/html"}, data=sent)
    assert answer.status_code == 422
    assert "Nothing was written: Say which other incident is meant" in answer.text
    assert answer.text.count(" checked") == len(claims)
    assert "An hour &lt;later&gt;." in answer.text


def test_a_reader_sees_no_forms_and_a_coder_cannot_rule(desk: Desk, two: tuple[Incident, Incident]) -> None:
    """Rulings on incidents are an editor's."""
    reader = client_of(desk, "reader", "A Reader")
    assert not _page(reader, two[0].id)["may_rule"]
    assert 'id="rule"' not in reader.get(f"/incident/{two[0].id}").text
    coder = client_of(desk, "coder", "A Coder")
    sent = {"seen": _page(coder, two[0].id)["seen"], "other": two[1].id}
    assert coder.post(f"/incident/{two[0].id}/merge", headers=token(coder), data=sent).status_code == 403


def test_two_incidents_are_merged_and_parted_by_keyboard(
    window: Page, address: str, ledger: Ledger, two: tuple[Incident, Incident]
) -> None:
    """One fills in the other incident, merges by the Enter key on its button, and takes it back again."""
    window.goto(f"{address}/incident/{two[0].id}")
    window.get_by_label("The other incident").fill(two[1].id)
    window.get_by_label("Reason").last.fill("One strike.")
    window.get_by_role("button", name="Merge with the other").focus()
    window.keyboard.press("Enter")
    window.get_by_text("They are one incident now.").wait_for()
    with ledger.shelf() as shelf:
        (made,) = rulings.ruled_on(shelf, dossier(ledger, two[0].claims[0]).incident)
    assert made.decision.why == "One strike."
    window.get_by_role("button", name="Take back").focus()
    window.keyboard.press("Enter")
    window.get_by_text("The ruling was taken back.").wait_for()
    picked = window.locator('input[name="claims"]').first
    picked.focus()
    window.keyboard.press("Space")
    window.get_by_role("button", name="Split the ticked claims off").focus()
    window.keyboard.press("Enter")
    window.get_by_text("They are an incident of their own now.").wait_for()


@pytest.mark.parametrize("name", [assets.PICTURES, assets.OUTLINES])
def test_what_exports_carry_is_served_from_there(client: TestClient, name: str) -> None:
    """The colours of pictures and the outlines of land are kept once."""
    answer = client.get(assets.asset(name).href)
    atlas = files("sayso.export") / "atlas" / "countries-110m.json"
    assert answer.text == (svg.STYLE if name == assets.PICTURES else atlas.read_text(encoding="utf-8"))
    assert "immutable" in answer.headers["cache-control"]
