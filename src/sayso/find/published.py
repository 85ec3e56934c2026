"""Dates of publication as reports state them, to ISO 8601, always in the outlet's own local time."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from functools import cache
from importlib import resources

_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?\.?\s+(?:de\s+)?([^\W\d_]{3,})\.?,?\s+(?:de\s+)?(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_WEEKDAY = re.compile(r"^[^\W\d_]{3,9}\.?,\s+")
_CLOCK = r"[\sT,]*(?:(?:à|at|um)\s+)?(\d{1,2}[:h]\d{2}(?::\d{2})?)(?:\s*(Z|GMT|UTC|[+-]\d{2}:?\d{2}))?"
_TIME = re.compile(rf"^{_CLOCK}$")
_TIME_AFTER = re.compile(rf"{_CLOCK}(?![\d:])(?!\s*[ap]\.?m)", re.IGNORECASE)

# A date within other words: a figure or letter beside it would make it part of something else.
_WITHIN = re.compile(
    r"(?<![\w./-])(?:\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?|\d{1,2}[./-]\d{1,2}[./-]\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th|er)?\.?\s(?:de\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s)?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4})(?![\w/-])"
)


def iso(stated: str) -> str | None:
    """Return a stated date or date-time in ISO 8601, or None where it cannot be read in one way only.

    What is ISO 8601 already is kept letter for letter. A time zone is kept as stated and never converted, so the day
    is the outlet's own.

    >>> iso("2021-03-04T23:30:00+02:00")
    '2021-03-04T23:30:00+02:00'
    >>> iso("Thu, 4 March 2021 23:30 +0200")
    '2021-03-04T23:30+02:00'
    >>> iso("25/03/2021"), iso("03/04/2021")
    ('2021-03-25', None)
    """
    stated = stated.strip()
    if len(stated) > 64:
        return None
    if re.match(r"\d{4}-\d\d-\d\d", stated) and _is_iso(stated):
        return stated
    rest = _WEEKDAY.sub("", stated)
    for form, read in ((_NUMBERS, _from_numbers), (_DAY_FIRST, _from_day_first), (_MONTH_FIRST, _from_month_first)):
        if found := form.match(rest):
            day = read(found)
            time = _time(rest[found.end() :])
            return None if day is None or time is None else day.isoformat() + time
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", rest)
    day = _day(*map(int, compact.groups())) if compact else None
    return day.isoformat() if day else None


def dates_in(words: str) -> tuple[tuple[str, int, int], ...]:
    """Return the full dates that stand in some words, in order: each in ISO 8601 with its start and end there.

    A time of day that follows a date goes with it.

    >>> dates_in("Published on 4 March 2021, 10:32, in Sarrow")
    (('2021-03-04T10:32', 13, 32),)
    >>> dates_in("Room 4, 03/04/2021")
    ()
    """
    found = []
    for date_ in _WITHIN.finditer(words):
        end = date_.end()
        timed = _TIME_AFTER.match(words, end)
        with_time = iso(words[date_.start() : timed.end()]) if timed else None
        if day := with_time or iso(date_[0]):
            found.append((day, date_.start(), timed.end() if with_time and timed else end))
    return tuple(found)


def _is_iso(stated: str) -> bool:
    try:
        datetime.fromisoformat(stated)
    except ValueError:
        return False
    return stated.isascii()


def _from_numbers(found: re.Match[str]) -> date | None:
    first, mark, second, third = found[1], found[2], int(found[3]), found[4]
    if len(first) == 4:
        return _day(int(first), second, int(third)) if len(third) < 3 else None
    if len(third) != 4 or len(first) > 2:
        return None
    day_first = _day(int(third), second, int(first))
    month_first = _day(int(third), int(first), second)
    # 4.3.2021 is day first wherever dots are used; 4/3/2021 is one thing in London and another in New York.
    if mark == "." or month_first is None or month_first == day_first:
        return day_first
    return month_first if day_first is None else None


def _from_day_first(found: re.Match[str]) -> date | None:
    return _day(int(found[3]), _month(found[2]), int(found[1]))


def _from_month_first(found: re.Match[str]) -> date | None:
    return _day(int(found[3]), _month(found[1]), int(found[2]))


def _time(rest: str) -> str | None:
    """Return what follows the date as ``T05:00+02:00``, an empty string where nothing does, None where it is odd."""
    if not rest.strip():
        return ""
    found = _TIME.match(rest)
    if not found:
        return None
    zone = found[2] or ""
    zone = "+00:00" if zone in {"Z", "GMT", "UTC"} else zone
    zone = f"{zone[:3]}:{zone[3:]}" if len(zone) == 5 else zone
    clock = found[1].replace("h", ":")
    time = f"T{clock.zfill(5) if len(clock) < 6 else clock.zfill(8)}{zone}"
    return time if _is_iso("2000-01-01" + time) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    """Return the number of a month by its name or its first letters, 0 for what is none."""
    name = name.lower()
    for months in _months():
        for number, month in enumerate(months, 1):
            if month.startswith(name):
                return number
    return 0


@cache
def _months() -> tuple[tuple[str, ...], ...]:
    """Return the names of the months, a tuple a language, those of languages with a gate first."""
    folder = resources.files(__package__).joinpath("words")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    own = [table["months"] for table in tables if "gate" in table]
    others = [months for table in tables if "gate" not in table for months in table.get("months", ())]
    return tuple(tuple(months) for months in own + others)
