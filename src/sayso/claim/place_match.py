"""Decides which place a proposed name is, by the other places of the report, or leaves it open and says why."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.claim import place_reasons as reasons
from sayso.claim.gazetteer import fold
from sayso.claim.place_context import DOMINANT, bears, own_lands
from sayso.claim.place_precision import where_prec
from sayso.claim.place_words import place_words
from sayso.records import Rival

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.claim.gazetteer import Entry, Gazetteer
    from sayso.claim.place_context import Context
    from sayso.claim.place_text import Candidate

# Scores are on the scale of the decimal logarithm of a population, so that a tenfold larger town is worth 1.
_BASE = {"country": 7.5, "region": 5.0, "area": 5.5, "sea": 6.0, "adjective": 0.0}
_LISTED = 5.0  # the user's own list names it
_SUPPORT = 1.5  # a report wholly about the country outweighs a town thirty times as large elsewhere
_REGION_SUPPORT = 0.8
_HELD = 3.0  # "Ridley, Ohio" settles the country, whatever the populations
_HELD_REGION = 1.0
_NOUN = 2.0
_SEAT = 2.0  # "Idlib" is the town rather than the region called after it
_SOMETHING = 0.5
_INNER = 9.0  # a quarter that is called like a town elsewhere
_OWN_NAME = 0.4
_KNOWN_TOO = 1.0  # Salisbury is the town called so rather than Harare, which once was
_FOREIGN = 1.0
_CLEAR = 0.35
_NEARBY_KM = 30.0
_RIVALS = 6
# How many people a town needs to be taken for the place, by what else the report says.
_LONE = 15_000  # where nothing else speaks of its country
_AGAINST = 50_000  # where all else speaks of other countries
_FAR_OFF = 100_000  # known far from its country
_UNLIKELY = 20_000  # where little else speaks of its country
_BY_ANOTHER_NAME = 2  # times as many, where it is only known by the name too
_ELSEWHERE = 1_000_000  # where the words say that it lies in another country


@dataclass(frozen=True, slots=True)
class Match:
    """What a candidate turned out to be; fields as in `sayso.claim.places.PlaceMention`."""

    kind: str
    reason: str
    entry: Entry | None = None
    place_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    prec: int | None = None
    country: str | None = None
    score: float = 0.0
    rivals: tuple[Rival, ...] = ()


def match(one: Candidate, holder: Sequence[Entry], context: Context, gazetteer: Gazetteer) -> Match:
    """Decide what `one` is.

    Args:
        one: The candidate.
        holder: What the place named as its container may be ("Ridley, Ohio"); may be empty.
        context: The countries of the report.
        gazetteer: Where spellings that are not listed are looked for by sound.
    """
    lands_held = {entry.country for entry in holder if entry.country}
    if one.kind == "adjective":
        lands = {entry.country for entry in one.entries if entry.country}
        town = _town_named(one, holder, context, gazetteer)
        land = lands.pop() if len(lands) == 1 else town.country if town is not None else None
        return Match("adjective", reasons.ADJECTIVE, town, country=land, score=1.0)
    guess = _inferred(one, lands_held, context)
    if one.kind == "facility":
        return Match("facility", reasons.FACILITY, country=guess)
    entries = _entries(one, guess, gazetteer)
    shares, total = context.without(one.name)
    borne = own_lands(one.name, entries)
    scored = sorted(
        ((_score(entry, one, holder, context, entries) - _known_too(entry, one, borne), entry) for entry in entries),
        key=_rank,
    )
    ranked = tuple(
        Rival(e.id, e.name, e.country, gazetteer.region(e.country, e.admin1), round(score, 3))
        for score, e in scored[:_RIVALS]
    )
    open_kind = place_words().kind_of(one.noun) or "unknown"
    if not scored:
        return Match(open_kind, reasons.UNKNOWN, country=guess)
    best, entry = scored[0]
    if best < 0:
        return Match(open_kind, reasons.UNKNOWN, country=guess, rivals=ranked)
    doubt = _doubt(one, entry, holder, shares, total, gazetteer)
    if doubt is not None:
        # What the doubtful name itself speaks for is no country of the report.
        return Match(open_kind, doubt, country=guess if lands_held or total >= _SOMETHING else None, rivals=ranked)
    close = [rival for score, rival in scored[1:] if best - score < _CLEAR]
    foreign = [rival for rival in close if rival.country != entry.country]
    if foreign:
        return Match(entry.kind, reasons.between(entry, foreign, gazetteer), score=round(best, 3), rivals=ranked)
    if any(_apart(entry, rival) for rival in close):
        several = reasons.several(entry, close, gazetteer)
        return Match(entry.kind, several, country=entry.country, score=round(best, 3), rivals=ranked)
    why = reasons.settled(
        entry, [rival for _, rival in scored[1:]], held=bool(lands_held), shares=shares, among=gazetteer
    )
    return _placed(one, entry, round(best, 3), ranked[1:], why, gazetteer)


def _town_named(one: Candidate, holder: Sequence[Entry], context: Context, gazetteer: Gazetteer) -> Entry | None:
    """Return the town in a body's name ("Orlen Police"), where it is plain which one it is."""
    towns = tuple(entry for entry in one.entries if entry.kind == "city")
    if not towns or len(towns) < len(one.entries):
        return None
    return match(replace(one, kind="", entries=towns), holder, context, gazetteer).entry


