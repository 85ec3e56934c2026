"""The second gate: says of a web page that holds a word of harm whether it seems to tell of people who came to harm.

Most pages of the web that hold such a word use it of something else: dead code, a killed process, a missing semicolon,
a battery that died. Each word of harm is judged by the words beside it, whose weights stand in ``near_harm.tsv``; one
that may be meant of people lets the page through. The weights are those of a logistic regression
(``training/fit_gate.py``), and the threshold is set so that fewer than one in two hundred of the reports that hold a
claim is held back. So this gate is asked of pages of archives alone, and never of a page that a person named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from sayso.find.gate import body_as_ascii_keeps, plain_forms, without_scripts, word_of_harm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sayso.records import Page

WEIGHTS = "near_harm.tsv"
LEAST, BASE, UNKNOWN = "least:", "base:", "unknown:"
"""What stand in the list for the score that lets a page through, and for what a word of harm by itself and each word
that is not in the list speak for."""

_SIDE, _WORDS, _NEXT = 90, 8, 3
"""Characters and words on either side of a word of harm that are looked at, and words whose place counts too."""
_MOST = 400
"""Words of harm that are judged on one page; one that holds more is let through."""
_WORD = re.compile(r"[a-z]+|[0-9]+")
_ENTITY = re.compile(rb"&(?:[a-z]{2,8}|#[0-9a-fx]{1,8});?|\\[nrt]")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each word beside a word of harm speaks for, and the score from which a page is let through."""

    by_word: Mapping[str, float]
    unknown: float
    base: float
    least: float


def page_seems_to_tell(page: Page) -> bool:
    """Say whether a page that `page_may_hold_claim` let through seems to tell of people who came to harm.

    Args:
        page: A page; only web pages are judged, all others pass.

    Returns:
        False where no word of harm on the page seems to be meant of people.
    """
    if page.media_type != "text/html":
        return True
    forms = plain_forms(without_scripts(body_as_ascii_keeps(page)))
    return forms is None or any(seems_to_tell(form) for form in forms)


def seems_to_tell(body: bytes) -> bool:
    """Say whether some word of harm in a text seems to be meant of people.

    Args:
        body: The text in lower case, in any encoding that keeps ASCII.
    """
    weights = _weights()
    for number, near in enumerate(surroundings(body)):
        if number >= _MOST or score(near, weights) >= weights.least:
            return True
    return False


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
