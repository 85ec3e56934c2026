"""Reads the files of places that users add: country files of GeoNames, and lists of their own as CSV.

Both come from anywhere, so lines, names and files have bounds, and what cannot be read is a `Problem` that says where.
"""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from sayso.claim.gazetteer import Entry
from sayso.claim.gazetteer_file import own_id
from sayso.claim.place_precision import where_prec
from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sayso.claim.place_precision import Feature

LARGEST_FILE = 2_000_000_000  # bytes; the whole of GeoNames is 1.6 GB
MOST_PLACES = 1_000_000  # as many as take about a gigabyte of memory to compile
_LONGEST_LINE = 100_000
_LONGEST_NAME = 200
_MOST_NAMES = 300
_TOLD = 20  # bad lines that are told one by one
_GEONAMES_COLUMNS = 19
_REQUIRED = ("name", "lat", "lon", "country")
_COLUMNS = (*_REQUIRED, "kind", "alternates", "population")

# Kinds of a user's list: the kind of entry and what it is to UCDP's scale.
KINDS: dict[str, tuple[Literal["city", "region", "area", "sea"], Feature]] = {
    "city": ("city", "town"),
    "town": ("city", "town"),
    "village": ("city", "town"),
    "hamlet": ("city", "town"),
    "camp": ("city", "town"),
    "neighbourhood": ("area", "quarter"),
    "neighborhood": ("area", "quarter"),
    "district": ("area", "admin2"),
    "region": ("region", "admin1"),
    "area": ("area", "area"),
    "sea": ("sea", "sea"),
}

Made = tuple[Entry, tuple[str, ...]]


@dataclass(slots=True)
class Places:
    """What a file of places gave.

    Attributes:
        kind: ``geonames`` or ``csv``.
        entries: The places, each with further names.
        problems: What could not be read; a problem with ``lost`` set means that nothing is taken from the file.
    """

    kind: str = ""
    entries: list[Made] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _bad: int = 0

    def bad(self, where: str, what: str, remedy: str) -> None:
        """Note a line that is left out, the first ones by themselves."""
        self._bad += 1
        if self._bad <= _TOLD:
            self.problems.append(Problem("bad-place", where, what, remedy))

    def close(self, file: Path) -> None:
        """Sum up the lines that were left out beyond those told."""
        if self._bad > _TOLD:
            left = self._bad - _TOLD
            self.problems.append(
                Problem(
                    "bad-place", str(file), f"{left} more lines were left out.", "Mend the first ones and add it again."
                )
            )


def read_places(file: Path) -> Places:
    """Read a file of places, told by its content to be GeoNames' or a list of the user's own.

    Args:
        file: A country file of GeoNames (``UA.txt``: 19 columns with tabs between them, UTF-8), or a CSV file with a
            heading that names at least ``name``, ``lat``, ``lon`` and ``country``; ``kind``, ``alternates`` (with
            ``|`` between them) and ``population`` may be there too.
    """
    places = Places()
    try:
        if file.stat().st_size > LARGEST_FILE:
            return _lost(
                places, "file-too-large", file, "This file is larger than 2 GB.", "Give the files of single countries."
            )
        with file.open("rb") as stream:
            start = stream.read(4096)
            stream.seek(0)
            if start[:4] == b"PK\x03\x04":
                return _lost(
                    places, "packed-places", file, "This is a ZIP archive.", "Unpack it and add the .txt file in it."
                )
            lines = iter(lambda: stream.readline(_LONGEST_LINE), b"")
            first = start.split(b"\n", 1)[0]
            if first.count(b"\t") == _GEONAMES_COLUMNS - 1:
                places.kind = "geonames"
                _read_all(places, file, lines, _from_geonames)
            else:
                places.kind = "csv"
                _read_csv(places, file, lines)
    except OSError as error:
        return _lost(
            places,
            "cannot-read",
            file,
            f"It cannot be read: {error.strerror}.",
            "Check its path and your rights to it.",
        )
    places.close(file)
    if not places.entries and not any(problem.lost for problem in places.problems):
        _lost(
            places,
            "no-places",
            file,
            "No place could be read from it.",
            "Give a country file of GeoNames, or a CSV file with the columns name, lat, lon and country.",
        )
    return places


def _lost(places: Places, code: str, file: Path, what: str, remedy: str) -> Places:
    places.entries.clear()
    places.problems.append(Problem(code, str(file), what, remedy, lost=True))
    return places


def _read_all(
    places: Places, file: Path, lines: Iterable[bytes], read: Callable[[list[str]], Made | str | None]
) -> None:
    for number, line in enumerate(lines, start=1):
        where = f"{file}:{number}"
        try:
            cells = line.decode("utf-8").rstrip("\r\n").split("\t")
        except UnicodeDecodeError:
            places.bad(where, "This line is not UTF-8.", "Save the file as UTF-8.")
            continue
        made = read(cells)
        if isinstance(made, str):
            places.bad(where, made, "Mend this line, or leave it out.")
        elif made is not None and not _room(places, file, made):
            return


def _room(places: Places, file: Path, made: Made) -> bool:
    """Take a place in; say False, and why, where there are too many."""
    if len(places.entries) >= MOST_PLACES:
        what = f"It holds more than {MOST_PLACES:,} places."
        _lost(places, "too-many-places", file, what, "Split it, and add only the parts that you need.")
        return False
    places.entries.append(made)
    return True


