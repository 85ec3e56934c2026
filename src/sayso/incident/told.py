"""What the grouping works on: a report with its claims, and each story that the report tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.incident.terms import rarity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.events import Heading, Kept

Figure = tuple[int, int | None]
"""The lowest and highest number said; a highest of None is open ("at least 10")."""
Days = tuple[int, int]
"""The first and last possible day, as `datetime.date.toordinal` counts them."""
WIDE = 10
"""Days; a claim whose days are wider apart dates its story only where no other does."""
_TELLING = 4.0
"""How rare a word of a place's name must be to tell it from others."""


@dataclass(frozen=True, slots=True)
class Told:
    """One report as it comes to be grouped.

    Attributes:
        report: What is known of it.
        claims: Its claims in the order of the text.
        text: Its text, to which the claims' offsets point. Where it is not at hand, the claims' sentences stand in.
    """

    report: Heading
    claims: tuple[Kept, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a story happened, in the form in which places are compared.

    Attributes:
        id: GeoNames id, or None.
        name: The words for it, as in the report.
        town: The town that it is or lies in, folded; None where it is not known.
        region: The first-level region, folded.
        country: ISO 3166-1 alpha-2.
        at: Degrees north and east; None where it is not on the map.
        prec: UCDP's ``where_prec``.
        heads: The words of its name that tell it from other places, folded.
    """

    id: int | None
    name: str
    town: str | None
    region: str | None
    country: str | None
    at: tuple[float, float] | None
    prec: int | None
    heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Counted:
    """What a story says of how many people came to one harm, as far as it is no matter of what others say.

    Attributes:
        low: The lowest number; None where it may be of nobody, or hangs on whom others name (`sure`).
        high: The highest number; None where the story says none.
        sure: Last names of those whom it says for sure to have come to the harm, where these make the lowest number.
        named: Last names of all whom it names as having come to it.
        open: The highest of its figures that leave open how many more there are ("over 100").
        asserted: Whether anything of it is put forward.
        shot: Figures of the injured of which the words leave open who of them lived.
        none: Whether it says that nobody was killed.
    """

    low: int | None
    high: int | None
    sure: frozenset[str] | None
    named: frozenset[str]
    open: int | None
    asserted: bool
    shot: frozenset[int]
    none: bool


class _Room:
    """Room beside the fields of a record for what is worked out of them once; it is neither compared nor kept."""


@dataclass(frozen=True, slots=True)
class Story(_Room):
    """The claims of one report that speak of one event, with all that is compared when stories are put together.

    It says nothing of other reports, so that it can be kept, and what comes of stories depends on nothing but them.

    Attributes:
        id: The id of its first claim.
        report: The report's id.
        voice: The same for reports that print one text.
        published: The report's day, as `datetime.date.toordinal` counts; None where it is not known.
        claims: The ids of its claims, in the order of the text.
        days: When it happened by most of its claims; None where they do not say.
        other_days: Other days that its claims give.
        spots: Where it happened, by the number of claims that say so.
        figures: By harm, what is said of all its people, most often said first.
        harmed: Names of people harmed, folded.
        names: Other names in its passage: neighbouring words with capital letters, folded.
        words: The words of its passage with their weights; the squares of the weights add up to 1.
        core: The same of its claims' sentences alone.
        means: What it was done with, by the kinds of `means_kind`.
        by: The words that name who is said to have done it, folded.
        targets: What was hit or where people were, in common words such as ``bakery``, by the claims' sentences.
        hours: Between which hours of the day it happened by most of the claims that say so, from 0 to 24; an end beyond
            24 lies in the next day.
        beside: By the id of each other story of its report, the log odds that the two are of one event after all.
        outlet: The words of its outlet's name that tell it from others, folded: a mayor speaks of the mayor's town.
        counted: By harm that its claims speak of, what goes into the range of an incident.
    """

    id: str
    report: str
    voice: str
    published: int | None
    claims: tuple[str, ...]
    days: Days | None
    other_days: tuple[Days, ...]
    spots: tuple[Spot, ...]
    figures: Mapping[str, tuple[Figure, ...]]
    harmed: frozenset[str]
    names: frozenset[str]
    words: Mapping[str, float]
    core: Mapping[str, float]
    means: frozenset[str]
    by: frozenset[str]
    targets: frozenset[str] = frozenset()
    hours: tuple[float, float] | None = None
    beside: Mapping[str, float] = field(default_factory=dict)
    outlet: frozenset[str] = frozenset()
    counted: Mapping[str, Counted] = field(default_factory=dict)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of its passage, without their weights."""
        return frozenset(self.words)

    @cached_property
    def core_terms(self) -> frozenset[str]:
        """The terms of its claims' sentences, without their weights."""
        return frozenset(self.core)

    @cached_property
    def heads(self) -> frozenset[str]:
        """The words that tell any of its places from others."""
        return frozenset[str]().union(*(spot.heads for spot in self.spots))

    @cached_property
    def place_words(self) -> frozenset[str]:
        """The words of its first two places that tell them from others, with those of their towns."""
        words = (word for spot in self.spots[:2] for word in (*spot.heads, *(spot.town or "").split()))
        return frozenset(word for word in words if rarity(word) >= _TELLING)
