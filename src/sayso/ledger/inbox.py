"""The reports that hold, the newest first, with how many of their claims wait for people."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from sayso.events import Heading
from sayso.ledger import search, tables
from sayso.ledger.chain import canonical
from sayso.plain import from_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection, Select

    from sayso.ledger.contents import Content

DOUBTFUL = 0.7
"""Claims are doubtful that the reader holds for less likely than this to be one."""

IMPORTED = "sayso import "
"""What the name of a program begins with that took in other people's records, and read nothing."""

_LOOKED_AT = (500, 5_000, 5_000, 5_000, 5_000)
"""How many reports with the words asked for are looked at, the newest first, for those that the filters leave."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which reports to list; what is left empty asks for nothing.

    Attributes:
        words: Words that all stand in the report, as `Ledger.search` takes them. Where other things are asked for as
            well, they are looked for in the newest 20,500 reports with these words.
        outlet: Part of the outlet's name.
        language: ISO 639-1 code.
        place: The beginning of the name of a place of one of its claims, or a country's code of two letters.
        since: Only reports published on this day or later, ISO.
        until: Only reports published on this day or before.
        waiting: Only reports with claims that nobody has ruled on.
        doubtful: Only reports with such claims of which the reader is not sure.
        imported: Only records that were imported, or only reports that were read; both when left out.
    """

    words: str = ""
    outlet: str = ""
    language: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    waiting: bool = False
    doubtful: bool = False
    imported: bool | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report and how far people have come with it.

    Attributes:
        number: The number of its entry; the next page goes on before the last one's.
        heading: The report.
        claims: How many claims hold in it.
        waiting: How many of them nobody has ruled on.
        doubtful: How many of these the reader is not sure of.
    """

    number: int
    heading: Heading
    claims: int
    waiting: int
    doubtful: int


@dataclass(slots=True)
class Tally:
    """What is counted of a report's claims.

    Attributes:
        claims: How many hold.
        waiting: How many of them nobody has ruled on.
        doubtful: How many of these the reader is not sure of.
        places: Names of their places, and countries' codes, in small letters.
    """

    claims: int = 0
    waiting: int = 0
    doubtful: int = 0
    places: set[str] = field(default_factory=set)

    def add(self, places: tuple[str, ...], confidence: float | None, ruling: Content) -> None:
        """Count a claim."""
        self.claims += 1
        self.waiting += not ruling
        self.doubtful += not ruling and confidence is not None and confidence < DOUBTFUL
        self.places.update(name.casefold() for name in places)
        set_to = [one.get("place") for one in ruling.get("sets", ())]
        self.places.update(str(name).casefold() for name in set_to if name)

    def row(self, report: str, number: int, heading: Content, *, imported: bool) -> Content:
        """Return the row of a report, which may be a record that was imported."""
        return {
            "report": report,
            "number": number,
            "outlet": canonical((heading["outlet"] or "").casefold()),
            "language": canonical(heading["language"] or ""),
            "day": canonical((heading["published"] or "")[:10]),
            "places": canonical(sorted(self.places)),
            "claims": self.claims,
            "waiting": self.waiting,
            "doubtful": self.doubtful,
            "imported": int(imported),
        }


def places_of(claim: Content) -> tuple[str, ...]:
    """Return by what names a claim's place can be found; `claim` is its plain values."""
    match = claim.get("place_match") or {}
    named = (claim.get("place"), match.get("name"), match.get("town"), match.get("region"), claim.get("country"))
    return tuple(name for name in named if name)


def waiting(connection: Connection, sought: Sought, *, before: int | None, limit: int) -> list[Waiting]:
    """Return reports, the newest first.

    Args:
        connection: The database.
        sought: Which.
        before: Only reports whose entry has a lower number.
        limit: How many at most.
    """
    table = tables.inbox
    query = select(table, tables.reports.c.heading).join(tables.reports, tables.reports.c.number == table.c.number)
    query = query.where(*_conditions(sought)).order_by(table.c.number.desc()).limit(limit)
    if not sought.words.strip():
        return _rows(connection, query if before is None else query.where(table.c.number < before))
    found: list[Waiting] = []
    end = 2**53 if before is None else before
    for most in _LOOKED_AT:
        numbers = search.numbers(connection, sought.words, before=end, limit=most)
        found += _rows(connection, query.where(table.c.number.in_(numbers))) if numbers else []
        if len(found) >= limit or len(numbers) < most:
            break
        end = numbers[-1]
    return found[:limit]


def _rows(connection: Connection, query: Select[tuple[object, ...]]) -> list[Waiting]:
    return [
        Waiting(row.number, from_plain(Heading, json.loads(row.heading)), row.claims, row.waiting, row.doubtful)
        for row in connection.execute(query)
    ]


def _conditions(sought: Sought) -> Iterator[ColumnElement[bool]]:
    table = tables.inbox
    if sought.outlet.strip():
        yield table.c.outlet.contains(canonical(sought.outlet.strip().casefold())[1:-1], autoescape=True)
    if sought.language.strip():
        yield table.c.language == canonical(sought.language.strip().lower())
    if sought.place.strip():
        begins = canonical(sought.place.strip().casefold())[:-1]
        whole = '"' if len(sought.place.strip()) == 2 else ""
        yield table.c.places.contains(begins + whole, autoescape=True)
    if sought.since:
        yield table.c.day >= canonical(sought.since)
    if sought.until:
        yield table.c.day > canonical("")
        yield table.c.day <= canonical(sought.until)
    if sought.waiting:
        yield table.c.waiting > 0
    if sought.imported is not None:
        yield table.c.imported == int(sought.imported)
    if sought.doubtful:
        yield table.c.doubtful > 0
