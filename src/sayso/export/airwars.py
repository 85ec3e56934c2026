"""``airwars``: one row an incident with the columns that Airwars' exporter names, for up to three belligerents.

The grade stands under ``civilian_harm_status_slug`` where the numbers follow the rule ``airwars-grade``. Their own file
was not at hand when this was written: the names are those of their published code, the order is ours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from sayso.export import parties, tables, totals, wording
from sayso.export.countries import country

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.events import Dossier, Incident, Kept
    from sayso.export.writing import Choices, LeftOut
    from sayso.problems import Problem
    from sayso.records import Harm, Status

_MOST = 3
"""Belligerents that have columns."""

_PARTS = (
    *("belligerent_id", "belligerent_name", "belligerent_slug", "type", "assessment_name", "assessment_slug"),
    *("deaths_conceded_min", "deaths_conceded_max", "injuries_conceded_min", "injuries_conceded_max", "location"),
    *("mgrs_coordinate", "mgrs_accuracy", "civcas_statements", "strike_reports"),
)
_RANGES = (
    *("civilian_non_combatants_killed", "civilian_non_combatants_injured"),
    *("children_killed", "women_killed", "men_killed"),
    *("persons_directly_participating_in_hostilities_killed", "persons_directly_participating_in_hostilities_injured"),
)
COLUMNS = (
    *("code", "date", "date_end", "date_type", "country_slug", "region", "location_name", "location_name_arabic"),
    *("latitude", "longitude", "geolocation_accuracy_slug", "strike_status_slug", "strike_type_name"),
    *("infrastructure_name", "civilian_harm_reported", "civilian_harm_status_slug"),
    *(f"{name}_{end}" for name in _RANGES for end in ("min", "max")),
    *("num_victims_named", "targeted_belligerent_slug", "permalink", "summary"),
    *(f"belligerent_{number}_{part}" for number in range(1, _MOST + 1) for part in _PARTS),
)
_COUNTED: tuple[tuple[Harm, Status], ...] = (
    *(("killed", "civilian"), ("injured", "civilian"), ("killed", "combatant"), ("injured", "combatant")),
)
_ACCURACY = {1: "town", 2: "subdistrict", 3: "district", 4: "province_governorate"}


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a heading and one row an incident."""
    del choices  # names are masked before dossiers come here, and there is no place for whole texts
    return tables.write(dossiers, out, "airwars", COLUMNS, row)


def row(incident: Incident, dossier: Dossier, left_out: LeftOut) -> tables.Row | None:
    """Return an incident's row, or None for a total over a period."""
    if incident.scope == "period":
        left_out.add(
            "periods",
            incident.id,
            "Totals over a period left out, since they would count their incidents twice",
            "They are in csv, incidents-csv and jsonl; use one of these for them.",
        )
        return None
    civilians = {harm: totals.total(dossier, harm, "civilian") for harm in ("killed", "injured")}
    voices = {kept.report.voice or kept.report.id for kept in totals.standing(dossier)}
    belligerents = parties.rivals(dossier)
    if len(belligerents) > _MOST:
        left_out.add(
            "more-belligerents",
            incident.id,
            f"Incidents that more than {_MOST} are said to have done, of whom {_MOST} have columns",
            "All are in incidents-csv and jsonl.",
        )
    killed = civilians["killed"]
    named = {kept.claim.text for kept in totals.standing(dossier) if kept.claim.kind == "individual"}
    harmed = any(kept.claim.status == "civilian" and kept.claim.kind != "zero" for kept in totals.standing(dossier))
    return {
        "code": incident.id,
        "date": incident.date_from,
        "date_end": incident.date_to if incident.date_to != incident.date_from else None,
        "date_type": "date" if incident.date_from == incident.date_to else "date_range",
        "country_slug": slug(country(incident.country).name),
        "region": incident.region,
        "location_name": incident.place,
        "latitude": incident.lat,
        "longitude": incident.lon,
        "geolocation_accuracy_slug": _ACCURACY.get(incident.place_prec or 0),
        "strike_status_slug": "single_source_claim" if len(voices) == 1 else None,
        "strike_type_name": incident.type,
        "civilian_harm_reported": "Yes" if harmed else "No",
        "civilian_harm_status_slug": killed.label if killed and killed.policy == "airwars-grade" else None,
        **_range("civilian_non_combatants_killed", dossier, "killed", "civilian"),
        **_range("civilian_non_combatants_injured", dossier, "injured", "civilian"),
        **_told("children_killed", [one for one in _killed(dossier) if one.victims.age == "child"]),
        **_told("women_killed", [one for one in _adults(dossier) if one.victims.sex == "female"]),
        **_told("men_killed", [one for one in _adults(dossier) if one.victims.sex == "male"]),
        **_range("persons_directly_participating_in_hostilities_killed", dossier, "killed", "combatant"),
        **_range("persons_directly_participating_in_hostilities_injured", dossier, "injured", "combatant"),
        "num_victims_named": len(named),
        "summary": _summary(incident, dossier),
        **_belligerents(belligerents[:_MOST], dossier),
    }


