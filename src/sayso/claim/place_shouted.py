"""Reads place names where capitals say nothing: upper-case wires and headlines in title case."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.claim.place_names import HUGE, NameReader

if TYPE_CHECKING:
    from sayso.claim.place_text import Candidate


class ShoutedReader(NameReader):
    """Reads on from single words, and asks for more people or better signs than ordinary text needs."""

    @cached_property
    def _inner(self) -> frozenset[str]:
        return self.listed.name_heads | {"de", "del"}

    @cached_property
    def _outer(self) -> frozenset[str]:
        listed = self.listed
        return (listed.breaks | listed.weak | listed.strong | listed.common) - self._inner

    @cached_property
    def _nameless(self) -> frozenset[str]:
        listed = self.listed
        return (listed.common | listed.not_places | listed.directions) - listed.name_heads

    def read(self, at: int) -> tuple[int, list[Candidate]]:
        """Read on from word `at`; return how many words that took and what it gave."""
        words, listed = self.words, self.listed
        low = words[at].low
        if low in listed.breaks or (low in listed.links and low not in listed.name_heads):
            return 1, []
        stop, entries = self.longest(at, len(words))
        while stop > at + 1 and words[stop - 1].low in listed.breaks:
            stop -= 1
            entries = self.lookup(at, stop)
        plain = stop <= at + 1 and (low in listed.common or low in listed.directions or len(low) < 4)
        places = tuple(entry for entry in entries if entry.kind != "adjective")
        if entries and not places:
            return stop - at, [] if plain else [self.bare(at, stop, entries)]
        if not places or plain:
            return self._unknown(at)
        if at > 0 and words[at].joined and words[at - 1].low in listed.titles | listed.given_names:
            return stop - at, []
        made = self.made(at, stop, places)
        famous = any(e.kind in ("country", "region", "area", "sea") or e.population >= HUGE for e in places)
        sure = made.sure or famous or made.cue in ("at", "from", ",")
        return stop - at, [made if sure else replace(made, kind="weak")]

    def _unknown(self, at: int) -> tuple[int, list[Candidate]]:
        """Read a name that the gazetteer does not know: only beside a noun, or with an opening such as "SAN"."""
        words, listed = self.words, self.listed
        stop = at + 1
        while stop < len(words) and stop - at < 4 and words[stop].joined and words[stop].low not in self._outer:
            if listed.kind_of(words[stop].low):
                break
            stop += 1
        if any(word.low in self._nameless for word in words[at:stop]):
            return 1, []
        made = self.made(at, stop, ())
        if made.noun and ("of" in made.cue or made.end > words[stop - 1].end):
            return stop - at, [replace(made, kind="unknown", sure=True)]
        if words[at].low in listed.name_heads and made.sure and stop > at + 1:
            return 2, [replace(self.made(at, at + 2, ()), kind="unknown", sure=True)]
        return 1, []
