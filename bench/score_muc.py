"""Killed and injured facts against the answer keys of MUC-4 (Sundheim 1992).

The keys record terrorist incidents only, so a reader of every casualty in the text is charged for what the keys
leave out: quote recall before precision. A key gives each number with its alternatives; totals over a template
excuse a prediction without counting as recall, and a key without a number makes one otherwise unmatched plural
prediction count neither way.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bench.facts import Fact

EFFECTS = ("killed", "injured")
_NEAR = 0.1

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Alternative:
    """One number that a key accepts: `low` to `high` (None: or more), roughly where `approximate`."""

    low: int
    high: int | None
    approximate: bool

    def accepts(self, fact: Fact) -> bool:
        """Say whether the numbers of `fact` are compatible with this alternative."""
        if self.approximate:
            return self._near(fact.low) and (fact.high is None or self._near(fact.high))
        if self.high is None or fact.high is None:
            return fact.low == self.low
        if self.low == self.high:
            return fact.low == fact.high == self.low
        return self.low <= fact.low and fact.high <= self.high

    def _near(self, number: int) -> bool:
        """Allow a tenth, and at least one, to either side."""
        top = self.low if self.high is None else self.high
        return self.low - max(1, self.low * _NEAR) <= number <= top + max(1, top * _NEAR)


@dataclass(frozen=True, slots=True)
class Keyed:
    """One fact or one total of the answer key.

    Attributes:
        effect: ``killed`` or ``injured``.
        alternatives: The numbers that are right; none where the key has no number.
        low: The lowest number of a fact, where it has one.
        high: The highest number of a fact, None where it is open.
        plural: The key says only that there were several.
        optional: The key accepts the fact but does not ask for it.
    """

    effect: str
    alternatives: tuple[Alternative, ...]
    low: int | None = None
    high: int | None = None
    plural: bool = False
    optional: bool = False

    @property
    def largest(self) -> int:
        """The largest number among the alternatives."""
        return max(one.low if one.high is None else one.high for one in self.alternatives)

    def accepts(self, fact: Fact) -> bool:
        """Say whether `fact` states this effect with one of these numbers."""
        return fact.effect == self.effect and any(one.accepts(fact) for one in self.alternatives)


@dataclass(frozen=True, slots=True)
class Key:
    """The answer key of one document: facts, and totals that excuse a prediction."""

    facts: tuple[Keyed, ...]
    sums: tuple[Keyed, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Figures of one effect or of both; rates lie between 0 and 1, not rounded.

    Attributes:
        asked: Facts that the keys ask for.
        found: Those of them that were read.
        read: Facts that were read and count.
        good: Those of them that are right or excused.
    """

    asked: int
    found: int
    read: int
    good: int

    @property
    def precision(self) -> float:
        """Share of the read facts that are right or excused."""
        return self.good / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        """Share of the facts asked for that were read."""
        return self.found / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class MucScore:
    """The figures of a set of documents.

    Attributes:
        docs: Documents scored.
        overall: Facts of both effects.
        by_effect: Facts of each effect.
        ignored: Read facts that count neither way.
        totals: Documents whose key has a number of killed.
        totals_in_range: Those of them whose read facts add up to a total that the key allows.
        silent: Documents whose key has nobody killed.
        silent_kept: Those of them for which nobody killed was read.
    """

    docs: int
    overall: Found
    by_effect: dict[str, Found]
    ignored: int
    totals: int
    totals_in_range: int
    silent: int
    silent_kept: int


def score(documents: Iterable[tuple[Key, Sequence[Fact]]], smallest: int = 1) -> MucScore:
    """Score the read facts of documents together.

    Args:
        documents: Each document's key and the facts read in it.
        smallest: Leave out facts of fewer people than this, on both sides.
    """
    n: Counter[str] = Counter()
    for key, read in documents:
        n["docs"] += 1
        _add_facts(n, key, read, smallest)
        _add_total(n, [fact for fact in key.facts if fact.effect == "killed"], read)
    by_effect = {effect: Found(*(n[f"{effect} {part}"] for part in _PARTS)) for effect in EFFECTS}
    overall = Found(*(sum(n[f"{effect} {part}"] for effect in EFFECTS) for part in _PARTS))
    return MucScore(
        n["docs"],
        overall,
        by_effect,
        n["ignored"],
        n["totals"],
        n["totals_in_range"],
        n["silent"],
        n["silent_kept"],
    )


_PARTS = ("asked", "found", "read", "good")


def _add_facts(n: Counter[str], key: Key, read: Sequence[Fact], smallest: int) -> None:
    mine = [fact for fact in read if max(fact.low, fact.high or 0) >= smallest]
    numbered = [fact for fact in key.facts if fact.alternatives and fact.largest >= smallest]
    asked = [fact for fact in numbered if not fact.optional]
    optional = [fact for fact in numbered if fact.optional]
    sums = [total for total in key.sums if total.largest >= smallest]
    unnumbered = [fact for fact in key.facts if fact.plural or not fact.alternatives]

    everyone = range(len(mine))
    found = _match(everyone, asked, lambda i, fact: fact.accepts(mine[i]))
    good = set(found)
    for excuses in (optional, sums):
        left = [i for i in everyone if i not in good]
        good |= _match(left, excuses, lambda i, fact: fact.accepts(mine[i]))
    left = [i for i in everyone if i not in good]
    ignored = _match(left, unnumbered, lambda i, fact: mine[i].effect == fact.effect and mine[i].low >= 2)

    n["ignored"] += len(ignored)
    n.update(f"{fact.effect} asked" for fact in asked)
    n.update(f"{mine[i].effect} found" for i in found)
    n.update(f"{mine[i].effect} good" for i in good)
    n.update(f"{mine[i].effect} read" for i in everyone if i not in ignored)


def _add_total(n: Counter[str], killed: Sequence[Keyed], read: Sequence[Fact]) -> None:
    """Check the document's total of killed people against the range that the key allows."""
    mine = [fact for fact in read if fact.effect == "killed"]
    asked = [fact for fact in killed if fact.alternatives and not fact.optional]
    if asked:
        lowest = sum(fact.low or 0 for fact in asked)
        highest = sum(map(_upper, killed))
        said_low, said_high = sum(fact.low for fact in mine), sum(fact.high or fact.low for fact in mine)
        n["totals"] += 1
        n["totals_in_range"] += bool(mine) and said_low <= highest and said_high >= lowest
    elif not killed:
        n["silent"] += 1
        n["silent_kept"] += not mine


def _upper(fact: Keyed) -> float:
    return math.inf if fact.plural or fact.high is None or not fact.alternatives else fact.high


def _match(mine: Iterable[int], keys: Sequence[_Key], fits: Callable[[int, _Key], bool]) -> set[int]:
    """Match as many of `mine` as possible one to one with `keys`; return the matched ones.

    Kuhn's algorithm for bipartite matching: each of `mine` in turn takes a free key, or moves an earlier one to
    another key that it fits as well. An item once matched stays matched.
    """
    owner: dict[int, int] = {}

    def place(item: int, tried: set[int]) -> bool:
        for index, key in enumerate(keys):
            if index not in tried and fits(item, key):
                tried.add(index)
                if index not in owner or place(owner[index], tried):
                    owner[index] = item
                    return True
        return False

    for item in mine:
        place(item, set())
    return set(owner.values())
