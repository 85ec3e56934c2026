"""From shapes to mentions: reads every shape, joins the ones that belong together, and adds the time of day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sayso.claim import date_clock, date_feasts, date_readings, date_relative, date_stretches
from sayso.claim.calendar import DAY, DAYS, WEEK, Days, day_of_feast, in_words, precision, week_of
from sayso.claim.date_readings import Hit, Reading, as_of

if TYPE_CHECKING:
    from datetime import date

    from sayso.claim.date_words import Lexicon, Row

_READINGS = {
    **date_readings.READINGS,
    **date_stretches.READINGS,
    **date_relative.READINGS,
    **date_feasts.READINGS,
    **date_clock.READINGS,
}
_NAMES_A_DAY = frozenset(("weekday", "deictic", "day_part"))
_FUTURE_WORDS = 6  # tokens before a day in which "will" or "scheduled" puts it in the future
_BETWEEN_NAMES = frozenset(("comma", "open", "the", "part"))
_BEFORE_DAY = frozenset(("on", "of", "the", "zone", "comma"))
_AFTER_DAY = frozenset(("at", "about", "by", "in", "the", "comma", "part", "modifier"))
_BETWEEN_ENDS = frozenset(("part", "the", "on", "modifier", "in"))


@dataclass(frozen=True, slots=True)
class Found:
    """A reading, the tokens it was read from, and how."""

    first: int
    last: int
    reads: str
    reading: Reading
    hit: Hit


def read(row: Row, day: date | None, anchor: date | None, lex: Lexicon, *, day_first: bool) -> list[Found]:
    """Match every shape and read the longest match at each place that makes sense."""
    symbols = row.symbols
    there = 0
    for symbol in set(symbols):
        there |= lex.serves.get(symbol, 0)
    hits = [
        (m.start(), -m.end(), shape.reads)
        for shape in lex.shapes
        if shape.needs & there == shape.needs
        for m in shape.order.finditer(symbols)
    ]
    hits.sort()
    found: list[Found] = []
    done = 0
    for first, minus_last, reads in hits:
        if first < done:
            continue
        hit = Hit(row, first, -minus_last, day, anchor, day_first, _is_future(row, first), lex)
        reading = _safely(reads, hit)
        if reading is None:
            continue
        done = -minus_last - (row.classes[-minus_last - 1] == "stop")
        found.append(Found(first, done, reads, reading, hit))
        if reading.days and reading.prec == DAY and reading.role == "event":
            anchor = reading.days.first
    return found


def _safely(reads: str, hit: Hit) -> Reading | None:
    """Read a hit; days outside the years 1 to 9999 are no date."""
    try:
        return _READINGS[reads](hit)
    except (OverflowError, ValueError):
        return None


def _is_future(row: Row, first: int) -> bool:
    """Say whether "will", "scheduled" or "for" puts a day into the future."""
    if row.kind(first - 1) == "for":
        return True
    for at in range(first - 1, max(-1, first - 1 - _FUTURE_WORDS), -1):
        if row.classes[at] in {"stop", "pause", "break", "comma"}:
            return False
        if row.classes[at] == "future":
            return True
    return False


def join(row: Row, found: list[Found]) -> list[Found]:
    """Join neighbours: a weekday with its date, the two ends of a range, "overnight into Tuesday", "the eve of"."""
    joined: list[Found] = []
    for each in found:
        current = _week(row, _eve(row, each))
        while joined:
            one = joined[-1]
            pair = _timed(row, one, current) or _same_day(row, one, current) or _ends(row, one, current)
            if pair is None:
                break
            joined.pop()
            current = pair
        joined.append(current)
    return [_with_from(row, each) for each in joined]


def _with_from(row: Row, found: Found) -> Found:
    """Take "between" or "from" into the words of a range."""
    ranged = found.reads in {"range", "days_month", "years"}
    led = row.kind(found.first - 1) in {"between", "from"}
    return replace(found, first=found.first - 1) if ranged and led else found


def _eve(row: Row, found: Found) -> Found:
    """Read "the eve of" a day as the day before it; a feast that may fall a day either way has such an eve too."""
    at = found.first - 1
    at -= row.kind(at) == "the"
    days = found.reading.days
    if row.kind(at) != "of" or row.kind(at - 1) != "eve" or days is None:
        return found
    if found.reads == "feast":
        eve = day_of_feast(found.hit.lex.feasts[found.hit.word("feast")], days, 0)
        reason = f"the day before {found.reading.reason}"
    else:
        eve = Days(days.first - timedelta(1), days.first - timedelta(1))
        reason = f"the day before {in_words(days.first)}"
    return replace(found, first=at - 1, reading=Reading(eve, precision(eve), reason))


def _week(row: Row, found: Found) -> Found:
    """Read "the week of 16 October" as the week that holds the day, "the week to 22 October" as the one it ends."""
    days = found.reading.days
    link, unit = row.kind(found.first - 1), found.first - 2
    if found.reading.prec != DAY or days is None or row.words(unit).lower() != "week" or link not in {"of", "to"}:
        return found
    week = week_of(days.first) if link == "of" else Days(days.first - timedelta(6), days.first)
    reason = f"the week {link} {in_words(days.first)}"
    reading = as_of(Reading(week, WEEK, reason, dated=found.reading.dated), found.hit.day)
    return replace(found, first=unit, reads="week", reading=reading)


def _gap(row: Row, one: Found, two: Found) -> list[str]:
    """Return the classes of the tokens between two finds."""
    return row.classes[one.last : two.first] if two.first - one.last <= 4 else ["word"]


def _timed(row: Row, one: Found, two: Found) -> Found | None:
    """Join a time of day to the day beside it: "at dawn on Monday", "Monday at 3 a.m."."""
    time, named = (one, two) if one.reading.role == "time" else (two, one)
    allowed = _BEFORE_DAY if time is one else _AFTER_DAY
    dated = named.reading.prec == DAY or (time.reading.time == "night" and _is_night(named))
    right = dated and named.reading.role == "event" and time.reading.role == "time"
    if not right or not set(_gap(row, one, two)) <= allowed:
        return None
    said = named.reading.time if named is one and named.reading.time else time.reading.time
    return replace(named, first=one.first, last=two.last, reading=replace(named.reading, time=said))


def _is_night(found: Found) -> bool:
    """Say whether a find is two days running, as in "the night of 3-4 June"."""
    days = found.reading.days
    return found.reads in {"range", "days_month"} and days is not None and days.length == 2


def _same_day(row: Row, one: Found, two: Found) -> Found | None:
    """Join "Saturday night, 1 October" and "yesterday, 4 February": the date decides."""
    named, fixed = (one, two) if two.reading.fixed else (two, one)
    if not fixed.reading.fixed or named.reads not in _NAMES_A_DAY or not set(_gap(row, one, two)) <= _BETWEEN_NAMES:
        return None
    if fixed is one and named.reads == "weekday" and "comma" in _gap(row, one, two):
        return None
    time = (
        one.reading.time
        or two.reading.time
        or next((str(row.values[at]) for at in range(one.last, two.first) if row.classes[at] == "part"), None)
    )
    return replace(fixed, first=one.first, last=two.last, reading=replace(fixed.reading, time=time))


def _ends(row: Row, one: Found, two: Found) -> Found | None:
    """Join the ends of a range: from Monday to Wednesday, between 2012 and 2014, overnight into Tuesday."""
    gap = [kind for kind in _gap(row, one, two) if kind not in _BETWEEN_ENDS]
    if one.reading.role != "event" or two.reading.role != "event":
        return None
    if one.reads == "overnight" or two.reads == "overnight":
        return _overnight(one, two, gap)
    if one.reads == "night" and gap in (["to"], ["into"]) and one.reading.days and two.reading.days:
        # "overnight Wednesday to Thursday": the second day only says again where the night ends.
        return replace(one, last=two.last) if two.reading.days.last == one.reading.days.last else None
    led = row.kind(one.first - 1) in {"from", "between"}
    links = {"to", "dash", "and", "into"} if led else {"to", "dash", "into"}
    link = "into" if gap == ["and", "into"] else gap[0] if len(gap) == 1 else ""
    listed = link == "comma" and two.reads == "range" and one.reading.prec == DAY
    if not (link in links | {"and"} or listed) or (one.reading.prec != two.reading.prec and not listed):
        return None
    before, last = _before(one, two), two.reading.days
    if before is None or before.days is None or last is None:
        return None
    days = Days(before.days.first, last.last)
    if link not in links and (last.first - before.days.last).days != 1:
        return None
    reason = f"from {in_words(days.first)} to {in_words(days.last)}"
    night = link == "into" and days.length == 2 and row.words(one.last).lower() in {"night", "evening"}
    prec = precision(days) if listed else max(precision(days), one.reading.prec)
    reading = replace(two.reading, days=days, prec=prec, reason=reason, fixed=False, time="night" if night else None)
    end = two.last + (row.kind(two.last) == "part")
    return replace(two, first=one.first, last=end, reads="range", reading=reading)


def _before(one: Found, two: Found) -> Reading | None:
    """Return the first end of a range, read again where it would come after the second one."""
    days, last = one.reading.days, two.reading.days
    if days is None or last is None:
        return None
    if one.reading.dated or (days.first <= last.first and not two.reading.dated):
        return one.reading if days.first <= last.first else None
    again = _safely(one.reads, replace(one.hit, day=last.first))
    return again if again and again.days and again.days.first <= last.first else None


def _overnight(one: Found, two: Found, gap: list[str]) -> Found | None:
    """Read "overnight into Tuesday" (Monday to Tuesday) and "overnight on Sunday" (Sunday to Monday)."""
    named = two if one.reads == "overnight" else one
    days = named.reading.days
    into = gap in (["into"], ["to"], ["and", "into"])
    if days is not None and _is_night(named) and one.reads == "overnight" and gap in ([], ["from"]):
        reading = replace(named.reading, time="night", reason=f"the night from {in_words(days.first)}")
        return replace(named, first=one.first, reading=reading, reads="night")
    if named.reading.prec != DAY or not (into or not gap):
        return None
    if days is None:
        return replace(named, first=one.first, last=two.last, reading=replace(named.reading, prec=DAYS, time="night"))
    first = days.first
    if (into and named is two) or first == named.hit.day:
        first -= timedelta(1)
    night = Days(first, first + timedelta(1))
    reason = f"the night from {in_words(night.first)}"
    reading = as_of(Reading(night, DAYS, reason, time="night", dated=named.reading.dated), named.hit.day)
    return replace(named, first=one.first, last=two.last, reading=reading, reads="night")


def with_time(row: Row, found: Found, earlier: int, limit: int, lex: Lexicon) -> Found:
    """Add the time of day that stands beside a day: "early on Monday", "dawn on 3 May", "Sunday afternoon"."""
    night = found.reading.prec == DAYS and _is_night(found)
    if not (found.reading.prec == DAY or night) or found.reading.time or found.reading.role != "event":
        return found
    window = max(earlier, found.first - 5)
    left = row.symbols[window : found.first]
    right = row.symbols[found.last : min(limit, found.last + 6)]
    for shape in () if night else lex.time_after:
        if match := shape.match(right):
            time = date_clock.clock(_sub_hit(found, found.last + match.start(1), found.last + match.end(1)))
            if time:
                return replace(found, last=found.last + match.end(), reading=replace(found.reading, time=time))
    for shape in lex.time_before:
        match = shape.search(left)
        if match and match.end(1) > match.start(1) >= 0 and row.kind(window + match.start() - 1) != "as":
            at = window + match.start(1)
            time = str(row.values[at]) if row.classes[at] == "modifier" else None
            time = time or date_clock.clock(_sub_hit(found, at, window + match.end(1)))
            if time and time != "mid" and (not night or time == "night"):
                reading = replace(found.reading, time=time)
                return replace(found, first=window + match.start(), reading=reading)
    return found


def _sub_hit(found: Found, first: int, last: int) -> Hit:
    """Return a hit over other tokens of the same row."""
    return replace(found.hit, first=first, last=last)
