"""What speaks for and against one place of a report as the scene of a claim, as named figures without their weights."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

from sayso.claim.place_words import place_words
from sayso.claim.scenes import exactness, may_hold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.claim.place_weights import Evidence
    from sayso.claim.places import PlaceMention
    from sayso.claim.scenes import Named, Scenes
    from sayso.records import Harm, Scope, Span

_MANY = 1_000  # people; so many rather died in a country's war than in one town
_LEAD = 2  # sentences
_CLOSE, _NEAR = 1, 4  # sentences


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report: the number of its sentence, its words, the harm, and the bounds."""

    sentence: int
    count: Span
    harm: Harm
    bounds: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """The claim whose place is asked for.

    Attributes:
        figure: Its figure.
        others: The report's other figures.
        cue: The words of harm.
        scope: One incident or a running total.
        ruled: What the rules would have.
        street: The street that the rules take for the report's scene instead.
        local: Whether the report is of peacetime.
    """

    figure: Figure
    others: tuple[Figure, ...]
    cue: Span
    scope: Scope
    ruled: PlaceMention | None
    street: PlaceMention | None
    local: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """What all options of one claim share.

    Attributes:
        beside: The scenes named in the claim's own sentence.
        names: Their names.
        empty: Whether that sentence names no place at all.
        latest: Where the last scene named in a sentence before begins, -1 where there is none.
        again: The numbers of other sentences with the same figure of the same harm.
        harmed: Those of other figures of the same harm.
        holders: The places that are told to hold another ("Velmora" in "Orlen, in Velmora").
        kinds: The kinds of place that the sentence takes up by a noun ("the village").
        country: The country that the report is about.
        whole_war: Whether the sentence speaks of a war as a whole.
    """

    beside: tuple[Span, ...]
    names: frozenset[str]
    empty: bool
    latest: int
    again: frozenset[int]
    harmed: frozenset[int]
    holders: frozenset[Span]
    kinds: frozenset[str]
    country: str | None
    whole_war: bool


def setting_of(asked: Asked, scenes: Scenes) -> Setting:
    """Work out what all options of one claim share."""
    own = asked.figure
    beside = [one for one in scenes.told if one.sentence == own.sentence]
    same = [other for other in asked.others if other.harm == own.harm]
    return Setting(
        tuple(one.place.span for one in beside if not one.role),
        frozenset(one.place.name.lower() for one in beside if not one.role),
        not beside,
        max((one.place.span.start for one in scenes.told if one.sentence < own.sentence and not one.role), default=-1),
        frozenset(other.sentence for other in same if other.bounds == own.bounds) - {own.sentence},
        frozenset(other.sentence for other in same),
        frozenset(one.place.within for one in scenes.told if one.place.within is not None),
        scenes.kinds_taken_up(own.sentence),
        scenes.country,
        scenes.tells_of_whole_war(own.sentence),
    )


def of_none(asked: Asked, setting: Setting, tied: Sequence[Span | None], most: float) -> Evidence:
    """Say what speaks for no place at all."""
    told = {"none": 1.0, "none: most": most}
    if tied[0] is None:
        told["none: untied"] = 1.0
    if tied[1] is None:
        told["none: untied gladly"] = 1.0
    if asked.ruled is None:
        told["none: ruled"] = 1.0
    if asked.scope == "cumulative":
        told["none: cumulative"] = 1.0
    if setting.empty:
        told["none: no place beside"] = 1.0
    return told


def standing(nearest: Named, own: Sequence[Named], asked: Asked, setting: Setting) -> Iterator[tuple[str, float]]:
    """Say where a place stands: how far from the count, how often, near harm, in the opening."""
    away = nearest.sentence - asked.figure.sentence
    where = f"{_reach(away)} {'before' if away < 0 else 'after'}" if away else "beside"
    lead = asked.figure.sentence < _LEAD
    if away:
        bare = "placed" if setting.names else "bare"
        yield from ((name, 1.0) for name in (where, f"{where}, {asked.scope}", f"{where}, {bare}"))
        if lead:
            yield f"{where}, lead", 1.0
        if away < 0 and nearest.place.span.start >= setting.latest:
            yield f"latest {bare}", 1.0
        if nearest.sentence in setting.harmed:
            yield "beside the same harm", 1.0
    else:
        yield from _same_sentence(nearest, asked, setting)
    if any(one.sentence < _LEAD for one in own):
        yield "lead", 1.0
    yield "often", min(sum(1.0 if one.close else 0.4 for one in own), 8.0) ** 0.5
    if not any(one.close for one in own):
        yield "far from harm", 1.0
    if asked.ruled is not None and any(one.place.span == asked.ruled.span for one in own):
        yield "ruled", 1.0
        yield f"ruled {'elsewhere' if away else 'beside'}", 1.0
    if asked.street is not None and any(one.place.span == asked.street.span for one in own):
        yield "street", 1.0
    if ("city" if nearest.place.kind == "unknown" else nearest.place.kind) in setting.kinds:
        yield f"referred to, {where}", 1.0
    yield from _told(own, setting, lead=lead)


