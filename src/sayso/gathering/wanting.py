"""What people ask of a list of incidents in words and numbers, as the shelf looks it up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sayso.gathering.row import CONTESTED, box_terms, party_terms, place_terms
from sayso.ledger.shelf_incidents import Wanted
from sayso.problems import UsageError
from sayso.records import HARMS

if TYPE_CHECKING:
    from sayso.ledger.shelf_incidents import Sort

Box = tuple[float, float, float, float]


def wanted(  # noqa: PLR0913 - each is something that people ask for
    *,
    place: str | None = None,
    box: str | None = None,
    since: str | None = None,
    until: str | None = None,
    harm: str | None = None,
    party: str | None = None,
    least: int | None = None,
    contested: bool = False,
    totals: bool = False,
    sort: Sort = "newest",
) -> Wanted:
    """Return what is asked for.

    Args:
        place: Words of the place's name, its region's or its country's; each must be met.
        box: West, south, east and north in degrees, with commas between.
        since: Only what may have happened on this day or later, ISO.
        until: Only what may have happened on this day or before, ISO.
        harm: Only with a number for this harm.
        party: Words of the name of who is said to have done it.
        least: Only where somebody says so many or more.
        contested: Only where claims contradict one another.
        totals: Totals over a period in place of events.
        sort: What comes first.

    Raises:
        UsageError: Something is none of what it can be; the message says what to give.
    """
    if harm is not None and harm not in HARMS:
        raise UsageError(f'"{harm[:40]}" is no harm; it is one of {", ".join(HARMS)}.')
    area = None if box is None else _box(box)
    terms: list[tuple[int, ...]] = [(term,) for term in (*place_terms(place or ""), *party_terms(party or ""))]
    if contested:
        terms.append((CONTESTED,))
    if area is not None and (squares := box_terms(area)):
        terms.append(squares)
    return Wanted(
        scope="period" if totals else "event",
        terms=tuple(terms),
        since=_day(since),
        until=_day(until),
        box=area,
        harm=harm,
        least=least,
        sort=sort,
    )


def past(asked: Wanted, incident: str) -> Wanted:
    """Return the same list from behind an incident on."""
    return replace(asked, after=incident)


def _day(stated: str | None) -> str | None:
    if stated is None:
        return None
    try:
        return date.fromisoformat(stated).isoformat()
    except ValueError:
        raise UsageError(f'"{stated[:40]}" is no day; give it as 2023-03-15.') from None


def _box(stated: str) -> Box:
    remedy = "give west,south,east,north in degrees, such as 36.5,47,38.5,49."
    try:
        west, south, east, north = (float(part) for part in stated.split(","))
    except ValueError:
        raise UsageError(f'"{stated[:60]}" is no box; {remedy}') from None
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise UsageError(f'"{stated[:60]}" is no box on the earth; {remedy}')
    return west, south, east, north
