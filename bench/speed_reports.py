"""What one report more costs a ledger, from the first thousand to a million of them, when its claims are ready.

The reports and the readings of them are invented (`bench.speed_ledger.ready`), each with a few of its claims, as most
of an archive's reports have few. Nothing but the ledger is timed: no reading, and no putting together of incidents.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from bench.speed_ledger import ready
from sayso.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sayso.records import Page, Reading

_AT_ONCE = 100
_CLAIMS_EACH = 2
_FIRST, _WINDOW = 1_000, 5_000
"""Reports before the first mark, and reports over which a later mark takes its mean."""
_TIMES = 10
"""Each mark is at so many times the reports of the one before it."""


@dataclass(frozen=True, slots=True)
class ReportMark:
    """What a report cost when so many were there.

    Attributes:
        reports: How many there were.
        processor: Seconds of processor time a report, the mean over the last of them.
        clock: The same by the clock on the wall: commits wait for the disk.
        size: Bytes of the ledger's files.
    """

    reports: int
    processor: float
    clock: float
    size: int

    @property
    def words(self) -> str:
        """The figures as a line."""
        return (
            f"{self.reports:>9,} reports: {self.processor * 1e3:.2f} ms of processor time a report, "
            f"{self.clock * 1e3:.2f} ms by the clock, {self.size / 2**20:,.0f} MiB"
        )


@dataclass(frozen=True, slots=True)
class ReportSpeed:
    """What was timed.

    Attributes:
        marks: The cost of a report at 1,000, at ten times as many, and so on, and at the end.
        load: The machine's one-minute load average before and after.
    """

    marks: tuple[ReportMark, ...]
    load: tuple[float, float]

    @property
    def ratio(self) -> float:
        """How many times as much processor time a report takes at the end as at the first mark."""
        return self.marks[-1].processor / self.marks[0].processor

    @property
    def words(self) -> str:
        """The figures as lines."""
        return "\n".join(
            [
                *(one.words for one in self.marks),
                f"the last takes {self.ratio:.2f} times as long as the first",
                f"load average before and after: {self.load[0]:.2f} and {self.load[1]:.2f}",
            ]
        )


def measure(folder: Path, reports: int) -> ReportSpeed:
    """Time an SQLite ledger in a folder; the ledger is removed afterwards.

    Args:
        folder: Where to put it.
        reports: How many reports to add.
    """
    before = os.getloadavg()[0]
    file = folder / f"bench-{os.getpid()}.sayso"
    marks: list[ReportMark] = []
    spent: list[tuple[int, float, float]] = []
    following = min(_FIRST, reports)
    try:
        with Ledger.create(file) as ledger:
            stream = _few_claims()
            for added in range(_AT_ONCE, reports + _AT_ONCE, _AT_ONCE):
                batch = list(islice(stream, min(_AT_ONCE, reports - added + _AT_ONCE)))
                clock, processor = time.perf_counter(), time.process_time()
                ledger.add(batch, "bench")
                spent.append((len(batch), time.process_time() - processor, time.perf_counter() - clock))
                if added >= following:
                    marks.append(_mark(min(added, reports), spent, file))
                    print(marks[-1].words, file=sys.stderr, flush=True)
                    following = min(following * _TIMES, reports) if added < reports else following
    finally:
        for one in folder.glob(f"{file.name}*"):
            one.unlink()
    return ReportSpeed(tuple(marks), (before, os.getloadavg()[0]))


def _few_claims() -> Iterator[tuple[Page, Reading]]:
    for page, reading in ready(1):
        yield page, replace(reading, claims=reading.claims[:_CLAIMS_EACH])


def _mark(reports: int, spent: list[tuple[int, float, float]], file: Path) -> ReportMark:
    last = spent[-(_WINDOW // _AT_ONCE) :]
    number, processor, clock = (sum(each) for each in zip(*last, strict=True))
    size = sum(one.stat().st_size for one in file.parent.glob(f"{file.name}*"))
    return ReportMark(reports, processor / number, clock / number, size)
