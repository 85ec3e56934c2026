"""The database itself refuses to change what was written, and the schema is the one that the migrations lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from sayso.ledger import Ledger, LedgerError, tables
from tests.ledger.invented import inside, page, reading

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = (
    "UPDATE entries SET author = 'Nobody'",
    "UPDATE entries SET content = NULL",
    "UPDATE entries SET content = '{}'",
    "UPDATE entries SET number = number + 1",
    "DELETE FROM entries",
    "DELETE FROM entries WHERE number = 5",
    "UPDATE blobs SET packed = NULL",
    "UPDATE blobs SET size = 0",
    "DELETE FROM blobs",
    "INSERT INTO redacted (target, redaction) SELECT id, 1 FROM entries WHERE number = 2",
    "INSERT INTO entries SELECT number, id, kind, time, 'x', content_sha256, content, kept, link FROM entries",
)
SQLITE = (
    "REPLACE INTO entries SELECT number, id, kind, time, 'x', content_sha256, content, kept, link FROM entries",
    "INSERT OR REPLACE INTO blobs SELECT sha256, 0, packed_sha256, NULL FROM blobs",
    "INSERT INTO entries SELECT 99, 'x', kind, time, 'x', content_sha256, content, kept, link FROM entries LIMIT 1",
    "INSERT INTO pages VALUES (99, 'x', 'x', 'x')",
    "INSERT INTO pages VALUES ('one', 'x', 'x', 'x')",
)
POSTGRESQL = (
    "TRUNCATE entries CASCADE",
    "TRUNCATE blobs",
    "INSERT INTO blobs SELECT * FROM blobs ON CONFLICT (sha256) DO UPDATE SET size = 0",
)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    for word in ("killed", "wounded"):
        read = page(f"17 villagers were {word} at Dresk.")
        ledger.add([(read, reading(read))], "Mara Voss")
    return ledger


def test_what_was_written_cannot_be_changed(filled: Ledger) -> None:
    own = SQLITE if inside(filled).engine.dialect.name == "sqlite" else POSTGRESQL
    before = list(filled.dump())
    for statement in (*REFUSED, *own):
        with pytest.raises(LedgerError), inside(filled).writing() as connection:
            connection.execute(text(statement))
    assert list(filled.dump()) == before


def test_a_redaction_opens_the_way_for_what_it_names_alone(filled: Ledger) -> None:
    claim = next(filled.claims())
    filled.redact(claim.claim.id, by="Ode Tarn", why="A court asked for it.")
    before = list(filled.dump())
    for statement in (
        "DELETE FROM redacted",
        "UPDATE redacted SET target = 'x'",
        "INSERT INTO redacted (target, redaction) SELECT id, 9 FROM entries WHERE number = 2",
        "INSERT INTO redacted (target, redaction) SELECT id, 8 FROM entries WHERE number = 2",
        "UPDATE entries SET content = NULL WHERE number = 8",
        "UPDATE entries SET content = '{}' WHERE number = 4",
    ):
        with pytest.raises(LedgerError), inside(filled).writing() as connection:
            connection.execute(text(statement))
    assert list(filled.dump()) == before


def test_the_migrations_lead_to_the_tables_that_the_program_uses(ledger: Ledger) -> None:
    with inside(ledger).engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [one for one in compare_metadata(context, tables.metadata) if "search" not in str(one)]
    assert found == []


def test_tables_are_strict_and_written_ahead(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger") as ledger, inside(ledger).engine.connect() as connection:
        made = connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'table'")).all()
        ours = [sql for sql in made if sql and "search" not in sql and "alembic" not in sql]
        assert len(ours) == len(tables.metadata.tables)
        assert all("STRICT" in sql for sql in ours)
        pragmas = {
            name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
