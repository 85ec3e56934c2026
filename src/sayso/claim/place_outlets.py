"""Which country or region an outlet's name speaks of: "Lagos Courier", "nbcconnecticut.com", "walb.com"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.claim.gazetteer import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sayso.claim.gazetteer import Entry, Gazetteer

_LIST = Path(__file__).parent / "words" / "outlets-en.toml"
_MOST_WORDS = 12
_DOMAIN = re.compile(r"(?:https?://)?(?P<name>(?:[a-z0-9-]+\.)+[a-z]{2,24})(?:[/:].*)?", re.IGNORECASE)
# Top-level domains of two letters that are used far from their country.
_WORLDWIDE = frozenset(["ai", "am", "cc", "co", "eu", "fm", "gg", "io", "la", "me", "tv", "ws"])
_CODES = {"uk": "GB"}  # all other top-level domains of countries are their ISO codes
# Call signs of American stations, which the FCC lets begin with K or W, and the networks' local sites.
_AMERICAN = re.compile(r"[kw][a-z]{2,3}(?:am|fm|tv|dt)?\d{0,2}|\d{0,2}(?:abc|cbs|fox|nbc)\d{0,2}[a-z]*")
_SHORTEST_STATE = 5
_AFFIXES = re.compile(
    r"^(?:\d*(?:abc|cbs|nbc|fox|my|the|click2|go)\d*)|(?:news|daily|dailynews|times|post|online|tribune|gazette|today"
    r"|star|sun|patch|live|now|local|weekly|journal|herald|chronicle|observer|\d+)$"
)
_LARGE = 100_000  # people


def of_outlet(outlet: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the countries, regions and towns that the name or the domain of an outlet tells."""
    domain = _DOMAIN.fullmatch(outlet.strip())
    return tuple(_of_domain(domain["name"].lower(), gazetteer) if domain else _of_name(outlet, gazetteer))


def town_of_outlet(outlet: str, gazetteer: Gazetteer) -> tuple[Entry, bool] | None:
    """Return the large town that an outlet's web address tells, and whether it is a station known to be there.

    Either the address begins with the call sign or brand of a station of the list ("khou.com"), or the outlet is named
    after the town ("nbcphiladelphia.com"), the largest of those called so.
    """
    domain = _DOMAIN.fullmatch(outlet.strip())
    labels = domain["name"].lower().split(".")[:-1] if domain else []
    for label in labels:
        station = stations().get(label) or stations().get(label.removesuffix("tv"))
        if station is not None:
            town, state = station
            found = (e for e in gazetteer.lookup(town) if (e.kind, e.country, e.admin1) == ("city", "US", state))
            entry = next(found, None)
            return (entry, True) if entry is not None else None
        bare = _AFFIXES.sub("", label)
        for name in dict.fromkeys((label, bare)):
            towns = [entry for entry in gazetteer.lookup(name) if entry.kind == "city"] if len(name) > 4 else []
            if towns and towns[0].population > _LARGE:
                return towns[0], False
    return None


@cache
def stations() -> Mapping[str, tuple[str, str]]:
    """Return name and state of the town of each listed station, by what its address begins with."""
    listed = tomllib.loads(_LIST.read_text(encoding="utf-8"))["stations"]
    return {sign: (town[:-4], town[-2:]) for town, signs in listed.items() for sign in signs}


def _of_name(outlet: str, gazetteer: Gazetteer) -> Iterator[Entry]:
    words = outlet.split()[:_MOST_WORDS]
    for size in (2, 1):
        for at in range(len(words) - size + 1):
            yield from gazetteer.lookup(" ".join(words[at : at + size]))[:1]


def _of_domain(domain: str, gazetteer: Gazetteer) -> Iterator[Entry]:
    *labels, top = domain.split(".")
    abroad = len(top) == 2 and top not in _WORLDWIDE
    if abroad:
        yield from _country(_CODES.get(top, top.upper()), gazetteer)
    states = [name for name in gazetteer.regions_of("US") if len(name) >= _SHORTEST_STATE]
    for label in labels:
        if label in {"www", "com", "co", "org", "net", "news"}:
            continue
        told = [entry for entry in gazetteer.lookup(label)[:1] if entry.kind != "city" or entry.population > 100_000]
        yield from told
        inside = [state for state in states if fold(state).replace(" ", "") in label]
        for state in inside[:1]:
            yield from (e for e in gazetteer.lookup(state) if e.kind == "region" and e.country == "US")
        if not (told or inside or abroad) and _AMERICAN.fullmatch(label):
            yield from _country("US", gazetteer)


def _country(code: str, gazetteer: Gazetteer) -> Iterator[Entry]:
    name = gazetteer.country(code)
    if name is not None:
        yield from (entry for entry in gazetteer.lookup(name) if entry.kind == "country" and entry.country == code)
