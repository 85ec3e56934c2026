"""Which of many incidents may count the same people: pairs that a sum over them should tell.

Incidents come one after another, and of each no more is kept than its place and time and eight bytes a claim.
"""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.events import Incident

_BUCKETS = 16
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
    """Where and when an incident was, as far as its neighbours must know it."""

    id: str
    country: str | None
    region: str | None
    date_from: str | None
    date_to: str | None


class Overlaps:
    """Finds pairs among incidents that come one after another."""

    def __init__(self) -> None:
        self._places: list[_Place] = []
        self._periods: list[int] = []
        self._claims = array("Q")
        self._homes = array("I")
        self._pairs: dict[tuple[int, int], str] = {}
        self._same: dict[str, str] = {}

    def add(self, incident: Incident) -> None:
        """Take an incident."""
        number = len(self._places)
        one = incident
        # The same few words stand for many incidents: each is kept once.
        words = (self._same.setdefault(word, word) if word else None for word in (one.country, one.region))
        days = (self._same.setdefault(day, day) if day else None for day in (one.date_from, one.date_to))
        self._places.append(_Place(one.id, *words, *days))
        if one.scope == "period":
            self._periods.append(number)
        for claim in one.claims:
            self._claims.append(_mark(claim))
            self._homes.append(number)
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
        ordered = sorted(self._places, key=lambda place: place.id)
        every = {self._places[number].id for number in self._periods}
        for period in (place for place in ordered if place.id in every):
            for other in ordered:
                both = other.id in every
                if other.id == period.id or (both and other.id < period.id):
                    continue
                pair = (min(period.id, other.id), max(period.id, other.id))
                if pair not in told and _in_place(period, other) and _in_time(period, other):
                    what = "Both are totals" if both else "It lies"
                    yield Overlap(*pair, f"{what} in the place and time of the total.")

    def _by_claims(self) -> dict[tuple[str, str], str]:
        """Return pairs of incidents by their claims, each with the reason."""
        wanted = {mark for pair in self._pairs for mark in pair}
        homes: dict[int, int] = {}
        told: dict[tuple[str, str], str] = {}
        for mark, home in zip(self._claims, self._homes, strict=True):
            if mark in wanted:
                homes.setdefault(mark, home)
        for bucket in range(_BUCKETS):
            first: dict[int, int] = {}
            for mark, home in zip(self._claims, self._homes, strict=True):
                if mark % _BUCKETS == bucket and first.setdefault(mark, home) != home:
                    self._tell(told, first[mark], home, "They share a claim.")
        for (a, b), reason in self._pairs.items():
            if a in homes and b in homes:
                self._tell(told, homes[a], homes[b], reason)
        return told

    def _tell(self, told: dict[tuple[str, str], str], a: int, b: int, reason: str) -> None:
        one, other = sorted((self._places[a].id, self._places[b].id))
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
