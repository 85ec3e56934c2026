"""The report's own day where its text tells it: in a dateline or byline, else by "today" or "yesterday" with a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from sayso.claim.dates import dateline_day, find_times

if TYPE_CHECKING:
    from sayso.claim.dates import TimeMention
    from sayso.records import Span

_LONGEST_LINE = 80
_DEICTIC = re.compile(r"(today|tonight|yesterday)\b[\s,(\[]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """The report's own day, where its text says so.

    Attributes:
        day: The day.
        stated_in: ``dateline`` for a dateline, byline or line of publication; ``text`` for words of the text itself.
        span: The words.
    """

    day: date
    stated_in: Literal["dateline", "text"]
    span: Span


def own_day(text: str, near: date | None = None, *, day_first: bool = True) -> OwnDay | None:
    """Return the report's own day as its text tells it, or None where it does not.

    Args:
        text: The report's text.
        near: A day near it, such as the record's date of publication, for a dateline without a year; without one such
            a dateline gives nothing.
        day_first: Whether 03/04/2017 is 3 April.

    >>> own_day("SAN CIPRIANO, 3 JAN 90 (RADIO LIBRE) -- THREE SOLDIERS DIED").day
    datetime.date(1990, 1, 3)
    >>> own_day("Two miners were killed in Harra yesterday, 4 March 2016, the union said.").day
    datetime.date(2016, 3, 5)
    """
    dateline = dateline_day(text, near, day_first=day_first)
    if dateline is not None and dateline.date_from is not None:
        return OwnDay(dateline.date_from, "dateline", dateline.span)
    if near is not None:
        return None
    return _from_deictic(text, day_first=day_first) or _from_last_line(text, day_first=day_first)


def _from_deictic(text: str, *, day_first: bool) -> OwnDay | None:
    """Read "today, 3 May 2014" and "yesterday (3 May 2014)"."""
    for match in _DEICTIC.finditer(text):
        for mention in find_times(text, None, start=match.start(), end=match.end() + 40, day_first=day_first)[:1]:
            if mention.date_from is not None and mention.prec == 1 and mention.span.start == match.start():
                back = int(match[1].lower() == "yesterday")
                return OwnDay(mention.date_from + timedelta(back), "text", mention.span)
    return None


def _from_last_line(text: str, *, day_first: bool) -> OwnDay | None:
    """Read the date under a statement: "Harra, 3 May 2014" on a line of its own at the end."""
    body = text.rstrip()
    start = body.rfind("\n") + 1
    line = body[start:]
    if not start or len(line) > _LONGEST_LINE or line[-1:] not in "0123456789)":
        return None
    mentions = [m for m in find_times(text, None, start=start, end=len(body), day_first=day_first) if _is_day(m)]
    if len(mentions) != 1 or mentions[0].span.end < len(body.rstrip(" )")):
        return None
    day = mentions[0].date_from
    return OwnDay(day, "text", mentions[0].span) if day is not None else None


def _is_day(mention: TimeMention) -> bool:
    return mention.prec == 1 and mention.date_from is not None
