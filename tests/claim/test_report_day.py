"""The report's own day out of its text, and whether figures have the day or the month first."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim.date_order import day_first
from sayso.claim.report_day import own_day
from sayso.records import Report


@pytest.mark.parametrize(
    ("text", "day", "stated_in"),
    [
        ("HARRA, 4 Feb 2016 (XYZ) -- Two died.", "2016-02-04", "dateline"),
        ("Posted on August 3 2013 by A. Writer. Two died.", "2013-08-03", "dateline"),
        ("Two miners died in Harra yesterday, 4 March 2016.", "2016-03-05", "text"),
        ("Two miners died in Harra today (4 March 2016).", "2016-03-04", "text"),
        ("Two miners died.\n\nHarra, 4 March 2016", "2016-03-04", "text"),
        ("Two miners died.\n\nThe board of the union, Harra, 4 March 2016\n", "2016-03-04", "text"),
    ],
)
def test_the_day_is_read_and_where_it_stood(text: str, day: str, stated_in: str) -> None:
    own = own_day(text)
    assert own is not None
    assert (str(own.day), own.stated_in) == (day, stated_in)
    assert str(own.day.year) in own.span.of(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Two miners died on 4 March 2016.",
        "Two miners died yesterday.",
        "Two miners died.\nThey were buried in a field that was bought in March 2016",
        "Two miners died.\nThe mine had been open from 4 March 2011 to 9 May 2016",
        "Two died on 4 March 2016",
    ],
)
def test_a_text_that_does_not_tell_its_day_gives_none(text: str) -> None:
    assert own_day(text) is None


def test_a_day_at_hand_is_only_overruled_by_a_dateline() -> None:
    near = date(2016, 3, 9)
    assert own_day("Two miners died in Harra yesterday, 4 March 2016.", near) is None
    dateline = own_day("HARRA, 4 Feb (XYZ) -- Two died.", near)
    assert dateline is not None
    assert dateline.day == date(2016, 2, 4)


@pytest.mark.parametrize(
    ("text", "outlet", "url", "first"),
    [
        ("On 03/04/2017.", None, None, True),
        ("On 03/04/2017.", "Harra Times", "https://harra.example/a", True),
        ("On 03/04/2017.", "The New York Times", None, False),
        ("On 03/04/2017.", "CNN", None, False),
        ("On 03/04/2017.", None, "https://edition.cnn.com/a", False),
        ("On 03/04/2017.", None, "https://www.state.gov/a", False),
        ("On 03/04/2017.", None, "http://[broken", True),
        ("On 03/04/2017 and 24/04/2017.", "CNN", None, True),
        ("On 03/04/2017 and 04/24/2017.", None, None, False),
        ("On 24/04/2017 and 04/24/2017.", None, None, True),
    ],
)
def test_the_order_is_told_by_the_reports_own_dates_and_else_by_its_outlet(
    text: str,
    outlet: str | None,
    url: str | None,
    first: bool,  # noqa: FBT001 - the expected answer
) -> None:
    report = Report("order", text, outlet=outlet, url=url)
    assert day_first(report) is first
    assert day_first(report, "day")
    assert not day_first(report, "month")


@given(st.text(), st.one_of(st.none(), st.dates()), st.one_of(st.none(), st.text()))
def test_any_text_is_taken(text: str, near: date | None, outlet: str | None) -> None:
    own = own_day(text, near)
    assert own is None or own.span.of(text).strip()
    assert day_first(Report("any", text, outlet=outlet, url=outlet)) in {True, False}
