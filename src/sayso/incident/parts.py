"""Cuts what hangs together into events: stories are brought together pair by pair, the likeliest first.

Average linkage over log odds (a greedy form of correlation clustering, Bansal and others 2004): two groups come
together while the mean over all pairs between them is high enough. So one wrong join does not draw two events into one,
as it would if whatever hangs together by single joins were taken for one event. The result depends on the pairs alone.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Pair = tuple[int, int]


class _Groups:
    """Groups of units, numbered by their first, with the sum of the scores between every two of them."""

    def __init__(self, sizes: Sequence[int], scores: Mapping[Pair, float]) -> None:
        self.members = {number: [number] for number in range(len(sizes))}
        self.size = dict(enumerate(sizes))
        self.sums: dict[int, dict[int, float]] = {number: {} for number in self.members}
        for (a, b), score in scores.items():
            self.sums[a][b] = self.sums[b][a] = score

    def above(self, least: float, unit: int) -> Iterator[tuple[float, int, int]]:
        """Yield the other groups that a group stands above a mean with: the mean below 0, and both, lower first."""
        size, own = self.size, self.size[unit]
        for other, score in self.sums[unit].items():
            mean = score / (own * size[other])
            if mean > least:
                yield (-mean, unit, other) if unit < other else (-mean, other, unit)

    def stands(self, a: int, b: int, mean: float) -> bool:
        """Say whether two groups still stand beside each other with a mean."""
        score = self.sums[a].get(b) if a in self.sums else None
        return score is not None and score / (self.size[a] * self.size[b]) == mean

    def unite(self, a: int, b: int) -> None:
        """Bring `b` into `a`."""
        self.members[a] += self.members.pop(b)
        self.size[a] += self.size.pop(b)
        for other, score in self.sums.pop(b).items():
            del self.sums[other][b]
            if other != a:
                self.sums[a][other] = self.sums[other][a] = self.sums[a].get(other, 0.0) + score


def parts(
    count: int,
    scores: Mapping[Pair, float],
    least: float,
    together: Iterable[Pair] = (),
    are_apart: Callable[[list[int], list[int]], bool] = lambda _a, _b: False,
) -> list[list[int]]:
    """Cut units into groups.

    Args:
        count: How many units there are; they are numbered from 0 in an order that depends on nothing but them.
        scores: The log odds that two units belong together, the lower number first; 0 for pairs that are left out.
        least: The mean of log odds down to which two groups come together.
        together: Pairs that belong together whatever their score, by a person's word.
        are_apart: Says of the members of two groups whether they must not come together: by a person's word, or
            because they hold two events of one data set.

    Returns:
        The groups, each in order, by their first unit.
    """
    groups = _Groups([1] * count, scores)
    for a, b in sorted(together):
        first, second = sorted((_group_of(groups, a), _group_of(groups, b)))
        if first != second:
            groups.unite(first, second)
    # Of each group the likeliest pair waits, and when that was looked at the next: the others are mostly out of date by
    # then. A pair is in the row of that of its groups which changed last, and where none did, of the first.
    rows = {a: sorted((one for one in groups.above(least, a) if one[1] == a), reverse=True) for a in groups.sums}
    waiting = [(*row.pop(), a) for a, row in rows.items() if row]
    heapify(waiting)
    while waiting:
        negative, a, b, row = heappop(waiting)
        if groups.stands(a, b, -negative) and not are_apart(groups.members[a], groups.members[b]):
            groups.unite(a, b)
            del rows[b]
            rows[a] = sorted(groups.above(least, a), reverse=True)
            row = a
        if rows.get(row):
            heappush(waiting, (*rows[row].pop(), row))
    return sorted(sorted(members) for members in groups.members.values())


def _group_of(groups: _Groups, unit: int) -> int:
    return next(number for number, members in groups.members.items() if unit in members)
