"""The incidents on the shelf: what lists filter and sort by, and finding a page of them in a million claims' worth."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import and_, delete, exists, func, insert, or_, select, tuple_

from sayso.ledger import shelf_tables as shelf
from sayso.ledger.shelf_tables import beginning, packed, parts, unpacked

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Select

Sort = Literal["newest", "toll", "reports"]
Content = dict[str, Any]

_AT_ONCE = 500
_FEW = 400
"""Incidents that a filter may leave so that it is quicker to look at each than to go through all in their order."""

_COUNTED = 20_000
"""Incidents under a term up to which they are counted, to find the rarest of several."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What one source says in one incident.

    Attributes:
        source: What stands for the source.
        claims: How many claims it makes.
        revised: How many of them it gave another figure for later.
        contradicted: How many of them a claim of somebody else contradicts.
        claim: The id of one of them.
    """

    source: int
    claims: int
    revised: int
    contradicted: int
    claim: str


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident as it is kept.

    Attributes:
        incident: Its id.
        scope: ``event`` or ``period``.
        period: The key of the period that it was made from, or None.
        day: Its first possible day, ISO; empty where it is not known.
        last_day: Its last.
        at: Degrees north and east, or None.
        reports: How many reports speak of it above all.
        terms: Hashes of what it can be found by.
        most: The highest number that anybody gives, by harm.
        stories: The stories with claims in it.
        content: What it holds.
        sources: Who speaks in it.
        contested: Whether its claims contradict one another.
    """

    incident: str
    scope: str
    period: int | None
    day: str
    last_day: str
    at: tuple[float, float] | None
    reports: int
    terms: tuple[int, ...]
    most: Mapping[str, int]
    stories: tuple[str, ...]
    content: Content
    sources: tuple[SourceRow, ...] = ()
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents to list.

    Attributes:
        scope: ``event`` or ``period``.
        terms: Each group must be met by one of its terms.
        since: Only incidents that may have happened on this day or later.
        until: Only those that may have happened on this day or before.
        box: Only those on the map within west, south, east and north; west lies east of east across the date line.
        harm: Only those with a number for this harm; what ``toll`` sorts by.
        least: Only those where somebody gives this number or more for the harm.
        sort: ``newest``, ``toll`` (the highest number first) or ``reports`` (the most told first).
        after: The id of an incident: only those that come after it.
        without: Ids of incidents that are left out, some hundred at most.
    """

    scope: str = "event"
    terms: tuple[tuple[int, ...], ...] = ()
    since: str | None = None
    until: str | None = None
    box: tuple[float, float, float, float] | None = None
    harm: str | None = None
    least: int | None = None
    sort: Sort = "newest"
    after: str | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of incidents, each by its id with what it holds; and the last one's id, None where no more can follow."""

    contents: list[tuple[str, Content]]
    last: str | None


