"""Which of many incidents may count the same people: pairs that a sum over them should tell.

Incidents come one after another, and of each no more is kept than its id, some numbers for its place and time, and
eight bytes a claim.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sayso.reconcile.many_ids import ManyIds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.events import Incident

_BUCKETS = 32
"""Parts in which claims are looked through for any that stands in two incidents, so that few are held at once."""


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


class _Place(NamedTuple):
    """Where and when an incident was, as far as its neighbours must know it; empty for what is not known."""

    country: str
    region: str
    date_from: str
    date_to: str


class Overlaps:
    """Finds pairs among incidents that come one after another."""

    def __init__(self) -> None:
        self._ids = ManyIds()
        self._periods: list[int] = []
        # The same few words and days stand for many incidents: each is kept once, and its number for every incident.
        self._words: dict[str, int] = {}
        self._places = array("I")
        self._claims = array("Q")
        self._ends = array("Q")
        self._pairs: dict[tuple[int, int], str] = {}

    def add(self, incident: Incident) -> None:
        """Take an incident."""
        one = incident
        number = self._ids.add(one.id)
        place = _Place(one.country or "", one.region or "", one.date_from or "", one.date_to or "")
        self._places.extend(self._words.setdefault(word, len(self._words)) for word in place)
        if one.scope == "period":
            self._periods.append(number)
        self._claims.extend(map(_mark, one.claims))
        self._ends.append(len(self._claims))
        for relation in one.relations:
            if relation.kind == "includes":
                pair = _mark(relation.claim), _mark(relation.other)
                self._pairs.setdefault(pair, "A total in the one includes the other.")
        for join in one.joins:
            if join.proposed:
                self._pairs.setdefault(
                    (_mark(join.a), _mark(join.b)), "They may be one event; a person has yet to say."
                )

    def found(self) -> Iterator[Overlap]:
        """Yield pairs, each once.

        First incidents that share a claim, have claims of which one includes the other, or wait for a person to say
        whether they are one; then periods with what lies in their country and time.
        """
        told = self._by_claims()
        for (a, b), reason in sorted(told.items()):
            yield Overlap(a, b, reason)
        if not self._periods:
            return
        words = list(self._words)
        every = set(self._periods)
        ordered = array("I", sorted(range(len(self._ids)), key=self._ids.__getitem__))
        for period in (number for number in ordered if number in every):
            name, where = self._ids[period], self._place(period, words)
            for number in ordered:
                both = number in every
                other = self._place(number, words)
                if number == period or not (_in_place(where, other) and _in_time(where, other)):
                    continue
                one = self._ids[number]
                pair = (min(name, one), max(name, one))
                if pair not in told and not (both and one < name):
                    what = "Both are totals" if both else "It lies"
                    yield Overlap(*pair, f"{what} in the place and time of the total.")

    def _place(self, number: int, words: list[str]) -> _Place:
        size = len(_Place._fields)
        return _Place(*(words[one] for one in self._places[number * size : (number + 1) * size]))

    def _by_claims(self) -> dict[tuple[str, str], str]:
        """Return pairs of incidents by their claims, each with the reason."""
        import numpy as np

        told: dict[tuple[str, str], str] = {}
        if not self._claims:
            return told
        marks = np.frombuffer(self._claims, dtype=np.uint64)
        buckets = marks.view(np.uint8)[:: marks.itemsize] % _BUCKETS
        for bucket in range(_BUCKETS):
            places = np.flatnonzero(buckets == bucket)
            order = places[np.argsort(marks[places], kind="stable")]
            again = np.flatnonzero(marks[order[1:]] == marks[order[:-1]])
            first = last = -2
            for at in map(int, again):
                # Places of one claim follow each other, as they came.
                first = first if at == last + 1 else int(order[at])
                last = at
                self._tell(told, first, int(order[at + 1]), "They share a claim.")
        wanted = np.unique(np.fromiter((mark for pair in self._pairs for mark in pair), dtype=np.uint64))
        homes: dict[int, int] = {}
        for place in np.flatnonzero(np.isin(marks, wanted)) if len(wanted) else ():
            homes.setdefault(int(marks[place]), int(place))
        for (a, b), reason in self._pairs.items():
            if a in homes and b in homes:
                self._tell(told, homes[a], homes[b], reason)
        return told

    def _tell(self, told: dict[tuple[str, str], str], a: int, b: int, reason: str) -> None:
        """Tell of the incidents of two claims, by the places at which the claims came."""
        one, other = sorted(self._ids[bisect_right(self._ends, place)] for place in (a, b))
        if one != other:
            told.setdefault((one, other), reason)


def overlaps(incidents: Iterable[Incident]) -> tuple[Overlap, ...]:
    """Find pairs of incidents that may count the same people.

    Args:
        incidents: The incidents, in any order.

    Returns:
        Pairs in the order of `Overlaps.found`.
    """
    finding = Overlaps()
    for one in incidents:
        finding.add(one)
    return tuple(finding.found())


def _mark(claim: str) -> int:
    return int.from_bytes(hashlib.blake2b(claim.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _in_place(period: _Place, other: _Place) -> bool:
    """Say whether two incidents may lie in one place: nothing that is known of both speaks against it."""
    if period.country and other.country and period.country != other.country:
        return False
    return not (period.region and other.region and period.region != other.region)


def _in_time(period: _Place, other: _Place) -> bool:
    """Say whether two stretches of days may touch; where a day is not known, they may."""
    starts_after = bool(period.date_from and other.date_to and other.date_to < period.date_from)
    ends_before = bool(period.date_to and other.date_from and other.date_from > period.date_to)
    return not (starts_after or ends_before)
