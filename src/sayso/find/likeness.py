"""Whether two texts that may be copies are copies: how much wording they share, and how much of what it is about.

A sketch only says that two texts have runs of words in common. Two bulletins in one frame have, and so have two
reports with the same closing paragraph. So the texts themselves are laid side by side, by three measures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.find.compared import RUN

if TYPE_CHECKING:
    from sayso.find.compared import Compared

SHARED = 0.65
"""The share of the shorter text's words that must stand in long runs of the longer one."""

OF_LONGER = 0.2
"""The share of the longer text's words that the shared ones must make: a brief quoted in a feature is no copy of it."""

ABOUT = 0.6
"""The share of names and figures of the one with fewer that the other must have too; one may always be missing."""

FIGURES = 0.4
"""The same of figures alone, where there are at least `_FEWEST_FIGURES`: an update changes some, a bulletin all."""

_FEWEST_FIGURES = 4
_LONG_RUN = 8
"""Words in a row from which wording is shared and not only a phrase."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are; each a share between 0 and 1.

    Attributes:
        shared: Of the shorter one's words, those in runs of at least eight that stand in the other too.
        of_longer: The same words as a share of the longer one.
        about: Of the names and figures of the one with fewer, those that the other has.
        missing: How many of them the other lacks.
        figures: The same share for figures alone; 1 where there are too few to tell.
    """

    shared: float
    of_longer: float
    about: float
    missing: int
    figures: float

    @property
    def is_copy(self) -> bool:
        """Whether this is one text printed twice."""
        return (
            self.shared >= SHARED
            and self.of_longer >= OF_LONGER
            and (self.about >= ABOUT or self.missing <= 1)
            and self.figures >= FIGURES
        )


def are_copies(one: Compared, other: Compared) -> bool:
    """Say whether two texts are copies; quick where they are about different things."""
    fewer = one if len(one.about) < len(other.about) else other
    # No more members can be common than bits are, save for those of one text that fall on one bit.
    most = (one.mark & other.mark).bit_count() + len(fewer.about) - fewer.mark.bit_count()
    enough = min(ABOUT * len(fewer.about), len(fewer.about) - 1)
    return most >= enough and _common(one.about, other.about) >= enough and likeness(one, other).is_copy


def likeness(one: Compared, other: Compared) -> Likeness:
    """Measure how alike two texts are; the order in which they are given makes no difference."""
    words = sorted((len(one.runs) + RUN - 1, len(other.runs) + RUN - 1))
    # Each is measured against the other, since a repeated passage counts on one side only.
    shared = min(_covered(one.runs, other.runs), _covered(other.runs, one.runs))
    about, fewer = _common(one.about, other.about), min(len(one.about), len(other.about))
    figures, fewer_figures = _common(one.figures, other.figures), min(len(one.figures), len(other.figures))
    return Likeness(
        shared=min(1.0, shared / words[0]),
        of_longer=min(1.0, shared / words[1]),
        about=about / fewer if fewer else 1.0,
        missing=fewer - about,
        figures=figures / fewer_figures if fewer_figures >= _FEWEST_FIGURES else 1.0,
    )


def _common(one: Any, other: Any) -> int:  # noqa: ANN401 - arrays
    """Return how many members two arrays have in common."""
    return len(set(one.tolist()).intersection(other.tolist()))


def _covered(runs: Any, others: Any) -> int:  # noqa: ANN401 - arrays
    """Return how many words of one text stand in runs of at least `_LONG_RUN` that the other has."""
    theirs = set(others.tolist())
    met = np.fromiter((run in theirs for run in runs.tolist()), dtype=bool, count=len(runs))
    edges = np.flatnonzero(np.diff(np.concatenate(([False], met, [False]))))
    lengths = edges[1::2] - edges[::2] + RUN - 1
    return int(lengths[lengths >= _LONG_RUN].sum())
