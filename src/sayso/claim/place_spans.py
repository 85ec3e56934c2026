"""Proposes which words of a text name a place, with what introduces them; what they mean is worked out elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.claim.place_names import ARTICLES
from sayso.claim.place_patterns import read_patterns
from sayso.claim.place_persons import without_persons
from sayso.claim.place_runs import RunReader
from sayso.claim.place_shouted import ShoutedReader
from sayso.claim.place_text import Candidate, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.claim.gazetteer import Gazetteer
    from sayso.claim.place_text import Word

_JOINING = frozenset(("and", "or", ",", ", and", "&", "(", "to", ", the", "and the", ", and the"))


def propose(text: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return the candidates of `text` in order, none overlapping another; the weak ones are still to be confirmed."""
    words = read_words(text)
    found = list(read_patterns(text, gazetteer))
    taken = {offset for one in found for offset in range(one.start, one.end)}
    found += [one for one in _listed(text, words, gazetteer) if one.start not in taken and one.end - 1 not in taken]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Candidate] = []
    for one in found:
        if not kept or kept[-1].end <= one.start:
            kept.append(one)
    for at in range(len(kept) - 2, -1, -1):  # "Orlen and Velmora villages": the noun speaks for both
        one, after = kept[at], kept[at + 1]
        open_ = one.kind == "weak" or (one.kind == "unknown" and not one.noun)
        if open_ and after.sure and after.noun.endswith("s") and _between(text, one, after) in _JOINING:
            kept[at] = replace(one, kind="" if one.entries else "unknown", noun=after.noun, sure=True)
    return tuple(without_persons(text, words, kept))


def _listed(text: str, words: list[Word], gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Yield what the readers find, and hand the cue of a place on along a list ("in Orlen, Velmora and Ridley")."""
    last: Candidate | None = None
    for one in _read(text, words, gazetteer):
        if last and not one.cue and one.kind != "adjective" and (one.entries or last.noun.endswith("s")):
            between = _between(text, last, one)
            if between in _JOINING:
                cue = "," if between in (",", "(", ", the") else last.cue
                last = replace(one, cue=cue, sure=last.sure or one.sure)
                yield last
                continue
        if one.entries or one.sure or one.kind == "weak":
            last = one
            yield one


def _between(text: str, one: Candidate, other: Candidate) -> str:
    return text[one.end : other.start].strip(" \n").lower() if other.start - one.end < 12 else "far apart"


def _read(text: str, words: list[Word], gazetteer: Gazetteer) -> Iterator[Candidate]:
    runs = RunReader(text, words, gazetteer)
    shouted = ShoutedReader(text, words, gazetteer)
    at = 0
    while at < len(words):
        word = words[at]
        if not (word.cap or word.shouted or word.text in ARTICLES):
            at += 1  # as nearly always
            continue
        step, found = (shouted if word.shouted else runs).read(at)
        yield from found
        at += step
