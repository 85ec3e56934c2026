"""Figures of one harm side by side where sources differ; what is no rival of another stands on another line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.export import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import Claim


@dataclass(frozen=True, slots=True)
class Side:
    """What one source says on a line: its figures in the order of the report, each once."""

    figures: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one harm, one place and one time, source by source; `label` says which."""

    label: str
    sides: tuple[Side, ...]


def lines(claims: Sequence[Claim]) -> tuple[Line, ...]:
    """Set figures side by side.

    Claims of single incidents share a line where they agree in harm, place, country and days, and at least the place
    or the days are known; such a line is given only where two sources differ. Running totals are never set beside
    single incidents: each of their harms, places and times has a line of its own. Single people, named or not
    counted, are no toll and are left out.

    Args:
        claims: The claims of one report.

    Returns:
        The lines: incidents in the order in which the report first tells of them, then running totals.
    """
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        if claim.kind != "individual":
            groups.setdefault(_about(claim), []).append(claim)
    incidents = [group for group in groups.values() if group[0].scope == "incident" and _differ(group)]
    totals = [group for group in groups.values() if group[0].scope == "cumulative"]
    several = len({_about(group[0])[2:] for group in incidents}) > 1
    return (
        *(_line(group, "", of=several) for group in incidents),
        *(_line(group, "running total: ", of=len(totals) > 1) for group in totals),
    )


def _about(claim: Claim) -> tuple[object, ...]:
    place = wording.shown(claim.place).casefold() if claim.place else None
    return claim.scope, claim.harm, place, claim.country, claim.date_from, claim.date_to


def _differ(group: Sequence[Claim]) -> bool:
    """Say whether two sources give different figures of what is known to be one place or one time."""
    first = group[0]
    if first.place is None and first.date_from is None and first.date_to is None:
        return False
    said: dict[str, set[tuple[object, ...]]] = {}
    for claim in group:
        said.setdefault(_speaker(claim), set()).add((claim.low, claim.high, claim.stance))
    return len(said) > 1 and len({frozenset(figures) for figures in said.values()}) > 1


def _line(group: Sequence[Claim], before: str, *, of: bool) -> Line:
    first = group[0]
    harm = wording.harm(first.harm)
    place, when = wording.place(first), wording.when(first.date_from, first.date_to)
    known = [part for part in (place, when) if of and part != wording.NOT_SAID]
    by_source: dict[str, list[Claim]] = {}
    for claim in group:
        by_source.setdefault(_speaker(claim), []).append(claim)
    sides = tuple(Side(_figures(said), wording.source(said[0])) for said in by_source.values())
    return Line(before + ", ".join([harm, *known]), sides)


def _speaker(claim: Claim) -> str:
    """Return the source's name so that "the ministry" and "The Ministry" are one."""
    return wording.source(claim).casefold().removeprefix("the ")


def _figures(said: Sequence[Claim]) -> tuple[str, ...]:
    """Return each figure of one source once; with the people counted where it gives several."""
    plain = tuple(dict.fromkeys(wording.stated(claim) for claim in said))
    if len(plain) == 1:
        return plain
    named = (
        f"{wording.stated(claim)} ({wording.shown(claim.victims)})" if claim.victims else wording.stated(claim)
        for claim in said
    )
    return tuple(dict.fromkeys(named))
