"""Who-said-what triples against PolNeAR's (Newell, Margolin and Ruths 2018, LREC).

Only word tokens count, so quotation marks, commas and spaces never decide: a span is the set of the words it
touches. Within a document annotated and read triples are paired one to one, best-overlapping content first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.rows import Pieces, Triple

ROLES = ("source", "cue", "content")
DETECTED = 0.5
_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
_AFTER_HEAD = frozenset({"who", "which", "that", "of", "from", "in", "at", "for", "with", "on", "told"})

Words = frozenset[int]
"""A span as the indices of the words it touches."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotator's triples in a text, and the stretches they marked as not to be scored."""

    text: str
    triples: tuple[Triple, ...]
    discarded: Pieces = ()


@dataclass(frozen=True, slots=True)
class Percent:
    """Precision, recall and F1 in per cent, rounded to one place."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class SourceGiven:
    """How often the source is right, in per cent, over the detected contents whose annotation has a source."""

    n: int
    any: float
    head: float
    exact: float
    none_read: float


@dataclass(frozen=True, slots=True)
class AttributionScore:
    """The figures of a set of documents.

    Attributes:
        docs: Documents scored.
        words: Words in them.
        gold: Annotated triples with a content.
        read: Read triples with a content, without those in discarded stretches.
        content_exact: The same words as content.
        content_soft: Shared content words, as a share of each triple's own.
        detected: Contents that overlap by half or more (Dice).
        cue_exact: Cues with the same words, contents aside.
        cue_any: Cues that share a word, contents aside.
        triple_loose: Detected, with a shared cue word, and a shared source word or no source on either side.
        triple_strict: All three spans with the same words.
        source: How often the source is right.
        tokens: Words that carry each role in any triple, without pairing.
    """

    docs: int
    words: int
    gold: int
    read: int
    content_exact: Percent
    content_soft: Percent
    detected: Percent
    cue_exact: Percent
    cue_any: Percent
    triple_loose: Percent
    triple_strict: Percent
    source: SourceGiven
    tokens: dict[str, Percent]


@dataclass(frozen=True, slots=True)
class _Bag:
    """A triple as sets of words."""

    source: Words
    cue: Words
    content: Words


class _Text:
    """A text cut into words."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [match.span() for match in _WORD.finditer(text)]
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]

    def words(self, pieces: Pieces) -> Words:
        """Return the words that share a character with any of the pieces."""
        touched: set[int] = set()
        for start, end in pieces:
            if start < end:
                touched.update(range(bisect_right(self.ends, start), bisect_left(self.starts, end)))
        return frozenset(touched)

    def bag(self, triple: Triple) -> _Bag:
        return _Bag(self.words(triple.source), self.words(triple.cue), self.words(triple.content))

    def head(self, words: Words) -> int:
        """Guess the head of a noun phrase: the last word before a comma, a bracket or a trailing modifier."""
        first, *rest = sorted(words)
        head = first
        for word in rest:
            gap = self.text[self.ends[head] : self.starts[word]]
            if "," in gap or "(" in gap or self.text[self.starts[word] : self.ends[word]].lower() in _AFTER_HEAD:
                break
            head = word
        return head


@dataclass(slots=True)
class _Tally:
    counts: Counter[str] = field(default_factory=Counter)
    soft_precision: float = 0.0
    soft_recall: float = 0.0


def score(documents: Iterable[tuple[Annotated, Sequence[Triple]]]) -> AttributionScore:
    """Score the read triples of documents together."""
    tally = _Tally()
    for annotated, read in documents:
        _add(tally, annotated, read)
    return _figures(tally)


