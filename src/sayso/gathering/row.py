"""An incident as a row of the shelf: what lists sort by, and what it can be found by."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING

from sayso.export.countries import country
from sayso.gathering import stored
from sayso.gathering.speakers import source_rows
from sayso.incident.terms import fold
from sayso.ledger.shelf_incidents import IncidentRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.events import Incident, Kept

CONTESTED = stored.number_of("contested")

_WORD = re.compile(r"\w+")
_MOST_CELLS = 400
"""Squares of one degree up to which a box is looked up by them; a larger one is looked for in the list itself."""


def incident_row(
    incident: Incident, stories: Iterable[str], period: int | None, claims: Iterable[Kept] = ()
) -> IncidentRow:
    """Return an incident as the shelf keeps it.

    Args:
        incident: The incident.
        stories: The stories with claims in it.
        period: What stands for the key of the period that it was made from, or None.
        claims: Its claims, by which its sources are found; those of other incidents among them play no part.
    """
    return IncidentRow(
        incident=incident.id,
        scope=incident.scope,
        period=period,
        day=incident.date_from or "",
        last_day=incident.date_to or "",
        at=None if incident.lat is None or incident.lon is None else (incident.lat, incident.lon),
        reports=len(incident.reports),
        terms=tuple(sorted(set(_terms(incident)))),
        most={harm: said.high or said.low or 0 for harm, said in incident.figures.items()},
        stories=tuple(sorted(stories)),
        content=stored.incident_out(incident),
        sources=tuple(source_rows(incident, claims)),
        contested=incident.contested,
    )


def place_terms(words: str) -> tuple[int, ...]:
    """Return what an incident at a place can be found by: each word of the place, its region and its country."""
    return tuple(stored.number_of(f"p:{word}") for word in _words(words))


def party_terms(words: str) -> tuple[int, ...]:
    """Return what an incident can be found by that is said to be a party's doing: each word of the party's name."""
    return tuple(stored.number_of(f"b:{word}") for word in _words(words))


def box_terms(box: tuple[float, float, float, float]) -> tuple[int, ...]:
    """Return the squares of one degree that a box touches, as terms; none where they are too many.

    Args:
        box: West, south, east and north in degrees.
    """
    west, south, east, north = (math.floor(edge) for edge in box)
    columns = [*range(west, east + 1)] if box[0] <= box[2] else [*range(west, 180), *range(-180, east + 1)]
    if len(columns) * (north - south + 1) > _MOST_CELLS:
        return ()
    return tuple(stored.number_of(f"g:{lat}:{lon}") for lat in range(south, north + 1) for lon in columns)


def _terms(incident: Incident) -> Iterator[int]:
    where = country(incident.country).name if incident.country else None
    for words in (incident.place, incident.region, incident.country, where):
        yield from place_terms(words or "")
    for name, _ in incident.perpetrators:
        yield from party_terms(name)
    if incident.contested:
        yield CONTESTED
    if incident.lat is not None and incident.lon is not None:
        yield stored.number_of(f"g:{math.floor(incident.lat)}:{math.floor(incident.lon)}")


def _words(words: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", words)
    return _WORD.findall(fold("".join(sign for sign in plain if not unicodedata.combining(sign))))
