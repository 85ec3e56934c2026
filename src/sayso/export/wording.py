# ruff: noqa: RUF002 - a range is written with an en dash, as in print
"""How a claim's figures, harms and days are said to people: plain words, and never a 0 for what is not known."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.records import Claim, Harm

NOT_SAID = "–"
"""What stands where a report does not say."""

OWN_VOICE = "the report"
"""What stands for the source where a report says it in its own voice."""

_OVER = frozenset({"more_than", "over", "above", "in_excess_of"})
_UNDER = frozenset({"fewer_than", "less_than", "under", "below"})
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# What a terminal obeys instead of showing (controls), and what reorders or hides its neighbours (bidirectional
# controls, tags, annotation marks, byte order marks).
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def shown(text: str) -> str:
    r"""Return `text` as one line that a terminal shows and does not obey; for display only.

    >>> shown("17\tdead\n\x1b[31mred\x1b[0m \u202edaer")
    '17 dead [31mred[0m daer'
    """
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", " ".join(text.split())))


def harm(name: Harm) -> str:
    """Return a harm in words.

    >>> harm("killed_or_injured")
    'killed or injured'
    """
    return name.replace("_", " ")


def figure(claim: Claim) -> str:
    """Return how many people a claim speaks of, in words that keep open bounds open.

    >>> from sayso.records import Claim
    >>> figure(Claim("c", 0, 3, "10+", "killed", "count", 10, None, "at_least", "plus"))
    '10 or more'
    >>> figure(Claim("c", 0, 2, "no", "killed", "zero", 0, 0, "exact", "no"))
    'none'
    """
    low, high, phrase = claim.low, claim.high, shown(claim.phrase or "")
    if claim.qualifier == "vague" and phrase:
        return "some" if phrase == "plural" else phrase.replace("_", " ")
    if low is None:
        return "a number not stated" if high is None else f"{'under' if phrase in _UNDER else 'up to'} {high:,}"
    if high is None:
        return f"over {low:,}" if phrase in _OVER else f"{low:,} or more"
    if low != high:
        return f"{low:,}–{high:,}"
    if low == 0:
        return "none"
    return f"about {low:,}" if claim.qualifier == "about" else f"{low:,}"


def stated(claim: Claim) -> str:
    """Return the figure as its source puts it: said, denied or doubted."""
    if claim.stance == "asserts":
        return figure(claim)
    return f"{claim.stance} {'any' if claim.phrase == 'plural' else figure(claim)}"


def whom(claim: Claim) -> str:
    """Return the people a claim speaks of, without their number; a single person by name where there is one."""
    victims = shown(claim.victims or "")
    if claim.kind != "individual":
        return victims
    name = shown(claim.text)
    if victims.casefold() in name.casefold():
        return name
    return victims if name.casefold() in victims.casefold() else f"{name}, {victims}"


def source(claim: Claim) -> str:
    """Return who says so."""
    return shown(claim.source) if claim.source else OWN_VOICE


def place(claim: Claim) -> str:
    """Return where the harm happened: the place, the country, or that it is not said."""
    named = shown(claim.place) if claim.place else ""
    country = shown(claim.country) if claim.country else ""
    return ", ".join(part for part in (named, country) if part) or NOT_SAID


def when(date_from: str | None, date_to: str | None) -> str:
    """Return the days of a harm in words; a whole month or year by its name.

    >>> when("2023-03-14", "2023-03-14"), when("2023-03-01", "2023-03-31"), when("2015-01-01", "2015-12-31")
    ('14 Mar 2023', 'Mar 2023', '2015')
    >>> when("2023-03-30", "2023-04-02"), when(None, "2023-03-15"), when(None, None)
    ('30 Mar – 2 Apr 2023', 'by 15 Mar 2023', '–')
    """
    first, last = _day(date_from), _day(date_to)
    if first is None and last is None:
        # What is no day is shown as it stands rather than dropped.
        return shown(" – ".join(part for part in (date_from, date_to) if part)) or NOT_SAID
    if first is None or last is None:
        return f"by {_said(last)}" if last else f"from {_said(first)}"
    return _said(first) if first == last else _whole(first, last) or _between(first, last)


def published(stated_day: str | None) -> str:
    """Return the day of publication in words."""
    day = _day((stated_day or "")[:10])
    if day is not None:
        return _said(day)
    return shown(stated_day) if stated_day else "no date"


def _whole(first: date, last: date) -> str | None:
    """Return the name of the month or the years that two days span, or None."""
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return None
    if (first.month, last.month) == (1, 12):
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    return f"{_MONTHS[first.month]} {first.year}" if first.month == last.month and first.year == last.year else None


def _between(first: date, last: date) -> str:
    if first.year != last.year:
        return f"{_said(first)} – {_said(last)}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month]} – {_said(last)}"
    return f"{first.day}–{_said(last)}"


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso or "")
    except ValueError:
        return None


def _said(day: date | None) -> str:
    return f"{day.day} {_MONTHS[day.month]} {day.year}" if day else ""
