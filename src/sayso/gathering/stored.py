"""Stories and incidents as plain JSON values and back, with nothing lost on the way."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from sayso.events import Incident, Kept
from sayso.incident.told import Spot, Story
from sayso.plain import from_plain, to_plain

Content = dict[str, Any]


def number_of(key: str) -> int:
    """Return 64 bits with a sign that stand for a key: words of reports need not be kept to be found again.

    >>> number_of("t:dresk|738228") == number_of("t:dresk|738228") != number_of("t:dresk|738229")
    True
    """
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def story_out(story: Story, claims: tuple[Kept, ...]) -> Content:
    """Return a story with its claims."""
    return {
        "claims": list(story.claims),
        "kept": [to_plain(kept) for kept in claims],
        "voice": story.voice,
        "published": story.published,
        "days": story.days,
        "other_days": story.other_days,
        "spots": [_spot_out(spot) for spot in story.spots],
        "figures": {harm: list(figures) for harm, figures in story.figures.items()},
        "words": dict(story.words),
        "core": dict(story.core),
        **{name: sorted(getattr(story, name)) for name in _SETS},
    }


def story_in(identity: str, report: str, content: Content) -> Story:
    """Return the story that `story_out` was given."""
    first_days = content["days"]
    return Story(
        id=identity,
        report=report,
        voice=content["voice"],
        published=content["published"],
        claims=tuple(content["claims"]),
        days=first_days and (first_days[0], first_days[1]),
        other_days=tuple((first, last) for first, last in content["other_days"]),
        spots=tuple(_spot_in(spot) for spot in content["spots"]),
        figures={harm: tuple((low, high) for low, high in figures) for harm, figures in content["figures"].items()},
        words=content["words"],
        core=content["core"],
        **{name: frozenset(content[name]) for name in _SETS},
    )


def hollow(identity: str, report: str, published: int, claims: tuple[str, ...]) -> Story:
    """Return a story of which nothing is left but its place, so that it can be taken out."""
    empty: frozenset[str] = frozenset()
    sets = dict.fromkeys(_SETS, empty)
    return Story(identity, report, report, published, claims, None, (), (), {}, words={}, core={}, **sets)


def kept_out(kept: Kept) -> Content:
    """Return a claim with what stands around it."""
    return to_plain(kept)


def kept_in(content: Content) -> Kept:
    """Return the claim that `kept_out` was given."""
    return from_plain(Kept, content)


def incident_out(incident: Incident) -> Content:
    """Return an incident."""
    return to_plain(incident)


def incident_in(content: Content) -> Incident:
    """Return the incident that `incident_out` was given."""
    return from_plain(Incident, content)


_SETS = ("harmed", "names", "means", "by")


def _spot_out(spot: Spot) -> list[Any]:
    at = list(spot.at) if spot.at else None
    return [spot.id, spot.name, spot.town, spot.region, spot.country, at, spot.prec, sorted(spot.heads)]


def _spot_in(values: list[Any]) -> Spot:
    identity, name, town, region, country, at, prec, heads = values
    return Spot(identity, name, town, region, country, at and (at[0], at[1]), prec, frozenset(heads))
