"""Dates are read where they can be read in one way only, and never moved to another time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.find.published import dates_in, iso
from sayso.find.stated import dateline, is_date_line


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
        ("4 mars 2021 à 10h32", "2021-03-04T10:32"),
        ("1er août 2021", "2021-08-01"),
        ("4 de marzo de 2021", "2021-03-04"),
        ("2. Oktober 2019 um 21:14", "2019-10-02T21:14"),
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


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Published 3:12 a.m. CT July 3, 2022 | Updated 2:47 p.m. CT July 4, 2022", ["2022-07-03", "2022-07-04"]),
        ("Publié le 4 mars 2021 à 10h32 - Par A. Diarra", ["2021-03-04T10:32"]),
        ("on 2021-03-04T10:32:00Z.", ["2021-03-04T10:32:00Z"]),
        ("4 March 2021 5:10 pm", ["2021-03-04"]),
        ("file 12-03-04-2021, 03/04/2021, 30 February 2021, in 2021", []),
    ],
)
def test_dates_within_words(words: str, expected: list[str]) -> None:
    assert [day for day, _, _ in dates_in(words)] == expected


@given(st.text(max_size=80))
def test_dates_within_any_words_slice_to_them(words: str) -> None:
    for day, start, end in dates_in(f"{words} 4 March 2021 {words}"):
        assert iso((f"{words} 4 March 2021 {words}")[start:end]) == day


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("SARNOV, May 9, 2020 (NPA) \u2014 Ten people burned to death.", "2020-05-09"),
        ("SAN TELMO (AP), 17 March 1991 - Gunmen stopped a bus.", "1991-03-17"),
        ("SAN TELMO, 17 MAR 41 (NPA) -- GUNMEN", "2041-03-17"),
        ("The bridge was built on 6 May 2020 - so the mayor said.", None),
        ("SARNOV, Saturday (NPA) - Ten people burned to death.", None),
        ("FAIRMONT FALLS - Two were killed.", None),
        ("", None),
    ],
)
def test_datelines(opening: str, expected: str | None) -> None:
    assert dateline(opening) == expected


def test_lines_that_only_date_the_page() -> None:
    assert is_date_line("Ver\u00f6ffentlicht am 2. Oktober 2019 um 21:14 Uhr")
    assert not is_date_line("Date: 2 September 2022. This report covers 30 August to 1 September.")
    assert not is_date_line("The names were published on 4 March 2021 by the town hall of Sarrow and by no one else")
