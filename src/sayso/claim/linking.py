"""Triples out of the heads' figures: each cue picks its source and its content.

Spans alone do not say which belong together. So the cue heads find the cues, and every cue points: the link
figures give log-odds, for each piece, that it belongs to this cue's source or content. A run of pieces is taken
where the log-odds add up to more than a run costs (the best run is Kadane's maximum subarray), one run for a source
and up to three for a content, which may stand before and behind the words of saying and may nest in another.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from sayso.encoder import Cut, Pieced

    Figures = NDArray[np.float32]

Range = tuple[int, int]
SOURCE, CUE, CONTENT = 0, 1, 2
LINK_WIDTH = 64
LINK_BIAS = -2.0
"""Where link log-odds start from: few pieces of a window belong to any one cue."""
_CLEARLY = 0.01
"""By how much log-odds must speak against every span for none to be looked for: far more than their rounding."""
CLIP = 6.0
"""No single piece may outweigh a whole phrase."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was tuned; log-odds throughout.

    Attributes:
        cue: Added to the log-odds of a cue: higher finds more.
        source: Added to the log-odds of every piece of a source.
        content: The same for content.
        source_run: What a source must outweigh to be taken.
        content_run: What each run of a content must outweigh.
        runs: The most runs of one content.
        tag_share: How much the role's own head counts beside the link.
        same: Two cues with contents that overlap this much (Dice) are one broken-up cue.
        weights: How the evidence of a triple adds up to the log-odds that it is one: a constant, the cue's log-odds,
            the mean of the source's pieces, whether there is a source, the mean of the content's.
        sure: The least probability of a triple.
    """

    cue: float = 0.0
    source: float = 0.0
    content: float = 0.0
    source_run: float = 1.0
    content_run: float = 3.0
    runs: int = 3
    tag_share: float = 0.3
    same: float = 0.8
    weights: tuple[float, ...] = (0.0, 1.0, 0.0, 0.0, 0.0)
    sure: float = 0.0


@dataclass(frozen=True, slots=True)
class Read:
    """The heads' figures of one window, without its two marks.

    Attributes:
        cut: Which pieces it holds.
        tags: Logits of O, B, I for source, cue and content, `[n, 9]`.
        links: Link vectors, `[n, 256]`.
    """

    cut: Cut
    tags: Figures
    links: Figures


@dataclass(frozen=True, slots=True)
class Linked:
    """A triple as ranges of pieces, with what speaks for it and its probability."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    evidence: tuple[float, ...]
    probability: float


def triples(windows: Sequence[Read], settings: Settings) -> list[Linked]:
    """Return a text's attributions in the order of their cues."""
    if not windows:
        return []
    tags = np.concatenate([w.tags[w.cut.own - w.cut.start :] for w in windows]).reshape(-1, 3, 3)
    tags = tags - np.logaddexp.reduce(tags, axis=2, keepdims=True)
    inside = np.logaddexp(tags[:, :, 1], tags[:, :, 2]) - tags[:, :, 0]
    cuts = [w.cut for w in windows]
    vectors = [w.links.reshape(len(w.links), 2, 2, LINK_WIDTH) for w in windows]
    found = []
    for first, last in spans(tags[:, CUE], settings.cue):
        odds, offset = pointed(cuts, vectors, (first, last))
        wide = inside[offset : offset + odds.shape[1]]
        odds = np.clip(odds + settings.tag_share * wide[:, (SOURCE, CONTENT)].T, -CLIP, CLIP)
        odds[:, first - offset : last - offset] = -CLIP
        source = best_runs(odds[0] + settings.source, settings.source_run, 1)
        for start, end in source:
            odds[1, start:end] = np.minimum(odds[1, start:end], -1.0)
        content = best_runs(odds[1] + settings.content, settings.content_run, settings.runs)
        content = _without(content, (*source, (first - offset, last - offset)))
        if content:
            cue = float(np.clip(inside[first:last, CUE].max(), -CLIP, CLIP))
            evidence = (1.0, cue, _mean(odds[0], source), float(bool(source)), _mean(odds[1], content))
            probability = float(1 / (1 + np.exp(-np.dot(settings.weights, evidence))))
            found.append(
                Linked(_moved(source, offset), ((first, last),), _moved(content, offset), evidence, probability)
            )
    return [one for one in _merged(found, settings.same) if one.probability >= settings.sure]


def spans(tags: Figures, favour: float) -> Iterator[Range]:
    """Yield the spans of the best labelling (Viterbi over O, B, I; I only behind B or I).

    Args:
        tags: Log-probabilities of O, B, I, `[n, 3]`.
        favour: Added to B and I.
    """
    odds = tags + np.array([0.0, favour, favour], dtype=np.float32)
    begins, goes_on = (odds[:, 1:] - odds[:, :1]).T
    if begins.max() + np.maximum(goes_on, 0.0).sum() < -_CLEARLY:
        return  # as of most reports for one kind of span or the other
    rows = odds.tolist()
    # In plain floats: a step is too small a piece of work to call numpy for. The first of equals is taken throughout.
    outside, begin, inside = rows[0][0], rows[0][1], -inf
    back: list[tuple[int, int]] = []
    for to_outside, to_begin, to_inside in rows[1:]:
        open_, best = (1, begin) if begin >= inside else (2, inside)
        inside = best + to_inside
        if outside >= best:
            origin, best = 0, outside
        else:
            origin = open_
        back.append((origin, open_))
        outside, begin = best + to_outside, best + to_begin
    labels = [max((0, 1, 2), key=(outside, begin, inside).__getitem__)]
    for origin, open_ in reversed(back):
        labels.append(open_ if labels[-1] == 2 else origin)
    labels.reverse()
    start = None
    for i, label in enumerate([*labels, 0]):
        if start is not None and label != 2:
            yield start, i
            start = None
        if label == 1:
            start = i


