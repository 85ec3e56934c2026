"""The invented set as it comes to be grouped, and how well what comes out agrees with its marks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.incident.group import Grouping
from sayso.incident.told import Told
from tests.incident.told_claims import kept_of
from tests.incident.told_set import told

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from sayso.events import Incident


@cache
def tellings(*, heldout: bool) -> tuple[Told, ...]:
    """Return the reports of one part, their claims with ids unlike any other's, as a ledger would give them."""
    found = []
    for one in told().part(heldout=heldout).reports:
        claims = tuple(replace(k, claim=replace(k.claim, id=f"{k.claim.id}-{one.report.id}")) for k in kept_of(one))
        found.append(Told(claims[0].report, claims, one.report.text) if claims else None)
    return tuple(one for one in found if one is not None)


@cache
def marks() -> dict[str, str]:
    """Return the incident that each claim of the set is about, by the claim's id, for claims of single events."""
    found = {}
    for one in told().reports:
        for kept in kept_of(one):
            incident = one.incident_of(kept.claim.span)
            if incident and told().incidents[incident].scope == "event":
                found[f"{kept.claim.id}-{one.report.id}"] = incident
    return found


def grouped(reports: Iterable[Told]) -> list[Incident]:
    """Group some reports, all at once."""
    grouping = Grouping()
    for one in reports:
        grouping.add(one)
    grouping.regroup()
    return grouping.incidents()


def pairwise(gold: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over pairs of items that stand together."""

    def pairs(labels: Iterable[Hashable]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(labels).values())

    both, all_found, all_gold = pairs(zip(gold, found, strict=True)), pairs(found), pairs(gold)
    precision, recall = both / max(1, all_found), both / max(1, all_gold)
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0
