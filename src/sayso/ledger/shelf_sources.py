"""Who speaks in which incidents, on the shelf: all sources added up, and the incidents of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select, tuple_

from sayso.ledger import shelf_tables as shelf
from sayso.ledger.shelf_overview import Overviews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row, Select, Subquery


@dataclass(frozen=True, slots=True)
class Heard:
    """All that stands on the shelf of one source.

    Attributes:
        source: What stands for it.
        incidents: In how many incidents and totals over a period it speaks.
        claims: How many claims it makes there.
        revised: How many of them it gave another figure for later.
        contradicted: How many of them a claim of somebody else contradicts.
        first: The first day of the incidents, ISO; empty where no day is known.
        last: The last one's.
        claim: The id of one of its claims, of the newest of the incidents.
        incident: The id of that incident.
    """

    source: int
    incidents: int
    claims: int
    revised: int
    contradicted: int
    first: str
    last: str
    claim: str
    incident: str


class Sources(Overviews):
    """Sources on the shelf, within one transaction."""

    def sources(self, limit: int, begin: int = 0, without: Sequence[str] = ()) -> list[Heard]:
        """Return the sources with the most claims.

        Args:
            limit: How many at most.
            begin: How many of them to leave out first.
            without: Ids of incidents that are left out of all that is told of a source, some hundred at most.
        """
        sums = shelf.source_sums
        # Who comes first is found before anything else is asked of them.
        first = select(sums).order_by(sums.c.claims.desc(), sums.c.source.desc()).limit(limit).offset(begin).subquery()
        query = _with_bounds(first, without).order_by(first.c.claims.desc(), first.c.source.desc())
        return self._heard(self._connection.execute(query).all(), without)

    def number_of_sources(self, most: int) -> int:
        """Return how many sources there are, counted no further than to a number."""
        some = select(shelf.source_sums.c.source).limit(most).subquery()
        return self._connection.scalar(select(func.count()).select_from(some)) or 0

    def source(self, source: int, without: Sequence[str] = ()) -> Heard | None:
        """Return one source, or None where it never speaks; `without` is as for `sources`."""
        sums = shelf.source_sums
        query = _with_bounds(select(sums).where(sums.c.source == source).subquery(), without)
        return next(iter(self._heard(self._connection.execute(query).all(), without)), None)

    def _heard(self, rows: Sequence[Row[Any]], without: Sequence[str]) -> list[Heard]:
        less: dict[int, list[int]] = {}
        table = shelf.incident_sources
        if without:
            left_out = table.c.incident.in_(without), table.c.source.in_([row.source for row in rows])
            for one in self._connection.execute(select(table).where(*left_out)):
                sums = less.setdefault(one.source, [0, 0, 0, 0])
                for place, more in enumerate((1, one.claims, one.revised, one.contradicted)):
                    sums[place] += more
        return [_heard(row, less.get(row.source, (0, 0, 0, 0))) for row in rows if row.incident is not None]

    def incidents_of_source(
        self, source: int, limit: int, after: tuple[str, str] | None = None, without: Sequence[str] = ()
    ) -> list[Row[Any]]:
        """Return the incidents that a source speaks of, the newest first, as rows of ``day`` and ``incident``.

        Args:
            source: What stands for it.
            limit: How many at most.
            after: The day and id of an incident: only those that come after it.
            without: Ids of incidents that are left out.
        """
        table = shelf.incident_sources
        query = select(table.c.day, table.c.incident).where(table.c.source == source, table.c.incident.not_in(without))
        if after is not None:
            query = query.where(tuple_(table.c.day, table.c.incident) < tuple_(*after))
        ordered = query.order_by(table.c.day.desc(), table.c.incident.desc())
        return list(self._connection.execute(ordered.limit(limit)))


def _with_bounds(sums: Subquery, without: Sequence[str]) -> Select[Any]:
    """Return sources with their first and last days and one of their claims, each found at an end of an index."""
    table = shelf.incident_sources
    own = and_(table.c.source == sums.c.source, table.c.incident.not_in(without))
    newest = (table.c.day.desc(), table.c.incident.desc())
    return select(
        sums,
        select(func.min(table.c.day)).where(own, table.c.day > "").scalar_subquery().label("first"),
        *(
            select(table.c[name]).where(own).order_by(*newest).limit(1).scalar_subquery().label(label)
            for name, label in (("day", "last"), ("claim", "claim"), ("incident", "incident"))
        ),
    )


def _heard(row: Row[Any], less: Sequence[int]) -> Heard:
    return Heard(
        source=row.source,
        incidents=row.incidents - less[0],
        claims=row.claims - less[1],
        revised=row.revised - less[2],
        contradicted=row.contradicted - less[3],
        first=row.first or "",
        last=row.last,
        claim=row.claim,
        incident=row.incident,
    )