def _entries(one: Candidate, guess: str | None, gazetteer: Gazetteer) -> list[Entry]:
    """List what the name may stand for: what bears it, else what sounds like it in the country of the report."""
    entries = [entry for entry in one.entries if entry.kind != "adjective"] if one.kind != "unknown" else []
    at_home = any(entry.country == guess for entry in entries)
    if guess is not None and not at_home and not any(map(_well_known, entries)):
        entries += gazetteer.lookup_loose(one.name, guess)[:3]
    return entries


def _well_known(entry: Entry) -> bool:
    return entry.kind != "city" or entry.population > _FAR_OFF


def _rank(pair: tuple[float, Entry]) -> tuple[float, int]:
    return (-pair[0], pair[1].id)


def _score(entry: Entry, one: Candidate, holder: Sequence[Entry], context: Context, entries: Sequence[Entry]) -> float:
    shares, _ = context.without(one.name)
    land = entry.country or ""
    score = _BASE.get(entry.kind) or math.log10(entry.population + 100)
    if entry.feature == "listed":
        score = max(score, _LISTED)
    score += _by_noun(entry, one, entries)
    score += _SUPPORT * shares.get(land, 0.0)
    if entry.admin1 and context.speaks_of((land, entry.admin1), one.name):
        score += _REGION_SUPPORT
    main = max(shares, key=lambda land: (shares[land], land), default=None)
    told = main is not None and shares[main] >= DOMINANT and any(other.country == main for other in entries)
    if told and entry.country != main and (entry.kind != "city" or entry.population < _FAR_OFF):
        score -= _FOREIGN
    if any(held.country == entry.country for held in holder if held.country):
        score += _HELD
        same = (held.admin1 == entry.admin1 for held in holder if held.country == entry.country and held.admin1)
        score += _HELD_REGION if entry.admin1 and any(same) else 0.0
    return score + (_OWN_NAME if fold(entry.name) == fold(one.name) else 0.0)


def _known_too(entry: Entry, one: Candidate, borne: set[str | None]) -> float:
    """Return what counts against an entry that is only known by the name too, where a town elsewhere bears it."""
    return _KNOWN_TOO if borne - {entry.country} and not bears(entry, one.name) else 0.0


