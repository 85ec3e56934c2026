"""The page of incidents: a table, a map and a line of time over one filter, which stands in the address."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Query
from pydantic import BaseModel

from sayso.desk.asked import Filter, Words
from sayso.desk.blind import open_ones
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen  # noqa: TC001 - FastAPI reads the annotations
from sayso.export import wording
from sayso.export.countries import country
from sayso.export.formats import FORMATS
from sayso.export.spots import range_words
from sayso.gathering.asking import find, listed
from sayso.gathering.overview import overview
from sayso.gathering.wanting import past
from sayso.reconcile import POLICIES
from sayso.records import HARMS

if TYPE_CHECKING:
    from sayso.desk.catching_up import Behind
    from sayso.events import Incident
    from sayso.gathering import overview as told
    from sayso.ledger import Ledger
    from sayso.ledger.shelf import Shelf
    from sayso.ledger.shelf_incidents import Wanted

pages = Pages(("/incidents", "Incidents"))

Sort = Literal["newest", "toll", "reports"]

_AT_ONCE = 50
_REMEMBERED = 64
_FEW = 4_000
"""Incidents in a ledger up to which they are added up while somebody waits for the list."""
_AROUND = 0.25
"""Degrees around a place that a link to all incidents there asks for."""


class Asked(Filter):
    """The filter, with what belongs to the list.

    Attributes:
        sort: What comes first: the newest, the highest number, or the most told.
        after: Only those that come after this incident, to page on.
    """

    sort: Sort = "newest"
    after: Words = None


class Missing(BaseModel):
    """What the incidents do not take in yet.

    Attributes:
        entries: How many entries of the ledger.
        working: Whether they are being taken in now.
        done: How many reports were taken in so far.
        fault: Why it failed, or None.
    """

    entries: int
    working: bool
    done: int
    fault: str | None


class Figure(BaseModel):
    """What was said of one harm.

    Attributes:
        harm: The harm.
        label: The harm in words.
        low: The lowest number said; None where nobody states one.
        high: The highest.
        more: Whether somebody says that it may be more.
        said: The same in words.
    """

    harm: str
    label: str
    low: int | None
    high: int | None
    more: bool
    said: str


class IncidentRow(BaseModel):
    """An incident in the table.

    Attributes:
        id: Its id.
        name: Its name.
        when: Its days in words.
        date_from: The first possible day, ISO.
        date_to: The last.
        where: Its place and country in words.
        lat: Degrees north of the place.
        lon: Degrees east.
        figures: What was said, harm by harm.
        parties: Who is said to have done it.
        reports: How many reports speak of it above all.
        claims: How many claims it has.
        contested: Whether its claims contradict one another.
    """

    id: str
    name: str
    when: str
    date_from: str | None
    date_to: str | None
    where: str
    lat: float | None
    lon: float | None
    figures: list[Figure]
    parties: list[str]
    reports: int
    claims: int
    contested: bool


class Spot(BaseModel):
    """The incidents at one place on the map.

    Attributes:
        lat: Degrees north.
        lon: Degrees east.
        where: The place's name, with its country.
        incidents: How many there are.
        contested: How many of them are contested.
        most: The highest number that anybody gives; None where nobody gives one.
        name: What is there: the one incident's name, or how many there are.
        href: Where one gets to from here: the one incident, or the list of those here.
    """

    lat: float
    lon: float
    where: str
    incidents: int
    contested: int
    most: int | None
    name: str
    href: str


class Bin(BaseModel):
    """The incidents of some days.

    Attributes:
        first: The first of the days, ISO.
        last: The last.
        when: The days in words.
        incidents: How many there are.
        contested: How many of them are contested.
        href: The list of those alone.
    """

    first: str
    last: str
    when: str
    incidents: int
    contested: int
    href: str


class Choice(BaseModel):
    """Something that can be chosen: its value, and what it is called."""

    value: str
    label: str


class Overview(BaseModel):
    """All incidents that fit, on the map and in time.

    Attributes:
        query: The filter as the query of an address.
        totals: Whether these are totals over a period.
        narrows: Whether the filter leaves anything out.
        fitting: How many incidents fit.
        box: The box of the filter, or None.
        measured: The harm that the map's marks are sized by, in words.
        spots: Places, those with the highest numbers first.
        places: How many places there are in all.
        unplaced: How many incidents have no place on the map.
        step: How long each bin of the line of time is.
        bins: Bins with incidents, in the order of time.
        undated: How many incidents have no day.
    """

    query: str
    totals: bool
    narrows: bool
    fitting: int
    box: str | None
    measured: str
    spots: list[Spot]
    places: int
    unplaced: int
    step: str
    bins: list[Bin]
    undated: int


class Incidents(BaseModel):
    """A page of the list, with the map and the line of time of all that fits.

    Attributes:
        asked: What was asked for.
        behind: What the incidents do not take in yet; None where they take in everything.
        overview: All that fits on the map and in time; None where that takes a while and is to be had at
            ``/incidents/overview``.
        rows: Some of them, in the order that was asked for.
        more: The address of the next page, or None.
        begin: The address of the first page, where this is another; else None.
        narrows: Whether the filter leaves anything out.
        query: The filter as the query of an address.
        names: Whether names of people harmed go out with an export.
        harms: The harms that can be asked for.
        formats: The formats of an export.
        policies: The counting rules for an export.
    """

    asked: Asked
    behind: Missing | None
    overview: Overview | None
    rows: list[IncidentRow]
    more: str | None
    begin: str | None
    narrows: bool
    query: str
    names: bool
    harms: list[Choice]
    formats: list[Choice]
    policies: list[str]


@pages.page("/incidents", "incidents.html")
def incidents(visit: Seen, asked: Annotated[Asked, Query()]) -> Incidents:
    """Return incidents: which claims speak of one event; a page of the list, and all of them on a map and in time."""
    behind = visit.desk.catching_up.look(visit.ledger)
    wanted = open_ones(visit, asked.wanted(asked.sort))
    here = asked.alone()
    seen = _overviews.quickly(visit.ledger, wanted)
    if asked.after:
        with visit.ledger.shelf() as shelf:
            wanted = past(wanted, find(shelf, asked.after))
    found = [one.incident for one in listed(visit.ledger, wanted, _AT_ONCE + 1)]
    own = {} if asked.sort == "newest" else {"sort": asked.sort}
    rows = [row(one) for one in found[:_AT_ONCE]]
    return Incidents(
        asked=asked,
        behind=missing(behind),
        overview=None if seen is None else _overview(seen, here),
        rows=rows,
        more=_address(here, **own, after=rows[-1].id) if len(found) > _AT_ONCE else None,
        begin=_address(here, **own) if asked.after else None,
        narrows=here.narrows,
        query=here.query(),
        names=visit.session.names,
        harms=[Choice(value=one, label=wording.harm(one)) for one in HARMS],
        formats=[Choice(value=one.name, label=f"{one.name}: {one.about}") for one in FORMATS],
        policies=list(POLICIES),
    )


@pages.page("/incidents/overview", "overview.html")
def whole(visit: Seen, asked: Annotated[Filter, Query()]) -> Overview:
    """Return all incidents that fit, on a map and in time."""
    return _overview(_overviews.whole(visit.ledger, open_ones(visit, asked.wanted())), asked)


class Progress(BaseModel):
    """How far the incidents are with what was added; None for `behind` where they take in everything."""

    behind: Missing | None


@pages.page("/incidents/behind", "behind.html")
def progress(visit: Seen) -> Progress:
    """Return what the incidents do not take in yet."""
    return Progress(behind=missing(visit.desk.catching_up.look(visit.ledger)))


def row(incident: Incident) -> IncidentRow:
    """Return an incident as a row of a table."""
    where = (incident.place, country(incident.country).name or incident.country)
    return IncidentRow(
        id=incident.id,
        name=wording.shown(incident.name) or f"Incident {incident.id}",
        when=wording.when(incident.date_from, incident.date_to),
        date_from=incident.date_from,
        date_to=incident.date_to,
        where=", ".join(dict.fromkeys(wording.shown(part) for part in where if part)),
        lat=incident.lat,
        lon=incident.lon,
        figures=figures(incident),
        parties=[wording.shown(name) for name, _ in incident.perpetrators],
        reports=len(incident.reports),
        claims=len(incident.claims),
        contested=incident.contested,
    )


def figures(incident: Incident) -> list[Figure]:
    """Return what was said of an incident, harm by harm."""
    return [
        Figure(
            harm=harm,
            label=wording.harm(harm),
            low=said.low,
            high=said.high,
            more=said.more,
            said=range_words(said.low, said.high, more=said.more),
        )
        for harm, said in incident.figures.items()
    ]


def missing(behind: Behind | None) -> Missing | None:
    """Return what incidents do not take in yet, as pages tell it."""
    return None if behind is None else Missing(**asdict(behind))


def _address(here: Filter, **changed: object) -> str:
    query = here.query(**changed)
    return f"/incidents?{query}" if query else "/incidents"


def _spot(one: told.Spot, here: Filter) -> Spot:
    where = ", ".join(wording.shown(part) for part in (one.place, country(one.country).name) if part)
    name = wording.shown(one.name) if one.incidents == 1 else f"{one.incidents:,} incidents"
    edges = (one.lon - _AROUND, one.lat - _AROUND, one.lon + _AROUND, one.lat + _AROUND)
    limits = (-180, -90, 180, 90)
    west, south, east, north = (
        max(edge, limit) if limit < 0 else min(edge, limit) for edge, limit in zip(edges, limits, strict=True)
    )
    box = f"{west:.2f},{south:.2f},{east:.2f},{north:.2f}"
    return Spot(
        lat=one.lat,
        lon=one.lon,
        where=where or "a place without a name",
        incidents=one.incidents,
        contested=one.contested,
        most=one.most,
        name=name or f"Incident {one.first}",
        href=f"/incident/{one.first}" if one.incidents == 1 else _address(here, box=box),
    )


def _bin(one: told.Bin, here: Filter) -> Bin:
    return Bin(
        first=one.first,
        last=one.last,
        when=wording.when(one.first, one.last),
        incidents=one.incidents,
        contested=one.contested,
        href=_address(here, since=one.first, until=one.last),
    )


def _overview(seen: told.Seen, here: Filter) -> Overview:
    return Overview(
        query=here.query(),
        totals=here.totals,
        narrows=here.narrows,
        fitting=seen.incidents,
        box=here.box,
        measured=wording.harm(here.harm or "killed"),
        spots=[_spot(one, here) for one in seen.spots],
        places=seen.places,
        unplaced=seen.unplaced,
        step=seen.step,
        bins=[_bin(one, here) for one in seen.bins],
        undated=seen.undated,
    )


class _Overviews:
    """What was added up of late, as long as the incidents are what they were."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: OrderedDict[tuple[object, ...], told.Seen] = OrderedDict()

    def quickly(self, ledger: Ledger, wanted: Wanted) -> told.Seen | None:
        """Return what fits, added up; None where that would keep somebody waiting for the list."""
        with ledger.shelf() as shelf:
            held = self._held(_key(ledger, shelf, wanted))
            if held is None and shelf.count(wanted.scope) > _FEW:
                return None
        return held or self.whole(ledger, wanted)

    def whole(self, ledger: Ledger, wanted: Wanted) -> told.Seen:
        """Return what fits, added up."""
        with ledger.shelf() as shelf:
            key = _key(ledger, shelf, wanted)
            made = self._held(key) or overview(shelf, wanted)
        with self._lock:
            self._made[key] = made
            while len(self._made) > _REMEMBERED:
                self._made.popitem(last=False)
        return made

    def _held(self, key: tuple[object, ...]) -> told.Seen | None:
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
            return self._made.get(key)


def _key(ledger: Ledger, shelf: Shelf, wanted: Wanted) -> tuple[object, ...]:
    state = shelf.state()
    return ledger, state.turn, state.upto, state.made_by, replace(wanted, sort="newest", after=None)


_overviews = _Overviews()
