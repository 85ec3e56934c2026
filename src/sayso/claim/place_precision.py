"""How exactly words place something, on the scales of the two conflict datasets that most recorders know."""

from __future__ import annotations

from typing import Literal

WherePrec = Literal[1, 2, 3, 4, 5, 6, 7]
GeoPrecision = Literal[1, 2, 3]
Feature = Literal["town", "quarter", "admin2", "admin1", "area", "country", "sea"]

_BY_FEATURE: dict[Feature, WherePrec] = {
    "town": 1,
    "quarter": 2,
    "admin2": 3,
    "admin1": 4,
    "area": 5,
    "country": 6,
    "sea": 7,
}


def where_prec(feature: Feature, *, beside: bool = False, part: bool = False) -> WherePrec:
    """Return UCDP's ``where_prec`` (UCDP GED codebook, "where_prec").

    Args:
        feature: What the place is: a ``town`` or other exact point; a ``quarter`` or another limited area; a
            second-level (``admin2``) or first-level region (``admin1``); a larger or vague ``area``, a line or an
            island; a ``country``; the ``sea`` or the air above it.
        beside: Whether the words put the event near the place rather than in it ("outside Kharkiv").
        part: Whether they speak of a part of it ("northern Syria").

    Returns:
        1 an exact point, 2 near it or a limited area, 3 a second-level and 4 a first-level region, 5 a larger area, or
        a part of a country, 6 a country, 7 at sea or in the air.

    >>> where_prec("town"), where_prec("town", beside=True), where_prec("country", part=True)
    (1, 2, 5)
    """
    if feature == "town" and (beside or part):
        return 2
    if feature == "country" and (beside or part):
        return 5
    return _BY_FEATURE[feature]


def geo_precision(prec: int | None) -> GeoPrecision | None:
    """Return ACLED's ``geo_precision`` for a ``where_prec`` of UCDP (ACLED codebook, "Geo-precision").

    ACLED has 1 for a named town, 2 for part of a region or near a town, and 3 for a larger region, which it places at
    a natural feature or a provincial capital. It places nothing by a country alone, so that gives None.

    >>> [geo_precision(step) for step in (1, 2, 3, 4, 5, 6, 7, None)]
    [1, 2, 2, 3, 3, None, 3, None]
    """
    steps: dict[int | None, GeoPrecision] = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 7: 3}
    return steps.get(prec)
