"""What holds for every time mention, and what depends on the report's day, on settings and on the text before."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import reduce
from operator import or_

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.claim.calendar import Days as DayRange
from sayso.claim.calendar import easter, islamic, month_days, orthodox_easter, precision, week_of
from sayso.claim.date_words import Shape, lexicon
from sayso.claim.dates import TimeMention, dateline_day, find_times

WEDNESDAY = date(2022, 3, 2)

_PIECES = st.sampled_from(
    [
        "on",
        "last",
        "next",
        "the",
        "in",
        "since",
        "from",
        "to",
        "between",
        "and",
        "3",
        "17",
        "31",
        "45",
        "88",
        "2014",
        "1999",
        "May",
        "march",
        "MAR",
        "Dec.",
        "Monday",
        "Sun",
        "sat",
        "night",
        "early",
        "late",
        "mid",
        "-",
        "/",
        ",",
        ".",
        "(",
        ")",
        "--",
        ":",
        "yesterday",
        "overnight",
        "into",
        "ago",
        "earlier",
        "a",
        "two",
        "days",
        "weeks",
        "years",
        "past",
        "hours",
        "week",
        "month",
        "Ramadan",
        "Eid",
        "al-Fitr",
        "New",
        "Year's",
        "Eve",
        "Easter",
        "eve",
        "of",
        "03/04/2017",
        "2017-04-03",
        "2017-99-03",
        "5:49",
        "p.m.",
        "1730",
        "GMT",
        "weekend",
        "year",
        "decade",
        "spring",
        "first",
        "Jul",
        "172015",
        "published",
        "will",
        "after",
        "before",
        "next",
        "day",
        "that",
        "9999",
        "people",
    ]
)
_TEXTS = st.one_of(st.text(), st.lists(_PIECES, max_size=14).map(" ".join))
_DAYS = st.one_of(st.none(), st.dates())


def _said(text: str, day: date | None = WEDNESDAY) -> list[tuple[str, str]]:
    return [(m.span.of(text), str(m.date_from or "-")) for m in find_times(text, day)]


@given(_TEXTS, _DAYS, st.booleans())
def test_mentions_are_ordered_apart_and_hold_words(text: str, day: date | None, day_first: bool) -> None:  # noqa: FBT001 - given by hypothesis
    mentions = find_times(text, day, day_first=day_first)
    end = 0
    for mention in mentions:
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.of(text) == mention.span.of(text).strip()
        assert mention.date_from is None or mention.date_to is None or mention.date_from <= mention.date_to
        assert mention.prec in range(1, 6)
        assert mention.role in {"event", "since", "dateline", "duration", "time"}
        assert mention.reason
        end = mention.span.end
    assert mentions == find_times(text, day, day_first=day_first)


@given(_TEXTS, st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_a_part_of_a_text_is_read_within_its_bounds(text: str, day: date) -> None:
    third = len(text) // 3
    for mention in find_times(text, day, start=third, end=2 * third):
        assert third <= mention.span.start < mention.span.end <= 2 * third


@pytest.mark.parametrize(
    "piece",
    [
        "1,",
        "3-",
        "on Monday and ",
        "between ",
        "(",
        "3 and 4 and ",
        "New Year's ",
        "\n \n",
        "-1",
        "9" * 50 + " ",
        "May ",
    ],
)
def test_a_megabyte_of_the_same_piece_is_read_to_its_end(piece: str) -> None:
    text = piece * (1_000_000 // len(piece)) + " It fell on 5 January 2014."
    assert find_times(text, WEDNESDAY)[-1].date_to == date(2014, 1, 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Two died on Monday.", [("Monday", "-")]),
        ("Two died yesterday.", [("yesterday", "-")]),
        ("Two died three weeks ago.", [("three weeks ago", "-")]),
        ("Two died on 5 January.", [("5 January", "-")]),
        ("Two died in March.", [("March", "-")]),
        ("Two died on New Year's Eve.", [("New Year's Eve", "-")]),
        ("Two died last month.", [("last month", "-")]),
        ("Two died in the past 24 hours.", [("past 24 hours", "-")]),
        ("Two died on 5 January 2014.", [("5 January 2014", "2014-01-05")]),
        ("Two died at Easter 2019.", [("Easter 2019", "2019-04-21")]),
        ("Two died in the raid of 23 Aug 88.", [("23 Aug 88", "1988-08-23")]),
    ],
)
def test_without_the_reports_day_only_full_dates_are_worked_out(text: str, said: list[tuple[str, str]]) -> None:
    assert _said(text, None) == said


def test_days_are_counted_from_the_day_last_spoken_of() -> None:
    text = "On 3 June 2016 two were shot; the next day three more died. A patrol was hit two days earlier."
    assert _said(text) == [
        ("3 June 2016", "2016-06-03"),
        ("next day", "2016-06-04"),
        ("two days earlier", "2016-06-02"),
    ]


def test_the_day_last_spoken_of_may_be_given() -> None:
    (mention,) = find_times("Five fell a day earlier.", WEDNESDAY, anchor=date(2022, 2, 20))
    assert mention.date_from == date(2022, 2, 19)


def test_a_day_after_looks_back_from_the_middle_of_a_sentence_and_goes_on_from_its_start() -> None:
    back = "On Monday a strike hit the mill, a day after bombs killed ten."
    on = "A strike hit the mill on Monday. A day after the strike, ten died."
    assert _said(back) == [("Monday", "2022-02-28"), ("a day after", "2022-02-27")]
    assert _said(on) == [("Monday", "2022-02-28"), ("A day after", "2022-03-01")]


def test_short_years_lie_near_the_report() -> None:
    assert _said("A note of 7 Jun 05.", date(2006, 1, 1)) == [("7 Jun 05", "2005-06-07")]
    assert _said("A note of 7 Jun 05.", date(1907, 1, 1)) == [("7 Jun 05", "1905-06-07")]


def test_the_order_of_day_and_month_is_a_setting_that_the_reports_day_can_overrule() -> None:
    def read(text: str, *, day_first: bool, day: date | None = None) -> date | None:
        return find_times(text, day, day_first=day_first)[0].date_from

    assert read("seen on 03/04/2017", day_first=True) == date(2017, 4, 3)
    assert read("seen on 03/04/2017", day_first=False) == date(2017, 3, 4)
    assert read("seen on 07/06/2016", day_first=True, day=date(2016, 7, 6)) == date(2016, 7, 6)
    assert read("seen on 09/06/2016", day_first=False, day=date(2016, 10, 6)) == date(2016, 9, 6)


def test_what_is_planned_lies_in_the_future() -> None:
    assert _said("The vote is scheduled for 14 March.") == [("14 March", "2022-03-14")]
    assert _said("They will return on Monday.") == [("Monday", "2022-03-07")]


def test_the_reason_is_said_in_words() -> None:
    (mention,) = find_times("Nine were killed on Monday.", WEDNESDAY)
    assert mention.reason == "Monday before Wednesday 2 March 2022"


def test_a_last_month_that_is_now_is_the_one_before() -> None:
    assert _said("It began last March.") == [("last March", "2021-03-01")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("SAN CIPRIANO, 3 JAN 90 (RADIO LIBRE) -- THREE SOLDIERS DIED", "1990-01-03"),
        ("Port Almeda (Costa Verde), 27 Aug 88 (Radio Sur) -- [Text] Two died", "1988-08-27"),
        ("ALTO VERDE (SANTA ROSA), JUNE 11 89 (RADIO SUR) -- [TEXT] TWO DIED", "1989-06-11"),
        ("HARRA, 4 Feb 2016 (XYZ) — Two died.", "2016-02-04"),
        ("MILLTOWN, Ore. (November 30, 2013) — A party ended in gunfire.", "2013-11-30"),
        ("Sun 16 Apr 2017 Two died in Harra.", "2017-04-16"),
        ("28 July 2015 Fighters took the hill.", "2015-07-28"),
        ("Date of publication 18 July 2016 Two died.", "2016-07-18"),
        ("Posted on August 3 2013 by A. Writer. Two died.", "2013-08-03"),
        ("Last updated at Jul 172015 HARRA Two died.", "2015-07-17"),
        ("(Published Sunday, Jan. 8, 2017) Two died.", "2017-01-08"),
        ("Two dead in Harra Monitor News Monday 9 Feb 2015 At least two died", "2015-02-09"),
        ("Two dead in Harra 21 November 2016 HNA Strikes hit the mill", "2016-11-21"),
        ("Two dead in Harra\n9 February 2015\n\nStrikes hit the mill", "2015-02-09"),
        ("Region Security 31-08-2014 Fighters took the hill", "2014-08-31"),
    ],
)
def test_a_dateline_gives_the_reports_own_day(text: str, day: str) -> None:
    mention = dateline_day(text)
    assert mention is not None
    assert str(mention.date_from) == day


def test_a_dateline_without_a_year_takes_it_from_a_day_near_it() -> None:
    text = "HARRA, 4 Feb (XYZ) -- Two died."
    mention = dateline_day(text)
    assert mention is not None
    assert mention.date_from is None
    assert dateline_day(text, WEDNESDAY) == TimeMention(
        mention.span,
        date(2022, 2, 4),
        date(2022, 2, 4),
        1,
        None,
        "dateline",
        "the latest not after Wednesday 2 March 2022",
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Two died on 4 May 2014.",
        "On 5 January 1990, three soldiers died.",
        "Harra - Two died on Monday, 3 May 2015.",
    ],
)
def test_a_text_without_a_dateline_has_none(text: str) -> None:
    assert dateline_day(text) is None


def test_the_date_of_a_dateline_is_not_taken_for_the_event() -> None:
    text = "SAN CIPRIANO, 3 JAN 90 (RADIO LIBRE) -- THREE SOLDIERS DIED ON 2 JANUARY."
    assert [m.role for m in find_times(text, date(1990, 1, 3))] == ["dateline", "event"]


@pytest.mark.parametrize(
    ("year", "western", "eastern"),
    [(1989, "03-26", "04-30"), (2010, "04-04", "04-04"), (2016, "03-27", "05-01"), (2021, "04-04", "05-02")],
)
def test_easter_falls_when_the_churches_kept_it(year: int, western: str, eastern: str) -> None:
    assert (str(easter(year)), str(orthodox_easter(year))) == (f"{year}-{western}", f"{year}-{eastern}")


@pytest.mark.parametrize(
    ("year", "month", "day", "kept"),
    [
        (1435, 10, 1, "2014-07-28"),
        (1438, 10, 1, "2017-06-25"),
        (1441, 9, 1, "2020-04-24"),
        (1437, 12, 10, "2016-09-12"),
    ],
)
def test_the_islamic_calendar_is_within_a_day_of_the_moon(year: int, month: int, day: int, kept: str) -> None:
    assert abs(islamic(year, month, day) - date.fromisoformat(kept)) <= timedelta(1)


@given(st.dates(date(1, 2, 1), date(9998, 12, 1)))
def test_weeks_and_months_hold_their_days(day: date) -> None:
    assert week_of(day).first <= day <= week_of(day).last
    assert week_of(day).first.weekday() == 0
    assert month_days(day.year, day.month).first <= day <= month_days(day.year, day.month).last


@pytest.mark.parametrize(("length", "code"), [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (31, 4), (32, 5), (366, 5)])
def test_precision_follows_the_length(length: int, code: int) -> None:
    assert precision(DayRange(date(2020, 1, 1), date(2020, 1, 1) + timedelta(length - 1))) == code


@pytest.mark.parametrize(
    "shape", [one for one in lexicon("en").shapes if not re.search(r"\(\?[<=!]", one.order.pattern)]
)
@given(data=st.data())
@settings(max_examples=20)
def test_a_shape_stands_only_in_rows_with_all_that_it_needs(shape: Shape, data: st.DataObject) -> None:
    row = data.draw(st.from_regex(shape.order, fullmatch=True))
    assert shape.needs & reduce(or_, (lexicon("en").serves.get(symbol, 0) for symbol in row)) == shape.needs


def test_nearly_all_shapes_need_a_word() -> None:
    assert sum(not shape.needs for shape in lexicon("en").shapes) <= 1
