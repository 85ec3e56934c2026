"""Readings of words that count from a day: weekdays, so long ago or before, last week, feasts, clock times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sayso.claim import calendar
from sayso.claim.calendar import DAY, DAYS, MONTH, WEEK, WEEKDAYS, YEAR, Days, in_words
from sayso.claim.date_readings import Hit, Reading, as_of, one_day, unknown

if TYPE_CHECKING:
    from collections.abc import Callable

_PRECISION = {"minute": DAY, "hour": DAY, "day": DAY, "week": WEEK, "fortnight": WEEK, "month": MONTH}


def weekday(hit: Hit) -> Reading | None:
    """Read a weekday: the latest not after the report's day; "last" is before it, "next" after it."""
    number = hit.number("weekday")
    near = hit.day
    if hit.has("following") and hit.row.kind(hit.first - 1) != "the":
        return None  # "following Monday's attack"
    if hit.has("previous", "following") and hit.anchor:
        near = hit.anchor
    if near is None:
        return unknown(DAY)
    name = WEEKDAYS[number]
    if hit.has("unit"):
        if hit.word("unit") != "week":
            return None
        weeks = -1 if hit.has("last") else 1 if hit.has("next") else 0
        found = calendar.week_of(near, weeks).first + timedelta(number)
        return one_day(found, f"{name} of the week {'before' if weeks < 0 else 'of'} {in_words(near)}")
    if hit.has("next") or (hit.has("following") and hit.anchor) or (hit.future and not hit.has("last")):
        found = calendar.weekday_after(near, number)
        return one_day(found, f"{name} after {in_words(near)}", future=True)
    found = calendar.weekday_before(near, number, same_day=not hit.has("last", "past", "previous"))
    if hit.has("last") and found == near - timedelta(1):
        found -= timedelta(7)  # yesterday would have been called so
    return one_day(found, f"{name} before {in_words(near)}" if found < near else "the report's own day")


def deictic(hit: Hit) -> Reading | None:
    """Read "yesterday", "today", "tonight", "tomorrow"."""
    days = hit.number("deictic")
    time = "night" if hit.word("deictic") and hit.row.words(hit.last - 1).lower() == "tonight" else None
    if hit.day is None:
        return replace(unknown(DAY), time=time)
    words = {-1: "the day before the report's", 0: "the report's own day", 1: "the day after the report's"}
    return replace(one_day(hit.day + timedelta(days), words[days], future=days > 0), time=time)


def before_yesterday(hit: Hit) -> Reading | None:
    """Read "the day before yesterday"."""
    if hit.word("unit") != "day" or hit.number("deictic") != -1:
        return None
    return one_day(hit.day - timedelta(2), "two days before the report's") if hit.day else unknown(DAY)


def day_part(hit: Hit) -> Reading | None:
    """Read "last night" (the day before), "this morning", "that night", "the night before", "the next morning"."""
    time = hit.word("part")
    if hit.has("before") and hit.has("last"):
        if hit.day is None or hit.row.kind(hit.last) == "unit":
            return None
        return replace(one_day(hit.day - timedelta(2), f"two days before {in_words(hit.day)}"), time=time)
    if hit.has("last", "this"):
        if hit.has("last") and time not in {"night", "evening"}:
            return None
        if hit.day is None:
            return replace(unknown(DAY), time=time)
        back = int(hit.has("last"))
        reason = "the day before the report's" if back else "the report's own day"
        return replace(one_day(hit.day - timedelta(back), reason), time=time)
    if hit.anchor is None:
        return None
    step = 1 if hit.has("following", "next") else -1 if hit.has("before", "previous") else 0
    words = {0: "the same day as", 1: "the day after", -1: "the day before"}
    return replace(one_day(hit.anchor + timedelta(step), f"{words[step]} {in_words(hit.anchor)}"), time=time)


def overnight(hit: Hit) -> Reading | None:
    """Read "overnight": from the day before the report's into its own."""
    if hit.day is None:
        return replace(unknown(DAYS), time="night")
    days = Days(hit.day - timedelta(1), hit.day)
    return Reading(days, DAYS, f"the night before {in_words(hit.day)}", time="night")


def _unit(hit: Hit) -> str:
    """Return the unit of time in singular."""
    return "year" if hit.has("yearword", "yearwords") else hit.word("unit")


def _amount(hit: Hit) -> int:
    """Return the number said; "a" and none are 1."""
    return hit.number("card", "day", "number", "shortyear")


