"""Tolls for programs, one JSON object at a time: 0 is zero, and null is a bound or a number that is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.export.jsonl import dumped
from sayso.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.events import Dossier, Toll
    from sayso.export.tolls_view import Story


def incident(dossier: Dossier, stories: Mapping[Toll, Story] | None = None) -> str:
    """Return the tolls of an incident.

    Args:
        dossier: The incident with its tolls.
        stories: Explanations of tolls; where they are left out, claims are named by their ids alone.
    """
    one = dossier.incident
    tolls = []
    for toll in dossier.tolls:
        record = _record(toll)
        if stories is not None:
            story = stories[toll]
            record["words"] = {
                **dict(zip(toll.decided, (lead.words for lead in story.decided), strict=True)),
                **dict(zip((aside.claim for aside in toll.aside), (lead.words for lead in story.aside), strict=True)),
            }
        tolls.append(record)
    return dumped({"incident": one.id if one else None, "name": one.name if one else None, "tolls": tolls})


def sums(sums: Sequence[Any], overlaps: Sequence[Any], incidents: int) -> str:
    """Return sums over incidents.

    Args:
        sums: Records with a toll, the incidents it adds, those with a settled number, and totals told apart.
        overlaps: Records with two incidents and the reason why they may count the same people.
        incidents: How many incidents there were.
    """
    told = [
        {
            **_record(one.toll),
            "incidents": list(one.incidents),
            "settled": one.settled,
            "settled_sum": one.settled_sum,
            "apart": [_record(toll) for toll in one.apart],
        }
        for one in sums
    ]
    return dumped({"incidents": incidents, "sums": told, "overlaps": [to_plain(one) for one in overlaps]})


def _record(toll: Toll) -> dict[str, Any]:
    plain = to_plain(toll)
    assert isinstance(plain, dict)  # noqa: S101 - a record's plain form
    return plain
