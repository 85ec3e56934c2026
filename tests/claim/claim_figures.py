"""Figures that speak for given words, as the claim heads would give them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from sayso.claim.heads import COUNTED, FACETS, STANCES, TIE_WIDTH, TIED, Heads
from sayso.claim.linking import LINK_BIAS, Settings
from sayso.claim.sentences import split
from sayso.encoder import Cut, Encoded, Pieced, Window, cut
from sayso.records import HARMS, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Figures = NDArray[np.float32]
    Pointing = tuple[str, str, str, float]
    """A count expression, a role, words, and the log-odds that each of these words fills it."""

MEANT = (*HARMS, *(value for values in FACETS.values() for value in values), *STANCES)
"""The columns of what is said of a count expression."""


def spot(text: str, words: str) -> Span:
    """Return where words stand first in a text."""
    return Span(text.index(words), text.index(words) + len(words))


def pieced(text: str, skip: int = 0) -> Pieced:
    """Make every word and every mark a piece and every sentence a unit; `skip` leaves out sentences at the front."""
    bounds: list[tuple[int, int]] = []
    units: list[tuple[int, int]] = []
    for sentence in split(text)[skip:]:
        own = [m.span() for m in re.compile(r"\w+|[^\w\s]").finditer(text, sentence.span.start, sentence.span.end)]
        units.append((len(bounds), len(bounds) + len(own)))
        bounds += own
    both = np.array(bounds, dtype=np.int64).reshape(-1, 2)
    return Pieced(np.arange(len(both), dtype=np.int64), both[:, 0], both[:, 1], tuple(units))


def read(pieces: Pieced, whole: Mapping[str, Figures], cuts: Sequence[Cut], text: str) -> Heads:
    """Let the heads say the same of a piece in every window that holds it."""
    windows = [
        Window(c, {name: figures[c.start : c.end] for name, figures in whole.items()})
        for c in cuts or tuple(cut(pieces.units))
    ]
    return Heads(Encoded(pieces, tuple(windows)), Settings(), text)


def heads(
    text: str,
    *,
    tagged: Sequence[tuple[str, str]] = (),
    meant: Mapping[str, Mapping[str, float]] | None = None,
    ties: Sequence[Pointing] = (),
    windows: Sequence[tuple[int, int, int]] = (),
    skip: int = 0,
) -> Heads:
    """Make heads that say what is given and nothing else.

    Args:
        text: The text.
        tagged: Layers of count expressions with their words.
        meant: What is said of words: logits by harm, value or stance.
        ties: Which words a count expression points to.
        windows: Numbers of sentences: the first, the first that is read for the first time, and the end.
        skip: How many sentences at the front are not encoded.
    """
    pieces = pieced(text, skip)
    n = len(pieces.ids)
    tags = np.zeros((n, len(COUNTED), 3), dtype=np.float32)
    tags[:, :, 0] = 4.0
    for layer, words in tagged:
        first, last = _range(pieces, spot(text, words))
        tags[first, COUNTED.index(layer), 1] = tags[first + 1 : last, COUNTED.index(layer), 2] = 8.0
    means = np.zeros((n, len(MEANT)), dtype=np.float32)
    for words, logits in (meant or {}).items():
        first, last = _range(pieces, spot(text, words))
        for name, logit in logits.items():
            means[first:last, MEANT.index(name)] = logit
    links = np.zeros((n, 2, len(TIED), TIE_WIDTH), dtype=np.float32)
    counts = sorted({count for count, *_ in ties})
    for count, role, words, odds in ties:
        first, last = _range(pieces, spot(text, words))
        links[first:last, 1, TIED.index(role), counts.index(count)] = odds - LINK_BIAS
        first, last = _range(pieces, spot(text, count))
        links[first:last, 0, :, counts.index(count)] = TIE_WIDTH**0.5
    starts = [first for first, _ in pieces.units] + [n]
    whole = {"claim_tags": tags.reshape(n, -1), "claim_means": means, "claim_ties": links.reshape(n, -1)}
    return read(pieces, whole, [Cut(starts[a], starts[b], starts[c]) for a, b, c in windows], text)


def _range(pieces: Pieced, span: Span) -> tuple[int, int]:
    inside = ((pieces.starts < span.end) & (pieces.ends > span.start)).nonzero()[0]
    return int(inside[0]), int(inside[-1]) + 1