class Incidents:
    """Incidents on the shelf, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def incidents(self, ids: Sequence[str]) -> dict[str, Content]:
        """Return what incidents hold, by id; those that are not there, or were emptied, are left out."""
        return {name: unpacked(content) for name, content in self._packed(ids)}

    def headings(self, ids: Sequence[str]) -> dict[str, Content]:
        """Return of incidents their names, days and places, by id: all that an incident holds before its claims."""
        return {name: beginning(content, "claims") for name, content in self._packed(ids)}

    def _packed(self, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        table = shelf.incident_contents
        for part in parts(ids):
            for row in self._connection.execute(select(table).where(table.c.incident.in_(part))):
                if row.content is not None:
                    yield row.incident, row.content

    def reports_under(self, term: int, reports: Sequence[str], without: Container[str] = ()) -> dict[str, int]:
        """Return by report how many incidents under a term have claims of it; those with none are left out.

        Args:
            term: The term.
            reports: Ids of reports.
            without: Ids of incidents that are not counted.
        """
        # Step by step: asked for in one statement, SQLite goes through all incidents under the term.
        stories, terms = shelf.stories, shelf.incident_terms
        home: dict[str, str] = {}
        for part in parts(reports):
            rows = self._connection.execute(select(stories.c.story, stories.c.report).where(stories.c.report.in_(part)))
            home |= {row.story: row.report for row in rows}
        held = self.incidents_of(list(home))
        under: set[str] = set()
        for part in parts({incident for incidents in held.values() for incident in incidents}):
            query = select(terms.c.incident, terms.c.term).where(terms.c.incident.in_(part))
            rows = self._connection.execute(query)
            under |= {row.incident for row in rows if row.term == term and row.incident not in without}
        found: dict[str, set[str]] = {}
        for story, incidents in held.items():
            found.setdefault(home[story], set()).update(incidents & under)
        return {report: len(incidents) for report, incidents in found.items() if incidents}

    def all_incidents(self) -> Iterator[tuple[str, Content]]:
        """Yield all incidents with what they hold, by id; those that were emptied are left out."""
        table, last = shelf.incident_contents, ""
        while True:
            query = select(table).where(table.c.incident > last).order_by(table.c.incident).limit(_AT_ONCE)
            rows = self._connection.execute(query).all()
            if not rows:
                return
            yield from ((row.incident, unpacked(row.content)) for row in rows if row.content is not None)
            last = rows[-1].incident

    def incidents_of(self, stories: Sequence[str]) -> dict[str, set[str]]:
        """Return by story the incidents that its claims are in."""
        table = shelf.incident_stories
        found: dict[str, set[str]] = {story: set() for story in stories}
        for part in parts(stories):
            for row in self._connection.execute(select(table).where(table.c.story.in_(part))):
                found[row.story].add(row.incident)
        return found

    def stories_in(self, incident: str) -> list[str]:
        """Return the stories with claims in an incident."""
        table = shelf.incident_stories
        return sorted(self._connection.scalars(select(table.c.story).where(table.c.incident == incident)))

    def stories_of_incidents(self, incidents: Sequence[str]) -> list[str]:
        """Return the stories with claims in some incidents, each once."""
        table = shelf.incident_stories
        found: set[str] = set()
        for part in parts(incidents):
            found.update(self._connection.scalars(select(table.c.story).where(table.c.incident.in_(part))))
        return sorted(found)

    def incident_of_period(self, key: int) -> str | None:
        """Return the incident that was made of a period's claims."""
        table = shelf.incidents
        return self._connection.scalar(select(table.c.incident).where(table.c.period == key))

    def period_of(self, incident: str) -> int | None:
        """Return the key of the period that an incident was made from; None where it is an event."""
        table = shelf.incidents
        return self._connection.scalar(select(table.c.period).where(table.c.incident == incident))

    def beginning(self, prefix: str, limit: int) -> list[str]:
        """Return ids of incidents that begin so."""
        column = shelf.incidents.c.incident
        within = select(column).where(column >= prefix, column < prefix + "\x7f").order_by(column)
        return list(self._connection.scalars(within.limit(limit)))

    def drop_incidents(self, ids: Sequence[str]) -> None:
        """Take incidents off the shelf."""
        for part in parts(ids):
            for table in _OF_INCIDENT:
                self._connection.execute(delete(table).where(table.c.incident.in_(part)))

    def put_incidents(self, rows: Iterable[IncidentRow]) -> None:
        """Put incidents on the shelf that are not there."""
        rows = list(rows)
        for table, values in (
            (shelf.incidents, [_values(row) for row in rows]),
            (shelf.incident_contents, [{"incident": row.incident, "content": packed(row.content)} for row in rows]),
            (shelf.incident_stories, [{"incident": r.incident, "story": story} for r in rows for story in r.stories]),
            (
                shelf.incident_terms,
                [{"term": term, "day": row.day, "incident": row.incident} for row in rows for term in row.terms],
            ),
            (
                shelf.incident_harms,
                [{"harm": h, "most": most, "incident": row.incident} for row in rows for h, most in row.most.items()],
            ),
            (
                shelf.incident_sources,
                [asdict(one) | {"day": row.day, "incident": row.incident} for row in rows for one in row.sources],
            ),
            (shelf.incident_marks, [mark for row in rows for mark in _marks(row)]),
        ):
            if values:
                self._connection.execute(insert(table), values)

    # ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────

    def listed(self, wanted: Wanted, limit: int) -> Listing:
        """Return a page of incidents in the order that is asked for.

        Args:
            wanted: Which ones.
            limit: How many at most.
        """
        table, terms, harms = shelf.incidents, shelf.incident_terms, shelf.incident_harms
        query = select(table.c.incident)
        if wanted.sort == "toll":
            told = and_(harms.c.incident == table.c.incident, harms.c.harm == (wanted.harm or "killed"))
            query, order = query.join(harms, told), (harms.c.most, harms.c.incident)
        else:
            order = (table.c.reports if wanted.sort == "reports" else table.c.day, table.c.incident)
        last = self._place(query, order, wanted.after)
        if wanted.after is not None and last is None:
            return Listing([], None)
        few = self._fewest(wanted)
        lead = self._rarest(wanted) if few is None else None
        if lead is not None:
            few = self._few_with_all(wanted, lead)
        if few is not None or wanted.sort != "newest":
            lead = None
        # A sum is in no index: SQLite would else go through all events rather than through the few that are meant.
        scope = table.c.scope if few is None and lead is None else table.c.scope.concat("")
        query = query.where(scope == wanted.scope)
        if few is not None:
            query = query.where(table.c.incident.in_(few))
        elif lead is not None:
            # Under a term incidents stand in the order of their days, as the list is to be.
            query = query.join(terms, and_(terms.c.incident == table.c.incident, terms.c.term == lead))
            order = (terms.c.day, terms.c.incident)
        if last is not None:
            query = query.where(tuple_(*order) < tuple_(*last))
        for condition in conditions(wanted, lead):
            query = query.where(condition)
        ids = list(self._connection.scalars(query.order_by(*(column.desc() for column in order)).limit(limit)))
        found = self.incidents(ids)
        contents = [(incident, found[incident]) for incident in ids if incident in found]
        return Listing(contents, ids[-1] if len(ids) == limit else None)

    def _place(
        self, query: Select[Any], order: Sequence[ColumnElement[Any]], incident: str | None
    ) -> Sequence[Any] | None:
        """Return the place of an incident in a list, or None where it is not in it."""
        if incident is None:
            return None
        place = query.with_only_columns(*order).where(shelf.incidents.c.incident == incident)
        return self._connection.execute(place).first()

    def _fewest(self, wanted: Wanted) -> list[str] | None:
        """Return all incidents that one of the filters leaves, where there is one that leaves few."""
        best: list[str] | None = None
        queries: list[Select[Any]] = []
        terms, harms = shelf.incident_terms, shelf.incident_harms
        for group in wanted.terms:
            days = [terms.c.day <= wanted.until] if wanted.until is not None else []
            queries.append(select(terms.c.incident).where(terms.c.term.in_(group), *days))
        if wanted.least is not None:
            told = (harms.c.harm == (wanted.harm or "killed"), harms.c.most >= wanted.least)
            queries.append(select(harms.c.incident).where(*told))
        for query in queries:
            found: list[str] = list(self._connection.scalars(query.limit(_FEW + 1)))
            if len(found) <= _FEW and (best is None or len(found) < len(best)):
                best = found
        return best

    def _few_with_all(self, wanted: Wanted, lead: int) -> list[str] | None:
        """Return all incidents that have every term, where each term has many of them, and hardly any has all.

        Only the keys of one table are gone through for it, and no further than to where there are many.
        """
        others = [group for group in wanted.terms if group != (lead,)]
        if not others:
            return None
        terms = shelf.incident_terms
        query = select(terms.c.incident).where(terms.c.term == lead)
        for group in others:
            query = query.where(has(group, terms.c.day, terms.c.incident))
        found = list(self._connection.scalars(query.limit(_FEW + 1)))
        return found if len(found) <= _FEW else None

    def _rarest(self, wanted: Wanted) -> int | None:
        """Return the term that fewest incidents have, of those that every incident of the list must have."""
        needed = [group[0] for group in wanted.terms if len(group) == 1]
        terms = shelf.incident_terms

        def times(term: int) -> int:
            some = select(terms.c.incident).where(terms.c.term == term).limit(_COUNTED).subquery()
            return self._connection.scalar(select(func.count()).select_from(some)) or 0

        return min(needed, key=times) if len(needed) > 1 else next(iter(needed), None)

    def count(self, scope: str) -> int:
        """Return how many incidents there are."""
        table = shelf.incidents
        return self._connection.scalar(select(func.count()).where(table.c.scope == scope)) or 0


