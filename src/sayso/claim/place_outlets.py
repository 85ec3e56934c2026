"""Which country or region an outlet's name speaks of: "Lagos Courier", "nbcconnecticut.com", "walb.com"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.claim.gazetteer import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.claim.gazetteer import Entry, Gazetteer

_MOST_WORDS = 12
_DOMAIN = re.compile(r"(?:https?://)?(?P<name>(?:[a-z0-9-]+\.)+[a-z]{2,24})(?:[/:].*)?", re.IGNORECASE)
# Top-level domains of two letters that are used far from their country.
_WORLDWIDE = frozenset(["ai", "am", "cc", "co", "eu", "fm", "gg", "io", "la", "me", "tv", "ws"])
_CODES = {"uk": "GB"}  # all other top-level domains of countries are their ISO codes
# Call signs of American stations, which the FCC lets begin with K or W, and the networks' local sites.
_AMERICAN = re.compile(r"[kw][a-z]{2,3}(?:am|fm|tv|dt)?\d{0,2}|\d{0,2}(?:abc|cbs|fox|nbc)\d{0,2}[a-z]*")
_SHORTEST_STATE = 5


def of_outlet(outlet: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the countries, regions and towns that the name or the domain of an outlet tells."""
    domain = _DOMAIN.fullmatch(outlet.strip())
    return tuple(_of_domain(domain["name"].lower(), gazetteer) if domain else _of_name(outlet, gazetteer))


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
