"""What people brought to the desk and what is not read yet: on the disk before anybody is told that it was taken.

It goes once it is read. Whatever ends the desk, what is left is read when a desk over the same ledger starts again; to
read something twice does no harm, since a ledger keeps a page once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text, delete, func, insert, select, update

from sayso.desk.beside import Beside

if TYPE_CHECKING:
    from collections.abc import Callable

_WHAT = "intake"
_metadata = MetaData()
_brought = Table(
    "desk_brought",
    _metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    *(Column(name, Text, nullable=False) for name in ("name", "by", "at")),
    Column("url", Text),
    Column("body", LargeBinary),
    Column("tries", Integer, nullable=False),
    sqlite_autoincrement=True,
)
"""An address on the web has a `url`, everything else a `body`."""


@dataclass(frozen=True, slots=True)
class Left:
    """Something that is not read yet.

    Attributes:
        number: Its number; no other ever has it.
        name: What it is called: a file, an address or pasted words.
        by: Who brought it.
        at: When, ISO 8601 in UTC.
        tries: How often its reading was begun.
    """

    number: int
    name: str
    by: str
    at: str
    tries: int


class Keeping:
    """What was brought to the desk over one ledger; safe to be asked from several threads and programs.

    Args:
        ledger: Where the ledger is: its path, or the address of its database.
        clock: What tells the time.
    """

    def __init__(self, ledger: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._beside = Beside(ledger, _metadata, _WHAT)
        self._clock = clock

    @staticmethod
    def may_be(ledger: str) -> bool:
        """Say whether something may be left beside a ledger."""
        return Beside.may_be(ledger, _WHAT)

    def close(self) -> None:
        """Let go of the database."""
        self._beside.close()

    def put(self, name: str, by: str, *, url: str | None = None, body: bytes | None = None) -> Left:
        """Keep something; when this returns, it is on the disk."""
        at = self._clock().isoformat(timespec="seconds")
        row = {"name": name, "by": by, "at": at, "url": url, "body": body, "tries": 0}
        with self._beside.connection() as connection:
            made = insert(_brought).values(**row).returning(_brought.c.number)
            number: int = connection.execute(made).scalar_one()
        return Left(number, name, by, at, 0)

    def left(self) -> list[Left]:
        """Return what is not read yet, in the order in which it came."""
        columns = (_brought.c[name] for name in ("number", "name", "by", "at", "tries"))
        with self._beside.connection() as connection:
            return [Left(*row) for row in connection.execute(select(*columns).order_by(_brought.c.number))]

    def size(self) -> int:
        """Return how many bytes are kept."""
        with self._beside.connection() as connection:
            return connection.scalar(select(func.coalesce(func.sum(func.length(_brought.c.body)), 0))) or 0

    def begin(self, number: int) -> tuple[str | None, bytes | None] | None:
        """Return what is to be read, its address or its bytes, and remember that somebody began; None where it is gone.

        It is remembered before it is read: what ends the program by being read is known the next time.
        """
        with self._beside.connection() as connection:
            own = _brought.c.number == number
            connection.execute(update(_brought).where(own).values(tries=_brought.c.tries + 1))
            row = connection.execute(select(_brought.c.url, _brought.c.body).where(own)).one_or_none()
            return None if row is None else (row.url, row.body)

    def forget(self, number: int) -> None:
        """Let go of what was read."""
        with self._beside.connection() as connection:
            connection.execute(delete(_brought).where(_brought.c.number == number))
