"""Which kind of source some words tell, where they name no body: "residents", "a medical source"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sayso.incident.actor_phrases import shouted
from sayso.incident.actor_words import actor_words, longest

if TYPE_CHECKING:
    from sayso.events import ActorKind
    from sayso.incident.actor_phrases import Word


class Told(NamedTuple):
    """The words that tell a kind, from `start` to `end`, and the kind."""

    start: int
    end: int
    kind: ActorKind


def kind_of(words: tuple[Word, ...]) -> Told | None:
    """Return what kind of source the words tell; None where they tell none, or more than one."""
    around = actor_words().around
    end = _end(words)
    found = _kinds(words, 0, end)
    if not found and end < len(words) and words[end].plain in {"for", "of"}:
        roles = around["roles"] | around["papers"]
        if any(word.plain in roles for word in words[:end]):
            found = _kinds(words, end, len(words))
    joined = any(word.plain in {"and", "or"} for word in words[:end])
    alike = len(found) > 1 and len({told.kind for told in found}) == 1
    return found[-1] if found and (alike or not joined) else None


def _end(words: tuple[Word, ...]) -> int:
    """Return where the first words end, before "at the hospital" and the like; "ministry of defence" is one name."""
    table = actor_words()
    at = 0
    while at < len(words):
        if at and words[at].plain in table.around["breaks"]:
            return at
        at += longest(words, at, table.generic) or 1
    return at


def singular(word: str) -> str:
    """Return a plural's singular, so that "witness" and "witnesses" have one id.

    >>> singular("witnesses"), singular("authorities"), singular("police"), singular("press")
    ('witness', 'authority', 'police', 'press')
    """
    if word.endswith("ies"):
        return word.removesuffix("ies") + "y"
    if word.endswith("sses"):
        return word.removesuffix("es")
    return word if word.endswith("ss") else word.removesuffix("s")


def _kinds(words: tuple[Word, ...], start: int, end: int) -> list[Told]:
    table = actor_words()
    found: list[Told] = []
    at = start
    while at < end:
        size = longest(words[:end], at, table.sorts)
        if size and at + size < end and words[at + size].plain in table.heads:
            found.append(Told(at, at + size + 1, table.sorts[_key(words, at, size)]))
            at += size + 1
            continue
        size = longest(words[:end], at, table.generic)
        adjective = size == 1 and words[at].plain == "official" and at + 1 < end
        if adjective and not any(word.plain in table.heads for word in words[at + 1 : end]):
            size = 0
        if size and _stands(words, at + size, end):
            found.append(Told(at, at + size, table.generic[_key(words, at, size)]))
        at += size or 1
    return found


def _stands(words: tuple[Word, ...], after: int, end: int) -> bool:
    """Say whether the word after one for a kind leaves it standing for people: not "military uniforms"."""
    table = actor_words()
    around = table.around
    if after >= end:
        named = after + 1 < len(words) and words[after].plain == "of" and words[after + 1].capital
        return not (named and words[after - 1].plain in around["proper"])
    desk = words[after - 1].plain in {"media", "press"} and words[after].plain in around["desks"]
    if desk or words[after].plain in around["leaning"]:
        return False
    fine = around["roles"] | around["papers"] | around["forces"] | around["links"] | table.heads | {"and", "or"}
    return words[after].plain in fine or (words[after].capital and not shouted(words))


def _key(words: tuple[Word, ...], at: int, size: int) -> tuple[str, ...]:
    return tuple(word.plain for word in words[at : at + size])
