"""What code books call a country: its codes, its number among states, and the region that they put it in.

``atlas/countries.csv`` has a row a country. The codes are those of ISO 3166-1; ``gw`` is the number that Gleditsch and
Ward give a state, which UCDP uses (none for territories that their list leaves out); the regions are UCDP's five, and
ACLED's. ACLED's are written down from memory: check them before a study rests on them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Country:
    """A row of the table; empty text and None where a code book has nothing."""

    iso2: str
    iso3: str
    iso_number: int | None
    name: str
    gw: int | None
    ucdp_region: str
    acled_region: str


NOWHERE = Country("", "", None, "", None, "", "")
"""What stands for a country that is not known."""


def country(code: str | None) -> Country:
    """Return a country by its two-letter code; `NOWHERE` where there is none.

    >>> country("UA").gw, country("UA").iso3, country(None).name
    (369, 'UKR', '')
    """
    return _table().get((code or "").upper(), NOWHERE)


def coded(*, gw: str | None = None, iso_number: str | None = None) -> str | None:
    """Return the two-letter code of a country by its number among states, or by ISO's; None where there is none.

    >>> coded(gw="369"), coded(iso_number="804"), coded(gw="no number")
    ('UA', 'UA', None)
    """
    return _by_number().get(("gw", gw or "")) or _by_number().get(("iso", iso_number or ""))


@cache
def _by_number() -> dict[tuple[str, str], str]:
    every = _table().values()
    numbers = {("iso", str(one.iso_number)): one.iso2 for one in every if one.iso_number is not None}
    return numbers | {("gw", str(one.gw)): one.iso2 for one in every if one.gw is not None}


@cache
def _table() -> dict[str, Country]:
    text = files("sayso.export").joinpath("atlas", "countries.csv").read_text(encoding="utf-8")
    return {
        row["iso2"]: Country(
            row["iso2"],
            row["iso3"],
            int(row["iso_number"]) if row["iso_number"] else None,
            row["name"],
            int(row["gw"]) if row["gw"] else None,
            row["ucdp_region"],
            row["acled_region"],
        )
        for row in csv.DictReader(text.splitlines())
    }
