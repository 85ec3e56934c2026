"""Annotations without their reports: what is set off is told again in the report's own words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from training.standoff import StandoffError, annotated, noted, open_reports, set_off

from bench.heldout import held_out

TEXT = (
    "Shells fell on Tarsenik on Friday. Nine people were killed,\nthe regional health office told the Meridian Wire. "
    "Nine people were hurt, among them Orla Vint. The Interior\nMinistry denies that nine people died."
)
NOTES = """=== 7 | 2020-01-04 | a wire
@* l=Tarsenik;d=@-1
Nine people |k 9;s=the regional health office;via=Meridian Wire;civ
Nine people #2|i 9
Orla Vint |i n
nine people |k 9;s=the interior ministry;den;p=an army that nobody names
"""
ROOT = Path(__file__).parents[2]


def sets_with(folder: Path, text: str = TEXT) -> Path:
    """Lay out the four public sets with one report, and one that is held out."""
    shape = {"location": "", "actor": "", "cause": "", "civilians": 0, "noncivilians": 0, "children": 0, "women": 0}
    rows = [
        {"doc": name, "text": text, "outlet": "wire", "date": "2020-01-04", "group": "", "gold": shape}
        for name in ("7", min(held_out("fakes")))
    ]
    gva = {"killed": 0, "injured": 2, "city": "", "date": "2020-01-01", "docs": [{"id": "a", "text": "Two were shot."}]}
    lots: dict[str, list[Any]] = {
        "fakes/fakes_dev.jsonl": rows,
        "gva/gva_train.jsonl": [gva],
        "muc4/muc4_dev.jsonl": [{"doc": "m", "text": "A mine killed three.", "facts": [], "sums": []}],
    }
    for name, lot in lots.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text("".join(f"{json.dumps(row)}\n" for row in lot), encoding="utf-8")
    (folder / "polnear/train/text").mkdir(parents=True, exist_ok=True)
    (folder / "polnear/train/attributions").mkdir(exist_ok=True)
    (folder / "polnear/train/text/wire_2020-01-04_vote.txt").write_text("The mayor said so.", encoding="utf-8")
    (folder / "polnear/train/attributions/wire_2020-01-04_vote_a.ann").write_text("", encoding="utf-8")
    return folder


def notes(folder: Path, words: str = NOTES) -> Path:
    file = folder / "notes.txt"
    file.write_text(words, encoding="utf-8")
    return file


def test_claims_come_back_in_the_reports_own_words(tmp_path: Path) -> None:
    bench = sets_with(tmp_path / "bench")
    (report,) = noted(notes(tmp_path), open_reports(bench))
    row = set_off(report)
    assert not any(word in json.dumps(row) for word in ("Nine", "Tarsenik", "Vint", "office", "inistry"))
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / "one.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (again,) = annotated(tmp_path / "rows", bench)
    assert again["text"] == TEXT
    assert [(TEXT[c["start"] : c["end"]], c["harm"], c["low"]) for c in again["claims"]] == [
        ("Nine people", "killed", 9),
        ("Nine people", "injured", 9),
        ("Orla Vint", "injured", 1),
        ("nine people", "killed", 9),
    ]
    first, second, _, last = again["claims"]
    assert first["start"] < second["start"]
    assert (first["source"], first["via"], first["place"]) == (
        "the regional health office",
        ["Meridian Wire"],
        "Tarsenik",
    )
    assert (first["date_from"], first["status"], second["source"]) == ("2020-01-03", "civilian", None)
    assert (last["source"], last["stance"]) == ("The Interior\nMinistry", "denies")
    assert (last["perpetrator"], last["unknown"]) == (None, ["perpetrator"])


def test_words_that_the_report_lacks_are_named(tmp_path: Path) -> None:
    found = open_reports(sets_with(tmp_path / "bench"))
    with pytest.raises(StandoffError, match="7 does not have the words 'Ten people'"):
        list(noted(notes(tmp_path, "=== 7\nTen people |k 10\n"), found))


def test_nothing_that_is_held_out_can_be_annotated(tmp_path: Path) -> None:
    apart = min(held_out("fakes"))
    with pytest.raises(StandoffError, match=f"{apart} is not a report that may be annotated"):
        list(noted(notes(tmp_path, f"=== {apart}\nNine people |k 9\n"), open_reports(sets_with(tmp_path / "bench"))))


def test_another_text_under_the_same_name_is_refused(tmp_path: Path) -> None:
    bench = sets_with(tmp_path / "bench")
    (report,) = noted(notes(tmp_path), open_reports(bench))
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / "one.jsonl").write_text(json.dumps(set_off(report)) + "\n", encoding="utf-8")
    with pytest.raises(StandoffError, match="does not hold 7 as it was annotated"):
        list(annotated(tmp_path / "rows", sets_with(bench, TEXT + " More.")))


ROWS = [
    json.loads(line)
    for file in sorted((ROOT / "training" / "standoff").glob("*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]


def test_our_annotations_hold_no_words_and_nothing_held_out() -> None:
    apart = frozenset().union(*(held_out(name) for name in ("fakes", "gva", "muc4", "polnear")))
    assert len(ROWS) == len({row["id"] for row in ROWS})
    assert not apart & {row["id"] for row in ROWS}
    for row in ROWS:
        for claim in row["claims"]:
            spans = [claim["at"], *claim.get("via", ()), *(claim.get(slot) for slot in ("source", "place", "means"))]
            assert all(one is None or (len(one) == 2 and one[0] < one[1]) for one in spans)
            words = {value for value in claim.values() if isinstance(value, str)}
            assert all(len(word) <= len("killed_or_injured") for word in words)
