"""What speaks for and against two stories being one event, as figures by name; `score.py` weighs them."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.incident.slots import hours_apart
from sayso.incident.spots import nearness
from sayso.incident.terms import products, rarity
from sayso.incident.told import WIDE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.incident.told import Days, Figure, Story

Evidence = dict[str, float]

_RANK = {"same": 6, "town": 5, "near": 4, "within": 3, "unknown": 2, "other": 1, "apart": 0}
_BEST_NEARER = frozenset(f"best_{near}" for near in _RANK if near not in {"apart", "other"})
"""Evidence that of all places named by two stories some two may be one."""
_NO_NEARER = frozenset({"unknown", "other", "apart"})
"""How two places stand where nothing says that they are near each other."""
_ONE_EACH = 2
"""Places of two stories where each has one, so that none are nearer than the first."""
_MOST_KEPT = 50_000
"""Pairs of figures of which it is remembered how they stand to each other."""
_LONG = 400
"""Days after which one more makes no difference."""
_APART = {0: "day_overlap", 1: "day_next", 2: "day_near", 3: "day_near"}
"""What is told of two days by how many lie between them."""
_HOURS = 3
"""Hours between two parts of a day from which they are called apart."""
_TOWN = 2
"""UCDP's ``where_prec`` up to which a place is a town or near one."""
_REGION = 4
"""UCDP's ``where_prec`` from which a place is a region or more."""


def evidence(a: Story, b: Story) -> Evidence:
    """Return what speaks for and against two stories being one event; what is 0 may be left out."""
    found: Evidence = {}
    core = _words(found, a, b)
    _people(found, a, b)
    _days(found, a, b)
    _places(found, a, b)
    for harm in ("killed", "injured"):
        if harm in a.figures and harm in b.figures:
            found.update(_figures(harm, a.figures[harm], b.figures[harm]))
    if a.means and b.means:
        found["means_same" if a.means & b.means else "means_differ"] = 1
    if a.by and b.by:
        shared = len(a.by & b.by)
        found["by" if shared else "by_differ"] = min(shared, 2) or 1
    if a.targets and b.targets:
        found["targets_same" if a.targets & b.targets else "targets_differ"] = 1
    _hours(found, a, b)
    _one_day_one_town(found, core)
    if a.voice == b.voice:
        found["voice"] = 1
    return found


def elsewhere(a: Story, b: Story, found: Evidence) -> bool:
    """Say whether two dated stories give towns apart, a gazetteer knows one of them, and neither names the other's.

    Alike as they may be else, "two killed by shelling" in two towns of one day are two events. Of two names that no
    gazetteer has, one may be a quarter of the other.

    Args:
        a: A story.
        b: Another one.
        found: What `evidence` says of them.
    """
    # Of places that both name, the best pair is apart as well, or is of names of which too little is known.
    if "at_apart" not in found or "other_named" in found or not found.keys().isdisjoint(_BEST_NEARER):
        return False
    if not all(one.spots[0].town and (one.spots[0].prec or _TOWN) <= _TOWN for one in (a, b)):
        return False
    return bool(a.days and b.days and (a.spots[0].at or b.spots[0].at))


def apart(a: Days, b: Days) -> int:
    """Return how many days lie between two spans of days: 0 where they touch, 1 for neighbouring days."""
    if a[0] > b[1]:
        return a[0] - b[1]
    return b[0] - a[1] if b[0] > a[1] else 0


def narrow(days: Days | None) -> bool:
    """Say whether a story is dated well enough to be told from one of the week after."""
    return days is not None and days[1] - days[0] <= WIDE


def _words(found: Evidence, a: Story, b: Story) -> float:
    """Weigh the likeness of the passages and of the claims' own sentences; returns the latter."""
    like = products(a.words, b.words, a.terms & b.terms)
    if like <= 0.1:
        found["like_low"] = like * 10
    else:
        found["like_low"] = 0.1 * 10
        found["like_mid"] = min(like - 0.1, 0.15) * 10
        found["like_high"] = max(like - 0.25, 0.0) * 10
    core = products(a.core, b.core, a.core_terms & b.core_terms)
    if core <= 0.1:
        found["core_low"] = core * 10
    else:
        found["core_low"] = 0.1 * 10
        found["core_mid"] = min(core - 0.1, 0.2) * 10
        found["core_high"] = max(core - 0.3, 0.0) * 10
    return core


def _people(found: Evidence, a: Story, b: Story) -> None:
    if a.harmed or b.harmed:
        shared = a.harmed & b.harmed
        named = (a.harmed & b.names) | (b.harmed & a.names)
        found["harmed"] = min(2, len(shared))
        found["harmed_named"] = min(2, len(named))
        if a.harmed and b.harmed and not shared and not named:
            found["harmed_differ"] = 1
    others = len(a.names & b.names)
    if others:
        found["names"] = min(others, 3)
        found["names_more"] = min(max(others - 3, 0), 6)


