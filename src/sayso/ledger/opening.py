"""Where ledgers are: files of SQLite and databases of PostgreSQL are made, opened and brought up to date here."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from sayso.ledger import tables
from sayso.ledger.errors import LedgerError, meaning, refusal
from sayso.ledger.heads import HeadFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from sayso.entries import Head

PATIENCE = 30.0
"""Seconds to wait for another program that writes."""

_POSTGRES = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://", re.IGNORECASE)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LOCK = 7_309_453_716
"""The key of the lock that writers on PostgreSQL take in turn; a number of our own."""


@dataclass(frozen=True, slots=True)
class Place:
    """An open ledger: its engine, its name for people, and the file beside it that tells how far it goes."""

    engine: Engine
    name: str
    heads: HeadFile | None
    read_only: bool = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state throughout."""
        with told(self.name), self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection that alone may write; all is written at its end, or nothing."""
        if self.read_only:
            raise refusal("ledger-read-only", self.name, "The ledger cannot be written to.", _NO_RIGHT)
        with told(self.name), self.engine.connect() as connection:
            connection.execution_options(sayso_writes=True)
            with connection.begin():
                if self.engine.dialect.name == "postgresql":
                    lock = text("SELECT pg_advisory_xact_lock(:key, hashtext(current_schema()))")
                    connection.execute(lock, {"key": _LOCK % 2**31})
                yield connection


_NO_RIGHT = "Give yourself the right to write to it and to its folder, or work on a copy; nothing was written."


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what a database raises into a LedgerError that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise meaning(error.orig or error, name) from None
    except sqlite3.Error as error:
        raise meaning(error, name) from None


def make(target: str | os.PathLike[str], patience: float = PATIENCE) -> Place:
    """Make a new ledger.

    Args:
        target: The path of a file that is not there yet, or the address of an empty PostgreSQL database.
        patience: Seconds to wait for another program that writes.

    Raises:
        LedgerError: There is a ledger already, or none can be made there.
    """
    url = _postgres_url(target)
    if url is not None:
        return _make_on_server(url, patience)
    path = Path(target)
    if path.exists():
        raise refusal("ledger-exists", str(path), "There is a file of this name already.", "Choose another name.")
    if not path.parent.is_dir():
        what = f"There is no folder {path.parent}."
        raise refusal("no-such-folder", str(path), what, "Make the folder first, or choose another place.")
    # Made under another name, so that no half of a ledger is ever found under its own.
    new = path.with_name(f"{path.name}.new-{os.getpid()}")
    try:
        engine = _sqlite_engine(new, "rwc", patience)
        with told(str(path)):
            raw = engine.raw_connection()
            raw.cursor().execute("PRAGMA journal_mode = WAL")  # which cannot be said within a transaction
            raw.close()
            with engine.connect() as connection, connection.execution_options(sayso_writes=True).begin():
                _migrate(connection)
        engine.dispose()
        _synced(new)
        HeadFile(path).path.unlink(missing_ok=True)  # of a ledger that was here before
        os.link(new, path)
    except FileExistsError:
        what = "There is a file of this name already."
        raise refusal("ledger-exists", str(path), what, "Choose another name.") from None
    except OSError as error:
        what = f"No file can be made there: {error.strerror}."
        raise refusal("ledger-unmade", str(path), what, "Choose another place, or make room.") from None
    finally:
        for end in ("", "-wal", "-shm"):
            with suppress(OSError):  # where nothing could be made, there is nothing to remove
                new.with_name(new.name + end).unlink(missing_ok=True)
    _synced(path.parent)
    return find(path, patience)


def find(target: str | os.PathLike[str], patience: float = PATIENCE) -> Place:
    """Open a ledger that is there, and bring it up to this program's schema where it is an older one.

    Raises:
        LedgerError: There is no ledger, or it cannot be opened; the problem says why.
    """
    url = _postgres_url(target)
    if url is not None:
        engine = _postgres_engine(url, patience)
        place = Place(engine, _shown(url), None)
    else:
        place = _found_file(Path(target), patience)
    try:
        remembered = place.heads.read() if place.heads else None
        _brought_up_to_date(place)
        if remembered is not None:
            _check_end(place, remembered)
    except BaseException:
        place.engine.dispose()
        raise
    return place


def _found_file(path: Path, patience: float) -> Place:
    try:
        with path.open("rb") as file:
            begins = file.read(16)
    except FileNotFoundError:
        remedy = 'Check the name, or make a ledger with "sayso init".'
        raise refusal("no-such-ledger", str(path), "There is no ledger of this name.", remedy) from None
    except OSError as error:
        what = f"The file cannot be read: {error.strerror}."
        raise refusal("ledger-unopened", str(path), what, "Give yourself the right to read it.") from None
    if begins != b"SQLite format 3\0":
        raise _no_ledger(str(path))
    waiting = path.with_name(path.name + "-wal")
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if not writable and not os.access(path.parent, os.W_OK) and not waiting.exists():
        # SQLite would make files beside it; where it cannot, it must be told that nobody else writes here.
        return Place(_sqlite_engine(path, "ro&immutable=1", patience), str(path), None, read_only=True)
    engine = _sqlite_engine(path, "rw" if writable else "ro", patience)
    return Place(engine, str(path), HeadFile(path) if writable else None, read_only=not writable)


def _brought_up_to_date(place: Place) -> None:
    with told(place.name), place.engine.connect() as connection:
        found = _schema(connection)
    if found is None:
        raise _no_ledger(place.name)
    if found > tables.SCHEMA:
        what = f"The ledger has schema {found}, and this sayso knows schemas up to {tables.SCHEMA}."
        raise refusal("newer-ledger", place.name, what, "Install the newest sayso; the ledger was left as it is.")
    if found < tables.SCHEMA:
        with place.writing() as connection:
            _migrate(connection)


def _check_end(place: Place, remembered: Head) -> None:
    """Refuse a ledger whose end went missing after it was acknowledged."""
    table = tables.entries
    with place.reading() as connection:
        there = connection.scalar(select(table.c.number).order_by(table.c.number.desc()).limit(1)) or 0
        link = connection.scalar(select(table.c.link).where(table.c.number == remembered.entries))
    if there < remembered.entries:
        what = f"The ledger has {there:,} entries, and {remembered.entries:,} were written: its end is missing."
    elif link != remembered.link:
        what = (
            f"Entry {remembered.entries:,} is not the one that was written: this is another ledger, or a changed one."
        )
    else:
        return
    kept = f"{place.name}.head"
    remedy = f"Bring back a whole copy; to go on with what is left, move {kept} away, which remembers what was written."
    raise refusal("ledger-cut-short", place.name, what, remedy)


def _make_on_server(url: URL, patience: float) -> Place:
    name = _shown(url)
    place = Place(_postgres_engine(url, patience), name, None)
    try:
        with place.writing() as connection:
            there = _schema(connection) is not None
            if not there:
                _migrate(connection)
    except BaseException:
        place.engine.dispose()
        raise
    if there:
        place.engine.dispose()
        what = "There is a ledger in this database already."
        raise refusal("ledger-exists", name, what, "Use it as it is, or make another database.")
    return place


def _schema(connection: Connection) -> int | None:
    """Return the number of the schema, or None where this is no ledger."""
    if connection.dialect.name == "sqlite":
        there = text("SELECT count(*) = 2 FROM sqlite_master WHERE name IN ('alembic_version', 'entries')")
    else:
        there = text("SELECT to_regclass('alembic_version') IS NOT NULL AND to_regclass('entries') IS NOT NULL")
    if not connection.scalar(there):
        return None
    version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return int(version) if version and re.fullmatch(r"\d{4}", version) else None


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "sayso.ledger:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, f"{tables.SCHEMA:04}")


def _no_ledger(name: str) -> LedgerError:
    remedy = 'Name another one, or make a new ledger with "sayso init".'
    return refusal("not-a-ledger", name, "This is not a ledger.", remedy)


# ── engines ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sqlite_engine(path: Path, mode: str, patience: float) -> Engine:
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address, uri=True, timeout=patience, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


_PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "cache_size = -32000",
)


def _begin(connection: Connection) -> None:
    """Begin as SQLite should: who means to write says so at once, and waits for others then and not half-way."""
    writes = connection.get_execution_options().get("sayso_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres_url(target: str | os.PathLike[str]) -> URL | None:
    """Return the address of a database, or None for the path of a file."""
    said = os.fspath(target)
    if not _ADDRESS.match(said):
        return None
    remedy = "Give a path, or an address such as postgresql://name@host/database."
    if not _POSTGRES.match(said):
        scheme = said.partition("://")[0]
        raise refusal("bad-address", f"{scheme}://...", "Ledgers are files, or databases of PostgreSQL.", remedy)
    try:
        url = make_url(_POSTGRES.sub("postgresql+psycopg://", said, count=1))
    except (ArgumentError, ValueError):
        # The address may hold a password, so it is not shown.
        raise refusal("bad-address", "postgresql://...", "The address cannot be understood.", remedy) from None
    return url


def _postgres_engine(url: URL, patience: float) -> Engine:
    name = _shown(url)
    try:
        engine = create_engine(url, connect_args={"connect_timeout": 10})
    except ModuleNotFoundError:
        remedy = 'Install it: pip install "sayso[postgres]".'
        raise refusal("no-psycopg", name, "The library for PostgreSQL is not installed.", remedy) from None

    def patient(connection: object, _record: object) -> None:
        with connection.cursor() as cursor:  # type: ignore[attr-defined] # a connection of psycopg, which may not be installed
            cursor.execute(f"SET lock_timeout = {int(patience * 1000)}")
        connection.commit()  # type: ignore[attr-defined] # likewise

    event.listen(engine, "connect", patient)
    return engine


def _shown(url: URL) -> str:
    """Return an address as it may be shown: without its password."""
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def _synced(path: Path) -> None:
    """See to it that a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
