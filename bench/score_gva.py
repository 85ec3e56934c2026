"""Main figures and days of reports on shootings against the Gun Violence Archive's registry.

The registry counts dead perpetrators and final tolls, so an early report rightly says less: a perfect reader gets
about half of the reports right in both figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MASS = 4
NEAR = timedelta(1)

Figure = tuple[int, int]
"""Lowest and highest number that a report gives."""

Days = tuple[date, date]
"""First and last day that a report gives."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What the registry has for the incident of one report."""

    killed: int
    injured: int
    day: date | None = None
    city: str = ""
    incident: str = ""


@dataclass(frozen=True, slots=True)
class GvaScore:
    """The figures of a set of reports.

    Attributes:
        docs: Reports scored.
        killed: Share whose figure of killed is the registry's, rounded to four places.
        injured: The same for injured.
        both: Share where both are.
        killed_error: Mean distance from the registry's killed to the middle of the figure, to three places.
        injured_error: The same for injured.
        dated: Share of the reports that give a day at all, of those whose incident has one in the registry.
        day: Share whose days are no more than three and lie within a day of the registry's.
    """

    docs: int
    killed: float
    injured: float
    both: float
    killed_error: float
    injured_error: float
    dated: float
    day: float


@dataclass(frozen=True, slots=True)
class _One:
    killed: bool
    injured: bool
    killed_error: float
    injured_error: float


Told = tuple[Registered, Figure | None, Figure | None, Days | None]
"""What the registry has, and what a report gives: its killed, its injured, its days."""


def score(documents: Iterable[Told]) -> dict[str, GvaScore]:
    """Score the killed and injured figures of reports, and their days; a figure that is None counts as 0.

    Returns:
        ``all``: over all reports. ``mass``: over those of incidents with at least `MASS` people killed or injured.
    """
    reports = list(documents)
    mass = [report for report in reports if report[0].killed + report[0].injured >= MASS]
    return {"all": _figures(reports), "mass": _figures(mass)}


def _figures(reports: Sequence[Told]) -> GvaScore:
    each = [_judge(gold, killed or (0, 0), injured or (0, 0)) for gold, killed, injured, _ in reports]
    days = [(gold.day, said) for gold, _, _, said in reports if gold.day is not None]
    n = len(each) or 1
    return GvaScore(
        docs=len(each),
        killed=round(sum(one.killed for one in each) / n, 4),
        injured=round(sum(one.injured for one in each) / n, 4),
        both=round(sum(one.killed and one.injured for one in each) / n, 4),
        killed_error=round(sum(one.killed_error for one in each) / n, 3),
        injured_error=round(sum(one.injured_error for one in each) / n, 3),
        dated=round(sum(said is not None for _, said in days) / (len(days) or 1), 4),
        day=round(sum(_is_near(day, said) for day, said in days) / (len(days) or 1), 4),
    )


def _is_near(day: date, said: Days | None) -> bool:
    """Say whether days are a few and lie within one of the registry's."""
    if said is None:
        return False
    first, last = said
    return last - first <= 2 * NEAR and first - NEAR <= day <= last + NEAR


def _judge(gold: Registered, killed: Figure, injured: Figure) -> _One:
    return _One(
        killed[0] <= gold.killed <= killed[1],
        injured[0] <= gold.injured <= injured[1],
        abs(sum(killed) / 2 - gold.killed),
        abs(sum(injured) / 2 - gold.injured),
    )