def _counted(near: date, amount: int, unit: str) -> Reading | None:
    """Return the days that lie `amount` units from a day (before it where negative)."""
    if unit in {"minute", "hour", "day"}:
        return one_day(near + timedelta(amount if unit == "day" else int(amount / (24 if unit == "hour" else 1440))))
    if unit in {"week", "fortnight"}:
        middle = near + timedelta(weeks=amount * (2 if unit == "fortnight" else 1))
        days = Days(middle - timedelta(3), middle + timedelta(3))
        return Reading(days, WEEK, f"the week about {in_words(middle)}")
    if unit == "month":
        return Reading(calendar.month_days(near.year, near.month + amount), MONTH, "that month")
    if unit in {"year", "decade"}:
        return Reading(calendar.year_days(near.year + amount * (10 if unit == "decade" else 1)), YEAR, "that year")
    return None


def ago(hit: Hit) -> Reading | None:
    """Read "two days ago", "three weeks ago" (a week about that day), "six months ago", "two years ago"."""
    unit = _unit(hit)
    if hit.day is None:
        return unknown(_PRECISION.get(unit, YEAR))
    if hit.has("deictic"):  # "a week ago today" is that very day
        return _exactly_ago(hit, unit)
    reading = _counted(hit.day, -_amount(hit), unit)
    return replace(reading, reason=f"counted back from {in_words(hit.day)}") if reading else None


def _exactly_ago(hit: Hit, unit: str) -> Reading | None:
    """Read "two weeks ago today", "a year ago yesterday"."""
    if hit.day is None or hit.number("deictic") > 0:
        return None
    first = _start(hit.day + timedelta(hit.number("deictic")), _amount(hit), unit)
    return one_day(first, f"counted back from {in_words(hit.day)}") if first else None


def from_anchor(hit: Hit) -> Reading | None:
    """Read "two days earlier", "a day after" (so the other event came before), "that day", "the next day".

    They count from the last day the text spoke of; only what lies before may count from the report's own day.
    """
    unit, forward = _unit(hit), hit.has("later", "next", "after", "following")
    if hit.has("that", "same", "previous", "next") or not _counts(hit):
        if hit.anchor is None:
            return None
        if unit in {"week", "month"} and hit.has("before", "following"):
            days = _whole(hit.anchor, unit, 1 if forward else -1, "")
            reason = f"the {unit} {'after' if forward else 'before'} {in_words(hit.anchor)}"
            return as_of(Reading(days, WEEK if unit == "week" else MONTH, reason), hit.day)
        if unit != "day":
            return None
        step = 0 if hit.has("that", "same") else 1 if forward else -1
        words = {0: "the same day as", 1: "the day after", -1: "the day before"}
        return one_day(hit.anchor + timedelta(step), f"{words[step]} {in_words(hit.anchor)}")
    if hit.has("after", "following"):  # "a day after the blast": the blast came a day before what was told
        if unit not in {"day", "week"} or hit.row.kind(hit.last) in {"stop", "comma", "pause", ""}:
            return None
        # "A day after the blast, ..." goes on from it; elsewhere the words look back on it.
        forward = hit.row.kind(hit.first - 1) in {"stop", "break", ""}
    near = hit.anchor or (None if forward else hit.day)
    if near is None:
        return None if forward else unknown(_PRECISION.get(unit, YEAR))
    reading = _counted(near, _amount(hit) * (1 if forward else -1), unit)
    return replace(reading, reason=f"counted from {in_words(near)}") if reading else None


def _counts(hit: Hit) -> bool:
    """Say whether an amount was said."""
    return hit.has("card", "day", "number", "shortyear", "article")


def window(hit: Hit) -> Reading | None:
    """Read "the past 24 hours", "the last two weeks", "past month": up to the report's day."""
    unit, amount = _unit(hit), _amount(hit)
    said = hit.has("card", "day", "number", "shortyear")
    if not said and hit.has("last") and (hit.row.kind(hit.first - 1) != "the" or unit in {"day", "minute"}):
        return None
    if not said and unit in {"day", "hour", "minute"} and hit.row.words(hit.last - 1).endswith("s"):
        return None  # "the past days"
    if hit.day is None:
        return unknown(MONTH, role="duration")
    first = _start(hit.day, amount, unit)
    if first is None:
        return None
    days = Days(first, hit.day)
    prec = (
        {"week": WEEK, "month": MONTH}.get(unit, calendar.precision(days)) if amount == 1 else calendar.precision(days)
    )
    return Reading(days, prec, f"counted back from {in_words(hit.day)}", role="duration")


