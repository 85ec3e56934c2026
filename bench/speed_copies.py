"""How fast reports are compared for copies: adding one at a time, and looking one up among few and among many.

The reports are invented (`bench.printed`), so that the figures can be had anywhere. What is timed is interleaved: each
round adds some to the index and looks some up in the small and in the large index, in turn.
"""

from __future__ import annotations

import os
import resource
import time
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING

from bench.printed import PRINTS, drawing, reports
from sayso.find.copies import Copies

if TYPE_CHECKING:
    from sayso.records import Report

SMALL = 5_000
LARGE = 50_000
_ROUNDS = 9
_PROBES = 100
"""Reports looked up in each round: half of them copies of known ones."""


@dataclass(frozen=True, slots=True)
class CopySpeed:
    """What was timed; seconds are processor time of this one process.

    Attributes:
        reports: How many were added to the large index.
        words: Words in them.
        seconds: Time to make them ready, sketch them, look for copies and add them.
        small: Reports in the small index.
        look_up_small: Time to look one report up there, the median over the rounds.
        look_up_large: The same in the large index.
        found: The share of the copies looked up that were found.
        memory: Bytes that the large index and its reports took in memory.
        load: The machine's one-minute load average before and after.
    """

    reports: int
    words: int
    seconds: float
    small: int
    look_up_small: float
    look_up_large: float
    found: float
    memory: int
    load: tuple[float, float]

    @property
    def per_second(self) -> float:
        """Reports added in a second."""
        return self.reports / self.seconds

    @property
    def ratio(self) -> float:
        """How many times as long a look-up takes among many as among few."""
        return self.look_up_large / self.look_up_small


def measure(small: int = SMALL, large: int = LARGE) -> CopySpeed:
    """Time the index of copies.

    Args:
        small: Reports in the small index.
        large: Reports in the large index, the small one's among them.
    """
    before = os.getloadavg()[0]
    few, many = Copies(), Copies()
    memory = _memory()
    seconds, words = 0.0, 0
    kept: list[Report] = []
    stream = reports(1, large)
    while batch := list(islice(stream, 1_000)):
        words += sum(len(report.text.split()) for report in batch)
        start = time.process_time()
        for report in batch:
            many.add(report)
        seconds += time.process_time() - start
        if len(kept) < small:
            kept += batch[: small - len(kept)]
    memory = _memory() - memory
    for report in kept:
        few.add(report)
    draw = drawing(2)
    ways = [way for way, _ in PRINTS.values()]
    times: dict[bool, list[float]] = {False: [], True: []}
    found = looked = 0
    for number in range(_ROUNDS):
        copies = [draw.choice(ways)(draw, draw.choice(kept)) for _ in range(_PROBES // 2)]
        others = list(reports(100 + number, _PROBES // 2))
        for is_many, index in ((False, few), (True, many)):
            start = time.process_time()
            met = [bool(index.copies_of(report)) for report in (*copies, *others)]
            times[is_many].append((time.process_time() - start) / _PROBES)
            found, looked = found + sum(met[: len(copies)]), looked + len(copies)
    return CopySpeed(
        reports=large,
        words=words,
        seconds=seconds,
        small=small,
        look_up_small=median(times[False]),
        look_up_large=median(times[True]),
        found=found / looked,
        memory=memory,
        load=(before, os.getloadavg()[0]),
    )


def _memory() -> int:
    """Return the most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
