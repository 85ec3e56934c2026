"""``ibc``: Iraq Body Count's 18 variables; a row an incident, followed by a row for each person told of one by one.

It counts civilians: deaths and injuries are those of civilians under the chosen rule, and incidents in which no
civilian is said to have been killed are left out and counted. A person's row has no numbers, so that sums count nobody
twice.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, BinaryIO

from sayso.export import cells, parties, tables, totals, wording
from sayso.export.writing import Choices, LeftOut, incidents, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.events import ActorKind, Dossier, Incident, Kept
    from sayso.problems import Problem

COLUMNS = (
    *("Date", "Time", "Place", "Target", "Minimum deaths", "Maximum deaths", "Minimum injuries", "Maximum injuries"),
    *("Weapons", "Killers", "Media sources", "Primary witnesses"),
    *("Name", "Age", "Gender", "Marital status", "Parental status", "Occupation"),
)
_PRIMARY: frozenset[ActorKind] = frozenset({"witness", "medical", "police", "rescue", "official"})
_GENDERS = {"female": "Female", "male": "Male"}


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a heading, and for each incident its row and those of people told of one by one."""
    left_out = LeftOut("ibc")
    with text(out) as stream:
        table = csv.writer(stream, lineterminator="\r\n")
        table.writerow(COLUMNS)
        for incident, dossier in incidents(dossiers, left_out):
            for row in _rows(incident, dossier, left_out, names=choices.names):
                table.writerow([cells.cell(row.get(column)) for column in COLUMNS])
    return left_out.problems()


def _rows(incident: Incident, dossier: Dossier, left_out: LeftOut, *, names: bool) -> Iterator[tables.Row]:
    elsewhere = "They are in csv, incidents-csv and jsonl; use one of these for them."
    deaths = totals.total(dossier, "killed", "civilian")
    injuries = totals.total(dossier, "injured", "civilian")
    if incident.scope == "period":
        what = "Totals over a period left out, since they would count their incidents twice"
        left_out.add("periods", incident.id, what, elsewhere)
        return
    if deaths is None or not any((deaths.low, deaths.high)):
        what = "Incidents left out, as Iraq Body Count does, for having no civilian killed"
        left_out.add("no-civilian-death", incident.id, what, elsewhere)
        return
    said = totals.standing(dossier)
    common: tables.Row = {
        "Date": wording.when(incident.date_from, incident.date_to),
        "Place": incident.place,
    }
    yield {
        **common,
        "Time": next((kept.claim.time for kept in said if kept.claim.time), None),
        "Minimum deaths": deaths.low,
        "Maximum deaths": deaths.high,
        "Minimum injuries": injuries.low if injuries else None,
        "Maximum injuries": injuries.high if injuries else None,
        "Weapons": incident.means,
        "Killers": cells.listed(parties.rivals(dossier)) or None,
        "Media sources": _media(said),
        "Primary witnesses": cells.listed(
            dict.fromkeys(parties.speaker(kept) for kept in said if kept.source and kept.source.kind in _PRIMARY)
        )
        or None,
    }
    for kept in said:
        if kept.claim.kind == "individual" and kept.claim.harm == "killed" and kept.claim.status == "civilian":
            yield {**common, **_person(kept, names=names)}


def _person(kept: Kept, *, names: bool) -> tables.Row:
    return {
        "Media sources": _media([kept]),
        "Name": kept.claim.text if names else None,
        "Age": kept.victims.age.capitalize() if kept.victims.age else None,
        "Gender": _GENDERS[kept.victims.sex] if kept.victims.sex else None,
    }


def _media(said: Iterable[Kept]) -> str | None:
    """Return each outlet with the day of its report and the ids of its claims."""
    by_report: dict[str, list[Kept]] = {}
    for kept in said:
        by_report.setdefault(kept.report.id, []).append(kept)
    named = (
        f"{claims[0].report.outlet or claims[0].report.id} {(claims[0].report.published or '')[:10]}".strip()
        + f" [claims {' '.join(kept.claim.id for kept in claims)}]"
        for claims in by_report.values()
    )
    return cells.listed(named) or None