_OF_INCIDENT = (
    *(shelf.incidents, shelf.incident_contents),
    *(shelf.incident_stories, shelf.incident_terms, shelf.incident_harms, shelf.incident_sources),
    shelf.incident_marks,
)

_UNITS = 100_000
"""Parts of a degree that places are told apart by: a metre."""

_WIDE = 1000 * _UNITS
NOWHERE = -1
"""The spot of what has no place."""


def _values(row: IncidentRow) -> Content:
    lat, lon = row.at or (None, None)
    values = {"incident": row.incident, "scope": row.scope, "period": row.period, "day": row.day}
    return values | {"last_day": row.last_day, "lat": lat, "lon": lon, "reports": row.reports}


def spot_of(at: tuple[float, float] | None) -> int:
    """Return a place as one number, in the order of degrees north and then east; `NOWHERE` for none.

    >>> spot_of((48.25, 37.5)) < spot_of((48.25, 37.50001)) < spot_of((48.25001, -37.5))
    True
    """
    return NOWHERE if at is None else units(at[0], 90) * _WIDE + units(at[1], 180)


def units(degrees: float, least: int) -> int:
    """Return degrees as a number of parts from the least that there can be."""
    return round((degrees + least) * _UNITS)


def within_spots(spot: ColumnElement[int], box: tuple[float, float, float, float]) -> ColumnElement[bool]:
    """Return whether a spot lies within west, south, east and north."""
    west, south, east, north = units(box[0], 180), units(box[1], 90), units(box[2], 180), units(box[3], 90)
    lon = spot % _WIDE
    across = and_(lon >= west, lon <= east) if west <= east else or_(lon >= west, lon <= east)
    return and_(spot >= south * _WIDE, spot < (north + 1) * _WIDE, across)


