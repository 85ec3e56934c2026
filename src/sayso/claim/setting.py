"""When and where the harm of one claim happened, out of the days and places that the report names.

A day of speaking does not date the harm, the dateline and the speaker's seat do not place it; the words nearest to
the harm in its own sentence come first, then the sentences before it, then what the report opens with.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from sayso.claim.dating import When, datings
from sayso.claim.places import PlaceMention, find_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.claim.attributions import Said
    from sayso.claim.sentences import Sentence
    from sayso.claim.words import Lexicon
    from sayso.records import Report, Scope, Span

_SENTENCES_BACK = 4
_OPENING = 3
_PLACED = frozenset({"city", "region", "area", "sea", "country", "unknown", "facility"})
# How much farther than a named town each kind may be passed over, in characters; chosen on the dev part of the gold.
_REMOTE = {"city": 0, "unknown": 5, "facility": 25, "area": 20, "sea": 40, "region": 35, "country": 90}
_BEFORE_COSTS = 25


class Setting:
    """The days and places of one report, by sentence; `said` gives its attributions by the number of theirs."""

    def __init__(
        self,
        report: Report,
        sentences: Sequence[Sentence],
        said: Mapping[int, Sequence[Said]],
        lexicon: Lexicon,
        *,
        day_first: bool = True,
    ) -> None:
        self.sentences = sentences
        self.dated = datings(report, sentences, said, day_first=day_first)
        starts = [s.span.start for s in sentences]
        self.places: list[list[PlaceMention]] = [[] for _ in sentences]
        self.dateline: PlaceMention | None = None
        places = find_places(report.text, outlet=report.outlet)
        for place in places:
            if place.cue == "dateline":
                self.dateline = self.dateline or place
                continue
            n = max(0, bisect_right(starts, place.span.start) - 1)
            spoken = _inside_source(place.span, said.get(n, ()))
            if place.kind in _PLACED and not spoken and _may_hold_event(place, lexicon):
                self.places[n].append(place)
        self.country = _country(places)

    def when(self, sentence: int, count: Span, cue: Span, scope: Scope) -> When:
        """Say when the harm of a claim happened, as far as the report tells."""
        dating, number = self.dated[sentence]
        return dating.when(number, count, cue, scope)

    def where(self, sentence: int, count: Span, cue: Span) -> PlaceMention | None:
        """Return the place named for the harm of a claim, or None."""
        own = self.places[sentence]
        if own:
            return min(own, key=lambda p: _distance(p.span, count, cue) + _REMOTE[p.kind])
        for back in range(1, _SENTENCES_BACK + 1):
            n = sentence - back
            if n < 0:
                break
            near = [p for p in self.places[n] if p.kind != "country"]
            if near:
                return min(near, key=lambda p: (_REMOTE[p.kind], -p.span.start))
        for n in range(min(_OPENING + 2, len(self.places))):
            near = [p for p in self.places[n] if p.kind not in {"country", "facility"}]
            if near:
                return near[0]
        return self.dateline

    def near(self, sentence: int) -> list[tuple[int, PlaceMention]]:
        """Return the places named in a sentence and the few before it, each with the number of its sentence."""
        return [
            (n, place)
            for n in range(max(0, sentence - _SENTENCES_BACK), sentence + 1)
            for place in self.places[n]
            if place.kind != "country"
        ]

    def named(self, words: Span) -> PlaceMention | None:
        """Return the place that some words name, as far as it was recognised."""
        return next((p for places in self.places for p in places if p.span.overlaps(words)), self._at_dateline(words))

    def _at_dateline(self, words: Span) -> PlaceMention | None:
        return self.dateline if self.dateline is not None and self.dateline.span.overlaps(words) else None

    def country_of(self, place: PlaceMention | None) -> str | None:
        """The country of a settled place, else the one that the report is about."""
        settled = place is not None and (place.place_id is not None or place.kind not in {"unknown", "facility"})
        return (place.country if settled and place is not None else None) or self.country


def _country(places: Sequence[PlaceMention]) -> str | None:
    """The country a report is about: one it names, by itself or as an adjective, or that two of its places lie in.

    One town alone proves nothing, since most names stand for several places.
    """
    votes: dict[str, int] = {}
    for place in {(p.name.lower(), p.kind, p.country): p for p in places}.values():
        if place.country is not None and place.kind not in {"unknown", "facility"}:
            weight = 2 if place.kind in {"country", "adjective", "region", "area"} else 1
            votes[place.country] = votes.get(place.country, 0) + weight
    best = max(sorted(votes), key=lambda c: votes[c], default=None)
    return best if best is not None and votes[best] > 1 else None


def _distance(place: Span, count: Span, cue: Span) -> int:
    """Characters between a mention and the claim's own words; what stands before them counts as farther."""
    start, end = min(count.start, cue.start), max(count.end, cue.end)
    if place.start >= end:
        return place.start - end
    if place.end <= start:
        return start - place.end + _BEFORE_COSTS
    return 0


def _may_hold_event(place: PlaceMention, lexicon: Lexicon) -> bool:
    """Leave out hospitals that people were brought to, and capitalised words of headlines that name no place."""
    names = [word.strip(".,'’").lower() for word in place.name.split()]
    if place.kind == "facility":
        return not (place.cue in {"to", "at", "in"} and any(name in lexicon.slots.care for name in names))
    if place.kind != "unknown" and not (place.name.isupper() and len(names) == 1):
        return True
    if names[-1] in lexicon.slots.means:
        return False
    known = (lexicon.people.status, lexicon.people.things, lexicon.numbers.months, lexicon.harms.verbs)
    return not any(name in words for name in names[-1:] for words in known)


def _inside_source(place: Span, said: Sequence[Said]) -> bool:
    return any(one.source.overlaps(place) for one in said)
