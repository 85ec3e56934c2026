"""Why two stories may be one event, in words that a reader can check."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sayso.incident.evidence import apart, narrow
from sayso.incident.spots import nearness
from sayso.incident.terms import rarity

if TYPE_CHECKING:
    from sayso.incident.told import Days, Figure, Story

_RARE = 4.5
_DISPUTE = 1.5
"""Figures further apart than this ratio are called a dispute."""


def reason(a: Story, b: Story) -> str:
    """Say in one sentence what speaks for two stories being one event, and what against."""
    said = (*_days(a, b), *_places(a, b), *_people(a, b), *_figures(a, b), *_means(a, b), *_words(a, b))
    text = ", ".join(said) or "nothing but the likeness of their words"
    return f"{text[0].upper()}{text[1:]}."


def _days(a: Story, b: Story) -> list[str]:
    if not a.days or not b.days:
        return ["a day is given by one alone" if a.days or b.days else "no day is given"]
    between = apart(a.days, b.days)
    if between == 0:
        exact = a.days == b.days and a.days[0] == a.days[1]
        return [f"same day ({_day(a.days)})" if exact else f"days that agree ({_day(a.days)}; {_day(b.days)})"]
    shared = any(apart(x, y) == 0 for x in (a.days, *a.other_days) for y in (b.days, *b.other_days))
    told = f"{between} day{'s' if between > 1 else ''} apart ({_day(a.days)}; {_day(b.days)})"
    return [f"{told}, though one names the other's day too" if shared and narrow(a.days) else told]


def _places(a: Story, b: Story) -> list[str]:
    if not a.spots or not b.spots:
        return ["no place is given" if not a.spots and not b.spots else "a place is given by one alone"]
    x, y = a.spots[0], b.spots[0]
    both = x.name if x.name.casefold() == y.name.casefold() else f"{x.name} ~ {y.name}"
    match nearness(x, y):
        case "same" | "near":
            return [both]
        case "town":
            return [f"{both} in one town"]
        case "within":
            return [f"{both}, of which one holds the other"]
        case "apart":
            return [f"{both} are different places"]
        case _:
            return [f"{both} may or may not be one place"]


def _people(a: Story, b: Story) -> list[str]:
    if a.harmed & b.harmed:
        return ["the same person is named among those harmed"]
    if (a.harmed & b.names) | (b.harmed & a.names):
        return ["a person whom one names among those harmed is named by the other"]
    return ["other people are named among those harmed"] if a.harmed and b.harmed else []


def _figures(a: Story, b: Story) -> list[str]:
    said = []
    for harm in ("killed", "injured"):
        x, y = a.figures.get(harm), b.figures.get(harm)
        if not x or not y:
            continue
        shared = [figure for figure in x if figure in y and figure[0] > 1]
        if x[0] == y[0] and x[0][0]:
            said.append(f"both {_number(x[0])} {harm}")
        elif shared:
            said.append(f"both {_number(shared[0])} {harm} among other figures")
        else:
            low, high = sorted((x[0], y[0]), key=lambda figure: (figure[0], figure[1] or figure[0]))
            far = (high[0] + 0.5) / (low[0] + 0.5) > _DISPUTE
            kind = "a dispute, not by itself another event" if far else "a small difference"
            said.append(f"{_number(low)} against {_number(high)} {harm} is {kind}")
    return said


def _means(a: Story, b: Story) -> list[str]:
    said = []
    if a.means and b.means and not a.means & b.means:
        said.append(f"other means ({', '.join(sorted(a.means))}; {', '.join(sorted(b.means))})")
    if a.by & b.by:
        said.append("the same perpetrator is named")
    if a.voice == b.voice and a.report != b.report:
        said.append("both print one text")
    return said


def _words(a: Story, b: Story) -> list[str]:
    places = frozenset[str]().union(*(spot.heads for spot in (*a.spots, *b.spots)))
    # A name that nobody takes for one harmed here may be harmed in another story of the report.
    names = a.harmed | b.harmed | a.names | b.names
    shared = {
        word: a.words[word] * b.words[word]
        for word in a.words.keys() & b.words.keys()
        if rarity(word) >= _RARE and word.isalpha() and word not in places and not any(word in name for name in names)
    }
    best = sorted(shared, key=lambda word: (-shared[word], word))[:3]
    return [f"both {', '.join(repr(word) for word in best)}"] if best else []


def _day(days: Days) -> str:
    first, last = (date.fromordinal(day).isoformat() for day in days)
    return first if first == last else f"{first} to {last}"


def _number(figure: Figure) -> str:
    low, high = figure
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
