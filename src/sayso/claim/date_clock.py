"""Readings of times of day: "at dawn", "5:49 p.m.", "1730 GMT"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.claim.calendar import DAY
from sayso.claim.date_readings import Hit, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s?([ap])?", re.IGNORECASE)


def time(hit: Hit) -> Reading | None:
    """Read a clock time or a part of the day that stands without its day."""
    said = clock(hit)
    return Reading(None, DAY, "a time without its day", role="time", time=said) if said else None


def clock(hit: Hit) -> str | None:
    """Return a time as "HH:MM", with its zone where one is named, or as the part of the day said."""
    if hit.has("part"):
        return hit.word("part")
    if hit.has("modifier", "small", "unit"):
        return hit.word("modifier", "small") if hit.word("unit") == "hour" else None
    if hit.has("number", "year"):
        if len(hit.row.words(hit.first)) != 4:
            return None
        hours, minutes = divmod(hit.number("number", "year"), 100)
        half = ""
    else:
        match = _CLOCK.match(hit.word("clock", "hourminute"))
        if match is None:
            return None
        hours, minutes, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "p" else 0)
    return f"{hours:02}:{minutes:02} {hit.word('zone')}".strip() if hours < 24 and minutes < 60 else None


READINGS: dict[str, Callable[[Hit], Reading | None]] = {"time": time}
"""The readings of this module by the names that shapes use."""
