"""Rows of our own invention in the forms of UCDP and ACLED, and the ledgers that they are taken into."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from sayso.export import acled, ged
from sayso.importing import Importing
from sayso.ledger import Ledger
from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sayso.events import Kept
    from sayso.importing import Format

BARRACKS: dict[str, Any] = {
    "id": 910177,
    "relid": "VEL-2023-1-77-3",
    "year": 2023,
    "type_of_violence": 1,
    "side_a": "Government of Sarnovia",
    "side_b": "Government of Velmora",
    "number_of_sources": 2,
    "source_article": '"Coastal Herald,2023-03-15,17 conscripts dead in missile strike on barracks"',
    "source_original": "Velmora's Defence Ministry",
    "where_prec": 1,
    "where_coordinates": "Dresk",
    "adm_1": "Dresk district",
    "latitude": 47.8417,
    "longitude": 28.9561,
    "country": "Moldova",
    "country_id": 359,
    "date_prec": 1,
    "date_start": "2023-03-14 00:00:00.000",
    "date_end": "2023-03-14 00:00:00.000",
    "deaths_a": 0,
    "deaths_b": 29,
    "deaths_civilians": 3,
    "deaths_unknown": 2,
    "best": 34,
    "high": 100,
    "low": 29,
}
MILL: dict[str, Any] = {
    "event_id_cnty": "LTL77",
    "event_date": "2023-03-09",
    "year": 2023,
    "time_precision": 1,
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack",
    "actor1": "Military Forces of Karsk",
    "actor2": "Civilians (Velmora)",
    "iso": 498,
    "admin1": "Harlan",
    "location": "Harlan Falls",
    "latitude": 47.1,
    "longitude": 28.1,
    "geo_precision": 2,
    "source": "Harlan Falls Gazette",
    "notes": "On 9 March 2023, shells hit a mill in Harlan Falls. Two workers were killed.",
    "fatalities": 2,
    "timestamp": 1679000000,
}
COLUMNS: dict[str, Sequence[str]] = {"ged": ged.COLUMNS, "acled": acled.COLUMNS}


def table(path: Path, form: str, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write rows as a table of a format."""
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, COLUMNS[form])
        writer.writeheader()
        writer.writerows(rows)
    return path


def taken(
    folder: Path, path: Path, form: Format, source: str | None = None
) -> tuple[Ledger, list[Kept], list[Problem], Importing]:
    """Take a file into the ledger of a folder; return its claims, what was told, and what it came to."""
    place = folder / "ledger.sayso"
    ledger = Ledger.open(str(place)) if place.exists() else Ledger.create(str(place))
    importing = Importing(ledger, "tests", form, source)
    problems = [one for one in importing.add(path) if isinstance(one, Problem)]
    return ledger, list(ledger.claims()), problems, importing
