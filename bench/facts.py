"""How claims become the plain facts that sets older than this project are scored on.

Those sets record numbers and not claims, so a rule must say which claims speak for a report. The rule decides the
score; it is fixed here and nowhere else, and every figure of ``muc4``, ``fakes`` and ``gva`` goes through it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.rows import ScoredClaim

CHILD = re.compile(r"\b(?:child|kid|boy|girl|infant|bab)", re.IGNORECASE)
WOMAN = re.compile(r"\bwom[ae]n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fact:
    """So many people killed or injured, as one report says.

    Attributes:
        effect: ``killed`` or ``injured``.
        low: The lowest number, at least 1.
        high: The highest number, None where it is open.
        who: ``civilian``, ``combatant``, ``child`` or ``woman``.
        scope: ``incident`` or ``cumulative``, None where not given.
    """

    effect: str
    low: int
    high: int | None
    who: str = "civilian"
    scope: str | None = None


def facts(claims: Iterable[ScoredClaim]) -> list[Fact]:
    """Return what a report asserts about killed and injured people, each harm and range once, in text order.

    Denials, zeros and figures without a lower bound give no fact.
    """
    said: dict[tuple[str, int | None, int | None], Fact] = {}
    for claim in claims:
        if claim.harm in ("killed", "injured") and claim.low and not _denied(claim):
            fact = Fact(claim.harm, claim.low, claim.high, _who(claim), claim.slots.get("scope"))
            said.setdefault((claim.harm, claim.low, claim.high), fact)
    return list(said.values())


def headline_first(found: Iterable[Fact]) -> list[Fact]:
    """Put killed before injured, and within each the figures of one incident before running totals."""
    return sorted(found, key=lambda fact: (fact.effect != "killed", fact.scope == "cumulative"))


def main_figure(claims: Iterable[ScoredClaim], harm: str) -> tuple[int, int] | None:
    """Return the range that a report gives most often for `harm` in its incident, the first such on a tie.

    Returns:
        Lowest and highest number (an open range ends where it begins), or None where the report gives none.
    """
    votes: dict[tuple[int, int], int] = {}
    for claim in claims:
        if claim.harm == harm and claim.slots.get("scope") == "incident" and not _denied(claim):
            if claim.low is None:
                continue
            figure = (claim.low, claim.high or claim.low)
            votes[figure] = votes.get(figure, 0) + 1
    return max(votes, key=lambda figure: votes[figure]) if votes else None


def main_days(claims: Iterable[ScoredClaim]) -> tuple[date, date] | None:
    """Return the days that a report gives most often for those killed or injured, the first such on a tie.

    Returns:
        First and last day, or None where the report gives no day for its incident.
    """
    votes: dict[tuple[date, date], int] = {}
    for claim in claims:
        first, last = claim.slots.get("date_from"), claim.slots.get("date_to")
        told = claim.harm in {"killed", "injured", "killed_or_injured"} and claim.slots.get("scope") == "incident"
        if told and first and last and not _denied(claim):
            days = (date.fromisoformat(first), date.fromisoformat(last))
            votes[days] = votes.get(days, 0) + 1
    return max(votes, key=lambda days: votes[days]) if votes else None


def _denied(claim: ScoredClaim) -> bool:
    return claim.slots.get("stance") == "denies"


def _who(claim: ScoredClaim) -> str:
    victims = claim.slots.get("victims") or ""
    if CHILD.search(victims):
        return "child"
    if WOMAN.search(victims):
        return "woman"
    return "combatant" if claim.slots.get("status") == "combatant" else "civilian"
