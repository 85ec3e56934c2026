"""Which claim of a new reading stands where one of the old reading stood. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sayso.records import Span

How = str
"""``same`` (the claim's id), ``overlap`` (one text, equal harm, count spans that share a character), or ``words``
(another text, where the words and the harm are equal and no other claim has them)."""


@dataclass(frozen=True, slots=True)
class Version:
    """An entry of a report.

    Attributes:
        number: The entry's number.
        id: Its id.
        time: When it was first written.
        text_sha256: Hash of the text.
        text: The text that claims on it point into.
    """

    number: int
    id: str
    time: str
    text_sha256: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class ClaimAt:
    """A claim as one entry has it.

    Attributes:
        number: The entry's number.
        claim: The claim's id in ledgers.
        version: The report's entry that it points into.
        harm: What befell the people.
        span: The count expression.
        words: The words there.
        sentence: The words of the sentence around it.
        confidence: How likely the reader holds it to be a claim; None where it does not say, or a person added it.
        places: By what names its place is found.
    """

    number: int
    claim: str
    version: Version
    harm: str
    span: Span
    words: str
    sentence: str
    confidence: float | None = None
    places: tuple[str, ...] = ()


Pair = tuple[ClaimAt, ClaimAt, How]


def successors(old: Sequence[ClaimAt], new: Sequence[ClaimAt]) -> list[Pair]:
    """Pair old claims with those that succeed them; each claim is in one pair at most.

    Args:
        old: Claims of an earlier reading, and claims that people added.
        new: Claims of the reading that takes their place.

    Returns:
        Old claim, new claim, and how they were found to belong together. Where several fit, the pair that shares most
        characters goes first.
    """
    pairs: list[Pair] = []
    left_old, left_new = list(old), list(new)
    for how, found in (("same", _same), ("overlap", _overlapping), ("words", _sentences), ("words", _words)):
        paired = list(found(left_old, left_new))
        pairs += [(before, after, how) for before, after in paired]
        taken = {at for pair in paired for at in pair}
        left_old = [at for at in left_old if at not in taken]
        left_new = [at for at in left_new if at not in taken]
    return pairs


def _same(old: Sequence[ClaimAt], new: Sequence[ClaimAt]) -> Iterator[tuple[ClaimAt, ClaimAt]]:
    by_id = {at.claim: at for at in new}
    for at in old:
        if at.claim in by_id:
            yield at, by_id[at.claim]


def _overlapping(old: Sequence[ClaimAt], new: Sequence[ClaimAt]) -> Iterator[tuple[ClaimAt, ClaimAt]]:
    ordered = sorted(new, key=lambda at: at.span.start)
    starts = [at.span.start for at in ordered]
    longest = max((at.span.end - at.span.start for at in ordered), default=0)
    fits = [
        (_shared(a, b), a.span.start, b.span.start, a, b)
        for a in old
        for b in ordered[bisect_left(starts, a.span.start - longest) : bisect_left(starts, a.span.end)]
        if a.harm == b.harm and a.span.overlaps(b.span) and a.version.text_sha256 == b.version.text_sha256
    ]
    taken: set[ClaimAt] = set()
    for _, _, _, a, b in sorted(fits, key=lambda fit: (-fit[0], fit[1], fit[2])):
        if a not in taken and b not in taken:
            taken |= {a, b}
            yield a, b


def _shared(a: ClaimAt, b: ClaimAt) -> int:
    return min(a.span.end, b.span.end) - max(a.span.start, b.span.start)


def _sentences(old: Sequence[ClaimAt], new: Sequence[ClaimAt]) -> Iterator[tuple[ClaimAt, ClaimAt]]:
    return _unique(old, new, lambda at: (at.harm, at.words, at.sentence))


def _words(old: Sequence[ClaimAt], new: Sequence[ClaimAt]) -> Iterator[tuple[ClaimAt, ClaimAt]]:
    return _unique(old, new, lambda at: (at.harm, at.words))


def _unique(
    old: Sequence[ClaimAt], new: Sequence[ClaimAt], key: Callable[[ClaimAt], tuple[str, ...]]
) -> Iterator[tuple[ClaimAt, ClaimAt]]:
    """Pair claims of different texts where nothing else could be meant."""
    times_old, times_new = Counter(map(key, old)), Counter(map(key, new))
    by_key = {key(at): at for at in new}
    for at in old:
        other = by_key.get(key(at))
        if other is None or times_old[key(at)] != 1 or times_new[key(at)] != 1:
            continue
        if at.version.text_sha256 != other.version.text_sha256:
            yield at, other
