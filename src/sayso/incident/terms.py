"""The words and names of a passage, weighed by how rare they are.

How rare a word is comes from a list that is shipped, never from the reports at hand: so a passage has the same words
whatever was read before, and the order of arrival changes nothing.
"""

from __future__ import annotations

import math
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST = 12_000
"""Characters of a passage that are looked at."""
MOST = 160
"""Terms kept, the weightiest."""
RAREST = 6.2
"""The weight of a term that the list lacks: the natural logarithm of how many reports there are to one with it."""
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?|\d+")
_NUMBER = re.compile(r"\d+")
_LEAST = 0.7


def fold(word: str) -> str:
    """Return a word in the form in which words are compared.

    >>> fold("Orvo's")
    'orvo'
    """
    return word.casefold().replace("’", "'").removesuffix("'s")


def terms(text: str) -> dict[str, float]:
    """Return the terms of a passage: its words, and pairs of neighbouring words with capital letters.

    Returns:
        The weight of each of the `MOST` weightiest: how often it stands there, on a logarithmic scale, times how rare
        it is. The squares of the weights add up to 1.
    """
    count: dict[str, int] = {}
    for term in spelled(text):
        count[term] = count.get(term, 0) + 1
    weights = {term: (1 + math.log(n)) * rarity(term) for term, n in count.items()}
    kept = sorted(((weight, term) for term, weight in weights.items() if weight > _LEAST), reverse=True)[:MOST]
    length = math.sqrt(math.fsum(weight * weight for weight, _ in kept))
    return {term: weight / length for weight, term in sorted(kept, key=lambda one: one[1])}


def names(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring words with capital letters that few reports have: mostly names of people."""
    return frozenset(term for term in spelled(text) if " " in term and rarity(term) >= RAREST)


def rarity(term: str) -> float:
    """Return how rare a term is, between 0 and `RAREST`."""
    return _common().get(term, RAREST)


def likeness(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the cosine of two passages' terms, between 0 and 1."""
    # An exact sum, since a set has no order of its own.
    return math.fsum(a[term] * b[term] for term in a.keys() & b.keys())


def spelled(text: str) -> Iterator[str]:
    """Yield the terms of a passage as they stand there, folded: words, and pairs of neighbours with capital letters."""
    before: re.Match[str] | None = None
    for match in _WORD.finditer(text[:LONGEST]):
        word = match[0]
        yield fold(word)
        if before is not None and match.start() - before.end() == 1 and _is_name(before[0], word):
            yield f"{fold(before[0])} {fold(word)}"
        before = match


def _is_name(first: str, second: str) -> bool:
    """Say whether two words have capital letters; in a text in capitals alone every two words would be a name."""
    return first[0].isupper() and second[0].isupper() and not (first + second).isupper()


def forget() -> None:
    """Read the list of common terms anew at its next use."""
    _common.cache_clear()


@cache
def _common() -> dict[str, float]:
    """Read the shipped list: a term and its weight on each line."""
    lines = files(__package__).joinpath("common_terms.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {term: float(weight) for term, weight in pairs}
