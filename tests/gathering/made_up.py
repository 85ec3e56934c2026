"""Incidents drawn from a seed, as the shelf keeps them: for lists, which need no claims behind them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sayso.events import Incident, Range
from sayso.gathering.row import incident_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.ledger.shelf_incidents import IncidentRow
    from sayso.records import Harm

_TOWNS = ("Dresk", "Ostrel", "Lirna", "Plovar", "Harlan Quay", "Kessary Ford", "Tamrit", "Vash", "Odrin", "Selm")
_COUNTRIES = ("UA", "SY", "MW", "BG", "PE")
_PARTIES = ("Armed forces (Sarnovia)", "Northern Front", "Velmora Border Guard")
_HARMS: tuple[Harm, ...] = ("killed", "injured", "missing", "displaced")
_FIRST = date(2010, 1, 1)


def made_up(number: int, seed: int = 1, towns: int = 10) -> Iterator[Incident]:
    """Yield incidents.

    Args:
        number: How many.
        seed: Draws them.
        towns: How many places there are.
    """
    draw = random.Random(seed)  # noqa: S311 - a draw, not a secret
    for at in range(number):
        town = int(towns * draw.random() ** 2)
        first = _FIRST + timedelta(days=int(5800 * draw.random() ** 0.5))
        known = draw.random() < 0.95
        figures = {}
        for harm in draw.sample(_HARMS, draw.choice((0, 1, 1, 2, 2, 3))):
            low = int(1 + 3000 * draw.random() ** 8)
            figures[harm] = Range(low, None if draw.random() < 0.1 else low + draw.choice((0, 0, 2, 30)))
        reports = tuple(f"r-{at:07}-{one}" for one in range(int(1 + 40 * draw.random() ** 6)))
        placed = draw.random() < 0.8
        yield Incident(
            f"i-{draw.randrange(16**16):016x}",
            f"Shelling, {_TOWNS[town % len(_TOWNS)]}, {first}",
            date_from=first.isoformat() if known else None,
            date_to=(first + timedelta(days=draw.choice((0, 0, 0, 1, 6, 30)))).isoformat() if known else None,
            place=f"{_TOWNS[town % len(_TOWNS)]} {town // len(_TOWNS) or ''}".strip(),
            country=_COUNTRIES[town % len(_COUNTRIES)],
            lat=(town * 7.3) % 160 - 80 if placed else None,
            lon=(town * 13.7) % 340 - 170 if placed else None,
            claims=tuple(f"c-{at:07}-{one}" for one in range(2 * len(reports))),
            reports=reports,
            figures=figures,
            perpetrators=((draw.choice(_PARTIES), (f"c-{at:07}-0",)),) if draw.random() < 0.4 else (),
            contested=draw.random() < 0.2,
        )


def rows(incidents: Iterator[Incident]) -> Iterator[IncidentRow]:
    """Yield incidents as the shelf keeps them."""
    return (incident_row(one, (), None) for one in incidents)
