"""A report's governorate against FA-KES, and its town against the Gun Violence Archive's registry.

FA-KES records one governorate a report and counts the country around Damascus, a governorate of its own, with the
city. The Gun Violence Archive records one town. Both are set against a report's main place: the one that most of its
killed claims have, or of its injured claims where none has been killed; claims of one incident before running totals,
the first on a tie.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Literal

from bench.score_claims import alike

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.rows import ScoredClaim

# Which claims speak for a report, the first group that there is: harm and scope, None for any.
_ORDER = (("killed", "incident"), ("injured", "incident"), ("killed", None), ("injured", None), (None, None))
# What FA-KES calls the governorates, and the names that sayso gives them.
_GOVERNORATES = {
    "damascus": {"Damascus", "Rif Dimashq"},
    "deir ezzor": {"Deir ez-Zor"},
    "hasakeh": {"Hasakah"},
    "lattakia": {"Latakia"},
    "tartous": {"Tartus"},
}


def main_place(claims: Iterable[ScoredClaim], of: Literal["region", "town"]) -> str | None:
    """Return the region or town that most of a report's claims have, None where no claim has one."""
    told = [
        (claim, place)
        for claim in claims
        if (place := claim.region if of == "region" else claim.town) and claim.slots.get("stance") != "denies"
    ]
    for harm, scope in _ORDER:
        those = [
            place for claim, place in told if harm in {None, claim.harm} and scope in {None, claim.slots.get("scope")}
        ]
        if those:
            return Counter(those).most_common(1)[0][0]
    return None


def governorates_right(reports: Iterable[tuple[str, Sequence[ScoredClaim]]]) -> float | None:
    """Return the share of FA-KES's records whose governorate is that of the report's main place, to four places."""
    right = [
        main_place(claims, "region") in _GOVERNORATES.get(recorded, {recorded.title()}) for recorded, claims in reports
    ]
    return round(sum(right) / len(right), 4) if right else None


def towns_right(reports: Iterable[tuple[str, Sequence[ScoredClaim]]]) -> float | None:
    """Return the share of the registry's reports whose town is that of the report's main place, to four places."""
    right = [
        (town := main_place(claims, "town")) is not None and same_town(recorded, town) for recorded, claims in reports
    ]
    return round(sum(right) / len(right), 4) if right else None


def same_town(recorded: str, read: str) -> bool:
    """Say whether a town is the registry's, which writes Saint and Mount out where GeoNames does not.

    >>> same_town("Saint Orlen", "St. Orlen"), same_town("Mount Velmora", "Mt. Velmora"), same_town("Orlen", "Ridley")
    (True, True, False)
    """
    return alike(_spelled(recorded), _spelled(read))


def _spelled(town: str) -> str:
    return re.sub(r"\bMt\b\.?", "Mount", re.sub(r"\bSt\b\.?", "Saint", town))
