"""From a real ledger to dossiers: pages read, kept, put together, and given out."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sayso.adding import Adding
from sayso.entries import Decision
from sayso.export import formats
from sayso.export.withheld import MASK
from sayso.exporting import Chosen, dossiers
from sayso.ledger import Ledger
from sayso.pages.files import pages
from sayso.records import Given

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = ("dresk-barracks-wire.txt", "dresk-live-ticker.html", "plovdiv-dye-works-fire.html", "plovdiv-followups.jsonl")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    place = tmp_path_factory.mktemp("ledger") / "dresk.sayso"
    given = Given(outlet="Meridian Wire", published="2023-03-15")
    with Ledger.create(place) as made:
        for name in NAMES:
            list(Adding(made, "sayso", given if name.endswith(".txt") else Given()).add(pages([str(EXAMPLES / name)])))
        yield made


def test_every_claim_comes_once(ledger: Ledger) -> None:
    found = list(dossiers(ledger))
    claims = [one.claim.id for dossier in found for one in dossier.claims]
    assert sorted(claims) == sorted(one.claim.id for one in ledger.claims())
    days = [one.incident.date_from or one.incident.date_to or "9999" for one in found if one.incident]
    assert days == sorted(days)


def test_rivals_of_one_strike_stand_in_one_incident_with_its_name(ledger: Ledger) -> None:
    found = [one for one in dossiers(ledger, Chosen(since="2023-03-14", until="2023-03-14")) if one.incident]
    strike = max(found, key=lambda one: len(one.claims))
    assert strike.incident is not None
    assert "Dresk" in strike.incident.name
    assert strike.incident.contested
    sources = {one.source.name for one in strike.claims if one.source and one.source.body}
    assert len(sources) >= 2


def test_filters_are_asked_together(ledger: Ledger) -> None:
    fire = list(dossiers(ledger, Chosen(countries=("BG",), since="2024-01-01", harms=("missing",))))
    assert fire
    assert all(one.incident and one.incident.country == "BG" and "missing" in one.incident.figures for one in fire)
    first = fire[0].incident
    assert first is not None
    (alone,) = dossiers(ledger, Chosen(incidents=(first.id[:6],)))
    assert alone.incident == first
    assert all(one.incident and one.incident.contested for one in dossiers(ledger, Chosen(contested=True)))


def test_people_named_elsewhere_in_the_report_are_named_nowhere(ledger: Ledger) -> None:
    for name in ("csv", "jsonl", "html", "prov"):
        out = io.BytesIO()
        formats.write(name, dossiers(ledger, with_text=True), out)
        assert b"Kostova" not in out.getvalue()
        assert MASK.encode() in out.getvalue()


def test_whole_texts_come_when_asked_for(ledger: Ledger) -> None:
    texts = dict(next(iter(dossiers(ledger, with_text=True))).texts)
    assert texts
    shown = {one: ledger.show(one).report for one in texts}
    assert all(report and report.text == texts[one] for one, report in shown.items())
    assert not next(iter(dossiers(ledger))).texts


def test_the_same_ledger_gives_the_same_bytes(ledger: Ledger) -> None:
    written = []
    for _ in range(2):
        out = io.BytesIO()
        formats.write("jsonl", dossiers(ledger), out)
        written.append(out.getvalue())
    assert written[0] == written[1]


def test_what_people_ruled_goes_out(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ruled.sayso") as ruled:
        list(Adding(ruled, "sayso", Given()).add(pages([str(EXAMPLES / "plovdiv-dye-works-fire.html")])))
        claim = next(iter(ruled.claims()))
        ruled.decide(Decision("reject", (claim.claim.id,), "A. Reader", "misread"))
        out = io.BytesIO()
        formats.write("jsonl", dossiers(ruled), out)
        lines = map(json.loads, out.getvalue().decode().splitlines())
        rulings = {one["id"]: one["ruling"] for line in lines for one in line["claims"]}
        assert rulings[claim.claim.id]["verdict"] == "rejected"
        assert rulings[claim.claim.id]["why"] == "misread"
