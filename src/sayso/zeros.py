"""Whom a zero counts: everybody, a status or a side, or some people whom nobody counts apart.

"Nobody was killed" is 0 of all people of the event. "No civilians were killed" is 0 of civilians, "from our side
nobody is killed" 0 of the speaker's side; of the others neither says anything. "None of the six" and "no doctors" are 0
of people whom no toll counts apart. Incidents and counting rules ask this alike, so it belongs to no room.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Age, Kept, Sex

Extent = Literal["all", "kind", "rest", "some"]
"""How much of a group a zero counts.

``all``: all of it; ``kind``: one sort of fighters ("soldiers"), who are all of it where nobody speaks of another sort;
``rest``: those beside the people who are told of already ("no one else"); ``some``: too few of it for a toll.
"""

_OWN_PEOPLE = (
    r"(?:side|part|ranks?|troops|forces|army|military|soldiers|servicemen|personnel|units?|fighters|men|losses|"
    r"casualties|dead|wounded)\b"
)
_OWN = re.compile(
    r"\b(?:from|on|among|amongst|in|to|of|for)\s+(?:our|own|(?:its|their|his)\s+own)\s+(?:[\w-]+\s+){0,2}?"
    + _OWN_PEOPLE
    # "none of its soldiers", but not "none of its 18 staff"
    + r"|\b(?:none|not one|neither) of (?:our|its|their|his)\s+(?:own\s+)?" + _OWN_PEOPLE
    + r"|\b(?:our|own)\s+(?:losses|casualties|dead|wounded)\b"
    # "it suffered no losses", "we took no casualties"
    + r"|\b(?:we|it|they|(?:our|its|their)\s+(?:own\s+)?(?:side|army|forces?|troops|units?|fighters|soldiers))\s+"
    r"(?:(?:have|has|had)\s+)?(?:suffer|sustain|t[ao]k|took|incur|had)\w*\s+(?:no|zero)\b",
    re.IGNORECASE,
)  # fmt: skip
"""Words by which a party speaks of its own people."""
_NEAR = 60
"""Characters beside the words that count within which a party's own people are looked for."""
_SOME_OF = re.compile(r"\b(?:none|not one|neither) of\b", re.IGNORECASE)
_REST = re.compile(r"\b(?:else|others?|further|additional|more|new|another)\b", re.IGNORECASE)
_AFTER = 12
"""Characters behind the words that count within which "else" is looked for."""
_WORD = re.compile(r"\w+")


@cache
def _words(kind: str) -> frozenset[str]:
    """Return the words of a list in ``zero_words.toml``."""
    lists = tomllib.loads(resources.files(__package__).joinpath("zero_words.toml").read_text(encoding="utf-8"))
    return frozenset(lists[kind])


class Zero(NamedTuple):
    """Whom a zero counts; None stands for any.

    Attributes:
        status: ``civilian`` or ``combatant``.
        side: The side they belong to, as the list of actors names it.
        sex: ``female`` or ``male``.
        age: ``adult`` or ``child``.
        extent: How much of that group it counts.
    """

    status: Literal["civilian", "combatant"] | None = None
    side: str | None = None
    sex: Sex | None = None
    age: Age | None = None
    extent: Extent = "all"

    @property
    def of_everybody(self) -> bool:
        """Whether it says of all people of the event that none came to harm."""
        return self == Zero()


def zero(kept: Kept) -> Zero:
    """Return whom a claim that nobody was harmed counts.

    Args:
        kept: A claim of kind ``zero``.
    """
    claim, people = kept.claim, kept.victims
    words = _said(kept)
    of_fighters = bool(words & (_words("fighters") | _words("sorts")))
    status = None if claim.status == "mixed" or claim.status == "unknown" else claim.status  # noqa: PLR1714 - the form that mypy narrows by
    if claim.status == "unknown" and words & _words("civilians") and not of_fighters:
        status = "civilian"
    at = claim.start - claim.sentence.start
    after = kept.sentence[at : at + len(claim.text) + _AFTER]
    own = bool(_OWN.search(kept.sentence[max(0, at - _NEAR) : at + len(claim.text) + _NEAR]))
    side = people.side
    if own and side is None:
        side = kept.source.side if kept.source is not None else None
    group = Zero(status, side, people.sex, people.age)
    if (own and side is None) or (not own and _SOME_OF.search(claim.text)):
        return group._replace(extent="some")
    extent = _extent(words, group, claim.victims or "", both=claim.status == "mixed")
    return group._replace(extent="rest" if extent == "all" and _REST.search(f"{after} {claim.text}") else extent)


def is_none_of_some(kept: Kept) -> bool:
    """Say whether a claim says of some people alone that none of them came to harm, no figure of the rest."""
    return kept.claim.kind == "zero" and not zero(kept).of_everybody


def counts_against(none: Kept, other: Kept) -> bool:
    """Say whether a figure counts some of those of whom a zero says that none came to harm.

    Args:
        none: A claim of kind ``zero``.
        other: A claim that counts people.
    """
    found, status = zero(none), other.claim.status
    if found.extent == "rest":
        return False
    asked = ((found.side, other.victims.side), (found.sex, other.victims.sex), (found.age, other.victims.age))
    if any(own is not None and own != said for own, said in asked) or found.status not in {None, status}:
        return False
    return found.extent == "all" or same_sort(none, [other])


def _extent(words: set[str], group: Zero, victims: str, *, both: bool) -> Extent:
    """Return how much of a group the words for those counted leave in."""
    words = words - _words("anybody")
    if group.side is not None:
        # The name of their side tells them apart no further.
        words = words - {word.casefold() for word in _WORD.findall(victims) if word[:1].isupper()} - _words("sorts")
    if group.status == "civilian" or both:
        words = words - _words("civilians")
    if group.status == "combatant" or both:
        words = words - _words("fighters")
    if not words:
        return "all"
    return "kind" if group.status == "combatant" and words <= _words("sorts") else "some"


def same_sort(one: Kept, others: Iterable[Kept]) -> bool:
    """Say whether the people whom a zero counts are those whom other claims count, by the words for them."""
    own = _sort(one)
    return all(own & _sort(other) for other in others)


def _sort(kept: Kept) -> set[str]:
    return {word.removesuffix("s") for word in _said(kept) - _words("anybody")}


def _said(kept: Kept) -> set[str]:
    words = _WORD.findall(f"{kept.claim.text} {kept.claim.victims or ''}".casefold())
    return set(words) - _words("empty")
