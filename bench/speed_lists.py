"""How fast a ledger lists incidents: the newest first, and with one filter or several.

The incidents are invented (`tests.gathering.made_up`) and stand on the ledger's shelf as if they had been put together
from its reports, so that a list looks up everything that it would in a ledger of real ones. Putting them together is
timed by `bench.speed_incidents`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING

from sayso.gathering.asking import listed
from sayso.gathering.wanting import past, wanted
from tests.gathering.made_up import made_up, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.events import Incident
    from sayso.ledger import Ledger
    from sayso.ledger.shelf_incidents import Wanted

PAGE = 20
"""Incidents on a page."""
_PAGES = 20
_TOWNS = 20_000
_AT_ONCE = 5_000
_ASKED: dict[str, Wanted] = {
    "the newest": wanted(),
    "in one country": wanted(place="syria"),
    "in one country, contested": wanted(place="syria", contested=True),
    "of two filters that hardly one meets": wanted(place="syria ukraine"),
    "2,000 killed or more": wanted(least=2000),
    "the highest toll": wanted(sort="toll"),
    "told by most reports": wanted(sort="reports"),
    "within half the earth": wanted(box="-180,-90,0,90"),
}


@dataclass(frozen=True, slots=True)
class ListSpeed:
    """How long pages of one list took.

    Attributes:
        median: Seconds of processor time that a page took, the median over the first twenty pages.
        slowest: The same of the slowest page.
        found: How many incidents these pages had.
    """

    median: float
    slowest: float
    found: int


def fill(ledger: Ledger, reports: Sequence[tuple[str, tuple[str, ...]]]) -> int:
    """Put an incident for each of some reports of a ledger on its shelf; most are told by one report, some by many.

    Args:
        ledger: The ledger.
        reports: Ids of reports in it, each with the ids of its claims.

    Returns:
        How many there are.
    """
    drawn = _with_reports(made_up(len(reports), towns=_TOWNS), reports)
    number = 0
    while part := list(islice(drawn, _AT_ONCE)):
        number += len(part)
        with ledger.shelf(writing=True) as shelf:
            shelf.put_incidents(rows(iter(part)))
    return number


def measure(ledger: Ledger) -> dict[str, ListSpeed]:
    """Time lists of a ledger's incidents, by what is asked for."""
    found: dict[str, ListSpeed] = {}
    for name, asked in _ASKED.items():
        taken: list[float] = []
        following, number = asked, 0
        while len(taken) < _PAGES:
            began = time.process_time()
            page = list(listed(ledger, following, PAGE))
            taken.append(time.process_time() - began)
            number += len(page)
            if len(page) < PAGE:
                break
            following = past(asked, page[-1].incident.id)
        found[name] = ListSpeed(median(taken), max(taken), number)
    return found


def _with_reports(drawn: Iterator[Incident], reports: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Incident]:
    """Yield invented incidents with reports and claims that are there, in the place of those that are not."""
    for at, incident in enumerate(drawn):
        own = [reports[(at + step) % len(reports)] for step in range(len(incident.reports))]
        claims = tuple(claim for _, of_report in own for claim in of_report)
        yield replace(incident, reports=tuple(report for report, _ in own), claims=claims)
