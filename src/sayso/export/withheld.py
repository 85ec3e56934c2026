"""Leaves names of people harmed out of what goes out.

A claim's sentence goes out with it, and the sentence may name the dead. What is masked, in every text of a dossier:

- the names of single people told as harmed (claims of kind ``individual``), whole and in their parts, wherever they
  stand, headlines and counting words included;
- names that stand beside a number of people within the counted words ("two brothers, Ali and Omar Hasna");
- what has the shape of a person's name in a claim's sentence, its report's headline, the reason that a person gave for
  a ruling, or a whole text that goes out with it, unless a claim has it for its source: with an age ("Ilan Moss, 34,"),
  behind "identified as" or "called", beside a role ("the second mate, Ilan Moss,", "the councillor Ilan Moss", "Ilan
  Moss and Ada Moss, sisters") or a number ("two of the dead: Ilan Moss and Ada Moss"), or as who is buried ("the
  funeral of Ilan Moss").

A role ("the mayor", "her brother") stays: it says who was harmed without a name. What is not told as a name by these
rules goes out, so people should look before they publish. An address that spells a name is left out.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from operator import is_
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.events import Dossier, Kept

MASK = "[name left out]"
"""What stands where a name stood."""

Record = TypeVar("Record")

# Fields that hold ids, hashes or one of a few values, never words of a report.
_NO_WORDS = frozenset(
    {"id", "claims", "reports", "claim", "other", "a", "b", "decided", "page_sha256", "text_sha256"}
    | {"voice", "harm", "kind", "qualifier", "phrase", "stance", "status", "scope", "country", "verdict", "at", "by"}
    | {"published", "language", "date_from", "date_to", "time", "policy", "version"}
)
_LEADS = re.compile(
    r"(?i:the|an?|one|another|her|his|my|their|our|its|your|two|three|four|five|some|both|all|that|this)\s"
)
_PARTICLE = r"(?:al|el|bin|ibn|abu|bint|van|von|der|den|de|da|do|dos|del|di|la|le|y|ter|ten)"
# A full stop is of a name behind an initial or a title alone: "J. Moss", but "buried Moss. The".
_WORD = r"(?:(?:al|el|ad|as|an|ash)-)?[^\W\d_a-zß-öø-ÿ](?:\w{0,2}\.(?=[\s\w])|[\w'’-]*)"
_RUN = re.compile(rf"(?<![\w'’])({_WORD})(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD})*")
_TWO = rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD})+"
_AGED = re.compile(
    rf"(?<![\w'’])({_TWO})(?:,\s+(?:aged?\s+)?\d{{1,3}}(?=\s*[,.;)])|\s+\(\d{{1,3}}\)|,\s+an?\s+\d{{1,3}}-year)"
)
_TOLD = re.compile(
    rf"\b(?:named|identified)(?:\s+by\s[^,.]{{1,60}}|\s+the\s[^,.]{{1,40}})?\s+as\s+"
    rf"({_TWO}(?:(?:,\s+|,?\s+and\s+){_TWO})*)"
)
# Nouns before a name that is no person's: "the capital, Ostrel", "the charity Open Hands".
_NO_PERSON = (
    r"(?:capital|city|cities|town|village|hamlet|port|province|region|district|count(?:y|ies)|state|countr(?:y|ies)|island|river|valley|camp|"
    r"suburb|neighbou?rhood|street|road|square|bridge|hill|mountain|church|mosque|school|hospital|hotel|prison|base|"
    r"newspaper|paper|daily|weekly|agency|broadcaster|station|channel|radio|website|magazine|group|party|movement|"
    r"militia|brigade|battalion|regiment|front|army|force|company|firm|charity|organi[sz]ation|union|ministry|office|"
    r"ship|vessel|ferry|boat|tanker|submarine|train|plane|operation|league|club|team|company|airline|bank|court)s?"
)
_KIN = (
    r"(?:brothers?|sisters?|twins|cousins?|mother|father|sons?|daughters?|husband|wife|couple|boy|girl|schoolboy|"
    r"schoolgirl|pupil|student|nurse|teacher|farmer|driver|soldier|sailor|fisherman|shopkeeper|worker|widow|widower)"
)
# Words that end no role: "his statement to the Plateau Herald".
_NO_ROLE = (
    r"(?:the|and|for|from|with|told|near|said|says|that|who|whom|which|between|against|under|over|into|than|but|"
    r"called|named|known|about|after|before|since|during|while|when|where|was|were|has|had|have|its|his|her|their)"
)
# "her father, Anis," and "the second mate, Rodel Abrenica,": a noun with its article, and a name between commas.
_APPOSED = re.compile(
    r"\b(?i:the|an?|her|his|my|their|our|one of \w+)\s(?:[\w-]+\s){0,3}"
    rf"(?!{_NO_PERSON},)[a-z][\w-]{{2,}},\s+(?:the\s+)?({_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD})*)(?=[,.;:)])"
)
# "the councillor Valery Rybchenko", "the sailors Ross Whitlaw and Denise Parent", "a boy called Heitor".
_ROLED = re.compile(
    r"\b(?i:the|an?|her|his|my|their|our)\s(?:[\w-]+\s){0,2}"
    rf"(?!{_NO_PERSON}\s|{_NO_ROLE}\s)[a-z][\w-]{{2,}}\s({_TWO}(?:(?:,\s+|,?\s+and\s+){_TWO})*)"
)
_CALLED = re.compile(rf"\b(?!{_NO_PERSON}\s)[\w-]{{3,}}\s(?:called|named)\s({_WORD}(?:\s+{_WORD})*)")
# "two villagers, Ilan Moss and Ada,", "Six of the dead: Ilan Moss, Ada Moss".
_LISTED = re.compile(
    r"\b(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both|\d{1,3})\s(?:[\w-]+\s){0,3}"
    rf"(?!{_NO_PERSON}[,:])[a-z][\w-]{{2,}}(?:[,:]|\s[\u2013\u2014])\s+"
    rf"({_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD})*"
    rf"(?:(?:,\s+|,?\s+and\s+){_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD})*)+)(?=[,.;:)\u2013\u2014]|\s[\u2013\u2014]|$)"
)
_MOURNED = re.compile(
    r"\b(?i:funeral|burial|coffin|grave|body|bodies|remains|memorial|tributes?\s(?:[a-z]+\s){0,2}paid)\s(?:of|for|to)\s"
    rf"(?:[a-z]+\s)?({_TWO}(?:(?:,\s+|,?\s+and\s+){_TWO})*)"
)
_THEN_KIN = re.compile(rf"({_TWO}(?:,?\s+and\s+{_TWO})?),\s+(?:an?\s+|both\s+)?(?:[\w-]+\s+)?{_KIN}\b")
_BESIDE = re.compile(r"[,:;(\u2013\u2014]")
_NOUN_AFTER = re.compile(r"\s+(?!(?:from|of|in|at|near|who|whose|and|or|with|was|the|an?|aged|also|known|then)\b)[a-z]")
_BEFORE_PLACE = re.compile(r"\b(?:of|from|in|at|near|by)\s+(?:the\s+)?$", re.IGNORECASE)
_TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir lady lord dame sheikh imam rabbi father sister brother pastor bishop nurse
    private corporal sergeant lieutenant captain major colonel general commander officer constable inspector sgt cpl lt
    president minister governor mayor judge deputy senator staff first second chief st saint col gen capt
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday the and
    """.split()  # noqa: SIM905 - a list of quoted words would be harder to read and to add to
)
_SHAPES = (
    (_TOLD, ("named", "identified")),
    (_APPOSED, (",",)),
    (_LISTED, (" and ", ", ")),
    (_MOURNED, ("uneral", "urial", "coffin", "grave", "bod", "emains", "emorial", "ribute")),
    (_ROLED, ("",)),
    (_CALLED, ("called", "named")),
    (_THEN_KIN, (",",)),
)
"""What a person's name stands in, told as harmed or not, each with what no such words are without.

Those whom a claim has for its source are let be.
"""
_SIDE_BY_SIDE = re.compile(rf"{re.escape(MASK)}(?:\s+{re.escape(MASK)})+")
_PIECE, _OVERLAP = 1_500, 200
_SHORTEST_PART = 3
_SHORTEST_SLUG = 4
_DIGIT = re.compile(r"\d")
_IN_ADDRESS = re.compile(r"\w[-_./%]\w")
_LETTERS = re.compile(r"[\w'’-]+")


