"""An incident under several counting rules, side by side, each number with how it came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from sayso.export import tolls_view, wording
from sayso.reconcile import POLICIES
from sayso.tolling import counted, stories

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.events import Dossier, Toll
    from sayso.export.tolls_view import Rows, Story


class Lead(BaseModel):
    """One claim behind a number: who says what, and why it was set aside; empty where it decided."""

    words: str
    reason: str


class Count(BaseModel):
    """What one rule makes of the claims.

    Attributes:
        policy: The rule's name.
        version: Its version.
        low: The lowest number; None where it is left open.
        best: The number it settles on; None for none.
        high: The highest number; None where it is left open.
        label: What the rule calls the result beside its numbers, or None.
        civilians: Whether it counts civilians alone.
        reason: How it came about.
        decided: The claims that decided it.
        aside: Those that were not followed.
        left_open: What stays undecided.
    """

    policy: str
    version: str
    low: int | None
    best: int | None
    high: int | None
    label: str | None
    civilians: bool
    reason: str
    decided: list[Lead]
    aside: list[Lead]
    left_open: list[str]


class Counts(BaseModel):
    """One harm and one group of people under every rule.

    Attributes:
        heading: The harm, and the people where it is not everybody.
        harm: The harm.
        part: Whether it is of some of those of whom the table before is.
        counts: A count a rule.
    """

    heading: str
    harm: str
    part: bool
    counts: list[Count]


def under_all(found: Dossier) -> Dossier:
    """Return an incident with its tolls under every rule."""
    return counted(found, POLICIES)


def tables(told: Dossier) -> list[Counts]:
    """Return the tolls of an incident side by side.

    Args:
        told: The incident with its tolls, with names masked where they are not wanted.
    """
    explained = stories(told)
    rows = list(tolls_view.tables(told.tolls))
    before = [None, *(one.harm for one in rows)]
    return [_counts(one, explained, part=one.harm == last) for one, last in zip(rows, before, strict=False)]


def _counts(rows: Rows, explained: Mapping[Toll, Story], *, part: bool) -> Counts:
    return Counts(
        heading=rows.heading,
        harm=rows.harm,
        part=part,
        counts=[_count(toll, explained[toll], civilians=toll.policy in rows.civilians) for toll in rows.tolls],
    )


def _count(toll: Toll, story: Story, *, civilians: bool) -> Count:
    return Count(
        policy=toll.policy,
        version=toll.version,
        low=toll.low,
        best=toll.best,
        high=toll.high,
        label=None if toll.label is None else wording.shown(toll.label),
        civilians=civilians,
        reason=wording.shown(story.reason),
        decided=[Lead(words=wording.shown(one.words), reason="") for one in story.decided],
        aside=[Lead(words=wording.shown(one.words), reason=wording.shown(one.reason)) for one in story.aside],
        left_open=[wording.shown(one) for one in story.left_open],
    )
