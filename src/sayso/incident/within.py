"""What speaks for and against two claims of one report being about one event, as figures by name."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sayso.incident.relations import SAYS_PART
from sayso.incident.slots import (
    actor_words,
    harmed_name,
    hours,
    hours_apart,
    ordinal,
    own_means,
    own_part,
    spot_of,
    targets,
    window,
)
from sayso.incident.spots import nearness
from sayso.incident.terms import fold, likeness, rarity, sentence_terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.events import Kept
    from sayso.incident.evidence import Evidence
    from sayso.incident.told import Days, Spot
    from sayso.records import Claim, Span

_NEXT = 300
"""Characters within which a claim follows another closely."""
_HOURS = 3
"""Hours between two parts of a day from which they count as two times."""
_AGO = 21
"""Days before a report from which what a claim dates counts as long ago."""
_FAR = 3
"""Days apart beyond which two days are far from each other."""
_ALIKE = 0.4
_WORD = re.compile(r"[^\W\d_]{3,}")
_PLAIN = 2.5
"""A word for people that is less rare than this ("people", "man") does not tell whom a figure counts."""
_REVISED = re.compile(
    r"\b(?:toll|rose|rise[sn]?|raised|climb\w*|bringing|brought|revis\w*|initial\w*|first report\w*|now|so far|up from|"
    r"earlier (?:report|figure|count|toll)\w*|more bodies|died (?:in hospital|of)|succumb\w*)\b",
    re.IGNORECASE,
)
"""Words by which a figure is said to have changed."""
_HEADING = re.compile(
    r"[\W_]*((?!(?:killed|dead|deaths?|fatalities|wounded|injured|injuries|missing|captured|abducted|"
    r"displaced|freed|rescued|detained|losses|casualties|toll|total)\b)[^\W\d_][^.:;]{2,60}): ",
    re.IGNORECASE,
)
"""What stands before the colon of an entry in a list; a clock is none, since a ticker tells of one event for hours."""
_PLACE = (
    r"(?:the (?:\w+ ){0,2}of )?"
    r"((?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b)[A-Z][\w'’-]+)"
)
_PLACED = re.compile(rf"\b(?:in|at|near|on|outside|of|from|around|to) {_PLACE}")
_OPENING = re.compile(
    r"[\W\d_]*(?:(?:And|Meanwhile) in|In|At|Near|From|Outside|Across|On|(?:North|South|East|West) of) "
    rf"{_PLACE}(?: [A-Z][\w'’-]+)*[,:]? "
)
_LISTED = 8
"""Places between two claims of a sentence that are looked at."""
_MOST_KEPT = 500
"""Sentences that are remembered, since the claims of one report share them."""
_PAST = "past"
"""The way of turning that is none in what somebody says."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What a sentence says, whichever of its claims is asked about.

    Attributes:
        places: The places that it names by "in", "near" and the like, folded, each with where it stands in it.
        turns: In which ways it turns to another event.
        turns_quoted: The same where somebody says it.
        in_part: Whether it counts some of others.
        revised: Whether it says that a figure changed.
        heading: What stands before a colon at its beginning.
        opening: The place with which it opens, folded.
    """

    places: tuple[tuple[int, str], ...]
    turns: frozenset[str]
    turns_quoted: frozenset[str]
    in_part: bool
    revised: bool
    heading: str
    opening: str


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in the form in which it is compared with others of its report.

    Attributes:
        claim: The claim.
        sentence: Its sentence.
        places: The places that its sentence names by "in", "near" and the like, folded, each with where it stands.
        part: The part of its sentence that it stands in.
        words: The terms of that part.
        paragraph: How many lines of the text come before it.
        days: Its first and last possible day.
        own_day: Whether its own sentence gives the day.
        hours: Between which hours it happened.
        spot: Where it happened.
        own_place: Whether its own sentence gives the place.
        name: The name of the person harmed.
        victims: The words that tell whom it counts.
        means: With what it was done.
        targets: What was hit.
        by: Words for who did it.
        turns: In which ways its sentence turns to another event.
        bare: Whether its sentence gives neither day nor place nor what was hit, and does not turn.
        long_ago: Whether its sentence dates it weeks before the report.
        in_part: Whether its sentence counts some of others.
        revised: Whether its sentence says that a figure changed.
        heading: What stands before a colon at the beginning of its sentence, as before an entry of a list.
        opening: The place with which its sentence opens, folded: "In Karachi, a lawyer was shot".
    """

    claim: Claim
    sentence: str
    places: tuple[tuple[int, str], ...]
    part: str
    words: Mapping[str, float]
    paragraph: int
    days: Days | None
    own_day: bool
    hours: tuple[float, float] | None
    spot: Spot | None
    own_place: bool
    name: str | None
    victims: frozenset[str]
    means: frozenset[str]
    targets: frozenset[str]
    by: frozenset[str]
    turns: frozenset[str]
    bare: bool
    long_ago: bool
    in_part: bool
    revised: bool
    heading: str
    opening: str


