"""What the readers of ordinary and of upper-case text share: looking names up, and reading what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.claim.gazetteer import fold
from sayso.claim.place_text import Candidate, Word
from sayso.claim.place_words import place_words

if TYPE_CHECKING:
    from sayso.claim.gazetteer import Entry, Gazetteer

LONGEST = 6  # words in a name
ARTICLES = ("al", "el")  # Arabic ones, where they are written apart
_CODE = 3  # letters; what is so short is rather the code of an airport than a town's other name
_HELD_BY = ("-administered", "-controlled", "-occupied")  # "Indian-administered Kashmir"
BIG = 60_000  # people; a town so large is a place wherever its name stands
HUGE = 100_000
SMALL = 5_000


class NameReader:
    """Reads names among the words of one text.

    Args:
        text: The text.
        words: Its words.
        gazetteer: Where names are looked up.
    """

    def __init__(self, text: str, words: list[Word], gazetteer: Gazetteer) -> None:
        self.text = text
        self.words = words
        self.gazetteer = gazetteer
        self.listed = place_words()

    def linked(self, at: int) -> bool:
        """Say whether a capitalised word goes on from word `at`."""
        return at + 1 < len(self.words) and self.words[at + 1].joined and self.words[at + 1].cap

    def article(self, at: int) -> bool:
        """Say whether word `at` is an Arabic article written apart ("al Orlen")."""
        return self.words[at].text in ARTICLES and self.linked(at)

    def lookup(self, first: int, stop: int) -> tuple[Entry, ...]:
        """Return what the gazetteer knows by the words from `first` to `stop`."""
        words = self.words
        start, end = words[first].start, words[stop - 1].end
        written = self.text[start:end]
        if end < len(self.text) and self.text[end] == "." and stop - first <= 2 and len(words[stop - 1].text) < 6:
            dotted = self.gazetteer.lookup(written + ".")
            if dotted and words[first].gap.strip() == ",":
                return dotted
        entries = self.gazetteer.lookup(written)
        if stop - first == 1 and self.initials(first):
            return tuple(entry for entry in entries if entry.kind in ("country", "adjective") and len(written) > 1)
        if len(written) <= _CODE:
            return tuple(e for e in entries if e.kind != "city" or fold(written) in fold(e.name).split())
        return entries

    def initials(self, at: int) -> bool:
        """Say whether a word is written in capitals where others are not: rather a body's initials than a place."""
        word = self.words[at]
        return word.text.isupper() and len(word.text) < 6 and not word.shouted

    def longest(self, at: int, limit: int) -> tuple[int, tuple[Entry, ...]]:
        """Return the end of the longest known name that starts at word `at`, and its entries; `at` where none."""
        stop = at + 1
        while stop < min(limit, at + LONGEST) and self.words[stop].joined:
            stop += 1
        while stop > at:
            if self.words[stop - 1].cap or self.words[stop - 1].shouted:
                entries = self.lookup(at, stop)
                if entries:
                    return stop, entries
            stop -= 1
        return at, ()

    def cue(self, first: int) -> tuple[str, str, bool]:
        """Return the cue before word `first`, the noun in it ("town of"), and whether it makes any name a place."""
        listed = self.listed
        for at in range(first, max(0, first - 5), -1):
            if not self.close(at):
                break
            low = self.words[at - 1].low
            kind = listed.kind_of(low)
            if low == "of" and at > 1 and self.words[at - 1].joined and self._parted(self.words[at - 2].low):
                noun = self.words[at - 2].low
                near = self._near(at - 2)
                return near or f"{noun} of", noun if listed.kind_of(noun) else "", True
            if low in listed.strong or low in listed.weak:
                aimed = low == "on" and at > 1 and self.words[at - 2].low in listed.aimed
                return low, "", aimed or low in listed.strong
            if kind and at == first and self.words[at - 1].joined:
                return low, low, kind in ("city", "area")
            if low not in listed.modifiers and low not in listed.directions and "-" not in low and not kind:
                break
        return "", "", False

    def _near(self, at: int) -> str:
        """Return the word that puts the event beside the town before whose noun it stands ("near the port of")."""
        while at > 0 and self.close(at) and self.words[at - 1].low in self.listed.modifiers:
            at -= 1
        before = self.words[at - 1].low if at > 0 and self.close(at) else ""
        return before if before in self.listed.near else ""

    def _parted(self, noun: str) -> bool:
        listed = self.listed
        return bool(listed.kind_of(noun)) or noun in listed.directions or noun in listed.beside

    def close(self, at: int) -> bool:
        """Say whether word `at` goes on from the one before, be it in quotation marks."""
        return self.words[at].joined or self.words[at].gap.strip() in ('"', "\u201c", "'", "\u2018")

    def made(self, first: int, stop: int, entries: tuple[Entry, ...]) -> Candidate:
        """Make a candidate of the words from `first` to `stop`, with direction, noun and cue around it."""
        words = self.words
        name = self.text[words[first].start : words[stop - 1].end]
        begin, end, direction, noun = first, words[stop - 1].end, "", ""
        while begin > 0 and words[begin].joined and words[begin - 1].low in self.listed.directions:
            begin -= 1
            direction = words[begin].low
        if begin < first or (begin and words[begin].joined and words[begin - 1].low.endswith(_HELD_BY)):
            from_, longer = self._longer(begin if begin < first else begin - 1, stop)
            if longer:
                begin, entries, direction, name = from_, longer, "", self.text[words[from_].start : end]
        if stop < len(words) and words[stop].joined:
            after = words[stop].low
            if self.listed.kind_of(after) and (after not in self.listed.loose_nouns or self._is_state(stop, entries)):
                noun, end = after, words[stop].end
        elif self.text[end : end + 1] == "." and entries and entries == self.gazetteer.lookup(name + "."):
            name, end = name + ".", end + 1  # "Ridley, Pa."
        noun_behind = noun or self._apposed(stop)
        cue, before, strong = self.cue(begin)
        if words[stop - 1].possessive and not cue:
            cue = "'s"
        return Candidate(
            words[begin].start, end, name, entries, cue, noun_behind or before, direction, sure=strong or bool(noun)
        )

    def _longer(self, begin: int, stop: int) -> tuple[int, tuple[Entry, ...]]:
        """Return what is known by the name with the word before it ("eastern Ghouta"), from which word on."""
        known = self.gazetteer.lookup(self.text[self.words[begin].start : self.words[stop - 1].end])
        return begin, tuple(entry for entry in known if entry.kind in ("region", "area", "country"))

    def _is_state(self, at: int, entries: tuple[Entry, ...]) -> bool:
        """Say whether "state" after a name belongs to it, and is not a state that acts ("Orlen state police")."""
        if self.words[at].low != "state" or not any(entry.kind == "region" for entry in entries):
            return False
        after = self.words[at + 1] if at + 1 < len(self.words) and self.words[at + 1].joined else None
        return after is None or (not after.cap and after.low not in self.listed.after_state)

    def _apposed(self, at: int) -> str:
        """Return the noun that says after a comma what the name is ("Orlen, a village in"), or nothing."""
        words = self.words
        if at + 1 >= len(words) or words[at].gap != ", " or words[at].low not in ("a", "the"):
            return ""
        for noun in words[at + 1 : at + 4]:
            if not noun.joined or noun.cap:
                break
            if noun.low in self.listed.town_nouns:
                return noun.low
        return ""

    def bare(self, first: int, stop: int, entries: tuple[Entry, ...], cue: str = "") -> Candidate:
        """Make a candidate that tells a country and names no place."""
        start, end = self.words[first].start, self.words[stop - 1].end
        return Candidate(start, end, self.text[start:end], entries, cue, kind="adjective", sure=True)

    def polices(self, stop: int) -> bool:
        """Say whether a word for the police or firefighters of a town goes on from a name that ends before `stop`."""
        return stop < len(self.words) and self.words[stop].joined and self.words[stop].low in self.listed.local_bodies

    def adjectives(self, first: int, stop: int, *, towns: bool = False) -> list[Candidate]:
        """Return what only tells a country: adjectives, and places' names inside the name of a body."""
        found: list[Candidate] = []
        listed = self.listed
        at = first
        while at < stop:
            end, entries = self.longest(at, stop)
            national = tuple(entry for entry in entries if entry.kind in ("adjective", "country"))
            if towns and not national:
                famous = tuple(e for e in entries if e.kind in ("region", "area") or e.population > BIG)
                national = entries if self.polices(end) else famous
            if towns and listed.not_places.issuperset(word.low for word in self.words[at:end]):
                national = ()
            if national and self.words[at].cap and (towns or self.words[at].low not in listed.common):
                found.append(self.bare(at, end, national, cue="police" if towns and self.polices(end) else ""))
                at = end
            else:
                at += 1
        return found
