"""Reports that people bring to the desk: read one after another beside the requests, whoever looks on.

What is brought waits in a queue of a bounded length, on the disk rather than in memory, and goes once it is read. One
thread reads, and ends when nothing is left. Each page is kept as soon as it is read, and whatever ends the desk, the
next one goes on with what is left.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import weakref
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sayso.desk.brought import Keeping
from sayso.export.wording import shown
from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.desk.brought import Left
    from sayso.ledger import Ledger
    from sayso.records import Page

MOST_WAITING = 20
"""What may wait at once."""

MOST_BYTES = 500_000_000
"""The bytes that may wait at once, all together."""

MOST_TRIES = 3
"""How often the reading of one thing is begun before a person is asked: it may be what ends the desk."""

_REMEMBERED = 20
_TOLD = 50
"""Problems and reports of one reading that are remembered; more of them are counted alone."""

State = Literal["waiting", "reading", "done", "failed"]


class FullError(Exception):
    """There is more waiting than is taken."""


@dataclass(slots=True)
class Brought:
    """Something that a person brought to be read.

    Attributes:
        number: Its number.
        name: What it is called: a file, an address or pasted words.
        by: Who brought it.
        at: When, ISO 8601 in UTC.
        state: How far it is; ``failed`` where it could not be read to its end.
        read: How many reports were kept so far.
        known: How many pages were there already.
        claims: How many claims were read in them.
        reports: The ids of the first of the reports.
        problems: What went wrong, in words; the first of it.
        more_problems: How many problems there were beside these.
    """

    number: int
    name: str
    by: str
    at: str
    state: State = "waiting"
    read: int = 0
    known: int = 0
    claims: int = 0
    reports: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    more_problems: int = 0

    def tell(self, what: str) -> None:
        """Remember a problem."""
        if len(self.problems) < _TOLD:
            self.problems.append(shown(what))
        else:
            self.more_problems += 1


class Intake:
    """What waits to be read, what is read, and what was read of late; safe to be asked from several threads.

    Args:
        ledger: Where the ledger is, beside which it is kept: its path, or the address of its database. A folder that
            goes with the program when left out.
    """

    def __init__(self, ledger: str | None = None) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Brought, Ledger]] = deque()
        self._all: deque[Brought] = deque(maxlen=MOST_WAITING + _REMEMBERED)
        self._where = ledger
        self._thread: threading.Thread | None = None

    @cached_property
    def _keeping(self) -> Keeping:
        if self._where is None:
            folder = tempfile.mkdtemp(prefix="sayso-desk-")
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            return Keeping(str(Path(folder) / "desk"))
        return Keeping(self._where)

    def close(self) -> None:
        """Let go of the database that it is kept in; what waits is left there."""
        if "_keeping" in self.__dict__:  # it is made when something is brought
            self._keeping.close()

    def resume(self, ledger: Ledger) -> int:
        """Go on with what was left when the last desk over a ledger ended, and return how much that is."""
        with self._lock:
            left = self._keeping.left() if self._where is None or Keeping.may_be(self._where) else []
            for one in left:
                brought = Brought(one.number, one.name, one.by, one.at)
                if one.tries < MOST_TRIES:
                    self._take(ledger, brought)
                    continue
                brought.state = "failed"
                brought.tell(f"The desk ended {one.tries} times while this was being read. It is not tried by itself.")
                self._all.append(brought)
            return len(left)

    def file(self, ledger: Ledger, name: str, body: bytes, by: str) -> Brought:
        """Take a file in, to be read when its turn comes; when this returns, it is on the disk.

        Args:
            ledger: Where what is read is kept.
            name: Its name; its ending tells its kind where the bytes leave it open.
            body: Its bytes.
            by: Who brings it.

        Raises:
            FullError: Too much waits already.
        """
        with self._lock:
            if len(self._waiting) >= MOST_WAITING or self._keeping.size() + len(body) > MOST_BYTES:
                raise FullError
            return self._take(ledger, _of(self._keeping.put(shown(name)[:200], by, body=body)))

    def address(self, ledger: Ledger, url: str, by: str) -> Brought:
        """Take an address on the web in, to be fetched and read when its turn comes.

        Raises:
            FullError: Too much waits already.
        """
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                raise FullError
            return self._take(ledger, _of(self._keeping.put(shown(url)[:500], by, url=url)))

    def again(self, ledger: Ledger, number: int) -> bool:
        """Read something once more that could not be read to its end; say whether it is there."""
        with self._lock:
            brought = self._failed(number)
            if brought is not None:
                self._all.remove(brought)
                self._take(ledger, Brought(number, brought.name, brought.by, brought.at))
            return brought is not None

    def forget(self, number: int) -> bool:
        """Let go of something that could not be read to its end; say whether it was there."""
        with self._lock:
            brought = self._failed(number)
            if brought is not None:
                self._keeping.forget(number)
                self._all.remove(brought)
            return brought is not None

    def all(self) -> list[Brought]:
        """Return what waits, is read, and was read of late, the last that came first."""
        with self._lock:
            return sorted(self._all, key=lambda one: -one.number)

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is left to read, or for some seconds; say whether nothing is left."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return self._thread is None

    def _failed(self, number: int) -> Brought | None:
        return next((one for one in self._all if one.number == number and one.state == "failed"), None)

    def _take(self, ledger: Ledger, brought: Brought) -> Brought:
        self._waiting.append((brought, ledger))
        self._all.append(brought)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="sayso intake", daemon=True)
            self._thread.start()
        return brought

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                brought, ledger = self._waiting.popleft()
            brought.state = "reading"
            try:
                begun = self._keeping.begin(brought.number)
                # Another desk over the same ledger may have read it.
                if begun is not None:
                    _read(brought, ledger, _pages(brought.name, *begun))
                    self._keeping.forget(brought.number)
                brought.state = "done"
            except Exception as error:  # noqa: BLE001 - whatever it was, the next one is read
                problem = getattr(error, "problem", None)
                told = f"{problem.what} {problem.remedy}" if isinstance(problem, Problem) else type(error).__name__
                brought.tell(f"The reading ended before its time: {told}")
                brought.state = "failed"


def _of(left: Left) -> Brought:
    return Brought(left.number, left.name, left.by, left.at)


def _pages(name: str, url: str | None, body: bytes | None) -> Iterator[Page | Problem]:
    from sayso.pages.files import in_bytes, pages

    if url is not None:
        return pages([url])
    # A list of addresses in it is not followed: one address at a time is fetched for whoever asks for it.
    return in_bytes(body or b"", name)


def _read(brought: Brought, ledger: Ledger, pages: Iterator[Page | Problem]) -> None:
    from sayso.adding import Adding

    adding = Adding(ledger, brought.by)
    for one in adding.add(pages):
        if isinstance(one, Problem):
            brought.tell(f"{one.where}: {one.what} {one.remedy}")
            continue
        brought.read += 1
        brought.claims += one.claims
        if one.report is not None and len(brought.reports) < _TOLD:
            brought.reports.append(one.report)
        for problem in one.problems:
            brought.tell(f"{problem.where}: {problem.what} {problem.remedy}")
    brought.known = adding.counts.known + adding.counts.redacted
