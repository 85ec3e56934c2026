"""`sayso scale read` with one Ray worker, with several, and `sayso add --jobs` beside them: the same work, in turns.

All three put the same reports into fresh ledgers. What is measured lies between two marks, so that starting is left
out: when as many reports are done as there are in one part for each worker, and when all are in the ledger. There are
two measures, since the machine is seldom idle: the clock, and the processor time of the command with all processes
below it, Ray's own among them.
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
_PARTS_EACH = 8
"""Parts that each of several workers gets."""
_LOOK = 0.25
"""Seconds between looks at the processor time while a command runs."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run, between its marks.

    Attributes:
        seconds: By the clock.
        processor: Seconds of processor time of all processes.
        reports: Reports that were done between the marks.
        whole: By the clock, the whole command.
        peak: The most memory that a worker held, in MB, its share of libraries counted in full.
        share: The same with what several processes hold together divided among them.
    """

    seconds: float
    processor: float
    reports: int
    whole: float
    peak: float
    share: float


@dataclass(frozen=True, slots=True)
class RaySpeed:
    """The best of the turns of each kind of run.

    Attributes:
        workers: How many were several.
        reports: How many reports each run added.
        turns: How many turns there were.
        one: Ray with one worker.
        several: Ray with several.
        pool: `sayso add` with as many processes.
        load: One-minute load averages before and after.
    """

    workers: int
    reports: int
    turns: int
    one: Run
    several: Run
    pool: Run
    load: tuple[float, float]

    @property
    def by_the_clock(self) -> float:
        """How many times as many reports several workers read in a second."""
        return _rate(self.several) / _rate(self.one)

    @property
    def cost_by_the_clock(self) -> float:
        """How many times as long Ray takes as the local pool."""
        return _rate(self.pool) / _rate(self.several)

    @property
    def cost(self) -> float:
        """How many times as much processor time Ray takes as the local pool."""
        return _each(self.several) / _each(self.pool)

    @property
    def words(self) -> str:
        """What was found, for people."""
        lines = [
            f"{self.reports} reports a run, best of {self.turns} turns, load {self.load[0]:.1f} to {self.load[1]:.1f}"
        ]
        runs = {"Ray, 1 worker": self.one, f"Ray, {self.workers} workers": self.several}
        for name, run in (*runs.items(), (f"--jobs {self.workers}", self.pool)):
            memory = f"; a worker {run.peak:.0f} MB at most, {run.share:.0f} MB as its share" if run.peak else ""
            lines.append(
                f"{name}: {_rate(run):.1f} reports/s, {1000 * _each(run):.1f} ms of processor time a report; "
                f"the whole command {run.whole:.1f} s{memory}"
            )
        lines.append(f"{self.workers} workers against one: {self.by_the_clock:.2f} times by the clock")
        lines.append(
            f"Ray against --jobs: {self.cost_by_the_clock:.2f} times by the clock, {self.cost:.2f} processor time"
        )
        return "\n".join(lines)


def measure(reports: Sequence[Report], workers: int, turns: int = TURNS) -> RaySpeed:
    """Add reports by Ray and by the local pool, in turns.

    Args:
        reports: The reports; each part has the same number, and those that are left over are left out.
        workers: How many workers are several.
        turns: How often each kind of run is done.

    Raises:
        UsageError: There are too few reports, or a run did not do it.
    """
    load = os.getloadavg()[0]
    parts = _PARTS_EACH * workers
    each = len(reports) // parts
    if workers < 2 or not each:
        raise UsageError(f"This takes two workers or more, and {parts} reports for so many; give more reports.")
    with tempfile.TemporaryDirectory() as folder:
        for part in range(parts):
            some = reports[part * each : (part + 1) * each]
            rows = [{"id": one.id, "text": one.text, "outlet": one.outlet, "published": one.published} for one in some]
            records = Path(folder, "in", f"{part:04}.jsonl")
            records.parent.mkdir(exist_ok=True)
            records.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        kinds = {
            "one": ["scale", "read", "--workers", "1", "--to"],
            "several": ["scale", "read", "--workers", str(workers), "--to"],
            "pool": ["add", "--jobs", str(workers)],
        }
        runs: dict[str, list[Run]] = {kind: [] for kind in kinds}
        for turn in range(turns):
            # Whoever comes first in one turn comes last in the next.
            for kind in sorted(kinds, reverse=bool(turn % 2)):
                made = Path(folder, f"{kind}-{turn}")
                command = [*kinds[kind], *([str(made)] if kind != "pool" else [])]
                first = each * (1 if kind == "one" else workers)
                runs[kind].append(_run(command, Path(folder, "in"), made, first))
    best = {kind: _best(found) for kind, found in runs.items()}
    after = os.getloadavg()[0]
    return RaySpeed(workers, each * parts, turns, best["one"], best["several"], best["pool"], (load, after))


def _run(command: list[str], records: Path, made: Path, first: int) -> Run:
    """Run one command; the marks are the time when `first` reports are done, and the sum at its end."""
    ledger = made.with_suffix(".sayso")
    Ledger.create(ledger).close()
    whole = [sys.executable, "-m", "sayso", *command, "--json", "--ledger", str(ledger), str(records)]
    begun = time.perf_counter()
    program = subprocess.Popen(whole, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command
    done, at_first = 0, 0
    marks: list[tuple[float, float]] = []
    memory = [(0.0, 0.0)]
    used, looked = 0.0, begun
    for line in program.stdout or ():
        told = json.loads(line)
        if "where" in told:
            done += int(told.get("reports", 1))
            if time.perf_counter() - looked > _LOOK:
                # Ray's processes may be gone at the last mark, and with them what they used.
                used, looked = max(used, _processor(program.pid)), time.perf_counter()
            memory += [found for process in _readers(made) if (found := _memory(process))]
        if ("where" in told and not marks and done >= first) or "where" not in told:
            marks.append((time.perf_counter(), max(used, _processor(program.pid))))
            at_first = at_first or done
    if program.wait() or len(marks) < 2:
        raise UsageError(f"`{' '.join(whole)}` ended with {program.returncode}; see what it says of these reports.")
    (start, before), (end, after) = marks[0], marks[-1]
    peak, share = (max(found) for found in zip(*memory, strict=True))
    return Run(end - start, after - before, done - at_first, time.perf_counter() - begun, peak, share)


def _best(runs: Sequence[Run]) -> Run:
    return Run(
        min(run.seconds for run in runs),
        min(run.processor for run in runs),
        runs[0].reports,
        min(run.whole for run in runs),
        max(run.peak for run in runs),
        max(run.share for run in runs),
    )


def _rate(run: Run) -> float:
    return run.reports / run.seconds


def _each(run: Run) -> float:
    return run.processor / run.reports


def _readers(folder: Path) -> set[int]:
    """Return the processes that are reading a part."""
    found: set[int] = set()
    for notes in folder.glob("trying/*"):
        with suppress(OSError):
            found.update(int(one) for one in re.findall(r"^begun by .* (\d+)$", notes.read_text("utf-8"), re.MULTILINE))
    return found


def _memory(process: int) -> tuple[float, float] | None:
    """Return the most memory that a process has held, and its share of what it holds now, in MB."""
    with suppress(OSError):
        most = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(encoding="ascii"))
        share = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text("ascii"), re.MULTILINE)
        return (int(most[1]) / 1000, int(share[1]) / 1000) if most and share else None
    return None


def _processor(program: int) -> float:
    """Return the seconds of processor time that a program has used, with all that runs or ran below it."""
    fields: dict[int, list[str]] = {}
    for one in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields[int(one.name)] = (one / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
    family, size = {program}, 0
    while size != len(family):
        size = len(family)
        family |= {one for one, found in fields.items() if int(found[1]) in family}
    # Own time and that of children that ended, for the user and in the kernel.
    ticks = sum(int(time) for one in family if one in fields for time in fields[one][11:15])
    return ticks / os.sysconf("SC_CLK_TCK")
