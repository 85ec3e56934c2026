"""``ged``: one row an incident in the 49 columns of UCDP's Georeferenced Event Dataset, in their order.

What UCDP leaves out is left out and counted: incidents without a death in low, best or high, and those whose place or
first day is not known. Totals over a period are left out as well, since they would count their incidents twice. The
numbers of UCDP's own lists (conflicts, dyads, actors) are not ours to give and stay empty, and so does what nobody
told. An open bound stays empty; it is not UCDP's "no higher than best".
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, BinaryIO

from sayso.export import parties, tables, totals, wording
from sayso.export.countries import country

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Dossier, Incident, Kept, Toll
    from sayso.export.writing import Choices, LeftOut
    from sayso.problems import Problem

COLUMNS = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence"),
    *("conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name"),
    *("side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b"),
    *("number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original"),
    *("where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end"),
    *("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob"),
)


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a heading and one row an incident that UCDP would code."""
    del choices  # names are masked before dossiers come here, and there is no place for whole texts
    return tables.write(dossiers, out, "ged", COLUMNS, row)


def row(incident: Incident, dossier: Dossier, left_out: LeftOut) -> tables.Row | None:
    """Return an incident's row, or None where UCDP would not code it."""
    if incident.scope == "period":
        left_out.add(
            "periods",
            incident.id,
            "Totals over a period left out, since they would count their incidents twice",
            _ELSEWHERE,
        )
        return None
    toll = totals.total(dossier, "killed")
    if toll is None or not any((toll.low, toll.best, toll.high)):
        left_out.add(
            "no-death",
            incident.id,
            "Incidents left out, as UCDP does, for having no death in low, best or high",
            _ELSEWHERE,
        )
        return None
    start = tables.day(incident.date_from)
    if start is None:
        left_out.add("no-first-day", incident.id, "Incidents left out for having no first possible day", _ELSEWHERE)
        return None
    if incident.lat is None or incident.lon is None:
        left_out.add("no-place", incident.id, "Incidents left out for having no place on the map", _ELSEWHERE)
        return None
    if toll.best is None:
        left_out.add(
            "no-best",
            incident.id,
            "Incidents whose best and deaths_ columns are empty, since the rule settles on no number",
            "Choose a rule that does, such as --policy ucdp-best-low-high.",
        )
    doer, harmed = parties.sides(dossier)
    kind = parties.type_of_violence(doer, harmed)
    if kind is None:
        left_out.add(
            "no-type",
            incident.id,
            "Incidents without a type_of_violence, since the words do not tell which organised side did it to whom",
            "UCDP codes nothing else: fill it in, or drop the rows.",
        )
    where = country(incident.country)
    return {
        "id": tables.number_from(incident.id),
        "relid": incident.id,
        "year": start.year,
        "code_status": f"sayso {totals.policy(dossier)[0]}",
        "type_of_violence": kind,
        "dyad_name": f"{doer.name} - {harmed.name}" if doer.name and harmed.name else None,
        "side_a": doer.name or None,
        "side_b": harmed.name or None,
        **_sources(dossier),
        "where_prec": incident.place_prec,
        "where_coordinates": incident.place,
        "where_description": incident.name,
        "adm_1": incident.region,
        "latitude": round(incident.lat, 6),
        "longitude": round(incident.lon, 6),
        "geom_wkt": f"POINT ({incident.lon:.6f} {incident.lat:.6f})",
        "priogrid_gid": priogrid(incident.lat, incident.lon),
        "country": where.name or None,
        "country_id": where.gw,
        "region": where.ucdp_region or None,
        "event_clarity": 1 if incident.date_prec == 1 and (incident.place_prec or 9) <= 3 else 2,
        "date_prec": incident.date_prec,
        "date_start": start.isoformat(),
        "date_end": incident.date_to or start.isoformat(),
        **_deaths(dossier, toll, doer, harmed),
        "gwnoa": _state_number(doer),
        "gwnob": _state_number(harmed),
    }


_ELSEWHERE = "They are in csv, incidents-csv and jsonl; use one of these for them."


def priogrid(lat: float, lon: float) -> int:
    """Return the number of the PRIO-GRID cell (half a degree wide, from 180 W and 90 S, by rows) of a place.

    >>> priogrid(34.528, 69.172)
    179779
    """
    row_number = min(math.floor((lat + 90) * 2), 359)
    column = math.floor((lon + 180) * 2) % 720
    return row_number * 720 + column + 1


def _deaths(dossier: Dossier, toll: Toll, doer: parties.Party, harmed: parties.Party) -> tables.Row:
    """Return the four parts and their sum; where the parts exceed it, all dead stand under unknown.

    UCDP: best is the sum of deaths_a, deaths_b, deaths_civilians and deaths_unknown.
    """
    civilians = totals.total(dossier, "killed", "civilian")
    found = {
        "deaths_a": _fighters(dossier, doer.side, civilians),
        "deaths_b": _fighters(dossier, harmed.side, civilians) if harmed.side != doer.side else None,
        "deaths_civilians": civilians,
    }
    parts = {name: part.best if part and part.best else 0 for name, part in found.items()}
    if toll.best is None:
        known = dict.fromkeys((*parts, "deaths_unknown"), None)
    elif sum(parts.values()) > toll.best:
        known = {**dict.fromkeys(parts, 0), "deaths_unknown": toll.best}
    else:
        known = {**parts, "deaths_unknown": toll.best - sum(parts.values())}
    return {**known, "best": toll.best, "high": toll.high, "low": toll.low}


def _fighters(dossier: Dossier, side: str | None, civilians: Toll | None) -> Toll | None:
    """Return the toll of a side's fighters: told as such, or all of that side's dead where no civilian is told of."""
    if side is None:
        return None
    fighters = totals.total(dossier, "killed", "combatant", side)
    return fighters or (None if civilians else totals.total(dossier, "killed", side=side))


def _sources(dossier: Dossier) -> tables.Row:
    """Return the columns on sources; each report with the ids of its claims, so that every number leads back."""
    by_report: dict[str, list[Kept]] = {}
    for kept in totals.standing(dossier):
        by_report.setdefault(kept.report.id, []).append(kept)
    reports = [(said[0].report, [kept.claim.id for kept in said]) for said in by_report.values()]
    articles = (
        f'"{report.outlet or "outlet not given"},{(report.published or "no date")[:10]},'
        f'{wording.shown(report.title or report.id)} [claims {" ".join(claims)}]"'
        for report, claims in reports
    )
    said = dict.fromkeys(parties.speaker(kept) for kept in totals.standing(dossier))
    return {
        "number_of_sources": len({report.voice or report.id for report, _ in reports}) or -1,
        "source_article": ";".join(articles) or None,
        "source_office": ";".join(dict.fromkeys(report.outlet or "" for report, _ in reports)).strip(";") or None,
        "source_date": ";".join(dict.fromkeys((report.published or "")[:10] for report, _ in reports)).strip(";")
        or None,
        "source_headline": ";".join(wording.shown(report.title) for report, _ in reports if report.title) or None,
        "source_original": ";".join(name for name in said if name) or None,
    }


def _state_number(party: parties.Party) -> str | None:
    number = country(party.country).gw if party.state else None
    return None if number is None else str(number)
