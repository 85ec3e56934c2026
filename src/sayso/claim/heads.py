"""What the encoder's claim heads say of the pieces of a text: people counted, what came to them, and who says so."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sayso.claim.attribution_tagger import attributions
from sayso.claim.linking import CLIP, Range, best_run_of_each, best_runs, mean, pointed, spans
from sayso.claim.span_ends import SpanEnds
from sayso.records import HARMS, Scope, Span, Stance, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sayso.claim.linking import Settings
    from sayso.encoder import Encoded
    from sayso.records import Attribution

    Figures = NDArray[np.float32]

COUNTED = ("counted", "single")
"""The layers of count expressions: people counted, and single people named."""
SCOPES: tuple[Scope, ...] = ("incident", "cumulative")
STATUSES: tuple[Status, ...] = ("civilian", "combatant", "mixed", "unknown")
STANCES: tuple[Stance, ...] = ("asserts", "denies", "doubts")
FACETS: dict[str, tuple[str, ...]] = {"scope": SCOPES, "status": STATUSES}
"""What is one of several values."""
TIED = ("source", "rejecter", "via", "victims", "means", "perpetrator", "place")
"""The words that a count expression points to; a rejecter is the source that denies or doubts."""
_NUMBERS = {role: number for number, role in enumerate(TIED)}
TIE_WIDTH = 48
FAVOURS = (0.0, 1.5)
"""How readily words are tied to a count: once as the heads have it, once leaning to more."""
OUTPUTS = ("claim_tags", "claim_means", "claim_ties")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the heads say of one count expression.

    Attributes:
        tagged: Log-odds, by layer, that its pieces lie in a count expression: the mean, and the highest.
        harms: Probability of each of `HARMS`, given that it is one.
        facets: Probabilities by facet.
        stances: Probability that somebody takes each of `STANCES` to it; one figure may be asserted and denied.
    """

    tagged: tuple[tuple[float, float], ...]
    harms: tuple[float, ...]
    facets: dict[str, tuple[float, ...]]
    stances: tuple[float, ...]


class Pointed:
    """What one count expression points to, for all roles at once: they are asked for one after another.

    Args:
        odds: Log-odds by role and piece.
        offset: The number of the first piece.
    """

    def __init__(self, odds: Figures, offset: int) -> None:
        self.odds = odds
        self.offset = offset
        self._within = np.clip(odds, -CLIP, CLIP)
        self._clipped: dict[float, Figures] = {}
        self._runs: dict[float, list[tuple[Range, ...]]] = {}

    def clipped(self, favour: float) -> Figures:
        """Return the log-odds within bounds, with something added to every piece."""
        found = self._clipped.get(favour)
        if found is None:
            found = self._clipped[favour] = self._within + favour
        return found

    def first_runs(self, favour: float) -> list[tuple[Range, ...]]:
        """Return for each role the best run of pieces that adds up to more than nothing, if any."""
        if favour not in self._runs:
            # Those that are asked for one after another are worked out together.
            favours = FAVOURS if favour in FAVOURS else (favour,)
            runs = best_run_of_each(np.concatenate([self.clipped(one) for one in favours]))
            roles = len(self.odds)
            self._runs |= {one: runs[at * roles : (at + 1) * roles] for at, one in enumerate(favours)}
        return self._runs[favour]


