"""The words of ``actor_words.toml``: what bodies and kinds of sources are called in any country."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.events import ActorKind
    from sayso.incident.actor_phrases import Word

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A sort of body: its id and name, what kind it is, and whether it speaks for its country in a war."""

    id: str
    name: str
    kind: ActorKind
    state: bool = False


@dataclass(frozen=True, slots=True)
class ActorWords:
    """All tables of the file, their words split.

    Attributes:
        bodies: Bodies of a country, by their words.
        local: Bodies of a town, county or state.
        unknown: Bodies of a state that no gazetteer knows.
        generic: Kinds by words such as "residents".
        sorts: Kinds by the words before "sources" and the like, which are `heads`.
        heads: Those words.
        around: Words that may stand around a name, by use.
        mentions: Which kind of body a definite mention such as "the ministry" stands for.
    """

    bodies: dict[Key, Body]
    local: dict[Key, Body]
    unknown: dict[Key, Body]
    generic: dict[Key, ActorKind]
    sorts: dict[Key, ActorKind]
    heads: frozenset[str]
    around: dict[str, frozenset[str]]
    mentions: dict[Key, str]


def key(words: str) -> Key:
    """Return words of the file as they are compared."""
    return tuple(words.split())


@cache
def actor_words() -> ActorWords:
    """Return the words, read once."""
    table = tomllib.loads(files("sayso.incident").joinpath("actor_words.toml").read_text(encoding="utf-8"))
    bodies = dict(_bodies(table["body"]))
    unknown = set(table["unknown_states"]["bodies"])
    no_names = {key(words) for words in table["unknown_states"]["words_not"]}
    sorts = table["sorts"]
    return ActorWords(
        bodies=bodies,
        local=dict(_bodies(table["local"])),
        unknown={words: body for words, body in bodies.items() if body.id in unknown and words not in no_names},
        generic=_kinds(table["generic"]),
        sorts=_kinds({kind: words for kind, words in sorts.items() if kind != "heads"}),
        heads=frozenset(sorts["heads"]),
        around={use: frozenset(words) for use, words in table["around"].items()},
        mentions={key(one): kind for kind, listed in table["mentions"].items() for one in listed},
    )


def longest(words: Sequence[Word], at: int, known: dict[Key, Any], most: int = 8) -> int:
    """Return how many words from `at` on make the longest entry of `known`; 0 where none does."""
    plain = tuple(word.plain for word in words[at : at + most])
    return next((size for size in range(len(plain), 0, -1) if plain[:size] in known), 0)


def _bodies(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[Key, Body]]:
    for row in rows:
        body = Body(row["id"], row["name"], row["kind"], row.get("state", False))
        for words in row["words"]:
            yield key(words), body


def _kinds(table: dict[str, list[str]]) -> dict[Key, ActorKind]:
    return {key(one): kind for kind, listed in table.items() for one in listed}  # type: ignore[misc]  # kinds of the file
