"""Live tickers: which parts of a report were published at a time of their own.

Two forms are known. Either each entry is an element with a ``time`` element in it, side by side with the others; or
each begins with a time of day: as a heading, in bold, alone on its line, or before the words of most paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sayso.find.blocks import HEADINGS
from sayso.find.published import iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.find.blocks import Block, Layout

_FEWEST_MARKED = 2
_FEWEST_CLOCKS = 3
_FEWEST_LETTERS = 40
_ENTRIES = 20_000
_CLOCK = re.compile(
    r"\(?(?P<hour>\d{1,2})\s?[:.h]\s?(?P<minute>\d{2})(?!\d)(?:\s*(?P<half>[ap]\.?\s?m\b\.?))?"
    r"(?:\s*(?:Uhr|hrs?|h|GMT|UTC|local time|[A-Z]{2,4}T)\b)?\)?\s*(?:[-–—:|•]+\s*|$|\s(?=\S))(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN_CLOCK = re.compile(r"\d{2}[:.h]\d{2}\b[\s:–—-]*[^\W\da-z]")
_LONGEST_TITLE = 140
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a ticker: the numbers of its first and last block, when it was published, and its headline."""

    first: int
    last: int
    published: str
    title: str | None


def marked_entries(tree: Any, layout: Layout) -> list[Entry]:  # noqa: ANN401 - lxml is not typed
    """Return the entries that the page's own elements part and date, in the order of the page.

    They are the children of one element, each with a ``time`` of its own and with text that is no link.

    Args:
        tree: The page as lxml parsed it.
        layout: Its blocks.
    """
    holders: dict[Any, dict[Any, str]] = {}
    for number, time in enumerate(tree.iterfind(".//time")):
        moment = iso(time.get("datetime") or "")
        if moment is None or number > _ENTRIES:
            continue
        child = time
        for parent in time.iterancestors():
            holders.setdefault(parent, {}).setdefault(child, moment)
            child = parent
    groups = sorted((group for group in holders.values() if len(group) >= _FEWEST_MARKED), key=len, reverse=True)
    for group in groups[:10]:
        entries = _entries_of(group, layout)
        if len(entries) >= _FEWEST_MARKED and 2 * len(entries) > len(group):
            return entries
    return []


def _entries_of(group: dict[Any, str], layout: Layout) -> list[Entry]:
    entries = []
    for element, moment in group.items():
        own = [layout.blocks[number] for number in layout.reach.get(element, ()) if not layout.blocks[number].outside]
        letters = sum(len(block.text) - block.linked for block in own)
        if letters >= _FEWEST_LETTERS:
            heading = next((block.text for block in own if block.tag in HEADINGS), None)
            entries.append(Entry(own[0].number, own[-1].number, moment, heading))
    return sorted(entries, key=lambda entry: entry.first)


def clocked_entries(taken: Sequence[Block], published: str | None) -> list[Entry]:
    """Return the entries that times of day part, in the order of the page, dated from the page's own date.

    The oldest entry is taken to be of the day of publication, and each step back in time to begin the next day. A
    line that is a date sets the day of the entries below it.

    Args:
        taken: The blocks of the report.
        published: When the page was published; without it entries cannot be dated, and there are none.
    """
    marks = [(place, found) for place, block in enumerate(taken) if (found := _clock(block)) is not None]
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return []
    set_off = sum(found[2] for _, found in marks)
    if len(marks) < _FEWEST_CLOCKS or (set_off < len(marks) and 2 * len(marks) < len(taken) - marks[0][0]):
        return []
    try:
        days = _days([minutes for _, (minutes, _, _) in marks], day)
    except OverflowError:
        return []
    stated = {place: moment for place, block in enumerate(taken) if (moment := iso(block.text)) is not None}
    entries = []
    for position, (place, (minutes, title, _)) in enumerate(marks):
        end = marks[position + 1][0] if position + 1 < len(marks) else len(taken)
        end = next((at for at in range(place + 1, end) if at in stated), end)
        above = max((at for at in stated if at < place), default=None)
        own_day = days[position].isoformat() if above is None else stated[above][:10]
        moment = f"{own_day}T{minutes // 60:02}:{minutes % 60:02}"
        entries.append(Entry(taken[place].number, taken[end - 1].number, moment, title))
    return entries


def _clock(block: Block) -> tuple[int, str | None, bool] | None:
    """Return the time by which a block begins an entry, or None where it begins with none.

    Returns:
        The minutes of the day, the headline that follows on the same line, and whether the time is set off from what
        follows: a heading, in bold type or alone.
    """
    found = _CLOCK.match(block.text)
    if not found:
        return None
    set_off = block.tag in HEADINGS or block.bold >= len(found[0]) - len(found["rest"]) or not found["rest"].strip()
    hour, minute = int(found["hour"]), int(found["minute"])
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"][0] in "pP")
    if hour > 23 or minute > 59 or not (set_off or _PLAIN_CLOCK.match(block.text)):
        return None
    rest = found["rest"].strip()
    whole = block.tag in HEADINGS or block.bold >= 0.9 * len(block.text)
    return hour * 60 + minute, rest if rest and whole and len(rest) <= _LONGEST_TITLE else None, set_off


def _days(minutes: Sequence[int], day: date) -> list[date]:
    """Give each entry its day, from the oldest on; the order is the one in which less time goes by."""
    onward = sum((later - earlier) % _DAY for earlier, later in pairwise(minutes))
    newest_first = onward > sum((earlier - later) % _DAY for earlier, later in pairwise(minutes))
    ordered: Iterable[int] = reversed(minutes) if newest_first else minutes
    days: list[date] = []
    before = None
    for moment in ordered:
        if before is not None and moment < before:
            day += timedelta(days=1)
        days.append(day)
        before = moment
    return days[::-1] if newest_first else days
