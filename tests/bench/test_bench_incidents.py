"""Grouping is scored as its scorers say, and the command gives its figures."""

import json
from datetime import date
from pathlib import Path

import pytest

from bench.cli import main
from bench.invented_events import tellings
from bench.score_fakes import MainClaim
from bench.score_gva import Registered
from bench.score_incidents import grouped, held, overlapping
from bench.speed_incidents import measure
from bench.tellings import claims_of
from sayso.events import Incident, Range
from sayso.export.jsonl import line
from sayso.pipeline import read


def test_groups_are_scored_by_their_pairs_and_by_b_cubed() -> None:
    found = grouped(["a", "a", "a", "b"], [1, 1, 2, 2])
    assert (found.precision, found.recall) == (0.5, 0.3333)
    assert found.f1 == 0.4
    # By hand: precision (1 + 1 + 1/2 + 1/2) / 4, recall (2/3 + 2/3 + 1/3 + 1) / 4.
    assert found.b_cubed == round(2 * 0.75 * (8 / 12) / (0.75 + 8 / 12), 4)


def test_groups_that_agree_score_one_and_single_items_no_pairs() -> None:
    assert grouped(["a", "a", "b"], [7, 7, 8]).f1 == 1
    assert (grouped(["a", "b"], [1, 2]).f1, grouped(["a", "b"], [1, 2]).b_cubed) == (0, 1)


def incident(name: str, *reports: str, low: int = 0, high: int = 0) -> Incident:
    return Incident(name, name, reports=reports, figures={"killed": Range(low, high)} if high else {})


def test_ranges_are_scored_by_the_registrys_incidents() -> None:
    day = date(2024, 5, 1)
    registered = {
        "r1": Registered(3, 0, day, "", "A"),
        "r2": Registered(3, 0, day, "", "A"),
        "r3": Registered(1, 2, day, "", "B"),
    }
    found = held(registered, [incident("i", "r1", "r2", low=2, high=4), incident("j", "r3", low=5, high=5)])
    assert (found["killed"].share, found["killed"].width) == (0.5, 1)
    assert (found["injured"].share, found["injured"].width) == (0.5, 0)


def test_ranges_of_groups_of_two_outlets_are_scored_by_whether_they_overlap() -> None:
    def main_claim(killed: int, outlet: str, group: str) -> MainClaim:
        return MainClaim({"civilians": killed, "noncivilians": 0, "children": 0, "women": 0}, group, outlet)

    rows = [
        ("r1", main_claim(10, "x", "g")),
        ("r2", main_claim(14, "y", "g")),
        ("r3", main_claim(5, "x", "h")),
        ("r4", main_claim(6, "y", "h")),
        ("r5", main_claim(6, "y", "told once")),
    ]
    found = overlapping(rows, [incident("i", "r1", "r2", low=14, high=20), incident("j", "r3", "r4", low=7, high=9)])
    assert found == {"groups": 2, "overlap": 0.5, "exact": 0}


def test_claims_come_back_from_the_programs_lines_as_they_were() -> None:
    reading = read("ORVELO, May 2 - Rescuers in Minsk said on Thursday that 14 people were killed by shelling.")
    assert reading.claims
    assert claims_of(json.loads(line(reading))) == reading.claims


def test_invented_reports_are_the_same_each_time_and_grouped_as_invented() -> None:
    assert list(tellings(3, 20)) == list(tellings(3, 20))
    found = measure(80, small=40, rounds=1)
    assert (found.reports_added, found.f1 > 0.7) == (75, True)
    assert found.incidents > 10
    beside = measure(80, small=40, rounds=1, jobs=2)
    assert (beside.incidents, beside.f1, found.beside) == (found.incidents, found.f1, 0)
    assert "here and" in beside.words


def test_the_command_says_what_it_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incidents"]) == 2
    assert "--gva" in capsys.readouterr().err


def test_the_command_groups_a_set_from_ready_readings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Two people were killed in Minsk on Monday when a bridge fell."
    docs = [{"id": f"d{n}", "title": "Bridge falls in Minsk", "dct": "2024-05-01", "text": text} for n in (1, 2)]
    row = {"incident": "1", "date": "2024-04-29", "city": "Minsk", "killed": 2, "injured": 0, "docs": docs}
    gva = tmp_path / "gva.jsonl"
    gva.write_text(json.dumps(row) + "\n", encoding="utf-8")
    kept, out = tmp_path / "kept.jsonl", tmp_path / "figures.json"
    asked = ["incidents", "--gva", str(gva), "--part", "all"]
    assert main([*asked, "--keep", str(kept)]) == 0
    assert main([*asked, "--pred", str(kept), "--json", str(out)]) == 0
    figures = json.loads(out.read_text())["figures"]["gva"]
    assert (figures["grouping"]["f1"], figures["range"]["killed"]) == (1.0, {"share": 1.0, "width": 0.0})
    assert "B-cubed F1 1.000" in capsys.readouterr().out
