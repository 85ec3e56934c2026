"""What of a report is compared with other reports: its words without what a site says about itself.

Words are folded for comparing only. Runs of four words stand for the wording; names and figures stand for what the
report is about, so that two bulletins in one frame can be told from two prints of one text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from sayso.find.prose import sentences, words
from sayso.find.sketches import hashes
from sayso.find.word_lists import word_list

FEWEST_WORDS = 40
"""A report with fewer words is compared with none: so little may be alike by chance."""

RUN = 4
"""Words in a run."""

_LONGEST = 1_000_000
"""Characters that are compared of one report, so that no file can fill the memory."""

_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_FIGURE = re.compile(r"\d+(?:[.,\u00a0\u202f'’ ]\d{3})*(?!\d)|\d+")
_NOT_DIGITS = re.compile(r"\D+")
# A word after another word, so that its capital is no matter of the sentence's beginning.
_INNER = re.compile(r"(?<=[\w,;)] )[^\W\d_]\w+")
_MARK_BITS = 1024
_SAMPLE = 600
_CAPITALS = 0.5
"""Share of capitals among the letters from which capitals tell no names."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A report made ready to be compared.

    Attributes:
        runs: A 64-bit hash of each run of `RUN` words, in the order of the text.
        about: Sorted hashes of the names and figures in it, each once.
        figures: The same of the figures alone.
        mark: A number with a bit set for each member of `about`, by which most texts are told apart at once.
    """

    runs: Any
    about: Any
    figures: Any
    mark: int


def compared(text: str) -> Compared | None:
    """Make a text ready to be compared; None where it has fewer than `FEWEST_WORDS` words of its own.

    Args:
        text: A report's text.
    """
    plain = folded(text[:_LONGEST])
    # A sentence counts once, however many pictures it stands under.
    kept = " ".join(dict.fromkeys(sentence.of(plain) for sentence in sentences(plain)))
    lower = kept.casefold()
    told = words(lower)
    if len(told) < FEWEST_WORDS:
        return None
    met = set(told)
    figures = {f"#{_NOT_DIGITS.sub('', figure)}" for figure in _FIGURE.findall(lower)}
    figures.update(f"#{value}" for word, value in _number_words().items() if word in met)
    about = _set(_names(kept, met) | figures)
    return Compared(_runs(hashes(told)), about, _set(figures), _mark(about))


def folded(text: str) -> str:
    """Return `text` in one normal form and without signs that nobody sees; case is kept."""
    return text if text.isascii() else _HIDDEN.sub("", unicodedata.normalize("NFKC", text))


@cache
def _number_words() -> dict[str, int]:
    """Words for numbers above one; "one" is more often a pronoun."""
    return {
        word: value
        for language in word_list("figures").values()
        for word, value in language["values"].items()
        if value > 1
    }


def _names(text: str, told: set[str]) -> set[str]:
    """Return what the report names; all its words where capitals do not tell."""
    sample = text[:_SAMPLE]
    capitals = sum(map(str.isupper, sample))
    if 0 < capitals < sum(map(str.isalpha, sample)) * _CAPITALS:
        return {word.casefold() for word in _INNER.findall(text) if word[0].isupper()}
    return told


def _runs(words: Any) -> Any:  # noqa: ANN401 - an array
    number = len(words) - RUN + 1
    runs = words[:number].copy()
    for following in range(1, RUN):
        # A step of splitmix64 (Steele, Lea, Flood 2014), so that the order of the words matters.
        runs ^= runs >> np.uint64(30)
        runs *= np.uint64(0xBF58476D1CE4E5B9)
        runs += words[following : number + following]
    return runs ^ (runs >> np.uint64(31))


def _mark(members: Any) -> int:  # noqa: ANN401 - an array
    mark = 0
    for bit in (members & np.uint64(_MARK_BITS - 1)).tolist():
        mark |= 1 << bit
    return mark


def _set(words: set[str]) -> Any:  # noqa: ANN401 - an array
    return np.unique(hashes(sorted(words)))
