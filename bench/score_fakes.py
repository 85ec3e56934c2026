"""First claims of reports on the Syrian war against FA-KES (Abu Salem and others 2019, ICWSM).

A crowd recorded one main claim a report, so other true claims of a text are not in the gold and precision means
nothing here. Reports of one day and governorate form a group; the range that its outlets span is scored too.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.facts import Fact

CLASSES = {"civilians": "civilian", "noncivilians": "combatant", "children": "child", "women": "woman"}
_WIDEST = 1.25


@dataclass(frozen=True, slots=True)
class MainClaim:
    """What the crowd recorded for one report: people killed by class (`CLASSES`), its group, outlet and governorate."""

    killed: dict[str, int]
    group: str
    outlet: str
    governorate: str = ""

    @property
    def total(self) -> int:
        """Civilians and others together; children and women are among them."""
        return self.killed["civilians"] + self.killed["noncivilians"]


@dataclass(frozen=True, slots=True)
class Recall:
    """How many recorded numbers of one class were read, and how many with the class named right."""

    gold: int
    found: int
    found_with_class: int


@dataclass(frozen=True, slots=True)
class FakesScore:
    """The figures of a set of reports; shares are rounded to four places.

    Attributes:
        docs: Reports scored.
        answered: Reports with a killed fact.
        top1: Share of reports whose first fact is a recorded number (or where both have none).
        headline: Share of reports where some fact is a recorded number (or where both have none).
        facts_per_doc: Killed facts a report, rounded to two places.
        groups: Groups told by two outlets or more.
        range_exact: Of those, groups whose first facts span exactly the recorded range.
        range_overlap: Of those, groups whose first facts span a range that overlaps the recorded one.
        recall: By class of people.
    """

    docs: int
    answered: int
    top1: float
    headline: float
    facts_per_doc: float
    groups: int
    range_exact: int
    range_overlap: int
    recall: dict[str, Recall]


def score(documents: Iterable[tuple[MainClaim, Sequence[Fact]]]) -> FakesScore:
    """Score the facts of reports together, the first fact of each being its main claim."""
    reports = [(gold, [fact for fact in read if fact.effect == "killed"]) for gold, read in documents]
    groups: dict[str, list[tuple[MainClaim, list[Fact]]]] = defaultdict(list)
    for gold, read in reports:
        groups[gold.group].append((gold, read))
    told_twice = [group for group in groups.values() if len({gold.outlet for gold, _ in group}) > 1]
    ranges = [_ranges(group) for group in told_twice]
    docs = len(reports)
    return FakesScore(
        docs=docs,
        answered=sum(bool(read) for _, read in reports),
        top1=_share(sum(_right(gold, read[:1]) for gold, read in reports), docs, 4),
        headline=_share(sum(_right(gold, read) for gold, read in reports), docs, 4),
        facts_per_doc=_share(sum(len(read) for _, read in reports), docs, 2),
        groups=len(told_twice),
        range_exact=sum(read == gold for gold, read in ranges),
        range_overlap=sum(bool(read) and read[0] <= gold[1] and read[1] >= gold[0] for gold, read in ranges),
        recall={name: _recall(reports, name) for name in CLASSES},
    )


def _right(gold: MainClaim, read: Sequence[Fact]) -> bool:
    targets = {gold.killed["civilians"], gold.killed["noncivilians"], gold.total} - {0}
    return any(_meets(fact, number) for fact in read for number in targets) if targets else not read


def _meets(fact: Fact, number: int) -> bool:
    if fact.low == number:
        return True
    return fact.high is not None and fact.low <= number <= fact.high <= _WIDEST * number


def _ranges(group: Sequence[tuple[MainClaim, list[Fact]]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the recorded range and the range of the first facts, empty where no report has one."""
    totals = [gold.total for gold, _ in group]
    firsts = [read[0].low for _, read in group if read]
    return (min(totals), max(totals)), (min(firsts), max(firsts)) if firsts else ()


def _recall(reports: Sequence[tuple[MainClaim, list[Fact]]], name: str) -> Recall:
    found = [[fact for fact in read if _meets(fact, gold.killed[name])] for gold, read in reports if gold.killed[name]]
    with_class = sum(any(fact.who == CLASSES[name] for fact in facts) for facts in found)
    return Recall(len(found), sum(map(bool, found)), with_class)


def _share(part: int, whole: int, places: int) -> float:
    return round(part / whole, places) if whole else 0.0
