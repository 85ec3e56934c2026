"""How well claims and reports are put together, and how well the ranges of what was said hold the known numbers.

Grouping is scored over pairs of items that stand together (precision, recall, F1) and by B-cubed (Bagga and Baldwin
1998). An item that stands in no group is a group of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from bench.score_fakes import MainClaim
    from bench.score_gva import Registered
    from sayso.events import Incident
    from sayso.records import Harm

HARMS: tuple[Harm, ...] = ("killed", "injured")


@dataclass(frozen=True, slots=True)
class Grouped:
    """How well items are grouped; shares to four places.

    Attributes:
        items: Items scored.
        gold: Groups they are in by the gold.
        found: Groups that were found.
        precision: Share of the pairs found that are pairs of the gold.
        recall: Share of the gold's pairs that were found.
        f1: Their harmonic mean.
        b_cubed: The F1 of B-cubed.
    """

    items: int
    gold: int
    found: int
    precision: float
    recall: float
    f1: float
    b_cubed: float


@dataclass(frozen=True, slots=True)
class Held:
    """How well the ranges of one harm hold the registry's numbers.

    Attributes:
        share: Share of the incidents whose number lies in the range; an incident without one counts as 0 to 0.
        width: The ranges' mean width.
    """

    share: float
    width: float


def grouped(gold: Sequence[Hashable], found: Sequence[Hashable]) -> Grouped:
    """Score groups.

    Args:
        gold: The group of each item.
        found: The group that was found for it, in the same order.
    """
    both, by_gold, by_found = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    pairs = _pairs(both)
    precision, recall = _share(pairs, _pairs(by_found)), _share(pairs, _pairs(by_gold))
    pure = sum(n * n / by_found[of] for (_, of), n in both.items())
    whole = sum(n * n / by_gold[of] for (of, _), n in both.items())
    return Grouped(
        items=len(gold),
        gold=len(by_gold),
        found=len(by_found),
        precision=round(precision, 4),
        recall=round(recall, 4),
        f1=round(_harmonic(precision, recall), 4),
        b_cubed=round(_harmonic(_share(pure, len(gold)), _share(whole, len(gold))), 4),
    )


def held(registered: Mapping[str, Registered], incidents: Iterable[Incident]) -> dict[Harm, Held]:
    """Score the ranges of the registry's incidents: each has the range of the incident of most of its reports.

    Args:
        registered: What the registry has, by report.
        incidents: What was found.
    """
    of_report = {report: one for one in incidents for report in one.reports}
    reports: dict[str, list[str]] = {}
    for report, gold in registered.items():
        reports.setdefault(gold.incident, []).append(report)
    right: Counter[Harm] = Counter()
    width: Counter[Harm] = Counter()
    for names in reports.values():
        one = _of_most(of_report[name] for name in names if name in of_report)
        number = registered[names[0]]
        for harm in HARMS:
            low, high = _range(one, harm)
            right[harm] += low <= getattr(number, harm) <= high
            width[harm] += high - low
    return {h: Held(_rounded(right[h], len(reports)), _rounded(width[h], len(reports))) for h in HARMS}


def overlapping(main: Iterable[tuple[str, MainClaim]], incidents: Iterable[Incident]) -> dict[str, float]:
    """Score the range of killed of FA-KES's groups of two outlets or more against the span of the recorded totals.

    Args:
        main: Each report's id with what the crowd recorded.
        incidents: What was found; each group has the range of the incident of most of its reports.

    Returns:
        ``groups``; ``overlap``, the share whose ranges have a number in common; ``exact``, the share that are the same.
    """
    of_report = {report: one for one in incidents for report in one.reports}
    groups: dict[str, list[tuple[str, MainClaim]]] = {}
    for report, gold in main:
        groups.setdefault(gold.group, []).append((report, gold))
    told_twice = [rows for rows in groups.values() if len({gold.outlet for _, gold in rows}) > 1]
    overlap = exact = 0
    for rows in told_twice:
        one = _of_most(of_report[name] for name, _ in rows if name in of_report)
        low, high = min(gold.total for _, gold in rows), max(gold.total for _, gold in rows)
        found = _range(one, "killed") if one is not None and "killed" in one.figures else None
        overlap += found is not None and found[0] <= high and found[1] >= low
        exact += found == (low, high)
    number = len(told_twice)
    return {"groups": number, "overlap": _rounded(overlap, number), "exact": _rounded(exact, number)}


def _of_most(incidents: Iterable[Incident]) -> Incident | None:
    """Return the incident that is there most often; of two as often, the one with more claims."""
    found = list(incidents)
    votes = Counter(one.id for one in found)
    return min(found, key=lambda one: (-votes[one.id], -len(one.claims), one.id), default=None)


def _range(incident: Incident | None, harm: Harm) -> tuple[int, int]:
    said = incident.figures.get(harm) if incident is not None else None
    if said is None:
        return 0, 0
    low = said.low or 0
    return low, low if said.high is None else said.high


def _pairs(counts: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _rounded(part: float, whole: int) -> float:
    return round(_share(part, whole), 4)
