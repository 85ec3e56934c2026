"""What a desk for several people keeps beside its ledger, and never in it: accounts, and work given out.

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
from sayso.ledger.opening import told

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

    Attributes:
        name: Where it is, for people.

    Raises:
        LedgerError: It cannot be opened; the problem says why.
    """

    def __init__(self, ledger: str) -> None:
        if _POSTGRES.match(ledger):
            self.name = "the ledger's database"
            self._engine = create_engine(_POSTGRES.sub("postgresql+psycopg://", ledger, count=1))
        else:
            self.name = f"{ledger}.accounts"
            file = Path(self.name).absolute()
            try:
                file.touch(mode=0o600)
            except OSError as error:
                what = f"The file of the accounts cannot be made: {error.strerror}."
                raise refusal("accounts-unmade", self.name, what, "Give yourself the right to write there.") from None
            self._engine = create_engine(f"sqlite:///{file}")
            event.listen(self._engine, "connect", _with_keys)
        with told(self.name):
            metadata.create_all(self._engine)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Give a connection; all is written at its end, or nothing."""
        with told(self.name), self._engine.begin() as connection:
            yield connection


def _with_keys(connection: SqliteConnection, _: object) -> None:
    """Let SQLite hold what refers to what, as PostgreSQL does unasked."""
    connection.execute("PRAGMA foreign_keys = ON")