class Heads:
    """The heads' figures for one text.

    Args:
        encoded: The text as the encoder read it.
        linking: How the attribution heads' figures become triples.
        text: The text, so that no span cuts a word.
        language: The language that it is in, so that none cuts a name.
    """

    def __init__(self, encoded: Encoded, linking: Settings, text: str, language: str = "en") -> None:
        self._text = text
        self._span_ends = SpanEnds(text, language)
        self._encoded = encoded
        self._linking = linking
        self._unit_starts = [start for start, _ in encoded.pieces.units]
        self._known: dict[Range, Pointed] = {}
        self._asked: Span | None = None
        self._answer: Pointed | None = None
        self._phrases: dict[Range, Span | None] = {}
        self.pieces = encoded.pieces
        self._starts, self._ends = encoded.pieces.starts.tolist(), encoded.pieces.ends.tolist()
        tags = encoded.output("claim_tags").reshape(-1, len(COUNTED), 3)
        self._tags = tags - np.logaddexp.reduce(tags, axis=2, keepdims=True)
        self._inside = np.logaddexp(self._tags[:, :, 1], self._tags[:, :, 2]) - self._tags[:, :, 0]
        self._means = encoded.output("claim_means")
        self._cuts = [w.cut for w in encoded.windows]
        self._ties = [w.outputs["claim_ties"].reshape(-1, 2, len(TIED), TIE_WIDTH) for w in encoded.windows]

    @cached_property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who said what, casualty or not, by the attribution heads."""
        return attributions(self._encoded, self._linking)

    def tagged(self, favour: float) -> Iterator[tuple[int, Span]]:
        """Yield the count expressions that the heads find: the layer and the words.

        Args:
            favour: Added to the log-odds of every piece: higher finds more.
        """
        for layer in range(len(COUNTED)):
            for first, last in spans(self._tags[:, layer], favour):
                yield layer, self._words(first, last)

    def seen(self, span: Span) -> Seen | None:
        """Say what the heads make of any count expression; None where it lies outside of what was encoded."""
        at = self._range(span)
        if at is None:
            return None
        inside, means = self._inside[at[0] : at[1]], self._means[at[0] : at[1]]
        means = np.add.reduce(means, axis=0) / np.float32(len(means))
        tagged = tuple((mean(inside[:, k]), max(inside[:, k].tolist())) for k in range(len(COUNTED)))
        facets, start = {}, len(HARMS)
        for name, values in FACETS.items():
            logits = means[start : start + len(values)]
            facets[name] = tuple(np.exp(logits - np.logaddexp.reduce(logits)).tolist())
            start += len(values)
        return Seen(tagged, _chances(means[: len(HARMS)]), facets, _chances(means[start:]))

    def ties(self, span: Span, role: str, favour: float = 0.0, most: int = 1) -> tuple[Span, ...]:
        """Return the words that a count expression points to for a role, in text order.

        Args:
            span: The count expression.
            role: One of `TIED`.
            favour: Added to the log-odds of every piece: higher finds more.
            most: How many runs of words at most.
        """
        pointing = self._pointing(span)
        if pointing is None:
            return ()
        number = _NUMBERS[role]
        runs = (
            pointing.first_runs(favour)[number] if most == 1 else best_runs(pointing.clipped(favour)[number], 0.0, most)
        )
        found: list[Span] = []
        for run in runs:
            first, last = self._within_sentence(run, pointing.clipped(favour)[number], pointing.offset)
            phrase = self._phrase(first + pointing.offset, last + pointing.offset)
            if phrase is not None and not any(phrase.overlaps(other) for other in found):
                found.append(phrase)
        return tuple(found)

    def _phrase(self, first: int, last: int) -> Span | None:
        """Return whole words for some pieces, put right at their ends: many counts point to the same ones."""
        pieces = (first, last)
        if pieces not in self._phrases:
            self._phrases[pieces] = self._span_ends.mended(self._words(first, last))
        return self._phrases[pieces]

    def _within_sentence(self, run: Range, odds: Figures, offset: int) -> Range:
        """Return a run, cut down to the sentence that holds most of its evidence."""
        first = bisect_right(self._unit_starts, run[0] + offset)
        last = bisect_left(self._unit_starts, run[1] + offset)
        if first == last:
            return run
        cuts = [run[0], *(start - offset for start in self._unit_starts[first:last]), run[1]]
        return max(itertools.pairwise(cuts), key=lambda part: float(odds[part[0] : part[1]].sum()))

    def weight(self, span: Span, role: str, words: Span) -> tuple[float, float] | None:
        """Return the mean and the highest log-odds that given words fill a role; None where they are out of reach."""
        pointing, other = self._pointing(span), self._range(words)
        if pointing is None or other is None:
            return None
        offset = pointing.offset
        here = pointing.odds[_NUMBERS[role], max(0, other[0] - offset) : max(0, other[1] - offset)]
        return (mean(here), max(here.tolist())) if len(here) else None

    def vector(self, span: Span) -> Figures | None:
        """Return the mean of what ties are made of, over the pieces of some words; None where they were not read."""
        at = self._range(span)
        if at is None:
            return None
        rows = self._encoded.rows("claim_ties", *at)
        vector: Figures = np.add.reduce(rows, axis=0) / np.float32(len(rows))
        return vector

    def _pointing(self, span: Span) -> Pointed | None:
        """Return what a count expression points to; the last one is kept, since it is asked for role after role."""
        if span is not self._asked:
            at = self._range(span)
            self._asked, self._answer = span, None if at is None else self._pointed(at)
        return self._answer

    def _pointed(self, at: Range) -> Pointed:
        """Ask once for all roles of a count expression."""
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = Pointed(*pointed(self._cuts, self._ties, at))
        return known

    def _range(self, span: Span) -> Range | None:
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, span.end)
        return (first, last) if first < last else None

    def _words(self, first: int, last: int) -> Span:
        """Return the words that some pieces are of, whole."""
        start, end = self._starts[first], self._ends[last - 1]
        while start > 0 and self._text[start - 1 : start + 1].isalnum():
            start -= 1
        while end < len(self._text) and self._text[end - 1 : end + 1].isalnum():
            end += 1
        return Span(start, end)


def _chances(odds: Figures) -> tuple[float, ...]:
    return tuple((1 / (1 + np.exp(-odds))).tolist())
