"""Names of people harmed are hidden until somebody asks: on every page, in its title and its twin, in every file.

Only the text of a report and the words of its original stand as they were published. A page that is not in the table
of `every_page.py` fails a test there, so that new pages are thought of.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

from sayso.desk.codings import Code
from sayso.entries import Decision
from sayso.export.formats import FORMATS
from sayso.gathering import catch_up, rulings
from sayso.gathering.asking import incident_of_claim, listed
from sayso.gathering.wanting import wanted
from sayso.records import Claim, Evidence, Page, Reading, Report, Span
from tests.desk.conftest import client_of, token
from tests.desk.every_page import addresses, seen
from tests.desk.test_coding import team

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.desk.desk import Desk

__all__ = ["team"]

NAMES = re.compile(r"moss|quint|henn", re.IGNORECASE)
TEXT = (
    "Ilan Moss, 34, was killed when a wall fell in Ostrel on Monday, a hospital said.\n\n"
    "Two brothers, Dario and Teo Quint, were injured, police said.\n\n"
    "Three people were killed, said Rosalba Henn, who was wounded.\n\n"
)
AGAIN = "A hospital said that nine people were killed in Ostrel on Monday, and Ilan Moss, 34, was one of them."
URL = "https://herald.example/2023/05/ilan-moss-killed"
WHY = "Rosalba Henn and Teo Quint are told of by both"


def claim(text: str, words: str, source: str | None, **known: Any) -> Claim:  # noqa: ANN401 - fields of a claim
    """Return a claim of the text, with the words of a sentence around it."""
    start = text.index(words)
    begin, end = text.rfind("\n", 0, start) + 1, text.find(".", start) + 1
    at = None if source is None else Span(text.index(source), text.index(source) + len(source))
    made = Claim(f"c-{start:04}-{len(text)}", start, start + len(words), words, "killed", "count", 1, 1, "exact", None)
    around = {"place": "Ostrel", "country": "VM", "date_from": "2023-05-01", "date_to": "2023-05-01"}
    there = Span(text.index("Ostrel"), text.index("Ostrel") + len("Ostrel"))
    spans = Evidence(source=at, place=there)
    named = {"source": source, "sentence": Span(begin, end), "spans": spans, "confidence": 0.6}
    return replace(made, **{**around, **named, **known})


def kept(desk: Desk, text: str, url: str, claims: list[Claim], **known: Any) -> tuple[str, list[str]]:  # noqa: ANN401 - fields of a report
    """Keep a web page with a reading of it, and return the ids of its report and of its claims."""
    body = f"<html><head><title>{known['title']}</title></head><body><p>{text}</p></body></html>"
    page = Page(body.encode(), url.rpartition("/")[2] + ".html", "text/html", url=url)
    report = Report(f"r-{len(text)}", text, url=url, published="2023-05-02", page_sha256=page.sha256, **known)
    (added,) = desk.ledger.add([(page, Reading(report, tuple(claims), program="by hand", model="none"))], "sayso tests")
    found = [one.claim.id for one in desk.ledger.claims() if one.report.id == added.report]
    return str(added.report), found


@pytest.fixture
def told(team: Desk) -> Iterator[tuple[Desk, str, list[str]]]:
    """A desk over reports that name people harmed everywhere, with everything that people write about them."""
    ledger, codings = team.ledger, team.codings
    assert codings is not None
    first = [
        claim(TEXT, "Ilan Moss, 34", "a hospital", kind="individual"),
        claim(TEXT, "Two brothers, Dario and Teo Quint", "police", harm="injured", low=2, high=2),
        claim(TEXT, "Three people", "Rosalba Henn", low=3, high=3),
        claim(TEXT, "Rosalba Henn", None, kind="individual", harm="injured"),
    ]
    report, claims = kept(team, TEXT, URL, first, title="Ilan Moss, 34, dies as wall falls on Quint brothers")
    second = [claim(AGAIN, "nine people", "A hospital", low=9, high=9)]
    second.append(claim(AGAIN, "Ilan Moss, 34", "A hospital", kind="individual"))
    other, _ = kept(team, AGAIN, "https://post.example/moss", second, title="Moss: nine dead", outlet="Post")
    catch_up(ledger)
    ledger.decide(Decision("accept", (claims[0],), "Dan Reed", "Ilan Moss is meant."))
    sets = {"victims": "brothers, Dario and Teo Quint", "low": 3, "high": 3, "qualifier": "exact"}
    ledger.decide(Decision("correct", (claims[1],), "Dan Reed", "Teo Quint has another name.", sets))
    with ledger.shelf() as shelf:
        here = incident_of_claim(shelf, claims[0])
        away = next(one.incident.id for one in listed(ledger, wanted()) if one.incident.id != here)
        ruling = rulings.merge(shelf, [str(here), away], "Dan Reed", WHY)
    ledger.decide(ruling)
    catch_up(ledger)
    coders = ["Ben Okoye", "Cleo Marsh"]
    for name in ("Done", "Open"):
        codings.give_out(name, [report, other], coders, "Ana Ruiz", blank=False)
    for coder in coders:
        for one in claims:
            codings.code(1, report, coder, Code(one, "accept", {}))
    cleo = client_of(team, "coder", "Cleo Marsh")
    corrected = {"claim": claims[1], "victims": "Dario and Teo Quint", "low": "2", "high": "2"}
    answer = cleo.post(f"/coding/1/report/{report}/correct", headers=token(cleo), data=corrected)
    assert answer.status_code == 303, answer.text
    for coder in coders:
        codings.finish(1, report, coder)
    team.intake.file(
        ledger, "ilan moss, 34, dies.txt", b"Ilan Moss, 34, was killed in Ostrel, police said.", "Ana Ruiz"
    )
    while any(one.state in {"waiting", "reading"} for one in team.intake.all()):
        pass
    yield team, report, claims
    team.intake.close()


def said(address: str, text: str) -> str:
    """Return what the desk itself says on a page, without the text of the report and its original."""
    if ".json" in address and text.startswith("{"):
        page = json.loads(text)
        return json.dumps({key: value for key, value in page.items() if key not in {"paragraphs", "blocks"}})
    without = re.sub(r'<div class="words" id="words".*?</div>', "", text, flags=re.DOTALL)
    return re.sub(r'<div class="words shown">.*?</div>', "", without, flags=re.DOTALL)


def every_address(desk: Desk, report: str, claims: list[str], coding: int) -> list[str]:
    with desk.ledger.shelf() as shelf:
        homes = [incident_of_claim(shelf, one) for one in claims]
    incidents = [one for one in dict.fromkeys(homes) if one is not None]
    found = addresses(desk, report, claims, incidents, coding)
    corrections = [f"/report/{report}/claim/{one}/correct" for one in claims]
    files = [
        f"{path}format={one.name}" for one in FORMATS for path in ("/export?", f"/incident/{incidents[0]}/export?")
    ]
    return [*(one for those in found.values() for one in those), *corrections, *files, "/history", "/verify"]


def test_no_page_and_no_file_names_people_who_came_to_harm(told: tuple[Desk, str, list[str]]) -> None:
    desk, report, claims = told
    shown: dict[str, str] = {}
    for name, role, coding in (("Ana Ruiz", "admin", 1), ("Ben Okoye", "coder", 2)):
        client = client_of(desk, role, name)  # type: ignore[arg-type] # a role
        asked = every_address(desk, report, claims, coding)
        shown |= {f"{name} {one}": said(one, text) for one, (_, text) in seen(client, asked).items()}
    leaks = {one: NAMES.findall(text) for one, text in shown.items() if NAMES.search(text)}
    assert not leaks
    assert sum("[name left out]" in text for text in shown.values()) > 20


def test_they_are_there_once_somebody_asks(told: tuple[Desk, str, list[str]]) -> None:
    """So that the test above would find them: on the page of the report, its claims, its incident and in files."""
    desk, report, claims = told
    client = client_of(desk, "admin")
    assert client.post("/names", headers=token(client), data={"show": "yes"}).status_code == 303
    shown = {one: said(one, text) for one, (_, text) in seen(client, every_address(desk, report, claims, 1)).items()}
    assert not [one for one, text in shown.items() if "[name left out]" in text]
    for path in ("/inbox", "/report/", "/incident/", "/source/", "/sources", "/history", "/export", "/coding/1/judge"):
        assert any(NAMES.search(text) for one, text in shown.items() if one.startswith(path)), path


def test_a_table_of_columns_leaves_them_out(told: tuple[Desk, str, list[str]]) -> None:
    """Parquet is packed, so that names could not be seen in its bytes."""
    client = client_of(told[0], "reader", "Ana Ruiz")
    table = pq.read_table(BytesIO(client.get("/export?format=parquet").content))
    assert table.num_rows > 4
    assert not NAMES.search(str(table.to_pylist()))


def test_what_is_told_after_a_ruling_leaves_them_out(told: tuple[Desk, str, list[str]]) -> None:
    """The line on the next page, what came in between, and what a judge's ruling says of each coder."""
    desk, report, claims = told
    ana = client_of(desk, "admin")
    page = {"accept": "text/html"}

    def post(path: str, **fields: object) -> str:
        answer = ana.post(path, headers=token(ana) | page, data=fields)
        return answer.text if answer.status_code != 303 else ana.get(answer.headers["location"], headers=page).text

    at = f"/report/{report}/claim/{claims[0]}"
    assert not NAMES.search(said("", post(f"{at}/reject", expects="none", why="")))
    stale = post(f"{at}/correct", expects="none", means="a wall", source="a hospital")
    assert "while you looked" in stale
    assert not NAMES.search(said("", stale))
    last = ana.get(f"{at}.json").json()["claim"]["last"]
    assert "Accepted: " in (done := post(f"{at}/accept", expects=last))
    assert not NAMES.search(said("", done))
    choices = ["1:Cleo Marsh"]
    assert "rulings are written" in (done := post(f"/coding/1/judge/{report}", choice=choices))
    assert not NAMES.search(said("", done))
    (judged, *_) = [one for one in desk.ledger.decisions() if one.by == "Ana Ruiz" and "Cleo" in (one.why or "")]
    assert not any(NAMES.search(one.why or "") for one in desk.ledger.decisions() if one.by == "Ana Ruiz")
    assert judged.why


def test_a_form_that_hides_a_name_rules_nothing_by_that(told: tuple[Desk, str, list[str]]) -> None:
    """What was masked and left alone is no part of the correction, with the form's own values and without."""
    desk, report, claims = told
    ana = client_of(desk, "admin")
    at = f"/report/{report}/claim/{claims[2]}"
    form = ana.get(f"{at}/correct.json").json()["form"]
    fields = {one["name"]: one["value"] for one in form["fields"]}
    assert "[name left out]" in fields["source"]
    for was in (form["was"], ""):
        last = ana.get(f"{at}.json").json()["claim"]["last"]
        number = "4" if was else "5"
        sent = {**fields, "was": was, "low": number, "high": number, "expects": last}
        answer = ana.post(f"{at}/correct", headers=token(ana), data=sent)
        assert answer.status_code == 303, answer.text
    (one,) = [kept.claim for kept in desk.ledger.claims() if kept.claim.id == claims[2]]
    assert (one.low, one.source) == (5, "Rosalba Henn")
