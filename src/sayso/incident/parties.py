"""Who is said to have done it, and by whose word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Actor, Kept

_WEAPON = re.compile(
    r"(?:(?:an?|the|its|their|another|several|two|three|four|\d+) )?"
    r"(?:(?:attack|artillery|mortar|cluster|car|truck|tank|air|explosive|roadside) )?"
    r"(?:drone|shell|shelling|rocket|missile|mortar|bomb|bullet|mine|landmine|aircraft|plane|warplane|jet|helicopter|"
    r"artillery|gunfire|fire|explosion|blast|strike|airstrike|explosive|device|weapon|grenade)s?",
    re.IGNORECASE,
)
"""Words that name a weapon and nobody who used it."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who is said to have done it.

    Attributes:
        name: The canonical name where it is one body, else the words of the first claim.
        actor: Who it is, where that could be told.
        by: Who says so, each once, in the order of the claims; a report's own voice under its outlet's name.
        claims: Ids of the claims that say so.
        denied: Ids of the claims that deny it: those of the same party's sources that deny the harm.
    """

    name: str
    actor: Actor | None
    by: tuple[str, ...]
    claims: tuple[str, ...]
    denied: tuple[str, ...] = ()


def parties(claims: Iterable[Kept]) -> tuple[Party, ...]:
    """Return who is said to have done it, those that most reports name first.

    Persons are never gathered under a name: a claim that names a private person as the one who did it, or only says
    "gunmen", stands under its own words. A weapon ("a drone") is nobody.

    Args:
        claims: The claims of one incident.
    """
    ordered = list(claims)
    groups: dict[str, list[Kept]] = {}
    for one in ordered:
        if one.claim.perpetrator and one.claim.stance != "denies" and not _is_weapon(one):
            groups.setdefault(_key(one), []).append(one)
    made = [(len({one.report.id for one in group}), _party(group, ordered)) for group in groups.values()]
    return tuple(party for _, party in sorted(made, key=lambda one: (-one[0], one[1].name.casefold())))


def _is_weapon(kept: Kept) -> bool:
    return kept.perpetrator is None and _WEAPON.fullmatch(" ".join((kept.claim.perpetrator or "").split())) is not None


def _key(kept: Kept) -> str:
    actor = kept.perpetrator
    if actor is not None:
        return f"actor {actor.id}"
    return "words " + " ".join((kept.claim.perpetrator or "").split()).casefold().removeprefix("the ")


def _party(group: list[Kept], every: list[Kept]) -> Party:
    actor = group[0].perpetrator
    words = " ".join((group[0].claim.perpetrator or "").split())
    by = dict.fromkeys(_speaker(one) for one in group)
    side = (actor.side or actor.id) if actor is not None and actor.body else None
    denied = tuple(
        one.claim.id
        for one in every
        if side is not None and one.claim.stance == "denies" and one.source is not None and _side(one.source) == side
    )
    name = actor.name if actor is not None and actor.body else words
    return Party(name, actor, tuple(by), tuple(one.claim.id for one in group), denied)


def _side(actor: Actor) -> str:
    return actor.side or actor.id


def _speaker(kept: Kept) -> str:
    if kept.source is not None and kept.source.body:
        return kept.source.name
    return kept.claim.source or kept.report.outlet or kept.report.id
