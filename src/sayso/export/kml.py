"""``kml``: one placemark an incident, for Google Earth and its like; those without a place are left out and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from sayso.export import totals
from sayso.export.markup import esc
from sayso.export.spots import range_words
from sayso.export.writing import Choices, LeftOut, incidents, text
from sayso.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Dossier, Incident
    from sayso.problems import Problem

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a document with one placemark an incident."""
    left_out = LeftOut("kml")
    with text(out) as stream:
        stream.write(f"{_HEAD}<name>{esc(choices.title or 'Incidents')}</name>\n")
        for incident, dossier in incidents(dossiers, left_out):
            if incident.lat is None or incident.lon is None:
                left_out.add(
                    "no-place",
                    incident.id,
                    "Incidents left out for having no place on the map",
                    "They are in geojson, csv and jsonl; use one of these for them.",
                )
                continue
            stream.write(_placemark(incident, dossier, incident.lat, incident.lon))
        stream.write("</Document></kml>\n")
    return left_out.problems()


def _placemark(incident: Incident, dossier: Dossier, lat: float, lon: float) -> str:
    tolls = {harm: totals.total(dossier, harm) for harm in HARMS}
    values: dict[str, object] = {
        "incident": incident.id,
        "place": incident.place,
        "place_prec": incident.place_prec,
        "date_prec": incident.date_prec,
        "type": incident.type,
        "contested": "yes" if incident.contested else "no",
        "policy": totals.policy(dossier)[0],
        **{harm: range_words(toll.low, toll.high) for harm, toll in tolls.items() if toll},
        "decided_by": " ".join(totals.rests_on(tolls.values())),
        "claims": " ".join(incident.claims),
    }
    data = "".join(
        f'<Data name="{name}"><value>{esc(value)}</value></Data>' for name, value in values.items() if value is not None
    )
    first, last = incident.date_from, incident.date_to
    days = (f"<begin>{esc(first)}</begin>" if first else "") + (f"<end>{esc(last)}</end>" if last else "")
    span = f"<TimeSpan>{days}</TimeSpan>" if days else ""
    killed = tolls["killed"]
    about = f"<description>{esc(range_words(killed.low, killed.high))} killed</description>" if killed else ""
    return (
        f'<Placemark id="{esc(incident.id)}"><name>{esc(incident.name)}</name>{about}{span}'
        f"<ExtendedData>{data}</ExtendedData><Point><coordinates>{lon:.6f},{lat:.6f}</coordinates></Point></Placemark>\n"
    )
