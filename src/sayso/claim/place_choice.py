"""Weighs every place that a report names as the scene of one claim, and chooses.

Each option is a place, or none. What speaks for and against it is a set of named figures; their weights were fitted by
``training/tune_places.py`` and stand in ``place_weights.json``. Nothing here knows a place by its name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.claim.place_evidence import beside_others, of_none, setting_of, sort_of, standing
from sayso.claim.place_weights import weighed, weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.heads import Heads
    from sayso.claim.place_evidence import Asked
    from sayso.claim.place_weights import Evidence
    from sayso.claim.places import PlaceMention
    from sayso.claim.scenes import Named, Scenes
    from sayso.records import Span

FAVOURS = (0.0, 1.5)
"""How readily the heads tie words to a count: once as they have it, once leaning to more."""
_FAR = 8.0
_AS_LOCAL = ("close ", "near ", "far ", "beside, be", "often", "lead", "tied", "highest", "ruled", "cue ")


@dataclass(frozen=True, slots=True)
class Option:
    """A place that may be the scene, or None, with what speaks for and against it."""

    place: PlaceMention | None
    evidence: Evidence


def choose(options: Sequence[Option]) -> PlaceMention | None:
    """Return the place with most evidence, or None where no place has more; the first of equals."""
    return max(options, key=lambda one: weighed(one.evidence, weights("scene"))).place


def place_options(asked: Asked, scenes: Scenes, heads: Heads) -> list[Option]:
    """List the places that may be the scene of a claim, no place first.

    Args:
        asked: The claim.
        scenes: The places of its report.
        heads: What the trained heads say of it.
    """
    mentions: dict[str, list[Named]] = defaultdict(list)
    for one in scenes.told:
        mentions[one.place.name.lower()].append(one)
    tied = [next(iter(heads.ties(asked.figure.count, "place", favour)), None) for favour in FAVOURS]
    pointed: dict[str, Evidence] = {name: _pointed(own, asked, heads, tied) for name, own in mentions.items()}
    for words in dict.fromkeys(tied):
        if words is not None and not any(one.place.span.overlaps(words) for one in scenes.told):
            found = scenes.unrecognised(words)
            if found is not None:
                name = found.place.name.lower()
                mentions[name] = [found]
                pointed[name] = _pointed([found], asked, heads, tied) | {"unrecognised": 1.0}
    most = max((told.get("highest", -_FAR / 4) for told in pointed.values()), default=-_FAR / 4)
    first = max(
        pointed, key=lambda name: (pointed[name].get("tied", 0.0), pointed[name].get("highest", -_FAR)), default=""
    )
    likely = bool(first) and pointed[first].get("highest", -1.0) > 0
    best = _nearest(mentions[first], asked).place if likely else None
    setting = setting_of(asked, scenes)
    options = [Option(None, of_none(asked, setting, tied, most))]
    for name, own in mentions.items():
        nearest = _nearest(own, asked)
        evidence = dict(pointed[name])
        if "highest" in evidence:
            evidence["behind the most tied"] = most - evidence["highest"]
        evidence |= dict(standing(nearest, own, asked, setting))
        evidence |= dict(sort_of(nearest.place, asked, setting))
        evidence |= dict(beside_others(nearest, asked, best))
        if asked.local:
            evidence |= {f"{what}, peace": value for what, value in evidence.items() if what.startswith(_AS_LOCAL)}
        options.append(Option(nearest.place, evidence))
    return options


def _pointed(own: Sequence[Named], asked: Asked, heads: Heads, tied: Sequence[Span | None]) -> Evidence:
    """Say how far the heads tie some mentions of a place to the count."""
    odds = [w for one in own if (w := heads.weight(asked.figure.count, "place", one.place.span)) is not None]
    told: Evidence = {}
    if odds:
        mean, highest = max(odds, key=lambda weight: weight[1])
        told |= {"mean": _clipped(mean) / 4, "highest": _clipped(highest) / 4}
    else:
        told["out of reach"] = 1.0
    for name, words in zip(("tied", "tied gladly"), tied, strict=True):
        if words is not None and any(one.place.span.overlaps(words) for one in own):
            told[name] = 1.0
    return told


def _nearest(own: Sequence[Named], asked: Asked) -> Named:
    """Return the mention nearest to a claim, one before it rather than one after."""

    def far(one: Named) -> tuple[int, bool, int]:
        away = one.sentence - asked.figure.sentence
        gap = max(one.place.span.start - asked.figure.count.end, asked.figure.count.start - one.place.span.end)
        return abs(away), away > 0, gap

    return min([one for one in own if not one.role] or own, key=far)


def _clipped(value: float) -> float:
    return min(max(value, -_FAR), _FAR)
