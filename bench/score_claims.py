"""Claims read against claims annotated to ``docs/claims.md``.

A claim that was read counts as found when an annotated one has the same harm, the same bounds and an overlapping
count expression of reasonable length; each may be used once. Sources and other worded slots agree when the
content words of one contain those of the other. Single people are scored apart from counts, because a report
that names thirty people would else outweigh ten that count them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.rows import LABELLED, WORDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.rows import ScoredClaim

KINDS = {
    "count": frozenset({"count", "vague", "zero"}),
    "digits": frozenset({"count", "zero"}),
    "individual": frozenset({"individual"}),
}
SLOTS = (*(slot for slot in WORDED if slot != "source"), *LABELLED)
HEAD = "place head"
"""What the share of places that share a head word is called among the slots (`same_head`)."""
MACRO = ("stance", "scope", "status")
DATED = ("date_from", "date_to")
LONGEST_SPAN = 100
LONGEST_SLOT = 15

# Words that say where in a place, or what it is; what is left of a place without them is its head.
_NO_HEADS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "in",
        "near",
        "of",
        "off",
        "on",
        "outside",
        "the",
        "to",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "north-eastern",
        "outskirts",
        "countryside",
        "city",
        "town",
        "village",
        "area",
        "district",
        "neighborhood",
        "neighbourhood",
        "suburb",
        "suburbs",
        "province",
        "governorate",
        "region",
        "state",
        "county",
        "camp",
    ]
)
_EMPTY_WORDS = frozenset({"the", "a", "an", "of", "s"})

Document = tuple["Sequence[ScoredClaim]", "Sequence[ScoredClaim]"]
"""The annotated and the read claims of one document."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1 between 0 and 1, rounded to three places."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Via:
    """How many matched claims should name who passed the figure on, and F1 over naming all of them."""

    gold: int
    f1: float


@dataclass(frozen=True, slots=True)
class KindScore:
    """The figures of one group of kinds; shares lie between 0 and 1, rounded to three places.

    Attributes:
        gold: How many claims were asked for.
        read: How many were read, without those that optional claims excuse.
        rates: Precision, recall and F1 of claims.
        attributed_f1: F1 where a claim must have the right source too.
        span_recall: Share of the annotated count expressions that some claim of the group touches.
        slots: Share of the matched claims with the right value, by slot.
        dated: The same for days, over the matched claims whose annotation has one.
        macro: Mean F1 over a slot's annotated values, by slot.
        via: Who passed the figure on.
    """

    gold: int
    read: int
    rates: Rates
    attributed_f1: float
    span_recall: float | None
    slots: dict[str, float]
    dated: dict[str, float | None]
    macro: dict[str, float | None]
    via: Via


@dataclass(frozen=True, slots=True)
class Comparison:
    """One document's claims of one group of kinds, laid side by side."""

    pairs: tuple[tuple[ScoredClaim, ScoredClaim], ...]
    missed: tuple[ScoredClaim, ...]
    spurious: tuple[ScoredClaim, ...]
    touched: int

    @property
    def gold(self) -> int:
        """How many claims were asked for."""
        return len(self.pairs) + len(self.missed)

    @property
    def read(self) -> int:
        """How many claims were read and not excused."""
        return len(self.pairs) + len(self.spurious)


@dataclass(slots=True)
class _Tally:
    pairs: list[tuple[ScoredClaim, ScoredClaim]] = field(default_factory=list)
    gold: int = 0
    read: int = 0
    touched: int = 0

    def add(self, compared: Comparison) -> None:
        self.pairs.extend(compared.pairs)
        self.gold += compared.gold
        self.read += compared.read
        self.touched += compared.touched


def score(documents: Iterable[Document]) -> dict[str, KindScore]:
    """Score documents together, for each group of `KINDS`."""
    tallies = {name: _Tally() for name in KINDS}
    for gold, read in documents:
        for name, kinds in KINDS.items():
            tallies[name].add(compare(gold, read, kinds))
    return {name: _figures(tally) for name, tally in tallies.items()}


def compare(gold: Sequence[ScoredClaim], read: Sequence[ScoredClaim], kinds: frozenset[str]) -> Comparison:
    """Lay the annotated and the read claims of `kinds` side by side.

    A read claim that matches only an optional claim, or one of another kind, is excused: neither right nor wrong.
    """
    asked = [claim for claim in gold if claim.kind in kinds and not claim.optional]
    allowed = [claim for claim in gold if claim.kind not in kinds or claim.optional]
    offered = [claim for claim in read if claim.kind in kinds]
    pairs, missed, left = _pair(asked, offered)
    _, _, spurious = _pair(allowed, left)
    touched = sum(any(claim.overlaps(other) for other in offered) for claim in asked)
    return Comparison(tuple(pairs), tuple(missed), tuple(spurious), touched)


def same_source(gold: ScoredClaim, read: ScoredClaim) -> bool:
    """Say whether the read source is one that the annotators accept."""
    return any(alike(value, read.slots.get("source")) for value in _accepted(gold, "source"))


def same_via(gold: ScoredClaim, read: ScoredClaim) -> bool:
    """Say whether the same passed a figure on, the nearest to the source first."""
    return len(gold.via) == len(read.via) and all(map(alike, gold.via, read.via))