def withheld(dossier: Dossier) -> Dossier:
    """Return a dossier with the names of people harmed masked in all its texts.

    Offsets go on pointing into the report as it was published.
    """
    return mask_of(dossier).masked(dossier)


def mask_of(dossier: Dossier) -> Mask:
    """Return what masks the names of people harmed that a dossier gives away, for words that stand outside of it."""
    return Mask(sorted(_names(dossier)))


def _names(dossier: Dossier) -> set[str]:
    """Return the names of people harmed that a dossier gives away."""
    places = {words.casefold() for kept in dossier.claims for words in _places(kept)}
    found: set[str] = set()
    beside: set[str] = set()
    speakers: set[frozenset[str]] = set()
    for kept in dossier.claims:
        claim = kept.claim
        said_by = (one for one in (claim.source, *claim.via, claim.perpetrator) if one)
        speakers.update(frozenset(_LETTERS.findall(one.casefold())) for one in said_by)
        (found if claim.kind == "individual" else beside).update(_told(kept))
        beside.update(_beside(claim.victims or ""))
    found.update(name for person in dossier.named for name in _in_person(person))
    every = {whole for kept in dossier.claims for whole in _texts(kept)} | {text for _, text in dossier.texts}
    for words in {piece for whole in every for piece in _pieces(whole)}:
        if words.isascii() and words.islower():  # without a capital there is no name
            continue
        told = [match[1] for match in _AGED.finditer(words)] if _DIGIT.search(words) else []
        shapes = [shape for shape, marks in _SHAPES if any(mark in words for mark in marks)]
        told += [match[1] for shape in shapes for match in shape.finditer(words)]
        apart = (one for names in told for one in re.split(r",\s+and\s+|,\s+|\s+and\s+", names))
        beside.update(one for one in apart if not any(set(one.casefold().split()) <= speaker for speaker in speakers))
    # A single person's name is masked even where a place is called the same; what only stands beside a number is not.
    sure = {name for name in map(_bare, beside) if name.casefold() not in places}
    return {name for name in {*map(_bare, found), *sure} if name}