def few_hours(hit: Hit) -> Reading | None:
    """Read "the past few hours": the report's day and the one before."""
    if hit.word("unit") != "hour":
        return None
    if hit.day is None:
        return unknown(DAYS, role="duration")
    days = Days(hit.day - timedelta(1), hit.day)
    return Reading(days, DAYS, f"some hours before {in_words(hit.day)}", role="duration")


def stretch(hit: Hit) -> Reading | None:
    """Read "in two months of fighting", "after a week of clashes": a stretch up to the report's day."""
    unit = _unit(hit)
    if unit in {"minute", "hour"}:
        return None
    if hit.day is None:
        return unknown(MONTH, role="since")
    first = _start(hit.day, _amount(hit), unit)
    if first is None:
        return None
    days = Days(first, hit.day)
    return Reading(days, calendar.precision(days), f"counted back from {in_words(hit.day)}", role="since")


def _start(day: date, amount: int, unit: str) -> date | None:
    """Return the day that lies `amount` units back; None for an unknown unit."""
    if unit in {"minute", "hour"}:
        return day - timedelta(-(-amount // (24 if unit == "hour" else 1440)))
    if unit in {"day", "week", "fortnight"}:
        return day - timedelta(amount * {"day": 1, "week": 7, "fortnight": 14}[unit])
    months = amount * {"month": 1, "year": 12, "decade": 120}.get(unit, 0)
    if not months:
        return None
    month = calendar.month_days(day.year, day.month - months)
    return month.first.replace(day=min(day.day, month.last.day))


def calendar_unit(hit: Hit) -> Reading | None:
    """Read "last week", "this month", "earlier this year", "late last month", "the start of the year"."""
    unit, day = _unit(hit), hit.day
    prec = {"week": WEEK, "month": MONTH, "year": YEAR}.get(unit)
    if prec is None and not (unit == "day" and hit.row.classes[hit.first] == "earlier" and hit.has("the")):
        return None
    if day is None:
        return unknown(prec or DAY)
    if hit.has("previous"):
        day = hit.anchor or day
    if hit.has("last") and hit.row.kind(hit.first - 1) == "the" and hit.row.classes[hit.first] == "last":
        return None  # "the last week" is the seven days before
    if unit == "day":  # "earlier in the day"
        return one_day(hit.anchor or day, f"counted from {in_words(hit.anchor or day)}")
    if prec is None:
        return None
    step = -1 if hit.has("last", "previous") else 1 if hit.has("next") else 0
    part = hit.word("modifier", "edge")
    if hit.has("later") and not step:
        return Reading(Days(day, _whole(day, unit, 0, "").last), prec, f"after {in_words(day)}", future=True)
    days = _whole(day, unit, step, part)
    reading = Reading(days, DAYS if unit == "week" and part else prec, f"counted from {in_words(day)}", future=step > 0)
    return as_of(reading, hit.day)


def _whole(day: date, unit: str, step: int, part: str) -> Days:
    """Return the calendar week, month or year that lies `step` after the one of a day, or a part of it."""
    if unit == "week":
        week = calendar.week_of(day, step)
        first, last = {"early": (0, 1), "mid": (2, 3), "late": (3, 6)}.get(part, (0, 6))
        return Days(week.first + timedelta(first), week.first + timedelta(last))
    if unit == "month":
        month = calendar.month_days(day.year, day.month + step)
        return calendar.part_of_month(month.first.year, month.first.month, part) if part else month
    return calendar.year_days(day.year + step, part)


def weekend(hit: Hit) -> Reading | None:
    """Read "over the weekend", "last weekend": Saturday and Sunday."""
    if hit.day is None:
        return unknown(DAYS)
    saturday = calendar.weekday_before(hit.day, 5)
    if hit.has("next"):
        saturday += timedelta(7)
    elif hit.has("last", "previous") and hit.day.weekday() >= 5:
        saturday -= timedelta(7)
    reading = Reading(Days(saturday, saturday + timedelta(1)), DAYS, f"the weekend by {in_words(hit.day)}")
    return replace(reading, future=True) if hit.has("next") else as_of(reading, hit.day)


READINGS: dict[str, Callable[[Hit], Reading | None]] = {
    "weekday": weekday,
    "deictic": deictic,
    "before_yesterday": before_yesterday,
    "day_part": day_part,
    "overnight": overnight,
    "ago": ago,
    "from_anchor": from_anchor,
    "window": window,
    "few_hours": few_hours,
    "stretch": stretch,
    "calendar": calendar_unit,
    "weekend": weekend,
}
"""The readings of this module by the names that shapes use."""
