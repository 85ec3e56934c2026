"""When: finds time expressions, with exact spans, and works out the days they stand for.

Past by default, from the report's own day; pure and linear in the text's length. How a reading came about is said
in `TimeMention.reason`. Precision is UCDP's ``date_prec``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.claim.calendar import Days, precision
from sayso.claim.date_joining import Found, join, read, with_time
from sayso.claim.date_readings import MONTH_CLASSES
from sayso.claim.date_words import Row, lexicon, row_of
from sayso.records import Span

if TYPE_CHECKING:
    from datetime import date

    from sayso.claim.date_words import Lexicon

_HEAD = 500  # a dateline stands within the first characters of a text
_OF_FIXED_DAYS = frozenset(("iso", "numeric", *MONTH_CLASSES))  # words that name a day of the calendar have one
_LOOK_BACK = 20  # tokens between "since" and the day of the event that it names
_DATELINE_TOKENS = 14
_MONTH = 4
_LEADS = frozenset(
    ("on", "of", "in", "for", "since", "comma", "from", "to", "and", "between", "by", "before", "after", "following")
)
_BREAKS = frozenset(("stop", "pause", "break"))


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that say when, and the days they stand for.

    Attributes:
        span: The words.
        date_from: First possible day; None where it cannot be worked out or is open.
        date_to: Last possible day; None where it cannot be worked out or is open.
        prec: UCDP's ``date_prec``: 1 exact day, 2 two to six days, 3 known week, 4 known month, 5 known year.
        time: "HH:MM" as said, with its zone where one is named, or a part of the day: dawn, morning, noon, afternoon,
            evening, night, midnight, and early or late.
        role: ``event``; ``since`` for an open start, up to the report's day; ``by`` for an open end; ``duration`` for
            a stretch up to the report's day ("in the past 24 hours"); ``dateline`` for the report's own date;
            ``time`` for a time of day that stands alone, without days.
        reason: How the days were worked out, in plain words.
    """

    span: Span
    date_from: date | None
    date_to: date | None
    prec: int
    time: str | None
    role: str
    reason: str


def find_times(
    text: str,
    day: date | None,
    *,
    start: int = 0,
    end: int | None = None,
    day_first: bool = True,
    anchor: date | None = None,
) -> tuple[TimeMention, ...]:
    """Find the time expressions of a text.

    Args:
        text: The report's text.
        day: The report's own local day; None where it is not known, and then relative words get no days.
        start: Where to begin, as an offset into the text.
        end: Where to end; the text's end when left out.
        day_first: Whether 03/04/2017 is 3 April.
        anchor: The day last spoken of before `start`, from which "two days earlier" counts.

    Returns:
        Mentions in the order of the text, without overlap.

    >>> from datetime import date
    >>> [(m.date_from, m.prec) for m in find_times("Nine people were killed on Monday.", date(2022, 3, 2))]
    [(datetime.date(2022, 2, 28), 1)]
    """
    lex = lexicon("en")
    row = row_of(text, start, len(text) if end is None else end, lex)
    return _mentions(row, day, anchor, lex, day_first=day_first, at_start=start == 0)


def _mentions(
    row: Row, day: date | None, anchor: date | None, lex: Lexicon, *, day_first: bool, at_start: bool
) -> tuple[TimeMention, ...]:
    found = join(row, read(row, day, anchor, lex, day_first=day_first))
    mentions: list[TimeMention] = []
    earlier = 0
    for position, each in enumerate(found):
        limit = found[position + 1].first if position + 1 < len(found) else len(row.classes)
        timed = with_time(row, each, earlier, limit, lex)
        mentions.append(_mention(row, timed, earlier, day, at_start=at_start))
        earlier = timed.last
    return tuple(mentions)


def dateline_day(text: str, day: date | None = None, *, day_first: bool = True) -> TimeMention | None:
    """Return the report's own date from a dateline or byline at the start of its text.

    Args:
        text: The report's text.
        day: A day near it, for a dateline without a year; without one such a date gets no days.
        day_first: Whether 03/04/2017 is 3 April.

    >>> dateline_day("SAN CIPRIANO, 3 JAN 90 (RADIO LIBRE) -- THREE SOLDIERS DIED").date_from
    datetime.date(1990, 1, 3)
    """
    lex = lexicon("en")
    row = row_of(text, 0, min(len(text), _HEAD), lex)
    if _OF_FIXED_DAYS.isdisjoint(row.classes):
        return None  # as of most texts
    mentions = _mentions(row, day, None, lex, day_first=day_first, at_start=True)
    return next((mention for mention in mentions if mention.role == "dateline"), None)


