"""Incidents in a list: two lines an incident for people, one line of JSON an incident for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sayso.export import wording
from sayso.export.countries import country
from sayso.export.jsonl import dumped
from sayso.export.layout import Lines
from sayso.export.spots import range_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.events import Incident, Range


SHORT = 10
"""Signs of an id that are shown; any beginning that is unlike all others will do."""

_WIDTH_OF_DAY = 12


def line(incident: Incident, own_ids: Sequence[str]) -> str:
    """Return an incident as one line of JSON, without the line end; ``docs/incidents.md`` describes the keys.

    Args:
        incident: The incident.
        own_ids: The ids that its reports came with, in the order of `Incident.reports`.
    """
    values: dict[str, object] = {
        "id": incident.id,
        "name": incident.name,
        "scope": incident.scope,
        "type": incident.type,
        "date_from": incident.date_from,
        "date_to": incident.date_to,
        "date_prec": incident.date_prec,
        "place": incident.place,
        "place_id": incident.place_id,
        "place_prec": incident.place_prec,
        "region": incident.region,
        "country": incident.country,
        "lat": incident.lat,
        "lon": incident.lon,
        "reports": list(own_ids),
        "ledger_reports": list(incident.reports),
        "claims": list(incident.claims),
        "killed": _range(incident.figures.get("killed")),
        "injured": _range(incident.figures.get("injured")),
        "figures": {harm: _range(said) for harm, said in incident.figures.items()},
        "may_be_more": [harm for harm, said in incident.figures.items() if said.more],
        "perpetrators": [{"name": name, "claims": list(claims)} for name, claims in incident.perpetrators],
        "means": incident.means,
        "contested": incident.contested,
    }
    return dumped(values)


def write(incidents: Iterable[Incident], out: TextIO) -> str | None:
    """Write incidents for people, and return the id of the last one.

    Args:
        incidents: The incidents, in the order in which they are to stand.
        out: Where to write.
    """
    view = Lines(out)
    last = None
    for incident in incidents:
        for number, row in enumerate(view.wrapped(view.words((_name(incident), "bold")), view.width - _WIDTH_OF_DAY)):
            begin = _day(incident) if number == 0 else ""
            view.line(view.words(begin.ljust(_WIDTH_OF_DAY)).append_text(row))
        for row in view.wrapped(view.words(" · ".join(facts(incident))), view.width - _WIDTH_OF_DAY):
            view.line(row, indent=_WIDTH_OF_DAY)
        last = incident.id
    return last


def facts(incident: Incident) -> list[str]:
    """Return what a list says of an incident beside its name."""
    figures = [f"{wording.harm(harm)} {_said(said)}" for harm, said in incident.figures.items()]
    reports = len(incident.reports)
    where = country(incident.country).name
    return [
        *([where] if where else []),
        *figures,
        f"{reports} {'report' if reports == 1 else 'reports'}" if reports else "told in passing",
        *(["contested"] if incident.contested else []),
        incident.id[:SHORT],
    ]


def _name(incident: Incident) -> str:
    return wording.shown(incident.name) or "Incident without a name"


def _day(incident: Incident) -> str:
    if incident.date_from is None:
        return wording.NOT_SAID
    return incident.date_from if incident.date_from == incident.date_to else f"~{incident.date_from}"


def _said(said: Range) -> str:
    return range_words(said.low, said.high, more=said.more)


def _range(said: Range | None) -> list[int | None] | None:
    return None if said is None else [said.low, said.high]