def _told(own: Sequence[Named], setting: Setting, *, lead: bool) -> Iterator[tuple[str, float]]:
    """Say how else the report speaks of a place: as a home or a seat, within another, with the same figure."""
    roles = {one.role for one in own}
    for role in sorted(roles - {""}):
        yield f"role {role}" if "" in roles else f"only {role}", 1.0
    if any(one.place.within is not None for one in own):
        yield "told within", 1.0
    if any(one.place.span in setting.holders for one in own):
        yield "told to hold", 1.0
    if any(one.sentence in setting.again and not one.role for one in own):
        yield "told again beside", 1.0
        if lead:
            yield "told again beside, lead", 1.0


def _reach(away: int) -> str:
    return "close" if abs(away) <= _CLOSE else "near" if abs(away) <= _NEAR else "far"


def _same_sentence(nearest: Named, asked: Asked, setting: Setting) -> Iterator[tuple[str, float]]:
    """Say where a place of the count's own sentence stands in it."""
    count = asked.figure.count
    start = min(count.start, asked.cue.start)
    behind = nearest.place.span.start >= start
    side = "behind" if behind else "before"
    yield f"beside, {side}", 1.0
    if nearest.role:
        return
    yield "beside, alone" if len(setting.names) == 1 else "beside, among", 1.0
    gap = _gap(nearest.place.span, count)
    yield f"gap {side}", log10(1 + gap) / 2
    if gap <= min((_gap(one, count) for one in setting.beside if (one.start >= start) == behind), default=gap):
        yield f"nearest {side}", 1.0
    first, last = sorted((nearest.place.span, count), key=lambda span: span.start)
    if any(first.end <= other.count.start and other.count.end <= last.start for other in asked.others):
        yield f"figure between, {side}", 1.0
    if _cue(nearest.place) == "strong":
        yield f"beside {side}, strong", 1.0


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def sort_of(place: PlaceMention, asked: Asked, setting: Setting) -> Iterator[tuple[str, float]]:
    """Say what sort of place it is, beside the sort of claim."""
    kind = "street" if place.cue in {"block", "street"} else place.kind
    if kind == "facility" and place.name.rpartition(" ")[2].lower().strip(".") in place_words().street_nouns:
        kind = "street"
    yield f"kind {kind}", 1.0
    yield f"kind {kind}, {asked.scope}", 1.0
    yield f"kind {kind}, {'peace' if asked.local else 'war'}", 1.0
    least = asked.figure.bounds[0] or 0
    if least >= _MANY:
        yield f"many, kind {'country' if kind == 'country' else 'within'}", log10(least) - 2
    if kind == "country" and setting.whole_war:
        yield "whole war", 1.0
    if place.country is not None and setting.country is not None:
        yield ("at home" if place.country == setting.country else "abroad"), 1.0
    if place.matched is not None:
        yield "settled", 1.0
    yield f"cue {_cue(place)}", 1.0
    if asked.figure.harm == "displaced" and place.cue in {"from", "to"}:
        yield f"displaced {place.cue}", 1.0
    if place.name.isupper() and len(place.name) < 6:
        yield "initials", 1.0


def beside_others(nearest: Named, asked: Asked, best: PlaceMention | None) -> Iterator[tuple[str, float]]:
    """Say how a place stands to what the heads or the rules would have: within it, or around it."""
    place = nearest.place
    reach = "near" if abs(nearest.sentence - asked.figure.sentence) <= _CLOSE else "far"
    for what, other in (("tied", best), ("ruled", asked.ruled)):
        if other is None or other.name.lower() == place.name.lower():
            continue
        if place.within is not None and place.within.overlaps(other.span):
            yield f"told within {what}", 1.0
        if other.within is not None and other.within.overlaps(place.span):
            yield f"told around {what}", 1.0
        step = exactness(place) - exactness(other)
        if not may_hold(other, place):
            yield f"apart from {what}", 1.0
        elif step > 0:
            yield f"within {what}, {reach}", 1.0
            if asked.figure.sentence < _LEAD:
                yield f"within {what}, {reach}, lead", 1.0
        elif step < 0:
            yield f"around {what}, {reach}", 1.0


def _cue(place: PlaceMention) -> str:
    listed = place_words()
    if " of" in place.cue:
        return "of"
    if place.cue in listed.strong:
        return "strong"
    if place.cue in {"from", "to", "at", "on", "'s", ",", "block", "street", "home", "dateline", ""}:
        return place.cue or "none"
    return "weak" if place.cue in listed.weak else "noun"
