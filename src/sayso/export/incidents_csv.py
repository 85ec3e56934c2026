"""``incidents-csv``: one row an incident, with the numbers of the chosen rule and the claims they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from sayso.export import cells, parties, tables, totals
from sayso.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Dossier, Incident
    from sayso.export.writing import Choices, LeftOut
    from sayso.problems import Problem

_BOUNDS = ("low", "best", "high")
COLUMNS = (
    *("id", "name", "scope", "type", "date_from", "date_to", "date_prec"),
    *("place", "place_id", "place_prec", "region", "country", "country_name", "lat", "lon"),
    *("perpetrators", "means", "contested", "policy", "policy_version"),
    *(f"{harm}_{bound}" for harm in HARMS for bound in _BOUNDS),
    *("killed_label", "left_open", "decided_by", "claims", "reports", "voices"),
)


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a heading and one row an incident."""
    del choices  # names are masked before dossiers come here, and there is no place for whole texts
    return tables.write(dossiers, out, "incidents-csv", COLUMNS, row)


def row(incident: Incident, dossier: Dossier, left_out: LeftOut) -> tables.Row:
    """Return an incident's row; nothing is left out."""
    from sayso.export.countries import country

    del left_out
    tolls = {harm: totals.total(dossier, harm) for harm in HARMS}
    name, version = totals.policy(dossier)
    killed = tolls["killed"]
    named = (
        *("id", "name", "scope", "type", "date_from", "date_to", "date_prec", "place", "place_id", "place_prec"),
        *("region", "country", "lat", "lon", "means", "contested"),
    )
    return {
        **{key: getattr(incident, key) for key in named},
        "country_name": country(incident.country).name or None,
        "perpetrators": cells.listed(parties.rivals(dossier)) or None,
        "policy": name,
        "policy_version": version or None,
        **{
            f"{harm}_{bound}": getattr(toll, bound) if toll else None
            for harm, toll in tolls.items()
            for bound in _BOUNDS
        },
        "killed_label": killed.label if killed else None,
        "left_open": cells.listed(dict.fromkeys(one for toll in tolls.values() if toll for one in toll.left_open))
        or None,
        "decided_by": tables.ids_cell(totals.rests_on(tolls.values())),
        "claims": tables.ids_cell(incident.claims),
        "reports": tables.ids_cell(incident.reports),
        "voices": len({kept.report.voice or kept.report.id for kept in totals.standing(dossier)}),
    }