class Turns:
    """Where in a text words turn to another event, and in which ways.

    Args:
        text: The text; empty where it is not at hand.
        start: Where that begins which is asked about.
        end: Where it ends; the end of the text when left out.
    """

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        # No cue goes over the end of a line, so that whole lines need be looked through and no more.
        first = text.rfind("\n", 0, start) + 1
        last = len(text) if end is None or (found := text.find("\n", end)) < 0 else found
        asked = end is None or start < end
        self._at = {kind: [one.start() for one in cue.finditer(text, first, last)] for kind, cue in _cues() if asked}

    def between(self, start: int, end: int) -> frozenset[str]:
        """Return the ways in which the words between two offsets turn: ``other``, ``order``, ``back``, ``later``."""
        found = (kind for kind, at in self._at.items() if bisect_left(at, start) < bisect_left(at, end))
        return frozenset(kind for kind in found if kind != _PAST)


def said(kept: Kept, text: str = "") -> Said:
    """Bring a claim into the form in which it is compared.

    Args:
        kept: The claim.
        text: The report's text; empty where it is not at hand.
    """
    claim = kept.claim
    told, part = _sentence(kept.sentence), own_part(kept)
    turns = told.turns if claim.spans.cue is None else told.turns_quoted
    days, published = window(claim), ordinal(kept.report.published)
    own_day, own_place = (_gives(claim, span) for span in (claim.spans.date, claim.spans.place))
    hit = targets(part)
    return Said(
        claim=claim,
        sentence=kept.sentence,
        places=tuple((claim.sentence.start + start, place) for start, place in told.places),
        part=part,
        words=sentence_terms(part),
        paragraph=text.count("\n", 0, claim.start),
        days=days,
        own_day=own_day,
        hours=hours(claim),
        spot=spot_of(claim),
        own_place=own_place,
        name=harmed_name(claim),
        victims=frozenset(w for w in map(fold, _WORD.findall(claim.victims or "")) if rarity(w) >= _PLAIN),
        means=own_means(kept),
        targets=hit,
        by=frozenset(actor_words(kept)),
        turns=turns,
        bare=not (own_day or own_place or hit or turns or told.heading or told.opening),
        long_ago=bool(own_day and days and published and days[1] < published - _AGO),
        in_part=told.in_part,
        revised=told.revised,
        heading=told.heading,
        opening=told.opening,
    )


def within(a: Said, b: Said, turns: Turns) -> Evidence:
    """Return what speaks for and against two claims being about one event; what is 0 is left out.

    Args:
        a: The earlier claim.
        b: The later claim.
        turns: Where their report turns to other events.
    """
    found: Evidence = {"like": min(likeness(a.words, b.words), _ALIKE)}
    _nearby(found, a, b)
    _days(found, a, b)
    _places(found, a, b)
    _people(found, a, b)
    figures_differ = _figures(found, a, b)
    if a.claim.sentence != b.claim.sentence:
        kinds = b.turns | turns.between(a.claim.sentence.end, b.claim.sentence.start)
        found.update({f"turn_{kind}": 1 for kind in kinds})
        if kinds and figures_differ:
            found["turn_differs"] = 1
    if (a.long_ago or b.long_ago) and not (a.days and b.days):
        found["long_ago"] = 1
    return found


def _nearby(found: Evidence, a: Said, b: Said) -> None:
    if a.claim.sentence == b.claim.sentence:
        found["one_part" if a.part == b.part else "one_sentence"] = 1
        if _places_each(a, b):
            found["each_place"] = 1
        return
    if b.opening and b.opening not in a.sentence.casefold():
        found["opens_elsewhere"] = 1
    if a.heading and b.heading:
        found["headings"] = 1
    near = 0 <= b.claim.start - a.claim.end < _NEXT
    if near:
        found["next"] = 1
    if b.bare:
        found["bare"] = 1
        if near:
            found["bare_next"] = 1
    if a.paragraph == b.paragraph:
        found["paragraph"] = 1
    if a.claim.harm != b.claim.harm:
        found["other_harm"] = 1


