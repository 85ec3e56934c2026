"""How fast reports are grouped from claims that are ready, and what one more costs among few and among many.

With two jobs a second process helps with the batches, as when a ledger catches up with much; one report more is timed
in this process alone.

The reports are invented (`bench.invented_events`), so that the figures can be had anywhere. Some of them are kept back;
what one report more costs is timed with these, in turn: each round adds each of them to a small and to a large
grouping, puts together anew what it touched, and takes them out again.
"""

from __future__ import annotations

import resource
import sys
import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from statistics import mean, median
from typing import TYPE_CHECKING

from bench.invented_events import tellings
from bench.score_incidents import grouped
from sayso.collecting import no_collecting
from sayso.grouping_pool import GroupingPool
from sayso.incident.group import Grouping
from sayso.incident.ready import Alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.incident.told import Told

SMALL = 1_000
_ROUNDS = 3
_PROBES, _EACH = 60, 15
"""Reports that are kept back: so many, or one in so many where that is fewer."""
_BATCH = 1_000
"""Reports after which what they touched is put together anew."""
_MARKS = (1_000, 4_000, 10_000, 20_000, 30_000, 50_000, 70_000, 100_000)
"""Reports after which it is said how far grouping has come, so that a run that is stopped has told something."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far grouping had come after so many reports.

    Attributes:
        reports: How many.
        seconds: Seconds by the clock that grouping took until then.
        own: Processor time of this process.
        beside: Processor time of the process beside it; 0 where there is none.
        memory: The most bytes that this process had held by then.
    """

    reports: int
    seconds: float
    own: float
    beside: float
    memory: int

    @property
    def words(self) -> str:
        """The figures as a line."""
        each = 1000 * self.seconds / self.reports
        told = f"{self.reports:,} reports in {self.seconds:.1f} s ({each:.2f} ms each)"
        return f"{told}, {_processor(self.own, self.beside)}, {self.memory / 2**20:,.0f} MiB"


@dataclass(frozen=True, slots=True)
class GroupSpeed:
    """What was timed.

    Attributes:
        reports_added: How many reports were grouped.
        incidents: How many incidents came of them.
        seconds: Seconds by the clock to part them into stories, compare, keep and group them.
        own: Processor time of that in this process.
        beside: The same in the process beside it; 0 where there is none.
        marks: The same on the way there.
        one_among_few: Processor time to add one report to the small grouping and put together anew what it touches, the
            mean over reports of the median of rounds.
        one_among_many: The same in the large grouping.
        f1: Pairwise F1 of the claims against the events that were invented.
        b_cubed: The F1 of B-cubed.
        memory: Bytes that this process came to hold.
    """

    reports_added: int
    incidents: int
    seconds: float
    own: float
    beside: float
    marks: tuple[Mark, ...]
    one_among_few: float
    one_among_many: float
    f1: float
    b_cubed: float
    memory: int

    @property
    def ratio(self) -> float:
        """How many times as long one report takes among many as among few."""
        return self.one_among_many / self.one_among_few

    @property
    def words(self) -> str:
        """The figures as lines."""
        each = 1000 * self.seconds / self.reports_added
        whole = (
            f"{self.reports_added:,} reports to {self.incidents:,} incidents in {self.seconds:.0f} s ({each:.2f} ms a "
            f"report), {_processor(self.own, self.beside)}, pairwise F1 {self.f1:.3f}, "
            f"B-cubed F1 {self.b_cubed:.3f}, {self.memory / 2**20:,.0f} MiB"
        )
        more = (
            f"one report more, by itself: {1000 * self.one_among_many:.1f} ms, {self.ratio:.2f} times as long as among "
            f"{SMALL:,} ({1000 * self.one_among_few:.1f} ms)"
        )
        return "\n".join([*(mark.words for mark in self.marks), whole, more])


def _processor(own: float, beside: float) -> str:
    return f"processor {own:.1f} s here and {beside:.1f} s beside" if beside else f"processor {own:.1f} s"


@dataclass(slots=True)
class _Watch:
    """What grouping took so far, by the clock and of this process's core."""

    seconds: float = 0.0
    own: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Time what is done meanwhile."""
        clock, core = time.perf_counter(), time.process_time()
        yield
        self.seconds += time.perf_counter() - clock
        self.own += time.process_time() - core


def measure(number: int, small: int = SMALL, rounds: int = _ROUNDS, jobs: int = 1) -> GroupSpeed:
    """Group so many invented reports, in batches, and time what one more costs.

    Args:
        number: Reports in the large grouping.
        small: Reports in the small one.
        rounds: How often one more is timed in each.
        jobs: With two or more a second process helps with the batches.
    """
    large, labels, watch = Grouping(), dict[str, int](), _Watch()
    marks: list[Mark] = []
    kept_back: list[Told] = []
    waiting: list[Told] = []
    with GroupingPool(in_memory=True) if jobs > 1 else nullcontext() as pool:
        for at, (report, of_claim) in enumerate(tellings(1, number), start=1):
            if at % max(_EACH, number // _PROBES) == 0:
                kept_back.append(report)
            else:
                labels.update(of_claim)
                waiting.append(report)
            if at % _BATCH == 0 or at == number:
                with watch.running():
                    _take_in(large, waiting, pool)
                waiting.clear()
            if at in _MARKS and at < number:
                marks.append(Mark(at, round(watch.seconds, 2), round(watch.own, 2), _beside(pool), _memory()))
                print(marks[-1].words, file=sys.stderr, flush=True)
        beside = _beside(pool)
    memory = _memory()
    found = large.incidents()
    of_claim_found = {claim: one.id for one in found for claim in one.claims}
    score = grouped(list(labels.values()), [of_claim_found[claim] for claim in labels])
    few, many = _one_more(large, kept_back, small, rounds)
    return GroupSpeed(
        reports_added=number - len(kept_back),
        incidents=len(found),
        seconds=round(watch.seconds, 2),
        own=round(watch.own, 2),
        beside=beside,
        marks=tuple(marks),
        one_among_few=few,
        one_among_many=many,
        f1=score.f1,
        b_cubed=score.b_cubed,
        memory=memory,
    )


def _beside(pool: GroupingPool | None) -> float:
    return round(pool.seconds, 2) if pool is not None else 0.0


def _one_more(large: Grouping, of_large: Sequence[Told], of_small: int, rounds: int) -> tuple[float, float]:
    """Return what one report costs in a small grouping and in the large one, each among reports of its own kind."""
    small, kept_back = Grouping(), []
    for at, (report, _) in enumerate(tellings(2, of_small)):
        if at % max(_EACH, of_small // _PROBES) == 0:
            kept_back.append(report)
        else:
            small.add(report)
    small.regroup()
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(rounds):
        for few, many in zip(kept_back, of_large, strict=False):
            for name, grouping, report in (("few", small, few), ("many", large, many)):
                times.setdefault((name, report.report.id), []).append(_take_in(grouping, [report]))
        for grouping, reports in ((small, kept_back), (large, of_large)):
            for report in reports:
                grouping.remove(report.report.id)
            grouping.regroup()
    one = {name: mean(median(took) for (of, _), took in times.items() if of == name) for name in ("few", "many")}
    return one["few"], one["many"]


def _take_in(grouping: Grouping, reports: Sequence[Told], pool: GroupingPool | None = None) -> float:
    """Add reports and put together anew what they touched, as a catching up does; returns this process's core time."""
    began = time.process_time()
    helper = pool or Alone()
    with no_collecting():
        grouping.add_all(reports, helper)
        grouping.regroup(helper)
    return time.process_time() - began


def _memory() -> int:
    """Return the most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
