"""What a claim says of whom, where, when and with what, in the form in which claims are compared."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.incident.terms import fold, rarity
from sayso.incident.told import Days, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Kept
    from sayso.records import Claim

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_PLAIN = 3.0
"""A word of a place's name that is less rare than this ("Street", "north") does not tell it from other places."""
_CLOCK = re.compile(r"(\d\d):(\d\d)")
_PARTS_OF_DAY = {
    "dawn": (4.0, 8.0),
    "early": (0.0, 8.0),
    "morning": (5.0, 12.0),
    "noon": (11.0, 14.0),
    "afternoon": (12.0, 18.0),
    "evening": (17.0, 23.0),
    "late": (19.0, 25.0),
    "night": (20.0, 29.0),
    "midnight": (23.0, 25.0),
}
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "sgt", "lt", "capt", "col", "gen", "officer", "detective", "deputy"})
_AFTER_NAMES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_BEFORE_THAT = re.compile(
    r",? \b(?:(?:an?|one|two|three|a few|several|some|\d+) )?(?:hour|day|week|month|year)s? (?:after|before)\b",
    re.IGNORECASE,
)
"""Opens the part of a sentence that looks back to another event."""
_MOST_KEPT = 2_000
"""Sentences, names and days of which it is remembered what they say."""
_DATED = 3
"""A claim whose day is known less well than to the week (`date_prec`) does not date its story."""


def harmed_name(claim: Claim) -> str | None:
    """Return the name of the person that a claim speaks of, folded and without titles; None where it names nobody.

    >>> from sayso.records import Claim
    >>> one = Claim("c", 0, 9, "Mr Firas Juma", "killed", "individual", 1, 1, "exact", None, victims="Mr Firas Juma")
    >>> harmed_name(one)
    'firas juma'
    """
    return _full_name(claim.victims) if claim.kind == "individual" and claim.victims else None


@lru_cache(maxsize=_MOST_KEPT)
def _full_name(victims: str) -> str | None:
    written = [word[0] for word in _WORD.finditer(victims)]
    if not written or any(word.islower() for word in written):
        return None
    words = [fold(word) for word in written]
    kept = [word for word in words if word not in _TITLES and word not in _AFTER_NAMES]
    return " ".join(kept) if len(kept) > 1 else None


@lru_cache(maxsize=_MOST_KEPT)
def ordinal(day: str | None) -> int | None:
    """Return a day's number, or None where it is none."""
    try:
        return date.fromisoformat((day or "")[:10]).toordinal()
    except ValueError:
        return None


def means_kind(means: str | None) -> frozenset[str]:
    """Return the kinds of weapon or method that some words name.

    >>> sorted(means_kind("a rocket attack and gunfire"))
    ['gun', 'shelling']
    """
    words = [fold(word[0]) for word in _WORD.finditer(means or "")]
    return frozenset(kind for word in words for kind, stems in _means() if word.startswith(stems))


@lru_cache(maxsize=_MOST_KEPT)
def targets(sentence: str) -> frozenset[str]:
    """Return the common words of a sentence for what may be hit, but for those where people also lie or live.

    >>> sorted(targets("Shells hit a bread queue at a bakery; the wounded are in hospital."))
    ['bakery', 'bread queue']
    """
    return frozenset(found[1].casefold() for found in _targets().finditer(sentence))


def own_part(kept: Kept) -> str:
    """Return the part of a claim's sentence that it stands in: "hours after shells struck a bakery" is another one."""
    return _own_part(kept)[1]


def _own_part(kept: Kept) -> tuple[int, str]:
    at = kept.claim.start - kept.claim.sentence.start
    cuts = pairwise(_cuts(kept.sentence))
    return next(((a, kept.sentence[a:b]) for a, b in cuts if a <= at < b), (0, kept.sentence))


@lru_cache(maxsize=_MOST_KEPT)
def _cuts(sentence: str) -> tuple[int, ...]:
    """Return where the parts of a sentence begin, and its end."""
    return 0, *(found.start() for found in _BEFORE_THAT.finditer(sentence)), len(sentence)


