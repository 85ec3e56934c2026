"""Which town lies around a street, a quarter, or a place that the gazetteer does not hold, as the report tells it.

The towns that the report names, those of its title, and the one that its outlet is named after are weighed by what
speaks for them; the weights were fitted by ``training/tune_places.py`` and stand in ``place_weights.json``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.claim.place_outlets import town_of_outlet
from sayso.claim.place_reasons import around, told_there
from sayso.claim.place_weights import weighed, weights
from sayso.claim.place_words import place_words
from sayso.claim.places import shipped
from sayso.records import PlaceMatch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.claim.place_weights import Evidence
    from sayso.claim.places import PlaceMention
    from sayso.claim.scenes import Named


_POLICE = re.compile(
    r"(?:['\u2019]s)? (?:(?:city|metropolitan|metro|township|village|town) )?"
    r"(?:police|pd\b|fire\b|sheriff|city|detectives|officers|cops|mayor|high school|residents?\b)",
    re.IGNORECASE,
)
_WIDE = frozenset({"country", "region", "sea"})
_SHORTEST = 3  # letters; a shorter name may stand in an outlet's by chance
_CLOSE, _LEAD, _MOST = 1, 3, 9


@dataclass(frozen=True, slots=True)
class Town:
    """A town that may lie around a place.

    Attributes:
        name: What it is called.
        matched: The gazetteer's name, where it is settled.
        region: Its first-level region, where known.
        country: ISO 3166-1 alpha-2, or None.
        score: How well the match fits.
        told: How the report tells it, for `sayso.claim.place_reasons.around`.
    """

    name: str
    matched: str | None
    region: str | None
    country: str | None
    score: float
    told: str


def town_options(
    text: str, place: PlaceMention | None, sentence: int, told: Sequence[Named], outlet: str, outlet_town: Town | None
) -> list[tuple[Town | None, Evidence]]:
    """List the towns that may lie around a place, none first, with what speaks for and against each.

    Args:
        text: The report's text.
        place: The place, or None where no words tell it.
        sentence: The number of its sentence, or of the claim's.
        told: All places that the report and its title name.
        outlet: The outlet's name or domain, in lower case and without spaces.
        outlet_town: The town that the outlet is named after or broadcasts from.
    """
    mentions: dict[str, list[Named]] = defaultdict(list)
    for one in told:
        if _may_be_town(text, one, place):
            mentions[_name(one.place).lower()].append(one)
    counts = {name: sum(one.sentence >= 0 for one in own) for name, own in mentions.items()}
    most, every = max(counts.values(), default=0), sum(counts.values()) or 1
    opening = min((one.place.span.start for own in mentions.values() for one in own if one.sentence >= 0), default=-1)
    options: list[tuple[Town | None, Evidence]] = []
    lands = {one.place.country for one in told if one.place.country}
    for name, own in mentions.items():
        best = max(own, key=lambda one: (one.place.matched is not None, one.place.kind == "city", one.place.score))
        town = Town(
            _name(best.place),
            best.place.matched,
            best.place.region,
            best.place.country,
            best.place.score,
            "title" if all(one.sentence < 0 for one in own) else "text",
        )
        evidence = dict(_speaks(text, place, sentence, own, outlet))
        if outlet_town is not None and outlet_town.name.lower() == name and outlet_town.told == "station":
            evidence["station"] = 1.0
        evidence["share"] = counts[name] / every
        evidence["most often"] = float(counts[name] == most)
        evidence["named first"] = float(any(one.place.span.start == opening for one in own))
        options.append((town, evidence))
    if outlet_town is not None and outlet_town.name.lower() not in mentions:
        foreign = bool(lands) and outlet_town.country not in lands
        alone = f"{outlet_town.told} alone"
        options.append((outlet_town, {alone: 1.0, f"{alone}, abroad": float(foreign)}))
    some = any(evidence.get("police") or evidence.get("title") for _, evidence in options)
    none = {"none": 1.0, "none: few": float(len(mentions) < 2), "none: nobody's police": float(not some)}
    if place is not None:
        none[f"none: {place.kind}"] = 1.0
    return [(None, none), *options]


def choose(options: Sequence[tuple[Town | None, Evidence]]) -> Town | None:
    """Return the town with most evidence, or None where no town has more; the first of equals."""
    return max(options, key=lambda one: weighed(one[1], weights()))[0]


def outlet_town(outlet: str) -> Town | None:
    """Return the town that an outlet is named after or broadcasts from, as far as its web address tells."""
    found = town_of_outlet(outlet, shipped())
    if found is None:
        return None
    one, station = found
    region = shipped().region(one.country, one.admin1)
    return Town(one.name, one.name, region, one.country, 0.0, "station" if station else "outlet")


def match_of(place: PlaceMention, town: Town | None, region: str | None) -> PlaceMatch:
    """Return what the words of a claim's place were taken for.

    Args:
        place: The place as the words name it.
        town: The town around it, where it is no town itself and the report tells one.
        region: The region that an unsettled place is told to lie in.
    """
    if place.matched is None and town is not None:
        reason = f"{place.reason} {around(town.name, town.told)}"
        there = place.region or town.region or region
        return PlaceMatch(town.matched, place.kind, there, town.name, town.score, reason, place.rivals)
    own = (place.matched or place.name) if place.kind == "city" else town.name if town is not None else None
    if place.kind in _WIDE and town is not None:
        reason = f"{place.reason} {told_there(town.name)}"
        return PlaceMatch(place.matched, place.kind, place.region or region, own, place.score, reason, place.rivals)
    return PlaceMatch(place.matched, place.kind, place.region or region, own, place.score, place.reason, place.rivals)


def match_of_none(town: Town) -> PlaceMatch:
    """Return the town that a report tells of, for a claim whose place no words near it name."""
    reason = f"No words near the figure name its place. {around(town.name, town.told)}"
    return PlaceMatch(None, "unknown", town.region, town.name, town.score, reason)


def _may_be_town(text: str, one: Named, place: PlaceMention | None) -> bool:
    """Say whether a mention names a town: a known one, one in its police's name, or a name told like a town's."""
    it = one.place
    if place is not None and place.country is not None and it.country not in {None, place.country}:
        return False
    if it.kind == "city":
        return True
    if it.kind == "adjective":
        return it.cue == "police" or (it.matched is not None and bool(_POLICE.match(text, it.span.end)))
    return it.kind == "unknown" and (it.within is not None or it.cue in place_words().strong or "of" in it.cue)


def _speaks(
    text: str, place: PlaceMention | None, sentence: int, own: Sequence[Named], outlet: str
) -> Iterator[tuple[str, float]]:
    """Say what speaks for a town as the one around a place."""
    first = own[0].place
    inside = [one for one in own if one.sentence >= 0]
    if any(one.place.matched is not None for one in own):
        yield "settled", 1.0
    yield f"kind {max((one.place.kind for one in own), key=lambda kind: kind == 'city')}", 1.0
    yield "often", min(len(inside), _MOST) ** 0.5
    police = [one for one in own if one.place.kind == "adjective" or _POLICE.match(text, one.place.span.end)]
    if police:
        yield "police", 1.0
        yield "police often", min(len(police), _MOST) ** 0.5
    if len(inside) < len(own):
        yield "title", 1.0
    flat = _name(first).lower().replace(" ", "").replace(".", "")
    if len(flat) > _SHORTEST and flat in outlet:
        yield "outlet", 1.0
    for cue in {_cue(one.place) for one in inside}:
        yield f"cue {cue}", 1.0
    scenic = sum(one.close and one.place.cue in place_words().strong for one in inside)
    if scenic:
        yield "in, near harm", min(scenic, _MOST) ** 0.5
    if all(one.role for one in own):
        yield "no scene", 1.0
    if all(one.place.matched is None for one in own):
        yield f"open, kind {first.kind}, {'once' if len(own) == 1 else 'often'}", 1.0
    if inside and min(one.sentence for one in inside) < _LEAD:
        yield "lead", 1.0
    if inside and inside[0].sentence == 0:
        yield "first sentence", 1.0
    if any(one.close for one in inside):
        yield "near harm", 1.0
    if any(one.place.within is not None for one in own):
        yield "told to lie somewhere", 1.0
    yield from _beside(place, sentence, own, inside)


def _beside(
    place: PlaceMention | None, sentence: int, own: Sequence[Named], inside: Sequence[Named]
) -> Iterator[tuple[str, float]]:
    """Say how a town stands to the place that it may be around."""
    itself = place is not None and any(one.place.span == place.span for one in own)
    if place is not None:
        if itself:
            yield "itself", 1.0
            yield f"itself, cue {_cue(place)}", 1.0
        if place.within is not None and any(one.place.span == place.within for one in own):
            yield "told around", 1.0
        if any(one.place.region == place.region for one in own if place.region):
            yield "same region", 1.0
    away = min((abs(one.sentence - sentence) for one in inside), default=_MOST)
    if not itself:
        yield "same sentence" if away == 0 else "next sentence" if away <= _CLOSE else "far off", 1.0
        behind = [one for one in inside if place is not None and 0 <= one.place.span.start - place.span.end < 40]
        if behind:
            yield "right behind", 1.0


def _cue(place: PlaceMention) -> str:
    listed = place_words()
    if place.cue in listed.strong:
        return "strong"
    if " of" in place.cue:
        return "of"
    return (
        place.cue
        if place.cue in {"from", "to", "'s", "home", "dateline", ",", "at"}
        else "other"
        if place.cue
        else "none"
    )


def _name(place: PlaceMention) -> str:
    return place.matched or place.name
