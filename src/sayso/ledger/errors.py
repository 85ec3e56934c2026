"""The one error that a ledger raises, and what the databases' own errors mean to a person."""

from __future__ import annotations

import re
import sqlite3

from sayso.problems import Problem, SaysoError

_MEANINGS: tuple[tuple[str, str, str, str], ...] = (
    (
        r"database is locked|database table is locked|lock timeout|LockNotAvailable|deadlock detected",
        "ledger-locked",
        "Another program has been writing to the ledger for too long.",
        "Wait until it is done, or end it, and try again; nothing was written.",
    ),
    (
        r"readonly database|read-only transaction|permission denied for",
        "ledger-read-only",
        "The ledger cannot be written to.",
        "Give yourself the right to write to it and to its folder, or work on a copy; nothing was written.",
    ),
    (
        r"database or disk is full|No space left|could not extend file|DiskFull",
        "disk-full",
        "The disk is full, or no larger file is allowed.",
        "Make room and run it again; what was kept before is whole, and it goes on where it stopped.",
    ),
    (
        r"SQLITE_IOERR_(?:WRITE|FSYNC|TRUNCATE)",
        "ledger-unwritten",
        "The disk did not take what was to be written: it is full, allows no larger file, or fails.",
        "Make room or use another disk, and run it again; what was kept before is whole.",
    ),
    (
        r"password authentication failed|no password supplied|28P01|role .* does not exist|no pg_hba\.conf entry",
        "ledger-refused",
        "The database server does not accept this name or password.",
        "Check both in the address; the password can also stand in the file that PGPASSFILE names.",
    ),
    (
        r'database ".*" does not exist|3D000',
        "no-such-database",
        "The server has no database of this name.",
        'Check the name in the address, or have it made with "createdb".',
    ),
    (
        r"could not translate host name|resolve host|Name or service not known|nodename nor servname|failed to resolve",
        "no-such-host",
        "There is no host of this name.",
        "Check the host in the address.",
    ),
    (
        r"Connection refused|could not connect|connection failed|connection timeout|timeout expired|Network is unreach",
        "no-server",
        "No database server answers there.",
        "Check host and port in the address, and that the server runs and can be reached from here.",
    ),
    (
        r"file is not a database|file is encrypted",
        "not-a-ledger",
        "This is not a ledger.",
        'Name another file, or make a new ledger with "sayso init".',
    ),
    (
        r"malformed|disk I/O error|invalid page|could not read block",
        "ledger-damaged",
        "The database file is damaged.",
        'Copy it before anything else; "sayso verify" says what is hurt, and a dump or backup restores it.',
    ),
    (
        r"unable to open database file",
        "ledger-unopened",
        "The file cannot be opened.",
        "Check that its folder exists and that you may read and write there.",
    ),
    (
        r"server closed the connection|terminating connection|connection .*(?:closed|lost)|server is shutting down",
        "server-gone",
        "The database server ended the connection.",
        "Run it again when the server is back; what was kept before is whole.",
    ),
)


class LedgerError(SaysoError):
    """A ledger cannot be opened, or cannot do what was asked; `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.where}: {problem.what} {problem.remedy}")


def refusal(code: str, where: str, what: str, remedy: str) -> LedgerError:
    """Return the error that carries a problem made of these."""
    return LedgerError(Problem(code, where, what, remedy, lost=True))


def meaning(error: BaseException, where: str) -> LedgerError:
    """Return what an error of a database means.

    Args:
        error: The error as the database's library raised it. It may hold a password, so none of its words are shown
            where they are not known.
        where: The ledger, in a form that may be shown.
    """
    codes = (getattr(error, name, "") for name in ("sqlstate", "sqlite_errorname"))
    said = " ".join((type(error).__name__, *map(str, codes), str(error)))
    for pattern, code, what, remedy in _MEANINGS:
        if re.search(pattern, said, re.IGNORECASE):
            return refusal(code, where, what, remedy)
    # SQLite knows no passwords.
    words = f": {error}" if isinstance(error, sqlite3.Error) else ""
    what = f"The database failed with {type(error).__name__}{words}."
    return refusal(
        "database-failed", where, what, "Look into the database's own log; nothing of this step was written."
    )
