"""What the words say of the people counted beside their number: side, sex and age.

Only what the words say: "soldiers" says nothing of age, "students" neither, and of "women and children" each is only
a part.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sayso.events import Victims
from sayso.incident.actor_phrases import words_of
from sayso.incident.actors import NOTHING, Context

if TYPE_CHECKING:
    from sayso.events import Age, Sex
    from sayso.incident.actors import Actors
    from sayso.records import Claim

ADULT = 18
"""Years from which a person is no child (Convention on the Rights of the Child, article 1)."""

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]*)?(?!\s+(?:injur|wound|burn|cut))")
_AGE = re.compile(
    r"\b(?P<a>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[-\s](?P<unit>year|month|week|day)s?[-\s]old"
    r"|\baged?\s+(?P<b>\d{1,3})\b|\bof\s+(?P<c>\d{1,3})\s+years\b|,\s(?P<d>\d{1,3})$",
    re.IGNORECASE,
)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads(files("sayso.incident").joinpath("victim_words.toml").read_text(encoding="utf-8"))
    return {use: tuple(words) for use, words in table.items()}


def victims_of(claim: Claim, actors: Actors, context: Context = NOTHING) -> Victims:
    """Return what the words of a claim say of the people counted.

    Args:
        claim: The claim; its words for the victims and for the count are looked at, and nothing else.
        actors: Who is meant by names of sides.
        context: What else is known where the claim stands.

    Returns:
        The side only for people whom the words call fighters of one, since a nationality is no side.
    """
    counted = _lower(claim.text)
    said, plain = claim.text, counted
    if claim.victims is not None and not counted & {"other", "others", "another", "more"}:
        # Of "a woman and 22 others" the reader may take the woman for all of them; she is one.
        many = (claim.low or claim.high or 1) > 1
        said = f"{claim.victims} | {claim.text}"
        plain = counted | {word for word in _lower(claim.victims) if not (many and word in _words()["one"])}
    side = _side(claim, actors, context) if claim.status == "combatant" else None
    return Victims(side, _sex(plain), _age(plain, said))


def _lower(said: str) -> frozenset[str]:
    return frozenset(match[0].lower() for match in _WORD.finditer(said))


def _sex(words: frozenset[str]) -> Sex | None:
    female, male = bool(words.intersection(_words()["female"])), bool(words.intersection(_words()["male"]))
    if female == male or (female and words & {"children", "people", "civilians"}):
        return None
    return "female" if female else "male"


def _age(words: frozenset[str], said: str) -> Age | None:
    years = _years(said)
    if years is not None:
        return "adult" if years >= ADULT else "child"
    child, adult = bool(words.intersection(_words()["child"])), bool(words.intersection(_words()["adult"]))
    if child == adult:
        return None
    return "child" if child else "adult"


def _years(said: str) -> int | None:
    """Return the one age that the words give, in years; None where they give none or several on both sides of 18."""
    found = set()
    for match in _AGE.finditer(said):
        number = match["a"] or match["b"] or match["c"] or match["d"]
        years = int(number) if number.isdigit() else _words()["numbers"].index(number.lower()) + 1
        found.add(0 if (match["unit"] or "year").lower() != "year" else years)
    return min(found) if found and len({years >= ADULT for years in found}) == 1 else None


def _side(claim: Claim, actors: Actors, context: Context) -> str | None:
    if claim.victims is None:
        return None
    found = actors.resolve(claim.victims, Context(context.country, context.names, context.sentences, "perpetrator"))
    actor = found.actor
    if actor is None or not actor.body or (actor.kind != "armed_group" and len(words_of(claim.victims)) == 1):
        return None
    return actor.side
