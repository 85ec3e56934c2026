"""Finds the places a text names and, where the report makes it plain, which places they are.

`find_places` is the way in. `sayso.claim.place_spans` proposes the words, `sayso.claim.place_match` decides among
the gazetteer's entries. Precision codes are those of UCDP's ``where_prec``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.claim import place_lists
from sayso.claim.gazetteer import Gazetteer
from sayso.claim.place_context import Context, borne_out
from sayso.claim.place_holding import find_holder, holding, told_once
from sayso.claim.place_match import match
from sayso.claim.place_outlets import of_outlet
from sayso.claim.place_spans import propose
from sayso.records import Span

if TYPE_CHECKING:
    from sayso.claim.gazetteer import Entry
    from sayso.claim.place_match import Match
    from sayso.claim.place_text import Candidate
    from sayso.records import Rival


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
        rivals: Entries that were not taken, the best first.
        reason: Why the place was taken, or why it was left open, as a sentence.
        matched: The name that the gazetteer gives the place, where settled.
        region: The first-level region it lies in or is, where known.
        within: The words of the place that holds it, where the words say so ("Orlen, in Velmora").
        cue: The word or pattern that introduces it: a preposition, ``town of``, ``,``, ``'s``, ``dateline``,
            ``block``, ``street``, ``police`` (a town in its police's name), or empty.
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
    rivals: tuple[Rival, ...]
    cue: str
    reason: str = ""
    matched: str | None = None
    region: str | None = None
    within: Span | None = None


def find_places(
    text: str, *, outlet: str | None = None, gazetteer: Gazetteer | None = None
) -> tuple[PlaceMention, ...]:
    """Find every place that `text` names, in order and without overlaps.

    Args:
        text: A whole report, since its places explain each other.
        outlet: Who published it; a country or town in that name counts a little.
        gazetteer: The gazetteer to use; the shipped one, with the lists that the user has added, when left out.

    Raises:
        FileNotFoundError: No gazetteer was given and the package was not built with one.
    """
    known = gazetteer or shipped()
    candidates = propose(text, known)
    context = Context(candidates, of_outlet(outlet or "", known))
    held = [find_holder(text, candidates, at) for at in range(len(candidates))]
    settled = borne_out(candidates, held, context)
    told = told_once(candidates, held)
    found: dict[int, PlaceMention] = {}
    for at in reversed(range(len(candidates))):  # what holds a place is settled before it
        one = settled[at]
        if one is None:
            continue
        holder = held[at] if held[at] is not None else told.get(one.name.lower())
        entries: tuple[Entry, ...] = ()
        if holder is not None:
            land = found[holder].country if holder in found else None
            entries = tuple(e for e in holding(candidates[holder]) if land is None or e.country == land)
        mention = _mention(text, one, match(one, entries, context, known), known)
        found[at] = _within(mention, found.get(holder)) if holder is not None else mention
    return tuple(found[at] for at in sorted(found))


@cache
def shipped() -> Gazetteer:
    """Return the shipped gazetteer with the lists that the user has added, opened once."""
    return Gazetteer(own=place_lists.files(place_lists.folder()))


def _mention(text: str, one: Candidate, found: Match, gazetteer: Gazetteer) -> PlaceMention:
    span = Span(one.start, one.end)
    entry = found.entry
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
        reason=found.reason,
        matched=entry.name if entry is not None else None,
        region=gazetteer.region(entry.country, entry.admin1) if entry is not None and entry.admin1 else None,
    )


def _within(mention: PlaceMention, holder: PlaceMention | None) -> PlaceMention:
    """Add to a mention what holds it, and the region of that where its own is not known."""
    if holder is None:
        return mention
    region = mention.region or (holder.region if mention.matched is None else None)
    return replace(mention, within=holder.span, region=region)
