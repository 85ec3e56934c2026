"""A second process for grouping many reports: it makes reports ready and describes incidents ahead of this one.

Both are functions of what is sent, and answers are taken in the order in which they were asked for, so that what is
grouped is the same to the last sign. Where the other process is not done yet, this one does what waits behind; where it
cannot be started, ends, or fails at something, this one does all of it, and meets what is wrong in its turn.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from queue import SimpleQueue
from threading import Thread
from time import process_time
from typing import TYPE_CHECKING, Any, Literal

from sayso.collecting import no_collecting
from sayso.incident.describe import Unit, described
from sayso.incident.packing import packed, squeezed, unpacked
from sayso.incident.ready import Ready, ready
from sayso.pool import ctrl_c_held_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from types import TracebackType
    from typing import Self

    from sayso.events import Incident
    from sayso.incident.told import Told

_Kind = Literal["ready", "squeezed", "described"]
_REPORTS, _GROUPS = 10, 8
"""Reports, and groups to describe, that are sent at once."""
_HELD = 3
"""Tasks at the other process: the one it works at, and those that it goes on with."""
_LINE = 8
"""Tasks on their way, those included that are done and wait for one before them."""


@dataclass(slots=True, eq=False)
class _Place:
    """A place in the line; `found` is None until there is an answer, and empty where none could be given."""

    things: list[Any]
    sent: bool = False
    found: Sequence[Any] | None = None


class GroupingPool:
    """One process beside this one, for `Grouping.add_all` and `Grouping.regroup`; use it in a ``with`` statement.

    It is a new process, never a copy of this one. As with all of Python's processes, a script that uses it needs
    ``if __name__ == "__main__":`` around what it does.

    Args:
        in_memory: Whether stories are kept in memory; the other process then packs them for that, too.
    """

    def __init__(self, *, in_memory: bool = False) -> None:
        self._asked: _Kind = "squeezed" if in_memory else "ready"
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._held: deque[_Place] = deque()
        self._seconds = 0.0

    def __enter__(self) -> Self:
        """Start the process; where that cannot be, this one does everything."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), daemon=True, name="sayso grouping")
        try:
            with ctrl_c_held_back():
                process.start()
        except OSError:
            ours.close()
        else:
            self._process, self._connection = process, ours
        finally:
            # The process alone holds its end, so that its death is seen here.
            theirs.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process; it holds nothing that would be lost."""
        self._bury()

    @property
    def seconds(self) -> float:
        """Processor time of the other process, as far as it has told."""
        return self._seconds

    def ready(self, reports: Iterable[Told]) -> Iterator[tuple[Told, Sequence[Ready]]]:
        """Yield each report with its stories, in order; what goes wrong with one is raised when its turn comes."""
        for told, found in self._in_order(self._asked, reports, _REPORTS):
            yield told, [_with_claims(told, one) for one in found] if found is not None else ready(told)

    def described(self, groups: Iterable[Sequence[Unit]]) -> Iterator[Incident]:
        """Yield each group as an incident, in order, without its joins."""
        for group, found in self._in_order("described", groups, _GROUPS):
            yield found if found is not None else described(group, ())

    def _in_order(self, kind: _Kind, things: Iterable[Any], at_once: int) -> Iterator[tuple[Any, Any]]:
        """Yield each thing with what comes of it, in order; with None where that is left to whoever asks."""
        coming = iter(things)
        line: deque[_Place] = deque()
        while True:
            while len(line) < _LINE and (some := [*islice(coming, at_once)]):
                line.append(_Place(some))
            if not line:
                return
            self._take(waiting=False)
            self._send(kind, line)
            if line[0].found is not None:
                place = line.popleft()
                yield from zip(place.things, place.found or [None] * len(place.things), strict=True)
            elif waiting := [place for place in line if not place.sent and place.found is None]:
                waiting[-1].found = _answer(kind, waiting[-1].things)
            else:
                self._take(waiting=True)

    def _send(self, kind: _Kind, line: Iterable[_Place]) -> None:
        """Give the other process what it has room for, of what waits longest."""
        for place in line:
            if self._connection is None or len(self._held) >= _HELD:
                return
            if not place.sent and place.found is None:
                try:
                    self._connection.send_bytes(packed((kind, place.things)))
                except OSError:
                    self._bury()
                    return
                place.sent = True
                self._held.append(place)

    def _take(self, *, waiting: bool) -> None:
        """Take the answers that have come; where asked, wait for the first of them."""
        while self._connection is not None and self._held and (waiting or self._connection.poll()):
            waiting = False
            try:
                found, self._seconds = unpacked(self._connection.recv_bytes())
            except (EOFError, OSError):
                self._bury()
                return
            self._held.popleft().found = found

    def _bury(self) -> None:
        """End the process, and take back what it has not answered."""
        for place in self._held:
            place.sent = False
        self._held.clear()
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


def serve(connection: Connection) -> None:
    """Do what is asked until nobody is there to ask more.

    Args:
        connection: Where tasks come from, and answers go to in their order.
    """
    # Ctrl-C is for the program that asks.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tasks: SimpleQueue[bytes] = SimpleQueue()
    answers: SimpleQueue[bytes] = SimpleQueue()
    # Tasks are taken in and answers sent while others are worked at, so that neither side waits for that.
    Thread(target=_receive, args=(connection, tasks), daemon=True).start()
    Thread(target=_send_back, args=(connection, answers), daemon=True).start()
    with no_collecting():
        while True:
            kind, things = unpacked(tasks.get())
            answers.put(packed((_answer(kind, things), process_time())))


def _answer(kind: _Kind, things: Sequence[Any]) -> list[Any]:
    """Return what comes of some things; nothing where one of them fails, which is then met when its turn comes."""
    with suppress(Exception):
        if kind != "described":
            return [[_without_claims(told, one, kind) for one in ready(told)] for told in things]
        return [described(group, ()) for group in things]
    return []


def _without_claims(told: Told, one: Ready, kind: _Kind) -> tuple[Any, ...]:
    """Return a story with where its claims stand among the report's, which whoever asked has at hand."""
    at = {id(kept): number for number, kept in enumerate(told.claims)}
    held = (squeezed(one.story), squeezed(one.claims)) if kind == "squeezed" else None
    return one.story, tuple(at[id(kept)] for kept in one.claims), one.keys, held


def _with_claims(told: Told, one: tuple[Any, ...]) -> Ready:
    story, at, keys, held = one
    return Ready(story, tuple(told.claims[number] for number in at), keys, held)


def _receive(connection: Connection, tasks: SimpleQueue[bytes]) -> None:
    try:
        with suppress(EOFError, OSError):
            while True:
                tasks.put(connection.recv_bytes())
    finally:
        # Whoever asked is gone, perhaps by force: nothing more is done here.
        os._exit(1)


def _send_back(connection: Connection, answers: SimpleQueue[bytes]) -> None:
    with suppress(OSError):
        while True:
            connection.send_bytes(answers.get())
