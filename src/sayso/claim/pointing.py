"""Who is the source of a claim, out of all who speak in the report: what the encoder makes of their words counts too.

The heads that tie words to a count see one window; a source is often named paragraphs away, and an account goes on, or
ends, without a word that says so. So the count and its sentence are held against every speaker of the report by a
product of vectors, beside what speaks for each (`sayso.claim.accounts`). The vectors are linear in what the heads that
tie words to counts give for each piece. The weights stand in ``pointing.npz`` of the model
(``training/fit_pointing.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.claim.heads import Heads
    from sayso.claim.judging import Option
    from sayso.records import Span

    Figures = NDArray[np.float32]

SINGLES = 4
"""Columns of the projection behind its three vectors: one of a speaker, and three of the report's own voice."""
_PLACES = 4
"""Decimals of a sum that are compared: the last digits of a product are not the same on every processor."""


@dataclass(frozen=True)
class Pointing:
    """What was fitted.

    Attributes:
        projection: A row for each figure of a piece and one that is added, `[673, 3 * width + 4]`. The columns: the
            vector of a count, of its sentence, of a speaker's words; then what speaks for a speaker by their words,
            and for the report's own voice by the count, by its sentence and by the sentence before.
        evidence: Weights of the evidence that `sayso.claim.accounts` gives.
    """

    projection: Figures
    evidence: Figures

    @classmethod
    def of(cls, arrays: Mapping[str, Figures]) -> Pointing:
        """Take the weights from the arrays of a model."""
        return cls(arrays["projection"], arrays["evidence"])

    @cached_property
    def width(self) -> int:
        """How many figures a vector has."""
        columns: int = self.projection.shape[1]
        return (columns - SINGLES) // 3

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """The weights of the evidence, as exact as it is."""
        return self.evidence.astype(np.float64)

    @cached_property
    def of_counts(self) -> Figures:
        """The columns that are asked of a count: its vector, and what it says for the report's own voice."""
        return self._columns(0, (-3,))

    @cached_property
    def of_sentences(self) -> Figures:
        """The columns that are asked of a sentence: its vector, and what it says of its own claims and of the next."""
        return self._columns(1, (-2, -1))

    @cached_property
    def of_speakers(self) -> Figures:
        """The columns that are asked of a speaker's words: their vector, and what they say by themselves."""
        return self._columns(2, (-SINGLES,))

    def _columns(self, vector: int, singles: tuple[int, ...]) -> Figures:
        own = self.projection[:, vector * self.width : (vector + 1) * self.width]
        return np.hstack([own, self.projection[:, singles]])


class Pointer:
    """Points from the claims of one report to their sources.

    Args:
        pointing: The weights.
        heads: What the heads say of the report.
    """

    def __init__(self, pointing: Pointing, heads: Heads) -> None:
        self._pointing = pointing
        self._heads = heads
        self._counts: dict[Span, Figures | None] = {}
        self._sentences: dict[Span, Figures | None] = {}
        self._speakers: dict[Span, Figures | None] = {}

    def choose(self, among: Sequence[Option], count: Span, sentence: Span, before: Span | None) -> Span | None:
        """Return the words with most evidence, or None for the report's own voice; the first of equals.

        Args:
            among: The speakers with what speaks for each.
            count: The count expression.
            sentence: Its sentence.
            before: The sentence before, if any.
        """
        width, pointing = self._pointing.width, self._pointing
        asked = self._projected(count, pointing.of_counts, self._counts)
        told = self._projected(sentence, pointing.of_sentences, self._sentences)
        earlier = None if before is None else self._projected(before, pointing.of_sentences, self._sentences)
        looking, own = np.zeros(width, dtype=np.float32), 0.0
        if asked is not None and told is not None:
            looking = asked[:width] + told[:width]
            own = float(asked[width] + told[width])
        if earlier is not None:
            own += float(earlier[width + 1])
        totals = (np.array([one.evidence for one in among]) @ pointing.weights).tolist()
        weights = []
        for option, total in zip(among, totals, strict=True):
            if option.span is None:
                weights.append(round(total + own, _PLACES))
                continue
            words = self._projected(option.span, pointing.of_speakers, self._speakers)
            said = 0.0 if words is None else float(looking @ words[:width] + words[width])
            weights.append(round(total + said, _PLACES))
        return among[weights.index(max(weights))].span

    def _projected(self, span: Span, columns: Figures, known: dict[Span, Figures | None]) -> Figures | None:
        """Return some columns of the projection for the words of a span; None where they were not read."""
        found = known.get(span)
        if found is None and span not in known:
            vector = self._heads.vector(span)
            found = known[span] = None if vector is None else vector @ columns[:-1] + columns[-1]
        return found
