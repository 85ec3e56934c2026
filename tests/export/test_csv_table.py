"""One row a claim: fit for programs, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export import table_csv
from sayso.export.jsonl import CLAIM_KEYS, MATCH_KEYS, SPAN_KEYS
from sayso.records import Claim, Evidence, Reading, Report, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

CLAIM = Claim("c-1", 3, 5, "40", "injured", "count", None, 40, "at_most", "up_to")
REPORT = Report("r-1", "Up to 40 hurt.", outlet="Orlec Radio", published="2020-05-04")


def rows(*claims: Claim, report: Report = REPORT, with_text: bool = False) -> list[dict[str, str]]:
    out = io.StringIO()
    table_csv.write([Reading(report, claims)], out, with_text=with_text)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline=""), strict=True))


def test_columns_are_the_report_then_the_claims_own_fields_in_their_order() -> None:
    names = list(table_csv.columns())
    assert names[:5] == ["report.id", "report.title", "report.url", "report.outlet", "report.published"]
    plain = [name for name in names[5:] if not name.startswith(("spans.", "place_match."))]
    assert plain == [key for key in CLAIM_KEYS if key not in {"spans", "place_match"}]
    assert [name for name in names if name.startswith("place_match.")] == [f"place_match.{slot}" for slot in MATCH_KEYS]
    assert [name for name in names if name.startswith("spans.")] == [f"spans.{slot}" for slot in SPAN_KEYS]


def test_every_claim_is_a_row_and_a_report_without_claims_is_none() -> None:
    assert len(rows(CLAIM, CLAIM)) == 2
    assert rows() == []


def test_empty_is_unknown_and_zero_is_zero() -> None:
    up_to, none = rows(CLAIM, replace(CLAIM, kind="zero", low=0, high=0))
    assert [up_to["low"], up_to["high"], up_to["source"], up_to["report.title"]] == ["", "40", "", ""]
    assert [none["low"], none["high"]] == ["0", "0"]


def test_lists_and_spans_have_one_cell_each() -> None:
    evidence = Evidence(source=Span(3, 5), via=(Span(1, 2), Span(3, 4)))
    (row,) = rows(replace(CLAIM, via=("the Courier", "Orlec Radio"), sentence=Span(0, 14), spans=evidence))
    assert row["via"] == "the Courier | Orlec Radio"
    assert [row["sentence"], row["spans.source"], row["spans.via"]] == ["[0,14]", "[3,5]", "[1,2] | [3,4]"]
    assert row["spans.place"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n=", " =", "\uff1d", "\u00a0+"])
def test_text_is_never_a_formula(start: str) -> None:
    (row,) = rows(replace(CLAIM, source=f'{start}HYPERLINK("x")', via=(f"{start}1",)), report=Report(f"{start}1", ""))
    assert [row[name][0] for name in ("source", "via", "report.id")] == ["'"] * 3


def test_numbers_below_zero_stay_numbers() -> None:
    (row,) = rows(replace(CLAIM, lat=-12.5, lon=-0.25))
    assert [float(row["lat"]), float(row["lon"])] == [-12.5, -0.25]


def test_what_no_cell_can_hold_is_replaced_one_for_one() -> None:
    (row,) = rows(replace(CLAIM, text="a\x1b\x00\udc80b", source='two\nlines, "quoted"'))
    assert row["text"] == "a\ufffd\ufffd\ufffdb"
    assert row["source"] == 'two\nlines, "quoted"'


def test_the_text_is_a_column_when_asked_for() -> None:
    assert rows(CLAIM, with_text=True)[0]["report.text"] == "Up to 40 hurt."
    assert "report.text" not in rows(CLAIM)[0]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_printable_text_comes_back(text: str) -> None:
    (row,) = rows(replace(CLAIM, victims=text))
    assert row["victims"].removeprefix("'") == text.removeprefix("'")
    assert row["victims"][0] not in "=+-@"


def test_each_row_is_written_before_the_next_report_is_read() -> None:
    out = io.StringIO()
    lines_before = []

    def readings() -> Iterator[Reading]:
        for _ in range(3):
            lines_before.append(out.getvalue().count("\n"))
            yield Reading(REPORT, (CLAIM,))

    table_csv.write(readings(), out)
    assert lines_before == [1, 2, 3]
