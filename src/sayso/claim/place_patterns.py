"""Places that are told by a pattern alone: street addresses, junctions, highways and datelines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.claim.place_text import Candidate
from sayso.claim.place_words import place_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.claim.gazetteer import Gazetteer

_DATELINE = re.compile(
    r"^[ \t]*(?P<first>[^\W\d_][^\n(),:;\u2013\u2014]{1,40}?)(?P<second>,[ ][^\W\d_][^\n(),:;\u2013\u2014]{1,30}?)??"
    r"[ ]?(?P<date>,?[ ]?(?:\d{1,2}[ ][A-Z][A-Za-z]{2,8}|[A-Z][a-z]{2,8}\.?[ ]\d{1,2})(?:,?[ ]\d{2,4})?)?[ ]?"
    r"(?P<country>\((?!\w*\d)[^()\n]{3,30}\))?,?[ ]?(?P<date2>\d{1,2}[ ][A-Z]{3}[ ]\d{2})?[ ]?"
    r"(?P<agency>\([^()\n]{1,40}\))?[ ]?(?:--?|[\u2013\u2014])(?=[ \n\[])",
    re.MULTILINE,
)
_BLOCK = re.compile(
    r"\b(?:\d{1,5}(?:st|nd|rd|th)?|first)[ -]block[ ](?:of|on)[ ](?P<name>(?:[A-Z0-9][\w.'\u2019]*[ ]?){1,5})"
)
_NUMBERED = re.compile(
    r"\b(?:(?:U\.?S\.?[ ]|State[ ])?(?:Highway|Route|Interstate|Hwy\.?)[ ]\d{1,4}"
    r"|I-\d{1,3}|FM[ ]\d{3,4}|U\.?S\.?[ ]\d{1,3})\b"
)
_CORNER = re.compile(
    r"\b(?P<a>(?:\d{1,3}(?:st|nd|rd|th)|[A-Z][a-z]+)(?:[ ][A-Z][a-z]+){0,3}) (?:and|at) "
    r"(?P<b>(?:\d{1,3}(?:st|nd|rd|th)|[A-Z][a-z]+)(?:[ ][A-Z][a-z]+){0,3}) (?:[Ss]treets?|[Aa]venues?|[Rr]oads?)\b"
)
_STREETS = ("treet", "venue", "oad")
"""One of these stands in every text that has a corner."""
_DASH = re.compile(r"[-\u2013\u2014][ \n\[]")
"""And this in every text that has a dateline."""


def read_patterns(text: str, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Yield the candidates that patterns find in `text`; those of different patterns may overlap."""
    blocks = list(_BLOCK.finditer(text)) if "block" in text else []
    for match in blocks:
        words = _to_its_street(match.group(), match.start("name") - match.start())
        yield Candidate(match.start(), match.start() + len(words), words, (), "block", kind="facility", sure=True)
    blocked = {match.start("name") for match in blocks}
    crossed = any(noun in text for noun in _STREETS)
    for pattern in (_NUMBERED, _CORNER) if crossed else (_NUMBERED,):
        for match in pattern.finditer(text):
            if match.start() not in blocked:
                yield Candidate(*match.span(), match.group(), (), "street", kind="facility", sure=True)
    for match in _DATELINE.finditer(text) if _DASH.search(text) else ():
        yield from _dateline(match, gazetteer)


def _to_its_street(words: str, name: int) -> str:
    """Cut "900 block of Orlen Road. Deputies" after the word that says what the street is."""
    ends = [
        found.end()
        for found in re.finditer(r"[\w'\u2019]+", words[name:])
        if found.start() and found[0].lower() in place_words().street_nouns
    ]
    return (words[: name + ends[0]] if ends else words).rstrip(" .")


def _dateline(match: re.Match[str], gazetteer: Gazetteer) -> Iterator[Candidate]:
    first = match["first"].strip()
    entries = tuple(entry for entry in gazetteer.lookup(first) if entry.kind != "adjective")
    if not (match["agency"] or match["date"] or match["date2"] or match["second"] or first.isupper()):
        return
    words = first.split()
    if (
        len(words) > 5
        or not all(word[:1].isupper() or len(word) < 4 for word in words)
        or words[0].lower() in place_words().breaks
    ):
        return
    if not entries and not (first.isupper() and (match["agency"] or match["date"])):
        return
    start = match.start("first")
    yield Candidate(start, start + len(first), first, entries, "dateline", sure=True)
    for group in ("second", "country"):
        if match[group]:
            name = match[group].strip(" ,()")
            known = tuple(entry for entry in gazetteer.lookup(name) if entry.kind in ("country", "region", "area"))
            if known:
                begin = match.start(group) + match[group].index(name)
                yield Candidate(begin, begin + len(name), name, known, "dateline", sure=True)
