"""What a watch over feeds still has to do and what it has done, in the state of the folder that it writes to.

Each page of a feed is read once, whatever moment the program is ended at: its readings are written first, then the
state says in one step that they are, and how long the file was then. What stands in the file beyond that at the next
start was not finished; it is put aside, and the page is read again.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sayso.pages.keep import Held, Keep, append, take_back_half_a_line, telling
from sayso.records import Given

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sayso.pages.feed_list import Source
    from sayso.pages.feeds import Entry
    from sayso.problems import Problem
    from sayso.records import Fetched

READINGS, PROBLEMS, ASIDE = "readings.jsonl", "problems.jsonl", "unfinished.jsonl"
"""The names of the files with what was read, what went wrong, and what was not written to its end."""

MOST_TRIES = 5
"""How often a page is tried, an interval of its feed apart at first and twice as long each time."""

_LOOKED_AT = 200
_NOTHING_DUE = 3600.0
_TABLES = (
    """CREATE TABLE IF NOT EXISTS feeds (
        url TEXT PRIMARY KEY, looked REAL NOT NULL, not_before REAL NOT NULL, final TEXT, etag TEXT, modified TEXT
    ) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS entries (
        number INTEGER PRIMARY KEY, feed TEXT NOT NULL, id TEXT NOT NULL, url TEXT NOT NULL UNIQUE, given TEXT NOT NULL,
        every REAL NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, next REAL NOT NULL, UNIQUE (feed, id)
    )""",
    "CREATE INDEX IF NOT EXISTS entries_waiting ON entries (next) WHERE state = 'waiting'",
    "CREATE TABLE IF NOT EXISTS written (file TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID",
)


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page that waits to be read."""

    number: int
    url: str
    given: Given
    every: float
    tries: int


