"""Lists without the names of people harmed: what a claim about one person says of that person is left out.

A list is made to find something in, and travels further than the report it came from. Who needs the words opens one
claim, or asks for names.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Heading, Kept
    from sayso.records import Claim

LEFT_OUT = "[name]"
"""What stands where a name was left out."""

_PART = re.compile(r"[^\W\d_][\w'’-]+")


def names(claims: Iterable[Claim]) -> frozenset[str]:
    """Return the words that may be parts of the names of people harmed.

    Args:
        claims: All claims of one report, so that a name that one of them holds is known in the words of another.

    >>> from sayso.records import Claim
    >>> sorted(names([Claim("c", 0, 24, "Mira Olen, a cook of 34,", "killed", "individual", 1, 1, "exact", None)]))
    ['MIRA', 'Mira', 'OLEN', 'Olen']
    """
    said = (f"{claim.text} {claim.victims or ''}" for claim in claims if claim.kind == "individual")
    # Scripts without capitals have no small letters either.
    parts = {part for words in said for part in _PART.findall(words) if not part[0].islower()}
    return frozenset(parts | {part.upper() for part in parts})


def masked(words: str, hidden: frozenset[str]) -> str:
    """Return words with every run of parts of names as one mark.

    >>> masked("A shell killed Mira Olen and two others.", frozenset({"Mira", "Olen"}))
    'A shell killed [name] and two others.'
    """
    if not hidden:
        return words
    one = "(?:" + "|".join(re.escape(part) for part in sorted(hidden, key=lambda part: (-len(part), part))) + r")\b"
    return re.sub(rf"\b{one}(?:[\s.]+{one})*", LEFT_OUT, words)


def without_names(kept: Kept, hidden: frozenset[str]) -> Kept:
    """Return a claim as a list may show it; its spans and ids stay, and no longer slice to the words shown.

    Args:
        kept: The claim.
        hidden: What `names` found in the claims of its report.
    """
    claim = kept.claim
    if claim.kind == "individual":
        claim = replace(claim, text=LEFT_OUT, victims=None)
    if not hidden:
        return replace(kept, claim=claim)
    claim = replace(
        claim,
        source=_masked(claim.source, hidden),
        victims=_masked(claim.victims, hidden),
        trace=replace(claim.trace, link=None),  # it quotes the sentence
    )
    ruling = None if kept.ruling is None else replace(kept.ruling, why=_masked(kept.ruling.why, hidden))
    report, sentence = heading_without_names(kept.report, hidden), masked(kept.sentence, hidden)
    return replace(kept, claim=claim, report=report, sentence=sentence, ruling=ruling)


def heading_without_names(heading: Heading, hidden: frozenset[str]) -> Heading:
    """Return a report's heading as a list may show it."""
    return replace(heading, title=_masked(heading.title, hidden))


def _masked(words: str | None, hidden: frozenset[str]) -> str | None:
    return None if words is None else masked(words, hidden)
