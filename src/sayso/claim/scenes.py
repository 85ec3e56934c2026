"""Where the harm of one claim happened, out of all the places that the report names.

The dateline, the speaker's seat and the hospital do not place the harm. The words nearest to it in its own sentence
come first, then the sentences before it, then what the report opens with. Where these name only a town or region that
holds the one scene of the report, that scene is meant: local news names the street once, far from the figure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from sayso.claim.place_holding import LONGEST, lies_by
from sayso.claim.place_reasons import UNKNOWN
from sayso.claim.place_relations import TOWN, WIDE_AREA, exactness, is_scene, is_wide, locates, may_hold
from sayso.claim.place_text import letters
from sayso.claim.place_towns import choose, outlet_town, town_options
from sayso.claim.place_words import place_words
from sayso.claim.places import PlaceMention, find_places

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sayso.claim.attributions import Said
    from sayso.claim.place_towns import Town
    from sayso.claim.place_weights import Evidence
    from sayso.claim.sentences import Sentence
    from sayso.claim.words import Lexicon
    from sayso.records import Report, Scope, Span

SENTENCES_BACK = 4
_OPENING = 5
_TOLD_NEXT = 3  # sentences
_NEAR = 2  # sentences
_LIST = re.compile(r"(?:, [\w' -]{1,30}){0,5},? (?:and|or) ")  # behind its first two members
_WATERS = frozenset({"river", "lake"})
_PLACED = frozenset({"city", "region", "area", "sea", "country", "unknown", "facility"})
# How much farther than a named town each kind may be passed over, in characters; chosen on the dev part of the gold.
_REMOTE = {"city": 0, "unknown": 5, "facility": 25, "area": 20, "sea": 40, "region": 35, "country": 90}
_BEFORE_COSTS = 25
_INITIALS = 6  # letters; fewer, all capitals, are rather a body's initials where others are small
_SITE = re.compile(r"\s+[-|\u2013\u2014]\s+")  # before the name of the site, in a page's title
_FROM = 60  # characters in which the words before "from" are looked for
_ONE_TOWN = 1.5  # votes for a country that one town, or one adjective, named once stays under
_WEIGHT = {"country": 2.0, "region": 2.0, "area": 2.0, "adjective": 1.4}
_ACROSS = frozenset({"across", "throughout"})
WHOLE = 6  # where_prec of a country as a whole


@dataclass(frozen=True, slots=True)
class Named:
    """One mention of a place in a report.

    Attributes:
        place: The mention.
        sentence: The number of its sentence.
        role: Why it is hardly where something happened: ``dateline``, ``spoken`` (in a speaker's name), ``home``
            (whence people are) or ``else`` (a hospital that people were brought to); empty where nothing says so.
        close: Whether its sentence or one beside it tells of harm.
    """

    place: PlaceMention
    sentence: int
    role: str
    close: bool


class Scenes:
    """The places of one report, by sentence.

    Args:
        report: The report.
        sentences: Its sentences.
        said: Its attributions, by the number of their sentence.
        lexicon: The words of its language.
        harmful: The numbers of the sentences that tell of harm.
    """

    def __init__(
        self,
        report: Report,
        sentences: Sequence[Sentence],
        said: Mapping[int, Sequence[Said]],
        lexicon: Lexicon,
        harmful: Collection[int],
    ) -> None:
        self._text = report.text
        self._harmful = frozenset(harmful)
        self._outlet = (report.outlet or "").lower().replace(" ", "").replace("-", "")
        self._sentences = sentences
        self._starts = [sentence.span.start for sentence in sentences]
        self._by_sentence: list[list[PlaceMention]] = [[] for _ in sentences]
        self._homes: list[list[PlaceMention]] = [[] for _ in sentences]
        self._dateline: PlaceMention | None = None
        headed = _headed(report)
        found = find_places(headed, outlet=report.outlet)
        self._named = tuple(place for place in found if place.span.end <= len(report.text))
        told = []
        for place in self._named:
            if place.kind not in _PLACED:
                continue
            n = self._sentence_of(place)
            role = ""
            if place.cue == "dateline":
                self._dateline = self._dateline or place
                role = "dateline"
            elif any(one.source.overlaps(place.span) for one in said.get(n, ())):
                role = "spoken"
            elif not _may_hold_event(place, lexicon):
                role = "else"
            elif _is_home(report.text, place):
                role = "home"
                self._homes[n].append(place)
            else:
                self._by_sentence[n].append(place)
            told.append(Named(place, n, role, self._close(n)))
        bodies = [place for place in self._named if place.kind == "adjective"]
        self._all = (
            *told,
            *(Named(place, self._sentence_of(place), "spoken", close=False) for place in bodies),
            *(Named(place, -1, "title", close=False) for place in found if place.span.start >= len(report.text)),
        )
        self._headed = headed
        upper, lower = letters(report.text)
        self._shouted = upper > lower
        self._around: dict[tuple[int | None, int], Town | None] = {}
        self._outlet_town = outlet_town(report.outlet or "")
        self.country = _country(self._named)
        self._scenes = self._weighed()

    def where(self, sentence: int, count: Span, cue: Span) -> PlaceMention | None:
        """Return the place named nearest to a harm, or None."""
        own = self._by_sentence[sentence]
        if own:
            return min(own, key=lambda p: _distance(p.span, count, cue) + _REMOTE[p.kind])
        for back in range(1, SENTENCES_BACK + 1):
            n = sentence - back
            if n < 0:
                break
            near = [p for p in self._by_sentence[n] if p.kind != "country"]
            if near:
                return min(near, key=lambda p: (_REMOTE[p.kind], -p.span.start))
        for places in self._by_sentence[:_OPENING]:
            near = [p for p in places if p.kind not in {"country", "facility"}]
            if near:
                return near[0]
        return self._dateline or next((p for places in self._homes for p in places), None)

    def told_here(
        self, place: PlaceMention | None, sentence: int, count: Span, cue: Span, others: Sequence[Span] = ()
    ) -> PlaceMention | None:
        """Return the scene that a claim's own sentence names, where `place` is of another sentence; else `place`.

        A town or region that may hold `place` only says where that lies. A country, what is named without a word that
        makes it a scene, and what lies beside `place` ("a town outside Velmora") say nothing of it.

        Args:
            place: The place read so far.
            sentence: The number of the claim's sentence.
            count: The count expression.
            cue: The words of harm.
            others: The other figures of the sentence. A place behind one of these and before `count` is theirs where
                another place follows `count` ("nine in Orlen and two in Velmora").
        """
        if place is None:
            return None
        own = [one for one in self._by_sentence[sentence] if is_scene(one) and not locates(one, place)]
        if self._sentences[sentence].span.holds(place.span):
            if not any(one.end <= place.span.start and place.span.end <= count.start for one in others):
                return place
            stop = min((one.start for one in others if one.start >= count.end), default=len(self._text))
            own = [one for one in own if count.end <= one.span.start < stop]
        return min(own, key=lambda one: _distance(one.span, count, cue), default=place)

    def innermost(self, place: PlaceMention | None, sentence: int) -> PlaceMention | None:
        """Return what the words before a place say to lie in it or beside it ("Orlen, a town east of Velmora").

        A building, a river or a name that no word makes a place goes before no town ("the Orlen Works in Velmora").
        """
        if place is None or abs(self._sentence_of(place) - sentence) > _NEAR:
            return place
        for one in reversed(self._by_sentence[self._sentence_of(place)]):
            if place.span.start - one.span.end > LONGEST:
                break
            between = self._text[one.span.end : place.span.start]
            site = one.kind == "unknown" and self._text.endswith(("the ", "The "), 0, one.span.start)
            settlement = exactness(one) >= TOWN and one.kind != "facility" and bool(one.cue) and not site
            if between.strip() == ",":
                holds = one.within == place.span or (is_wide(place) and may_hold(place, one))
                told = holds and not _LIST.match(self._text, place.span.end)
            else:
                told = lies_by(between)
            if settlement and told and one.name.rpartition(" ")[2].lower() not in _WATERS:
                place = one
        return place

    def refined(self, place: PlaceMention | None, sentence: int, scope: Scope, *, local: bool) -> PlaceMention | None:
        """Return the one scene of the report where `place` is only what holds it, else `place` itself.

        Args:
            place: The place read from the words around the harm.
            sentence: The number of the claim's sentence.
            scope: The claim's scope; a running total has no one scene.
            local: Whether the report is of peacetime, where the street that it names is the scene. In war a road that
                is named is more often what was fought over or cut.
        """
        if scope == "cumulative":
            return place
        level = exactness(place) if place is not None else 0
        streets = [
            (weight, one)
            for weight, one in self._scenes
            if exactness(one) > level and _is_street(one, local=local) and may_hold(place, one)
        ]
        if streets:
            return max(streets, key=lambda pair: pair[0])[1]
        return self._told_next(place, sentence) or place

    def _told_next(self, place: PlaceMention | None, sentence: int) -> PlaceMention | None:
        """Return the one scene that the sentences behind tell, where an opening names only its country or region.

        News opens with "an air strike in northern Velmora" and names the village a sentence or two later. Where they
        name several, nothing tells which is meant.
        """
        if place is None or sentence >= _OPENING or exactness(place) > WIDE_AREA:
            return None
        behind = range(sentence + 1, min(sentence + 1 + _TOLD_NEXT, len(self._sentences)))
        scenes = [
            one
            for n in behind
            if self._close(n)
            for one in self._by_sentence[n]
            if exactness(one) > WIDE_AREA and may_hold(place, one)
        ]
        return scenes[0] if len({one.name.lower() for one in scenes}) == 1 else None

    def at_large(self, sentence: int, place: PlaceMention | None, *, vast: bool) -> PlaceMention | None:
        """Return the country whose war as a whole a sentence counts, in the report's words; else `place`.

        "The Syrian war has killed" and "killed across the country" tell of Syria, whatever town the sentences before
        were about, and so does a figure that only a whole war reaches.

        Args:
            sentence: The number of the claim's sentence; the claim is a running total.
            place: The place read from the words around the harm.
            vast: Whether so many people came to harm.
        """
        own = self._sentences[sentence]
        if place is not None and own.span.holds(place.span) and not vast:
            return place
        if place is not None and self.country not in {None, self.country_of(place)}:
            place = None  # it sets the scene of the telling
        listed = place_words()
        words = listed.whole_wars | listed.whole_countries
        across = any(p.kind == "country" and p.cue in _ACROSS for p in self._by_sentence[sentence])
        if not vast and not across and not any(token.lower in words for token in own.tokens):
            return place
        adjective = next((p for p in self._named if p.kind == "adjective" and own.span.holds(p.span)), None)
        land = adjective.country if adjective is not None else self.country
        lands = [p for places in self._by_sentence for p in places if p.kind == "country" and p.country == land]
        whole = [p for p in lands if p.prec == WHOLE] or lands
        return min(whole, key=lambda p: abs(p.span.start - own.span.start), default=place)

    def _tells_country(self, words: Span) -> bool:
        """Say whether some words are an adjective or inhabitants of a country, and no place."""
        return any(p.kind == "adjective" and p.span.overlaps(words) for p in self._named)

    def near(self, sentence: int) -> list[tuple[int, PlaceMention]]:
        """Return the places named in a sentence and the few before it, each with the number of its sentence."""
        return [
            (n, place)
            for n in range(max(0, sentence - SENTENCES_BACK), sentence + 1)
            for place in self._by_sentence[n]
            if place.kind != "country"
        ]

    def named(self, words: Span) -> PlaceMention | None:
        """Return the place that some words name, as far as it was recognised."""
        found = next((p for places in self._by_sentence for p in places if p.span.overlaps(words)), None)
        if found is None and self._dateline is not None and self._dateline.span.overlaps(words):
            return self._dateline
        return found

    def unrecognised(self, words: Span) -> PlaceMention | None:
        """Make a place of words that are said to name one, though nothing in them shows it; None where they cannot.

        They cannot without a capital, or where they only tell whose country it is.
        """
        name = words.of(self._text)
        if not any(char.isupper() for char in name) or self._tells_country(words):
            return None
        if name.lower() in place_words().not_places or (name.isupper() and len(name) < _INITIALS and not self._shouted):
            return None
        return PlaceMention(words, name, "unknown", None, None, None, None, self.country, 0.0, (), "", UNKNOWN)

    def _sentence_of(self, place: PlaceMention) -> int:
        return max(0, bisect_right(self._starts, place.span.start) - 1)

    def _close(self, sentence: int) -> bool:
        """Say whether a sentence or one beside it tells of harm."""
        return not self._harmful.isdisjoint(range(sentence - 1, sentence + 2))

    def _weighed(self) -> list[tuple[float, PlaceMention]]:
        """Weigh each place once, by how often it is named, near harm above all; the first mention stands for it."""
        weights: dict[str, float] = {}
        first: dict[str, PlaceMention] = {}
        for n, places in enumerate(self._by_sentence):
            close = self._close(n)
            for place in places:
                name = place.name.lower()
                first.setdefault(name, place)
                weights[name] = weights.get(name, 0.0) + (1.0 if close else 0.4)
        return [(weights[name], place) for name, place in first.items()]

    def around(self, place: PlaceMention | None, sentence: int) -> Town | None:
        """Return the town around a street, a quarter or a place that the gazetteer does not hold, or None.

        It is the one that the words name as its container, else the one that most speaks for itself. Of a region or
        country it is the town in it that the report tells of.

        Args:
            place: The place; None where no words tell where it happened.
            sentence: The number of the sentence that asks.
        """
        asked = (None if place is None else place.span.start, sentence)
        if asked not in self._around:
            town = choose(self.towns(place, sentence))
            apart = town is not None and place is not None and exactness(place) < TOWN and not _lies_in(town, place)
            self._around[asked] = None if apart else town
        return self._around[asked]

    def towns(self, place: PlaceMention | None, sentence: int) -> list[tuple[Town | None, Evidence]]:
        """List the towns that may be around a place, with what speaks for each; as `around`."""
        return town_options(self._headed, place, sentence, self._all, self._outlet, self._outlet_town)

    def region_of(self, place: PlaceMention) -> str | None:
        """Return the region of a place that is not settled: that named in its sentence, or the report's one."""
        land = self.country_of(place)
        told = [p for p in self._named if p.region is not None and p.country in {None, land}]
        own = [p for p in told if self._sentence_of(p) == self._sentence_of(place)]
        if own:
            return min(own, key=lambda p: abs(p.span.start - place.span.start)).region
        most = Counter(p.region for p in told).most_common(1)
        return most[0][0] if most and most[0][1] > len(told) / 2 else None

    def country_of(self, place: PlaceMention | None) -> str | None:
        """The country of a settled place, else that of the town around it, else the one that the report is about."""
        if place is None:
            return self.country
        if place is self._dateline and self.country not in {None, place.country}:
            return self.country
        if place.kind == "facility" and place.within is None:
            town = self.around(place, self._sentence_of(place))
            return (town.country if town is not None else place.country) or self.country
        return place.country or self.country


def _is_street(place: PlaceMention, *, local: bool) -> bool:
    if place.cue == "block" or (place.cue == "street" and local):
        return True
    last = place.name.rpartition(" ")[2].lower().strip(".")
    return local and place.kind == "facility" and last in place_words().street_nouns


def _lies_in(town: Town, place: PlaceMention) -> bool:
    """Say whether a town that the report names lies in a region or country."""
    named = town.told in {"text", "title"}
    return named and town.country == place.country and place.region in {None, town.region}


def _headed(report: Report) -> str:
    """Return a report's text with its title behind it, where the text does not hold it: the title names towns too."""
    title = _SITE.split(report.title or "")[0].strip()
    if not title or title in report.text:
        return report.text
    return f"{report.text}\n\n{title}"


def _country(places: Sequence[PlaceMention]) -> str | None:
    """The country a report is about: one it names, by itself or as an adjective, or that two of its places lie in.

    One town alone proves nothing, since most names stand for several places, nor does one person's nationality.
    """
    times = Counter((place.name.lower(), place.kind, place.country) for place in places)
    votes: dict[str, float] = {}
    for (_, kind, country), often in times.items():
        if country is not None and kind not in {"unknown", "facility"}:
            weight = _WEIGHT.get(kind, 1.0)
            votes[country] = votes.get(country, 0.0) + weight * sqrt(often)
    best = max(sorted(votes), key=lambda c: votes[c], default=None)
    return best if best is not None and votes[best] > _ONE_TOWN else None


def _is_home(text: str, place: PlaceMention) -> bool:
    """Say whether the words tell whence people are ("an Orlen man", "from Orlen", "based in Orlen").

    What they fled from is no home.
    """
    if place.cue == "home":
        return True
    if place.cue not in {"from", "in", "at"}:
        return False
    before = text[max(0, place.span.start - _FROM) : place.span.start].lower().split()
    at = next((n for n in range(len(before) - 1, -1, -1) if before[n].strip(",") == place.cue), 0)
    if place.cue != "from":
        return at > 0 and before[at - 1] in place_words().posted
    return at > 0 and before[at - 1].strip(",.") not in place_words().leaving


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
