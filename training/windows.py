"""Windows of the texts with their labels, cut as the program itself cuts them at run time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sayso.claim.sentences import split
from sayso.encoder import Pieced, cut, pieces
from training.roles import LINKED, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tokenizers import Tokenizer

    from training.polnear import Pieces, Reading

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
IGNORED = -100
CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Example:
    """One window with its labels.

    Attributes:
        ids: Piece ids with the two marks around them.
        tags: O, B, I of each role, `[n, 3]`; the marks are ignored.
        links: `[role, i, j]`: the cue at piece i has its source, or content, at piece j.
    """

    ids: np.ndarray
    tags: np.ndarray
    links: np.ndarray


def examples(reading: Reading, tokenizer: Tokenizer) -> Iterator[Example]:
    """Yield the windows of one reading of a text with their labels."""
    sentences = [(s.span.start, s.span.end) for s in split(reading.text)]
    pieced = pieces(tokenizer, reading.text, sentences)
    triples = [{role: _touched(pieced, triple[role]) for role in ROLES} for triple in reading.triples]
    tags = _tags(pieced, reading.triples)
    for window in cut(pieced.units):
        first, last = window.start, window.end
        n = last - first
        own = np.full((n + 2, len(ROLES)), IGNORED, dtype=np.int64)
        own[1:-1] = tags[first:last]
        links = np.zeros((len(LINKED), n + 2, n + 2), dtype=bool)
        for triple in triples:
            here = {role: touched[first:last].nonzero()[0] + 1 for role, touched in triple.items()}
            for number, role in enumerate(LINKED):
                links[number][np.ix_(here["cue"], here[role])] = True
        yield Example(np.array([CLS, *pieced.ids[first:last], SEP], dtype=np.int64), own, links)


def _touched(pieced: Pieced, spans: Pieces) -> np.ndarray:
    """Say for every piece whether it lies in one of the spans."""
    touched = np.zeros(len(pieced.ids), dtype=bool)
    for start, end in spans:
        touched |= (pieced.starts < end) & (pieced.ends > start)
    return touched


def _tags(pieced: Pieced, triples: Sequence[dict[str, Pieces]]) -> np.ndarray:
    """Label every piece for each role; where spans of one role nest, the outermost counts."""
    tags = np.zeros((len(pieced.ids), len(ROLES)), dtype=np.int64)
    for number, role in enumerate(ROLES):
        spans = {(start, end) for triple in triples for start, end in triple[role]}
        for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
            inside = ((pieced.starts < end) & (pieced.ends > start)).nonzero()[0]
            if len(inside) and not tags[inside, number].any():
                tags[inside, number] = INSIDE
                tags[inside[0], number] = BEGIN
    return tags
