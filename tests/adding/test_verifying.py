"""A page is held against its report: what the report says must stand on the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sayso.find import find_report
from sayso.pages.files import pages
from sayso.records import Given, Page, Report
from sayso.verifying import recheck

EXAMPLES = Path(__file__).parents[2] / "examples"
FOUND = [page for page in pages([str(EXAMPLES)]) if isinstance(page, Page)]


def reported(page: Page) -> Report:
    report, _ = find_report(page, Given())
    assert report is not None
    return report


@pytest.mark.parametrize("page", FOUND, ids=lambda page: Path(page.where).name)
def test_every_example_says_what_its_report_says(page: Page) -> None:
    report = reported(page)
    assert recheck(page, report) is None
    assert (
        recheck(page, replace(report, text=report.text + " Ninetyseven porters drowned.", text_sha256="")) is not None
    )


@pytest.mark.parametrize("page", [one for one in FOUND if one.media_type == "text/html"], ids=lambda page: page.where)
def test_another_main_text_of_the_same_page_is_no_fault(page: Page) -> None:
    report = reported(page)
    paragraphs = report.text.split("\n\n")
    assert recheck(page, replace(report, text="\n\n".join(paragraphs[1:]), text_sha256="")) is None


def test_a_page_without_a_report_is_told() -> None:
    (page,) = (one for one in FOUND if one.where.endswith("lirna-valley-flood.txt"))
    assert "are not there" in str(recheck(replace(page, body=b"Nothing of the kind."), reported(page)))
