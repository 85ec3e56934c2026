"""Which place holds which by the words between them: "Ridley, Ohio", "Ohio's Ridley", "Orlen in north Velmora"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.claim.place_words import place_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.gazetteer import Entry
    from sayso.claim.place_text import Candidate

_WIDE = ("country", "region", "area")
_POSSESSIVE = re.compile(r"['\u2019]?[sS] (?:(?:north|south|east|west)\w*(?:ern)? |central )?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?P<mark>[,(]?)\s*(?P<words>(?:[^\W\d_][\w-]*\s+)*)")
LONGEST = 48  # characters between a place and what holds it


def find_holder(text: str, candidates: Sequence[Candidate], at: int) -> int | None:
    """Return which candidate holds the one at `at` by the words between them, or None."""
    one = candidates[at]
    if one.kind == "adjective":
        return None
    if at and _POSSESSIVE.fullmatch(text[candidates[at - 1].end : one.start]):
        return at - 1 if candidates[at - 1].entries and may_lie_in(one, candidates[at - 1]) else None
    behind = one
    for ahead in range(at + 1, min(at + 4, len(candidates))):
        holder = candidates[ahead]
        if holder.kind == "adjective" or not holds(text[behind.end : holder.start]):
            return None
        wide = any(entry.kind in _WIDE for entry in holder.entries)
        near = one.kind in ("facility", "unknown") and holder.kind != "weak"
        if holder.entries and (wide or holder.noun or near):
            plainly = wide and " in " in text[behind.end : holder.start]
            return ahead if plainly or may_lie_in(one, holder) else None
        if holder.kind in ("unknown", "weak") and not holder.entries and " in " in text[behind.end : holder.start]:
            return ahead  # "Orlen in Velmora", neither of which is known
        behind = holder
    return None


def holding(holder: Candidate) -> tuple[Entry, ...]:
    """Return what a candidate may be where it holds another: a country, region or area if it can be one."""
    wide = tuple(entry for entry in holder.entries if entry.kind in _WIDE)
    return wide or holder.entries


def told_once(candidates: Sequence[Candidate], held: Sequence[int | None]) -> dict[str, int]:
    """Return what holds each name that is said at least once to lie somewhere, and nowhere else."""
    told: dict[str, int] = {}
    mixed: set[str] = set()
    for one, holder in zip(candidates, held, strict=True):
        if holder is not None and one.kind != "facility":
            first = told.setdefault(one.name.lower(), holder)
            if {e.country for e in candidates[first].entries}.isdisjoint(e.country for e in candidates[holder].entries):
                mixed.add(one.name.lower())
    return {name: holder for name, holder in told.items() if name not in mixed}


def holds(between: str) -> bool:
    """Say whether the words between two names make the second the container of the first.

    >>> holds(", "), holds(" in the northern "), holds(", the capital of "), holds(" and "), holds(", activists in ")
    (True, True, True, False, False)
    """
    found = _BETWEEN.fullmatch(between.lower()) if between.strip() and len(between) < LONGEST else None
    if found is None:
        return False
    words = found["words"].split()
    listed = place_words()
    return bool(found["mark"] or "in" in words or "of" in words) and all(
        word in listed.holding | listed.modifiers | listed.directions or listed.kind_of(word) for word in words
    )


def lies_by(between: str) -> bool:
    """Say whether the words between two names only say where the first lies: in the second, or beside it.

    >>> lies_by(" in "), lies_by(" a rebel-held town east of "), lies_by(" near "), lies_by(" and ")
    (True, True, True, False)
    """
    near = place_words().near
    words = ["in" if word in near else word for word in between.lower().split()]
    return between[:1] in {" ", ","} and holds(" ".join(["", *words, ""]))


def may_lie_in(one: Candidate, holder: Candidate) -> bool:
    """Say whether `one` may lie in `holder`: some entry does, or it is a place that the gazetteer may well not hold."""
    lands = {entry.country for entry in holder.entries}
    known = [entry for entry in one.entries if entry.kind != "adjective"]
    small = all(entry.kind == "city" and entry.population < 20_000 for entry in known)
    return small or any(entry.country in lands for entry in known)
