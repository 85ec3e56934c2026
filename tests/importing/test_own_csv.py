"""What `export --to csv` writes comes back as the same claims."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.adding import Adding
from sayso.export import formats
from sayso.export.writing import Choices
from sayso.exporting import Chosen, dossiers
from sayso.gathering import catch_up
from sayso.ledger import Ledger
from sayso.pages.files import pages
from sayso.records import EVENT_ROW, Given, Span, Trace
from sayso.verifying import recheck
from tests.export.told import ROOT
from tests.importing.tables import BARRACKS, table, taken

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.records import Claim

NAMES = ("dresk-barracks-wire.txt", "dresk-live-ticker.html", "plovdiv-followups.jsonl")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    ledger = Ledger.create(str(tmp_path_factory.mktemp("ours") / "ours.sayso"))
    adding = Adding(ledger, "tests", Given(published="2023-03-15", outlet="=Meridian | Wire"))
    list(adding.add(pages([str(ROOT / "examples" / name) for name in NAMES])))
    catch_up(ledger)
    return ledger


def exported(ledger: Ledger, path: Path, *, with_text: bool) -> Path:
    out = io.BytesIO()
    formats.write("csv", dossiers(ledger, Chosen(with_text=with_text)), out, Choices(names=True, with_text=with_text))
    path.write_bytes(out.getvalue())
    return path


def bare(claim: Claim, *, spans: bool) -> Claim:
    """Return a claim without what a file of claims does not hold."""
    match = replace(claim.place_match, rivals=()) if claim.place_match else None
    kept = replace(claim, id=claim.id[:18], attribution=None, trace=Trace(), place_match=match)
    return kept if spans else replace(kept, start=0, end=0, sentence=Span(0, 0), spans=type(claim.spans)())


@pytest.mark.parametrize("with_text", [True, False])
def test_the_same_claims_come_back(ours: Ledger, tmp_path: Path, *, with_text: bool) -> None:
    path = exported(ours, tmp_path / "claims.csv", with_text=with_text)
    ledger, claims, problems, importing = taken(tmp_path, path, "csv")
    assert not [one for one in problems if one.lost]
    before = {one.claim.id[:18]: one for one in ours.claims()}
    after = {one.claim.id[:18]: one for one in claims}
    assert len(before) > 20
    assert importing.counts.claims == len(claims) == len(list(ours.claims()))
    assert {name: bare(one.claim, spans=with_text) for name, one in after.items()} == {
        name: bare(one.claim, spans=with_text) for name, one in before.items()
    }
    for name, one in after.items():
        assert (one.report.outlet, one.report.published) == (before[name].report.outlet, before[name].report.published)
        if one.claim.spans.victims is not None:
            assert one.sentence
    assert not ledger.verify(recheck=recheck).problems


def test_words_stand_in_their_sentence_where_the_row_gives_it(ours: Ledger, tmp_path: Path) -> None:
    claims = taken(tmp_path, exported(ours, tmp_path / "claims.csv", with_text=False), "csv")[1]
    before = {one.claim.id[:18]: one.sentence for one in ours.claims()}
    same = [one for one in claims if one.sentence.split() == before[one.claim.id[:18]].split()]
    assert len(same) >= len(claims) * 0.9


def test_offsets_that_lie_are_told(ours: Ledger, tmp_path: Path) -> None:
    path = exported(ours, tmp_path / "claims.csv", with_text=True)

    with path.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    rows[0]["start"] = str(int(rows[0]["start"]) + 1)
    rows[1]["end"] = "9" * 9
    rows[2]["harm"] = "bored"
    rows[3]["low"] = "about 12"
    with path.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    _, claims, problems, _ = taken(tmp_path, path, "csv")
    assert len([one for one in problems if one.lost]) == 4
    assert len(claims) == len(rows) - 4


def test_claims_of_one_event_row_that_went_out_are_no_rows_of_events_when_they_come_back(tmp_path: Path) -> None:
    theirs = taken(tmp_path, table(tmp_path / "ged.csv", "ged", [BARRACKS]), "ged")[0]
    catch_up(theirs)
    path = exported(theirs, tmp_path / "claims.csv", with_text=False)
    (tmp_path / "new").mkdir()
    claims = taken(tmp_path / "new", path, "csv")[1]
    assert len(claims) == 4
    assert not [one for one in claims if one.claim.id.startswith(EVENT_ROW)]
