"""docs/formats.md describes every format and every column, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from sayso.export import acled, claims_csv, ged, incidents_csv, table_csv
from sayso.export.formats import FORMATS
from sayso.export.html_page import MOST
from sayso.export.withheld import MASK
from sayso.records import HARMS

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    return next(part for part in PAGE.split("\n## ") if re.match(rf".*`{name}`", part.partition("\n")[0]))


def columns_of(name: str) -> list[str]:
    """Return the names in the first column of a section's table, in order."""
    rows = re.findall(r"^\| (`.*?) \|", section(name), re.MULTILINE)
    return [column for row in rows for column in re.findall(r"`([^`]+)`", row)]


def test_the_table_is_the_registry() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| an? (\w+) \| `([\w-]+)` \| `(\.\w+)` \| (.+?) \|$", PAGE, re.MULTILINE)
    assert rows == [(one.name, one.rows, one.policy, one.ending, one.about) for one in FORMATS]


def test_every_format_has_a_section() -> None:
    for one in FORMATS:
        assert section(one.name)


def test_the_columns_of_claims_are_described() -> None:
    assert columns_of("csv") == list(claims_csv.columns())[len(table_csv.columns()) :]


def test_the_columns_of_incidents_are_described() -> None:
    others = {f"{harm}_{bound}" for harm in HARMS if harm != "killed" for bound in ("low", "best", "high")}
    assert columns_of("incidents-csv") == [name for name in incidents_csv.COLUMNS if name not in others]
    assert all(f"`{harm}`" in section("incidents-csv") for harm in HARMS if harm != "killed")


def test_the_numbers_in_the_text_hold() -> None:
    assert f"{len(ged.COLUMNS)} columns" in section("ged")
    assert f"{len(acled.COLUMNS)} columns" in section("acled")
    assert f"{MOST:,} incidents" in section("html")
    assert f"`{MASK}`" in PAGE
    for module, name in ((ged, "ged"), (acled, "acled")):
        quoted = set(re.findall(r"`(\w+)`", section(name))) - {name, "plain"}
        assert quoted <= set(module.COLUMNS)
