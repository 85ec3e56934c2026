"""How fast reports are grouped, one at a time, from claims that are ready, and what one costs among few and among many.

The reports are invented (`bench.invented_events`), so that the figures can be had anywhere. What one report costs is
timed in turn: each round adds the same reports to a small and to a large grouping, puts together anew what they
touched, and takes them out again.
"""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass, replace
from statistics import median

from bench.invented_events import tellings
from bench.score_incidents import grouped
from sayso.incident.group import Grouping
from sayso.incident.told import Told

SMALL = 1_000
_ROUNDS = 7
_PROBES = 10
_BATCH = 1_000
"""Reports after which what they touched is put together anew."""


@dataclass(frozen=True, slots=True)
class GroupSpeed:
    """What was timed; seconds are processor time of this one process.

    Attributes:
        reports_added: How many reports were grouped.
        incidents: How many incidents came of them.
        seconds: Time to part them into stories, compare, keep and group them.
        one_among_few: Time to add one report to the small grouping and put it together anew, the median of rounds.
        one_among_many: The same in the large grouping.
        f1: Pairwise F1 of the claims against the events that were invented.
        memory: Bytes that the program came to hold.
    """

    reports_added: int
    incidents: int
    seconds: float
    one_among_few: float
    one_among_many: float
    f1: float
    memory: int

    @property
    def ratio(self) -> float:
        """How many times as long one report takes among many as among few."""
        return self.one_among_many / self.one_among_few

    @property
    def words(self) -> str:
        """The figures as a sentence."""
        return (
            f"{self.reports_added:,} reports to {self.incidents:,} incidents in {self.seconds:.0f} s of one core "
            f"({1000 * self.seconds / self.reports_added:.2f} ms a report), pairwise F1 {self.f1:.3f}, "
            f"{self.memory / 2**20:,.0f} MiB; one report more takes {self.ratio:.2f} times as long as among {SMALL:,}"
        )


def measure(number: int, small: int = SMALL, rounds: int = _ROUNDS) -> GroupSpeed:
    """Group so many invented reports, in batches, and time what one more costs.

    Args:
        number: Reports in the large grouping.
        small: Reports in the small one.
        rounds: How often one more is timed in each.
    """
    large, labels, seconds = Grouping(), {}, 0.0
    for at, (report, of_claim) in enumerate(tellings(1, number), start=1):
        labels.update(of_claim)
        began = time.process_time()
        large.add(report)
        if at % _BATCH == 0 or at == number:
            large.regroup()
        seconds += time.process_time() - began
    found = large.incidents()
    of_claim_found = {claim: one.id for one in found for claim in one.claims}
    score = grouped(list(labels.values()), [of_claim_found[claim] for claim in labels])
    few, many = _one_more(large, number, small, rounds)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return GroupSpeed(number, len(found), round(seconds, 2), few, many, score.f1, memory)


def _one_more(large: Grouping, number: int, of_small: int, rounds: int) -> tuple[float, float]:
    """Return what one report costs in a small grouping and in the large one, each among reports of its own kind."""
    small = Grouping()
    for report, _ in tellings(2, of_small):
        small.add(report)
    small.regroup()
    # Of each kind reports that tell of known events: the last of those that were added, under another name.
    probes = {
        "few": [_renamed(report) for report, _ in tellings(2, of_small)][-_PROBES:],
        "many": [_renamed(report) for report, _ in tellings(1, number)][-_PROBES:],
    }
    times: dict[str, list[float]] = {"few": [], "many": []}
    for _ in range(rounds):
        for name, grouping in (("few", small), ("many", large)):
            began = time.process_time()
            for report in probes[name]:
                grouping.add(report)
                grouping.regroup()
            times[name].append((time.process_time() - began) / _PROBES)
            for report in probes[name]:
                grouping.remove(report.report.id)
            grouping.regroup()
    return median(times["few"]), median(times["many"])


def _renamed(told: Told) -> Told:
    report = replace(told.report, id=f"{told.report.id}-again", voice=f"{told.report.id}-again")
    claims = tuple(
        replace(kept, report=report, claim=replace(kept.claim, id=f"{kept.claim.id}-again")) for kept in told.claims
    )
    return Told(report, claims, told.text)
