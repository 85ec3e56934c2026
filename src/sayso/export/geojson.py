"""``geojson``: one feature an incident after RFC 7946, streamed; a place that is not known has a null geometry."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from sayso.export import parties, totals
from sayso.export.jsonl import dumped
from sayso.export.writing import Choices, LeftOut, incidents, text
from sayso.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Dossier, Incident
    from sayso.problems import Problem

_NAMED = (
    *("name", "scope", "type", "date_from", "date_to", "date_prec", "place", "place_id", "place_prec"),
    *("region", "country", "means", "contested"),
)


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a collection of features, each as soon as its incident is there."""
    del choices  # names are masked before dossiers come here, and there is no place for whole texts
    left_out = LeftOut("geojson")
    with text(out) as stream:
        before = '{"type": "FeatureCollection", "features": [\n'
        for incident, dossier in incidents(dossiers, left_out):
            stream.write(before + dumped(feature(incident, dossier)))
            before = ",\n"
        stream.write((before if before != ",\n" else "") + "\n]}\n")
    return left_out.problems()


def feature(incident: Incident, dossier: Dossier) -> dict[str, object]:
    """Return one incident as a feature; longitude comes first, and no more than six decimals, as the RFC wants."""
    known = incident.lat is not None and incident.lon is not None
    point = {"type": "Point", "coordinates": [round(incident.lon or 0.0, 6), round(incident.lat or 0.0, 6)]}
    tolls = {harm: totals.total(dossier, harm) for harm in HARMS}
    numbers = {
        f"{harm}_{bound}": getattr(toll, bound) if toll else None
        for harm, toll in tolls.items()
        for bound in ("low", "best", "high")
    }
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": point if known else None,
        "properties": {
            "incident": incident.id,
            **{key: getattr(incident, key) for key in _NAMED},
            "perpetrators": list(parties.rivals(dossier)),
            "policy": totals.policy(dossier)[0],
            **numbers,
            "decided_by": list(totals.rests_on(tolls.values())),
            "claims": list(incident.claims),
            "reports": list(incident.reports),
        },
    }