def pointed(cuts: Sequence[Cut], vectors: Sequence[Figures], span: Range) -> tuple[Figures, int]:
    """Return the log-odds of the pieces that a span may point to, `[role, n]`, and the first piece's number.

    The window that first reads the span answers for what it holds; a later one, where the span stands in the
    context, for what comes behind.

    Args:
        cuts: Which pieces each window holds.
        vectors: For each window, the vectors of its pieces as they point and as they are pointed to,
            `[n, 2, role, width]`.
        span: The pieces that point.
    """
    at = bisect_right(cuts, span[0], key=lambda window: window.end)
    offset = cuts[at].start
    parts, end = [], offset
    for number in range(at, len(cuts)):
        window = cuts[number]
        if window.start > span[0]:
            break
        asking = vectors[number][span[0] - window.start : span[1] - window.start, 0]
        asked = vectors[number][max(end, window.start) - window.start :, 1]
        # The mean of the products is the product of the mean, taken without the checks of `ndarray.mean`, as below.
        asks = np.add.reduce(asking, axis=0) / np.float32(len(asking))
        odds = np.matmul(asked.transpose(1, 0, 2), asks[:, :, None])[:, :, 0]
        parts.append(odds / asking.shape[-1] ** 0.5 + LINK_BIAS)
        end = window.end
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1), offset


def best_runs(odds: Figures, cost: float, most: int) -> tuple[Range, ...]:
    """Return up to `most` runs that each add up to more than `cost`, best first found, in order of place."""
    left = odds.copy()
    taken: list[Range] = []
    while len(taken) < most:
        before = np.concatenate([[0.0], np.cumsum(left)])
        lowest = np.minimum.accumulate(before)
        end = int((before - lowest).argmax())
        if before[end] - lowest[end] <= cost:
            break
        start = int(before[: end + 1].argmin())
        taken.append((start, end))
        left[start:end] = -1e3
    return tuple(sorted(taken))


def best_run_of_each(rows: Figures) -> list[tuple[Range, ...]]:
    """Return for each row what ``best_runs(row, 0.0, 1)`` does, worked out for all rows together."""
    found: list[tuple[Range, ...]] = [()] * len(rows)
    rising = np.flatnonzero(np.maximum.reduce(rows, axis=1, initial=0.0) > 0.0)  # as few are
    if not len(rising):
        return found
    before = np.zeros((len(rising), rows.shape[1] + 1))
    before[:, 1:] = np.add.accumulate(rows[rising], axis=1)
    gains = before - np.minimum.accumulate(before, axis=1)
    for at, (number, end) in enumerate(zip(rising.tolist(), gains.argmax(axis=1).tolist(), strict=True)):
        if gains[at, end] > 0.0:
            found[number] = ((int(before[at, : end + 1].argmin()), end),)
    return found


def mean(values: Figures) -> float:
    """Return the mean of at least one value: `ndarray.mean` without its checks, which take ten times as long."""
    return float(np.add.reduce(values) / len(values))


def _without(runs: Sequence[Range], holes: Sequence[Range]) -> tuple[Range, ...]:
    """Cut holes out of runs: what is said goes round the words of saying, and does not hold them."""
    out = list(runs)
    for start, end in holes:
        parts = [((a, min(b, start)), (max(a, end), b)) for a, b in out]
        out = [part for pair in parts for part in pair if part[0] < part[1]]
    return tuple(out)


def _mean(odds: Figures, runs: Sequence[Range]) -> float:
    return float(np.concatenate([odds[start:end] for start, end in runs]).mean()) if runs else 0.0


def _moved(runs: tuple[Range, ...], offset: int) -> tuple[Range, ...]:
    return tuple((start + offset, end + offset) for start, end in runs)


def _merged(found: Sequence[Linked], same: float) -> Iterator[Linked]:
    """Join neighbours that say the same of the same source: one cue in two parts."""
    last: Linked | None = None
    for one in found:
        if last is not None and one.source == last.source and _dice(one.content, last.content) >= same:
            surer = max(last, one, key=lambda linked: linked.probability)
            last = replace(surer, source=last.source, cue=last.cue + one.cue, content=last.content)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _dice(one: tuple[Range, ...], other: tuple[Range, ...]) -> float:
    a = {i for run in one for i in range(*run)}
    b = {i for run in other for i in range(*run)}
    return 2 * len(a & b) / (len(a) + len(b))


def characters(pieced: Pieced, runs: Sequence[Range]) -> list[Range]:
    """Turn ranges of pieces into offsets of whole words in the text."""
    return [(int(pieced.starts[start]), int(pieced.ends[end - 1])) for start, end in runs]
