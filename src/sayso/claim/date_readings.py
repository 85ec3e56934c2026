"""What time words mean: one reading for each kind of shape, past by default.

Every reading takes a `Hit` and returns a `Reading`, or None where the words are no date after all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.claim import calendar
from sayso.claim.calendar import DAY, DAYS, MONTH, WEEK, Days, in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.claim.date_words import Lexicon, Row, Value

_UNKNOWN_DAY = "cannot be worked out without the report's own date"
MONTH_CLASSES = ("month", "numbermonth")
_GIVEN_NAMES = frozenset((4, 5, 6, 8))
"""April, May, June and August, which are names of people too."""
_COUNTS_ON = frozenset(("word", "counted", "unit", "named", "month", "numbermonth", "dash", "part", "of"))
"""Classes after two figures by which they may count something instead of naming a year."""
_BEFORE_NAMES = frozenset(("by", "to", "and", "after", "for", "of", "from", "at", "over", "about"))


@dataclass(frozen=True, slots=True)
class Reading:
    """The days that some words stand for.

    `dated` says whether the words name the year themselves; `fixed`, whether they name a day of the calendar.
    """

    days: Days | None
    prec: int
    reason: str
    role: str = "event"
    time: str | None = None
    dated: bool = False
    fixed: bool = False
    future: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens `first` to `last` (end exclusive) of a row, and what they are read against.

    `day` is the report's own day; `anchor` the last day that the text has spoken of.
    """

    row: Row
    first: int
    last: int
    day: date | None
    anchor: date | None
    day_first: bool
    future: bool
    lex: Lexicon

    def all(self, *kinds: str) -> list[Value]:
        """Return the values of the tokens of some classes, in order."""
        return [self.row.values[at] for at in range(self.first, self.last) if self.row.classes[at] in kinds]

    def number(self, *kinds: str) -> int:
        """Return the first value of some classes as a number; 1 where there is none."""
        return next((value for value in self.all(*kinds) if isinstance(value, int)), 1)

    def word(self, *kinds: str) -> str:
        """Return the first value of some classes as a word; empty where there is none."""
        return next((str(value) for value in self.all(*kinds)), "")

    def has(self, *kinds: str) -> bool:
        """Say whether a token of one of these classes is there."""
        return any(self.row.classes[at] in kinds for at in range(self.first, self.last))

    @property
    def year(self) -> int | None:
        """The year as said: in four figures, or as this, last or next year."""
        if self.has("year"):
            return self.number("year")
        if not self.has("yearword") or self.day is None:
            return None
        return self.day.year + (-1 if self.has("last") else 1 if self.has("next") else 0)

    @property
    def next_kind(self) -> str:
        """The class of the token after the hit."""
        return self.row.kind(self.last)


def unknown(prec: int, *, role: str = "event", fixed: bool = False) -> Reading:
    """Return a reading of words that hang on a day that is not known."""
    return Reading(None, prec, _UNKNOWN_DAY, role=role, fixed=fixed)


def one_day(day: date, reason: str = "", *, dated: bool = False, fixed: bool = False, future: bool = False) -> Reading:
    """Return a reading of one day."""
    return Reading(Days(day, day), DAY, reason or in_words(day), dated=dated, fixed=fixed, future=future)


def as_of(reading: Reading, day: date | None) -> Reading:
    """End an interval that is not yet over at the report's day: what it reports has happened."""
    days = reading.days
    if days is None or day is None or reading.future or not days.first <= day < days.last:
        return reading
    return replace(reading, days=Days(days.first, day), reason=reading.reason + ", up to the report's day")


def _years_for(hit: Hit, months: Callable[[int], Days | None]) -> Reading | None:
    """Read a month or day without a year: the latest not after the report's day, the next one where it is to come."""
    if hit.day is None:
        return unknown(MONTH, fixed=True)
    options = [days for year in range(hit.day.year - 8, hit.day.year + 9) if (days := months(year))]
    coming = next((days for days in options if days.first > hit.day), None)
    if coming and (hit.has("next") or (hit.future and (coming.first - hit.day).days <= 92)):
        return Reading(coming, calendar.precision(coming), f"the next one after {in_words(hit.day)}", future=True)
    gone = [days for days in options if days.first <= hit.day]
    if not gone:
        return None
    reason = f"the latest not after {in_words(hit.day)}"
    return as_of(Reading(gone[-1], calendar.precision(gone[-1]), reason), hit.day)


