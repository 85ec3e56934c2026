"""The incidents that a map shows, and their numbers on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.export import totals, wording
from sayso.export.countries import country

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Dossier

_NEAR = 2
"""From this ``where_prec`` on the coordinates stand for an area and not for the very place."""


@dataclass(frozen=True, slots=True)
class Spot:
    """An incident on a map.

    Attributes:
        number: What stands on the mark and leads to the list.
        incident: The incident's id.
        name: Its name.
        place: The place in words.
        lat: Degrees north.
        lon: Degrees east.
        near: Whether the point stands for an area around it.
        contested: Whether its claims contradict one another.
        killed: The number killed in words; empty where nobody speaks of deaths.
    """

    number: int
    incident: str
    name: str
    place: str
    lat: float
    lon: float
    near: bool
    contested: bool
    killed: str


def spots(dossiers: Iterable[Dossier]) -> tuple[Spot, ...]:
    """Return what can be shown on a map; incidents whose place is not known have no spot but keep their number."""
    found = []
    number = 0
    for dossier in dossiers:
        incident = dossier.incident
        if incident is None:
            continue
        number += 1
        where = country(incident.country).name or incident.country
        if incident.lat is not None and incident.lon is not None:
            found.append(
                Spot(
                    number,
                    incident.id,
                    wording.shown(incident.name) or f"Incident {incident.id}",
                    ", ".join(wording.shown(part) for part in (incident.place, where) if part),
                    incident.lat,
                    incident.lon,
                    (incident.place_prec or _NEAR) >= _NEAR,
                    incident.contested,
                    killed_words(dossier),
                )
            )
    return tuple(found)


def killed_words(dossier: Dossier) -> str:
    """Return how many were killed in words, with open bounds told as open; empty where nobody speaks of deaths."""
    toll = totals.total(dossier, "killed")
    if toll is None:
        return ""
    return f"{range_words(toll.low, toll.high)} killed"


def range_words(low: int | None, high: int | None, *, more: bool = False) -> str:
    """Return a range in words.

    >>> range_words(17, 100), range_words(17, None), range_words(None, 40), range_words(3, 3), range_words(None, None)
    ('17 to 100', '17 or more', 'up to 40', '3', 'a number not stated')
    >>> range_words(17, 100, more=True), range_words(3, 3, more=True)
    ('17 to 100 or more', '3 or more')
    """
    if more and high is not None:
        return f"{range_words(low, high)} or more"
    if low is None and high is None:
        return "a number not stated"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
