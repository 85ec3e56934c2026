"""Heaps: stories that hang together by joins, and are cut into events together; they stay small however many there are.

Stories hang together by strong joins, and by weaker ones where each is among the nearest of the other. By all weak
joins nearly everything would hang together in the end, and one report would cost the more the more there are. Where
even so more than `MOST` stories hang together, only stronger joins hold, and stronger ones still, until few enough do.
So a heap is a function of the joins alone, whatever the order in which they came, and to find it no more than some
hundreds of stories are looked at. What is left without end is one event told by very many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.incident.index import Index
    from sayso.incident.rulings import Rulings

MOST = 200
"""Stories of a heap, unless the strongest joins hold more."""
_STRONG, _NEAREST = 2.0, 6
"""Stories hang together by joins of log odds above the first, and by weaker ones above 0 where each is among so many
nearest of the other."""
_LEVELS = (0.0, _STRONG, 3.5, 5.0, 7.0)
"""Log odds above which joins hold, one after the other; the first with the condition on weak joins."""
_LAST = len(_LEVELS) - 1


class Heaps:
    """The heaps over an index of stories, as they are, and which of them were others before."""

    def __init__(self, index: Index, rulings: Rulings) -> None:
        self._index = index
        self._rulings = rulings
        self._nearest_before: dict[str, frozenset[str]] = {}
        self._forget()

    def _forget(self) -> None:
        self._nearest: dict[str, frozenset[str]] = {}
        self._next: dict[tuple[str, int], list[str]] = {}

    def rule(self, rulings: Rulings) -> None:
        """Hold what people ruled to belong together in one heap; `touch` the stories of what they ruled anew."""
        self._rulings = rulings

    def touch(self, story: str) -> None:
        """Remember how a story stands, before it or a join of it changes for the first time."""
        if story not in self._nearest_before:
            self._nearest_before[story] = self._nearest_now(story)

    def settle(self) -> None:
        """Take heaps as they are for what they were."""
        self._nearest_before.clear()
        self._forget()

    def unsettled(self) -> set[str]:
        """Return all stories that are touched, or stood in one heap with a story that is.

        What else stood in a heap of a touched story still hangs together with one, by joins that are as they were, and
        by no more than a heap's worth of stories: so the heaps before need not be remembered.
        """
        self._forget()
        touched = self._touched()
        found = set(touched)
        regions: dict[tuple[str, int], frozenset[str] | None] = {}
        for story in sorted(touched):
            for level in range(len(_LEVELS)):
                near = self._untouched_around(story, level, touched, regions)
                if near is not None:
                    found |= near
                    break
        return found

    def around(self, stories: Iterable[str]) -> Iterator[set[str]]:
        """Yield the heaps of some stories, each once, as joins were when `unsettled` was last asked for."""
        seen: set[str] = set()
        too_many: list[set[str]] = [set() for _ in _LEVELS]
        for story in sorted(stories):
            if story not in seen:
                heap = self._heap(story, too_many)
                seen |= heap
                yield heap

    def _heap(self, story: str, too_many: list[set[str]]) -> set[str]:
        """Return the heap of a story.

        Args:
            story: The story.
            too_many: By level, stories that are known to hang together with too many; more are added.
        """
        for level in range(_LAST):
            if story in too_many[level]:
                continue
            found = self._hanging_together(story, level, MOST)
            if len(found) <= MOST:
                return found
            too_many[level] |= found
        return self._hanging_together(story, _LAST, None)

    def _hanging_together(
        self, story: str, level: int, most: int | None, but: frozenset[str] | set[str] = frozenset()
    ) -> set[str]:
        """Return what hangs together with a story by joins of one level, or a few more than `most` of it."""
        found, waiting = {story}, [story]
        while waiting and (most is None or len(found) <= most):
            near = [one for one in self._holding(waiting.pop(), level) if one not in found and one not in but]
            found.update(near)
            waiting += near
        return found

    def _untouched_around(
        self, story: str, level: int, touched: set[str], regions: dict[tuple[str, int], frozenset[str] | None]
    ) -> set[str] | None:
        """Return the stories that hang together with one by untouched ones alone; None where they are too many."""
        most = None if level == _LAST else MOST
        found: set[str] = set()
        for one in self._holding(story, level):
            if one in touched or one in found:
                continue
            if (one, level) not in regions:
                region = frozenset(self._hanging_together(one, level, most, touched))
                fits = most is None or len(region) <= most
                regions.update(dict.fromkeys(((other, level) for other in region), region if fits else None))
            known = regions[one, level]
            if known is None:
                return None
            found |= known
            if most is not None and len(found) > most:
                return None
        return found

    def _touched(self) -> set[str]:
        """Return the stories that were touched, and those that one of them was, or is, among the nearest of."""
        found = {story for story in self._nearest_before if self._index.holds(story)}
        displaced: set[str] = set()
        for story in found:
            joins = self._index.joins(story)
            other_now = self._nearest_before[story] ^ self._nearest_now(story)
            displaced.update(one for one in other_now if 0 < joins.get(one, 0) <= _STRONG)
        return found | displaced

    def _holding(self, story: str, level: int) -> list[str]:
        """Return the stories that hang on one by its own joins of a level, or by people's word."""
        if (story, level) not in self._next:
            joins = self._index.joins(story)
            if level == 0:
                found = [one for one, odds in joins.items() if odds > _STRONG or self._hangs_weakly(story, one, odds)]
            else:
                found = [one for one, odds in joins.items() if odds > _LEVELS[level]]
            self._next[story, level] = [*found, *self._ruled_with(story)]
        return self._next[story, level]

    def _ruled_with(self, story: str) -> list[str]:
        if not self._rulings.mark:
            return []
        marks = {self._rulings.mark.get(claim) for claim in self._index.claim_ids(story)}
        claims = [claim for mark in marks if mark is not None for claim in self._rulings.claims(mark)]
        return sorted({mate for claim in claims if (mate := self._index.of_claim(claim)) is not None})

    def _hangs_weakly(self, a: str, b: str, odds: float) -> bool:
        return odds > 0 and b in self._nearest_now(a) and a in self._nearest_now(b)

    def _nearest_now(self, story: str) -> frozenset[str]:
        if story not in self._nearest:
            joins = self._index.joins(story)
            if len(joins) > _NEAREST:
                least = sorted(joins.values(), reverse=True)[_NEAREST - 1]
                joins = {other: odds for other, odds in joins.items() if odds >= least}
            self._nearest[story] = frozenset(sorted(joins, key=lambda other: (-joins[other], other))[:_NEAREST])
        return self._nearest[story]
