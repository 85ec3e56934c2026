"""Does confidence mean something? How far it lies from the share of claims that are right, and where the errors lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.score_claims import KINDS, compare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.score_claims import Document

BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the confidence of the read counts compares with their being right.

    Attributes:
        claims: How many claims were read with a confidence.
        error: Expected calibration error over ten bins of equal width (Naeini et al. 2015): the mean distance between
            confidence and share right, weighted by claims; None without claims.
        least_fifth: The share of all wrong claims that the least confident fifth of the claims holds; None without any.
    """

    claims: int
    error: float | None
    least_fifth: float | None


def calibration(documents: Iterable[Document]) -> Calibration:
    """Compare confidence with being right, over counts and not over single people."""
    told: list[tuple[float, bool]] = []
    for gold, read in documents:
        compared = compare(gold, read, KINDS["count"])
        told += [(one.confidence, True) for _, one in compared.pairs if one.confidence is not None]
        told += [(one.confidence, False) for one in compared.spurious if one.confidence is not None]
    told.sort()
    if not told:
        return Calibration(0, None, None)
    off = 0.0
    for number in range(BINS):
        here = [one for one in told if min(int(one[0] * BINS), BINS - 1) == number]
        off += abs(sum(confidence for confidence, _ in here) - sum(right for _, right in here))
    wrong = sum(not right for _, right in told)
    least = sum(not right for _, right in told[: len(told) // 5])
    return Calibration(len(told), round(off / len(told), 3), round(least / wrong, 3) if wrong else None)