class Waiting:
    """The feeds' state and the pages that wait.

    Args:
        keep: The folder.

    Raises:
        CannotKeepError: The folder cannot be written to; so do the methods.
    """

    def __init__(self, keep: Keep) -> None:
        self._folder = keep.folder
        self._state = keep.state
        with telling(self._folder):
            for table in _TABLES:
                self._state.execute(table)
            self._put_aside_what_was_not_finished()

    def due(self, sources: Iterable[Source], now: float, *, early: float = 0.0) -> list[Source]:
        """Return the feeds to look at, in the order of the list.

        Args:
            sources: The feeds.
            now: The time, in seconds since 1970.
            early: The share of its interval by which a feed may be looked at before its time.
        """
        return [source for source in sources if self._due_at(source, early) <= now or self._looked(source) > now]

    def pause(self, sources: Iterable[Source], now: float) -> float:
        """Return the seconds until a feed is to be looked at or a page to be tried again."""
        with telling(self._folder):
            (page,) = self._state.execute("SELECT min(next) FROM entries WHERE state = 'waiting'").fetchone()
        times = [self._due_at(source, 0.0) for source in sources]
        return max(0.0, min([*times, *([page] if page is not None else [])], default=now + _NOTHING_DUE) - now)

    def held(self, source: Source) -> Callable[[str], Held | None]:
        """Return what tells what is held of a feed's address."""
        with telling(self._folder):
            query = "SELECT final, etag, modified FROM feeds WHERE url = ?"
            row = self._state.execute(query, (source.url,)).fetchone()
        return lambda url: Held(row[1], row[2]) if row and row[0] == url else None

    def looked(self, source: Source, now: float, *, wait: float = 0.0) -> None:
        """Note that a feed was looked at and nothing came of it; it asked to be left alone for `wait` seconds."""
        with telling(self._folder):
            self._state.execute(
                """INSERT INTO feeds (url, looked, not_before) VALUES (?, ?, ?)
                ON CONFLICT (url) DO UPDATE SET looked = excluded.looked, not_before = excluded.not_before""",
                (source.url, now, now + wait),
            )

    def add(self, source: Source, entries: Sequence[Entry], fetched: Fetched, now: float) -> None:
        """Put a feed's new entries among the pages that wait, in one step with the note that it was looked at.

        An entry is new where neither its id in this feed nor its address is known.
        """
        held = (fetched.final, fetched.header("etag"), fetched.header("last-modified"))
        with telling(self._folder):
            self._state.execute("BEGIN")
            self._state.executemany(
                """INSERT OR IGNORE INTO entries (feed, id, url, given, every, state, tries, next)
                VALUES (?, ?, ?, ?, ?, 'waiting', 0, ?)""",
                ((source.url, one.id, one.url, json.dumps(asdict(one.given)), source.every, now) for one in entries),
            )
            self._state.execute(
                "INSERT OR REPLACE INTO feeds VALUES (?, ?, 0, ?, ?, ?)",
                (source.url, now, *(held if fetched.complete else (None, None, None))),
            )
            self._state.execute("COMMIT")

    def next(self, now: float, wait_for: Callable[[str], float]) -> WaitingPage | None:
        """Return the page to read next: of those that are due, one whose host need not be waited for, the oldest first.

        Args:
            now: The time, in seconds since 1970.
            wait_for: What tells how long the host of an address is to be left alone.
        """
        with telling(self._folder):
            rows = self._state.execute(
                """SELECT number, url, given, every, tries FROM entries WHERE state = 'waiting' AND next <= ?
                ORDER BY number LIMIT ?""",
                (now, _LOOKED_AT),
            ).fetchall()
        if not rows:
            return None
        number, url, given, every, tries = min(rows, key=lambda row: (wait_for(row[1]), row[0]))
        return WaitingPage(number, url, Given(**json.loads(given)), every, tries)

    def read(self, page: WaitingPage, lines: Sequence[str]) -> None:
        """Write the readings of a page, and note that it was read."""
        with telling(self._folder):
            size = append(self._folder / READINGS, lines)
            self._state.execute("BEGIN")
            self._state.execute("UPDATE entries SET state = 'read' WHERE number = ?", (page.number,))
            self._state.execute("INSERT OR REPLACE INTO written VALUES (?, ?)", (READINGS, size))
            self._state.execute("COMMIT")

    def failed(self, page: WaitingPage, now: float, *, passing: bool, wait: float = 0.0) -> None:
        """Note that a page could not be had: it is tried again later where that may help, but not without end.

        Where its host asked to be left alone for `wait` seconds, that was no try.
        """
        tries = page.tries + (0 if wait else 1)
        again = passing and tries < MOST_TRIES
        later = now + (wait or page.every * 60 * 2**page.tries)
        with telling(self._folder):
            self._state.execute(
                "UPDATE entries SET state = ?, tries = ?, next = ? WHERE number = ?",
                ("waiting" if again else "lost", tries, later, page.number),
            )

    def note(self, problems: Sequence[Problem]) -> None:
        """Write down what went wrong, with the time."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        if problems:
            with telling(self._folder):
                append(self._folder / PROBLEMS, [json.dumps({"schema": 1, "at": at} | asdict(one)) for one in problems])

    def _looked(self, source: Source) -> float:
        row = self._state.execute("SELECT looked FROM feeds WHERE url = ?", (source.url,)).fetchone()
        return float(row[0]) if row else 0.0

    def _due_at(self, source: Source, early: float) -> float:
        with telling(self._folder):
            row = self._state.execute("SELECT looked, not_before FROM feeds WHERE url = ?", (source.url,)).fetchone()
        return max(float(row[0]) + source.every * 60 * (1 - early), float(row[1])) if row else 0.0

    def _put_aside_what_was_not_finished(self) -> None:
        path = self._folder / READINGS
        row = self._state.execute("SELECT bytes FROM written WHERE file = ?", (READINGS,)).fetchone()
        if row is None:
            take_back_half_a_line(path)
        elif path.exists() and path.stat().st_size > row[0]:
            with path.open("r+b") as stream, (self._folder / ASIDE).open("ab") as aside:
                stream.seek(row[0])
                shutil.copyfileobj(stream, aside)
                aside.flush()
                os.fsync(aside.fileno())
                stream.truncate(row[0])
        size = path.stat().st_size if path.exists() else 0
        self._state.execute("INSERT OR REPLACE INTO written VALUES (?, ?)", (READINGS, size))
