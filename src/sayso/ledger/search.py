"""Search in the words of reports: FTS5 on SQLite, a GIN index on PostgreSQL, with the same words in both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import text

from sayso.ledger.words import index_words, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from sayso.ledger.contents import Content

_MOST_ASKED = 30
"""Words in one question; more of them would only cost time."""


class Words(NamedTuple):
    """The words of one report."""

    number: int
    words: list[str]


def words(number: int, report: Content) -> Words:
    """Return the words by which a report's entry is found; `report` is its plain values."""
    return Words(number, index_words(report["title"], report["outlet"], report["text"]))


def insert(connection: Connection, rows: Sequence[Words]) -> None:
    """Put the words of entries into the index."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        statement = text("INSERT INTO search (rowid, words) VALUES (:number, :words)")
        connection.execute(statement, [{"number": row.number, "words": " ".join(row.words)} for row in rows])
    else:
        statement = text("INSERT INTO search (number, words) VALUES (:number, array_to_tsvector(:words))")
        connection.execute(statement, [{"number": row.number, "words": row.words} for row in rows])


def remove(connection: Connection, row: Words) -> None:
    """Take the words of an entry out of the index."""
    if connection.dialect.name == "sqlite":
        # The index keeps no copy of the words, so it must be told which ones to forget.
        statement = text("INSERT INTO search (search, rowid, words) VALUES ('delete', :number, :words)")
        connection.execute(statement, {"number": row.number, "words": " ".join(row.words)})
    else:
        connection.execute(text("DELETE FROM search WHERE number = :number"), {"number": row.number})


def clear(connection: Connection) -> None:
    """Empty the index."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search (search) VALUES ('delete-all')"))
    else:
        connection.execute(text("DELETE FROM search"))


def forget(connection: Connection) -> None:
    """See to it that words that were taken out do not stay behind in the index's own file structure."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search (search) VALUES ('optimize')"))


def numbers(connection: Connection, asked: str, *, before: int, limit: int) -> list[int]:
    """Return the entries of reports that hold all of some words, the newest first.

    Args:
        connection: The database.
        asked: The words; whatever they are, they are taken as words and never as a query. A word that ends in ``*``
            stands for all that begin with it.
        before: Only entries with a lower number.
        limit: How many at most.
    """
    parts = [(word, star) for part in asked.split() for word, star in _parts(part)][:_MOST_ASKED]
    if not parts:
        return []
    values: dict[str, Any] = {"before": before, "limit": limit}
    if connection.dialect.name == "sqlite":
        # The words hold letters and digits alone, so quotation marks make strings of them that nothing can end.
        values["query"] = " ".join(f'"{word}"{"*" if star else ""}' for word, star in parts)
        statement = (
            "SELECT rowid FROM search WHERE search MATCH :query AND rowid < :before ORDER BY rowid DESC LIMIT :limit"
        )
    else:
        values["query"] = " & ".join(f"'{word}'{':*' if star else ''}" for word, star in parts)
        statement = (
            "SELECT number FROM search WHERE words @@ CAST(:query AS tsquery) AND number < :before"
            " ORDER BY number DESC LIMIT :limit"
        )
    return list(connection.scalars(text(statement), values))


def _parts(part: str) -> list[tuple[str, bool]]:
    found = words_of(part)
    return [(word, part.endswith("*") and place == len(found) - 1) for place, word in enumerate(found)]
