"""Main figures of reports on shootings against the Gun Violence Archive's registry.

The registry counts dead perpetrators and final tolls, so an early report rightly says less: a perfect reader gets
about half of the reports right in both figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MASS = 4

Figure = tuple[int, int]
"""Lowest and highest number that a report gives."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What the registry has for the incident of one report."""

    killed: int
    injured: int


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
    """

    docs: int
    killed: float
    injured: float
    both: float
    killed_error: float
    injured_error: float


@dataclass(frozen=True, slots=True)
class _One:
    killed: bool
    injured: bool
    killed_error: float
    injured_error: float


def score(documents: Iterable[tuple[Registered, Figure | None, Figure | None]]) -> dict[str, GvaScore]:
    """Score the killed and injured figures of reports; a figure that is None counts as 0.

    Returns:
        ``all``: over all reports. ``mass``: over those of incidents with at least `MASS` people killed or injured.
    """
    reports = list(documents)
    mass = [report for report in reports if report[0].killed + report[0].injured >= MASS]
    return {"all": _figures(reports), "mass": _figures(mass)}


def _figures(reports: Iterable[tuple[Registered, Figure | None, Figure | None]]) -> GvaScore:
    each = [_judge(gold, killed or (0, 0), injured or (0, 0)) for gold, killed, injured in reports]
    n = len(each) or 1
    return GvaScore(
        docs=len(each),
        killed=round(sum(one.killed for one in each) / n, 4),
        injured=round(sum(one.injured for one in each) / n, 4),
        both=round(sum(one.killed and one.injured for one in each) / n, 4),
        killed_error=round(sum(one.killed_error for one in each) / n, 3),
        injured_error=round(sum(one.injured_error for one in each) / n, 3),
    )


def _judge(gold: Registered, killed: Figure, injured: Figure) -> _One:
    return _One(
        killed[0] <= gold.killed <= killed[1],
        injured[0] <= gold.injured <= injured[1],
        abs(sum(killed) / 2 - gold.killed),
        abs(sum(injured) / 2 - gold.injured),
    )