def _mention(row: Row, found: Found, earlier: int, day: date | None, *, at_start: bool) -> TimeMention:
    """Make a mention of what was found and give it its role."""
    reading = found.reading
    span = Span(row.starts[found.first], row.ends[found.last - 1])
    first, last = (reading.days.first, reading.days.last) if reading.days else (None, None)
    role, reason = reading.role, reading.reason
    if reading.fixed and _is_dateline(row, found, at_start=at_start):
        role = "dateline"
    elif role == "event" and not reading.future and _is_since(row, found, earlier):
        role, last, reason = "since", day, f"from then up to the report's day; {reason}"
        if first and day and first > day:
            last = first
    elif role == "event" and not reading.future and _is_by(row, found):
        role, first, reason = "by", None, f"up to then; {reason}"
    prec = max(reading.prec, precision(Days(first, last))) if role == "since" and first and last else reading.prec
    return TimeMention(span, first, last, prec, reading.time, role, reason)


def _is_by(row: Row, found: Found) -> bool:
    """Say whether the words only end a stretch: "by Tuesday", "by the end of May"."""
    at = found.first - 1
    at -= row.kind(at) == "the"
    return row.kind(at) == "by"


def _is_since(row: Row, found: Found, earlier: int) -> bool:
    """Say whether the words begin a stretch: "since May", "since the truce failed in May", "the war began in 2011"."""
    for at in range(found.first - 1, max(earlier, found.first - _LOOK_BACK) - 1, -1):
        kind = row.classes[at]
        if kind == "since":
            return True
        begins = kind == "began" or (kind == "broke" and row.classes[at + 1] == "out")
        if begins and found.reading.prec >= _MONTH and at < found.first - 1:
            return True
        if kind in _BREAKS or kind == "comma":
            return False
    return False


def _is_dateline(row: Row, found: Found, *, at_start: bool) -> bool:
    """Say whether a date is the report's own: after "published", before the dash of a dateline, or in a byline."""
    at = found.first - 1
    while at >= 0 and row.classes[at] in {"of", "on", "at", "last", "pause", "comma", "weekday", "the", "by"}:
        at -= 1
    if at >= 0 and row.classes[at] == "posted" and (row.classes[at + 1] != "by" or row.words(at)[:1].isupper()):
        return at == found.first - 1 or row.words(at)[:1].isupper() or row.starts[found.first] < _HEAD
    if not at_start or row.starts[found.first] > _HEAD:
        return False
    return _before_dash(row, found) or _in_byline(row, found)


def _before_dash(row: Row, found: Found) -> bool:
    """Say whether only names stand before a date and a dash, perhaps with an agency in brackets, comes after it."""
    if found.first > _DATELINE_TOKENS:
        return False
    for at in range(found.first):
        word = row.words(at)
        if word[0].isalpha() and not word[0].isupper() and row.classes[at] not in {"of", "the", "word"}:
            return False
        if row.classes[at] in {"on", "in", "since", "day", "number"}:
            return False
    at = found.last
    if row.kind(at) == "open":
        closing = (
            step for step in range(at, min(at + _DATELINE_TOKENS, len(row.classes))) if row.classes[step] == "close"
        )
        at = next(closing, at) + 1
    elif row.kind(at) == "close":
        at += 1
    at += row.kind(at) == "comma"
    return row.kind(at) == "dash"


def _in_byline(row: Row, found: Found) -> bool:
    """Say whether a date with its year stands alone: first in the text, on its own line, or after a weekday."""
    if not found.reading.dated:
        return False
    if found.first == 0:
        return row.kind(found.last) != "comma"
    after = row.text[row.ends[found.last - 1] : row.ends[found.last - 1] + 2].strip(" ")
    before = row.text[: row.starts[found.first]].rstrip(" ([")[-1:]
    if before == "\n" and (not after or after[0] in "\n)]"):
        return True
    return row.classes[found.first - 1] not in _LEADS and _follows_headline(row, found)


def _follows_headline(row: Row, found: Found) -> bool:
    """Say whether a date stands between a headline and the text: in figures, before an agency, or after a weekday."""
    follower = row.words(found.last)
    agency = follower.isupper() and len(follower) > 1 and not row.words(found.first - 1).isupper()
    if found.reads == "numeric" or agency:
        return True
    full = row.classes[found.first] == "weekday" and found.last - found.first > 1
    return full and (follower[:1].isupper() or row.kind(found.last) in {"hourminute", "clock", ""})
