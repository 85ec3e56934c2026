"""`sayso import` and `sayso compare`: a GED row joins what our own reports tell of the same strike."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from tests.importing.tables import BARRACKS, MILL, table
from tests.incident.told_set import told

if TYPE_CHECKING:
    from pathlib import Path

GED = "UCDP GED 24.1"
LANDING = BARRACKS | {
    "id": 910180,
    "relid": "VEL-2023-1-80-1",
    "where_coordinates": "Karvina ferry landing",
    "adm_1": "Lower Ister",
    "latitude": 45.2,
    "longitude": 28.8,
    "date_start": "2023-07-02",
    "date_end": "2023-07-02",
    "source_article": '"The Lantern,2023-07-03,Four die at the landing"',
    "deaths_b": 0,
    "deaths_civilians": 4,
    "deaths_unknown": 0,
    "best": 4,
    "low": 4,
    "high": 4,
}


class Desk:
    """The program with a ledger, run within this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: object, code: int = 0) -> str:
        """Run a command that must leave with `code`; return what it wrote to standard output."""
        variables = {"SAYSO_LEDGER": str(self.folder / "ledger.sayso"), "COLUMNS": "80"}
        done = CliRunner().invoke(app, list(map(str, arguments)), env=variables)
        assert done.exit_code == code, done.output
        return done.output if code else done.stdout

    def compared(self, *arguments: object) -> dict[str, Any]:
        """Return a comparison."""
        found: dict[str, Any] = json.loads(self("compare", *arguments, "--json"))
        return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = Desk(tmp_path_factory.mktemp("desk"))
    keys = ("id", "text", "title", "url", "outlet", "published", "language")
    reports = [one.report for one in told().part(heldout=False).reports if one.report.id.startswith("dresk-")]
    lines = [json.dumps({key: getattr(one, key) for key in keys}) for one in reports]
    (made.folder / "told.jsonl").write_text("\n".join(lines), encoding="utf-8")
    made("init")
    made("add", made.folder / "told.jsonl")
    rows = table(made.folder / "ged.csv", "ged", [BARRACKS, LANDING])
    assert "2 records imported" in made("import", "--from", "ged", "--source", GED, rows)
    return made


@pytest.mark.parametrize("policy", ["as-said", "ucdp-best-low-high", "acled-conservative", "ecc-range"])
def test_the_best_number_of_a_record_is_its_own_under_every_rule(desk: Desk, policy: str) -> None:
    (both,) = desk.compared(GED, "--policy", policy)["both"]
    assert both["theirs"]["killed"]["best"] == BARRACKS["best"] == 34


def test_a_record_of_ucdp_goes_out_with_the_numbers_that_it_came_with(tmp_path: Path) -> None:
    alone = Desk(tmp_path)
    alone("init")
    alone("import", "--from", "ged", "--source", GED, table(tmp_path / "ged.csv", "ged", [BARRACKS, LANDING]))
    rows = list(csv.DictReader(io.StringIO(alone("export", "--to", "ged", "-"))))
    kept = ("best", "low", "high", "latitude", "where_prec", "date_prec", "country_id", "deaths_civilians")
    found = {row["where_coordinates"]: [float(row[name]) for name in kept] for row in rows}
    for record in (BARRACKS, LANDING):
        assert found[record["where_coordinates"]] == [record[name] for name in kept]


def test_a_row_of_ged_joins_the_incident_that_our_reports_tell(desk: Desk) -> None:
    (both,) = desk.compared(GED)["both"]
    assert "Dresk" in both["name"]
    theirs = both["theirs"]["killed"]
    assert (theirs["low"], theirs["best"], theirs["high"]) == (29, 34, 100)
    assert both["ours"]["killed"]["low"] == 29, "the ministry raised its 17 to 29"
    assert both["ours"]["killed"]["high"] is None, "more than a hundred soldiers are more than a hundred people"
    assert "injured" not in both["theirs"]
    assert (both["days"], both["theirs"]["reports"]) == (0, 1)


