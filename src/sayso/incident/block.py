"""Which stories are worth comparing: those that have a key in common, and stand near each other under it.

Under each key the stories stand in the order of their reports' days. A story is compared with the nearest on either
side only (`reach`), so that a town with ten thousand reports costs no more a report than one with ten, and fewer under
a word or a name than under a place and day: two reports with one rare word in common and no more are of two events
nearly always, and those of one event have several. Which pairs are compared is a matter of which stories there are,
never of the order in which they came.

Keys are numbers that stand for words, so that millions of them can be held, and words of reports need not be kept.
Those of near days are near numbers: a ledger keeps them side by side, so that a report of today is entered on the few
pages of these days, however many other days there are.
"""

from __future__ import annotations

from hashlib import blake2b
from itertools import combinations
from typing import TYPE_CHECKING

from sayso.incident.terms import rarity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sayso.incident.told import Story

_REACH = {"place": 16, "figure": 16, "name": 3, "word": 2}
"""Stories on either side under one key, by its kind."""
_KINDS = tuple(_REACH)
_MOST_WORDS = 12
"""Rare words of a story that are keys."""
_WIDEST = 10
"""Days; a story known less exactly than this has no day for a key."""
_TELLING = 10
"""A figure this high is a key."""
_SOME = 3
"""So many killed are a key together with the place, whatever the day: an anniversary names both."""
_RARE = 5.0
_RARE_NAME = 4.0
_SHORT, _LONG = 14, 21
"""Days that a key of place, and one of words, covers."""
_DAYS, _REST = 21, 42
"""Bits of a key of some days that tell the first of them, and bits below."""
_LATE = 4
"""A story without a day is taken to have happened within so many days before its report, for its keys alone."""


def keys(story: Story) -> frozenset[int]:
    """Return the keys of a story: place and day or fortnight, target and day, high figures, names, and rare words.

    Returns:
        Numbers of 64 bits with a sign, whose lowest two bits tell the kind. Names, which are of no day, are below 0.
    """
    return frozenset(_number(kind, key, day) for kind, key, day in _keys(story))


def reach(key: int) -> int:
    """Return how many stories on either side of one are its neighbours under a key."""
    return _REACH[_KINDS[key & 3]]


def ends(key: int) -> bool:
    """Say whether a key is of some days or weeks, so that what stands under it does not grow from year to year."""
    return _KINDS[key & 3] != "name"


def order(story: Story) -> tuple[int, str]:
    """Return what stories are put in order by under a key."""
    return story.published or 0, story.id


def _number(kind: str, key: str, day: int | None) -> int:
    """Return the number of a key; equal keys have one number, and others another as good as always."""
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    number = int.from_bytes(digest, "big") & ~3 | _KINDS.index(kind)
    if day is None:
        return number % (1 << 63) - (1 << 63)
    return day % (1 << _DAYS) << _REST | number % (1 << _REST)


def _keys(story: Story) -> Iterator[tuple[str, str, int | None]]:
    """Yield kind, words, and the first day that it covers of each key; no day for those that cover all."""
    days = _days(story)
    published = story.published
    places = _places(story)
    for place in places:
        yield from (("place", f"{place}|{day}", day) for day in days)
        if published is not None:
            yield from (("place", f"{place}|{part}", part * _SHORT) for part in _parts(published, _SHORT))
    yield from (("place", f"g:{target}|{day}", day) for target in story.targets for day in days)
    yield from (("name", name, None) for name in story.harmed | story.names)
    for place in sorted(places):
        killed = (low for low, _ in story.figures.get("killed", ())[:2] if low >= _SOME)
        yield from (("name", f"killed:{low}|{place}", None) for low in killed)
    if published is not None:
        for pair in _pairs_of_figures(story):
            yield from (("figure", f"{pair}|{part}", part * _LONG) for part in _parts(published, _LONG))
    for harm, figures in story.figures.items():
        high = {low for low, _ in figures[:3] if low >= _TELLING}
        parts = {part for day in days for part in (day // 3, day // 3 + 1)}
        yield from (("figure", f"{harm}:{low}|{part}", part * 3) for low in high for part in parts)
    if published is not None:
        words = dict.fromkeys((*_weightiest(story.core, 12), *_weightiest(story.words, 25)))
        rare = [word for word in words if rarity(word) >= _RARE][:_MOST_WORDS]
        yield from (("word", f"{word}|{part}", part * _LONG) for word in rare for part in _parts(published, _LONG))


def _places(story: Story) -> set[str]:
    towns = {f"t:{spot.town}" for spot in story.spots if spot.town}
    heads = {head for spot in story.spots for head in spot.heads} if story.spots else story.outlet
    return towns | {f"h:{head}" for head in heads if rarity(head) >= _RARE_NAME}


def _pairs_of_figures(story: Story) -> Iterator[str]:
    """Yield what is said of two harms at once, each by its first figure: six killed and two missing."""
    first = sorted((harm, figures[0][0]) for harm, figures in story.figures.items() if figures[0][0] > 1)
    yield from (f"{one}{low}+{other}{more}" for (one, low), (other, more) in combinations(first, 2))


def _days(story: Story) -> set[int]:
    known = [days for days in (story.days, *story.other_days) if days and days[1] - days[0] <= _WIDEST]
    if not known and story.published is not None:
        return set(range(story.published - _LATE, story.published + 1))
    return {day for first, last in known for day in range(first - 1, last + 2)}


def _parts(day: int, length: int) -> tuple[int, int]:
    """Return two numbers, such that two days less than `length` apart have one in common."""
    return day // length, day // length + 1


def _weightiest(words: Mapping[str, float], most: int) -> list[str]:
    return sorted(words, key=lambda word: (-words[word], word))[:most]
