"""Bodies that no list names, told from the words: ministries and armies of a country, offices of a town."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from sayso.events import Actor
from sayso.incident.actor_phrases import shouted, slug
from sayso.incident.actor_words import actor_words, longest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sayso.incident.actor_list import Listed
    from sayso.incident.actor_phrases import Word
    from sayso.incident.actor_words import Body

_NAME_WORDS = 3


class Countries(Protocol):
    """What is asked of a gazetteer."""

    def code(self, words: str, near: str | None = None) -> str | None:
        """Return the country that a name or an adjective stands for."""

    def name(self, code: str) -> str:
        """Return the name of a country."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A body named by some words of a phrase, from `start` to `end`, and why it is taken for that body."""

    start: int
    end: int
    actor: Actor
    why: str
    unlisted: bool = True


class Bodies:
    """Finds bodies by the tables of ``actor_words.toml``.

    Args:
        actors: Listed actors; one with the id of a body that the words tell gives it its name, kind and side.
        sides: What the side of a country's state is called.
        countries: Which words name a country.
    """

    def __init__(self, actors: Mapping[str, Listed], sides: Mapping[str, str], countries: Countries) -> None:
        self._actors = actors
        self._sides = sides
        self._countries = countries
        self._words = actor_words()

    def country_at(self, words: tuple[Word, ...], at: int, near: str | None) -> tuple[int, str] | None:
        """Return how many words from `at` on name a country, and which; None where they do not."""
        for size in range(min(_NAME_WORDS, len(words) - at), 0, -1):
            written = " ".join(word.written for word in words[at : at + size])
            for spelling in (written, written.removesuffix("s")):  # "Syrias army", as apostrophes are lost
                code = self._countries.code(spelling, near) if len(spelling) > 1 else None
                if code is not None:
                    return size, code
        return None

    def state_body(self, code: str, body: Body) -> Actor:
        """Return a body of a country."""
        number = f"{code.lower()}-{body.id}"
        if number in self._actors:
            return self._actors[number].actor
        country = self._countries.name(code)
        side = self._sides.get(code, country) if body.state else None
        return Actor(number, f"{body.name} ({country})", body.kind, side, (), code)

    def find(self, words: tuple[Word, ...], near: str | None) -> Iterator[Hit]:
        """Yield all bodies that the words name; hits may overlap."""
        for at in range(len(words)):
            yield from self._of_country(words, at, near)
        if not shouted(words):
            for hit in self._of_names(words, near):
                yield replace(hit, actor=self._as_listed(hit.actor))

    def _of_country(self, words: tuple[Word, ...], at: int, near: str | None) -> Iterator[Hit]:
        """ "Turkish General Staff", "Russia's Defence Ministry"; "Ministry of Defence of Ukraine"."""
        bodies = self._words.bodies
        found = self.country_at(words, at, near)
        if found is not None:
            size, code = found
            body_at = at + size
            if body_at < len(words) and words[body_at].plain in {"state", "national"}:
                body_at += 0 if longest(words, body_at, bodies) else 1
            many = longest(words, body_at, bodies)
            if many:
                actor = self.state_body(code, bodies[_key(words, body_at, many)])
                yield Hit(at, body_at + many, actor, f"a body of {self._countries.name(code)}")
        many = longest(words, at, bodies)
        after = at + many
        if many and after + 1 < len(words) and words[after].plain in {"of", "in"}:
            after += 2 if words[after + 1].plain == "the" and after + 2 < len(words) else 1
            found = self.country_at(words, after, near)
            if found is not None and (words[at + many].plain == "of" or "ministry" in words[at].plain):
                actor = self.state_body(found[1], bodies[_key(words, at, many)])
                yield Hit(at, after + found[0], actor, f"a body of {self._countries.name(found[1])}")

    def _of_name(self, words: tuple[Word, ...], at: int, near: str | None) -> Iterator[Hit]:
        """ "Clark County Coroner's Office", "Velmora's Defence Ministry"."""
        for table in (self._words.local, self._words.unknown):
            many = longest(words, at, table)
            if not many:
                continue
            body = table[_key(words, at, many)]
            start, end = self._name_before(words, at, near), at + many
            name = " ".join(word.written for word in words[start:at])
            if start == at and (table is self._words.unknown or body.kind == "police"):
                start, end, name = self._name_behind(words, at, end, near)
            if not name or (start > 0 and words[start - 1].plain in {"a", "an"} and table is self._words.local):
                continue
            if table is self._words.local:
                said = " ".join(word.written for word in words[at : at + many])
                last, label = (
                    (slug(said), f"{name} {said}") if body.kind == "media" else (body.id, f"{name} {body.name}")
                )
                actor = Actor(f"{slug(name)}-{last}", label, body.kind)
                yield Hit(start, end, actor, f"the words name it: {label}")
            else:
                label = f"{body.name} ({name})"
                actor = Actor(f"{slug(name)}-{body.id}", label, body.kind, name if body.state else None)
                yield Hit(start, end, actor, f"a body of {name}, which no gazetteer knows as a country")

    def _name_behind(self, words: tuple[Word, ...], at: int, end: int, near: str | None) -> tuple[int, int, str]:
        """Return where "Ministry of Defence of Velmora" begins and ends, and its name, which may be empty."""
        first = end + 1
        last = first
        while last < min(len(words), first + _NAME_WORDS) and words[last].written[:1].isupper():
            last += 1
            if words[last - 1].parted:
                break
        joined = end < len(words) and words[end].plain == "of" and last > first
        if not joined or self.country_at(words, first, near) is not None:
            return at, end, ""
        return at, last, " ".join(word.written for word in words[first:last])

    def states(self, words: tuple[Word, ...], near: str | None) -> Iterator[str]:
        """Yield the names of states that no gazetteer knows and whose ministries or forces the words name."""
        for hit in self._of_names(words, near):
            if hit.actor.side is not None and hit.actor.country is None:
                yield hit.actor.side

    def forces_of(self, state: str) -> Actor:
        """Return the armed forces of a state that no gazetteer knows."""
        body = self._words.bodies["armed", "forces"]
        return self._as_listed(Actor(f"{slug(state)}-{body.id}", f"{body.name} ({state})", body.kind, state))

    def _as_listed(self, actor: Actor) -> Actor:
        """Return a body as a list has it, where one has its id."""
        return self._actors[actor.id].actor if actor.id in self._actors else actor

    def _of_names(self, words: tuple[Word, ...], near: str | None) -> Iterator[Hit]:
        for at in range(len(words)):
            yield from self._of_name(words, at, near)

    def _name_before(self, words: tuple[Word, ...], at: int, near: str | None) -> int:
        """Return where the capitalised name that ends before `at` begins; `at` itself where none does."""
        start = at
        while (
            start > 0
            and at - start < _NAME_WORDS + 1
            and words[start - 1].written[:1].isupper()
            and not words[start - 1].parted
            and not (start < at and words[start - 1].owns)
        ):
            start -= 1
        while start < at and words[start].plain in self._words.around["first"]:
            start += 1
        told = any(word.plain not in self._words.around["no_names"] for word in words[start:at])
        of_country = any(self.country_at(words[:at], each, near) is not None for each in range(start, at))
        return start if told and not of_country else at


def _key(words: tuple[Word, ...], at: int, many: int) -> tuple[str, ...]:
    return tuple(word.plain for word in words[at : at + many])
