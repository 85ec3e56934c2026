"""Which claims of one report tell one story: a report may speak of several events, and name others in passing.

`within.py` says what speaks for and against two claims being about one event, the weights in `grouping.toml` make a
likelihood of it, and what comes out is cut as stories of different reports are (`parts.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING

from sayso.incident.parts import parts
from sayso.incident.score import shipped
from sayso.incident.within import Turns, said, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sayso.events import Kept
    from sayso.incident.evidence import Evidence
    from sayso.incident.within import Said

_LONE = -1.0
"""The mean of log odds down to which a claim that stands alone, and says nothing of its own, goes with a story."""
_MOST = 200
"""Claims that are parted at once; a report with more is parted in stretches, since every two claims are compared."""
_PAIR = 2
"""Claims up from which there is something to compare."""


@dataclass(frozen=True, slots=True)
class Part:
    """The claims of one story, and how it stands to the report's other stories.

    Attributes:
        claims: The claims, in the order of the text.
        beside: The mean log odds that a claim of it and one of another story are of one event, by the id of the other
            story's first claim.
    """

    claims: tuple[Kept, ...]
    beside: Mapping[str, float]


def parted(claims: Sequence[Kept], text: str = "") -> list[Part]:
    """Part a report's claims into stories.

    Args:
        claims: The report's claims of single events, in the order of the text.
        text: The report's text; empty where it is not at hand.

    Returns:
        The stories by their first claim.
    """
    found: list[Part] = []
    for start in range(0, len(claims), _MOST):
        some = claims[start : start + _MOST]
        forms = [said(kept, text) for kept in some]
        scores = {pair: shipped().within.log_odds(one) for pair, one in _compared(forms, text)}
        groups = with_lone(parts(len(some), scores, shipped().within.least), scores, forms)
        found += [
            Part(
                tuple(some[number] for number in group),
                {some[other[0]].claim.id: _mean(scores, group, other) for other in groups if other is not group},
            )
            for group in groups
        ]
    return found


def compared(claims: Sequence[Kept], text: str) -> Iterator[tuple[tuple[int, int], Evidence]]:
    """Yield every two claims of a report by their numbers, with what speaks for and against their being of one event.

    Args:
        claims: The claims, in the order of the text.
        text: The report's text; empty where it is not at hand.
    """
    yield from _compared([said(kept, text) for kept in claims], text)


def _compared(forms: Sequence[Said], text: str) -> Iterator[tuple[tuple[int, int], Evidence]]:
    if len(forms) < _PAIR:
        return
    sentences = [one.claim.sentence for one in forms]
    first, last = min(one.end for one in sentences), max(one.start for one in sentences)
    turns = Turns(text, first, last)
    for a, b in combinations(range(len(forms)), 2):
        yield (a, b), within(forms[a], forms[b], turns)


def with_lone(
    groups: Sequence[list[int]], scores: Mapping[tuple[int, int], float], forms: Sequence[Said]
) -> list[list[int]]:
    """Put claims that stand alone with the likeliest story where their sentence tells of no other event.

    Such a claim ("Two of the dead were children") gives no day, no place, nothing that was hit and no turn to another
    event; by itself it would be an incident of which nothing is known.

    Args:
        groups: The stories, as numbers of claims.
        scores: The log odds of every two claims, the lower number first.
        forms: The claims in the form in which they are compared.

    Returns:
        The stories with what stood alone put to them, by their first claim.
    """
    stand = [list(group) for group in groups]
    for alone in [group for group in stand if len(group) == 1 and forms[group[0]].bare]:
        others = [group for group in stand if group is not alone]
        if not others or len(alone) > 1:
            continue
        best = max(others, key=lambda group: _mean(scores, alone, group))
        if _mean(scores, alone, best) > _LONE:
            best += alone
            stand = others
    return sorted(sorted(group) for group in stand)


def _mean(scores: Mapping[tuple[int, int], float], group: Sequence[int], other: Sequence[int]) -> float:
    pairs = [scores[min(a, b), max(a, b)] for a in group for b in other]
    return fsum(pairs) / len(pairs)