def names_told(kept: Kept) -> frozenset[str]:
    """Return the names of people harmed in the words that a claim counts them by."""
    names = frozenset(_told(kept))
    if not names or kept.claim.kind == "individual":
        return names
    places = {words.casefold() for words in _places(kept)}
    return frozenset(name for name in names if name.casefold() not in places)


def _told(kept: Kept) -> Iterator[str]:
    return (_in_person if kept.claim.kind == "individual" else _beside)(kept.claim.text)


def _pieces(words: str) -> Iterator[str]:
    """Yield a text in stretches that overlap, since a hostile one could make a search through all of it very long."""
    for start in range(0, max(len(words), 1), _PIECE - _OVERLAP):
        yield words[start : start + _PIECE]


def _texts(kept: Kept) -> tuple[str, ...]:
    why = kept.ruling.why if kept.ruling else None
    return (kept.sentence, kept.claim.text, kept.claim.victims or "", kept.report.title or "", why or "")


def _places(kept: Kept) -> Iterator[str]:
    claim = kept.claim
    match = claim.place_match
    for name in (claim.place, *((match.name, match.town, match.region) if match else ())):
        if name:
            yield name
            yield from _LETTERS.findall(name)


def _in_person(words: str) -> Iterator[str]:
    """Yield the names in the words for one person; a person told by neither role nor capitals is a name throughout."""
    lead = _LEADS.match(words)
    runs = list(_RUN.finditer(words, lead.end() if lead else 0))
    if not runs and not lead:
        yield words.strip(" ,.;:")
    for run in runs:
        # "the Danish nurse" and "the mayor of Dresk" hold no name of a person; "her son Ali" and "Ali Hasna" do.
        alone = " " not in run[0] or lead
        if not (alone and _NOUN_AFTER.match(words, run.end())) and not _BEFORE_PLACE.search(words[: run.start()]):
            yield run[0]