def _add(tally: _Tally, annotated: Annotated, read: Sequence[Triple]) -> None:
    text = _Text(annotated.text)
    gold_bags = [bag for bag in map(text.bag, annotated.triples) if bag.content]
    discarded = text.words(annotated.discarded)
    read_bags = [
        bag for bag in map(text.bag, read) if bag.content and 2 * len(bag.content & discarded) <= len(bag.content)
    ]
    n = tally.counts
    n.update(docs=1, words=len(text.starts), gold=len(gold_bags), read=len(read_bags))
    for gold, mine, overlap in _pair(gold_bags, read_bags):
        shared = len(gold.content & mine.content)
        tally.soft_precision += shared / len(mine.content)
        tally.soft_recall += shared / len(gold.content)
        n["exact"] += gold.content == mine.content
        n["strict"] += gold == mine
        if overlap >= DETECTED:
            _add_detected(n, text, gold, mine)
    _add_cues(n, [bag.cue for bag in gold_bags if bag.cue], [bag.cue for bag in read_bags if bag.cue])
    for role in ROLES:
        wanted = frozenset[int]().union(*(getattr(bag, role) for bag in gold_bags))
        given = frozenset[int]().union(*(getattr(bag, role) for bag in read_bags))
        n.update({f"{role} both": len(wanted & given), f"{role} gold": len(wanted), f"{role} read": len(given)})


def _add_detected(n: Counter[str], text: _Text, gold: _Bag, mine: _Bag) -> None:
    shares_source = bool(gold.source & mine.source)
    n["detected"] += 1
    n["loose"] += bool(gold.cue & mine.cue) and (shares_source or not (gold.source or mine.source))
    if gold.source:
        n.update(
            sourced=1,
            source_any=shares_source,
            source_head=text.head(gold.source) in mine.source,
            source_exact=gold.source == mine.source,
            source_none=not mine.source,
        )


def _add_cues(n: Counter[str], gold: list[Words], read: list[Words]) -> None:
    n.update(cue_gold=len(gold), cue_read=len(read), cue_exact=(Counter(gold) & Counter(read)).total())
    left = list(read)
    for cue in gold:
        touching = next((index for index, other in enumerate(left) if cue & other), None)
        if touching is not None:
            left.pop(touching)
            n["cue_any"] += 1


def _pair(gold: Sequence[_Bag], read: Sequence[_Bag]) -> Iterable[tuple[_Bag, _Bag, float]]:
    """Pair one to one by falling overlap of content, then of cue, then in order; yield each pair's overlap."""
    candidates = sorted(
        (-_dice(wanted.content, given.content), -_dice(wanted.cue, given.cue), i, j)
        for i, wanted in enumerate(gold)
        for j, given in enumerate(read)
        if wanted.content & given.content
    )
    gold_used: set[int] = set()
    read_used: set[int] = set()
    for overlap, _, i, j in candidates:
        if i not in gold_used and j not in read_used:
            gold_used.add(i)
            read_used.add(j)
            yield gold[i], read[j], -overlap


def _dice(one: Words, other: Words) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _figures(tally: _Tally) -> AttributionScore:
    n = tally.counts

    def overall(right: str) -> Percent:
        return _percent(n[right], n[right], n["gold"], n["read"])

    def share(right: str) -> float:
        return round(100 * n[right] / n["sourced"], 1) if n["sourced"] else 0.0

    return AttributionScore(
        docs=n["docs"],
        words=n["words"],
        gold=n["gold"],
        read=n["read"],
        content_exact=overall("exact"),
        content_soft=_percent(tally.soft_precision, tally.soft_recall, n["gold"], n["read"]),
        detected=overall("detected"),
        cue_exact=_percent(n["cue_exact"], n["cue_exact"], n["cue_gold"], n["cue_read"]),
        cue_any=_percent(n["cue_any"], n["cue_any"], n["cue_gold"], n["cue_read"]),
        triple_loose=overall("loose"),
        triple_strict=overall("strict"),
        source=SourceGiven(
            n["sourced"], share("source_any"), share("source_head"), share("source_exact"), share("source_none")
        ),
        tokens={
            role: _percent(n[f"{role} both"], n[f"{role} both"], n[f"{role} gold"], n[f"{role} read"]) for role in ROLES
        },
    )


def _percent(right_of_read: float, right_of_gold: float, gold: int, read: int) -> Percent:
    precision = right_of_read / read if read else 0.0
    recall = right_of_gold / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Percent(round(100 * precision, 1), round(100 * recall, 1), round(100 * f1, 1))