def _from_geonames(cells: list[str]) -> Made | str | None:
    """Read one line of GeoNames' main table (https://download.geonames.org/export/dump/readme.txt).

    Populated places, regions and districts, areas, islands, mountains, rivers and lakes are taken; single buildings,
    roads and what lies under the sea are not.
    """
    if len(cells) != _GEONAMES_COLUMNS:
        return f"A line of GeoNames has {_GEONAMES_COLUMNS} columns, and this one has {len(cells)}."
    number, name, plain, alternates, lat, lon, group, code, country, _, admin1, *rest = cells
    kind = _kind_of_feature(group, code)
    if kind is None:
        return None
    point = _point(lat, lon)
    if not re.fullmatch("[1-9][0-9]{0,11}", number) or point is None:
        return "Its number or coordinates are not numbers in range."
    if not _is_name(name) or not re.fullmatch(r"[A-Z]{2}|", country):
        return "It has no name, or a country that is no two-letter code."
    population = int(rest[3]) if re.fullmatch("[0-9]{1,11}", rest[3]) else 0
    entry_kind, feature = kind
    names = tuple(one for one in (plain, *alternates.split(",")[:_MOST_NAMES]) if _is_name(one))
    tagged = {"town": "town", "admin1": "admin1", "admin2": "admin2"}.get(feature, "area")
    entry = Entry(
        int(number),
        name,
        entry_kind,
        country or None,
        admin1[:20] or None,
        *point,
        population,
        tagged,
        where_prec(feature),
    )
    return entry, names


def _kind_of_feature(group: str, code: str) -> tuple[Literal["city", "region", "area"], Feature] | None:
    """Tell by GeoNames' feature class and code what something is; None for what no report's place can be."""
    if group == "P":
        return ("area", "quarter") if code == "PPLX" else ("city", "town")
    if group == "A" and code in {"ADM1", "ADM2", "ADM3", "ADM4"}:
        return ("region", "admin1") if code == "ADM1" else ("area", "admin2")
    if group == "T" and code in {"ISL", "ISLS", "MT", "MTS", "HLL", "HLLS", "PASS", "VAL", "PEN", "DSRT"}:
        return ("area", "area") if code in {"ISLS", "MTS", "PEN", "DSRT"} else ("area", "quarter")
    if (group == "H" and code in {"STM", "LK", "LKS", "RSV"}) or (group == "L" and code in {"RGN", "AREA", "CST"}):
        return "area", "area"
    return None


def _read_csv(places: Places, file: Path, lines: Iterable[bytes]) -> None:
    try:
        rows = csv.reader(_decoded(lines), strict=True)
        heading = [cell.strip().lower() for cell in next(rows, [])]
        missing = [name for name in _REQUIRED if name not in heading]
        if missing:
            remedy = f"Give it a heading with {', '.join(_REQUIRED)}; {', '.join(_COLUMNS[4:])} may stand there too."
            _lost(places, "no-heading", file, f"Its first line does not name {', '.join(missing)}.", remedy)
            return
        for row in rows:
            where = f"{file}:{rows.line_num}"
            if not any(cell.strip() for cell in row):
                continue
            made = _from_row(dict(zip(heading, row, strict=False)), file.stem)
            if isinstance(made, str):
                places.bad(where, made, "Mend this line, or leave it out.")
            elif not _room(places, file, made):
                return
    except UnicodeDecodeError:
        _lost(places, "not-text", file, "It is not text in UTF-8.", "Save it as CSV in UTF-8.")
    except csv.Error as error:
        _lost(places, "bad-csv", file, f"It is not CSV: {error}.", "Save it as CSV with commas between the columns.")


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield line.decode("utf-8-sig" if not number else "utf-8")


def _from_row(row: dict[str, str], list_name: str) -> Made | str:
    name, country = row.get("name", "").strip(), row.get("country", "").strip().upper()
    kind = row.get("kind", "").strip().lower() or "village"
    point = _point(row.get("lat", ""), row.get("lon", ""))
    population = row.get("population", "").strip()
    if not _is_name(name):
        return "It has no name, or one that is too long."
    if point is None:
        return "lat or lon is not a number of degrees."
    if not re.fullmatch(r"[A-Z]{2}", country) and not (kind == "sea" and not country):
        return f"{country!r} is no two-letter country code (ISO 3166-1)."
    if kind not in KINDS:
        return f"{kind!r} is no kind of place; the kinds are {', '.join(KINDS)}."
    entry_kind, feature = KINDS[kind]
    number = own_id("listed", list_name, country, name, f"{point[0]:.5f}", f"{point[1]:.5f}")
    people = int(population) if re.fullmatch("[0-9]{1,11}", population) else 0
    further = row.get("alternates", "").split("|")[:_MOST_NAMES]
    entry = Entry(number, name, entry_kind, country or None, None, *point, people, "listed", where_prec(feature))
    return entry, tuple(one.strip() for one in further if _is_name(one.strip()))


def _point(lat: str, lon: str) -> tuple[float, float] | None:
    try:
        north, east = float(lat[:30]), float(lon[:30])
    except ValueError:
        return None
    if not (math.isfinite(north) and math.isfinite(east) and abs(north) <= 90 and abs(east) <= 180):
        return None
    return round(north, 5), round(east, 5)


def _is_name(name: str) -> bool:
    return 0 < len(name) <= _LONGEST_NAME and name.isprintable()
