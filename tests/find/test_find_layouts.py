"""Pages of our own in many layouts, each beside what a reader finds on it (`layouts/NAME.json`).

What is expected was written before the program was run on the page. The floors are what the program reaches now.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench import score_pages
from sayso.find import find_report
from sayso.records import Given, Page, Report

FOLDER = Path(__file__).with_name("layouts")
NAMES = sorted(file.stem for file in FOLDER.glob("*.html"))


@cache
def found(name: str) -> Report:
    report, problems = find_report(Page((FOLDER / f"{name}.html").read_bytes(), name, "text/html"), Given())
    assert report is not None
    assert problems == ()
    return report


def expected(name: str) -> Any:  # noqa: ANN401 - any JSON
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def scores() -> score_pages.PagesScore:
    return score_pages.score(FOLDER, cost=False)


def test_there_are_layouts_of_many_kinds() -> None:
    assert len(NAMES) >= 18
    assert len({expected(name)["layout"] for name in NAMES}) == len(NAMES)


def test_headline_byline_and_date_are_right() -> None:
    assert scores().right("title", "byline", "published") == len(NAMES)
    assert scores().right("published_from") == len(NAMES)
    assert scores().right("outlet") >= len(NAMES) - 1


def test_entries_of_tickers_are_passages_with_their_own_dates() -> None:
    assert scores().right("passages") == len(NAMES)


@pytest.mark.parametrize("page", scores().pages, ids=NAMES)
def test_main_text_is_at_least_as_good_as_trafilaturas_own(page: score_pages.PageScore) -> None:
    assert page.f1 >= page.theirs
    assert page.f1 > 0.95


@pytest.mark.parametrize("kind", ["ticker", "table"])
def test_main_text_of_tickers_and_tables_is_better_than_trafilaturas_own(kind: str) -> None:
    ours, theirs = scores().f1(kind)
    assert ours > theirs + 0.03
    assert ours > 0.99


def test_main_text_on_the_whole() -> None:
    ours, theirs = scores().f1()
    assert ours > theirs + 0.04
    assert ours > 0.99


@pytest.mark.parametrize("name", NAMES)
def test_paragraphs_are_kept(name: str) -> None:
    paragraphs = [" ".join(paragraph.split()) for paragraph in found(name).text.split("\n\n")]
    wanted = [" ".join(paragraph.split()) for paragraph in expected(name)["text"]]
    # Rows of tables are put into words of their own form, and are tested apart.
    long_ones = [paragraph for paragraph in wanted if len(paragraph) > 60]
    assert len(long_ones) > 1
    assert [paragraph for paragraph in long_ones if paragraph not in paragraphs] == []


@pytest.mark.parametrize("name", NAMES)
def test_anchors_slice_to_the_words_of_their_elements(name: str) -> None:
    from sayso.find.parse import parsed

    report = found(name)
    page, _ = parsed((FOLDER / f"{name}.html").read_bytes(), name)
    assert page is not None
    assert report.anchors
    for before, after in zip(report.anchors, report.anchors[1:], strict=False):
        assert before.span.end <= after.span.start
    for anchor in report.anchors:
        (element,) = page.tree.getroottree().xpath(anchor.path)
        inside = "".join("".join(element.itertext()).split())
        # Marks of references stand in the element and not in the text; JSON-LD is escaped.
        if "[" not in inside and element.tag != "script":
            assert "".join(anchor.span.of(report.text).split()) in inside


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("14-casualty-table", "Upper Venn | 41 Killed | 112 Injured | 3 Missing"),
        ("14-casualty-table", "All districts | 237 Killed | 787 Injured | 25 Missing"),
        ("08-wikipedia", "62 Deaths"),
        ("08-wikipedia", "Date: 23 August 2014"),
        ("08-wikipedia", "Stenness Bay | 22 Dead | 0 Missing"),
        ("19-situation-report", "Delta | 90 Deaths, June and July | 405 Deaths, August | 152,000 Displaced"),
        (
            "25-wide-table",
            "TAM201 | Date: 3 June | Place: Wadi Harib | 4-6 Total killed | 0-2 Civilians killed | 1 Injured",
        ),
    ],
)
def test_each_row_of_a_table_can_be_read_alone(name: str, row: str) -> None:
    assert row in found(name).text.split("\n\n")


@pytest.mark.parametrize("name", [name for name in NAMES if "passages" in expected(name)])
def test_passages_begin_and_end_with_their_own_words(name: str) -> None:
    report = found(name)
    for passage in report.passages:
        assert passage.day is not None
        assert passage.title is None or passage.title in passage.span.of(report.text)
    assert all(a.span.end < b.span.start for a, b in zip(report.passages, report.passages[1:], strict=False))


def test_what_is_not_the_report_is_left_out() -> None:
    for name, words in (
        ("01-wordpress", ("fourteen dead and that the parish", "Two hikers", "Share this", "Photo: Ivo")),
        ("14-casualty-table", ("dead fish", "swing broke")),
        ("16-comments-related", ("eleven bodies", "Boy, 9", "Sign up", "Jail riot")),
        ("11-us-local", ("READ MORE", "Advertisement", "Morning Brief", "Three teens")),
        ("08-wikipedia", ("[1]", "[edit]", "citation needed", "Ambry Herald", "Not to be confused")),
    ):
        assert [one for one in words if one in found(name).text] == []
