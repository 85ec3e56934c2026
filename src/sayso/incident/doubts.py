"""What is said of people killed that may be of nobody, or of another event, and so bounds an event from above alone.

A report of one shooting tells of others beside it, and its reader takes some who were hurt for dead. Nobody knows
which of these it is, so such a figure widens the range down to 0 and never narrows it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from sayso.incident.slots import days_of
from sayso.zeros import Zero, zero

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.events import Kept

HURT = frozenset({"killed", "injured", "killed_or_injured"})
"""Harms of which one event is told."""
_DEATH = re.compile(
    r"\b(?:kill|murder|slain|slay|slew|dead|deadly|died?\b|dies\b|dying|death|fatal|deceased|homicid|manslaughter|suicid|"
    r"assassinat|execut|bod(?:y|ies)\b|corpse|remains\b|perish|drown|succumb|lifeless|massacr|slaughter|behead|martyr|"
    r"lynch|hang(?:ed|ing)\b|los(?:t|e|ing) (?:his|her|their) li(?:fe|ves)|passed away|did not survive|gunned down|"
    r"blown up|coroner|medical examiner|autops|morgue|mourn|funeral|buried|burial|memorial|victims? of)",
    re.IGNORECASE,
)
"""Words by which a sentence tells of a death."""
_NUMBER = r"(?:separate|several|two|three|four|five|six|different|unrelated)"
_EVENT = r"(?:incident|shooting|attack|killing|homicide|murder|slaying|crime|case)"
_EVENTS = r"(?:incidents|shootings|attacks|killings|homicides|murders|slayings|crimes|cases|scenes)"
SEVERAL = re.compile(
    rf"\b{_NUMBER} (?:\w+ ){{0,2}}{_EVENTS}\b|\bpair of (?:murders|homicides|killings|shootings)\b|"
    r"\bweekend(?:'s|’s)?\b.{0,40}\b(?:shootings|violence|homicides)\b",
    re.IGNORECASE,
)
"""Words by which a sentence tells of several events at once; its figure bounds that of each from above."""
_SPREAD = re.compile(
    rf"\b(?:overnight|weekend|citywide|city|side|recent|other|(?:spate|string|series|wave) of|"
    rf"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:'s|’s)?) (?:\w+ )?{_EVENTS}\b|"
    r"\b(?:shootings|homicides|killings|murders|slayings) (?:across|since|around|throughout)\b",
    re.IGNORECASE,
)
"""Words for several events of a town or of some days: "in overnight shootings", "South Side shootings since Friday"."""
_ELSEWHERE = re.compile(
    rf"\b(?:elsewhere|meanwhile|separate(?:ly)?|unrelated|retaliat\w+|also on \w+day|earlier (?:this|in the|on)|"
    rf"earlier \w+day|(?:in|of|to|about) (?:yet )?(?:another|an earlier|a previous|a prior) {_EVENT}|"
    rf"(?:years?|months?|weeks?|days) (?:ago|earlier|before)|last (?:week|month|year)|"
    rf"(?:comes?|came|follow(?:s|ed)) (?:\w+ ){{0,6}}(?:after|the (?:fatal|deadly|{_EVENT}|death|killing)))\b",
    re.IGNORECASE,
)
"""Words by which a sentence looks to another event: "a month before", "in an unrelated shooting", "came days after"."""


def sure(story: Sequence[Kept]) -> list[Kept]:
    """Return the claims of a story that say for sure that somebody was killed in its event.

    Left out is what no word of death stands beside ("the victims are ..."), what is dated days before the rest of the
    story, and what a sentence tells that looks to another event. Of a story that says of itself that it tells of
    several events ("in overnight shootings") none is sure.

    Args:
        story: The claims that one report makes of one event.
    """
    if any(_tells_several(kept.sentence) for kept in story if kept.claim.harm in HURT):
        return []
    told = [kept for kept in story if kept.claim.harm == "killed" and _DEATH.search(kept.sentence)]
    first = _day(story)
    return [kept for kept in told if not _is_before(kept, first) and not _ELSEWHERE.search(kept.sentence)]


def _tells_several(sentence: str) -> bool:
    return bool(SEVERAL.search(sentence) or _SPREAD.search(sentence))


def _day(story: Sequence[Kept]) -> int | None:
    """Return the first of the days that most of a story's claims give; of two given as often the later."""
    said = Counter(days for kept in story if kept.claim.harm in HURT and (days := days_of(kept.claim)))
    return max(said, key=lambda days: (said[days], days))[0] if said else None


def _is_before(kept: Kept, first: int | None) -> bool:
    """Say whether a claim is dated more than a day before the event; who is hurt may die days after it."""
    days = days_of(kept.claim)
    return days is not None and first is not None and days[1] < first - 1


def says_none(story: Sequence[Kept]) -> bool:
    """Say whether a story says that nobody was killed.

    Where it tells of no fighters, nobody is of no status but a civilian; "no civilians" says nothing of others.
    """
    if any(kept.claim.status in {"combatant", "mixed"} for kept in story):
        return False
    return any(
        kept.claim.harm == "killed"
        and kept.claim.kind == "zero"
        and _stands(kept)
        and zero(kept)._replace(status=None) == Zero()
        and "civilian" not in f"{kept.claim.text} {kept.claim.victims}".casefold()
        for kept in story
    )


def _stands(kept: Kept) -> bool:
    """Say whether a claim is put forward: not denied, and not rejected by a person."""
    return kept.claim.stance != "denies" and not (kept.ruling and kept.ruling.verdict == "rejected")
