"""`sayso add` with several processes against one: the same reports into fresh ledgers, in turns.

The machine is seldom idle, so there are two measures: the clock, from the first report that is told of to the last,
which leaves out that programs and models are loaded; and all the processor time of the program and its processes, which
says what is spent on handing pages about.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.ledger import Ledger
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import Report

TURNS = 5
_SEEN_EVERY = 20
"""Reports after which the memory of the processes is looked at; it is their peak that is read."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `sayso add`.

    Attributes:
        seconds: By the clock, from the first report told of to the last.
        whole: By the clock, the whole command, incidents included.
        processor: Seconds of processor time of all its processes.
        told: Reports that were told of after the first.
        parent: Peak memory of the program itself in MB; None where the machine does not tell.
        worker: Peak memory of the largest of the processes that read, likewise.
    """

    seconds: float
    whole: float
    processor: float
    told: int
    parent: float | None
    worker: float | None


@dataclass(frozen=True, slots=True)
class JobSpeed:
    """Runs with one process and with several, the best of their turns.

    Attributes:
        jobs: How many were several.
        reports: How many reports each run added.
        one: The best run with one process: the least of each time, the most memory.
        several: The best with several.
        load: One-minute load averages before and after.
    """

    jobs: int
    reports: int
    one: Run
    several: Run
    load: tuple[float, float]

    @property
    def by_the_clock(self) -> float:
        """How many times as many reports several processes add in a second."""
        return self.one.seconds / self.several.seconds

    @property
    def processor(self) -> float:
        """How many times as much processor time they take for it."""
        return self.several.processor / self.one.processor

    @property
    def words(self) -> str:
        """What was found, for people."""
        lines = [f"{self.reports} reports a run, best of {TURNS} turns, load {self.load[0]:.1f} to {self.load[1]:.1f}"]
        for jobs, run in ((1, self.one), (self.jobs, self.several)):
            memory = "" if run.parent is None else f", peak {run.parent:.0f} MB"
            memory += "" if run.worker is None else f", of a reading process {run.worker:.0f} MB"
            lines.append(
                f"--jobs {jobs}: {run.told / run.seconds:.1f} reports/s, the whole command {run.whole:.1f} s; "
                f"{1000 * run.processor / self.reports:.1f} ms of processor time a report{memory}"
            )
        lines.append(
            f"by the clock {self.by_the_clock:.2f} times as fast, {self.processor:.2f} times the processor time"
        )
        return "\n".join(lines)


def measure(reports: Sequence[Report], jobs: int, turns: int = TURNS) -> JobSpeed:
    """Add reports with one process and with several, in turns.

    Raises:
        UsageError: `sayso add` did not do it.
    """
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder, "reports.jsonl")
        rows = [{"id": one.id, "text": one.text, "outlet": one.outlet, "published": one.published} for one in reports]
        records.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        runs: dict[int, list[Run]] = {1: [], jobs: []}
        for turn in range(turns):
            # Whoever comes first in one turn comes last in the next.
            for number in sorted(runs, reverse=bool(turn % 2)):
                runs[number].append(_run(records, Path(folder, f"{number}-{turn}.sayso"), number))
    return JobSpeed(jobs, len(reports), _best(runs[1]), _best(runs[jobs]), (load, os.getloadavg()[0]))


def _run(records: Path, ledger: Path, jobs: int) -> Run:
    Ledger.create(ledger).close()
    command = [sys.executable, "-m", "sayso", "add", "--json", "--ledger", str(ledger), "--jobs", str(jobs)]
    begun = time.perf_counter()
    before = os.times()
    first, told = begun, -1
    worker: list[float] = []
    parent: list[float] = []
    program = subprocess.Popen(  # noqa: S603 - our own command
        [*command, str(records)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    last = begun
    for line in program.stdout or ():
        if b'"where"' not in line:
            continue
        last = time.perf_counter()
        first = last if told < 0 else first
        told += 1
        if told % _SEEN_EVERY == 0:
            parent += _peak(program.pid)
            worker += [size for child in _children(program.pid) for size in _peak(child)]
    if program.wait() or told < 1:
        raise UsageError(f"`{' '.join(command)}` ended with {program.returncode}; see what it says of these reports.")
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    whole = time.perf_counter() - begun
    return Run(last - first, whole, processor, told, max(parent, default=None), max(worker, default=None))


def _best(runs: Sequence[Run]) -> Run:
    return Run(
        min(run.seconds for run in runs),
        min(run.whole for run in runs),
        min(run.processor for run in runs),
        runs[0].told,
        max((run.parent for run in runs if run.parent is not None), default=None),
        max((run.worker for run in runs if run.worker is not None), default=None),
    )


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return []


def _peak(pid: int) -> list[float]:
    """Return the most memory that a process has held so far, in MB, or nothing where that is not told."""
    with suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
        return [int(found[1]) / 1000] if found else []
    return []
