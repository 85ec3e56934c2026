"""The hall, upstairs: incidents of a ledger with their claims, tolls and texts, one after another, for exports."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.events import Dossier
from sayso.export.withheld import names_told
from sayso.gathering.asking import dossier, find
from sayso.gathering.dossiers import dossiers as gathered
from sayso.ledger.shelf_incidents import Wanted
from sayso.tolling import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.events import Kept
    from sayso.ledger import Ledger

_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to go out.

    Attributes:
        wanted: Which incidents; every one and totals over periods, and claims that stand in none, when left out.
        ids: Incidents by their ids, the beginnings of them, or ids of claims; these alone where there are any.
        policy: The counting rule; no tolls are worked out when left out.
        with_text: Whether whole texts are wanted.
        names: Whether names of people harmed go out, so that nobody need look for them in other claims.
        closed: Reports by their ids: what rests on one of them does not go out.
    """

    wanted: Wanted | None = None
    ids: tuple[str, ...] = ()
    policy: str | None = None
    with_text: bool = False
    names: bool = False
    closed: frozenset[str] = frozenset()


def dossiers(ledger: Ledger, chosen: Chosen | None = None) -> Iterator[Dossier]:
    """Yield incidents with all that exports want of them; a few are in memory at a time, however many there are.

    Args:
        ledger: The ledger, whose incidents are caught up with.
        chosen: What is to go out; everything when left out, without tolls.

    Raises:
        LedgerError: There is no incident of an id, or several begin so.
        UsageError: There is no rule of that name.
    """
    chosen = chosen or Chosen()
    meant = _meant(ledger, chosen)
    if chosen.closed:
        meant = (found for found in meant if not any(kept.report.id in chosen.closed for kept in found.claims))
    for found in _with_reports(ledger, meant, chosen):
        yield found if chosen.policy is None else counted(found, [chosen.policy])


def _meant(ledger: Ledger, chosen: Chosen) -> Iterator[Dossier]:
    if chosen.ids:
        with ledger.shelf() as shelf:
            names = list(dict.fromkeys(find(shelf, one) for one in chosen.ids))
        yield from (dossier(ledger, name).dossier for name in names)
        return
    if chosen.wanted is not None:
        yield from gathered(ledger, chosen.wanted)
        return
    seen = _Seen()
    for wanted in (Wanted(), Wanted(scope="period")):
        for found in gathered(ledger, wanted):
            seen.add(kept.claim.id for kept in found.claims)
            yield found
    yield from _alone(ledger, seen)


def _alone(ledger: Ledger, seen: _Seen) -> Iterator[Dossier]:
    """Yield the claims that stand in no incident, those of a report together that follow each other."""
    seen.sort()
    waiting: list[Kept] = []
    for kept in ledger.claims(wanted=lambda claim: not seen.has(claim)):
        if waiting and (waiting[-1].report.id != kept.report.id or len(waiting) >= _AT_ONCE):
            yield Dossier(None, tuple(waiting))
            waiting = []
        waiting.append(kept)
    if waiting:
        yield Dossier(None, tuple(waiting))


def _with_reports(ledger: Ledger, every: Iterable[Dossier], chosen: Chosen) -> Iterator[Dossier]:
    """Yield incidents with the texts that are wanted, and with the words for people that their reports name elsewhere.

    These are looked up for many incidents together.
    """
    waiting: list[Dossier] = []
    size = 0
    for found in every:
        if waiting and size + len(found.claims) > _AT_ONCE:
            yield from _looked_up(ledger, waiting, chosen)
            waiting, size = [], 0
        waiting.append(found)
        size += len(found.claims)
    yield from _looked_up(ledger, waiting, chosen)


def _looked_up(ledger: Ledger, group: Sequence[Dossier], chosen: Chosen) -> Iterator[Dossier]:
    reports = list(dict.fromkeys(kept.report.id for found in group for kept in found.claims))
    inside = {kept.claim.id for found in group for kept in found.claims}
    with ledger.shelf() as shelf:
        others = {} if chosen.names else shelf.people_in(reports, inside)
        texts = shelf.texts(reports) if chosen.with_text else {}
    people = defaultdict(list, others)
    if not chosen.names:
        for kept in (kept for found in group for kept in found.claims):
            people[kept.report.id].extend(sorted(names_told(kept)))
    for found in group:
        own = list(dict.fromkeys(kept.report.id for kept in found.claims))
        told = {name for kept in found.claims for name in names_told(kept)} if people else ()
        named = dict.fromkeys(words for report in own for words in people.get(report, ()) if words not in told)
        inner = tuple((report, texts[report]) for report in own if report in texts)
        yield replace(found, texts=inner, named=tuple(named))


class _Seen:
    """Ids that went by, eight bytes each: a million claims take 8 MB."""

    def __init__(self) -> None:
        self._marks = array("Q")

    def add(self, ids: Iterable[str]) -> None:
        self._marks.extend(map(_mark, ids))

    def sort(self) -> None:
        """Sort them where they are: as Python's own numbers they would take seven times as much for a while."""
        import numpy as np

        np.frombuffer(self._marks, dtype=np.uint64).sort()

    def has(self, identity: str) -> bool:
        """Say whether an id is among them, which must be sorted."""
        mark = _mark(identity)
        place = bisect_left(self._marks, mark)
        return place < len(self._marks) and self._marks[place] == mark


def _mark(identity: str) -> int:
    return int.from_bytes(hashlib.sha256(identity.encode("utf-8", "surrogatepass")).digest()[:8])
