"""Whose word a figure is: origins, not outlets.

Fifty papers that print one agency's report, and ten outlets that quote one ministry, are one origin. The origin of a
claim is the body or person it is credited to; where a report speaks in its own voice, the agency whose text it is; else
the one text that it and its copies print. So another outlet that passes the same word on never adds an origin.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.events import Kept, Relation


_WORD = re.compile(r"\w{2,}")


def origin(kept: Kept) -> str:
    """Return a key for whose word a claim is; equal keys are one origin.

    Sources that could not be told apart by name ("officials", "witnesses") count as one: two that look alike are not
    yet two.
    """
    if kept.source is not None:
        return f"actor {kept.source.id}"
    if kept.claim.source:
        return f"named {_plain(kept.claim.source)}"
    if kept.report.origin:
        return f"named {_plain(kept.report.origin)}"
    return f"text {kept.report.voice or kept.report.id}"


def origins(kept: Sequence[Kept], relations: Iterable[Relation]) -> Mapping[str, str]:
    """Return the origin of every claim by its id; a claim that repeats another has that one's.

    Args:
        kept: Claims.
        relations: How they stand to one another; those of kind ``repeats`` count.
    """
    known = _in_full(kept)
    repeats: dict[str, list[str]] = {}
    for relation in relations:
        if relation.kind == "repeats" and relation.claim in known and relation.other in known:
            repeats.setdefault(relation.claim, []).append(relation.other)
    return {claim: min(known[first] for first in _firsts(claim, repeats)) for claim in known}


def _in_full(kept: Sequence[Kept]) -> dict[str, str]:
    """Return the origin of every claim, with short forms taken for the source that the same text names in full.

    "The ministry" beside "Velmora's Ministry of Defence" is that ministry. Where it may be one of several, it is the
    one that gives the same number; where none of them does, it stays what it is.
    """
    known = {one.claim.id: origin(one) for one in kept}
    texts: defaultdict[str, defaultdict[frozenset[str], list[Kept]]] = defaultdict(lambda: defaultdict(list))
    for one in kept:
        texts[one.report.voice or one.report.id][_words(one)].append(one)
    for by_name in texts.values():
        for name, said in by_name.items():
            full = [one for other, some in by_name.items() if name < other for one in some] if name else []
            for one in said:
                if full and one.source is None:
                    known[one.claim.id] = _meant(one, full) or known[one.claim.id]
    return known


def _meant(one: Kept, full: Sequence[Kept]) -> str | None:
    """Return the origin that a short form stands for among claims of sources named in full, or None."""
    origins = {origin(other) for other in full}
    if len(origins) > 1:
        numbers = _numbers(one)
        origins = {origin(other) for other in full if numbers & _numbers(other)}
    return min(origins, default=None)


def _words(kept: Kept) -> frozenset[str]:
    names = (kept.claim.source, kept.source and kept.source.name)
    return frozenset(word for name in names if name for word in _WORD.findall(_plain(name)))


def _numbers(kept: Kept) -> set[int]:
    return {number for number in (kept.claim.low, kept.claim.high) if number is not None}


def _firsts(claim: str, repeats: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the claims at the end of the way from repeat to repeated; where that is a circle, all of its claims."""
    seen = {claim}
    todo = [claim]
    while todo:
        for other in repeats.get(todo.pop(), ()):
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return {one for one in seen if one not in repeats} or seen


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold().removeprefix("the ")
