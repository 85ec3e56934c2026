"""The marks in our own training reports, and the reports themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from training.markup import MarkupError, written

from sayso.claim.numbers import read
from sayso.records import HARMS

WRITTEN = sorted((Path(__file__).parents[2] / "training" / "written").glob("*.txt"))
REPORTS = [report for file in WRITTEN for report in written(file)]
HEAD = "=== quay-1 | 2021-05-04 | Meridian Wire | notes\n"


def marked(tmp_path: Path, text: str) -> dict[str, Any]:
    file = tmp_path / "one.txt"
    file.write_text(HEAD + text, encoding="utf-8")
    (report,) = written(file)
    return report


def test_marks_are_taken_out_and_offsets_hold(tmp_path: Path) -> None:
    report = marked(
        tmp_path, "@* l=Port Selm;civ\n{Nine dockers|k 9;s=the harbour office} drowned, the harbour office said."
    )
    (claim,) = report["claims"]
    assert report["text"] == "Nine dockers drowned, the harbour office said."
    assert report["text"][claim["start"] : claim["end"]] == claim["text"] == "Nine dockers"
    assert (claim["source"], claim["place"], claim["status"], claim["victims"]) == (
        "the harbour office",
        "Port Selm",
        "civilian",
        "dockers",
    )


def test_two_claims_may_rest_on_the_same_words(tmp_path: Path) -> None:
    first, second = marked(tmp_path, "A says {40|k 40;s=A||k 40;s=B;den} died; B denies it.")["claims"]
    assert (first["start"], first["stance"], first["source"]) == (second["start"], "asserts", "A")
    assert (second["stance"], second["source"]) == ("denies", "B")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("9", ("count", 9, 9, "exact")),
        ("80+", ("count", 80, None, "at_least")),
        ("<15", ("count", None, 15, "at_most")),
        ("~40", ("count", 40, 40, "about")),
        ("12-15", ("count", 12, 15, "between")),
        ("v24-99", ("vague", 24, 99, "vague")),
        ("v2+", ("vague", 2, None, "vague")),
        ("0", ("zero", 0, 0, "exact")),
        ("n", ("individual", 1, 1, "exact")),
    ],
)
def test_figures_are_written_short(tmp_path: Path, told: str, expected: tuple[object, ...]) -> None:
    (claim,) = marked(tmp_path, f"{{Some|i {told}}} were hurt.")["claims"]
    assert (claim["kind"], claim["low"], claim["high"], claim["qualifier"]) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("@-1", ("2021-05-03", "2021-05-03")),
        ("@Sun", ("2021-05-02", "2021-05-02")),
        ("2021-04-01/@0", ("2021-04-01", "2021-05-04")),
        ("/@0", (None, "2021-05-04")),
        ("-", (None, None)),
    ],
)
def test_days_are_written_short(tmp_path: Path, told: str, expected: tuple[str | None, str | None]) -> None:
    (claim,) = marked(tmp_path, f"{{Two|k 2;d={told}}} died.")["claims"]
    assert (claim["date_from"], claim["date_to"]) == expected


@pytest.mark.parametrize("told", ["q 9", "k", "k nine", "k 9;nonsense", "k 9;z=place", "k 9;d=Tuesday"])
def test_a_mark_that_cannot_be_read_is_named(tmp_path: Path, told: str) -> None:
    with pytest.raises(MarkupError, match="quay-1"):
        marked(tmp_path, f"{{Nine|{told}}} died.")


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["id"])
def test_our_reports_are_sound(report: dict[str, Any]) -> None:
    text = " ".join(report["text"].split()).casefold()
    for claim in report["claims"]:
        assert report["text"][claim["start"] : claim["end"]] == claim["text"].strip() != ""
        assert claim["harm"] in HARMS
        for words in (claim["source"], *claim["via"], claim["place"], claim["means"], claim["perpetrator"]):
            assert words is None or " ".join(words.split()).casefold() in text, (words, claim)


def test_most_figures_are_what_their_words_say() -> None:
    """Not all: some words hold their figure only by what stands around them."""
    asked = [c for report in REPORTS for c in report["claims"] if c["kind"] in {"count", "zero"}]
    right = sum(
        (count := read(c["text"])) is not None and (count.low, count.high) == (c["low"], c["high"]) for c in asked
    )
    assert right / len(asked) > 0.93


def test_no_id_is_used_twice() -> None:
    assert len({report["id"] for report in REPORTS}) == len(REPORTS) > 250