def alike(gold: str | None, read: str | None) -> bool:
    """Say whether two wordings name the same thing: the content words of one contain those of the other.

    >>> alike("the Observatory for Human Rights", "Observatory"), alike("the army", "the navy"), alike(None, "")
    (True, False, True)
    """
    if not gold or not read:
        return not gold and not read
    ours, theirs = _content_words(gold), _content_words(read)
    if not ours or not theirs:
        return gold.strip().lower() == read.strip().lower()
    return len(read.split()) <= LONGEST_SLOT and (ours <= theirs or theirs <= ours)


def same_head(gold: str | None, read: str | None) -> bool:
    """Say whether two wordings of a place share a head word: "the town of Orlen" and "eastern Orlen" do.

    >>> same_head("the town of Orlen", "Orlen province"), same_head("Orlen", "Velmora"), same_head(None, None)
    (True, False, True)
    """
    if not gold or not read:
        return not gold and not read
    return alike(gold, read) or bool(_heads(gold) & _heads(read))


def _pair(
    gold: Sequence[ScoredClaim], read: Sequence[ScoredClaim]
) -> tuple[list[tuple[ScoredClaim, ScoredClaim]], list[ScoredClaim], list[ScoredClaim]]:
    """Match one to one in the order of `gold`; return pairs, unmatched gold and unmatched read claims."""
    left = list(read)
    pairs, missed = [], []
    for claim in gold:
        fitting = [index for index, other in enumerate(left) if _fits(claim, other)]
        if fitting:
            best = max(fitting, key=lambda index: _closeness(claim, left[index]))
            pairs.append((claim, left.pop(best)))
        else:
            missed.append(claim)
    return pairs, missed, left


def _fits(gold: ScoredClaim, read: ScoredClaim) -> bool:
    same = (gold.harm, gold.low, gold.high) == (read.harm, read.low, read.high)
    return same and read.end - read.start <= LONGEST_SPAN and gold.overlaps(read)


def _closeness(gold: ScoredClaim, read: ScoredClaim) -> int:
    return same_source(gold, read) + (read.slots.get("stance", "asserts") in _accepted(gold, "stance"))


def _accepted(gold: ScoredClaim, slot: str) -> list[str | None]:
    """Return the values that are right for a slot, the first annotator's first."""
    return [gold.slots.get(slot), *([gold.also[slot]] if slot in gold.also else [])]


def _content_words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - _EMPTY_WORDS


def _heads(place: str) -> set[str]:
    words = set(re.findall(r"[\w-]+", place.lower()))
    return words - _NO_HEADS or words


def _figures(tally: _Tally) -> KindScore:
    attributed = sum(same_source(gold, read) for gold, read in tally.pairs)
    return KindScore(
        gold=tally.gold,
        read=tally.read,
        rates=_rates(len(tally.pairs), tally.gold, tally.read),
        attributed_f1=_rates(attributed, tally.gold, tally.read).f1,
        span_recall=round(tally.touched / tally.gold, 3) if tally.gold else None,
        slots=_slots(tally.pairs) if tally.pairs else {},
        dated={slot: _accuracy_where_given(tally.pairs, slot) for slot in DATED},
        macro={slot: _macro(tally.pairs, slot) for slot in MACRO},
        via=_via(tally.pairs),
    )


def _accuracy_where_given(pairs: Sequence[tuple[ScoredClaim, ScoredClaim]], slot: str) -> float | None:
    given = [(gold, read) for gold, read in pairs if gold.slots.get(slot) is not None]
    return _slot_accuracy(given, slot) if given else None


def _slots(pairs: Sequence[tuple[ScoredClaim, ScoredClaim]]) -> dict[str, float]:
    heads = [any(same_head(one, read.slots.get("place")) for one in _accepted(gold, "place")) for gold, read in pairs]
    return {slot: _slot_accuracy(pairs, slot) for slot in SLOTS} | {HEAD: round(sum(heads) / len(pairs), 3)}


def _slot_accuracy(pairs: Sequence[tuple[ScoredClaim, ScoredClaim]], slot: str) -> float:
    def right(gold: ScoredClaim, read: ScoredClaim) -> bool:
        value = read.slots.get(slot)
        accepted = _accepted(gold, slot)
        return any(alike(one, value) for one in accepted) if slot in WORDED else value in accepted

    return round(sum(right(gold, read) for gold, read in pairs) / len(pairs), 3)


def _macro(pairs: Sequence[tuple[ScoredClaim, ScoredClaim]], slot: str) -> float | None:
    """Average F1 over the annotated values of a slot, so that a constant answer gains nothing."""
    labels = []
    for gold, read in pairs:
        accepted, value = _accepted(gold, slot), read.slots.get(slot)
        labels.append((value if value in accepted else accepted[0], value))
    wanted = [right for right, _ in labels]
    given = [value for _, value in labels]
    each = [
        _rates(sum(right == value == label for right, value in labels), wanted.count(label), given.count(label)).f1
        for label in sorted({right for right in wanted if right})
    ]
    return round(sum(each) / len(each), 3) if each else None


def _via(pairs: Sequence[tuple[ScoredClaim, ScoredClaim]]) -> Via:
    asked = sum(bool(gold.via) for gold, _ in pairs)
    given = sum(bool(read.via) for _, read in pairs)
    right = sum(bool(gold.via) and same_via(gold, read) for gold, read in pairs)
    return Via(asked, _rates(right, asked, given).f1)


def _rates(right: int, gold: int, read: int) -> Rates:
    precision = right / read if read else 0.0
    recall = right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Rates(round(precision, 3), round(recall, 3), round(f1, 3))