def _beside(words: str) -> Iterator[str]:
    """Yield names that stand beside counted people: after a comma, colon or dash, one of them in two words or more."""
    mark = _BESIDE.search(words)
    if mark is None:
        return
    rest = words[mark.end() :]
    runs = [match for match in _RUN.finditer(rest) if not _BEFORE_PLACE.search(rest[: match.start()])]
    if any(len(match[0].split()) > 1 for match in runs):
        yield from (match[0] for match in runs)


def _bare(name: str) -> str:
    """Return a name without titles at its edges."""
    words = name.strip(" ,.;:'’").split()
    while words and words[0].rstrip(".").casefold() in _TITLES:
        del words[0]
    return " ".join(words).rstrip(".,").removesuffix("'s").removesuffix("’s")


class Mask:
    """Masks names in words, in addresses, and in all texts of records.

    Args:
        names: The names; without any, nothing is masked.
    """

    def __init__(self, names: Iterable[str]) -> None:
        names = list(names)
        self._any = bool(names)
        parts = {part for name in names for part in name.split() if _is_part(part)}
        whole = "|".join(_spaced(name) for name in sorted(names, key=lambda name: (-len(name), name)))
        alone = {form for part in parts for form in (part, part.upper(), part.title())}
        single = "|".join(re.escape(form) for form in sorted(alone, key=lambda form: (-len(form), form)))
        words = rf"(?i:{whole})" + (f"|{single}" if single else "")
        self._names = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
        slugs = "|".join(re.escape(part.casefold()) for part in sorted(parts) if len(part) >= _SHORTEST_SLUG)
        self._slugs = re.compile(rf"(?<![^\W\d_])(?:{slugs})(?![^\W\d_])") if slugs else self._names

    def words(self, words: str) -> str:
        """Mask names in words; several side by side become one mask."""
        if not self._any:
            return words
        masked, number = self._names.subn(MASK, words)
        return _SIDE_BY_SIDE.sub(MASK, masked) if number else words

    def address(self, address: str) -> str | None:
        """Return an address without a text fragment that names a person; None where it spells a name itself."""
        if not self._any:
            return address
        page, fragment, _ = address.partition("#")
        if self._spells(page):
            return None
        return page or None if fragment and self._slugs.search(unquote(address).casefold()) else address

    def line(self, words: str) -> str:
        """Mask names in words of our own, with addresses and names of files among them."""
        if not self._any:
            return words
        parts = self.words(words).split(" ")
        return " ".join(MASK if _IN_ADDRESS.search(part) and self._spells(part) else part for part in parts)

    def _spells(self, address: str) -> bool:
        return self._slugs.search(unquote(address).casefold().replace("_", "-")) is not None

    def masked(self, record: Record) -> Record:
        """Return a record with the names in all its texts masked; the same record where it holds none."""
        if not self._any:
            return record
        changed: dict[str, Any] = {}
        for name in _field_names(type(record)):  # type: ignore[arg-type]  # a class is hashable
            value = getattr(record, name)
            if name in {"url", "link"}:
                after = value and self.address(value)
            elif name == "texts":
                after = tuple((report, self.words(words)) for report, words in value)
            else:
                after = value if _no_words(name, value) else self.value(value)
            if after is not value:
                changed[name] = after
        return replace(record, **changed) if changed else record  # type: ignore[type-var]  # likewise

    def value(self, value: Any) -> Any:  # noqa: ANN401 - any field of a record
        """Return a field's value with names masked; the same value where it holds none."""
        if isinstance(value, str):
            return self.words(value)
        if isinstance(value, tuple):
            after = tuple(map(self.value, value))
            return value if all(map(is_, value, after)) else after
        return self.masked(value) if is_dataclass(value) else value


def _no_words(name: str, value: object) -> bool:
    """Say whether a field holds ids, hashes or one of a few values; the same name may stand for records elsewhere."""
    if name not in _NO_WORDS or is_dataclass(value):
        return False
    return not (isinstance(value, tuple) and value and is_dataclass(value[0]))


@cache
def _field_names(of: Any) -> tuple[str, ...]:  # noqa: ANN401 - any class of records
    return tuple(one.name for one in fields(of))


def _is_part(word: str) -> bool:
    bare = word.strip(".,'’").casefold()
    return len(bare) >= _SHORTEST_PART and word[:1].isupper() and bare not in _TITLES


def _spaced(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())