def _by_noun(entry: Entry, one: Candidate, entries: Sequence[Entry]) -> float:
    """Weigh the noun beside the name, and without one the town above the region that is called after it."""
    listed = place_words()
    if one.noun in listed.region_nouns:
        return _NOUN if entry.kind == "region" else 0.0
    if one.noun in listed.district_nouns:
        return _NOUN if entry.feature in ("admin1", "admin2") else 0.0
    if one.noun in listed.inner_nouns:
        return -_INNER if entry.kind == "city" and entry.population < _FAR_OFF else 0.0
    if one.noun in listed.town_nouns:
        return _NOUN if entry.kind == "city" else 0.0
    seat = entry.kind == "region" and any(
        (other.kind, other.country, other.admin1) == ("city", entry.country, entry.admin1)
        and (other.population > _FAR_OFF or fold(other.name) == fold(one.name))
        for other in entries
    )
    return -_SEAT if seat else 0.0


def _doubt(
    one: Candidate,
    entry: Entry,
    holder: Sequence[Entry],
    shares: Mapping[str, float],
    total: float,
    gazetteer: Gazetteer,
) -> str | None:
    """Say why a town is not taken for the place, where it stands against all that the report says; else None."""
    if entry.kind != "city" or entry.feature == "listed":
        return None
    regions = {held.admin1 for held in holder if held.kind == "region" and held.country == entry.country}
    if regions and entry.admin1 not in regions and entry.population < _FAR_OFF:
        return reasons.elsewhere(entry, gazetteer)
    held = {one.country for one in holder if one.country}
    if entry.country in held:
        return None
    share = shares.get(entry.country or "", 0.0)
    if held:
        return None if entry.population >= _ELSEWHERE else reasons.elsewhere(entry, gazetteer)
    rare = total >= 2 and not share and fold(entry.name)[:2] != fold(one.name)[:2]
    needed = 0
    if total >= 1 and not share:
        needed = _AGAINST
    elif total >= 1 and share < 0.1:
        needed = _UNLIKELY
    elif share * total < 0.5:
        needed = _LONE
    if fold(entry.name) != fold(one.name):
        needed *= _BY_ANOTHER_NAME
    return reasons.lone(entry, gazetteer) if rare or entry.population < needed else None


def _inferred(one: Candidate, held: set[str], context: Context) -> str | None:
    """Return the country of a place that the gazetteer does not know: its container's, else the report's own."""
    if len(held) == 1:
        return next(iter(held))
    lands = {
        entry.country for entry in one.entries if entry.kind in ("country", "region") or entry.population > _FAR_OFF
    }
    if one.kind in ("facility", "unknown") and len(lands) == 1:
        return next(iter(lands))
    return context.dominant()


def _apart(one: Entry, other: Entry) -> bool:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return one.admin1 != other.admin1 or one.lat is None
    if one.kind != other.kind:
        return False
    north = (one.lat - other.lat) * 111.2
    east = (one.lon - other.lon) * 111.2 * math.cos(math.radians(one.lat))
    return math.hypot(north, east) > _NEARBY_KM


def _placed(
    one: Candidate, entry: Entry, score: float, rivals: tuple[Rival, ...], why: str, gazetteer: Gazetteer
) -> Match:
    listed = place_words()
    kind: str = entry.kind
    lat, lon, prec = entry.lat, entry.lon, entry.prec
    number: int | None = entry.id if entry.id > 0 else None
    if entry.kind == "city" and one.noun in listed.region_nouns:
        centre = gazetteer.centre(entry.country or "", entry.admin1 or "") or (entry.lat, entry.lon)
        kind, number, (lat, lon), prec = "region", None, centre, where_prec("admin1")
    elif entry.kind == "city" and one.noun in listed.district_nouns:
        kind, number, prec = "area", None, where_prec("admin2")
    elif entry.kind == "city" and one.noun in listed.quarter_nouns:
        kind, prec = "area", where_prec("quarter")
    elif entry.kind == "city":
        prec = where_prec("town", beside=_beside(one), part=bool(one.direction))
    elif entry.kind == "country":
        prec = where_prec("country", beside=_beside(one), part=bool(one.direction))
    return Match(kind, why, entry, number, lat, lon, prec, entry.country, score, rivals)


def _beside(one: Candidate) -> bool:
    listed = place_words()
    first, _, of = one.cue.partition(" ")
    return one.cue in listed.near or (bool(of) and (first in listed.directions or first in listed.beside))
