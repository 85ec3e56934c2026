"""Weighs what the rules and the claim heads say, and decides: is this a claim, and which words fill its slots?

Every decision is a sum of evidence times weights that were fitted on reports kept from training
(``training/tune_judging.py``); the weights stand in ``model.json`` under ``judging``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from operator import mul
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sayso.claim.heads import COUNTED, FAVOURS, STANCES
from sayso.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sayso.claim.heads import Heads, Seen
    from sayso.records import Harm, Kind, Span, Stance

Value = TypeVar("Value", bound=str)
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)")
_RULED, _SAME, _BEFORE, _TIED, _GLADLY = 1, 2, 4, 8, 16
"""Why words are an option, as bits."""
ROLE_EVIDENCE = 12
"""How many figures speak for an option of `options`."""
_TAKEN = 0.5
_OPEN = "unknown"
_FAR = 8.0
_SURE = 6.0
_CERTAIN = 50.0


@dataclass(frozen=True, slots=True)
class Judging:
    """What was fitted.

    Attributes:
        counted: Weights of the evidence that people counted are a claim.
        single: The same for single people named.
        least: The least probability of a claim.
        favour: Added to the log-odds of every piece of a count expression: higher finds more.
        roles: For each slot, the weights of the evidence that words fill it.
        facets: For scope, status and stance, how much the rules' word counts beside the heads' probability.
    """

    counted: tuple[float, ...]
    single: tuple[float, ...]
    least: float
    favour: float
    roles: Mapping[str, tuple[float, ...]]
    facets: Mapping[str, float]


class Option(NamedTuple):
    """Words that may fill a slot, or None for no words, with what speaks for them; a tuple, since there are so many."""

    span: Span | None
    evidence: tuple[float, ...]


def evidence(
    harm: Harm, kind: Kind, seen: Seen, *, ruled: float | None, otherwise: bool, tagged: bool
) -> tuple[float, ...]:
    """Return what speaks for a claim.

    Args:
        harm: The harm that would have come to the people.
        kind: The kind of count.
        seen: What the heads make of the words.
        ruled: How often the pattern that found this claim is right; None where no pattern found it.
        otherwise: Whether a pattern found another harm for the same people.
        tagged: Whether the heads found the count expression by themselves.
    """
    layer = COUNTED.index("single" if kind == "individual" else "counted")
    inside = _clipped(seen.tagged[layer][0], _FAR) / 4
    odds = _clipped(_odds(seen.harms[HARMS.index(harm)]), _SURE) / 3
    by_rule = float(ruled is not None)
    return (
        1.0,
        by_rule,
        0.0 if ruled is None else _odds(ruled),
        inside,
        odds,
        float(tagged),
        by_rule * inside,
        by_rule * odds,
        float(otherwise),
        float(kind == "vague"),
        min(inside, odds),
    )


def probability(told: Sequence[float], weights: Sequence[float]) -> float:
    """Return the probability that evidence with these weights gives (a logistic sum)."""
    total = sum(a * b for a, b in zip(told, weights, strict=True))
    return 1 / (1 + exp(-_clipped(total, _CERTAIN)))


def options(  # noqa: PLR0913 - what a slot may be filled with, from the text, the heads and the rules
    text: str,
    heads: Heads,
    count: Span,
    role: str,
    ruled: Span | None,
    near: Sequence[tuple[Span, bool]],
    *,
    called: Callable[[Span], Span] | None = None,
) -> list[Option]:
    """List the words that may fill a slot of a claim, no words among them, with what speaks for each.

    Args:
        text: The report's text.
        heads: What the heads say of it.
        count: The count expression.
        role: One of `sayso.claim.heads.TIED`.
        ruled: What the rules would have.
        near: Other words to consider, each with whether it stands in the sentence of the count.
        called: Gives the name that words stand for; words of one name are one option.
    """
    named: dict[str | None, list[Span]] = {None: []}
    reasons: dict[str | None, int] = {None: 0}

    def add(span: Span | None, why: int) -> None:
        if span is None:
            reasons[None] |= why
            return
        name = named_alike((called(span) if called else span).of(text))
        reasons[name] = reasons.get(name, 0) | why
        spans = named.setdefault(name, [])
        if span not in spans:
            spans.append(span)

    add(ruled, _RULED)
    for span, same in near:
        add(span, _SAME if same else _BEFORE)
    for favour, why in zip(FAVOURS, (_TIED, _GLADLY), strict=True):
        add(next(iter(heads.ties(count, role, favour)), None), why)
    weights = [_heaviest(heads, count, role, spans) for spans in named.values()]
    most = max((weight[1] for weight in weights if weight is not None), default=-_FAR)
    return [
        Option(spans[0], _speaks(reasons[name], weight))
        if spans
        else Option(None, _speaks_for_none(reasons[name], most))
        for (name, spans), weight in zip(named.items(), weights, strict=True)
    ]


@lru_cache(maxsize=16384)
def named_alike(words: str) -> str:
    """Return what is the same for all wordings of a name that differ in article and capitals alone."""
    return _ARTICLE.sub("", words.lower())


def choose(among: Sequence[Option], weights: Sequence[float]) -> Span | None:
    """Return the words with most evidence; the first of equals."""
    return max(among, key=lambda one: weighed(one, weights)).span


def weighed(option: Option, weights: Sequence[float]) -> float:
    """Return how much speaks for an option."""
    return float(sum(map(mul, option.evidence, weights)))


def facet(values: Sequence[Value], ruled: Value, shares: Sequence[float], weight: float) -> Value:
    """Return the value that the rules' word, with its weight, and the heads' probabilities together favour.

    That rules leave a value open is no word for it.
    """
    return max(zip(values, shares, strict=True), key=lambda one: one[1] + weight * (one[0] == ruled != _OPEN))[0]


def stances(ruled: Collection[Stance], shares: Sequence[float], weight: float) -> set[Stance]:
    """Return the stances that are taken to one figure, at least one: it may be asserted and denied.

    Args:
        ruled: Those that the rules found.
        shares: The heads' probability of each of `STANCES`.
        weight: What the rules' word adds to a probability.
    """
    favoured = {s: share + weight * (s in ruled) for s, share in zip(STANCES, shares, strict=True)}
    taken = {stance for stance in STANCES if favoured[stance] >= _TAKEN}
    return taken or {max(STANCES, key=lambda stance: favoured[stance])}


def _speaks_for_none(why: int, most: float) -> tuple[float, ...]:
    """Return what speaks for no words; `most` is the highest log-odds of any."""
    ruled, tied = 1.0 if why & _RULED else 0.0, 1.0 if why & _TIED else 0.0
    return (1.0, ruled, tied, _clipped(most, _SURE) / 3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def _speaks(why: int, weight: tuple[float, float] | None) -> tuple[float, ...]:
    """Return what speaks for some words."""
    mean, highest = weight or (0.0, 0.0)
    return (
        0.0,
        0.0,
        0.0,
        0.0,
        1.0 if why & _RULED else 0.0,
        1.0 if why & _TIED else 0.0,
        1.0 if why & _GLADLY else 0.0,
        _clipped(mean, _FAR) / 4,
        _clipped(highest, _FAR) / 4,
        1.0 if weight is None else 0.0,
        1.0 if why & _SAME else 0.0,
        1.0 if why & _BEFORE else 0.0,
    )


def _heaviest(heads: Heads, count: Span, role: str, spans: Sequence[Span]) -> tuple[float, float] | None:
    best: tuple[float, float] | None = None
    for span in spans:
        weight = heads.weight(count, role, span)
        if weight is not None and (best is None or weight[1] > best[1]):
            best = weight
    return best


def _odds(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return log(share / (1 - share))


def _clipped(value: float, most: float) -> float:
    return min(max(value, -most), most)
