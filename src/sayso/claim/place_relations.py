"""How exact places are, and which of them may hold or only locate another."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import TYPE_CHECKING

from sayso.claim.place_words import place_words

if TYPE_CHECKING:
    from sayso.claim.places import PlaceMention

# How exact each kind is, a step for what can hold it.
_EXACT = {"country": 0, "sea": 0, "region": 1, "city": 2, "unknown": 3, "facility": 4}
WIDE_AREA = 1
TOWN = 2
_QUARTER = 3
_BESIDE = 30.0  # kilometres
_DEGREE = 111.2  # kilometres, of a great circle
_TOWNSHIPS = frozenset({"municipality", "township", "county", "district", "canton", "jurisdiction"})


def exactness(place: PlaceMention) -> int:
    """Return how exact a place is, from 0 for a country to 4 for a building or street."""
    if place.kind == "area":
        return _QUARTER if place.prec in (None, 2, 3) else WIDE_AREA
    return _EXACT[place.kind]


def may_hold(place: PlaceMention | None, scene: PlaceMention) -> bool:
    """Say whether a place may hold a scene: it is not settled to lie in another country or region.

    The region around a capital is another one than the capital's own ("outside Damascus", in eastern Ghouta), so what
    lies close by is no hindrance.
    """
    if place is None:
        return True
    if place.country is not None and scene.country is not None and place.country != scene.country:
        return False
    return place.region is None or scene.region is None or place.region == scene.region or beside(place, scene)


def beside(place: PlaceMention, other: PlaceMention) -> bool:
    """Say whether two places, the first of them a town, lie some `_BESIDE` kilometres apart at most."""
    if place.matched is None or exactness(place) < TOWN or None in {place.lat, place.lon, other.lat, other.lon}:
        return False
    north = ((place.lat or 0.0) - (other.lat or 0.0)) * _DEGREE
    east = ((place.lon or 0.0) - (other.lon or 0.0)) * _DEGREE * cos(radians(place.lat or 0.0))
    return hypot(north, east) <= _BESIDE


def is_wide(place: PlaceMention) -> bool:
    """Say whether a place is a region, or called one by its name ("Canas Municipality")."""
    last = place.name.rpartition(" ")[2].lower()
    return exactness(place) < TOWN or last in place_words().region_nouns | _TOWNSHIPS


def is_scene(place: PlaceMention) -> bool:
    """Say whether the words before a place make it one where something happened; a country is too wide for that."""
    if exactness(place) == 0:
        return False
    return place.cue in place_words().strong or place.cue == "on" or place.cue.endswith(" of")


def locates(one: PlaceMention, place: PlaceMention) -> bool:
    """Say whether a place may only tell where another lies: it may hold it or lies beside it."""
    if exactness(one) < exactness(place):
        return may_hold(one, place)
    return one.name.lower() == place.name.lower() or beside(one, place)
