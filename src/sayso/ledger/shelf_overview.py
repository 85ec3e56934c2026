"""All incidents that fit what is asked for, added up by place and by day, for maps and lines of time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from sayso.ledger import shelf_tables as shelf
from sayso.ledger.shelf_incidents import Incidents, conditions

if TYPE_CHECKING:
    from sqlalchemy import Select

    from sayso.ledger.shelf_incidents import Wanted

Place = tuple[float, float]


@dataclass(slots=True)
class AtPlace:
    """The incidents at one place.

    Attributes:
        incidents: How many there are.
        first: The id of one of them, always the same.
        contested: How many of them are contested.
        most: The highest number that anybody gives for the harm; None where nobody gives one.
    """

    incidents: int
    first: str
    contested: int = 0
    most: int | None = None


@dataclass(slots=True)
class OnDay:
    """The incidents whose first possible day is one day: how many, and how many of them are contested."""

    incidents: int
    contested: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """Incidents added up.

    Attributes:
        places: By degrees north and east; those whose place is not known are in none.
        days: By day, ISO, in order; those without a day are under an empty one.
    """

    places: dict[Place, AtPlace]
    days: dict[str, OnDay]


class Overviews(Incidents):
    """Incidents on the shelf added up, within one transaction."""

    def overview(self, wanted: Wanted, contested: int) -> Overview:
        """Return what is asked for, added up.

        Args:
            wanted: Which incidents; their order and page play no part.
            contested: The term that contested incidents have.
        """
        table, harms = shelf.incidents, shelf.incident_harms
        everything = self._filtered(wanted)
        places = {
            (row.lat, row.lon): AtPlace(row.number, row.first)
            for row in self._connection.execute(_by_place(everything, func.min(table.c.incident).label("first")))
        }
        days = {row.day: OnDay(row.number) for row in self._connection.execute(_by_day(everything))}
        disputed = self._filtered(replace(wanted, terms=(*wanted.terms, (contested,))))
        for row in self._connection.execute(_by_place(disputed)):
            places[row.lat, row.lon].contested = row.number
        for row in self._connection.execute(_by_day(disputed)):
            days[row.day].contested = row.number
        told = and_(harms.c.incident == table.c.incident, harms.c.harm == (wanted.harm or "killed"))
        figures = _by_place(everything.join(harms, told), func.max(harms.c.most).label("most"))
        for row in self._connection.execute(figures):
            places[row.lat, row.lon].most = row.most
        return Overview(places, dict(sorted(days.items())))

    def _filtered(self, wanted: Wanted) -> Select[Any]:
        table, terms = shelf.incidents, shelf.incident_terms
        few = self._fewest(wanted)
        lead = self._rarest(wanted) if few is None else None
        # A sum is in no index: SQLite would else go through all events rather than through the few that are meant.
        scope = table.c.scope if few is None and lead is None else table.c.scope.concat("")
        query = select(table.c.incident).where(scope == wanted.scope, *conditions(wanted, lead))
        if few is not None:
            return query.where(table.c.incident.in_(few))
        if lead is not None:
            return query.join(terms, and_(terms.c.incident == table.c.incident, terms.c.term == lead))
        return query


def _by_place(query: Select[Any], *more: Any) -> Select[Any]:  # noqa: ANN401 - columns
    table = shelf.incidents
    placed = query.where(table.c.lat.is_not(None), table.c.lon.is_not(None))
    counted = placed.with_only_columns(table.c.lat, table.c.lon, func.count().label("number"), *more)
    return counted.group_by(table.c.lat, table.c.lon)


def _by_day(query: Select[Any]) -> Select[Any]:
    day = shelf.incidents.c.day
    return query.with_only_columns(day, func.count().label("number")).group_by(day)
