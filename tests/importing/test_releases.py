"""A later release of a data set takes the place of the earlier one, record by record, and what it changed is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

from sayso.cli import app
from sayso.entries import Decision
from sayso.importing import Importing, Revised
from sayso.ledger import Ledger
from sayso.plain import from_plain
from sayso.problems import Problem
from sayso.records import Claim
from sayso.verifying import recheck
from tests.importing.tables import BARRACKS, MILL, table

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.importing import Format

LANDING = BARRACKS | {"id": 910180, "relid": "VEL-180", "where_coordinates": "Karvina ferry landing", "best": 35}


def taken(ledger: Ledger, path: Path, of: Format, source: str | None = None) -> tuple[Importing, list[Revised]]:
    importing = Importing(ledger, "tests", of, source)
    items = list(importing.add(path))
    assert not [one for one in items if isinstance(one, Problem) and one.lost]
    return importing, [one for one in items if isinstance(one, Revised)]


def figures(ledger: Ledger) -> list[tuple[str, str]]:
    return sorted((one.report.title or "", one.claim.text) for one in ledger.claims())


def test_a_revised_row_takes_the_place_of_the_earlier_one(ledger_url: str, tmp_path: Path) -> None:
    old = table(tmp_path / "ged241.csv", "ged", [BARRACKS, LANDING])
    revised = BARRACKS | {"best": 36, "deaths_b": 31, "source_office": "VEL"}
    new = table(tmp_path / "ged251.csv", "ged", [revised, LANDING, BARRACKS | {"id": 910190, "relid": "VEL-190"}])
    with Ledger.create(ledger_url) as ledger:
        taken(ledger, old, "ged", "UCDP GED 24.1")
        ids = {one.claim.text: one.claim.id for one in ledger.claims() if one.report.title == BARRACKS["relid"]}
        importing, changed = taken(ledger, new, "ged", "UCDP GED 25.1")
        counts = importing.counts
        assert (counts.new, counts.read_again, counts.known) == (1, 1, 1)
        assert [(one.record, one.changes) for one in changed] == [
            ("910177", {"source_office": (None, "VEL"), "deaths_b": ("29", "31"), "best": ("34", "36")})
        ]
        barracks = [one for one in ledger.claims() if one.report.id == changed[0].report]
        assert [one.claim.text for one in barracks] == ["36", "low: 29\nhigh: 100", "31", "3"]
        # A row that is as it was is of the new release as well.
        assert {one.report.outlet for one in ledger.claims()} == {"UCDP GED 25.1"}
        # The same records under the same ids, with the earlier figures in their history.
        assert {one.claim.id for one in barracks} == set(ids.values())
        shown = ledger.show(ids["34"])
        words = [(entry.content or {})["claim"] for entry in shown.entries]
        assert [from_plain(Claim, one).text for one in words] == ["34", "36"]
        assert len(ledger.show(changed[0].report).entries) == 2
        assert not ledger.verify(recheck=recheck).problems
        # What is there is known, whichever way round it comes; and everything is made again from the entries.
        assert taken(ledger, new, "ged", "UCDP GED 25.1")[0].counts.known == 3
        before = figures(ledger)
        ledger.rebuild()
        assert figures(ledger) == before
        dump = list(ledger.dump())
    with Ledger.create(tmp_path / "copy.sayso") as copy:
        assert not copy.load(dump).problems
        assert figures(copy) == before


def test_what_people_ruled_on_a_figure_that_was_revised_is_listed(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger.sayso") as ledger:
        taken(ledger, table(tmp_path / "first.csv", "ged", [BARRACKS]), "ged")
        ids = {one.claim.text: one.claim.id for one in ledger.claims()}
        ledger.decide(Decision("reject", (ids["34"],), "Ana Ruiz", "Counted twice"))
        kept = ledger.decide(Decision("accept", (ids["3"],), "Ana Ruiz"))
        taken(ledger, table(tmp_path / "second.csv", "ged", [BARRACKS | {"best": 36}]), "ged")
        rulings = {one.claim.text: one.ruling for one in ledger.claims()}
        assert rulings["36"] is None
        assert rulings["3"] is not None
        assert rulings["3"].at == kept.at
        assert [(one.claim, one.reason) for one in ledger.unfitting()] == [(ids["34"], "other-words")]


def test_data_sets_of_other_names_stand_beside_each_other(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger.sayso") as ledger:
        path = table(tmp_path / "acled.csv", "acled", [MILL])
        taken(ledger, path, "acled")
        taken(ledger, path, "acled", "Partner's copy")
        assert len(list(ledger.claims())) == 2
        assert taken(ledger, path, "acled", "acled 2024")[0].counts.known == 1


def test_the_command_says_what_a_release_changed(tmp_path: Path) -> None:
    def run(*arguments: object) -> str:
        done = CliRunner().invoke(app, list(map(str, arguments)), env={"SAYSO_LEDGER": str(tmp_path / "l.sayso")})
        assert done.exit_code == 0, done.output
        return done.stdout

    run("init")
    run("import", "--from", "ged", table(tmp_path / "first.csv", "ged", [BARRACKS]))
    second = table(tmp_path / "second.csv", "ged", [BARRACKS | {"best": 36}])
    third = table(tmp_path / "third.csv", "ged", [BARRACKS | {"best": 37, "source_original": ""}])
    told = run("import", "--from", "ged", second)
    assert told.startswith("0 records imported, 1 revised, 0 already there, 4 claims.")
    assert "910177 (r-" in told
    assert "best 34 to 36" in told
    found: dict[str, Any] = json.loads(run("import", "--from", "ged", third, "--json"))
    (one,) = found["revised"]
    assert one["changes"] == {"source_original": ["Velmora's Defence Ministry", None], "best": ["36", "37"]}
    assert len(run("incidents", "--json").splitlines()) == 1
