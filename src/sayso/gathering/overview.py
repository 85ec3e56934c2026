"""Incidents of a list added up for a map and a line of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from sayso.gathering.row import CONTESTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.ledger.shelf import Shelf
    from sayso.ledger.shelf_incidents import Wanted
    from sayso.ledger.shelf_overview import OnDay

Step = Literal["day", "week", "month", "year"]

_MOST_PLACES = 300
_MOST_BINS = 130


@dataclass(frozen=True, slots=True)
class Spot:
    """The incidents at one place on the map.

    Attributes:
        lat: Degrees north.
        lon: Degrees east.
        place: The place's name.
        country: ISO 3166-1 alpha-2, or None.
        incidents: How many there are.
        contested: How many of them are contested.
        most: The highest number that anybody gives; None where nobody gives one.
        first: The id of one of them.
        name: That one's name.
    """

    lat: float
    lon: float
    place: str
    country: str | None
    incidents: int
    contested: int
    most: int | None
    first: str
    name: str


@dataclass(frozen=True, slots=True)
class Bin:
    """The incidents whose first possible day lies within some days.

    Attributes:
        first: The first of the days, ISO.
        last: The last.
        incidents: How many there are.
        contested: How many of them are contested.
    """

    first: str
    last: str
    incidents: int
    contested: int


@dataclass(frozen=True, slots=True)
class Seen:
    """All incidents that fit what was asked for, added up.

    Attributes:
        incidents: How many there are.
        spots: Places, those with the highest numbers first; some hundred at most.
        places: How many places there are in all.
        unplaced: How many incidents have no place on the map.
        step: How long each bin is.
        bins: Bins with incidents in them, in the order of time.
        undated: How many incidents have no day.
    """

    incidents: int
    spots: tuple[Spot, ...]
    places: int
    unplaced: int
    step: Step
    bins: tuple[Bin, ...]
    undated: int


def overview(shelf: Shelf, wanted: Wanted) -> Seen:
    """Return all incidents that fit, added up.

    Args:
        shelf: Where they are kept.
        wanted: Which ones; their order and page play no part.
    """
    found = shelf.overview(wanted, CONTESTED, _MOST_PLACES)
    known = {day: one for day, one in found.days.items() if day}
    incidents = sum(one.incidents for one in found.days.values())
    contents = shelf.headings([one.first for one in found.spots])
    spots = tuple(
        Spot(
            first["lat"],
            first["lon"],
            first["place"] or "",
            first["country"],
            one.incidents,
            one.contested,
            one.most,
            one.first,
            first["name"],
        )
        for one in found.spots
        if (first := contents.get(one.first)) is not None
    )
    step = _step(list(known))
    undated = incidents - sum(one.incidents for one in known.values())
    bins = tuple(_bins(known.items(), step))
    return Seen(incidents, spots, found.places, incidents - found.placed, step, bins, undated)


def _step(days: list[str]) -> Step:
    """Return the shortest step that leaves a number of bins that can be told apart."""
    if not days:
        return "day"
    span = (date.fromisoformat(days[-1]) - date.fromisoformat(days[0])).days
    steps: tuple[tuple[Step, int], ...] = (("day", 1), ("week", 7), ("month", 30))
    return next((step for step, length in steps if span < length * _MOST_BINS), "year")


def _bins(days: Iterable[tuple[str, OnDay]], step: Step) -> Iterator[Bin]:
    # Days of a month or a year begin alike.
    length = {"month": len("2023-02"), "year": len("2023")}.get(step, len("2023-02-09"))
    made: dict[str, list[int]] = {}
    for day, one in days:
        sums = made.setdefault(day[:length], [0, 0])
        sums[0] += one.incidents
        sums[1] += one.contested
    bins: dict[tuple[date, date], list[int]] = {}
    for begins, counted in made.items():
        sums = bins.setdefault(_within(date.fromisoformat(f"{begins}-01-01"[: len("2023-02-09")]), step), [0, 0])
        sums[0] += counted[0]
        sums[1] += counted[1]
    for (first, last), (incidents, contested) in bins.items():
        yield Bin(first.isoformat(), last.isoformat(), incidents, contested)


def _within(day: date, step: Step) -> tuple[date, date]:
    """Return the first and the last day of the step that a day lies in; weeks begin on Monday.

    >>> [str(one) for one in _within(date(2023, 2, 9), "month")], [str(one) for one in _within(date.max, "year")]
    (['2023-02-01', '2023-02-28'], ['9999-01-01', '9999-12-31'])
    """
    if step == "day":
        return day, day
    if step == "week":
        first = day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
        return first, first + timedelta(days=min(6, date.max.toordinal() - first.toordinal()))
    if step == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    following = day.replace(day=28).toordinal() + 4
    if following > date.max.toordinal():
        return day.replace(day=1), date.max
    return day.replace(day=1), date.fromordinal(following).replace(day=1) - timedelta(days=1)
