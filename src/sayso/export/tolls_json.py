"""Tolls for programs, one JSON object at a time: 0 is zero, and null is a bound or a number that is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from sayso.export.jsonl import dumped
from sayso.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


def write_sums(sums: Sequence[Any], overlaps: Iterable[Any], incidents: int, out: TextIO) -> None:
    """Write sums over incidents as one JSON object.

    Args:
        sums: Records with a toll, the incidents it adds, those with a settled number, and totals told apart.
        overlaps: Records with two incidents and the reason why they may count the same people; written one by one,
            for they may be many more than the incidents.
        incidents: How many incidents there were.
        out: Where to write.
    """
    # One by one, since each names all its incidents.
    out.write(f'{{"incidents": {incidents}, "sums": [')
    out.writelines((", " if number else "") + dumped(_sum(one)) for number, one in enumerate(sums))
    out.write('], "overlaps": [')
    out.writelines(("," if number else "") + dumped(to_plain(one)) for number, one in enumerate(overlaps))
    out.write("]}\n")


def _sum(one: Any) -> dict[str, Any]:  # noqa: ANN401 - a record of another room
    return {
        **_record(one.toll),
        "incidents": list(one.incidents),
        "settled": one.settled,
        "settled_sum": one.settled_sum,
        "apart": [_record(toll) for toll in one.apart],
    }


def _record(toll: Toll) -> dict[str, Any]:
    plain = to_plain(toll)
    assert isinstance(plain, dict)  # noqa: S101 - a record's plain form
    return plain
