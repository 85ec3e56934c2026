"""The words of a text as the readers of place names see them, and what these readers propose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sayso.claim.gazetteer import Entry

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[-\u2010\u2011'\u2019\u02bc`][^\W_]+)*")
_GAP = re.compile(r"[ \t\u00a0]+|[ \t]*\r?\n[ \t]*")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_CAPITALS, _SMALLS = ascii_uppercase.encode(), ascii_lowercase.encode()
_SHORT = frozenset(
    ("st", "mt", "ft", "gen", "col", "lt", "sgt", "dr", "mr", "mrs", "ms", "sen", "rep", "gov", "capt", "maj", "prof")
)
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")


class Word(NamedTuple):
    """A word of the text: where it stands, how it is written, and whether it goes on from the word before."""

    start: int
    end: int
    text: str
    low: str
    cap: bool
    joined: bool
    gap: str
    possessive: bool
    shouted: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may name a place.

    Attributes:
        start: Offset of the first character as written, a direction included ("eastern Ghouta").
        end: Offset after the last character as written, a noun included ("Idlib province").
        name: The name itself, which was looked up.
        entries: What the gazetteer knows under that name.
        cue: The word or pattern that introduces it; empty where none does.
        noun: The noun beside it that says what it is, or empty.
        direction: The direction before it, or empty.
        kind: What the words make of it whatever the gazetteer says: ``facility``, ``unknown``, ``adjective``, ``weak``
            (a place only if the report bears it out) or empty.
        sure: Whether the words alone make it a place.
    """

    start: int
    end: int
    name: str
    entries: tuple[Entry, ...]
    cue: str = ""
    noun: str = ""
    direction: str = ""
    kind: str = ""
    sure: bool = False


def read_words(text: str) -> list[Word]:
    """Return the words of `text` in order."""
    words: list[Word] = []
    shouted = _shouted_lines(text)
    line = 0
    last = 0
    before: Word | None = None
    ends = [start for start, _ in shouted[1:]] + [len(text) + 1]
    for match in _WORD.finditer(text):
        start, end = match.span()
        gap = text[last:start]
        last = end
        written, low, cap, possessive = _seen(match[0])
        if possessive:
            end -= 2
        while start >= ends[line]:
            line += 1
        joined = (
            before is not None
            and not before.possessive
            and (gap == " " or bool(_GAP.fullmatch(gap) or (gap == ". " and before.low in _SHORT)))
        )
        # Made as the tuple that it is: a call of the class takes longer, and a report has some hundreds.
        word = (start, end, written, low, cap, joined, gap, possessive, shouted[line][1])
        before = tuple.__new__(Word, word)
        words.append(before)
    return words


@lru_cache(maxsize=65536)
def _seen(word: str) -> tuple[str, str, bool, bool]:
    """Return a word without its possessive, the same in lower case, whether it looks like a name and had a possessive.

    Few words make up most of any text.
    """
    possessive = len(word) > 2 and word[-2] in "'\u2019" and word[-1] in "sS"
    written = word[:-2] if possessive else word
    return written, written.lower(), _is_name_like(written), possessive


def _is_name_like(written: str) -> bool:
    """Say whether a word is written like a name: "Orlen", "al-Orlen", "2nd", but not "Orlen-based"."""
    first, hyphen, last = written.rpartition("-")
    if hyphen:
        return last[:1].isupper() or (first[:1].isupper() and len(last) < 3)
    return written[0].isupper() or _ORDINAL.fullmatch(written) is not None


def letters(text: str) -> tuple[int, int]:
    """Return how many letters of a text are capitals, and how many are small.

    >>> letters("In Ḥarra, ÖRE")
    (5, 5)
    """
    # Those of ASCII are counted all at once: no other character has such a byte in UTF-8.
    plain, others = text.encode("utf-8", "surrogatepass"), _NOT_ASCII.findall(text)
    upper = len(plain) - len(plain.translate(None, _CAPITALS)) + sum(map(str.isupper, others))
    return upper, len(plain) - len(plain.translate(None, _SMALLS)) + sum(map(str.islower, others))


def _shouted_lines(text: str) -> list[tuple[int, bool]]:
    """Return each line's start and whether capitals say nothing in it: all upper case, or a title's capitals."""
    lines: list[tuple[int, bool]] = []
    at = 0
    upper, lower = letters(text)
    whole = upper > 0.6 * max(1, upper + lower)
    for line in text.splitlines(keepends=True) or [""]:
        cased = [word for word in line.split() if word[:1].isalpha() and len(word) > 3]
        titled = len(cased) > 4 and sum(word[0].isupper() for word in cased) > 0.85 * len(cased)
        lines.append((at, whole or titled))
        at += len(line)
    return lines