def _days(found: Evidence, a: Story, b: Story) -> None:
    if a.days and b.days:
        between = apart(a.days, b.days)
        if not (narrow(a.days) and narrow(b.days)):
            found["wide_apart" if between else "wide_overlap"] = 1
            return
        _both_dated(found, a, b, between)
    else:
        found["day_unknown"] = 1
        one, other = (a, b) if a.days else (b, a)
        if one.days and other.published is not None:
            _one_dated(found, one.days, other.published)
        if a.published is not None and b.published is not None:
            found["undated" if one.days else "pub_log"] = math.log1p(min(abs(a.published - b.published), _LONG))
        if not one.days:
            found["neither_dated"] = 1


def _both_dated(found: Evidence, a: Story, b: Story, between: int) -> None:
    found["day_same" if a.days == b.days else _APART.get(between, "day_weeks" if between <= 14 else "day_far")] = 1
    if between and (a.other_days or b.other_days):
        known = [[days for days in (story.days, *story.other_days) if days] for story in (a, b)]
        if any(apart(one, other) == 0 for one in known[0] for other in known[1]):
            found["day_other"] = 1
    if a.published is not None and b.published is not None:
        found["pub_dated"] = math.log1p(min(abs(a.published - b.published), _LONG))
    for one, other in ((a, b), (b, a)):
        if one.days and other.published is not None and one.days[0] > other.published + 1:
            found["after_report"] = 1


def _one_dated(found: Evidence, days: Days, published: int) -> None:
    """Weigh a day against the publication of a report that gives none: it tells of the last days, as a rule."""
    since = published - days[1]
    if days[0] == published + 1:
        found["day_after_report"] = 1
    elif days[0] > published + 1:
        found["after_report"] = 1
    elif since > _LONG:
        found["before_years"] = 1
    elif narrow(days):
        found["before_log"] = math.log1p(max(0, since))


def _places(found: Evidence, a: Story, b: Story) -> None:
    if not a.spots or not b.spots:
        found["place_unknown"] = 1
        return
    first = nearness(a.spots[0], b.spots[0])
    found[f"at_{first}"] = 1
    if first != "same" and len(a.spots) + len(b.spots) > _ONE_EACH:
        best = max({nearness(x, y) for x in a.spots[:3] for y in b.spots[:3]}, key=_RANK.__getitem__)
        if best != first:
            found[f"best_{best}"] = 1
    if first in _NO_NEARER and (_names_place(a, b) or _names_place(b, a)):
        found["other_named"] = 1
    shared = a.heads & b.heads
    if shared:
        towns = {spot.town for spot in (*a.spots, *b.spots)}
        others = [max(0.0, rarity(head) - 4) for head in sorted(shared) if head not in towns]
        found["heads"] = min(sum(others), 4.0)
    if (a.spots[0].prec or 0) >= _REGION or (b.spots[0].prec or 0) >= _REGION:
        found["region_only"] = 1


def _names_place(a: Story, b: Story) -> bool:
    """Say whether a story's passage has a word for where another one happened, though it is not its own place."""
    return not a.words.keys().isdisjoint(b.place_words)


def _hours(found: Evidence, a: Story, b: Story) -> None:
    if a.hours is None or b.hours is None or a.days != b.days:
        return
    between = hours_apart(a.hours, b.hours)
    if between >= _HOURS:
        found["hours_apart"] = 1
    elif max(a.hours[1] - a.hours[0], b.hours[1] - b.hours[0]) <= 1:
        found["hours_same" if between == 0 else "hours_near"] = 1


def _one_day_one_town(found: Evidence, core: float) -> None:
    """Look closer where day and town are the same: only words tell two events there apart."""
    if "day_same" not in found or not ("at_same" in found or "at_town" in found):
        return
    found["here"] = 1
    found["here_core"] = min(core, 0.3) * 3
    for name in ("means_differ", "targets_same", "targets_differ"):
        if name in found:
            found[f"here_{name}"] = 1
    if "killed_differ" in found:
        found["here_killed_differ"] = found["killed_differ"]


@lru_cache(maxsize=_MOST_KEPT)
def _figures(harm: str, a: tuple[Figure, ...], b: tuple[Figure, ...]) -> Mapping[str, float]:
    """Compare what two stories say of one harm; remembered, since most events are of a few people."""
    found: Evidence = {}
    highest = max((low for low, high in a if (low, high) in b), default=0)
    if a[0] == b[0] and a[0][0]:
        found[f"{harm}_same"] = 1
    elif highest:
        found[f"{harm}_some"] = 1
    else:
        ratios = [abs(math.log((x[0] + 0.5) / (y[0] + 0.5))) for x in a[:3] for y in b[:3]]
        found[f"{harm}_differ"] = min(*ratios, 3.0)
        if min(max(low for low, _ in a), max(low for low, _ in b)) >= 3:
            found[f"{harm}_differ_big"] = 1
    if highest > 1:
        found[f"{harm}_big"] = min(math.log(highest), 4.0)
    return found
