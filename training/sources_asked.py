"""What the weights of `sayso.claim.pointing` are fitted on: claims, who may be their source, and what encoders say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.score_claims import alike
from bench.sets import cut, fakes_set, gva_set
from sayso.claim.assemble import Assembly
from sayso.claim.claim_tagger import ClaimTagger
from sayso.claim.judging import choose
from sayso.claim.sentences import split
from sayso.records import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sayso.claim.propose import Judged, Proposed
    from sayso.encoder import Encoder
    from sayso.records import Span

    Figures = NDArray[np.float32]

OURS = "written"
"""The group of all reports that were written for training."""
AXIS = 0.5
"""The root mean square that a figure has along the axes."""
RIDGE = 1e-4
NAMED, TOLLS, MOST, OPENING = 12, 3, 90, 14
"""What two models are compared on: one in so many reports (registry of shootings, Syria), how many of each at most, and
how many sentences of each."""


@dataclass(frozen=True, slots=True)
class Question:
    """One claim with all who may be its source.

    Attributes:
        report: The report's id.
        group: The set it is of; `OURS` for all that were written for training.
        told: Means over the pieces of the count, its sentence and the sentence before, `[3, n]`.
        words: The same over the words of each option, zeros for the report's own voice.
        shown: The evidence of each option.
        right: Which of them are right.
        judged: Whether the judge alone is right.
    """

    report: str
    group: str
    told: Figures
    words: Figures
    shown: Figures
    right: Figures
    judged: bool


def questions(encoder: Encoder, kept: Iterable[dict[str, Any]]) -> Iterator[Question]:
    """Yield a question for each annotated claim that is found and asserted."""
    tagger = ClaimTagger(encoder)
    for one in kept:
        sentences = split(one["text"])
        proposals = tagger.propose(one["text"], sentences, "en")
        if proposals.judged is not None and proposals.claims:
            report = Report(
                one["id"], one["text"], outlet=one.get("outlet"), published=one.get("published"), language="en"
            )
            assembly = Assembly(report, sentences, proposals, "en")
            for proposed in assembly.proposed:
                claim = _annotated(assembly, proposed, one["claims"])
                if claim is not None:
                    yield _question(one, assembly, proposals.judged, proposed, claim)


def _annotated(assembly: Assembly, proposed: Proposed, gold: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the asserted claim of the annotators that a proposal is, if any."""
    span, count = assembly.count(proposed), proposed.harmed.mention.count
    wanted = (proposed.harmed.harm, count.low, count.high, count.kind == "individual", "asserts")
    for claim in gold:
        same = (claim["harm"], claim["low"], claim["high"], claim["kind"] == "individual", claim["stance"]) == wanted
        if same and not claim.get("optional") and claim["start"] < span.end and span.start < claim["end"]:
            return claim
    return None


def _question(
    report: dict[str, Any], assembly: Assembly, judged: Judged, proposed: Proposed, claim: dict[str, Any]
) -> Question:
    ruled, n = assembly.ruled(proposed), proposed.sentence
    text, among = assembly.text, assembly.sources(proposed, ruled, judged)
    before = assembly.sentences[n - 1].span if n else None
    places = [ruled.count, assembly.sentences[n].span, before, *(one.span for one in among)]
    vectors = [None if span is None else judged.heads.vector(span) for span in places]
    width = next(len(one) for one in vectors if one is not None)
    filled = np.array([np.zeros(width) if one is None else one for one in vectors], dtype=np.float32)
    alone = choose(assembly.options(proposed, ruled, "source", judged), judged.judging.roles["source"])

    def right(span: Span | None) -> bool:
        return alike(claim["source"], None if span is None else assembly.named(span, judged).of(text))

    return Question(
        report["id"],
        report.get("set", OURS),
        filled[:3],
        filled[3:],
        np.array([one.evidence for one in among], dtype=np.float32),
        np.array([right(one.span) for one in among], dtype=np.float32),
        right(alone),
    )


def pieces(encoder: Encoder, bench: Path) -> Iterator[Figures]:
    """Yield what an encoder says of the pieces of reports that no model was taught on."""
    named = cut(gva_set(bench / "gva" / "gva_train.jsonl"), "dev").items[::NAMED]
    tolls = cut(fakes_set(bench / "fakes" / "fakes_dev.jsonl"), "dev").items[::TOLLS]
    for report in (*(one.report for one in named[:MOST]), *(one.report for one in tolls[:MOST])):
        sentences = split(report.text)[:OPENING]
        encoded = encoder.encode(report.text, [(one.span.start, one.span.end) for one in sentences])
        if encoded.windows:
            yield encoded.output("claim_ties")[::2]


def axes(seen: Figures) -> tuple[Figures, Figures]:
    """Return axes along which figures spread, as columns, and their mean.

    Where they spread more they keep only the root of it: a few axes would else leave the others no say.
    """
    mean = seen.mean(axis=0)
    spread, columns = np.linalg.eigh(np.cov((seen - mean).T))
    kept = spread > spread.max() * 1e-6
    evened = spread[kept] ** -0.25
    return (columns[:, kept] * evened * AXIS / np.sqrt((spread[kept] * evened**2).mean())).astype(np.float32), mean


def mapped(before: Figures, after: Figures) -> Figures:
    """Return least-squares weights from figures to others, the last row what is added."""
    mean = before.mean(axis=0)
    apart = (before - mean).astype(np.float64)
    bend = apart.T @ apart
    bend += RIDGE * np.trace(bend) / len(bend) * np.eye(len(bend))
    slope = np.linalg.solve(bend, apart.T @ (after - after.mean(axis=0)))
    return np.concatenate([slope, [after.mean(axis=0) - mean @ slope]]).astype(np.float32)
