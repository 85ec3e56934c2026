"""Arithmetic of days: months, weeks, computed feasts and precision codes. Pure, without clock or locale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

DAY, DAYS, WEEK, MONTH, YEAR = 1, 2, 3, 4, 5
"""UCDP's ``date_prec``: an exact day; two to six days; a known week; a known month; a known year."""

_JULIAN_DAY_OF_ORDINAL_0 = 1721425


@dataclass(frozen=True, slots=True)
class Days:
    """An interval of days, both ends included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Feast:
    """How the days of a feast are computed.

    Attributes:
        rule: ``fixed``, ``nth`` weekday of a month, ``easter``, ``orthodox`` or ``islamic``.
        month: Month of the rule's calendar, 1 to 12.
        day: Day of that month.
        offset: Days from Easter.
        days: How many days it lasts.
        early: By how many days it may begin before the rule's day.
        late: By how many days it may begin after it.
        weekday: For ``nth``: 0 is Monday.
        nth: For ``nth``: 1 is the first.
        also: Another feast that the same name may mean.
    """

    rule: str
    month: int = 1
    day: int = 1
    offset: int = 0
    days: int = 1
    early: int = 0
    late: int = 0
    weekday: int = 0
    nth: int = 1
    also: str = ""

    @property
    def slack(self) -> tuple[int, int]:
        """Days by which it may begin earlier and later; a day either way where the moon's sighting decides."""
        return (1, 1) if self.rule == "islamic" else (self.early, self.late)


def in_words(day: date) -> str:
    """Write a day for people.

    >>> in_words(date(2022, 3, 2))
    'Wednesday 2 March 2022'
    """
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def month_days(year: int, month: int) -> Days:
    """Return the days of a month; months below 1 or above 12 count into the years beside.

    >>> month_days(2016, 2).last.day
    29
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    return Days(date(year, month, 1), after - timedelta(1))


def part_of_month(year: int, month: int, part: str) -> Days:
    """Return the ``early``, ``mid`` or ``late`` third of a month: to the 10th, to the 20th, to the end."""
    whole = month_days(year, month)
    if part == "early":
        return Days(whole.first, whole.first.replace(day=10))
    if part == "mid":
        return Days(whole.first.replace(day=11), whole.first.replace(day=20))
    return Days(whole.first.replace(day=21), whole.last)


def year_days(year: int, part: str = "") -> Days:
    """Return a year's days, or its ``early``, ``mid`` or ``late`` four months."""
    months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part, (1, 12))
    return Days(date(year, months[0], 1), month_days(year, months[1]).last)


def week_of(day: date, weeks: int = 0) -> Days:
    """Return the week, Monday to Sunday, that lies `weeks` after the one that holds `day`."""
    monday = day - timedelta(day.weekday()) + timedelta(weeks=weeks)
    return Days(monday, monday + timedelta(6))


def weekday_before(day: date, weekday: int, *, same_day: bool = True) -> date:
    """Return the latest such weekday not after `day` (before it, unless `same_day`).

    >>> weekday_before(date(2022, 3, 2), 0)
    datetime.date(2022, 2, 28)
    """
    back = (day.weekday() - weekday) % 7
    return day - timedelta(back or (0 if same_day else 7))


def weekday_after(day: date, weekday: int) -> date:
    """Return the first such weekday after `day`."""
    return day + timedelta((weekday - day.weekday()) % 7 or 7)


def precision(days: Days) -> int:
    """Return UCDP's ``date_prec`` for an interval by its length."""
    return next((code for code, most in ((DAY, 1), (DAYS, 6), (WEEK, 7), (MONTH, 31)) if days.length <= most), YEAR)


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (Meeus, Astronomical Algorithms, ch. 8).

    >>> easter(2017)
    datetime.date(2017, 4, 16)
    """
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = moon + week - 7 * ((golden + 11 * moon + 22 * week) // 451) + 114
    return date(year, shift // 31, shift % 31 + 1)


def orthodox_easter(year: int) -> date:
    """Return Easter Sunday of the eastern churches, in the civil calendar (Meeus, ch. 8, Julian Easter).

    >>> orthodox_easter(2019)
    datetime.date(2019, 4, 28)
    """
    moon = (19 * (year % 19) + 15) % 30
    week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    shift = moon + week + 114
    # The Julian calendar lags by one day more in each century that it alone counts as a leap year.
    lag = year // 100 - year // 400 - 2
    return date(year, shift // 31, shift % 31 + 1) + timedelta(lag)


def islamic(year: int, month: int, day: int) -> date:
    """Return a day of the tabular Islamic calendar (civil epoch, 30-year cycle); the moon may differ by a day.

    >>> islamic(1438, 10, 1)
    datetime.date(2017, 6, 26)
    """
    julian = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + 1948439
    return date.fromordinal(julian - _JULIAN_DAY_OF_ORDINAL_0)


def feast_days(feast: Feast, year: int) -> tuple[Days, ...]:
    """Return the days of a feast that begins in a civil year, oldest first; `Feast.slack` is within them."""
    if feast.rule == "islamic":
        about = (year - 622) * 33 // 32
        starts = [islamic(each, feast.month, feast.day) for each in range(about - 1, about + 3)]
    elif feast.rule == "easter":
        starts = [easter(year) + timedelta(feast.offset)]
    elif feast.rule == "orthodox":
        starts = [orthodox_easter(year) + timedelta(feast.offset)]
    elif feast.rule == "nth":
        first = date(year, feast.month, 1)
        starts = [first + timedelta((feast.weekday - first.weekday()) % 7 + 7 * (feast.nth - 1))]
    else:
        starts = [date(year, feast.month, feast.day)]
    early, late = feast.slack
    return tuple(
        Days(start - timedelta(early), start + timedelta(feast.days - 1 + late))
        for start in starts
        if start.year == year
    )


def day_of_feast(feast: Feast, days: Days, number: int) -> Days:
    """Return the days on which one day of a feast may fall.

    Args:
        feast: The feast.
        days: Its days, from `feast_days`.
        number: 1 is its first day, 0 its eve.
    """
    first = days.first + timedelta(number - 1)
    return Days(first, first + timedelta(sum(feast.slack)))
