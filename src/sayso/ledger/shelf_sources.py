"""Who speaks in which incidents, on the shelf: all sources added up, and the incidents of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, tuple_

from sayso.ledger import shelf_tables as shelf
from sayso.ledger.shelf_overview import Overviews

if TYPE_CHECKING:
    from sqlalchemy import Row, Select


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
        claim: The id of one of its claims.
    """

    source: int
    incidents: int
    claims: int
    revised: int
    contradicted: int
    first: str
    last: str
    claim: str


class Sources(Overviews):
    """Sources on the shelf, within one transaction."""

    def sources(self, limit: int) -> list[Heard]:
        """Return the sources with the most claims.

        Args:
            limit: How many at most.
        """
        table = shelf.incident_sources
        query = _added(select(table.c.source)).group_by(table.c.source)
        query = query.order_by(func.sum(table.c.claims).desc(), table.c.source).limit(limit)
        return [_heard(row) for row in self._connection.execute(query)]

    def source(self, source: int) -> Heard | None:
        """Return one source, or None where it never speaks."""
        table = shelf.incident_sources
        query = _added(select(table.c.source)).where(table.c.source == source).group_by(table.c.source)
        row = self._connection.execute(query).first()
        return None if row is None else _heard(row)

    def said_in(self, heard: Heard) -> str | None:
        """Return the incident in which the claim stands that a source is known by; None where it was taken out."""
        table = shelf.incident_sources
        query = select(table.c.incident).where(table.c.source == heard.source, table.c.claim == heard.claim)
        return self._connection.scalar(query.limit(1))

    def incidents_of_source(self, source: int, limit: int, after: tuple[str, str] | None = None) -> list[Row[Any]]:
        """Return the incidents that a source speaks of, the newest first, as rows of ``day`` and ``incident``.

        Args:
            source: What stands for it.
            limit: How many at most.
            after: The day and id of an incident: only those that come after it.
        """
        table = shelf.incident_sources
        query = select(table.c.day, table.c.incident).where(table.c.source == source)
        if after is not None:
            query = query.where(tuple_(table.c.day, table.c.incident) < tuple_(*after))
        ordered = query.order_by(table.c.day.desc(), table.c.incident.desc())
        return list(self._connection.execute(ordered.limit(limit)))


def _added(query: Select[Any]) -> Select[Any]:
    table = shelf.incident_sources
    return query.add_columns(
        func.count().label("incidents"),
        *(func.sum(table.c[name]).label(name) for name in ("claims", "revised", "contradicted")),
        func.min(func.nullif(table.c.day, "")).label("first"),
        func.max(table.c.day).label("last"),
        func.min(table.c.claim).label("claim"),
    )


def _heard(row: Row[Any]) -> Heard:
    sums = (int(row.claims), int(row.revised), int(row.contradicted))
    return Heard(row.source, row.incidents, *sums, row.first or "", row.last, row.claim)
