"""Totals over several events and a stretch of time: they belong to no single event, but to an area and a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.events import Incident, Range
from sayso.incident.describe import in_order, incident_id
from sayso.incident.figures import asserted
from sayso.incident.names import with_name
from sayso.incident.relations import relations
from sayso.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.events import Kept
    from sayso.records import Claim

_TOWN = 3
"""UCDP's ``where_prec`` up to which a place is a town or about one."""


def period_key(kept: Kept) -> str:
    """Return the area and the beginning of what a total covers, as far as its words say, and when it is told: its key.

    Totals with one key go together. They are told in one year, since those "since the war began" would otherwise be
    more from year to year. One that says no beginning goes with those told of its area in the same month.
    """
    claim = kept.claim
    match = claim.place_match
    exact = (claim.place_prec or 9) <= _TOWN
    area = (match.town if match and exact else None) or (match.region if match else None) or claim.place or ""
    since = (claim.date_from or "")[:7]
    published = kept.report.published or ""
    when = f"{since} told {published[:4]}" if since else f"told {published[:7]}"
    return f"{claim.country or ''}|{area.casefold()}|{when}"


def period(claims: Sequence[Kept]) -> Incident:
    """Describe the totals of one area and period; none of them says anything of a single event."""
    ordered = in_order(claims)
    first = ordered[0].claim
    days = sorted(day for kept in ordered for day in (kept.claim.date_from, kept.claim.date_to) if day)
    one = Incident(
        id=incident_id(ordered),
        name="",
        scope="period",
        date_from=days[0] if days else None,
        date_to=days[-1] if days else None,
        date_prec=5 if days else None,
        place=first.place,
        place_id=first.place_id,
        place_prec=first.place_prec,
        region=first.place_match.region if first.place_match else None,
        country=first.country,
        lat=first.lat,
        lon=first.lon,
        claims=tuple(kept.claim.id for kept in ordered),
        figures={
            harm: _range(said) for harm in HARMS if (said := [c for c in asserted(ordered, harm) if c.low is not None])
        },
        relations=tuple(relations([[kept] for kept in ordered], whole=False)),
    )
    return with_name(one, ordered)


def _range(said: Sequence[Claim]) -> Range:
    most = max(claim.high or claim.low or 0 for claim in said)
    more = any(claim.high is None and (claim.low or 0) >= most for claim in said)
    return Range(min(claim.low or 0 for claim in said), most, more)
