"""What a desk keeps beside its ledger, and never in it: accounts, work given out, and what waits to be read.

Beside a ledger that is a file it stands in a file of its own, so that the ledger can be handed on without it; with a
ledger on a server it stands in tables of the same database.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import MetaData, create_engine, event

from sayso.ledger.errors import refusal
from sayso.ledger.opening import told as telling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection as SqliteConnection

    from sqlalchemy import Connection

metadata = MetaData()
"""The tables of the modules that keep something here."""

_POSTGRES = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://", re.IGNORECASE)


class Beside:
    """What is kept beside one ledger; safe to be asked from several threads and programs.

    Args:
        ledger: Where the ledger is: its path, or the address of its database.
        tables: What is kept.
        what: What is kept, in a word: the ending of the file.

    Attributes:
        name: Where it is, for people.

    Raises:
        LedgerError: It cannot be opened; the problem says why.
    """

    def __init__(self, ledger: str, tables: MetaData = metadata, what: str = "accounts") -> None:
        if _POSTGRES.match(ledger):
            self.name = "the ledger's database"
            self._engine = create_engine(_POSTGRES.sub("postgresql+psycopg://", ledger, count=1))
        else:
            self.name = f"{ledger}.{what}"
            file = Path(self.name).absolute()
            try:
                file.touch(mode=0o600)
            except OSError as error:
                told = f"The file cannot be made in which the desk keeps its {what}: {error.strerror}."
                raise refusal(f"{what}-unmade", self.name, told, "Give yourself the right to write there.") from None
            self._engine = create_engine(f"sqlite:///{file}")
            event.listen(self._engine, "connect", _with_keys)
        with telling(self.name):
            tables.create_all(self._engine)

    @staticmethod
    def may_be(ledger: str, what: str) -> bool:
        """Say whether something may be kept beside a ledger already: a file that is not there holds nothing."""
        return _POSTGRES.match(ledger) is not None or Path(f"{ledger}.{what}").exists()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Give a connection; all is written at its end, or nothing."""
        with telling(self.name), self._engine.begin() as connection:
            yield connection


def _with_keys(connection: SqliteConnection, _: object) -> None:
    """Let SQLite hold what refers to what, as PostgreSQL does unasked, and leave nothing of what was taken out."""
    for name, value in (("foreign_keys", "ON"), ("auto_vacuum", "FULL"), ("secure_delete", "ON")):
        connection.execute(f"PRAGMA {name} = {value}")
