"""Content that law or safety demands gone is taken out; its hashes stay, and so does who took it out and why.

What derives from it goes with it: the report and the claims of a page, the rulings on a claim, and the words in the
index. Nothing can be taken that a redaction's own entry does not name: the database refuses it. What was taken does
not come back when the same page is added again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from sayso.ledger import search, tables
from sayso.ledger.deciding import check_author, check_why
from sayso.ledger.errors import refusal
from sayso.ledger.opening import told
from sayso.ledger.show import find
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Column, Connection, Row

    from sayso.entries import Entry
    from sayso.ledger.opening import Place
    from sayso.ledger.show import Thing
    from sayso.ledger.writing import Batch

_CHUNK = 400


@dataclass(frozen=True, slots=True)
class Redacted:
    """What a redaction took.

    Attributes:
        entry: The redaction itself.
        entries: How many entries lost their content.
        pages: How many pages lost their bytes.
    """

    entry: Entry
    entries: int
    pages: int


def redact(batch: Batch, prefix: str, by: str, why: str) -> Redacted:
    """Take out what an id names, with all that derives from it.

    Args:
        batch: Where to write.
        prefix: The id of an entry, claim or report, or the hash of a page's bytes; or its beginning.
        by: Who takes it out.
        why: The reason, which is needed.

    Raises:
        LedgerError: Nothing has that id, several things have, or it is redacted already.
        UsageError: There is no reason, or what is named cannot go alone.
    """
    check_author(by)
    check_why(why)
    if not why.strip():
        raise UsageError("Say why: a redaction is the one thing that takes content away.")
    thing, whole = find(batch.connection, prefix)
    taking = _Taking(batch.connection)
    taking.take(thing, whole)
    rows = list(taking.rows())
    if not rows and not taking.blobs:
        raise refusal("redacted-already", whole, "Its content was taken out before.", "There is nothing left to do.")
    content = {
        "on": whole,
        "why": why,
        "entries": [[row.id, _reading_of(row)] for row in rows],
        "names": sorted(taking.names),
        "pages": sorted(taking.blobs),
    }
    entry = batch.add("redaction", by, content)
    batch.flush()
    numbers = {row.id: row.number for row in rows}
    list_as_redacted(batch.connection, entry.number, content, numbers)
    _empty(batch.connection, rows, taking.blobs)
    batch.projector.renew(taking.reports)
    _forget(batch.connection, [row.number for row in rows])
    return Redacted(entry, len(rows), len(taking.blobs))


def wipe(place: Place) -> None:
    """See to it that what was taken out is not left behind in the database's own files, as far as that can be done."""
    with told(place.name), place.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            names = ", ".join([*tables.metadata.tables, "search"])
            connection.exec_driver_sql(f"VACUUM {names}")


