"""``acled``: one row an incident in ACLED's 31 columns, in their order.

What ACLED leaves out is left out and counted: incidents whose month is not known, and those of which no more than the
country is known. Totals over a period are left out, since they would count their incidents twice. What the
words do not tell (militia or rebels, the scale of a source) stays empty.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO

from sayso.export import parties, tables, totals, wording
from sayso.export.countries import country

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sayso.events import ActorKind, Dossier, Incident, Kept, Toll
    from sayso.export.writing import Choices, LeftOut
    from sayso.problems import Problem

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)

_SUB_EVENTS = {
    "Battles": ("Government regains territory", "Non-state actor overtakes territory", "Armed clash"),
    "Protests": ("Excessive force against protesters", "Protest with intervention", "Peaceful protest"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Explosions/Remote violence": (
        *("Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack"),
        *("Remote explosive/landmine/IED", "Grenade"),
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Strategic developments": (
        *("Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use"),
        *("Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory"),
        "Other",
    ),
}
EVENT_TYPES = {sub_event: event for event, all_of_it in _SUB_EVENTS.items() for sub_event in all_of_it}
"""The event type of each sub-event type."""

_DISORDER = {
    **dict.fromkeys((*_SUB_EVENTS["Protests"], "Violent demonstration"), "Demonstrations"),
    "Excessive force against protesters": "Political violence; Demonstrations",
    **dict.fromkeys(_SUB_EVENTS["Strategic developments"], "Strategic developments"),
}
"""The disorder type of a sub-event type, as ACLED's codebook has it, from memory; all others are political violence."""
_INTER: dict[ActorKind, str] = {"government": "State forces", "military": "State forces", "police": "State forces"}
_INTER_ORDER = ("State forces", "Civilians")
# From UCDP's where_prec: the place itself; near it or in a district; a region or wider, the sea.
_GEO_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 7: 3}
_TIME_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3}
_ELSEWHERE = "They are in csv, incidents-csv and jsonl; use one of these for them."


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a heading and one row an incident that ACLED would code."""
    del choices  # names are masked before dossiers come here, and there is no place for whole texts
    return tables.write(dossiers, out, "acled", COLUMNS, row)


def row(incident: Incident, dossier: Dossier, left_out: LeftOut) -> tables.Row | None:
    """Return an incident's row, or None where ACLED would not code it."""
    if incident.scope == "period":
        left_out.add(
            "periods",
            incident.id,
            "Totals over a period left out, since they would count their incidents twice",
            _ELSEWHERE,
        )
        return None
    precision, when = _TIME_PRECISION.get(incident.date_prec or 0), middle_day(incident)
    if precision is None or when is None:
        left_out.add(
            "no-month", incident.id, "Incidents left out, as ACLED does, for having no known month", _ELSEWHERE
        )
        return None
    where_precision = _GEO_PRECISION.get(incident.place_prec or 0)
    if where_precision is None or incident.lat is None or incident.lon is None:
        left_out.add(
            "no-place", incident.id, "Incidents left out for having no place better known than by country", _ELSEWHERE
        )
        return None
    if incident.type is None:
        left_out.add(
            "no-type",
            incident.id,
            "Incidents without an event type, since the words do not tell it or it is none of ACLED's",
            "Fill the three type columns, or drop the rows.",
        )
    event = EVENT_TYPES.get(incident.type or "")
    where = country(incident.country)
    toll = totals.total(dossier, "killed")
    return {
        "event_id_cnty": f"{where.iso3 or 'XXX'}{tables.number_from(incident.id)}",
        "event_date": when.isoformat(),
        "year": when.year,
        "time_precision": precision,
        "disorder_type": _DISORDER.get(incident.type or "", "Political violence") if event else None,
        "event_type": event,
        "sub_event_type": incident.type if event else None,
        **_actors(dossier, where.name, violent=event is not None),
        "iso": where.iso_number,
        "region": where.acled_region or None,
        "country": where.name or None,
        "admin1": incident.region,
        "location": incident.place,
        "latitude": round(incident.lat, 4),
        "longitude": round(incident.lon, 4),
        "geo_precision": where_precision,
        "source": "; ".join(filter(None, dict.fromkeys(kept.report.outlet for kept in totals.standing(dossier))))
        or None,
        "notes": notes(incident, dossier, toll),
        "fatalities": _fatalities(incident, toll, left_out),
        "timestamp": _newest(dossier),
    }


def middle_day(incident: Incident) -> date | None:
    """Return ACLED's day: the day itself, else the middle of the days on which it can have happened."""
    first, last = tables.day(incident.date_from), tables.day(incident.date_to)
    if first is None:
        return None
    return first + timedelta((last - first).days // 2) if last and last > first else first


def notes(incident: Incident, dossier: Dossier, toll: Toll | None) -> str:
    """Return what is said, by whom, with the ids of the claims, and the rule that made the number."""
    said = dict.fromkeys(_said(kept) for kept in totals.standing(dossier) if kept.claim.kind != "individual")
    policy, version = totals.policy(dossier)
    rule = f"Fatalities by {policy} {version}".rstrip()
    decided = f" from claims {' '.join(toll.decided)}" if toll and toll.decided else ""
    return f"{incident.name}. {' '.join(said)} {rule}{decided}; sayso incident {incident.id}."


def _said(kept: Kept) -> str:
    claim = kept.claim
    speaker = parties.speaker(kept) or wording.OWN_VOICE
    whom = wording.whom(claim)
    words = f"{wording.stated(claim)} {wording.harm(claim.harm)}" + (f" ({whom})" if whom else "")
    return f"{speaker[:1].upper()}{speaker[1:]}: {words} [{claim.id}]."


def _fatalities(incident: Incident, toll: Toll | None, left_out: LeftOut) -> int | None:
    """Return the number; 0 where no death is told of, empty where the rule settles on none."""
    if toll is None:
        return 0
    number = toll.best if toll.best is not None else toll.low
    if number is None:
        left_out.add(
            "no-number",
            incident.id,
            "Incidents without a number of fatalities, since the rule settles on none",
            "Choose a rule that does, such as --policy acled-conservative.",
        )
    return number


def _actors(dossier: Dossier, country_name: str, *, violent: bool) -> tables.Row:
    doer, harmed = parties.sides(dossier)
    civilians = harmed.name == parties.CIVILIANS
    inter1 = _INTER.get(doer.kind) if doer.kind else None
    inter2 = "Civilians" if civilians else _INTER.get(harmed.kind) if harmed.kind else None
    both = sorted((one for one in (inter1, inter2) if one), key=_INTER_ORDER.index)
    suffix = f" ({country_name})" if civilians and country_name else ""
    known = len(both) == bool(doer.name) + bool(harmed.name)
    return {
        "actor1": doer.name or None,
        "inter1": inter1,
        "actor2": harmed.name + suffix or None,
        "inter2": inter2,
        "interaction": ("-".join(both) if len(both) > 1 else f"{both[0]} only") if both and known else None,
        "civilian_targeting": "Civilian targeting" if civilians and violent else None,
    }


def _newest(dossier: Dossier) -> int | None:
    """Return midnight UTC of the newest report's day, in seconds since 1970; nothing here asks a clock."""
    days = [tables.day((kept.report.published or "")[:10]) for kept in dossier.claims]
    known = [one for one in days if one]
    return int(datetime.combine(max(known), datetime.min.time(), UTC).timestamp()) if known else None
