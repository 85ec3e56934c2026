"""The shipped encoder: sentences in, hidden states and the heads' figures for every word piece out.

A text is read in windows of whole sentences, up to 128 pieces, each with up to two sentences before it for context.
Every window is one call of the model, never a batch, so what a report gives does not depend on its neighbours.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.problems import SaysoError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

LONGEST = 128
"""Pieces in a window, its two marks included."""
_ROOM = LONGEST - 2
_UNIT = 94
_CONTEXT = 2


@dataclass(frozen=True, slots=True)
class Pieced:
    """A text as word pieces.

    Attributes:
        ids: Each piece's number in the vocabulary.
        starts: Where each piece begins in the text, in code points.
        ends: Where it ends, exclusive.
        units: Sentences as ranges of pieces; a sentence too long for a window is several.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    units: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A window as ranges of pieces: `start` to `own` is context, `own` to `end` is read for the first time."""

    start: int
    own: int
    end: int


def pieces(tokenizer: Tokenizer, text: str, sentences: Sequence[tuple[int, int]]) -> Pieced:
    """Cut the sentences of a text into word pieces.

    Args:
        tokenizer: Turns a string into pieces with offsets.
        text: The whole text.
        sentences: Start and end of each sentence in the text, in order.
    """
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    units: list[tuple[int, int]] = []
    for start, end in sentences:
        encoded = tokenizer.encode(text[start:end], add_special_tokens=False)
        first = len(ids)
        ids += encoded.ids
        offsets += [(start + a, start + b) for a, b in encoded.offsets]
        units += [(at, min(at + _UNIT, len(ids))) for at in range(first, len(ids), _UNIT)]
    bounds = np.array(offsets, dtype=np.int64).reshape(-1, 2)
    return Pieced(np.array(ids, dtype=np.int64), bounds[:, 0], bounds[:, 1], tuple(units))


def cut(units: Sequence[tuple[int, int]]) -> Iterator[Cut]:
    """Cut a text's units into windows: two units of context where they fit, then as many new ones as fit.

    Args:
        units: Ranges of pieces, in order and without gaps, none longer than a window.
    """
    at = 0
    while at < len(units):
        own, end = units[at]
        start = own
        for before in reversed(range(max(0, at - _CONTEXT), at)):
            if end - units[before][0] > _ROOM:
                break
            start = units[before][0]
        while at < len(units) and units[at][1] - start <= _ROOM:
            end = units[at][1]
            at += 1
        yield Cut(start, own, end)
