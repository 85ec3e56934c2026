"""The hall, upstairs: what two sides tell of the same incidents, and how far they agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sayso.export.side_by_side import BOUNDS, COMPARED, Agreement, Compared, Pair, Side
from sayso.incident.spots import kilometres
from sayso.problems import UsageError
from sayso.reconcile import named, tolls
from sayso.reconcile.agreement import alpha

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.events import Dossier, Incident, Kept, Toll

OURS = "all others"
"""What our side is called where it is everybody else."""


def compare(every: Iterable[Dossier], theirs: str, ours: str | None = None, policy: str = "as-said") -> Compared:
    """Set two sides beside each other.

    Args:
        every: The incidents with their claims.
        theirs: The other side: an outlet, which is what an imported data set is, or a source.
        ours: Our side, named in the same way; every claim that is not theirs when left out.
        policy: The counting rule by which each side's claims are counted, apart from the other's.

    Raises:
        UsageError: There is no rule of that name, or nobody is called so.
    """
    rule = named(policy).name
    pairs: list[Pair] = []
    for dossier in every:
        if dossier.incident is not None and dossier.incident.scope == "event":
            pair = _pair(dossier, dossier.incident, theirs, ours, rule)
            if pair.ours or pair.theirs:
                pairs.append(pair)
    for name in (theirs, *([ours] if ours is not None else [])):
        if not any(one.theirs if name == theirs else one.ours for one in pairs):
            raise UsageError(
                f'No claim in these incidents is by an outlet or a source called "{name[:80]}"; give the name in full, '
                'as "sayso incident" shows it.'
            )
    pairs.sort(key=lambda one: (one.incident.date_from or "9999", one.incident.id))
    return Compared(ours or OURS, theirs, rule, pairs, tuple(_agreements(pairs)))


def compare_rules(every: Iterable[Dossier], ours: str, theirs: str) -> Compared:
    """Set two counting rules beside each other over the same claims.

    Args:
        every: The incidents with their claims.
        ours: A rule's name.
        theirs: Another's.

    Raises:
        UsageError: There is no rule of a name, or both are one.
    """
    ours, theirs = named(ours).name, named(theirs).name
    if ours == theirs:
        raise UsageError(f"Both rules are {ours}; name two.")
    pairs: list[Pair] = []
    for dossier in every:
        incident = dossier.incident
        if incident is None or incident.scope != "event":
            continue
        one, other = (_side(dossier.claims, incident, rule, own_best=False) for rule in (ours, theirs))
        if one and other and (one.tolls or other.tolls):
            pairs.append(Pair(incident, one, other))
    pairs.sort(key=lambda one: (one.incident.date_from or "9999", one.incident.id))
    return Compared(ours, theirs, None, pairs, tuple(_agreements(pairs)))


def _pair(dossier: Dossier, incident: Incident, theirs: str, ours: str | None, rule: str) -> Pair:
    of_them = [one for one in dossier.claims if _is_by(one, theirs)]
    of_us = [one for one in dossier.claims if not _is_by(one, theirs) and (ours is None or _is_by(one, ours))]
    one, other = (_side(claims, incident, rule) for claims in (of_us, of_them))
    if one is None or other is None:
        return Pair(incident, one, other)
    km = round(kilometres(one.at, other.at), 1) if one.at and other.at else None
    return Pair(incident, one, other, _days_apart(one, other), km)


def _is_by(kept: Kept, name: str) -> bool:
    """Say whether a claim is by an outlet or a source of a name, as written or as the list of actors has it."""
    names = (kept.report.outlet, kept.claim.source, *((kept.source.id, kept.source.name) if kept.source else ()))
    return name.casefold() in {one.casefold() for one in names if one}


def _side(claims: Sequence[Kept], incident: Incident, rule: str, *, own_best: bool = True) -> Side | None:
    """Return what some claims of an incident come to; None for no claims.

    Args:
        claims: The claims.
        incident: The incident.
        rule: The counting rule.
        own_best: Whether the number that one record settles on beside a range stands.
    """
    if not claims:
        return None
    made = tolls(claims, rule, incident.relations, incident=incident.id)
    wholes = {
        one.harm: _with_own_best(one, claims) if own_best else one
        for one in made
        if one.harm in COMPARED and one.status is None and one.side is None
    }
    days = Counter((one.claim.date_from, one.claim.date_to) for one in claims if one.claim.date_from)
    spots = Counter((one.claim.place, one.claim.lat, one.claim.lon) for one in claims if one.claim.lat is not None)
    # The first of those that are given equally often.
    first, last = max(days, key=lambda day: days[day], default=(None, None))
    place, lat, lon = max(spots, key=lambda spot: spots[spot], default=(None, None, None))
    at = (lat, lon) if lat is not None and lon is not None else None
    return Side(wholes, len({one.report.id for one in claims}), first, last, place, at)


def _with_own_best(toll: Toll, claims: Sequence[Kept]) -> Toll:
    """Return a toll with the number that one record settles on in its own voice beside a range.

    A record of UCDP has a best number and a range around it. A rule sees a range in them, and takes no one number or
    its lower end; but there is one voice here, and it did choose.
    """
    if len({one.report.id for one in claims}) > 1:
        return toll
    decided = [one.claim for one in claims if one.claim.id in toll.decided]
    exact = {
        one.low for one in decided if one.kind in {"count", "zero"} and one.low is not None and one.low == one.high
    }
    if any(one.source for one in decided) or len(exact) != 1:
        return toll
    best = exact.pop()
    inside = (toll.low is None or best >= toll.low) and (toll.high is None or best <= toll.high)
    return replace(toll, best=best) if inside else toll


def _days_apart(one: Side, other: Side) -> int | None:
    spans = [(_day(side.date_from), _day(side.date_to or side.date_from)) for side in (one, other)]
    (first, last), (others_first, others_last) = spans
    if first is None or last is None or others_first is None or others_last is None:
        return None
    return max(0, (first - others_last).days, (others_first - last).days)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _agreements(pairs: Sequence[Pair]) -> Iterator[Agreement]:
    """Yield the agreement on each figure that both sides give of some incident."""
    for harm in COMPARED:
        both = [(one.ours.tolls.get(harm), one.theirs.tolls.get(harm)) for one in pairs if one.ours and one.theirs]
        for bound in BOUNDS:
            values = [(getattr(a, bound), getattr(b, bound)) for a, b in both if a is not None and b is not None]
            known = [(a, b) for a, b in values if a is not None and b is not None]
            if known:
                yield Agreement(harm, bound, len(known), alpha(known, "ratio"))