class _Taking:
    """Gathers what goes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers: set[int] = set()
        self.blobs: set[str] = set()
        self.names: set[str] = set()
        self.reports: set[str] = set()

    def take(self, thing: Thing, name: str) -> None:
        """Take what a whole id names, and what derives from it."""
        {"page": self._page, "report": self._report, "claim": self._claim, "entry": self._entry}[thing](name)
        self._decisions()

    def rows(self) -> Iterator[Row[Any]]:
        """Yield the entries that go and have content still, in their order."""
        table, numbers = tables.entries, sorted(self._numbers)
        for start in range(0, len(numbers), _CHUNK):
            part = table.c.number.in_(numbers[start : start + _CHUNK])
            yield from self._connection.execute(
                select(table).where(part, table.c.content.is_not(None)).order_by(table.c.number)
            ).all()

    def _page(self, hashed: str) -> None:
        """Take bytes, at whichever address they stand, and all that was read in them."""
        blobs = tables.blobs
        if self._connection.scalar(select(blobs.c.size).where(blobs.c.sha256 == hashed, blobs.c.packed.is_not(None))):
            self.blobs.add(hashed)
        numbers = self._list(tables.pages.c.number, tables.pages.c.sha256, hashed)
        self._numbers.update(numbers)
        for number in numbers:
            for report in set(self._list(tables.reports.c.report, tables.reports.c.page, number)):
                self._report(report)

    def _report(self, report: str) -> None:
        self.names.add(report)
        self.reports.add(report)
        self._numbers.update(self._list(tables.reports.c.number, tables.reports.c.report, report))
        self._numbers.update(self._list(tables.readings.c.number, tables.readings.c.report, report))
        for claim in set(self._list(tables.claims.c.claim, tables.claims.c.report, report)):
            self._claim(claim)

    def _claim(self, claim: str) -> None:
        """Take a claim with those that it succeeded and that succeeded it: they rest on the same words."""
        if claim in self.names:
            return
        self.names.add(claim)
        self.reports.update(self._list(tables.claims.c.report, tables.claims.c.claim, claim))
        numbers = self._list(tables.claims.c.number, tables.claims.c.claim, claim)
        self._numbers.update(numbers)
        links = tables.successions
        for number in numbers:
            for near in self._list(links.c.new, links.c.old, number) + self._list(links.c.old, links.c.new, number):
                for name in self._list(tables.claims.c.claim, tables.claims.c.number, near):
                    self._claim(name)

    def _entry(self, identity: str) -> None:
        """Take what one entry holds: all of a page, a report or a claim, whichever of its entries was named."""
        table = tables.entries
        row = self._connection.execute(select(table).where(table.c.id == identity)).one()
        content = json.loads(row.content) if row.content is not None else {}
        if not content:
            return
        if row.kind == "page":
            self._page(content["body"]["sha256"])
        elif row.kind == "report":
            for report in self._list(tables.reports.c.report, tables.reports.c.number, row.number):
                self._report(report)
        elif row.kind == "claim" or content.get("kind") == "add":
            for claim in self._list(tables.claims.c.claim, tables.claims.c.number, row.number):
                self._claim(claim)
        elif row.kind in {"reading", "redaction"} or content["kind"] == "withdraw":
            what = "withdrawal" if row.kind == "decision" else row.kind
            raise UsageError(f"A {what} does not go alone; redact {_INSTEAD[what]}.")
        self._numbers.add(row.number)

    def _decisions(self) -> None:
        """Take the rulings and notes on what goes, and the withdrawals of these."""
        decided, decisions, entries = tables.decided, tables.decisions, tables.entries
        numbers, names = set(self._numbers), self.names | self.blobs
        while numbers or names:
            ids = names | {one for number in numbers for one in self._list(entries.c.id, entries.c.number, number)}
            found: set[int] = set()
            for name in sorted(ids):
                query = select(decided.c.number).join(decisions, decisions.c.number == decided.c.number)
                query = query.where(decided.c.target == name, decisions.c.kind.not_in(_STAND_APART))
                found.update(self._connection.scalars(query))
            numbers, names = found - self._numbers, set()
            self._numbers |= found
        for number in self._numbers:
            self.reports.update(filter(None, self._list(decided.c.report, decided.c.number, number)))

    def _list(self, column: Column[Any], where: Column[Any], value: object) -> list[Any]:
        return list(self._connection.scalars(select(column).where(where == value)))


_STAND_APART = ("merge", "split", "move")
_INSTEAD = {
    "reading": "its report or its claims",
    "withdrawal": "the decision that it withdrew",
    "redaction": "nothing here: a redaction is what tells that something was taken out",
}


def list_as_redacted(connection: Connection, number: int, content: dict[str, Any], numbers: dict[str, int]) -> None:
    """List what may be without content by a redaction.

    Args:
        connection: The database.
        number: The number of the redaction's entry.
        content: What the redaction holds.
        numbers: The numbers of the entries that go, or came without content, by their ids.
    """
    redacted = tables.redacted
    listed: list[dict[str, Any]] = [
        {"target": identity, "redaction": number, "number": numbers[identity], "reading": reading}
        for identity, reading in content["entries"]
        if identity in numbers
    ]
    listed += [
        {"target": name, "redaction": number, "number": None, "reading": None}
        for name in (*content["names"], *content["pages"])
        if connection.scalar(select(redacted.c.target).where(redacted.c.target == name)) is None
    ]
    if listed:
        connection.execute(redacted.insert(), listed)


def _reading_of(row: Row[Any]) -> str | None:
    return str(json.loads(row.content)["reading"]) if row.kind == "claim" else None


def _empty(connection: Connection, rows: Iterable[Row[Any]], blobs: Iterable[str]) -> None:
    for row in rows:
        if row.kind == "report":
            search.remove(connection, search.words(row.number, json.loads(row.content)["report"]))
        connection.execute(update(tables.entries).where(tables.entries.c.number == row.number).values(content=None))
    for hashed in blobs:
        connection.execute(update(tables.blobs).where(tables.blobs.c.sha256 == hashed).values(packed=None))
    search.forget(connection)


def _forget(connection: Connection, numbers: list[int]) -> None:
    """Drop what is projected from entries that belong to no report."""
    for start in range(0, len(numbers), _CHUNK):
        for table in (tables.pages, tables.decisions, tables.decided):
            connection.execute(delete(table).where(table.c.number.in_(numbers[start : start + _CHUNK])))
