"""The tables, one schema for SQLite and PostgreSQL; ``migrations/`` holds the steps that lead to it.

`entries` and `blobs` are the record. Everything else is projected from them and can be made again at any time. What a
report or a person wrote stands in columns of JSON, which are ASCII whatever the words are; all other text is hashes and
words of our own, so that no byte of a hostile page can trouble a database.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

SCHEMA = 6
"""The schema that this program writes: the number of the last migration."""

metadata = MetaData()

# SQLite's STRICT tables know one kind of whole number.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")

# PostgreSQL would otherwise sort ids as words of the server's language, and find none by its beginning.
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def _entry(name: str, *, key: bool = False, index: bool | None = None) -> Column[int]:
    """Return a column that holds the number of an entry."""
    entry = ForeignKey("entries.number")
    return Column(name, _NUMBER, entry, primary_key=key, autoincrement=False, nullable=False, index=index)


entries = Table(
    "entries",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("kind", _TEXT, nullable=False),
    Column("time", _TEXT, nullable=False),
    Column("author", _TEXT, nullable=False),
    Column("content_sha256", _TEXT, nullable=False),
    Column("content", _TEXT),
    Column("kept", _TEXT, nullable=False),
    Column("link", _TEXT, nullable=False),
    sqlite_strict=True,
)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", _TEXT, primary_key=True),
    Column("size", _NUMBER, nullable=False),
    Column("packed_sha256", _TEXT, nullable=False),
    Column("packed", LargeBinary),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""The bytes of pages, compressed by zlib; None where they were redacted."""

redacted = Table(
    "redacted",
    metadata,
    Column("target", _TEXT, primary_key=True),
    _entry("redaction"),
    Column("number", _NUMBER),
    Column("reading", _TEXT, index=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What may be without content: an entry by its id, or a page's bytes by their hash. With the redaction that took it,
the entry's number, and for a claim the id of its reading."""

pages = Table(
    "pages",
    metadata,
    _entry("number", key=True),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("page", _TEXT, nullable=False, index=True),
    Column("sha256", _TEXT, nullable=False, index=True),
    sqlite_strict=True,
)
"""An entry of a page; `page` is the hash of its bytes and its address."""

reports = Table(
    "reports",
    metadata,
    _entry("number", key=True),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("report", _TEXT, nullable=False, index=True),
    _entry("page", index=True),
    Column("digest", _TEXT, nullable=False),
    Column("heading", _TEXT, nullable=False),
    Column("voice", _TEXT, nullable=False),
    Column("since", _NUMBER, nullable=False),
    Column("until", _NUMBER),
    sqlite_strict=True,
)
"""An entry of a report; several of one report where it was read again in other words or with another day."""

readings = Table(
    "readings",
    metadata,
    _entry("number", key=True),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("report", _TEXT, nullable=False, index=True),
    Column("reader", _TEXT, nullable=False),
    Column("digest", _TEXT, nullable=False),
    Column("since", _NUMBER),
    Column("until", _NUMBER),
    sqlite_strict=True,
)
"""An entry of a reading; it holds from the moment when the last of its claims is there."""

claims = Table(
    "claims",
    metadata,
    _entry("number", key=True),
    Column("claim", _TEXT, nullable=False, index=True),
    Column("report", _TEXT, nullable=False, index=True),
    _entry("text"),
    Column("since", _NUMBER),
    Column("until", _NUMBER),
    sqlite_strict=True,
)
"""An entry that holds a claim: of a reading, or of a decision that adds one. `text` is the report's entry that its
offsets point into."""

successions = Table(
    "successions",
    metadata,
    _entry("old", key=True),
    _entry("new", index=True),
    Column("report", _TEXT, nullable=False, index=True),
    Column("since", _NUMBER, nullable=False),
    Column("how", _TEXT, nullable=False),
    sqlite_strict=True,
)
"""Which claim succeeds which, by their entries, and how that was found."""

rulings = Table(
    "rulings",
    metadata,
    Column("claim", _TEXT, primary_key=True),
    Column("since", _NUMBER, primary_key=True, autoincrement=False),
    Column("until", _NUMBER),
    Column("report", _TEXT, nullable=False, index=True),
    Column("ruling", _TEXT, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What people ruled on a claim, with the corrections in force."""

unfitting = Table(
    "unfitting",
    metadata,
    Column("decision", _TEXT, primary_key=True),
    Column("since", _NUMBER, primary_key=True, autoincrement=False),
    Column("until", _NUMBER),
    Column("report", _TEXT, nullable=False, index=True),
    Column("claim", _TEXT, nullable=False),
    Column("reason", _TEXT, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Decisions that no longer fit what is read in their report."""

decisions = Table(
    "decisions",
    metadata,
    _entry("number", key=True),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("kind", _TEXT, nullable=False),
    Column("until", _NUMBER),
    sqlite_strict=True,
)
"""An entry of a decision or a note, and the entry that withdrew it."""

decided = Table(
    "decided",
    metadata,
    _entry("number", key=True),
    Column("place", _NUMBER, primary_key=True, autoincrement=False),
    Column("target", _TEXT, nullable=False, index=True),
    Column("report", _TEXT, index=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What a decision is about, and the report of that, where it is known."""

inbox = Table(
    "inbox",
    metadata,
    Column("report", _TEXT, primary_key=True),
    _entry("number", index=True),
    Column("outlet", _TEXT, nullable=False),
    Column("language", _TEXT, nullable=False),
    Column("day", _TEXT, nullable=False),
    Column("places", _TEXT, nullable=False),
    Column("claims", _NUMBER, nullable=False),
    Column("waiting", _NUMBER, nullable=False),
    Column("doubtful", _NUMBER, nullable=False),
    Column("imported", _NUMBER, nullable=False, server_default="0"),
    Index("ix_inbox_imported", "imported", "number"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""The reports that hold: what they are found by, as JSON in small letters, how many of their claims wait, and whether
they are records that were imported."""
