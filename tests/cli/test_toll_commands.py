"""`sayso toll` and `sayso tolls` over a ledger of real readings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.reconcile import POLICIES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

REPORTS = {
    "strike-1.txt": (
        "Missile strike on barracks in Dresk\n\n"
        "Dresk, 4 March 2023. At least 17 soldiers were killed when a missile struck a barracks in Dresk on Saturday, "
        "Velmora's Ministry of Defence said. The ministry said 46 others were injured.\n\n"
        "Karsk's Ministry of Defence said more than 100 Velmoran soldiers had been killed in the strike.\n"
    ),
    "strike-2.txt": (
        "Doctors count dead in Dresk\n\n"
        "Dresk, 5 March 2023. Doctors at Dresk hospital said 30 to 40 bodies had been brought in after Saturday's "
        "missile strike on the barracks in Dresk.\n"
    ),
    "fire.txt": (
        "Two die in mill fire\n\n"
        "Harlan Falls, 9 March 2023. Two people, Ilan Moss and Deru Hale, were killed in a fire at a mill in Harlan "
        "Falls on Thursday, police said. Ilan Moss was 34.\n"
    ),
}


class Program:
    """The program with a ledger, run within this process."""

    def __init__(self, folder: Path) -> None:
        self._ledger = str(folder / "ledger.sayso")

    def __call__(self, *arguments: object, code: int = 0) -> str:
        """Run a command that must leave with `code`; return what it wrote."""
        variables = {"SAYSO_LEDGER": self._ledger, "COLUMNS": "80", "SAYSO_LEDGER_BY": "Ana Ruiz"}
        done = CliRunner().invoke(app, list(map(str, arguments)), env=variables)
        assert done.exit_code == code, done.output
        return done.output

    def incident(self, name: str) -> str:
        """Return the id of the incident whose name holds a word."""
        lines = [json.loads(line) for line in self("incidents", "--json").splitlines()]
        return next(str(one["id"]) for one in lines if name in one["name"])


def with_reports(folder: Path, texts: Mapping[str, str]) -> Program:
    """Return the program over a new ledger with some reports."""
    reports = folder / "reports"
    reports.mkdir()
    for name, text in texts.items():
        (reports / name).write_text(text, encoding="utf-8")
    made = Program(folder)
    made("init")
    made("add", reports)
    return made


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return with_reports(tmp_path_factory.mktemp("tolls"), REPORTS)


def of(told: dict[str, Any], policy: str, harm: str = "killed") -> dict[str, Any]:
    return next(one for one in told["tolls"] if (one["policy"], one["harm"]) == (policy, harm))


def test_an_incident_is_counted_under_the_default_rule(program: Program) -> None:
    told = program("toll", program.incident("Dresk"))
    assert "as-said                            17        –     open" in told
    assert "The upper end is open: Ministry of Defence (Karsk) says “more than 100" in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_all_rules_stand_side_by_side(program: Program) -> None:
    told = program("toll", program.incident("Dresk"), "--all")
    assert [name for name in POLICIES if f"\n{name}  " in told] == list(POLICIES)
    assert "open: nobody states this bound." in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_a_toll_is_explained_with_the_words_of_its_claims(program: Program) -> None:
    told = " ".join(program("toll", program.incident("Dresk"), "--policy", "acled-conservative", "--explain").split())
    assert "Decided by Doctors at Dresk hospital: “30 to 40 bodies”" in told
    assert "It speaks for a side, and a source that does not gives a figure too." in told


def test_a_claim_names_its_incident_too(program: Program) -> None:
    told = json.loads(program("toll", program.incident("Dresk"), "--json"))
    claim = of(told, "as-said")["decided"][0]
    assert json.loads(program("toll", claim, "--json")) == told


def test_programs_get_null_for_what_is_open(program: Program) -> None:
    told = json.loads(program("toll", program.incident("Dresk"), "--all", "--json"))
    assert {one["policy"] for one in told["tolls"]} == set(POLICIES)
    whole = of(told, "as-said")
    assert (whole["low"], whole["best"], whole["high"]) == (17, None, None)
    assert "words" not in whole
    explained = of(json.loads(program("toll", program.incident("Dresk"), "--explain", "--json")), "as-said")
    assert set(explained["words"]) == {*explained["decided"], *(one["claim"] for one in explained["aside"])}


def test_people_who_were_harmed_are_not_named_unless_asked_for(program: Program) -> None:
    fire = program.incident("Harlan Falls")
    assert "Moss" not in program("toll", fire, "--all", "--explain")
    assert "Moss" not in program("toll", fire, "--all", "--explain", "--json")


def test_incidents_are_added_up(program: Program) -> None:
    told = json.loads(program("tolls", "--policy", "acled-conservative", "--json"))
    (whole,) = [one for one in told["sums"] if one["status"] is None and one["side"] is None]
    assert (whole["low"], whole["best"]) == (32, 32)
    assert len(whole["incidents"]) == told["incidents"] == 2
    shown = program("tolls", "--policy", "acled-conservative")
    assert "acled-conservative                 32       32" in shown
    assert "Incidents that fit: 2; running totals: 0." in shown


def test_a_filter_chooses_the_incidents(program: Program) -> None:
    told = json.loads(program("tolls", "--since", "2023-03-08", "--json"))
    assert told["incidents"] == 1
    assert {one["best"] for one in told["sums"] if one["harm"] == "killed"} == {2}
    assert json.loads(program("tolls", "--since", "2024-01-01", "--json")) == {
        "incidents": 0,
        "sums": [],
        "overlaps": [],
    }
    assert "Incidents that fit: 0" in program("tolls", "--since", "2024-01-01")


def test_a_user_s_own_levels_change_the_toll(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[sources."doctors at dresk hospital"]\nlevel = 1\n', encoding="utf-8")
    dresk = program.incident("Dresk")
    found = of(
        json.loads(program("toll", dresk, "--policy", "ecc-hierarchy", "--sources", file, "--json")), "ecc-hierarchy"
    )
    assert (found["low"], found["high"]) == (30, 40)


def test_levels_that_make_no_sense_count_nothing(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[kinds.constables]\nlevel = 2\n", encoding="utf-8")
    assert "no setting of sources" in program("tolls", "--sources", file, code=2)
    assert "cannot be read" in program("tolls", "--sources", tmp_path / "none.toml", code=2)


def test_a_rule_that_does_not_exist_is_told(program: Program) -> None:
    assert "Did you mean ecc-range?" in program("tolls", "--policy", "ecc-rnge", code=2)
    assert "The rules are as-said, acled-conservative" in program("toll", "i-123", "--policy", "zzz", code=2)


def test_an_incident_that_is_not_there_is_told(program: Program) -> None:
    assert "There is no incident of this id." in program("toll", "i-ffffff", code=3)


def test_a_rejected_claim_has_no_part_any_more(program: Program) -> None:
    dresk = program.incident("Dresk")
    before = of(json.loads(program("toll", dresk, "--explain", "--json")), "as-said")
    (karsk,) = [claim for claim, words in before["words"].items() if "more than 100" in words]
    program("reject", karsk, "--why", "a test")
    after = of(json.loads(program("toll", dresk, "--json")), "as-said")
    assert (after["low"], after["high"]) == (17, 40)
    assert {one["claim"]: one["reason"] for one in after["aside"]}[karsk].startswith("Ana Ruiz ruled that the report")


WEEK = {
    "market.txt": (
        "Shelling kills seven in Dresk\n\n"
        "Dresk, Velmora, 6 March 2023. Seven civilians were killed when shells hit a market in Dresk on Monday, "
        "doctors at Dresk hospital said. Twelve others were wounded.\n"
    ),
    "checkpoint.txt": (
        "Soldiers die in drone strike\n\n"
        "Karvina, Velmora, 8 March 2023. Four soldiers were killed in a drone strike on a checkpoint near Karvina on "
        "Wednesday, Velmora's Ministry of Defence said. At least 10 were wounded, the ministry said.\n"
    ),
    "week.txt": (
        "UN counts dead of a week in Velmora\n\n"
        "Ostrel, Velmora, 11 March 2023. At least 40 people have been killed in Velmora over the past week, the UN "
        "mission said on Saturday.\n"
    ),
}


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return with_reports(tmp_path_factory.mktemp("week"), WEEK)


def test_a_total_of_the_week_is_told_apart_and_its_overlaps_are_named(week: Program) -> None:
    told = json.loads(week("tolls", "--json"))
    killed = {(one["status"], one["side"]): one for one in told["sums"] if one["harm"] == "killed"}
    whole = killed[None, None]
    assert (whole["low"], whole["best"], whole["high"]) == (11, 11, 11)
    (apart,) = whole["apart"]
    assert (apart["low"], apart["best"], apart["high"]) == (40, None, None)
    assert len(apart["decided"]) == 1
    assert killed["civilian", None]["best"] == 7
    assert killed["combatant", None]["best"] == 4
    assert {frozenset((one["one"], one["other"])) for one in told["overlaps"]} == {
        frozenset((apart["incident"], name)) for name in whole["incidents"]
    }
    shown = week("tolls")
    assert "1 running total is not added, since the single incidents may be in them." in " ".join(shown.split())
    assert "Incidents that fit: 2; running totals: 1." in shown
    assert shown.count("It lies in") == 2


def test_tolls_are_explained_one_by_one_before_their_sum(week: Program) -> None:
    told = json.loads(week("tolls", "--explain", "--json"))
    bare = json.loads(week("tolls", "--json"))
    each = told.pop("each")
    assert told == bare
    assert {one["incident"] for one in each} == {one for s in bare["sums"] for one in s["incidents"]} | {
        one["incident"] for s in bare["sums"] for one in s["apart"]
    }
    assert each[0] == json.loads(week("toll", each[0]["incident"], "--explain", "--json"))
    shown = " ".join(week("tolls", "--explain").split())
    assert "Doctors at Dresk hospital: “Seven civilians” (“Shelling kills seven in Dresk”)" in shown
    assert shown.index("Decided by") < shown.index("All of them together") < shown.index("Added over 2 incidents")


def test_no_incident_is_explained_where_none_fits(week: Program) -> None:
    told = json.loads(week("tolls", "--since", "2024-01-01", "--explain", "--json"))
    assert told == {"each": [], "incidents": 0, "sums": [], "overlaps": []}
    assert "All of them together" not in week("tolls", "--since", "2024-01-01", "--explain")
