"""Which bodies a phrase names, and whether the words around a name leave it standing for that body."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sayso.incident.actor_bodies import Hit
from sayso.incident.actor_phrases import shouted, words_of
from sayso.incident.actor_words import actor_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Actor
    from sayso.incident.actor_bodies import Bodies
    from sayso.incident.actor_list import ActorList
    from sayso.incident.actor_phrases import Word

_ACRONYM = 5
_LONGEST_NAME = 12
_TAIL = 8
_PERSON = 4
_ARTICLES = frozenset({"the", "a", "an", "so", "called"})


class Names:
    """All names of listed bodies, and the bodies that the words tell by themselves.

    Args:
        listed: The lists.
        bodies: Bodies that no list names.
    """

    def __init__(self, listed: ActorList, bodies: Bodies) -> None:
        self._bodies = bodies
        self._around = actor_words().around
        self._names: dict[tuple[str, ...], list[tuple[Actor, str]]] = defaultdict(list)
        self._short: dict[tuple[str, ...], list[Actor]] = defaultdict(list)
        self._short_words: dict[str, frozenset[str]] = {}
        self._caps: set[tuple[str, ...]] = set()
        self._lower: set[tuple[str, ...]] = set()
        for one in listed.actors.values():
            self._add(one.actor, (one.actor.name, *one.actor.aliases), "its name")
            self._add(one.actor, one.speakers, "a person known for speaking for it")
            for short in one.short:
                self._short[core(words_of(short))].append(one.actor)
            plain = {word.plain for short in one.short for word in words_of(short)}
            self._short_words[one.actor.id] = frozenset(plain | {f"{word}s" for word in plain})

    def _add(self, actor: Actor, names: Iterable[str], why: str) -> None:
        spelt = [(name, words_of(name)) for name in names]
        mixed = {core(words) for name, words in spelt if not name.isupper()}  # "Nato" beside "NATO"
        for name, words in spelt:
            # Without capitals an article is no part of the name: "the emergency office" speaks as "Emergency office".
            plain = core(words) if name.islower() else tuple(word.plain for word in words)
            if plain and all(known.id != actor.id for known, _ in self._names[plain]):
                self._names[plain].append((actor, why))
                if name.islower():
                    self._lower.add(plain)
                if len(words) == 1 and name.isupper() and len(name) <= _ACRONYM and plain not in mixed:
                    self._caps.add(plain)

    def short_for(self, words: tuple[Word, ...]) -> list[Actor]:
        """Return the listed bodies that have these words for a short name."""
        idle = self._around["plain"] | self._around["papers"] | self._around["links"]
        plain = core(words)
        return self._short.get(plain) or self._short.get(tuple(word for word in plain if word not in idle), [])

    def hits(self, words: tuple[Word, ...], near: str | None) -> list[Hit]:
        """Return the bodies that the words name, the longest names first and none within another.

        Args:
            words: The phrase.
            near: The country that it is about.
        """
        found = [*self._bodies.find(words, near), *self._listed(words)]
        # "AFP news agency" is AFP, which is listed; as a newspaper's name the longer words would win.
        found.sort(
            key=lambda hit: (hit.unlisted and hit.actor.kind == "media", hit.start - hit.end, hit.start, hit.unlisted)
        )
        kept: list[Hit] = []
        for hit in found:
            if all(hit.end <= other.start or hit.start >= other.end for other in kept):
                kept.append(hit)
        return [hit for hit in kept if hit.end == len(words) or words[hit.end].plain not in self._around["leaning"]]

    def _listed(self, words: tuple[Word, ...]) -> Iterable[Hit]:
        for at in range(len(words)):
            for size in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
                part = words[at : at + size]
                plain = tuple(word.plain for word in part)
                last = {part[-1].base, plain[-1].removesuffix("s")}  # "Assad regimes army", as apostrophes are lost
                others = (self._names.get((*plain[:-1], each), []) for each in sorted(last - {plain[-1]}))
                known = self._names.get(plain) or next(filter(None, others), [])
                if len(known) == 1 and self._spelt(part):
                    yield Hit(at, at + size, *known[0], unlisted=False)

    def _spelt(self, words: tuple[Word, ...]) -> bool:
        """Say whether an acronym stands in capitals, as "IS" and "WHO" must, and a name begins with one."""
        if len(words) == 1 and (words[0].base,) in self._caps:
            return words[0].written.replace(".", "").isupper()
        return any(word.capital for word in words) or core(words) in self._lower

    def odd_word(self, words: tuple[Word, ...], hits: list[Hit]) -> Word | None:
        """Return the first word around the names that may turn them into somebody else, or None."""
        around = self._around
        idle = around["plain"] | around["roles"] | around["papers"] | around["links"] | around["forces"]
        idle |= around["leaning"] | self._short_words.get(hits[0].actor.id, frozenset())
        inside = {at for hit in hits for at in range(hit.start, hit.end)}
        last = max(hit.end for hit in hits)
        tail = next((at for at in range(last, len(words)) if words[at].plain in around["tails"]), len(words))
        for at, word in enumerate(words):
            if at in inside:
                continue
            if word.plain in around["turning"]:
                return word
            leans = at + 1 < len(words) and words[at + 1].plain in around["leaning"]
            if word.plain in idle or leans or tail < at <= tail + _TAIL or self._of_person(words, at, last):
                continue
            return word
        return None

    def _of_person(self, words: tuple[Word, ...], at: int, last: int) -> bool:
        """Say whether a word belongs to the name of a person whose office is given beside it.

        `last` is where the body's name ends. The office stands before the person, as in "Police Chief Steve Reed", or
        behind, as in "Rami Abdel Rahman, director of".
        """
        if shouted(words) or not words[at].written[:1].isupper():
            return False
        roles = self._around["roles"]
        back = at
        while back > last and words[back - 1].written[:1].isupper() and words[back - 1].plain not in roles:
            back -= 1
        if (back > 0 and words[back - 1].plain in roles) or (back == last and at - last < _PERSON):
            return True
        forth = at
        while forth < len(words) and words[forth].written[:1].isupper() and words[forth].plain not in roles:
            forth += 1
        behind = words[forth].plain if forth < len(words) else ""
        return at < last and (behind in roles or behind == "of" or words[forth - 1].parted)


def core(words: tuple[Word, ...]) -> tuple[str, ...]:
    """Return words without articles, in the form in which they are compared."""
    return tuple(word.plain for word in words if word.plain not in _ARTICLES)