def own_means(kept: Kept) -> frozenset[str]:
    """Return the kinds of weapon or method that a claim names, but for those that its sentence tells of another event.

    "A drone hit a bus, killing four, hours after shells struck a bakery": shells are not what killed the four.
    """
    claim = kept.claim
    span = claim.spans.means
    if span is None or not claim.sentence.holds(span):
        return means_kind(claim.means)
    start, part = _own_part(kept)
    return means_kind(claim.means) if 0 <= span.start - claim.sentence.start - start < len(part) else frozenset()


def window(claim: Claim) -> Days | None:
    """Return the first and last possible day, however wide apart; None where either is open."""
    first, last = ordinal(claim.date_from), ordinal(claim.date_to)
    return None if first is None or last is None or last < first else (first, last)


def days_of(claim: Claim) -> Days | None:
    """Return the days of a claim that is dated well enough to date its story."""
    return None if (claim.date_prec or 9) > _DATED else window(claim)


def hours(claim: Claim) -> tuple[float, float] | None:
    """Return between which hours a claim says it happened; None where it does not say.

    >>> from sayso.records import Claim
    >>> from dataclasses import replace
    >>> bare = Claim("c", 0, 9, "two people", "killed", "count", 2, 2, "exact", None)
    >>> hours(replace(bare, time="04:30 GMT")), hours(replace(bare, time="night"))
    ((4.0, 5.0), (20.0, 29.0))
    """
    clock = _CLOCK.match(claim.time or "")
    if clock:
        at = int(clock[1]) + int(clock[2]) / 60
        return at - 0.5, at + 0.5
    return _PARTS_OF_DAY.get(claim.time or "")


def hours_apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return how many hours lie between two parts of the day, the shorter way round the clock."""
    return min(max(0.0, a[0] - b[1] + turn, b[0] + (-turn) - a[1]) for turn in (-24.0, 0.0, 24.0))


def spot_of(claim: Claim) -> Spot | None:
    """Return where a claim says it happened, in the form in which places are compared; None where it says nothing."""
    match = claim.place_match
    town, region = (match.town, match.region) if match else (None, None)
    if not claim.place and claim.place_id is None and town is None:
        return None
    name = claim.place or town or ""
    return Spot(
        id=claim.place_id,
        name=name,
        town=town and fold(town),
        region=region and fold(region),
        country=claim.country,
        at=(claim.lat, claim.lon) if claim.lat is not None and claim.lon is not None else None,
        prec=claim.place_prec,
        heads=telling_words(name),
    )


def telling_words(name: str) -> frozenset[str]:
    """Return the words of the name of a place or an outlet that tell it from others, folded."""
    words = (fold(word[0]) for word in _WORD.finditer(name))
    return frozenset(word for word in words if rarity(word) >= _PLAIN)


def actor_words(kept: Kept) -> Iterable[str]:
    """Yield the id and the names by which a claim says who did it, folded."""
    if kept.perpetrator is not None:
        yield kept.perpetrator.id
    for word in _WORD.finditer(kept.claim.perpetrator or ""):
        if word[0][0].isupper() and rarity(fold(word[0])) >= _PLAIN:
            yield fold(word[0])


@cache
def _targets() -> re.Pattern[str]:
    table = tomllib.loads(files(__package__).joinpath("event_words.toml").read_text("utf-8"))["targets"]
    nouns = sorted(set(table["nouns"]) - set(table["lying"]), key=lambda noun: (-len(noun), noun))
    return re.compile(rf"\b({'|'.join(map(re.escape, nouns))})s?\b", re.IGNORECASE)


@cache
def _means() -> tuple[tuple[str, tuple[str, ...]], ...]:
    table = tomllib.loads(files(__package__).joinpath("means.toml").read_text("utf-8"))
    return tuple((kind, tuple(stems)) for kind, stems in table.items())
