"""A world for ledgers of any size: some thousand places and sources, of which a few are named all the time.

All of it is of our own invention but the countries and the bodies that the shipped list of actors knows. The same
number gives the same scene every time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

SIZES = (1, 1, 2, 1)
"""Reports of one incident after another."""

_PLACES = 4_000
_SOURCES = 6_000
_FIRST, _DAYS = date(2009, 6, 1), 5_600
_HEADS = ("Dres", "Ostr", "Kess", "Lir", "Tam", "Plov", "Harl", "Vash", "Odr", "Selm", "Karn", "Bel", "Mur", "Yev")
_MIDDLES = ("a", "e", "o", "in", "an", "ev", "il", "ur")
_TAILS = ("k", "vka", "ra", "bad", "mar", "sk", "ton", "dar", "lia", "grad", "pol", "itsa", "una", "esh")
_COUNTRIES = (
    *(("UA", 48.5, 35.0), ("SY", 35.0, 38.5), ("SD", 14.5, 30.0), ("YE", 15.5, 46.0), ("IQ", 33.5, 43.5)),
    *(("AF", 34.0, 66.0), ("NG", 10.0, 9.0), ("CD", -1.5, 25.0), ("CO", 4.5, -74.0), ("MX", 23.5, -102.5)),
    *(("MM", 20.0, 96.5), ("PH", 12.5, 122.5), ("SO", 4.5, 45.5), ("ET", 9.5, 39.5), ("ML", 16.5, -3.0)),
    *(("PK", 30.5, 70.0), ("IN", 23.0, 79.5), ("LY", 28.0, 17.5), ("LB", 33.9, 35.8), ("HT", 19.0, -72.5)),
)
_BODIES = (
    *("the Red Cross", "Reuters", "the Syrian Observatory for Human Rights", "UNICEF", "Amnesty International"),
    *("Human Rights Watch", "the World Health Organization", "Médecins Sans Frontières", "police", "doctors"),
    *("the governor", "residents", "witnesses", "the army", "rescuers", "a hospital official", "local officials"),
)
_OFFICES = (
    *("the {} district hospital", "the mayor of {}", "{} Regional Police", "the {} Monitor", "a doctor in {}"),
    *("the {} Fire Brigade", "residents of {}", "the {} Human Rights Centre", "the governor of {}", "{} Radio"),
)
_OUTLETS = ("Review", "Courier", "Dispatch", "Morning Post", "Wire")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when a report's event was, who publishes it, and who says so in one of its sentences.

    Attributes:
        place: The place's name.
        place_id: Its number.
        country: ISO 3166-1 alpha-2.
        lat: Degrees north.
        lon: Degrees east.
        day: The day, ISO.
        published: The day after, ISO.
        outlet: Who publishes it.
        source: Who says so.
        base: What figures of the event come near to.
    """

    place: str
    place_id: int
    country: str
    lat: float
    lon: float
    day: str
    published: str
    outlet: str
    source: str
    base: int


def scene(report: int, sentence: int) -> Scene:
    """Return the scene of a report's sentence; reports of one incident share all but who says so."""
    event = incident_of(report)
    place, country, lat, lon = _place(_ranked(f"place {event}", _PLACES))
    day = _FIRST + timedelta(days=_drawn(f"day {event}") % _DAYS)
    head = _place(_ranked(f"outlet {report}", 150))[0]
    return Scene(
        place,
        700_000 + _ranked(f"place {event}", _PLACES),
        country,
        lat,
        lon,
        day.isoformat(),
        (day + timedelta(days=1)).isoformat(),
        f"The {head} {_OUTLETS[_drawn(head) % len(_OUTLETS)]}",
        _source(_ranked(f"source {report} {sentence}", _SOURCES)),
        1 + _drawn(f"base {event}") % 60,
    )


def incident_of(report: int) -> int:
    """Return the number of the incident that a report speaks of.

    >>> [incident_of(number) for number in range(7)]
    [0, 1, 2, 2, 3, 4, 5]
    """
    rounds, left = divmod(report, sum(SIZES))
    for place, size in enumerate(SIZES):
        if left < size:
            return rounds * len(SIZES) + place
        left -= size
    raise AssertionError


@cache
def _place(rank: int) -> tuple[str, str, float, float]:
    """Return one of the places: its name, its country, and where it is."""
    drawn = _drawn(f"where {rank}")
    country, lat, lon = _COUNTRIES[drawn % len(_COUNTRIES)]
    parts = (_HEADS, _MIDDLES, _TAILS)
    name = "".join(part[(rank // step) % len(part)] for part, step in zip(parts, (1, 14, 112), strict=True))
    again = rank // (14 * 8 * 14)
    spot = (lat + (drawn // 100 % 500 - 250) / 100, lon + (drawn // 100_000 % 500 - 250) / 100)
    return f"{name} {('', 'North', 'South', 'Quay')[again]}".strip(), country, round(spot[0], 3), round(spot[1], 3)


@cache
def _source(rank: int) -> str:
    """Return one of the sources: a few bodies that speak all the time, and a long tail of offices that do not."""
    if rank < len(_BODIES):
        return _BODIES[rank]
    office = _OFFICES[rank % len(_OFFICES)]
    return office.format(_place(rank // len(_OFFICES))[0])


def _ranked(what: str, many: int) -> int:
    """Return a number below another, one as likely as its rank is high: what comes first comes often."""
    share = _drawn(what) % 1_000_003 / 1_000_003
    return min(int(many**share) - 1, many - 1)


def _drawn(what: str) -> int:
    return int.from_bytes(hashlib.blake2b(what.encode(), digest_size=6).digest())
