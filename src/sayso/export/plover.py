"""``plover``: one line of JSON an incident in the shape of PLOVER's events.

PLOVER codes what somebody does to somebody: incidents whose kind the words do not tell, such as fires, are left out,
and so are those of which nobody says who did it; both are counted. The size is the rule's best number, else its lowest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from sayso.export import parties, totals
from sayso.export.acled import EVENT_TYPES
from sayso.export.countries import country
from sayso.export.jsonl import dumped
from sayso.export.writing import Choices, LeftOut, incidents, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import ActorKind, Dossier, Incident
    from sayso.problems import Problem
    from sayso.records import Harm

_EVENTS = {
    "Battles": "ASSAULT",
    "Explosions/Remote violence": "ASSAULT",
    "Violence against civilians": "ASSAULT",
    "Riots": "ASSAULT",
    "Protests": "PROTEST",
}
_SECTORS: dict[ActorKind, str] = {
    "government": "GOV",
    "military": "MIL",
    "armed_group": "REB",
    "police": "COP",
    "medical": "MED",
    "ngo": "NGO",
    "un": "IGO",
    "media": "JRN",
}
# How exact the place is: 1 the place, 2 near it or a district, 3 a region, 4 wider, 5 the country.
_RESOLUTION = {1: 1, 2: 2, 3: 2, 4: 3, 5: 4, 6: 5, 7: 4}
_ELSEWHERE = "They are in csv, incidents-csv and jsonl; use one of these for them."


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write one line an incident that PLOVER would code."""
    del choices  # names are masked before dossiers come here, and there is no place for whole texts
    left_out = LeftOut("plover")
    with text(out) as stream:
        for incident, dossier in incidents(dossiers, left_out):
            event = _EVENTS.get(EVENT_TYPES.get(incident.type or "", ""))
            doer, harmed = parties.sides(dossier)
            if event is None:
                what = "Incidents left out, as PLOVER does, since the words do not tell of a deed of its kinds"
                left_out.add("no-type", incident.id, what, _ELSEWHERE)
            elif not doer.name:
                what = "Incidents left out, as PLOVER does, since nobody says who did it"
                left_out.add("no-actor", incident.id, what, _ELSEWHERE)
            else:
                stream.write(dumped(_event(incident, dossier, event, (doer, harmed))) + "\n")
    return left_out.problems()


def _event(
    incident: Incident, dossier: Dossier, event: str, sides: tuple[parties.Party, parties.Party]
) -> dict[str, object]:
    where = country(incident.country)
    reports = list(dict.fromkeys(kept.report for kept in totals.standing(dossier)))
    first = reports[0] if reports else None
    return {
        "id": incident.id,
        "date": incident.date_from,
        "enddate": incident.date_to,
        "actor": [_party(sides[0])],
        "recipient": [_party(sides[1])] if sides[1].name else [],
        "event": [event],
        "event_loc": {
            "extracted_place": incident.place,
            "resolved_place": incident.place if incident.place_id else None,
            "geonameid": incident.place_id,
            "lat": incident.lat,
            "lon": incident.lon,
            "province": incident.region,
            "country": where.name or None,
            "country_code": where.iso3 or None,
            "resolution": _RESOLUTION.get(incident.place_prec or 0),
        },
        "mode": [],
        "context": ["historical"] if incident.scope == "period" else [],
        "text_info": [
            {"claim": kept.claim.id, "report": kept.report.id, "start": kept.claim.start, "end": kept.claim.end}
            for kept in totals.standing(dossier)
        ],
        "size": {"dead": _size(dossier, "killed"), "injured": _size(dossier, "injured")},
        "cite_info": {
            "title": first.title if first else None,
            "publication": first.outlet if first else None,
            "url": first.url if first else None,
            "language": first.language if first else None,
            "coder": "sayso",
            "codebook": "PLOVER",
            "reports": [report.id for report in reports],
            "claims": list(incident.claims),
        },
    }


def _party(party: parties.Party) -> dict[str, object]:
    return {
        "code": country(party.country).iso3 or None,
        "sector": "CVL" if party.name == parties.CIVILIANS else _SECTORS.get(party.kind) if party.kind else None,
        "entity_text": party.name,
    }


def _size(dossier: Dossier, harm: Harm) -> int | None:
    toll = totals.total(dossier, harm)
    return None if toll is None else toll.low if toll.best is None else toll.best
