"""The second gate: says of a web page that holds a word of harm whether it seems to tell of people who came to harm.

Most pages of the web that hold such a word use it of something else: dead code, a killed process, a missing semicolon,
a battery that died. Each word of harm is judged by the words beside it, whose weights stand in ``near_harm.tsv``; one
that may be meant of people lets the page through. The weights are those of a logistic regression
(``training/fit_gate.py``), and the threshold is set so that fewer than one in two hundred of the reports that hold a
claim is held back. So this gate is asked of pages of archives alone, and never of a page that a person named.

Where no word of harm speaks plainly of people, the paragraphs with such words are handed back, for those who read
claims to look at: that takes a tenth of the time of finding and reading the whole report.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from sayso.find.gate import (
    body_as_ascii_keeps,
    may_hold_claim,
    paragraphs,
    plain_forms,
    without_scripts,
    word_of_harm,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sayso.records import Page

WEIGHTS = "near_harm.tsv"
LEAST, BASE, UNKNOWN = "least:", "base:", "unknown:"
"""What stand in the list for the score that lets a page through, and for what a word of harm by itself and each word
that is not in the list speak for."""

_SIDE, _WORDS, _NEXT = 90, 8, 3
"""Characters and words on either side of a word of harm that are looked at, and words whose place counts too."""
_MOST = 400
"""Words of harm that are judged on one page; one that holds more is let through."""
_PLAIN = 0.0
"""The score from which a word of harm is plainly meant of people."""
_LONGEST = 20_000
"""Characters in the paragraphs with words of harm of one page; where they have more, the page is let through."""
_BESIDE = 2
"""Paragraphs on either side of one with a word of harm that a sentence may run over to: lines can be paragraphs too."""
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_WORD = re.compile(r"[a-z]+|[0-9]+")
_ENTITY = re.compile(rb"&(?:[a-z]{2,8}|#[0-9a-fx]{1,8});?|\\[nrt]")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each word beside a word of harm speaks for, and the score from which a page is let through."""

    by_word: Mapping[str, float]
    unknown: float
    base: float
    least: float


@dataclass(frozen=True, slots=True)
class Told:
    """What the words of harm on a page tell.

    Attributes:
        plainly: Whether some word of harm is plainly meant of people, or nobody can tell.
        perhaps: Else the paragraphs with words of harm, where one of these may be meant of people.
    """

    plainly: bool
    perhaps: tuple[str, ...] = ()


def what_page_tells(page: Page) -> Told:
    """Judge the words of harm on a page that `page_may_hold_claim` let through.

    Args:
        page: A page; only web pages are judged, all others tell plainly.
    """
    if page.media_type != "text/html":
        return Told(plainly=True)
    body = without_scripts(body_as_ascii_keeps(page))
    forms = plain_forms(body)
    if forms is None:
        return Told(plainly=True)
    least = _weights().least
    highest = least - 1
    for form in forms:
        highest = max(highest, _highest(form))
        if highest >= _PLAIN:
            return Told(plainly=True)
    if highest < least:
        return Told(plainly=False)
    perhaps = tuple(_with_words_of_harm(paragraphs(body)))
    # Where tags part the word itself, it is in no paragraph.
    return Told(not perhaps or sum(map(len, perhaps)) > _LONGEST, perhaps)


def _with_words_of_harm(found: Sequence[str]) -> Iterator[str]:
    """Yield the paragraphs with words of harm, and once more with neighbours where a sentence may run over the edge."""
    for number, paragraph in enumerate(found):
        if may_hold_claim(paragraph):
            first = last = number
            while first > max(0, number - _BESIDE) and not _is_ended(found[first - 1]):
                first -= 1
            while last < min(len(found) - 1, number + _BESIDE) and not _is_ended(found[last]):
                last += 1
            yield paragraph
            if first < last:
                yield "\n".join(one.strip() for one in found[first : last + 1])


def _is_ended(paragraph: str) -> bool:
    return _ENDED.search(paragraph.rstrip()[-4:]) is not None


def _highest(body: bytes) -> float:
    """Return the highest score of a word of harm in a text in lower case, no more than is plain enough."""
    weights = _weights()
    highest = -math.inf
    for number, near in enumerate(surroundings(body)):
        highest = max(highest, score(near, weights) if number < _MOST else _PLAIN)
        if highest >= _PLAIN:
            break
    return highest


def score(near: set[str], weights: Weights) -> float:
    """Return the log-odds that a word of harm with such words beside it is meant of people."""
    known, strange = weights.by_word, weights.unknown
    told = (known.get(word, strange if is_plain(word) else 0.0) for word in sorted(near))
    return weights.base + sum(told)


def is_plain(word: str) -> bool:
    """Say whether what stands beside a word of harm is a word wherever it stands, rather than one in its place."""
    return word[0] not in "<>="


def surroundings(body: bytes) -> Iterator[set[str]]:
    """Yield for each word of harm of a text in lower case what stands beside it, and the word itself."""
    body = b" ".join(_ENTITY.sub(b" ", body).split())
    at = 0
    found = word_of_harm().search(body, at)
    while found is not None:
        start, end = found.span()
        start += not body[start : start + 1].isalpha()
        end -= not body[end - 1 : end].isalpha()
        left = _WORD.findall(body[max(0, start - _SIDE) : start].decode("latin-1"))[-_WORDS:]
        right = _WORD.findall(body[end : end + _SIDE].decode("latin-1"))[:_WORDS]
        near = {f"={body[start:end].decode('latin-1')}"}
        for side, words in (("<", left[::-1]), (">", right)):
            for place, word in enumerate(words):
                shape = "0" * min(len(word), 5) if word[0].isdigit() else word
                near.add(shape)
                if place < _NEXT:
                    near.add(side + shape)
        yield near
        at = end
        found = word_of_harm().search(body, at)


@cache
def _weights() -> Weights:
    lines = resources.files(__package__).joinpath(WEIGHTS).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    table = {word: float(weight) for word, weight in rows}
    return Weights(table, table.pop(UNKNOWN), table.pop(BASE), table.pop(LEAST))