def with_year(hit: Hit, find: Callable[[int], Days | None], *, prec: int, fixed: bool = False) -> Reading | None:
    """Read days of a year, said or worked out."""
    if hit.year is not None:
        days = find(hit.year)
        return as_of(Reading(days, prec, "as said", dated=True, fixed=fixed), hit.day) if days else None
    if hit.has("yearword"):
        return unknown(prec)
    if not any(find(year) for year in (2023, 2024)):
        return None
    reading = _years_for(hit, find)
    return replace(reading, prec=prec, fixed=fixed) if reading else None


def _in_month(month: int, first: int, last: int) -> Callable[[int], Days | None]:
    """Return a function from a year to days of one of its months; None in years that lack them."""

    def days(year: int) -> Days | None:
        try:
            return Days(date(year, month, first), date(year, month, last))
        except ValueError:
            return None

    return days


def iso(hit: Hit) -> Reading | None:
    """Read 2014-06-08, with or without a clock time."""
    written = "T".join(map(str, hit.all("iso", "hourminute")))
    try:
        day = date.fromisoformat(written[:10].replace("/", "-"))
    except ValueError:
        return None
    zone = written[16:].lstrip(":.0123456789") or hit.word("zone")
    time = f"{written[11:16]} {'UTC' if zone == 'Z' else zone}".strip()
    return replace(one_day(day, "as said", dated=True, fixed=True), time=time or None)


def numeric(hit: Hit) -> Reading | None:
    """Read 03/04/2017: the day first or the month first, as set, unless the other way is the report's own day."""
    written = str(hit.row.values[hit.first])
    mark = next(char for char in written if not char.isdigit())
    one, two, year = (int(part) for part in written.split(mark))
    if len(written.split(mark)[2]) == 2:
        if mark != "/":  # 03.04.17 and 3-4-17 are as often no date
            return None
        year = _full_year(year, hit.day)
    if not 1900 <= year <= 2099:
        return None
    orders = {"day first": _in_month(two, one, one)(year), "month first": _in_month(one, two, two)(year)}
    options = [(name, days.first) for name, days in orders.items() if days]
    if not hit.day_first:
        options.reverse()
    options.sort(key=lambda each: each[1] != hit.day)  # the report's own day speaks against the order set
    return one_day(options[0][1], f"as said, {options[0][0]}", dated=True, fixed=True) if options else None


def _full_year(short: int, day: date | None) -> int:
    """Return the year that two figures stand for: the nearest to the report's year, 1970 to 2069 without one."""
    near = day.year if day else 2019
    return min((century + short for century in (1800, 1900, 2000, 2100)), key=lambda year: (abs(year - near), year))


def day_month(hit: Hit) -> Reading | None:
    """Read "3 May", "May 3rd", "3 May 2014", "4 March last year"; not "the 14 February group"."""
    before = hit.row.kind(hit.first - 1)
    if not hit.has("year", "yearword") and hit.next_kind == "named":
        lower = hit.row.words(hit.last).islower()
        if before != "on" or not (lower or hit.row.words(hit.first).isupper()):
            return None
    day, month = hit.number("day", "ordinal"), hit.number(*MONTH_CLASSES)
    starts_with_month = hit.row.classes[hit.first] in MONTH_CLASSES
    counted = hit.next_kind in {"word", "counted"} and not hit.has("year", "yearword")
    if starts_with_month and before in {"in", "since"} and counted and hit.row.words(hit.last - 1).isdigit():
        follower = hit.row.words(hit.last)
        if before == "in" or hit.next_kind == "counted" or follower.endswith("s"):
            return None  # "in July 14 people were killed", but "since July 11 shelling has killed 9"
    return with_year(hit, _in_month(month, day, day), prec=DAY, fixed=True)


