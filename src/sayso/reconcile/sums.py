"""Tolls of many incidents added up, without ever adding a total to its parts.

A running total over a week and the attacks of that week count the same people. So incidents that are periods are told
beside the sum and never in it; `overlaps.py` finds the pairs of incidents that may share people.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.events import Toll
from sayso.reconcile.many_ids import ManyIds, SomeOf
from sayso.reconcile.words import counted
from sayso.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.events import Incident, IncidentScope
    from sayso.records import Harm, Status

    Group = tuple[Harm, Status | None, str | None]


@dataclass(frozen=True, slots=True)
class Sum:
    """A toll over several incidents.

    Attributes:
        toll: The sum; its `decided` and `aside` are empty, for each incident's toll has its own.
        incidents: Ids of the incidents that are added, in the order in which they came.
        settled: How many of them have a number that the rule settles on.
        settled_sum: The sum of these numbers alone.
        apart: Tolls of periods, which are not added.
    """

    toll: Toll
    incidents: Sequence[str]
    settled: int
    settled_sum: int
    apart: tuple[Toll, ...] = ()


@dataclass(slots=True)
class _Group:
    """What was added so far of one rule, harm, status and side; of each event no more than its number is kept."""

    policy: str
    version: str
    events: array[int] = field(default_factory=lambda: array("I"))
    lows: list[int] = field(default_factory=lambda: [0, 0])
    bests: list[int] = field(default_factory=lambda: [0, 0])
    highs: list[int] = field(default_factory=lambda: [0, 0])
    periods: list[Toll] = field(default_factory=list)

    def add(self, toll: Toll, event: int) -> None:
        """Add the toll of an event: of each bound how many state it, and what they come to."""
        self.events.append(event)
        for stated, number in ((self.lows, toll.low), (self.bests, toll.best), (self.highs, toll.high)):
            if number is not None:
                stated[0] += 1
                stated[1] += number


class Sums:
    """Adds up the tolls of incidents that come one after another, by rule, harm, status and side."""

    def __init__(self) -> None:
        self._groups: dict[str, dict[Group, _Group]] = {}
        self._ids = ManyIds()
        self._last: tuple[str, int] | None = None

    def add(self, scope: IncidentScope, tolls: Iterable[Toll]) -> None:
        """Add the tolls of an incident of some scope; those of a period stand apart."""
        for toll in tolls:
            groups = self._groups.setdefault(toll.policy, {})
            group = groups.setdefault((toll.harm, toll.status, toll.side), _Group(toll.policy, toll.version))
            if scope == "event":
                group.add(toll, self._number(toll.incident))
            else:
                group.periods.append(toll)

    def _number(self, incident: str) -> int:
        """Return the number of an incident's id; tolls of one incident come together."""
        if self._last is None or self._last[0] != incident:
            self._last = incident, self._ids.add(incident)
        return self._last[1]

    def found(self, policy: str) -> Iterator[Sum]:
        """Yield a sum for each harm, status and side under a rule.

        Its lower bound adds those that are stated, which holds whatever the others are; its best number and its upper
        bound are open as soon as those of one incident are.
        """
        groups = self._groups.get(policy, {})
        ordered = sorted(groups, key=lambda group: (HARMS.index(group[0]), group[1] or "", group[2] or ""))
        for name in ordered:
            yield _sum(name, groups[name], self._ids)


def sums(incidents: Iterable[Incident], tolls: Iterable[Toll]) -> tuple[Sum, ...]:
    """Add up tolls of one rule by harm, status and side.

    Args:
        incidents: The incidents.
        tolls: Their tolls; those of incidents that are not among them are left out.

    Returns:
        What `Sums.found` returns.
    """
    scopes = {one.id: one.scope for one in incidents}
    adding = Sums()
    policy = ""
    for toll in tolls:
        if toll.incident in scopes:
            policy = toll.policy
            adding.add(scopes[toll.incident], [toll])
    return tuple(adding.found(policy))


def _sum(group: Group, found: _Group, ids: ManyIds) -> Sum:
    harm, status, side = group
    number = len(found.events)
    settled, settled_sum = found.bests
    toll = Toll(
        found.policy,
        found.version,
        "",
        harm,
        found.lows[1] if found.lows[0] else None,
        settled_sum if number and settled == number else None,
        found.highs[1] if number and found.highs[0] == number else None,
        status,
        side,
        reason=_reason(number, settled, settled_sum),
        left_open=_left_open(number, number - found.lows[0], number - found.highs[0], len(found.periods)),
    )
    periods = tuple(sorted(found.periods, key=lambda one: one.incident))
    return Sum(toll, SomeOf(ids, found.events), settled, settled_sum, periods)


def _reason(events: int, settled: int, settled_sum: int) -> str:
    of = counted(events, "incident", "incidents")
    if not events:
        return "There is no single incident to add."
    if not settled:
        return f"Added over {of}; the rule settles on one number for none."
    if settled == events:
        return f"Added over {of}."
    what = f"{settled:,} of them, which come to {settled_sum:,}"
    return f"Added over {of}; the rule settles on one number for {what}."


def _left_open(events: int, no_low: int, no_high: int, periods: int) -> tuple[str, ...]:
    said = []
    if no_low and no_low < events:
        said.append(
            f"{counted(no_low, 'incident has', 'incidents have')} no lowest number, so it is at least this many."
        )
    if no_high:
        said.append(f"{counted(no_high, 'incident has', 'incidents have')} no highest number.")
    if periods:
        totals = counted(periods, "running total is", "running totals are")
        said.append(f"{totals} not added, since the single incidents may be in them.")
    return tuple(said)
