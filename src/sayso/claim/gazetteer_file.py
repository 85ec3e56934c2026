"""Writes gazetteer files, the shipped one and those of users; the same entries give the same bytes."""

from __future__ import annotations

import math
import sqlite3
from contextlib import closing
from dataclasses import astuple
from hashlib import sha256
from typing import TYPE_CHECKING

from sayso.claim.gazetteer import ARABIC, Entry, fold, loosen, without_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

# Words that by themselves are no region's name in a report, though some country has a region called so.
_TOO_GENERAL = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "centre",
        "nord",
        "sud",
        "est",
        "ouest",
        "capital",
        "littoral",
    ]
)
_SCHEMA = (
    "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
    "CREATE TABLE about (made_from TEXT);"
    "CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, admin1 TEXT, lat REAL,"
    " lon REAL, population INTEGER, feature TEXT, prec INTEGER);"
    "CREATE TABLE name (key TEXT, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;"
    "CREATE TABLE loose (key TEXT, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;"
    "CREATE TABLE centre (country TEXT, admin1 TEXT, lat REAL, lon REAL, name TEXT, PRIMARY KEY (country, admin1))"
    " WITHOUT ROWID;"
)


def write_gazetteer(target: Path, entries: Iterable[tuple[Entry, Sequence[str]]], made_from: str = "") -> None:
    """Write a gazetteer file from entries and their further names.

    Args:
        target: The file to write; an older one is replaced when the new one is whole.
        entries: Each entry with further names for it; its own name need not be among them.
        made_from: A mark of what it was made from, kept in the file (see `made_from`).
    """
    places: dict[int, Entry] = {}
    names: set[tuple[str, int]] = set()
    loose: set[tuple[str, int]] = set()
    for entry, further in entries:
        places[entry.id] = entry
        keys = {key for name in (entry.name, *further) if len(key := fold(name)) > 1}
        if entry.kind == "region":
            keys -= _TOO_GENERAL
        if entry.country in ARABIC and entry.kind in ("city", "region", "area"):
            keys |= {bare for key in keys if (bare := without_article(key))}
            loose |= {(sound, entry.id) for key in keys if key.isascii() and len(sound := loosen(key)) > 3}
        names |= {(key, entry.id) for key in keys}
    named = {(e.country or "", e.admin1 or ""): e.name for e in places.values() if e.feature in ("admin1", "country")}
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as base:
        base.executescript(_SCHEMA)
        with base:
            base.execute("INSERT INTO about VALUES (?)", (made_from,))
            base.executemany(
                f"INSERT INTO place VALUES ({','.join('?' * 10)})",  # noqa: S608 - only question marks
                (astuple(places[key]) for key in sorted(places)),
            )
            base.executemany("INSERT INTO name VALUES (?, ?)", sorted(names))
            base.executemany("INSERT INTO loose VALUES (?, ?)", sorted(loose))
            base.executemany(
                "INSERT INTO centre VALUES (?, ?, ?, ?, ?)",
                ((*key, *point, named.get(key)) for key, point in sorted(centres(places.values()).items())),
            )
        base.execute("VACUUM")
    part.replace(target)


def made_from(file: Path) -> str | None:
    """Return the mark that a gazetteer file carries, or None where `file` is none."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as base:
            return str(base.execute("SELECT made_from FROM about").fetchone()[0])
    except (sqlite3.Error, TypeError):
        return None


def own_id(*parts: str) -> int:
    """Make a lasting negative id for what GeoNames gives none, from the parts that tell it from others."""
    return -int.from_bytes(sha256("/".join(parts).encode("utf-8", "surrogatepass")).digest()[:5], "big") - 1


def centres(entries: Iterable[Entry]) -> Mapping[tuple[str, str], tuple[float, float]]:
    """Average the towns of each country, and of each of its regions, on the sphere, so that the date line does no harm.

    Returns:
        Latitude and longitude in degrees by country and admin1 code; the code is empty for the whole country.
    """
    sums: dict[tuple[str, str], list[float]] = {}
    for entry in entries:
        if entry.kind != "city" or entry.country is None or entry.lat is None or entry.lon is None:
            continue
        lat, lon = math.radians(entry.lat), math.radians(entry.lon)
        point = (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))
        for key in {(entry.country, ""), (entry.country, entry.admin1 or "")}:
            total = sums.setdefault(key, [0.0, 0.0, 0.0])
            for axis in range(3):
                total[axis] += point[axis]
    return {
        key: (round(math.degrees(math.atan2(z, math.hypot(x, y))), 2), round(math.degrees(math.atan2(y, x)), 2))
        for key, (x, y, z) in sums.items()
    }
