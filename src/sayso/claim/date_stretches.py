"""Readings of months in part, years and longer stretches: "the first half of May", "in 2014", "last summer"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sayso.claim import calendar
from sayso.claim.calendar import MONTH, WEEK, YEAR, Days
from sayso.claim.date_readings import MONTH_CLASSES, Hit, Reading, as_of, unknown, with_year

if TYPE_CHECKING:
    from collections.abc import Callable


def week_of_month(hit: Hit) -> Reading | None:
    """Read "the first week of August"."""
    if hit.word("unit") != "week":
        return None
    number, nth = (
        hit.number(*MONTH_CLASSES),
        0 if hit.has("last") and not hit.has("ordinal") else hit.number("ordinal"),
    )

    def days(year: int) -> Days:
        end = calendar.month_days(year, number).last
        last = date(year, number, 7 * nth) if nth else end
        return Days(last - timedelta(6), last)

    return with_year(hit, days, prec=WEEK)


def half_of_month(hit: Hit) -> Reading | None:
    """Read "the first half of May"."""
    number, nth = hit.number(*MONTH_CLASSES), hit.number("ordinal")

    def days(year: int) -> Days:
        whole = calendar.month_days(year, number)
        middle = whole.first.replace(day=15)
        return Days(whole.first, middle) if nth == 1 else Days(middle + timedelta(1), whole.last)

    return with_year(hit, days, prec=MONTH) if nth <= 2 else None


def stretch_of_month(hit: Hit) -> Reading | None:
    """Read "the first ten days of October", "the last two weeks of September"."""
    size = {"day": 1, "week": 7}.get(hit.word("unit"), 0) * hit.number("card", "day")
    ordinal = "" if hit.row.classes[hit.first] == "last" else hit.number("ordinal")
    if not 1 <= size <= 28 or ordinal not in {"", 1}:
        return None
    number = hit.number(*MONTH_CLASSES)

    def days(year: int) -> Days:
        whole = calendar.month_days(year, number)
        if ordinal:
            return Days(whole.first, whole.first + timedelta(size - 1))
        return Days(whole.last - timedelta(size - 1), whole.last)

    return with_year(hit, days, prec=calendar.precision(days(2024)))


def share_of_year(hit: Hit) -> Reading | None:
    """Read "the second half of 2018", "the first quarter of this year"."""
    share = 6 if hit.has("half") else 3
    parts = 12 // share
    nth = parts if hit.row.classes[hit.first] == "last" else hit.number("ordinal")
    year = hit.year if hit.has("year", "last", "this") else None
    if year is None and hit.day is not None and hit.has("the"):
        year = hit.day.year
    if nth > parts:
        return None
    if year is None:
        return unknown(YEAR)
    days = Days(date(year, share * (nth - 1) + 1, 1), calendar.month_days(year, share * nth).last)
    return as_of(Reading(days, YEAR, f"a {'half' if share == 6 else 'quarter'} of the year", dated=True), hit.day)


def months_of_year(hit: Hit) -> Reading | None:
    """Read "the first six months of 2016"."""
    count = hit.number("card", "day")
    if hit.word("unit") != "month" or not 1 <= count <= 12:
        return None
    year = hit.year
    if year is None:
        return unknown(YEAR)
    first = 13 - count if hit.has("last") and hit.row.classes[hit.first] == "last" else 1
    days = Days(date(year, first, 1), calendar.month_days(year, first + count - 1).last)
    return as_of(Reading(days, YEAR, "as said", dated=True), hit.day)


def year(hit: Hit) -> Reading | None:
    """Read a year after a word that makes it one; not "in 2000 homes", not "at 1945 GMT"."""
    said, after = hit.number("year"), hit.next_kind
    if after in {"counted", "zone", "unit", "yearwords"} or (said % 50 == 0 and after in {"word", "other"}):
        return None
    if hit.row.kind(hit.first - 1) in {"about", "over"} and after == "word" and hit.row.words(hit.last).endswith("s"):
        return None  # "around 1990 villagers"
    if hit.day and said > hit.day.year + 30:
        return None
    return as_of(Reading(calendar.year_days(said), YEAR, "as said", dated=True), hit.day)


def year_adjective(hit: Hit) -> Reading | None:
    """Read "the 2014 war"; not "the 2,000 people", and nothing that is yet to come."""
    if hit.day and hit.number("year") > hit.day.year + 1:
        return None
    return year(hit)


def years(hit: Hit) -> Reading | None:
    """Read "2014-2016", "1980-88", "from 2012 to 2014", "in 2012, 2013 and 2014"."""
    said = [value for value in hit.all("year", "shortyear", "day") if isinstance(value, int)]
    last = said[-1] if said[-1] > 99 else said[0] // 100 * 100 + said[-1]
    rising = said[:-1] == sorted(said[:-1]) and 0 < last - said[0] <= 60
    if not rising or not (said[-1] > 99 or hit.row.words(hit.last - 1).isdigit()):
        return None
    days = Days(calendar.year_days(said[0]).first, calendar.year_days(last).last)
    return as_of(Reading(days, YEAR, "as said", dated=True), hit.day)


def year_part(hit: Hit) -> Reading | None:
    """Read "early 2015", "the end of 2014"."""
    days = calendar.year_days(hit.number("year"), hit.word("modifier", "edge"))
    return as_of(Reading(days, YEAR, "as said, a third of the year", dated=True), hit.day)


def decade(hit: Hit) -> Reading | None:
    """Read "the 1980s"."""
    first = hit.number("decade")
    return Reading(Days(date(first, 1, 1), date(first + 9, 12, 31)), YEAR, "as said", dated=True)


def season(hit: Hit) -> Reading | None:
    """Read "last summer", "winter 2015" by the northern seasons; a winter runs into the next year."""
    first = hit.number("season")

    def days(year: int) -> Days:
        return Days(calendar.month_days(year, first).first, calendar.month_days(year, first + 2).last)

    return with_year(hit, days, prec=YEAR)


READINGS: dict[str, Callable[[Hit], Reading | None]] = {
    "week_of_month": week_of_month,
    "half_of_month": half_of_month,
    "stretch_of_month": stretch_of_month,
    "share_of_year": share_of_year,
    "months_of_year": months_of_year,
    "year": year,
    "year_adjective": year_adjective,
    "years": years,
    "year_part": year_part,
    "decade": decade,
    "season": season,
}
"""The readings of this module by the names that shapes use."""