def _marks(row: IncidentRow) -> Iterator[Content]:
    own = {"scope": row.scope, "spot": spot_of(row.at), "day": row.day, "last_day": row.last_day}
    own |= {"incident": row.incident, "contested": int(row.contested)}
    yield own | {"harm": "", "most": row.most.get("killed")}
    for harm, most in row.most.items():
        yield own | {"harm": harm, "most": most}


def conditions(wanted: Wanted, lead: int | None) -> Iterator[ColumnElement[bool]]:
    """Yield what an incident must meet; the term that leads is met already."""
    table, harms = shelf.incidents, shelf.incident_harms
    if wanted.since is not None:
        yield table.c.last_day >= wanted.since
    if wanted.until is not None:
        yield and_(table.c.day <= wanted.until, table.c.day > "")
    if wanted.box is not None:
        yield _within(wanted.box)
    if wanted.harm is not None or wanted.least is not None:
        other_harms = harms.alias()
        told = (other_harms.c.incident == table.c.incident, other_harms.c.harm == (wanted.harm or "killed"))
        yield exists().where(*told, other_harms.c.most >= (wanted.least or 0)).correlate(table)
    if wanted.without:
        yield table.c.incident.not_in(wanted.without)
    for group in wanted.terms:
        if group != (lead,):
            yield has(group, table.c.day, table.c.incident)


def has(group: tuple[int, ...], day: ColumnElement[str], incident: ColumnElement[str]) -> ColumnElement[bool]:
    """Return whether an incident of a day has one of some terms."""
    other = shelf.incident_terms.alias()
    met = (other.c.term.in_(group), other.c.day == day, other.c.incident == incident)
    return exists().where(*met).correlate_except(other)


def _within(box: tuple[float, float, float, float]) -> ColumnElement[bool]:
    west, south, east, north = box
    lat, lon = shelf.incidents.c.lat, shelf.incidents.c.lon
    across = and_(lon >= west, lon <= east) if west <= east else or_(lon >= west, lon <= east)
    return and_(lat >= south, lat <= north, across)
