"""``hxl``: one row an incident, with a row of HXL hashtags below the heading, for the Humanitarian Data Exchange.

The first columns and their tags are those under which HDX publishes UCDP's data; the rest follow the standard's
attributes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from sayso.export import parties, tables, totals, wording
from sayso.export.countries import country
from sayso.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Dossier, Incident
    from sayso.export.writing import Choices, LeftOut
    from sayso.problems import Problem
    from sayso.records import Harm

_TAG_OF: dict[Harm, str] = {
    "killed": "#affected+killed",
    "injured": "#affected+injured",
    "killed_or_injured": "#affected+killed+injured+total",
    "missing": "#affected+missing",
    "captured": "#affected+detained+captured",
    "abducted": "#affected+abducted",
    "displaced": "#affected+displaced",
}

TAGS = {
    "year": "#date+year",
    "side_a": "#group+name+first",
    "side_b": "#group+name+second",
    "source_article": "#meta+source",
    "source_headline": "#description",
    "where_coordinates": "#loc+name",
    "adm_1": "#adm1+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "country": "#country+name",
    "iso3": "#country+code",
    "region": "#region+name",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "best": "#affected+killed",
    "low": "#affected+killed+min",
    "high": "#affected+killed+max",
    **{
        f"{harm}{end}": tag + attribute
        for harm, tag in _TAG_OF.items()
        if harm != "killed"
        for end, attribute in (("_low", "+min"), ("_high", "+max"))
    },
    "event_type": "#event+type",
    "incident_name": "#event+name",
    "incident_id": "#event+id",
    "policy": "#meta+method",
    "claims": "#meta+claims+id",
}
"""Each column with its tag, in order."""


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a heading, the row of tags, and one row an incident."""
    del choices  # names are masked before dossiers come here, and there is no place for whole texts
    return tables.write(dossiers, out, "hxl", tuple(TAGS), row, tuple(TAGS.values()))


def row(incident: Incident, dossier: Dossier, left_out: LeftOut) -> tables.Row | None:
    """Return an incident's row; totals over a period are left out, since they would count their incidents twice."""
    if incident.scope == "period":
        left_out.add(
            "periods",
            incident.id,
            "Totals over a period left out, since they would count their incidents twice",
            "They are in csv, incidents-csv and jsonl; use one of these for them.",
        )
        return None
    doer, harmed = parties.sides(dossier)
    where = country(incident.country)
    start = tables.day(incident.date_from) or tables.day(incident.date_to)
    reports = list(dict.fromkeys(kept.report for kept in totals.standing(dossier)))
    killed = totals.total(dossier, "killed")
    others: tables.Row = {}
    for harm in HARMS:
        toll = totals.total(dossier, harm)
        others |= {f"{harm}_low": toll.low if toll else None, f"{harm}_high": toll.high if toll else None}
    return {
        **others,
        "year": start.year if start else None,
        "side_a": doer.name or None,
        "side_b": harmed.name or None,
        "source_article": "; ".join(dict.fromkeys(one.url or one.outlet or one.id for one in reports)) or None,
        "source_headline": "; ".join(wording.shown(one.title) for one in reports if one.title) or None,
        "where_coordinates": incident.place,
        "adm_1": incident.region,
        "latitude": incident.lat,
        "longitude": incident.lon,
        "country": where.name or None,
        "iso3": where.iso3 or None,
        "region": where.ucdp_region or None,
        "date_start": incident.date_from,
        "date_end": incident.date_to,
        "best": killed.best if killed else None,
        "low": killed.low if killed else None,
        "high": killed.high if killed else None,
        "event_type": incident.type,
        "incident_name": incident.name,
        "incident_id": incident.id,
        "policy": totals.policy(dossier)[0],
        "claims": tables.ids_cell(incident.claims),
    }
