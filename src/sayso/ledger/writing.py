"""Entries are written here and nowhere else: numbered, stamped, hashed and chained, and followed by the projection."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from sayso.entries import Entry, Head
from sayso.ledger import chain, tables
from sayso.ledger.blobs import packed
from sayso.ledger.project import Projector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection

    from sayso.entries import EntryKind
    from sayso.ledger.contents import Content
    from sayso.ledger.opening import Place

_AT_ONCE = 2000
"""Entries that are gathered before they go to the database together."""


@contextmanager
def batch(place: Place, clock: Callable[[], datetime]) -> Iterator[Batch]:
    """Give a batch that alone may write. At its end all of it is on the disk, or after an error nothing of it."""
    with place.writing() as connection:
        writing = Batch(connection, clock)
        before = writing.head
        yield writing
        writing.flush()
    if writing.head != before and place.heads is not None:
        # Without it a later loss cannot be told; the entries themselves are safe.
        with suppress(OSError):
            place.heads.write(writing.head)


class Batch:
    """One transaction's worth of entries.

    Attributes:
        connection: The connection that they are written through.
        projector: What follows them.
        head: How far the ledger goes with them.
        time: The time of all that is written in this batch.
    """

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        self.connection = connection
        self.head = head_of(connection)
        self.projector = Projector(connection, self._flush_entries)
        last = select(tables.entries.c.kept).where(tables.entries.c.number == self.head.entries)
        # Where a clock was set back, or stands still, entries still come after those before them.
        self._kept = connection.scalar(last) or ""
        self.time = max(chain.stamp(clock()), _next(self._kept))
        self._rows: list[Content] = []
        self._ids: dict[str, Entry] = {}
        self._blobs: dict[str, Content] = {}
        self._new_blobs: set[str] = set()

    def add(self, kind: EntryKind, author: str, content: Content, written: str | None = None) -> Entry:
        """Write down a new entry, and return it.

        Args:
            kind: What it holds.
            author: Who writes it.
            content: What it holds, as plain JSON values.
            written: The same as `chain.canonical` writes it, where the caller has it at hand.
        """
        text = chain.canonical(content) if written is None else written
        hashed = chain.content_hash(text)
        identity = chain.entry_id(kind, self.time, author, hashed)
        if identity in self._ids:
            return self._ids[identity]
        return self._chained(Entry(0, identity, kind, self.time, author, hashed, content, self.time, ""), text)

    def take(self, entry: Entry, written: str | None) -> Entry:
        """Write down an entry of another ledger, with its id, time and author as they are, and return it.

        Where this ledger holds the very same entries up to here, the entry keeps its link as well: a ledger that is
        moved goes on as the same ledger.

        Args:
            entry: The entry, whose hashes the caller has checked.
            written: Its content as it is written; None once redacted.
        """
        moved = entry.number == self.head.entries + 1 and self._kept <= entry.kept <= self.time
        moved = moved and entry.link == chain.link(self.head.link, entry.id, entry.kept)
        return self._chained(entry if moved else replace(entry, kept=self.time), written)

    def has(self, identity: str) -> bool:
        """Say whether an entry is here already."""
        table = tables.entries
        return (
            identity in self._ids
            or self.connection.scalar(select(table.c.number).where(table.c.id == identity)) is not None
        )

    def size_of(self, hashed: str) -> int | None:
        """Return how many bytes a page has by their hash, or None where they are not here."""
        if hashed in self._blobs:
            return int(self._blobs[hashed]["size"])
        table = tables.blobs
        return self.connection.scalar(select(table.c.size).where(table.c.sha256 == hashed, table.c.packed.is_not(None)))

    def expect(self, pages: Sequence[str], reports: Sequence[str], blobs: Sequence[str]) -> None:
        """Find out at once which of some pages, reports and bytes are here, before they are asked for one by one."""
        self.flush()
        self.projector.expect(pages, reports)
        table = tables.blobs
        self._new_blobs = set(blobs) - set(
            self.connection.scalars(select(table.c.sha256).where(table.c.sha256.in_(blobs)))
        )

    def keep_blob(self, body: bytes, hashed: str) -> None:
        """Keep the bytes of a page, unless they are there."""
        if hashed not in self._blobs and (hashed in self._new_blobs or not self._has_blob(hashed)):
            self._blobs[hashed] = packed(body, hashed)

    def _has_blob(self, hashed: str) -> bool:
        table = tables.blobs
        return self.connection.scalar(select(table.c.sha256).where(table.c.sha256 == hashed)) is not None

    def flush(self) -> None:
        """Hand what was gathered to the database; it is committed only at the batch's end."""
        self._flush_entries()
        self.projector.flush()

    def _chained(self, entry: Entry, written: str | None) -> Entry:
        number, link = self.head.entries + 1, chain.link(self.head.link, entry.id, entry.kept)
        chained = replace(entry, number=number, link=link)
        self.head, self._kept = Head(number, link), entry.kept
        self._ids[entry.id] = chained
        self._rows.append(
            {
                "number": number,
                "id": entry.id,
                "kind": entry.kind,
                "time": entry.time,
                "author": entry.author,
                "content_sha256": entry.content_sha256,
                "content": written,
                "kept": entry.kept,
                "link": link,
            }
        )
        self.projector.follow((number, entry.id, entry.kind, entry.time, entry.author, entry.content))
        if len(self._rows) >= _AT_ONCE:
            self.flush()
        return chained

    def _flush_entries(self) -> None:
        if self._blobs:
            self.connection.execute(tables.blobs.insert(), list(self._blobs.values()))
            self._blobs.clear()
            self._new_blobs.clear()
        if self._rows:
            self.connection.execute(tables.entries.insert(), self._rows)
            self._rows.clear()


def head_of(connection: Connection) -> Head:
    """Return how far the ledger goes."""
    table = tables.entries
    last = connection.execute(select(table.c.number, table.c.link).order_by(table.c.number.desc()).limit(1)).first()
    return Head(last.number, last.link) if last else Head(0, chain.START)


def _next(kept: str) -> str:
    """Return the first moment after one."""
    return chain.stamp(datetime.fromisoformat(kept) + timedelta(microseconds=1)) if kept else ""