def test_what_one_side_alone_tells_stands_apart(desk: Desk) -> None:
    found = desk.compared(GED)
    (alone,) = found["theirs_alone"]
    assert "Karvina" in alone["name"]
    assert all("ours" in one and "theirs" not in one for one in found["ours_alone"])
    assert len(found["ours_alone"]) > 1
    incidents = [json.loads(line)["id"] for line in desk("incidents", "--json").splitlines()]
    told_of = [one["incident"] for part in ("both", "theirs_alone", "ours_alone") for one in found[part]]
    assert sorted(told_of) == sorted(incidents)


def test_a_rule_that_settles_gives_agreement_on_the_best_number(desk: Desk) -> None:
    found = desk.compared(GED, "--policy", "ucdp-best-low-high")
    best = next(one for one in found["agreement"] if (one["harm"], one["bound"]) == ("killed", "best"))
    assert best["incidents"] == 1
    assert found["policy"] == "ucdp-best-low-high"


def test_two_outlets_are_set_side_by_side(desk: Desk) -> None:
    found = desk.compared("Coastal Herald", "meridian wire")
    assert found["both"]
    assert (found["ours"], found["theirs"]) == ("meridian wire", "Coastal Herald")
    assert all(one["ours"]["reports"] and one["theirs"]["reports"] for one in found["both"])


def test_people_read_it_in_80_columns(desk: Desk) -> None:
    shown = desk("compare", GED)
    assert all(len(line) <= 80 for line in shown.splitlines()), shown
    assert "UCDP GED 24.1                      29       34      100" in shown
    assert "Told by UCDP GED 24.1 alone: 1" in shown
    assert "too few to rest on" in shown


def test_a_filter_chooses_incidents(desk: Desk) -> None:
    found = desk.compared(GED, "--since", "2023-07-01")
    assert not found["both"]
    assert len(found["theirs_alone"]) == 1


def test_a_name_that_nobody_has_is_told(desk: Desk) -> None:
    assert "called" in desk("compare", "GED of nobody", code=2)
    assert "called" in desk("compare", GED, "Nobody's Gazette", code=2)


def test_what_is_imported_is_verified_found_and_redacted_like_all_else(desk: Desk) -> None:
    rows = table(desk.folder / "acled.csv", "acled", [MILL, MILL | {"event_id_cnty": "LTL78", "fatalities": 0}])
    told_as = json.loads(desk("import", "--from", "acled", rows, "--json"))
    assert (told_as["new"], told_as["claims"]) == (2, 1)
    assert "As it was written" in desk("verify")
    dumped = desk("dump")
    assert '"sayso import acled 1"' in dumped
    report = json.loads(desk("search", "shells hit a mill", "--json").splitlines()[0])
    identity = report.get("report", {}).get("id") if isinstance(report.get("report"), dict) else report["report"]
    desk("redact", identity, "--why", "asked for", "--by", "Ana Ruiz", "--yes")
    assert "As it was written" in desk("verify")
    assert json.loads(desk("import", "--from", "acled", rows, "--json"))["new"] == 0


def test_bad_rows_leave_with_1_and_say_where(desk: Desk) -> None:
    rows = table(desk.folder / "bad.csv", "ged", [BARRACKS | {"best": "a dozen"}])
    said = desk("import", "--from", "ged", rows, code=1)
    assert "bad.csv:2" in said
    assert "a dozen" in said


def test_two_rules_stand_beside_each_other(desk: Desk) -> None:
    found = desk.compared("--policy", "acled-conservative", "--policy", "ucdp-best-low-high")
    assert (found["ours"], found["theirs"], found["policy"]) == ("acled-conservative", "ucdp-best-low-high", None)
    school = next(one for one in found["both"] if "Dresk" in one["name"])
    ours, theirs = school["ours"]["killed"], school["theirs"]["killed"]
    assert ours["best"] != theirs["best"]
    assert ours["decided"]
    assert "injured" not in school["ours"], "ACLED codes no injuries"
    told = desk("compare", "--policy", "acled-conservative", "--policy", "ucdp-best-low-high")
    assert told.startswith("Counted by both")
    assert "days agree" not in told
    assert "name two" in desk("compare", "--policy", "as-said", "--policy", "as-said", code=2)
    for arguments in (
        [],
        ["--policy", "as-said"],
        [GED, "--policy", "as-said", "--policy", "gtd-recent-majority-lowest"],
    ):
        assert "--policy" in desk("compare", *arguments, code=2)
