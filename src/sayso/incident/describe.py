"""A group of stories as an incident: when, where, how many, by whom and with what, as most of them say."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sayso.events import Incident
from sayso.incident.figures import bounds
from sayso.incident.names import with_name
from sayso.incident.relations import relations
from sayso.incident.slots import window

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence
    from typing import TypeVar

    from sayso.events import Join, Kept
    from sayso.incident.told import Counted, Days
    from sayso.records import Claim

    _Thing = TypeVar("_Thing", bound=Hashable)

_SAME_TALE = 3
"""Days; other days that are told of the event within so many of the likeliest are given as its range."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A story, or the claims of it that people ruled to stand alone.

    Attributes:
        story: The story's id.
        report: Its report's id.
        voice: The same for reports that print one text.
        claims: Its claims that are meant, in the order of the text.
        counted: What they say of how many (`sayso.incident.figures.counted`).
        whole: Whether it is the story, whose words may be compared.
    """

    story: str
    report: str
    voice: str
    claims: tuple[Kept, ...]
    counted: Mapping[str, Counted]
    whole: bool = True


def described(group: Sequence[Unit], joins: Iterable[Join]) -> Incident:
    """Describe a group of stories as one incident; which reports are its own is left to whoever knows the others."""
    claims = in_order([kept for unit in group for kept in unit.claims])
    voices = _voices(group)
    told = [kept.claim for kept in claims if not _rejected(kept)]
    between = relations([unit.claims for unit in group])
    days = _days(voices)
    one = Incident(
        id=incident_id(claims),
        name="",
        date_from=date.fromordinal(days[0]).isoformat() if days else None,
        date_to=date.fromordinal(days[1]).isoformat() if days else None,
        date_prec=_date_prec(days),
        country=_most(claim.country for claim in told if claim.country),
        claims=tuple(kept.claim.id for kept in claims),
        figures=bounds([unit.counted for unit in group]),
        means=_most_worded(claim.means for claim in told if claim.means),
        contested=any(one.kind == "contradicts" for one in between),
        joins=tuple(joins),
        relations=tuple(between),
    )
    return with_name(_placed(one, told), claims)


def in_order(claims: Iterable[Kept]) -> list[Kept]:
    """Put claims in the order of their reports' days, and then of their ids."""
    return sorted(
        claims, key=lambda kept: (kept.report.published or "", kept.report.id, kept.claim.start, kept.claim.id)
    )


def incident_id(claims: Sequence[Kept]) -> str:
    """Make an incident's id from its first claim, so that it stays while that claim does."""
    return "i-" + hashlib.sha256(claims[0].claim.id.encode()).hexdigest()[:16]


def _rejected(kept: Kept) -> bool:
    return kept.ruling is not None and kept.ruling.verdict == "rejected"


def _voices(group: Sequence[Unit]) -> list[list[Claim]]:
    """Return the claims of each voice: fifty prints of one report are one voice."""
    voices: dict[str, list[Claim]] = {}
    for unit in group:
        voices.setdefault(unit.voice, []).extend(k.claim for k in unit.claims if not _rejected(k))
    return [voices[name] for name in sorted(voices)]


def _days(voices: Sequence[Sequence[Claim]]) -> Days | None:
    """Return the days that most voices give, wide enough for others near them that are told as well."""
    said: dict[Days, float] = {}
    for claims in voices:
        own = Counter(days for claim in claims if (days := window(claim)))
        for days, count in own.items():
            said[days] = said.get(days, 0.0) + count / own.total()
    if not said:
        return None
    best = min(said, key=lambda days: (-round(said[days], 6), days[1] - days[0], days))
    if best[1] - best[0] > _SAME_TALE:
        return best
    near = [
        days
        for days, votes in said.items()
        if votes >= said[best] / 3 and max(abs(days[0] - best[0]), abs(days[1] - best[1])) <= _SAME_TALE
    ]
    return min(first for first, _ in near), max(last for _, last in near)


def _date_prec(days: Days | None) -> int | None:
    """Return UCDP's ``date_prec``: 1 the very day, 2 up to six, 3 a week, 4 a month, 5 more."""
    if days is None:
        return None
    length = days[1] - days[0] + 1
    return 1 if length == 1 else 2 if length <= 6 else 3 if length <= 7 else 4 if length <= 31 else 5


def _place(claims: Sequence[Claim]) -> Claim | None:
    """Return a claim that gives the place as most do, the most exact of them and on the map where one is."""
    named = [claim for claim in claims if claim.place or claim.place_id is not None]
    votes = Counter(_place_key(claim) for claim in named)
    return min(
        named,
        key=lambda c: (-votes[_place_key(c)], c.place_prec or 9, c.lat is None, _shouted(c.place), c.place or "", c.id),
        default=None,
    )


def _place_key(claim: Claim) -> str:
    return str(claim.place_id) if claim.place_id is not None else (claim.place or "").casefold()


def _placed(incident: Incident, claims: Sequence[Claim]) -> Incident:
    place = _place(claims)
    if place is None:
        return incident
    match = place.place_match
    town = match.town if match else None
    mapped = place
    if place.lat is None and town:
        same = [c for c in claims if c.lat is not None and c.place_match and c.place_match.town == town]
        mapped = min(same, key=lambda c: (c.place_prec or 9, c.id), default=place)
    return replace(
        incident,
        place=place.place or town,
        place_id=place.place_id,
        place_prec=place.place_prec,
        region=match.region if match else None,
        country=place.country,
        lat=mapped.lat,
        lon=mapped.lon,
    )


def _most_worded(words: Iterable[str]) -> str | None:
    """Return the words that stand there most often, capitals or not, written without them where one writes so."""
    said = list(words)
    best = _most(each.casefold() for each in said)
    return min(
        (each for each in said if each.casefold() == best), key=lambda each: (_shouted(each), each), default=None
    )


def _shouted(words: str | None) -> bool:
    return (words or "").isupper()


def _most(values: Iterable[_Thing]) -> _Thing | None:
    """Return what is there most often, the first in order of those as often."""
    votes = Counter(values)
    return min(votes, key=lambda value: (-votes[value], str(value)), default=None)
