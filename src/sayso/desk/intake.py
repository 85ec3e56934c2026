"""Reports that people bring to the desk: read one after another beside the requests, whoever looks on.

What is brought waits in a queue of a bounded length, files on the disk rather than in memory. One thread reads, and
ends when nothing is left. Each page is kept as soon as it is read, so whatever ends the desk loses what waits and no
more.
"""

from __future__ import annotations

import tempfile
import threading
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sayso.export.wording import shown
from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.ledger import Ledger
    from sayso.records import Page

MOST_WAITING = 20
"""What may wait at once."""

MOST_BYTES = 500_000_000
"""The bytes that may wait at once, all together."""

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
        number: Its number, from 1 since the desk was started.
        name: What it is called: a file, an address or pasted words.
        by: Who brought it.
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
    """What waits to be read, what is read, and what was read of late; safe to be asked from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Brought, Ledger, str, str | None]] = deque()
        self._all: deque[Brought] = deque(maxlen=MOST_WAITING + _REMEMBERED)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._bytes = 0
        self._count = 0
        self._thread: threading.Thread | None = None

    def file(self, ledger: Ledger, name: str, body: bytes, by: str) -> Brought:
        """Take a file in, to be read when its turn comes.

        Args:
            ledger: Where what is read is kept.
            name: Its name; its ending tells its kind where the bytes leave it open.
            body: Its bytes.
            by: Who brings it.

        Raises:
            FullError: Too much waits already.
        """
        with self._lock:
            if len(self._waiting) >= MOST_WAITING or self._bytes + len(body) > MOST_BYTES:
                raise FullError
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="sayso-desk-")
            self._count += 1
            path = Path(self._folder.name) / f"{self._count}"
            path.write_bytes(body)
            self._bytes += len(body)
            return self._take(ledger, Brought(self._count, shown(name)[:200], by), str(path), None)

    def address(self, ledger: Ledger, url: str, by: str) -> Brought:
        """Take an address on the web in, to be fetched and read when its turn comes.

        Raises:
            FullError: Too much waits already.
        """
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                raise FullError
            self._count += 1
            return self._take(ledger, Brought(self._count, shown(url)[:500], by), "", url)

    def all(self) -> list[Brought]:
        """Return what waits, is read, and was read of late, the last that came first."""
        with self._lock:
            return list(reversed(self._all))

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is left to read, or for some seconds; say whether nothing is left."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return self._thread is None

    def _take(self, ledger: Ledger, brought: Brought, path: str, url: str | None) -> Brought:
        self._waiting.append((brought, ledger, path, url))
        self._all.append(brought)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="sayso intake", daemon=True)
            self._thread.start()
        return brought

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    if self._folder is not None:
                        self._folder.cleanup()
                    self._folder = self._thread = None
                    return
                brought, ledger, path, url = self._waiting.popleft()
            brought.state = "reading"
            try:
                _read(brought, ledger, _pages(brought.name, path, url))
                brought.state = "done"
            except Exception as error:  # noqa: BLE001 - whatever it was, the next one is read
                problem = getattr(error, "problem", None)
                told = f"{problem.what} {problem.remedy}" if isinstance(problem, Problem) else type(error).__name__
                brought.tell(f"The reading ended before its time: {told}")
                brought.state = "failed"
            finally:
                self._leave(path)

    def _leave(self, path: str) -> None:
        """Remove a file that was read."""
        if not path:
            return
        file = Path(path)
        with self._lock:
            self._bytes -= file.stat().st_size
            file.unlink()


def _pages(name: str, path: str, url: str | None) -> Iterator[Page | Problem]:
    from sayso.pages.files import in_bytes, pages

    if url is not None:
        return pages([url])
    # A list of addresses in it is not followed: one address at a time is fetched for whoever asks for it.
    return in_bytes(Path(path).read_bytes(), name)


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
