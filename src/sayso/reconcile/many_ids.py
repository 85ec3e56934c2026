"""Ids of very many incidents in little memory: their bytes one after another, and where each ends."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import overload


class ManyIds:
    """Ids by their numbers, in the order in which they were added.

    >>> ids = ManyIds()
    >>> ids.add("i-1"), ids.add("i-22")
    (0, 1)
    >>> ids[1], len(ids)
    ('i-22', 2)
    """

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        """Return the id of a number from 0."""
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode("utf-8", "surrogatepass")

    def add(self, identity: str) -> int:
        """Add an id and return its number."""
        self._bytes += identity.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))
        return len(self) - 1


class SomeOf(Sequence[str]):
    """Some of many ids, four bytes each; each is made into words when it is asked for."""

    def __init__(self, ids: ManyIds, numbers: array[int]) -> None:
        self._ids, self._numbers = ids, numbers

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> SomeOf: ...
    def __getitem__(self, at: int | slice) -> str | SomeOf:
        """Return one of them, or several."""
        return SomeOf(self._ids, self._numbers[at]) if isinstance(at, slice) else self._ids[self._numbers[at]]