def _places_each(a: Said, b: Said) -> bool:
    """Say whether a sentence names a place beside each of two claims, as lists do: "eleven in Karsk, six in Orvo"."""
    first, last = bisect_left(a.places, (a.claim.end, "")), bisect_left(a.places, (b.claim.start, ""))
    between = {word for _, word in a.places[first : min(last, first + _LISTED)]}
    before = {word for start, word in a.places[max(0, first - 1) : first] if start < a.claim.start}
    after = {word for _, word in a.places[last : last + 1]}
    return bool(between) and any(beside and not beside & between for beside in (before, after))


def _days(found: Evidence, a: Said, b: Said) -> None:
    if a.days is None or b.days is None:
        found["day_unknown"] = 1
        return
    own = a.own_day + b.own_day
    between = max(0, a.days[0] - b.days[1], b.days[0] - a.days[1])
    if between == 0:
        if own and a.hours and b.hours and hours_apart(a.hours, b.hours) >= _HOURS:
            found["hours_apart"] = 1
        exact = a.days == b.days or max(a.days[1] - a.days[0], b.days[1] - b.days[0]) <= 1
        found[f"day_same_{own}" if exact else "day_overlap"] = 1
    elif between == 1:
        found[f"day_next_{own}"] = 1
    else:
        found[f"day_other_{own}"] = 1
        if between > _FAR:
            found["day_far"] = 1


def _places(found: Evidence, a: Said, b: Said) -> None:
    if a.spot is None or b.spot is None:
        return
    near = nearness(a.spot, b.spot)
    found[f"at_{near}"] = 1
    if a.own_place and b.own_place and near in {"other", "apart"}:
        found["own_places"] = 1


def _people(found: Evidence, a: Said, b: Said) -> None:
    persons = (a.claim.kind == "individual") + (b.claim.kind == "individual")
    if persons:
        found["person" if persons == 1 else "persons"] = 1
    if a.claim.low == b.claim.low == 1:
        found["one_each"] = 1
    if a.name and b.name:
        found["name_same" if a.name == b.name else "name_differs"] = 1
    for name, one, other in (
        ("victims", a.victims, b.victims),
        ("means", a.means, b.means),
        ("targets", a.targets, b.targets),
        ("by", a.by, b.by),
    ):
        if one and other:
            found[f"{name}_same" if one & other else f"{name}_differ"] = 1


def _figures(found: Evidence, a: Said, b: Said) -> bool:
    """Compare figures; says whether two of one harm differ, whatever may explain it."""
    one, other = a.claim, b.claim
    if not one.low or not other.low or one.harm != other.harm:
        return False
    if (one.low, one.high) == (other.low, other.high):
        found["figure_same" if one.low > 1 else "one_same"] = 1
        return False
    if "individual" in {one.kind, other.kind}:
        return False
    if a.in_part or b.in_part:
        found["figure_part"] = 1
    elif fold(one.source or "") != fold(other.source or ""):
        found["figure_rival"] = 1
    else:
        found["figure_revised" if a.revised or b.revised else "figure_differs"] = 1
    return True


@lru_cache(maxsize=_MOST_KEPT)
def _sentence(sentence: str) -> _Sentence:
    """Say of a sentence what holds for all of its claims."""
    turns = frozenset(kind for kind, cue in _cues() if cue.search(sentence))
    here = turns - {_PAST}
    return _Sentence(
        places=tuple((one.start(1), fold(one[1])) for one in _PLACED.finditer(sentence)),
        turns=here | {"back"} if _PAST in turns else here,
        turns_quoted=here,
        in_part=SAYS_PART.search(sentence) is not None,
        revised=_REVISED.search(sentence) is not None,
        heading=found[1] if (found := _HEADING.match(sentence)) else "",
        opening=fold(found[1]) if (found := _OPENING.match(sentence)) else "",
    )


def _gives(claim: Claim, span: Span | None) -> bool:
    return span is not None and claim.sentence.holds(span)


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = tomllib.loads(files(__package__).joinpath("parting.toml").read_text("utf-8"))
    return tuple((kind, re.compile(rf"\b(?:{'|'.join(cues)})(?!\w)", re.IGNORECASE)) for kind, cues in table.items())