def day_of_month(hit: Hit) -> Reading | None:
    """Read "the 9th of this month", "the 30th of last month"."""
    if hit.word("unit") != "month" or hit.next_kind == "before":
        return None
    if hit.day is None:
        return unknown(DAY)
    month = calendar.month_days(hit.day.year, hit.day.month - int(hit.has("last")))
    found = month.first.replace(day=hit.number("day"))
    return one_day(found, f"counted from {in_words(hit.day)}", future=found > hit.day)


def day_month_short_year(hit: Hit) -> Reading | None:
    """Read "23 Aug 88", where what stands beside it shows that no count begins."""
    written = hit.row.words(hit.last - 1)
    if len(written) != 2 or not written.isdigit():
        return None
    led = hit.row.kind(hit.first - 1) == "of" and hit.day is not None and int(written) == hit.day.year % 100
    runs_on = hit.next_kind == "dash" and hit.row.kind(hit.last + 1) != "day"
    if not led and not runs_on and hit.next_kind in _COUNTS_ON:
        return None
    numbers = [value for value in hit.all("day", "shortyear") if isinstance(value, int)]
    year = _full_year(numbers[-1], hit.day)
    days = _in_month(hit.number(*MONTH_CLASSES), numbers[0], numbers[0])(year)
    return one_day(days.first, "as said, the year nearest to the report's", dated=True, fixed=True) if days else None


def run_together(hit: Hit) -> Reading | None:
    """Read "Jul 172015", a date whose space was lost."""
    day, year = divmod(hit.number("runtogether"), 10000)
    days = _in_month(hit.number(*MONTH_CLASSES), day, day)(year) if day else None
    return one_day(days.first, "as said", dated=True, fixed=True) if days else None


def days_month(hit: Hit) -> Reading | None:
    """Read "3-5 May", "between 3 and 7 May", "3, 4 and 5 May", "May 3 to 5"."""
    said = [value for value in hit.all("day") if isinstance(value, int)]
    if said != sorted(said) or not hit.has("dash", "to", "and"):
        return None
    undated = not hit.has("year", "yearword")
    if undated and hit.next_kind == "named":
        return None  # "14 May Street"
    if hit.row.classes[hit.first] in MONTH_CLASSES and hit.has("and") and undated:
        runs_on = all(after - before == 1 for before, after in pairwise(said))
        if hit.next_kind == "counted" or (hit.next_kind == "word" and not runs_on):
            return None  # "on May 3 and 14 people"
    find = _in_month(hit.number(*MONTH_CLASSES), said[0], said[-1])
    length = said[-1] - said[0] + 1
    prec = DAY if length == 1 else DAYS if length <= 6 else WEEK if length == 7 else MONTH
    return with_year(hit, find, prec=prec)


def month(hit: Hit) -> Reading | None:
    """Read "in March", "March 2015", "last May", "July this year"."""
    number = hit.number(*MONTH_CLASSES)
    follower = hit.row.words(hit.last)
    if number in _GIVEN_NAMES and follower.istitle() and hit.row.kind(hit.first - 1) in _BEFORE_NAMES:
        return None
    if hit.has("last") and not hit.has("yearword") and hit.day and hit.day.month == number:
        days = calendar.month_days(hit.day.year - 1, number)
        return Reading(days, MONTH, f"the one before {in_words(hit.day)}")
    return with_year(hit, lambda year: calendar.month_days(year, number), prec=MONTH)


def month_part(hit: Hit) -> Reading | None:
    """Read "early March", "mid-May 2015", "the end of June"."""
    number, part = hit.number(*MONTH_CLASSES), hit.word("modifier", "edge")
    return with_year(hit, lambda year: calendar.part_of_month(year, number, part), prec=MONTH)


READINGS: dict[str, Callable[[Hit], Reading | None]] = {
    "iso": iso,
    "numeric": numeric,
    "day_month": day_month,
    "day_of_month": day_of_month,
    "day_month_short_year": day_month_short_year,
    "run_together": run_together,
    "days_month": days_month,
    "month": month,
    "month_part": month_part,
}
"""The readings of this module by the names that shapes use."""
