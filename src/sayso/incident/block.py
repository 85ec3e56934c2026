"""Which stories are worth comparing: those that have a key in common, and stand near each other under it.

Under each key the stories stand in the order of their reports' days. A story is compared with its `REACH` nearest on
either side only, so that a town with ten thousand reports costs no more a report than one with ten. Which pairs are
compared is a matter of which stories there are, never of the order in which they came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.incident.terms import rarity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sayso.incident.told import Story

REACH = 16
"""Stories on either side under one key."""
_WIDEST = 10
"""Days; a story known less exactly than this has no day for a key."""
_TELLING = 10
"""A figure this high is a key."""
_RARE = 5.0
_RARE_NAME = 4.0
_SHORT, _LONG = 14, 21
"""Days that a key of place, and one of words, covers."""
_LATE = 4
"""A story without a day is taken to have happened within so many days before its report, for its keys alone."""


def keys(story: Story) -> frozenset[str]:
    """Return the keys of a story: place and day, place and fortnight, target and day, names, high figures, rare words."""
    return frozenset(_keys(story))


def order(story: Story) -> tuple[int, str]:
    """Return what stories are put in order by under a key."""
    return story.published or 0, story.id


def _keys(story: Story) -> Iterator[str]:
    days = _days(story)
    published = story.published
    for place in _places(story):
        yield from (f"{place}|{day}" for day in days)
        if published is not None:
            yield from (f"{place}|{part}" for part in _parts(published, _SHORT))
    yield from (f"g:{target}|{day}" for target in story.targets for day in days)
    yield from (f"n:{name}" for name in story.harmed | story.names)
    for harm, figures in story.figures.items():
        high = {low for low, _ in figures[:3] if low >= _TELLING}
        yield from (f"f:{harm}:{low}|{part}" for low in high for day in days for part in (day // 3, day // 3 + 1))
    if published is not None:
        words = {*_weightiest(story.core, 12), *_weightiest(story.words, 25)}
        rare = (word for word in words if rarity(word) >= _RARE)
        yield from (f"w:{word}|{part}" for word in rare for part in _parts(published, _LONG))


def _places(story: Story) -> set[str]:
    towns = {f"t:{spot.town}" for spot in story.spots if spot.town}
    return towns | {f"h:{head}" for spot in story.spots for head in spot.heads if rarity(head) >= _RARE_NAME}


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
