"""Leaves out surnames that are towns somewhere: a report that names a person in full goes on with the surname alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sayso.claim.place_names import HUGE
from sayso.claim.place_words import place_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.claim.place_text import Candidate, Word

_OLDEST = 110
_LONGEST_NAME = 4  # words
# A name is a person's here where at least so many more mentions speak for a person than for a place.
_TIMES = 2


def without_persons(text: str, words: Sequence[Word], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates but for small towns' names that the text uses as a person's.

    A name counts as a person's where it ends a full name with a title, a given name or an age, or where it speaks by
    itself ("Ridley said"); as a place's where "in" or the like goes before it, or a region behind it.

    Args:
        text: The text.
        words: Its words.
        candidates: What may be a place in it.
    """
    persons = Counter(_surnames(words))
    if not persons:
        return list(candidates)
    places = Counter(one.name.lower() for one in candidates if _stands_as_place(text, one))
    return [one for one in candidates if not _is_person(one, persons, places)]


def _is_person(one: Candidate, persons: Counter[str], places: Counter[str]) -> bool:
    name = one.name.lower()
    if one.kind in ("facility", "adjective") or one.noun or name not in persons:
        return False
    small = all(entry.kind == "city" and entry.population < HUGE for entry in one.entries)
    return small and persons[name] >= _TIMES * places[name]


def _stands_as_place(text: str, one: Candidate) -> bool:
    """Say whether the words around a name make it a place: "in Orlen", but not "in Orlen's trial"; "Orlen, Ohio"."""
    if one.cue == "dateline" or one.noun:
        return True
    possessive = text[one.end : one.end + 2] in ("'s", "\u2019s", "' ", "\u2019 ")
    return one.cue in place_words().strong and not possessive


def _surnames(words: Sequence[Word]) -> Iterator[str]:
    """Yield the surname at each place where the words show that it is one, in lower case."""
    listed = place_words()
    for at, word in enumerate(words):
        if not word.cap or word.shouted or word.low in listed.breaks:
            continue
        first = at
        while first > 0 and at - first < _LONGEST_NAME and words[first].joined and words[first - 1].cap:
            first -= 1
        after = words[at + 1] if at + 1 < len(words) else None
        if after is not None and after.joined and after.cap:
            continue
        before = words[first - 1] if first > 0 and words[first].joined else None
        titled = before is not None and (before.low in listed.titles or before.low.endswith("year-old"))
        full = at > first and (words[first].low in listed.titles or words[first].low in listed.given_names)
        aged = at > first and after is not None and after.gap == ", " and _is_age(after.text)
        speaks = first == at and after is not None and after.joined and after.low in listed.speaking
        spoken = first == at and before is not None and before.low in listed.speaking
        if titled or full or aged or speaks or spoken:
            yield word.low


def _is_age(written: str) -> bool:
    return written.isdigit() and len(written) < 4 and 0 < int(written) <= _OLDEST
