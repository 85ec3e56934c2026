"""The words and names of a passage, weighed by how rare they are.

How rare a word is comes from a list that is shipped, never from the reports at hand: so a passage has the same words
whatever was read before, and the order of arrival changes nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter, mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

LONGEST = 12_000
"""Characters of a passage that are looked at."""
MOST = 160
"""Terms kept, the weightiest."""
RAREST = 6.2
"""The weight of a term that the list lacks: the natural logarithm of how many reports there are to one with it."""
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?|\d+")
_NUMBER = re.compile(r"\d+")
_LEAST = 0.7


@lru_cache(maxsize=20_000)
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
    return _weighed(Counter(spelled(text)))


@lru_cache(maxsize=500)
def sentence_terms(text: str) -> Mapping[str, float]:
    """Return the terms of a sentence or two, remembered, since the claims of one report share their sentences."""
    return terms(text)


def terms_and_names(text: str) -> tuple[dict[str, float], frozenset[str]]:
    """Return the terms of a passage, and those of all of them that are names: neighbouring words with capital letters.

    Names are pairs that few reports have, and so mostly names of people.
    """
    count = Counter(spelled(text))
    return _weighed(count), frozenset(term for term in count if " " in term and rarity(term) >= RAREST)


def _weighed(count: Mapping[str, int]) -> dict[str, float]:
    common, often = _common(), _often
    weights = [(often(n) * common.get(term, RAREST), term) for term, n in count.items()]
    kept = sorted([one for one in weights if one[0] > _LEAST], reverse=True)[:MOST]
    length = math.sqrt(math.fsum([weight * weight for weight, _ in kept]))
    return {term: weight / length for weight, term in sorted(kept, key=itemgetter(1))}


@lru_cache(maxsize=1_000)
def _often(times: int) -> float:
    return 1 + math.log(times)


def rarity(term: str) -> float:
    """Return how rare a term is, between 0 and `RAREST`."""
    return _common().get(term, RAREST)


def likeness(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the cosine of two passages' terms, between 0 and 1."""
    return products(a, b, a.keys() & b.keys())


def products(a: Mapping[str, float], b: Mapping[str, float], shared: AbstractSet[str]) -> float:
    """Return the cosine of two passages' terms where it is known which terms both have."""
    # An exact sum, since a set has no order of its own.
    return math.fsum(map(mul, map(a.__getitem__, shared), map(b.__getitem__, shared)))


def spelled(text: str) -> Iterator[str]:
    """Yield the terms of a passage as they stand there, folded: words, and pairs of neighbours with capital letters."""
    capital, end = "", -1
    for match in _WORD.finditer(text[:LONGEST]):
        word = match[0]
        folded = fold(word)
        yield folded
        if word[0].isupper():
            # In a text in capitals alone every two words would be a name.
            if match.start() - end == 1 and capital and not (capital + word).isupper():
                yield f"{fold(capital)} {folded}"
            capital, end = word, match.end()
        else:
            capital = ""


def forget() -> None:
    """Read the list of common terms anew at its next use."""
    _common.cache_clear()
    sentence_terms.cache_clear()


@cache
def _common() -> dict[str, float]:
    """Read the shipped list: a term and its weight on each line."""
    lines = files(__package__).joinpath("common_terms.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {term: float(weight) for term, weight in pairs}
