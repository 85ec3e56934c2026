"""A local pool: several processes read pages, each with a model of its own, and one line keeps them in order.

Pages go out as processes have room for them and come back in the order in which they went in. Whoever reads the pool
alone writes what comes of it, so that what several processes read is kept exactly as one would have kept it. What is on
its way is bounded, in number and in bytes. A process that dies costs nothing but time, unless one page ends it twice.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from sayso.pool_process import serve
from sayso.problems import Problem, UsageError
from sayso.records import Given

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from types import TracebackType
    from typing import Self

    from sayso.records import Page, Reading

_HELD = 2
"""Pages at a process: the one that it reads, and the next, so that it never waits for one."""

_LINE = 16
"""Pages on their way for each process, those included that are read and wait for one before them."""

_LINE_BYTES = 64_000_000
"""Bytes of pages on their way; beyond it no page is taken in, so that only the last may go over it."""

_TRIES = 2
_FALSE_STARTS = 3
_TOGETHER = 100
"""Answers that are handed on at once, at most."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one thing that went in.

    Attributes:
        page: The page; None for a Problem that went in as such.
        found: What was read in it, or why nothing was.
    """

    page: Page | None
    found: tuple[Reading | Problem, ...]


@dataclass(slots=True, eq=False)
class _Place:
    """A place in the line; `found` is None until there is an answer."""

    page: Page | None
    found: tuple[Reading | Problem, ...] | None = None
    tries: int = 0

    @property
    def size(self) -> int:
        return len(self.page.body) if self.page else 0


@dataclass(slots=True, eq=False)
class _Worker:
    """A process that reads, the pages that it has, and whether it has said that it began."""

    process: BaseProcess
    connection: Connection
    held: deque[_Place] = field(default_factory=deque)
    began: bool = False


class Pool:
    """Processes that read pages, started as they are needed; use it in a ``with`` statement.

    They are new processes, never copies of this one. As with all of Python's processes, a script that uses a pool needs
    ``if __name__ == "__main__":`` around what it does.

    Args:
        jobs: How many processes, at most.
        given: What the user says of inputs that do not say it themselves.
        attributions: Whether to work out who said what for whole texts.
    """

    def __init__(self, jobs: int, given: Given | None = None, *, attributions: bool = False) -> None:
        if jobs < 1:
            raise UsageError(f"{jobs} processes cannot read; give one or more.")
        self._jobs = jobs
        self._asked = (given or Given(), attributions)
        self._workers: list[_Worker] = []
        self._line: deque[_Place] = deque()
        self._unsent: deque[_Place] = deque()
        self._bytes = 0
        self._false_starts = 0

    def __enter__(self) -> Self:
        """Return the pool itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes; they hold nothing that would be lost."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def read(self, pages: Iterable[Page | Problem]) -> Iterator[list[Answer]]:
        """Read pages that are worth reading, with the gate behind them.

        Args:
            pages: Pages, and Problems for inputs that gave none. More are taken in while others are being read.

        Yields:
            An Answer for each, in their order; those together that there are. A page that ended two processes, the
            second time with no other page being read, has a Problem for an answer.

        Raises:
            UsageError: No process can be started, or all end before they begin.
        """
        coming = iter(pages)
        more = True
        while True:
            self._take(seconds=0)
            ready = self._ready()
            if ready:
                yield ready
            elif more and self._has_room():
                one = next(coming, None)
                more = one is not None
                if one is not None:
                    self._line_up(one)
            elif self._line:
                self._take(seconds=None)
            else:
                return
            self._send()

    def _line_up(self, one: Page | Problem) -> None:
        if isinstance(one, Problem):
            self._line.append(_Place(None, (one,)))
            return
        place = _Place(one)
        self._line.append(place)
        self._unsent.append(place)
        self._bytes += place.size

    def _has_room(self) -> bool:
        unread = len(self._unsent) + sum(len(worker.held) for worker in self._workers)
        in_line = len(self._line) < _LINE * self._jobs and self._bytes < _LINE_BYTES
        return in_line and unread < _HELD * self._jobs

    def _ready(self) -> list[Answer]:
        """Take the answers off the front of the line."""
        ready: list[Answer] = []
        while self._line and self._line[0].found is not None and len(ready) < _TOGETHER:
            place = self._line.popleft()
            self._bytes -= place.size
            ready.append(Answer(place.page, place.found or ()))
        return ready

    def _send(self) -> None:
        """Give out pages, as far as there are processes with room for them."""
        while self._unsent:
            alone = any(worker.held and worker.held[0].tries for worker in self._workers)
            busy = any(worker.held for worker in self._workers)
            worker = None if alone or (busy and self._unsent[0].tries) else self._with_room()
            if worker is None:
                return
            place = self._unsent.popleft()
            worker.held.append(place)
            try:
                worker.connection.send(place.page)
            except OSError:
                self._bury(worker)

    def _with_room(self) -> _Worker | None:
        least = min(self._workers, key=lambda worker: len(worker.held), default=None)
        if len(self._workers) < self._jobs and (least is None or least.held):
            return self._start() or least
        return least if least is not None and len(least.held) < _HELD else None

    def _start(self) -> _Worker | None:
        """Start one more process, or find that there cannot be so many."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, *self._asked), daemon=True, name="sayso reader")
        try:
            with ctrl_c_held_back():
                process.start()
        except OSError as error:
            ours.close()
            if not self._workers:
                told = f"No process can be started to read in ({error.strerror}); read with one job."
                raise UsageError(told) from error
            self._jobs = len(self._workers)
            return None
        finally:
            # The process alone holds its end, so that its death is seen here.
            theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _take(self, seconds: float | None) -> None:
        """Take the answers that have come, waiting so long for the first of them (for ever where None)."""
        by_connection = {worker.connection: worker for worker in self._workers}
        for connection in wait(list(by_connection), seconds):
            worker = by_connection[connection]  # type: ignore[index] # wait() gives back what it was given
            try:
                found = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if worker.began:
                worker.held.popleft().found = found
            worker.began, self._false_starts = True, 0

    def _bury(self, worker: _Worker) -> None:
        """Put the pages of a process that died back to the front, the one that it was reading to be read alone."""
        self._workers.remove(worker)
        _end(worker)
        if not worker.began:
            self._false_starts += 1
            if self._false_starts == _FALSE_STARTS:
                how = f"the last with exit code {worker.process.exitcode}"
                raise UsageError(f"Processes to read in end before they begin ({how}); read with one job.")
        elif worker.held:
            place = worker.held[0]
            place.tries += 1
            if place.tries == _TRIES and place.page is not None:
                place.found = (reader_ended(place.page, _how(worker.process.exitcode)),)
                worker.held.popleft()
        self._unsent.extendleft(reversed(worker.held))


def read_pages(
    pages: Iterable[Page | Problem], given: Given, *, jobs: int, attributions: bool = False
) -> Iterator[Reading | Problem]:
    """Do what `sayso.pipeline.read_pages` does, with several processes.

    Args:
        pages: Pages, and Problems for inputs that gave none; those pass through.
        given: What the user says of inputs that do not say it themselves.
        jobs: How many processes.
        attributions: Whether to work out who said what for whole texts; then no page is passed over.

    Yields:
        The same Readings and Problems in the same order.

    Raises:
        UsageError: No process can be started.
    """
    from sayso.pipeline import through_gate

    with Pool(jobs, given, attributions=attributions) as pool:
        for together in pool.read(through_gate(pages, attributions=attributions)):
            for answer in together:
                yield from answer.found


def usable_cores() -> int:
    """Return how many cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _end(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


@contextmanager
def ctrl_c_held_back() -> Iterator[None]:
    """Start processes so that Ctrl-C does not reach them: it is for this one, which then ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _how(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def reader_ended(page: Page, how: str) -> Problem:
    """Say of a page that reading it ended two processes, and how the last of them ended."""
    return Problem(
        code="reader-ended",
        where=page.where,
        what=f"Reading this input ended the process that did it, twice ({how}); it may want too much memory.",
        remedy="The other inputs were read; please report this with the input, if you may share it.",
        lost=True,
    )
