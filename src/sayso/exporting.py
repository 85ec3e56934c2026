"""The hall, upstairs: incidents of a ledger with their claims, tolls and texts, one after another, for exports."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.events import Dossier
from sayso.gathering.asking import dossier, find, listed
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
    """

    wanted: Wanted | None = None
    ids: tuple[str, ...] = ()
    policy: str | None = None
    with_text: bool = False


def dossiers(ledger: Ledger, chosen: Chosen | None = None) -> Iterator[Dossier]:
    """Yield incidents with all that exports want of them; one is in memory at a time.

    Args:
        ledger: The ledger, whose incidents are caught up with.
        chosen: What is to go out; everything when left out, without tolls.

    Raises:
        LedgerError: There is no incident of an id, or several begin so.
        UsageError: There is no rule of that name.
    """
    chosen = chosen or Chosen()
    if chosen.ids:
        with ledger.shelf() as shelf:
            names = list(dict.fromkeys(find(shelf, one) for one in chosen.ids))
        yield from (_whole(ledger, name, chosen) for name in names)
        return
    if chosen.wanted is not None:
        yield from (_whole(ledger, one.incident.id, chosen) for one in listed(ledger, chosen.wanted))
        return
    seen = _Seen()
    for wanted in (Wanted(), Wanted(scope="period")):
        for one in listed(ledger, wanted):
            found = _whole(ledger, one.incident.id, chosen)
            seen.add(kept.claim.id for kept in found.claims)
            yield found
    yield from _alone(ledger, chosen, seen)


def _whole(ledger: Ledger, name: str, chosen: Chosen) -> Dossier:
    """Return one incident with its tolls, its texts, and the words for people that its reports name elsewhere."""
    found = dossier(ledger, name).dossier
    return _with_reports(ledger, found if chosen.policy is None else counted(found, [chosen.policy]), chosen)


def _with_reports(ledger: Ledger, found: Dossier, chosen: Chosen) -> Dossier:
    reports = list(dict.fromkeys(kept.report.id for kept in found.claims))
    with ledger.shelf() as shelf:
        read = shelf.read(reports)
    inside = {kept.claim.id for kept in found.claims}
    others = (kept.claim for report in reports if report in read for kept in read[report].claims)
    named = dict.fromkeys(one.text for one in others if one.kind == "individual" and one.id not in inside)
    texts = tuple((report, read[report].text) for report in reports if report in read) if chosen.with_text else ()
    return replace(found, texts=texts, named=tuple(named))


def _alone(ledger: Ledger, chosen: Chosen, seen: _Seen) -> Iterator[Dossier]:
    """Yield the claims that stand in no incident, those of a report together that follow each other."""
    known = seen.sorted()
    waiting: list[Kept] = []
    for kept in ledger.claims():
        if known.has(kept.claim.id):
            continue
        if waiting and (waiting[-1].report.id != kept.report.id or len(waiting) >= _AT_ONCE):
            yield _with_reports(ledger, Dossier(None, tuple(waiting)), chosen)
            waiting = []
        waiting.append(kept)
    if waiting:
        yield _with_reports(ledger, Dossier(None, tuple(waiting)), chosen)


class _Seen:
    """Ids that went by, eight bytes each: a million claims take 8 MB."""

    def __init__(self, marks: Sequence[int] = ()) -> None:
        self._marks = array("Q", marks)

    def add(self, ids: Iterable[str]) -> None:
        self._marks.extend(map(_mark, ids))

    def sorted(self) -> _Seen:
        return _Seen(sorted(self._marks))

    def has(self, identity: str) -> bool:
        """Say whether an id is among them, which must be sorted."""
        mark = _mark(identity)
        place = bisect_left(self._marks, mark)
        return place < len(self._marks) and self._marks[place] == mark


def _mark(identity: str) -> int:
    return int.from_bytes(hashlib.sha256(identity.encode("utf-8", "surrogatepass")).digest()[:8])
