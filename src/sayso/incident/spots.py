"""How two places stand to one another, as far as a gazetteer and the words for them tell."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sayso.incident.told import Spot

Nearness = Literal["same", "town", "near", "within", "unknown", "other", "apart"]
"""``same`` place; two in one ``town``; ``near`` by, or with a name in common; one ``within`` the other; ``unknown``;
``other`` names of which a gazetteer knows too little; ``apart``."""
NEAR_KM = 15.0
_EARTH_KM = 12_742.0
_REGION = 4
"""UCDP's ``where_prec`` from which a place is a region or more."""


def nearness(a: Spot, b: Spot) -> Nearness:
    """Say how two places stand to one another."""
    if a.id is not None and a.id == b.id:
        return "same"
    if a.country and b.country and a.country != b.country:
        return "apart"
    if a.heads and a.heads == b.heads and not _regions_differ(a, b):
        return "same"
    if a.town and a.town == b.town and not _regions_differ(a, b):
        return "town"
    if _holds(a, b) or _holds(b, a):
        return "within"
    return _by_distance(a, b)


def _by_distance(a: Spot, b: Spot) -> Nearness:
    if a.heads & b.heads:
        return "near"
    if a.at and b.at:
        return "near" if kilometres(a.at, b.at) < NEAR_KM else "apart"
    if _regions_differ(a, b) or (a.town and b.town):
        return "apart"
    return "other" if a.heads and b.heads and not (a.town or b.town) else "unknown"


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two points given in degrees north and east, by the haversine formula."""
    north, south = math.radians(a[0]), math.radians(b[0])
    across = math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * across
    return _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def _regions_differ(a: Spot, b: Spot) -> bool:
    return bool(a.region and b.region and a.region != b.region)


def _holds(a: Spot, b: Spot) -> bool:
    """Say whether `a` is a region or country that `b` lies in."""
    if (a.prec or 0) < _REGION or not a.country or a.country != b.country:
        return False
    return a.region is None or b.region is None or a.region == b.region
