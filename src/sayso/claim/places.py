"""Finds the places a text names and, where the report makes it plain, which places they are.

`find_places` is the way in. `sayso.claim.place_spans` proposes the words, `sayso.claim.place_match` decides among
the gazetteer's entries. Precision codes are those of UCDP's ``where_prec``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sayso.claim.gazetteer import Gazetteer
from sayso.claim.place_match import Context, borne_out, holds, match, may_lie_in
from sayso.claim.place_spans import propose
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.claim.gazetteer import Entry
    from sayso.claim.place_match import Match
    from sayso.claim.place_text import Candidate


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text.

    Attributes:
        span: The words as written, with a direction before and a noun after the name ("eastern Ghouta", "Idlib
            province").
        name: The words of `span`.
        kind: ``city``, ``region``, ``country``, ``area`` or ``sea``; ``facility`` for a building or street, never
            given coordinates; ``adjective`` where the words tell a country but name no place ("Syrian");
            ``unknown`` for a name that the gazetteer does not hold.
        place_id: GeoNames id, where the place is settled and GeoNames has it.
        lat: Degrees north, where settled.
        lon: Degrees east, where settled.
        prec: UCDP's ``where_prec``, where settled: 1 an exact point, 2 near it or a limited area, 3 second-level
            and 4 first-level region, 5 a larger area, 6 a country, 7 at sea.
        country: ISO 3166-1 alpha-2, or None where it is open. For a place that the gazetteer does not hold, the
            country of what contains it or that the report plainly is about.
        score: How well the match fits, on the scale of the decimal logarithm of a population; 0 without a match.
        rivals: Rejected entries: id (negative for sayso's own list), country and score, the best first.
        cue: The word or pattern that introduces it: a preposition, ``town of``, ``,``, ``'s``, ``dateline``,
            ``block``, ``street``, or empty.
    """

    span: Span
    name: str
    kind: str
    place_id: int | None
    lat: float | None
    lon: float | None
    prec: int | None
    country: str | None
    score: float
    rivals: tuple[tuple[int, str, float], ...]
    cue: str


def find_places(
    text: str, *, outlet: str | None = None, gazetteer: Gazetteer | None = None
) -> tuple[PlaceMention, ...]:
    """Find every place that `text` names, in order and without overlaps.

    Args:
        text: A whole report, since its places explain each other.
        outlet: Who published it; a country or town in that name counts a little.
        gazetteer: The gazetteer to use; the shipped one when left out.

    Raises:
        FileNotFoundError: No gazetteer was given and the package was not built with one.
    """
    known = gazetteer or _shipped()
    candidates = propose(text, known)
    context = Context(candidates, tuple(_of_outlet(outlet or "", known)))
    held = [_holder(text, candidates, at) for at in range(len(candidates))]
    settled = borne_out(candidates, held, context)
    told = _told(candidates, held)
    found: dict[int, tuple[Candidate, Match]] = {}
    for at in reversed(range(len(candidates))):  # what holds a place is settled before it
        one = settled[at]
        if one is None:
            continue
        holder = held[at] if held[at] is not None else told.get(one.name.lower())
        entries: tuple[Entry, ...] = ()
        if holder is not None:
            land = found[holder][1].country if holder in found else None
            entries = tuple(e for e in _holding(candidates[holder]) if land is None or e.country == land)
        found[at] = (one, match(one, entries, context, known))
    return tuple(_mention(text, *found[at]) for at in sorted(found))


@cache
def _shipped() -> Gazetteer:
    return Gazetteer()


def _of_outlet(outlet: str, gazetteer: Gazetteer) -> Iterator[Entry]:
    words = outlet.split()[:12]
    for size in (2, 1):
        for at in range(len(words) - size + 1):
            yield from gazetteer.lookup(" ".join(words[at : at + size]))[:1]


def _holder(text: str, candidates: Sequence[Candidate], at: int) -> int | None:
    """Return which candidate holds the one at `at` by its words ("Ridley, Ohio", "Ohio's Ridley"), or None."""
    one = candidates[at]
    if one.kind == "adjective":
        return None
    if at and text[candidates[at - 1].end : one.start] in ("'s ", "\u2019s ", "'S "):
        return at - 1 if candidates[at - 1].entries and may_lie_in(one, candidates[at - 1]) else None
    behind = one
    for ahead in range(at + 1, min(at + 4, len(candidates))):
        holder = candidates[ahead]
        if holder.kind == "adjective" or not holds(text[behind.end : holder.start]):
            return None
        wide = any(entry.kind in ("country", "region", "area") for entry in holder.entries)
        near = one.kind in ("facility", "unknown") and holder.kind != "weak"
        if holder.entries and (wide or holder.noun or near):
            return ahead if may_lie_in(one, holder) else None
        behind = holder
    return None


def _holding(holder: Candidate) -> tuple[Entry, ...]:
    wide = tuple(entry for entry in holder.entries if entry.kind in ("country", "region", "area"))
    return wide or holder.entries


def _told(candidates: Sequence[Candidate], held: Sequence[int | None]) -> dict[str, int]:
    """Return what holds each name that is said once to lie somewhere, and nowhere else."""
    told: dict[str, int] = {}
    mixed: set[str] = set()
    for one, holder in zip(candidates, held, strict=True):
        if holder is not None and one.kind != "facility":
            first = told.setdefault(one.name.lower(), holder)
            if {e.country for e in candidates[first].entries}.isdisjoint(e.country for e in candidates[holder].entries):
                mixed.add(one.name.lower())
    return {name: holder for name, holder in told.items() if name not in mixed}


def _mention(text: str, one: Candidate, found: Match) -> PlaceMention:
    span = Span(one.start, one.end)
    return PlaceMention(
        span=span,
        name=span.of(text),
        kind=found.kind,
        place_id=found.place_id,
        lat=found.lat,
        lon=found.lon,
        prec=found.prec,
        country=found.country,
        score=found.score,
        rivals=found.rivals,
        cue=one.cue,
    )
