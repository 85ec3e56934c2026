"""How fast the program reads, in one process, and how long it takes to start."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.program import read_one
from sayso.claim.dates import find_times
from sayso.claim.places import find_places
from sayso.claim.sentences import split
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sayso.records import Report

RUNS = 5
SHORT = (
    "At least seven people were killed and 19 wounded when a market in the river town of Tarsenik was shelled on "
    "Tuesday, the regional health office said.\n"
)


@dataclass(frozen=True, slots=True)
class Speed:
    """What was timed; seconds are medians, by the clock on the wall but for `settings`.

    Attributes:
        runs: How often each thing was timed.
        reports: Reports in the folder.
        characters: Characters in them.
        seconds: Time to read all of them and write their lines, everything being loaded.
        slowest: The longest of the runs.
        first: Time to read one report for the first time, the loading of libraries and word lists included.
        yardstick: Time to cut the same texts into words with the standard library, to compare machines by.
        cold_help: Time of ``sayso --help`` as a command.
        cold_read: Time of ``sayso read`` on one short text as a command.
        sentences: Sentences in them.
        settings: Processor time to find all days and places in them, everything being loaded.
        load: The machine's one-minute load average before and after, None where it keeps none.
    """

    runs: int
    reports: int
    characters: int
    seconds: float
    slowest: float
    first: float
    yardstick: float
    cold_help: float
    cold_read: float
    sentences: int
    settings: float
    load: tuple[float | None, float | None]

    @property
    def reports_per_second(self) -> float:
        """Reports read in a second."""
        return self.reports / self.seconds

    @property
    def settings_per_second(self) -> float:
        """Sentences in which days and places are found in a second."""
        return self.sentences / self.settings

    @property
    def characters_per_second(self) -> float:
        """Characters read in a second."""
        return self.characters / self.seconds


def measure(reports: Sequence[Report]) -> Speed:
    """Time the program on reports.

    Raises:
        UsageError: The command ``sayso`` is not installed beside this Python.
    """
    command = _command()
    before = _load()
    first = _seconds(lambda: read_one(reports[0]))
    reading = [_seconds(lambda: [read_one(report) for report in reports]) for _ in range(RUNS)]
    setting = [_cpu_seconds(lambda: [_find_settings(report) for report in reports]) for _ in range(RUNS)]
    cutting = [_seconds(lambda: [re.findall(r"\w+", report.text) for report in reports]) for _ in range(RUNS)]
    with tempfile.TemporaryDirectory() as folder:
        short = Path(folder, "short.txt")
        short.write_text(SHORT, encoding="utf-8")
        kept = _compiled(folder)
        for arguments in (["--help"], ["read", str(short)]):
            _run(command, *arguments, kept=kept)
        asking = [_seconds(lambda: _run(command, "--help", kept=kept)) for _ in range(RUNS)]
        starting = [_seconds(lambda: _run(command, "read", str(short), kept=kept)) for _ in range(RUNS)]
    return Speed(
        runs=RUNS,
        reports=len(reports),
        characters=sum(len(report.text) for report in reports),
        seconds=median(reading),
        slowest=max(reading),
        first=first,
        yardstick=median(cutting),
        cold_help=median(asking),
        cold_read=median(starting),
        sentences=sum(len(split(report.text)) for report in reports),
        settings=median(setting),
        load=(before, _load()),
    )


def _find_settings(report: Report) -> int:
    """Find all days and places of a report, and return how many there are."""
    return len(find_times(report.text, report.day)) + len(find_places(report.text, outlet=report.outlet))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _command() -> str:
    beside = Path(sys.executable).with_name("sayso")
    command = str(beside) if beside.exists() else shutil.which("sayso")
    if command is None:
        raise UsageError("The command `sayso` is not installed beside this Python; install the project first.")
    return command


def _compiled(folder: str) -> dict[str, str]:
    """Return an environment in which Python finds its bytecode, as it does after an installation by pip."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept if len(kept) == len(os.environ) else {**kept, "PYTHONPYCACHEPREFIX": str(Path(folder, "bytecode"))}


def _run(command: str, *arguments: str, kept: dict[str, str]) -> None:
    done = subprocess.run([command, *arguments], capture_output=True, check=False, env=kept)  # noqa: S603 - our own
    if done.returncode:
        raise UsageError(f"`sayso {' '.join(arguments)}` ended with {done.returncode}: {done.stderr.decode()[-300:]}")


def _load() -> float | None:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None
