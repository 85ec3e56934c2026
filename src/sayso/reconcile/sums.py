"""Tolls of many incidents added up, without ever adding a total to its parts.

A running total over a week and the attacks of that week count the same people. So incidents that are periods are told
beside the sum and never in it, and so is every pair of incidents that may share people.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.events import Toll
from sayso.reconcile.figures import Figure, added
from sayso.reconcile.words import counted
from sayso.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.events import Incident
    from sayso.records import Harm, Status

    Group = tuple[Harm, Status | None, str | None]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two incidents that may count the same people.

    Attributes:
        one: An incident's id.
        other: Another's.
        reason: Why, as a sentence.
    """

    one: str
    other: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A toll over several incidents.

    Attributes:
        toll: The sum; its `decided` and `aside` are empty, for each incident's toll has its own.
        incidents: Ids of the incidents that are added.
        settled: How many of them have a number that the rule settles on.
        settled_sum: The sum of these numbers alone.
        apart: Tolls of periods, which are not added.
    """

    toll: Toll
    incidents: tuple[str, ...]
    settled: int
    settled_sum: int
    apart: tuple[Toll, ...] = ()


def sums(incidents: Iterable[Incident], tolls: Iterable[Toll]) -> tuple[Sum, ...]:
    """Add up tolls of one rule by harm, status and side.

    Args:
        incidents: The incidents.
        tolls: Their tolls; those of incidents that are not among them are left out.

    Returns:
        A sum for each harm, status and side. Its lower bound adds those that are stated, which holds whatever the
        others are; its best number and its upper bound are open as soon as those of one incident are.
    """
    known = {one.id: one for one in incidents}
    of_group: defaultdict[Group, list[Toll]] = defaultdict(list)
    for toll in tolls:
        if toll.incident in known:
            of_group[toll.harm, toll.status, toll.side].append(toll)
    ordered = sorted(of_group, key=lambda group: (HARMS.index(group[0]), group[1] or "", group[2] or ""))
    return tuple(_sum(group, sorted(of_group[group], key=lambda one: one.incident), known) for group in ordered)


def _sum(group: Group, tolls: Sequence[Toll], known: dict[str, Incident]) -> Sum:
    events = [one for one in tolls if known[one.incident].scope == "event"]
    periods = tuple(one for one in tolls if known[one.incident].scope == "period")
    harm, status, side = group
    figure = added(Figure(one.low, one.high) for one in events)
    bests = [one.best for one in events if one.best is not None]
    whole = bool(events) and len(bests) == len(events)
    toll = Toll(
        tolls[0].policy,
        tolls[0].version,
        "",
        harm,
        figure.low,
        sum(bests) if whole else None,
        figure.high,
        status,
        side,
        reason=_reason(events, bests),
        left_open=_left_open(events, periods),
    )
    return Sum(toll, tuple(one.incident for one in events), len(bests), sum(bests), periods)


def _reason(events: Sequence[Toll], bests: Sequence[int]) -> str:
    of = counted(len(events), "incident", "incidents")
    if not events:
        return "There is no single incident to add."
    if not bests:
        return f"Added over {of}; the rule settles on one number for none."
    if len(bests) == len(events):
        return f"Added over {of}."
    settled = f"{len(bests):,} of them, which come to {sum(bests):,}"
    return f"Added over {of}; the rule settles on one number for {settled}."


def _left_open(events: Sequence[Toll], periods: Sequence[Toll]) -> tuple[str, ...]:
    said = []
    no_low = sum(one.low is None for one in events)
    no_high = sum(one.high is None for one in events)
    if no_low and no_low < len(events):
        said.append(
            f"{counted(no_low, 'incident has', 'incidents have')} no lowest number, so it is at least this many."
        )
    if no_high:
        said.append(f"{counted(no_high, 'incident has', 'incidents have')} no highest number.")
    if periods:
        totals = counted(len(periods), "running total is", "running totals are")
        said.append(f"{totals} not added, since the single incidents may be in them.")
    return tuple(said)


def overlaps(incidents: Iterable[Incident]) -> tuple[Overlap, ...]:
    """Find pairs of incidents that may count the same people.

    Args:
        incidents: The incidents, in any order.

    Returns:
        Pairs in the order of their ids: incidents that share a claim or wait for a person to say whether they are one,
        claims that include those of another incident, and periods with what lies in their country and time.
    """
    every = sorted(incidents, key=lambda one: one.id)
    found: dict[tuple[str, str], str] = {}
    for a, b, reason in (*_by_claims(every), *_by_time(every)):
        if a != b:
            found.setdefault((min(a, b), max(a, b)), reason)
    return tuple(Overlap(a, b, reason) for (a, b), reason in sorted(found.items()))


def _by_claims(incidents: Sequence[Incident]) -> Iterable[tuple[str, str, str]]:
    home: dict[str, str] = {}
    for one in incidents:
        for claim in one.claims:
            if claim in home:
                yield home[claim], one.id, "They share a claim."
            home.setdefault(claim, one.id)
    for one in incidents:
        for relation in one.relations:
            if relation.kind == "includes" and relation.claim in home and relation.other in home:
                yield home[relation.claim], home[relation.other], "A total in the one includes the other."
        for join in one.joins:
            if join.proposed and join.a in home and join.b in home:
                yield home[join.a], home[join.b], "They may be one event; a person has yet to say."


def _by_time(incidents: Sequence[Incident]) -> Iterable[tuple[str, str, str]]:
    for period in incidents:
        if period.scope != "period":
            continue
        for other in incidents:
            if other.id != period.id and _in_place(period, other) and _in_time(period, other):
                what = "Both are totals" if other.scope == "period" else "It lies"
                yield period.id, other.id, f"{what} in the place and time of the total."


def _in_place(period: Incident, other: Incident) -> bool:
    """Say whether two incidents may lie in one place: nothing that is known of both speaks against it."""
    if period.country and other.country and period.country != other.country:
        return False
    return not (period.region and other.region and period.region != other.region)


def _in_time(period: Incident, other: Incident) -> bool:
    """Say whether two stretches of days may touch; where a day is not known, they may."""
    starts_after = bool(period.date_from and other.date_to and other.date_to < period.date_from)
    ends_before = bool(period.date_to and other.date_from and other.date_from > period.date_to)
    return not (starts_after or ends_before)
