"""Reads place names in ordinary text, where capital letters mark names: one run of capitalised words at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.claim.place_names import BIG, HUGE, SMALL, NameReader
from sayso.claim.place_text import Candidate

if TYPE_CHECKING:
    from sayso.claim.gazetteer import Entry

_LONGEST_RUN = 10
_FOR = ("pro-", "anti-")


class RunReader(NameReader):
    """Reads runs of capitalised words."""

    def read(self, at: int) -> tuple[int, list[Candidate]]:
        """Read on from word `at`; return how many words that took and what it gave."""
        word, listed = self.words[at], self.listed
        if not word.cap and not self.article(at):
            return 1, []
        if word.low in listed.breaks or (word.low in listed.links and not self.linked(at)):
            stop, entries = self.longest(at, len(self.words)) if word.low == "the" else (at, ())
            return (stop - at, [self.made(at, stop, entries)]) if stop > at + 1 else (1, [])
        if word.possessive and (entries := self._over_possessive(at)):
            return 2, [self.made(at, at + 2, entries)]
        stop = at + 1
        while stop - at < _LONGEST_RUN and stop < len(self.words) and self.words[stop].joined:
            low = self.words[stop].low
            if self.words[stop].cap and low not in listed.breaks:
                stop += 1
            elif low in listed.links - {"the"} and self.linked(stop) and self.words[stop + 1].low not in listed.breaks:
                stop += 2
            elif low == "of" and self._of_the(stop):
                stop += 3
            else:
                break
        return stop - at, self._run(at, stop)

    def _of_the(self, at: int) -> bool:
        """Say whether "of the" and a capitalised word go on from word `at` ("Republic of the Congo")."""
        words = self.words
        return at + 2 < len(words) and words[at + 1].joined and words[at + 1].low == "the" and self.linked(at + 1)

    def _over_possessive(self, at: int) -> tuple[Entry, ...]:
        """Return what a name with a possessive in it stands for ("Cox's Bazar")."""
        if at + 1 == len(self.words) or self.words[at + 1].gap != " " or not self.words[at + 1].cap:
            return ()
        both = self.text[self.words[at].start : self.words[at + 1].end]
        return tuple(entry for entry in self.gazetteer.lookup(both) if entry.kind != "adjective")

    def _run(self, at: int, stop: int) -> list[Candidate]:
        words, listed = self.words, self.listed
        body = any(word.low in listed.body_words for word in words[at:stop])
        facility = self._facility(at, stop)
        if facility is not None:
            return [facility]
        known, entries = self.longest(at, stop)
        if known == stop and not (body and stop - at == 1):
            return self._whole(at, stop, entries)
        lead, tail = self._core(at, stop)
        if (lead, tail) != (at, stop):
            known, entries = self.longest(lead, tail)
            if known == tail:
                return self._whole(lead, tail, entries)
        if body:
            return self._after_land(at, stop) or self.adjectives(at, stop, towns=True)
        return self._partly_known(lead, tail, stop)

    def _core(self, at: int, stop: int) -> tuple[int, int]:
        """Leave directions before a name and nouns after it aside."""
        lead, tail = at, stop
        while lead < stop - 1 and self.words[lead].low in self.listed.directions:
            lead += 1
        while tail - 1 > lead and self.listed.kind_of(self.words[tail - 1].low):
            tail -= 1
        return lead, tail

    def _partly_known(self, lead: int, tail: int, stop: int) -> list[Candidate]:
        """Read a run of which the gazetteer knows a part at most; `stop` is where the nouns after the name end."""
        words = self.words
        inner = next((n for n in range(lead + 1, tail - 1) if words[n].low == "of"), None)
        if inner is not None and words[inner + 1].cap and not self._person(inner + 1, tail):
            return self._run(inner + 1, stop)  # "Residents of Orlen"
        found = self.adjectives(lead, tail)
        if self._person(lead, tail):
            return [one for one in found if any(entry.kind == "adjective" for entry in one.entries)]
        if found and found[0].start == words[lead].start and found[0].end < words[tail - 1].end:
            return self._after_adjective(lead, tail, found)
        if tail - lead > 1 and self._clipped_entries(words[lead].text, countries=True):
            land = self._clipped(self.made(lead, lead + 1, ()))
            return self._after_land(lead, stop) or [*land, *self._run(lead + 1, stop)]
        return self._chain(lead, tail) or self._unknown(lead, tail, stop, found)

    def _after_land(self, at: int, stop: int) -> list[Candidate]:
        """Read "Velmoras Orlen Monitor", a country without its apostrophe and a large town of a run-on headline."""
        if stop - at == 1 or not self._clipped_entries(self.words[at].text, countries=True):
            return []
        inner, entries = self.longest(at + 1, stop)
        large = any(entry.kind in ("area", "region") or entry.population > BIG for entry in entries)
        if inner == stop or not large:
            return []
        behind = self._chain(at + 1, stop) or [self.made(at + 1, inner, entries)]
        return [*self._clipped(self.made(at, at + 1, ())), *behind]

    def _after_adjective(self, lead: int, tail: int, found: list[Candidate]) -> list[Candidate]:
        """Read "Syrian Orlen": an adjective, and perhaps a place after it."""
        inner = lead
        while inner < tail and self.words[inner].start < found[0].end:
            inner += 1
        known, entries = self.longest(inner, tail)
        if known == tail and any(entry.kind != "adjective" for entry in entries):
            return [found[0], *self._whole(inner, tail, entries)]
        return found

    def _unknown(self, lead: int, tail: int, stop: int, found: list[Candidate]) -> list[Candidate]:
        """Read a name that the gazetteer does not know: a place only where the words around it say so."""
        words = self.words
        made = self.made(lead, tail, ())
        if tail < stop:
            made = replace(made, end=words[stop - 1].end, noun=words[tail].low, sure=True)
        low = words[lead].low
        if low in self.listed.not_places or low.startswith(_FOR) or (tail - lead == 1 and self.initials(lead)):
            return found
        clipped = self._clipped(made) if tail - lead == 1 else []
        if clipped and clipped[0].entries[0].kind == "country":
            return clipped
        if (words[tail - 1].possessive and "of" not in made.cue) or not made.sure:
            opens = tail - lead == 1 and not made.cue and words[lead].gap.strip(' \n"\u201c') in ("", ".", "!", "?")
            return clipped or found or ([] if opens and not words[lead].joined else [replace(made, kind="weak")])
        inner, entries = self.longest(lead, tail)
        land = words[tail - 1].low in self.listed.land_nouns  # "Orlen Ridge" is not Orlen
        whole = inner > lead and words[inner - 1].end - words[lead].start > 4 and not land
        known = tuple(e for e in entries if e.kind in ("area", "region") or e.population > SMALL) if whole else ()
        if known and tail == stop and (inner > lead + 1 or any(e.kind != "city" or e.population > BIG for e in known)):
            return [self.made(lead, inner, entries)]  # "Eastern Orlen Killed More", a headline that ran into the text
        large = tuple(e for e in entries if e.kind in ("country", "region") or e.population > HUGE) if whole else ()
        return [replace(made, kind="unknown", entries=large)]

    def _clipped(self, made: Candidate) -> list[Candidate]:
        """Read "Orlens" as "Orlen's", where a damaged text has lost its apostrophes."""
        entries = self._clipped_entries(made.name)
        if not entries:
            return []
        name = made.name[:-1]
        end = made.start + len(name) if not made.direction else made.end - 1
        return [replace(made, name=name, entries=entries, end=end, cue=made.cue or "'s", noun="")]

    def _clipped_entries(self, name: str, *, countries: bool = False) -> tuple[Entry, ...]:
        if len(name) < 5 or not name.endswith("s"):
            return ()
        entries = self.gazetteer.lookup(name[:-1])
        return tuple(e for e in entries if e.kind == "country" or (e.population > BIG and not countries))

    def _whole(self, first: int, stop: int, entries: tuple[Entry, ...]) -> list[Candidate]:
        """Judge a name that the gazetteer knows."""
        words, listed = self.words, self.listed
        made = self.made(first, stop, entries)
        low = words[first].low
        adjectives = tuple(entry for entry in entries if entry.kind == "adjective")
        if len(adjectives) == len(entries) or (adjectives and adjectives[0].feature == "adjective" and not made.cue):
            quarter = made.noun in listed.inner_nouns | listed.district_nouns
            if quarter and made.cue in listed.strong:  # "in the Armenian quarter"
                return [replace(made, kind="unknown", entries=(), name=self.text[made.start : made.end])]
            return [self.bare(first, stop, adjectives)]
        single = stop - first == 1
        towns = all(entry.kind == "city" for entry in entries)
        if towns and not made.cue and self.polices(stop) and low not in listed.not_places | listed.body_words:
            return [self.bare(first, stop, entries, cue="police")]
        titled = first > 0 and words[first].joined and words[first - 1].low in listed.titles
        if titled or (single and (low in listed.not_places or low in listed.body_words)):
            return []
        ordinary = single and low in listed.common and made.cue not in (",", "at", "from")
        home = stop < len(words) and words[stop].joined and words[stop].low in listed.home_nouns
        large = any(e.kind in ("country", "region", "area", "sea") or e.population >= BIG for e in entries)
        if home and not ordinary:
            return [replace(made, cue=made.cue or "home")]
        if made.sure or (large and not ordinary):
            return [made]
        return [replace(made, kind="weak")]

    def _person(self, first: int, stop: int) -> bool:
        before = self.words[first - 1].low if first and self.close(first) else ""
        lows = [word.low for word in self.words[first:stop]]
        opens = lows[0] in self.listed.titles or (len(lows) > 1 and lows[0] in self.listed.given_names)
        return opens or before in self.listed.titles

    def _chain(self, first: int, stop: int) -> list[Candidate]:
        """Read "Ridley Orlen Province": a known place followed, without a comma, by what holds it."""
        found: list[Candidate] = []
        at = first
        while at < stop:
            end, entries = self.longest(at, stop)
            places = tuple(entry for entry in entries if entry.kind != "adjective")
            if not places or self.words[end - 1].end - self.words[at].start < 4:
                return []
            found.append(self.made(at, end, places))
            at = end
        lands = [{e.country for e in one.entries if e.kind != "city" or e.population > BIG} for one in found[1:]]
        first_lands = {entry.country for entry in found[0].entries}
        return found if all(first_lands & land for land in lands) else []

    def _facility(self, at: int, stop: int) -> Candidate | None:
        """Read "Al-Noor hospital", "Orlen Road" or "12 Orlen Street"."""
        words, listed = self.words, self.listed
        end = stop
        if stop < len(words) and words[stop].joined and words[stop].low in listed.facility_nouns:
            end = stop + 1
        while end > at + 1 and not self._site(end - 1):
            end -= 1
        noun = words[end - 1].low
        if end <= at + 1 or (end < stop and words[end].low in listed.body_words):
            return None
        unnamed = listed.directions | listed.titles | listed.breaks
        if all(word.low in unnamed for word in words[at : end - 1]):
            return None
        street = noun in listed.street_nouns
        entries = (
            () if street or words[at].low in listed.common else self.longest(at, end - 1)[1]
        )  # streets are called after far-off towns
        if entries and all(entry.kind == "adjective" for entry in entries):
            return None
        numbered = street and at > 0 and words[at].joined and words[at - 1].text.isdigit()
        start = words[at - 1].start if numbered else words[at].start
        name = self.text[start : words[end - 1].end]
        return Candidate(start, words[end - 1].end, name, entries, self.cue(at)[0], noun, kind="facility", sure=True)

    def _site(self, at: int) -> bool:
        low = self.words[at].low
        return low in self.listed.facility_nouns or (low in self.listed.street_nouns and self.words[at].cap)
