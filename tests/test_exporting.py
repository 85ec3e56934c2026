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
from sayso.gathering import catch_up
from sayso.gathering.wanting import wanted
from sayso.ledger import Ledger, LedgerError
from sayso.pages.files import pages
from sayso.problems import UsageError
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
        catch_up(made)
        yield made


def test_every_claim_comes_once(ledger: Ledger) -> None:
    found = list(dossiers(ledger))
    claims = [one.claim.id for dossier in found for one in dossier.claims]
    assert sorted(claims) == sorted(one.claim.id for one in ledger.claims())
    assert {one.incident.scope for one in found if one.incident} == {"event", "period"}


def test_rivals_of_one_strike_stand_in_one_incident_with_its_name(ledger: Ledger) -> None:
    found = list(dossiers(ledger, Chosen(wanted(place="dresk"), policy="ucdp-best-low-high")))
    strike = max(found, key=lambda one: len(one.claims))
    assert strike.incident is not None
    assert "Dresk" in strike.incident.name
    assert strike.incident.contested
    assert len({one.source.name for one in strike.claims if one.source and one.source.body}) >= 2
    assert {toll.policy for toll in strike.tolls} == {"ucdp-best-low-high"}
    decided = {one for toll in strike.tolls for one in toll.decided}
    assert decided
    assert decided <= {one.claim.id for one in strike.claims}


def test_incidents_are_chosen_by_id_or_by_what_is_asked_of_lists(ledger: Ledger) -> None:
    fires = list(dossiers(ledger, Chosen(wanted(place="plovdiv", since="2024-01-01", harm="missing"))))
    assert fires
    first = fires[0].incident
    assert first is not None
    (alone,) = dossiers(ledger, Chosen(ids=(first.id[:8], fires[0].claims[0].claim.id)))
    assert alone.incident == first
    with pytest.raises(LedgerError):
        list(dossiers(ledger, Chosen(ids=("i-none",))))
    with pytest.raises(UsageError):
        list(dossiers(ledger, Chosen(policy="none")))


def test_people_named_elsewhere_in_the_report_are_named_nowhere(ledger: Ledger) -> None:
    for name in ("csv", "jsonl", "html", "prov"):
        out = io.BytesIO()
        formats.write(name, dossiers(ledger, Chosen(with_text=True)), out)
        assert b"Kostova" not in out.getvalue()
        assert MASK.encode() in out.getvalue()


def test_whole_texts_come_when_asked_for(ledger: Ledger) -> None:
    texts = dict(next(iter(dossiers(ledger, Chosen(with_text=True)))).texts)
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
        catch_up(ruled)
        ruled.decide(Decision("reject", (claim.claim.id,), "A. Reader", "misread"))
        catch_up(ruled)
        out = io.BytesIO()
        formats.write("jsonl", dossiers(ruled), out)
        lines = map(json.loads, out.getvalue().decode().splitlines())
        rulings = {one["id"]: one["ruling"] for line in lines for one in line["claims"]}
        assert rulings[claim.claim.id]["verdict"] == "rejected"
        assert rulings[claim.claim.id]["why"] == "misread"
