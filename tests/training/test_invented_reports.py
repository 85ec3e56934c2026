"""Invented reports: exact offsets, labels by the guide, sources that stand in the text, the same for a seed."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.invented import invented
from training.invented.frames import frames, parsed
from training.invented.numbers import drawn, every, further, spelled

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold" / "dresk-barracks-wire.json"
REPORTS = list(invented(400, 11))
CLAIMS: list[tuple[dict[str, Any], dict[str, Any]]] = [(report, c) for report in REPORTS for c in report["claims"]]


def test_shape_is_that_of_the_gold() -> None:
    gold = json.loads(GOLD.read_text("utf-8"))
    wanted = {"id", "published", "outlet", "text", "claims"}
    assert all(set(report) == wanted for report in REPORTS)
    assert wanted < set(gold)
    assert {tuple(claim) for _, claim in CLAIMS} == {tuple(gold["claims"][0])}


def test_words_of_a_claim_are_its_slice() -> None:
    for report, claim in CLAIMS:
        assert claim["text"] == report["text"][claim["start"] : claim["end"]]
        assert claim["text"] == claim["text"].strip(" ,.")
        assert claim["text"]


def test_who_speaks_stands_in_the_text() -> None:
    for report, claim in CLAIMS:
        for name in filter(None, (claim["source"], *claim["via"], claim["place"], claim["perpetrator"])):
            assert name in report["text"]


def test_bounds_and_qualifiers_follow_the_table() -> None:
    for _, claim in CLAIMS:
        low, high, qualifier = claim["low"], claim["high"], claim["qualifier"]
        if qualifier in ("exact", "about"):
            assert low == high
            assert low is not None
        elif qualifier == "at_least":
            assert high is None
            assert low > 0
        elif qualifier == "at_most":
            assert low is None
            assert high > 0
        elif qualifier == "between":
            assert low < high
        assert (claim["kind"] == "zero") == (low == 0)
        assert claim["kind"] != "individual" or (low, high) == (1, 1)


def test_days_are_in_order_and_not_after_the_report() -> None:
    for report, claim in CLAIMS:
        if claim["date_to"]:
            first, last = date.fromisoformat(claim["date_from"]), date.fromisoformat(claim["date_to"])
            assert first <= last <= date.fromisoformat(report["published"])


def test_nothing_is_left_unfilled() -> None:
    for report in REPORTS:
        assert not re.search(r"[{}|\[\]]", report["text"].replace("[Text]", "").replace("[TEXT]", ""))
        assert not re.search(r",,|,\.| {2}|\bthe the\b", report["text"])


def test_same_seed_same_reports_whatever_their_number() -> None:
    assert list(invented(30, 11)) == REPORTS[:30]
    assert list(islice(invented(30, 12), 5)) != REPORTS[:5]


def test_rare_matter_is_plentiful() -> None:
    share = len(CLAIMS) / 100
    rare = [c for _, c in CLAIMS if c["harm"] not in ("killed", "injured") or c["kind"] == "zero"]
    assert 35 * share <= len(rare) <= 52 * share
    for wanted in ("missing", "captured", "abducted", "displaced"):
        assert sum(c["harm"] == wanted for _, c in CLAIMS) > 4 * share
    assert sum(c["stance"] == "denies" for _, c in CLAIMS) > 2 * share
    assert sum(c["scope"] == "cumulative" for _, c in CLAIMS) > 6 * share
    assert sum(bool(c["via"]) for _, c in CLAIMS) > 4 * share
    assert len({c["source"] for _, c in CLAIMS}) > 400


def test_claims_nest_and_share_words() -> None:
    spans = [{(c["start"], c["end"]) for c in report["claims"]} for report in REPORTS]
    assert any(len(found) < len(report["claims"]) for found, report in zip(spans, REPORTS, strict=True))
    assert any(a != b and a[0] <= b[0] and b[1] <= a[1] for found in spans for a in found for b in found)


def test_frames_are_many_and_a_third_hold_no_claim() -> None:
    assert len(frames()) >= 150
    assert len({frame.text for frame in frames()}) == len(frames())
    assert sum(frame.quiet for frame in frames()) >= 100


def test_brackets_that_do_not_close_are_refused() -> None:
    with pytest.raises(ValueError, match="never closes"):
        parsed("[k|{N} people were killed.")
    with pytest.raises(ValueError, match="never opened"):
        parsed("{N} people] were killed.")


@given(st.integers(2, 900_000), st.integers(0, 10_000))
def test_number_words_mean_their_bounds(number: int, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - nothing here is secret
    told = drawn(number, draw)
    assert told.words
    assert told.low is not None or told.high is not None
    digits = [int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*", told.words)]
    if digits and "million" not in told.words:
        assert {told.low, told.high} - {None} == set(digits)
    assert further(number, draw).low == number
    assert every(number, draw).high == number


@pytest.mark.parametrize(
    ("number", "words"),
    [(7, "seven"), (20, "twenty"), (63, "sixty-three"), (400, "four hundred"), (3000, "three thousand")],
)
def test_numbers_are_spelled(number: int, words: str) -> None:
    assert spelled(number) == words


def test_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "training.invented", "--number", "3", "--seed", "11"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    assert [json.loads(line) for line in done.stdout.splitlines()] == REPORTS[:3]
