"""Tolls for programs, one JSON object at a time: 0 is zero, and null is a bound or a number that is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from sayso.export.jsonl import dumped
from sayso.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


class EachOf:
    """Writes the beginning of an object of sums: every incident with its tolls, as soon as they are there.

    Args:
        out: Where to write.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._before = '{"each": ['

    def add(self, dossier: Dossier, stories: Mapping[Toll, Story]) -> None:
        """Write one incident, if the rules have a toll of it."""
        if dossier.tolls:
            self._out.write(f"{self._before}{incident(dossier, stories)}")
            self._before = ",\n"

    def end(self) -> str:
        """Return what comes before the rest of the object."""
        return ("" if self._before == ",\n" else self._before) + "], "


def write_sums(sums: Iterable[Any], overlaps: Iterable[Any], incidents: int, out: TextIO, before: str = "{") -> None:
    """Write sums over incidents as one JSON object, piece by piece, since each may name very many incidents.

    Args:
        sums: Records with a toll, the incidents it adds, those with a settled number, and totals told apart.
        overlaps: Records with two incidents and the reason why they may count the same people; written one by one,
            for they may be many more than the incidents.
        incidents: How many incidents there were.
        out: Where to write.
        before: How the object begins: what `EachOf` left open, where that was written first.
    """
    out.write(f'{before}"incidents": {incidents}, "sums": [')
    for number, one in enumerate(sums):
        known = {**_record(one.toll), "settled": one.settled, "settled_sum": one.settled_sum}
        out.write((", " if number else "") + dumped(known)[:-1] + ', "incidents": [')
        out.writelines((", " if at else "") + dumped(name) for at, name in enumerate(one.incidents))
        out.write('], "apart": [')
        out.writelines((", " if at else "") + dumped(_record(toll)) for at, toll in enumerate(one.apart))
        out.write("]}")
    out.write('], "overlaps": [')
    out.writelines(("," if number else "") + dumped(to_plain(one)) for number, one in enumerate(overlaps))
    out.write("]}\n")


def _record(toll: Toll) -> dict[str, Any]:
    plain = to_plain(toll)
    assert isinstance(plain, dict)  # noqa: S101 - a record's plain form
    return plain