def slug(name: str) -> str | None:
    """Return a name in lower case with hyphens; None for none.

    >>> slug("United Arab Emirates"), slug("")
    ('united-arab-emirates', None)
    """
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-") or None


def _range(name: str, dossier: Dossier, harm: Harm, status: Status) -> tables.Row:
    toll = totals.total(dossier, harm, status)
    return {f"{name}_min": toll.low if toll else None, f"{name}_max": toll.high if toll else None}


def _killed(dossier: Dossier) -> list[Kept]:
    return [
        kept
        for kept in totals.standing(dossier)
        if kept.claim.harm == "killed" and kept.claim.stance == "asserts" and kept.claim.kind != "individual"
    ]


def _adults(dossier: Dossier) -> list[Kept]:
    return [kept for kept in _killed(dossier) if kept.victims.age != "child"]


def _told(name: str, said: Sequence[Kept]) -> tables.Row:
    """Return the lowest and the highest of what was said; an open bound stays empty."""
    lows = [kept.claim.low for kept in said]
    highs = [kept.claim.high for kept in said]
    return {
        f"{name}_min": min((low for low in lows if low is not None), default=None),
        f"{name}_max": None if None in highs else max((high for high in highs if high is not None), default=None),
    }


def _summary(incident: Incident, dossier: Dossier) -> str:
    said = (
        f"{parties.speaker(kept) or wording.OWN_VOICE}: {wording.stated(kept.claim)} "
        f"{wording.harm(kept.claim.harm)} [{kept.claim.id}]."
        for kept in totals.standing(dossier)
        if kept.claim.kind != "individual"
    )
    counted = (totals.total(dossier, harm, status) for harm, status in _COUNTED)
    decided = " ".join(totals.rests_on(counted))
    rests = f" Numbers by {totals.policy(dossier)[0]} from claims {decided}." if decided else ""
    return f"{wording.shown(incident.name)}. {' '.join(dict.fromkeys(said))}{rests}"


def _belligerents(names: Sequence[str], dossier: Dossier) -> tables.Row:
    """Return the columns of each party that is said to have done it, with what it has conceded itself."""
    found: tables.Row = {}
    killed = totals.total(dossier, "killed", "civilian")
    for number, name in enumerate(names, start=1):
        own = [kept for kept in totals.standing(dossier) if kept.source and kept.source.name == name]
        of_civilians = [kept for kept in own if kept.claim.status == "civilian" and kept.claim.stance == "asserts"]
        deaths = _told("deaths", [kept for kept in of_civilians if kept.claim.harm == "killed"])
        injuries = _told("injuries", [kept for kept in of_civilians if kept.claim.harm == "injured"])
        label = killed.label if killed and killed.policy == "airwars-grade" else None
        values: tables.Row = {
            "belligerent_id": own[0].source.id if own and own[0].source else slug(name),
            "belligerent_name": name,
            "belligerent_slug": slug(name),
            "type": "suspected",
            "assessment_name": label.capitalize() if label else None,
            "assessment_slug": label,
            "deaths_conceded_min": deaths["deaths_min"],
            "deaths_conceded_max": deaths["deaths_max"],
            "injuries_conceded_min": injuries["injuries_min"],
            "injuries_conceded_max": injuries["injuries_max"],
            "civcas_statements": tables.ids_cell(kept.claim.id for kept in own),
        }
        found |= {f"belligerent_{number}_{part}": value for part, value in values.items()}
    return found
