"""What a claim's words state under one rule: two bounds, either of which may be open.

Every organisation reads "dozens" in its own way, so every rule names a table of ``vague_words.toml``; a word that its
table does not list is read as ``docs/claims.md`` reads it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sayso.records import Claim

Otherwise = Literal["as_read", "lower_bound", "left_out"]


class Figure(NamedTuple):
    """The least and the most that is stated; None is a bound that nobody stated, never 0."""

    low: int | None
    high: int | None

    def __str__(self) -> str:
        """Return the figure in words.

        >>> str(Figure(10, None)), str(Figure(None, 20)), str(Figure(30, 40)), str(Figure(0, 0))
        ('10 or more', 'up to 20', '30 to 40', 'none')
        """
        if self.low is None:
            return "no number" if self.high is None else f"up to {self.high:,}"
        if self.high is None:
            return f"{self.low:,} or more"
        if self.low != self.high:
            return f"{self.low:,} to {self.high:,}"
        return f"{self.low:,}" if self.low else "none"


@dataclass(frozen=True, slots=True)
class Words:
    """How a rule reads vague words.

    Attributes:
        name: The table's name.
        why: Where it comes from, in a sentence or two.
        numbers: The number that stands for a word, by the normal form in `Claim.phrase`.
        plurals: Words that are coded ``few`` or, in a country at war, ``few_in_war``.
        few: The number for these words.
        few_in_war: The same where there is war.
        otherwise: What becomes of a vague word that is not listed: ``as_read`` by docs/claims.md, ``lower_bound`` of
            that reading with the upper one open, or ``left_out``.
    """

    name: str
    why: str
    numbers: Mapping[str, int]
    plurals: frozenset[str]
    few: int
    few_in_war: int
    otherwise: Otherwise

    def read(self, claim: Claim, *, in_war: bool) -> Figure | None:
        """Return what a claim states, or None where the rule takes no number from its words.

        Args:
            claim: The claim.
            in_war: Whether it happened in a country at war, for tables that make a difference of it.
        """
        if claim.kind != "vague":
            return Figure(claim.low, claim.high)
        phrase = claim.phrase or "plural"
        number = self.numbers.get(phrase)
        if phrase in self.plurals:
            number = self.few_in_war if in_war else self.few
        if number is not None:
            return Figure(number, None if claim.high is None else max(number, claim.high))
        if self.otherwise == "left_out":
            return None
        return Figure(claim.low, None if self.otherwise == "lower_bound" else claim.high)


@cache
def tables() -> Mapping[str, Words]:
    """Return all tables of vague words by their names."""
    text = resources.files(__package__).joinpath("vague_words.toml").read_text(encoding="utf-8")
    return {
        name: Words(
            name,
            table["why"],
            table.get("numbers", {}),
            frozenset(table.get("plurals", ())),
            table.get("few", 0),
            table.get("few_in_war", 0),
            table["otherwise"],
        )
        for name, table in tomllib.loads(text).items()
    }


def span(figures: Iterable[Figure]) -> Figure:
    """Return the range of several figures, which is open at an end where the figure at that end is.

    "17" and "over 100" go from 17 upwards without an end: the higher of the two has none. "At least 17" and "30" go
    from 17 to 30: somebody gave a number at the upper end. A bound that nobody stated stays None.

    >>> span([Figure(17, 17), Figure(100, None), Figure(30, 40)])
    Figure(low=17, high=None)
    >>> span([Figure(17, None), Figure(30, 30)])
    Figure(low=17, high=30)
    >>> span([Figure(17, 17), Figure(None, 20)])
    Figure(low=17, high=20)
    """
    every = tuple(figures)
    lows = [one.low for one in every if one.low is not None]
    highs = [one.high for one in every if one.high is not None]
    open_above = [one.low for one in every if one.high is None and one.low is not None]
    open_below = [one.high for one in every if one.low is None and one.high is not None]
    low = min(lows, default=None)
    high = max(highs, default=None)
    if low is not None and open_below and min(open_below) <= low:
        low = None
    if high is not None and open_above and max(open_above) >= high:
        high = None
    return Figure(low, high)


def added(figures: Iterable[Figure]) -> Figure:
    """Return the sum of figures of different people.

    The lower bound is the sum of those that are stated, which holds whatever the others are; the upper bound is open as
    soon as one of them is. A sum of figures without any lower bound has none.

    >>> added([Figure(17, 17), Figure(60, None)]), added([Figure(3, 5), Figure(None, 2)])
    (Figure(low=77, high=None), Figure(low=3, high=7))
    """
    every = tuple(figures)
    lows = [one.low for one in every if one.low is not None]
    highs = [one.high for one in every if one.high is not None]
    return Figure(sum(lows) if lows else None, sum(highs) if highs and len(highs) == len(every) else None)
