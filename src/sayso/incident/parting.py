"""Which claims of one report tell one story: a report may speak of several events, and name others in passing.

Claims are taken in the order of the text. Each joins the story that it fits best, or opens one where it fits none. The
points below were set by hand on part of the invented set (`tests/incident/told`); `docs/incidents.md` says how well it
goes.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from statistics import median_low
from typing import TYPE_CHECKING

from sayso.incident.slots import (
    harmed_name,
    hours,
    hours_apart,
    means_kind,
    ordinal,
    own_part,
    spot_of,
    targets,
    window,
)
from sayso.incident.spots import nearness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.events import Kept
    from sayso.records import Claim

_LEANING = 0.25
"""What a claim with nothing to tell it from a story joins it by; with `_RUNNING` it stays with the story before it."""
_RUNNING = 0.5
_ONE_SENTENCE, _NEXT_SENTENCE = 3.0, 1.0
_NEXT = 300
"""Characters within which a claim follows another closely."""
_PLACES = {"same": 0.5, "town": 0.5, "near": 0.25, "within": 0.0, "unknown": 0.0, "other": -1.5, "apart": -4.0}
# By how many of the two claims have words of their own for their day; a day taken over from the sentence before says
# little.
_SAME_DAY = (0.25, 0.25, 1.0)
_NEXT_DAY = (0.0, -2.0, -3.0)
_OTHER_DAY = (-1.0, -3.0, -4.0)
_FAR_DAY = -1.0
_HOURS = 3
"""Hours between two parts of a day from which they count as two days."""
_SAME_NAME = 4.0
_SAME_PERSON, _SAME_FIGURE = 2.0, 3.0
_TURN, _TURN_WITH_OTHER_FIGURE = -1.0, -3.5
_OTHER_MEANS = -1.0
_OTHER_TARGET = -2.5
_OWN_PLACES = -2.5
"""Added where the sentences of a claim and of all others name their own places, and these are not one."""
_LONG_AGO = -3.5
_AGO = 21
"""Days before a report from which a dated claim does not belong to a story that has no day, unless figures agree."""


def parted(claims: Sequence[Kept]) -> list[list[Kept]]:
    """Part a report's claims into stories.

    Args:
        claims: The report's claims of single events, in the order of the text.

    Returns:
        The claims of each story in the order of the text, the stories by their first claim.
    """
    stories: list[list[Kept]] = []
    last: list[Kept] | None = None
    for kept in claims:
        fits = [_fit(kept, story) + (_RUNNING if story is last else 0.0) for story in stories]
        best = max(range(len(stories)), key=lambda at: (fits[at], at), default=None)
        if best is None or fits[best] <= 0:
            last = []
            stories.append(last)
        else:
            last = stories[best]
        last.append(kept)
    return stories


def _fit(kept: Kept, story: Sequence[Kept]) -> float:
    """Return how well a claim fits a story; above 0 it may belong to it."""
    claim = kept.claim
    others = [other.claim for other in story]
    score = _LEANING + median_low(_fit_of_days(claim, other) for other in others)
    spot = spot_of(claim)
    spots = [theirs for other in others if (theirs := spot_of(other))]
    if spot and spots:
        score += median_low(_PLACES[nearness(spot, theirs)] for theirs in spots)
        if _has_own_place(claim) and all(_is_elsewhere(claim, other) for other in others):
            score += _OWN_PLACES
    if any(other.claim.sentence == claim.sentence and own_part(other) == own_part(kept) for other in story):
        score += _ONE_SENTENCE
    elif any(0 <= claim.start - other.end < _NEXT for other in others):
        score += _NEXT_SENTENCE
    name = harmed_name(claim)
    if name and any(harmed_name(other) == name for other in others):
        score += _SAME_NAME
    means, theirs_means = means_kind(claim.means), {kind for other in others for kind in means_kind(other.means)}
    if means and theirs_means and not means & theirs_means:
        score += _OTHER_MEANS
    hit, theirs_hit = targets(own_part(kept)), {word for other in story for word in targets(own_part(other))}
    if hit and theirs_hit and not hit & theirs_hit:
        score += _OTHER_TARGET
    return score + _fit_of_figures(kept, others)


def _fit_of_days(claim: Claim, other: Claim) -> float:
    ours, theirs = window(claim), window(other)
    if ours is None or theirs is None:
        return 0.0
    own = _has_own_day(claim) + _has_own_day(other)
    between = max(0, ours[0] - theirs[1], theirs[0] - ours[1])
    if between == 0:
        when, then = hours(claim), hours(other)
        if own and when and then and hours_apart(when, then) >= _HOURS:
            return _NEXT_DAY[own]
        exact = ours == theirs or max(ours[1] - ours[0], theirs[1] - theirs[0]) <= 1
        return _SAME_DAY[own] if exact else 0.0
    if between == 1:
        return _NEXT_DAY[own]
    return _OTHER_DAY[own] + (_FAR_DAY if between > 3 else 0.0)


def _fit_of_figures(kept: Kept, others: Sequence[Claim]) -> float:
    claim = kept.claim
    figure = (claim.harm, claim.low, claim.high)
    same = any((other.harm, other.low, other.high) == figure for other in others)
    counted = [other for other in others if other.harm == claim.harm and other.kind != "individual"]
    score = 0.0
    if claim.low and same:
        score += _SAME_FIGURE if claim.low > 1 else _SAME_PERSON
    elif _turns().search(kept.sentence):
        differs = bool(counted) and not same and claim.kind != "individual"
        score += _TURN_WITH_OTHER_FIGURE if differs else _TURN
    days, published = window(claim), ordinal(kept.report.published)
    if days and published and days[1] < published - _AGO and _has_own_day(claim):
        undated = not any(window(other) for other in others)
        score += _LONG_AGO if undated and not same else 0.0
    return score


def _has_own_place(claim: Claim) -> bool:
    said = claim.spans.place
    return said is not None and claim.sentence.holds(said)


def _is_elsewhere(claim: Claim, other: Claim) -> bool:
    """Say whether two claims are each said to be of a place, and these have nothing in common that is known."""
    spot, theirs = spot_of(claim), spot_of(other)
    return bool(_has_own_place(other) and spot and theirs and nearness(spot, theirs) in {"other", "apart"})


def _has_own_day(claim: Claim) -> bool:
    said = claim.spans.date
    return said is not None and claim.sentence.holds(said)


@cache
def _turns() -> re.Pattern[str]:
    words = tomllib.loads(files(__package__).joinpath("parting.toml").read_text("utf-8"))["other"]
    return re.compile(rf"\b(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
