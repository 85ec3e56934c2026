"""Dates are read where they can be read in one way only, and never moved to another time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.find.published import iso


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2021-03-04", "2021-03-04"),
        (" 2021-03-04T23:59:59.5Z ", "2021-03-04T23:59:59.5Z"),
        ("2021-03-04 05:00", "2021-03-04 05:00"),
        ("20210304", "2021-03-04"),
        ("2021/3/4", "2021-03-04"),
        ("4 March 2021", "2021-03-04"),
        ("4th Mar. 2021", "2021-03-04"),
        ("March 4, 2021", "2021-03-04"),
        ("MARCH 4 2021", "2021-03-04"),
        ("Thursday, March 4, 2021", "2021-03-04"),
        ("Thu, 04 Mar 2021 05:07:09 GMT", "2021-03-04T05:07:09+00:00"),
        ("4 March 2021, 5:07 +0330", "2021-03-04T05:07+03:30"),
        ("4 March 2021 15:07:09", "2021-03-04T15:07:09"),
        ("25/03/2021", "2021-03-25"),
        ("03/25/2021", "2021-03-25"),
        ("04/04/2021", "2021-04-04"),
        ("4.3.2021", "2021-03-04"),
        ("03/04/2021", None),
        ("03-04-2021", None),
        ("3/4/21", None),
        ("2021-03", None),
        ("2021", None),
        ("30 February 2021", None),
        ("2021-02-30", None),
        ("2021/03/04 25:00", None),
        ("4 March 2021 or so", None),
        ("4 Ma 2021", None),
        ("yesterday", None),
        ("", None),
        ("1" * 5000, None),
        ("٢٠٢١-٠٣-٠٤", "2021-03-04"),
    ],
)
def test_stated_dates(stated: str, expected: str | None) -> None:
    assert iso(stated) == expected


@given(st.datetimes(timezones=st.sampled_from([None, UTC, timezone(timedelta(hours=5, minutes=30))])))
def test_what_is_iso_already_is_kept(moment: datetime) -> None:
    assert iso(moment.isoformat()) == moment.isoformat()


@given(
    st.dates(min_value=date(1000, 1, 1)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y/%m/%d", "%d.%m.%Y", "%A, %d %b %Y"]),
)
def test_written_dates_come_back(day: date, form: str) -> None:
    assert iso(day.strftime(form)) == day.isoformat()


@given(st.text())
def test_any_words_give_a_date_or_nothing(stated: str) -> None:
    read = iso(stated)
    assert read is None or date.fromisoformat(read[:10])
