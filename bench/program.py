"""The program itself, run in this process (or several like it) over reports."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import track

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.records import Report


def read_one(report: Report, *, attributions: bool = False) -> str:
    """Read one report and return its line of ``sayso read --format jsonl``."""
    from sayso.export.jsonl import line
    from sayso.pipeline import read_report

    return line(read_report(report, attributions=attributions))


def read_all(reports: Sequence[Report], *, attributions: bool = False, jobs: int = 1) -> list[str]:
    """Read reports and return their lines, in the order given, with a bar on standard error where that is a screen.

    Args:
        reports: What to read.
        attributions: Ask for who said what in the whole text.
        jobs: How many processes read.
    """
    read = partial(read_one, attributions=attributions)
    if jobs == 1:
        return _watched(map(read, reports), len(reports))
    # Spawned, not forked: a forked child inherits the locks of the parent's threads.
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        return _watched(pool.map(read, reports, chunksize=4), len(reports))


def _watched(lines: Iterable[str], total: int) -> list[str]:
    screen = Console(stderr=True)
    return list(
        track(lines, "reading", total=total, console=screen, transient=True, disable=not screen.is_terminal),
    )
