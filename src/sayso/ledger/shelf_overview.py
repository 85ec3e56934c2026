"""All incidents that fit what is asked for, added up by place and by day, for maps and lines of time.

They are added up from narrow rows of their own, which stand in the order of places and once more in that of days: over
a hundred thousand incidents both are there before a page is missed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Text, and_, cast, func, null, select, union_all

from sayso.ledger import shelf_tables as shelf
from sayso.ledger.shelf_incidents import NOWHERE, Incidents, has, within_spots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Select

    from sayso.ledger.shelf_incidents import Wanted


@dataclass(frozen=True, slots=True)
class AtPlace:
    """The incidents at one place.

    Attributes:
        first: The id of one of them, always the same.
        incidents: How many there are.
        contested: How many of them are contested.
        most: The highest number that anybody gives for the harm; None where nobody gives one.
    """

    first: str
    incidents: int
    contested: int
    most: int | None


@dataclass(frozen=True, slots=True)
class OnDay:
    """The incidents whose first possible day is one day: how many, and how many of them are contested."""

    incidents: int
    contested: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Incidents added up.

    Attributes:
        spots: Places, those with the highest numbers first; as many as were asked for at most.
        places: How many places there are in all.
        placed: How many incidents are at a place.
        days: By day, ISO, in order; those without a day are under an empty one.
    """

    spots: tuple[AtPlace, ...]
    places: int
    placed: int
    days: dict[str, OnDay]


class Overviews(Incidents):
    """Incidents on the shelf added up, within one transaction."""

    def overview(self, wanted: Wanted, contested: int, most_places: int) -> Overview:
        """Return what is asked for, added up.

        Args:
            wanted: Which incidents; their order and page play no part.
            contested: The term that contested incidents have.
            most_places: How many places to return.
        """
        fitting, led = self._fitting(wanted, contested)
        # What a term leads to is looked up one by one, so that is done once; else an index has each of the two orders.
        rows = (fitting.cte() if led else fitting.subquery()).c
        number, disputed = func.count().label("number"), func.sum(rows.contested).label("contested")
        first, most = func.min(rows.incident).label("first"), func.max(rows.most).label("most")
        by_place = select(rows.spot, number, disputed, first, most).where(rows.spot != NOWHERE).group_by(rows.spot)
        place = by_place.subquery().c
        places, placed = func.count().over().label("places"), func.sum(place.number).over().label("placed")
        highest = func.coalesce(place.most, 0).desc(), place.number.desc(), place.spot
        columns: list[Any] = [place.number, place.contested, place.first, place.most, place.spot, places, placed]
        top = select(*columns).order_by(*highest).limit(most_places).subquery()
        by_day = select(rows.day, number, disputed).group_by(rows.day).subquery().c
        blank = [cast(null(), Text), *(cast(null(), BigInteger) for _ in range(4))]
        day_columns: list[Any] = [by_day.number, by_day.contested, *blank, by_day.day]
        both = union_all(select(top, cast(null(), Text).label("day")), select(*day_columns))
        found = self._connection.execute(both).all()
        spots = [row for row in found if row.first is not None]
        spots.sort(key=lambda row: (-(row.most or 0), -row.number, row.spot))
        days = {row.day: OnDay(row.number, int(row.contested)) for row in found if row.first is None}
        return Overview(
            tuple(AtPlace(row.first, row.number, int(row.contested), row.most) for row in spots),
            spots[0].places if spots else 0,
            int(spots[0].placed) if spots else 0,
            dict(sorted(days.items())),
        )

    def _fitting(self, wanted: Wanted, contested: int) -> tuple[Select[Any], bool]:
        """Return the rows that fit, and whether a term leads to them."""
        marks, terms = shelf.incident_marks, shelf.incident_terms
        flagged = (contested,) in wanted.terms
        # A row says itself whether it is contested and where it is; the terms for a box are several, any of which does.
        left = (one for one in wanted.terms if one != (contested,) and not (wanted.box is not None and len(one) > 1))
        wanted = replace(wanted, terms=tuple(left))
        few = self._fewest(wanted) if wanted.terms else None
        lead = self._rarest(wanted) if few is None else None
        # A sum is in no index: SQLite would else go through all events rather than through the few that are meant.
        scope = marks.c.scope if few is None and lead is None else marks.c.scope.concat("")
        columns = (marks.c.spot, marks.c.day, marks.c.incident, marks.c.contested, marks.c.most)
        query = select(*columns).where(scope == wanted.scope, marks.c.harm == (wanted.harm or ""))
        query = query.where(*_conditions(wanted, lead))
        if flagged:
            query = query.where(marks.c.contested == 1)
        if few is not None:
            return query.where(marks.c.incident.in_(few)), True
        if lead is not None:
            return query.join(terms, and_(terms.c.incident == marks.c.incident, terms.c.term == lead)), True
        return query, False


def _conditions(wanted: Wanted, lead: int | None) -> Iterator[ColumnElement[bool]]:
    """Yield what a row must meet; the term that leads is met already."""
    marks = shelf.incident_marks
    if wanted.since is not None:
        yield marks.c.last_day >= wanted.since
    if wanted.until is not None:
        yield and_(marks.c.day <= wanted.until, marks.c.day > "")
    if wanted.box is not None:
        yield within_spots(marks.c.spot, wanted.box)
    if wanted.least is not None:
        yield marks.c.most >= wanted.least
    if wanted.without:
        yield marks.c.incident.not_in(wanted.without)
    for group in wanted.terms:
        if group != (lead,):
            yield has(group, marks.c.day, marks.c.incident)
