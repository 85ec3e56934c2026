"""Who is meant by the words for a source or a party: a body of the list, one that the words tell, or only its kind.

Nothing is forced: words that may mean several bodies, or none in particular, stay open, and the reason is given either
way. A wrong name is worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sayso.events import Actor
from sayso.incident.actor_bodies import Bodies
from sayso.incident.actor_kinds import kind_of, singular
from sayso.incident.actor_names import Names, core
from sayso.incident.actor_phrases import shouted, words_of
from sayso.incident.actor_words import actor_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.incident.actor_bodies import Countries, Hit
    from sayso.incident.actor_list import ActorList
    from sayso.incident.actor_phrases import Word

Role = Literal["source", "perpetrator"]
_SURNAME = 2
_SENTENCE = 400
_NEAR = 3
_SHOWN = 80
_KEPT = 2_000
_PARTIES = frozenset({"military", "armed_group", "police", "government", "other"})
_ARMED_FORCES = ("armed", "forces")

Fits = dict[str, tuple[Actor, str]]
"""Bodies that a short mention may stand for, by id, each with the words that name it in full."""


@dataclass(frozen=True, slots=True)
class Context:
    """What else is known where the words stand.

    Attributes:
        country: The country that the claim is about, ISO 3166-1 alpha-2.
        names: Other words for sources and parties in the same report.
        sentences: Sentences of the same report, its headline among them.
        role: Whether the words name who says something or who did something.
    """

    country: str | None = None
    names: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    role: Role = "source"


NOTHING = Context()
"""What is known where nothing is."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who is meant, or None, and why, as a sentence."""

    actor: Actor | None
    reason: str


class Actors:
    """Resolves names; the same words in the same context always give the same.

    Args:
        listed: The lists, see `sayso.incident.actor_list`.
        countries: Which words name a country.
    """

    def __init__(self, listed: ActorList, countries: Countries) -> None:
        self._words = actor_words()
        self._countries = countries
        self._bodies = Bodies(listed.actors, listed.sides, countries)
        self._names = Names(listed, self._bodies)
        self._full: dict[tuple[str, str | None], Resolved | None] = {}
        self._held: dict[tuple[str, str | None], tuple[Actor, ...]] = {}

    def resolve(self, name: str, context: Context = NOTHING) -> Resolved:
        """Say who is meant by `name`.

        Args:
            name: The words for a source or a party, as they stand in the report.
            context: What else is known there.
        """
        words = words_of(name)
        if not words:
            return Resolved(None, "There are no words to go by.")
        return self._by_name(words, context) or self._by_report(words, context) or self._by_kind(words, context)

    # by name

    def _by_name(self, words: tuple[Word, ...], context: Context) -> Resolved | None:
        """Return the body that the words name, an open case where that is not clear, or None where they name none."""
        hits = self._names.hits(words, context.country)
        if not hits:
            return self._forces(words, context) if context.role == "perpetrator" else None
        if len({hit.actor.id for hit in hits}) > 1:
            both = " and ".join(sorted({hit.actor.name for hit in hits}))
            return Resolved(None, f"The words name more than one: {both}.")
        odd = self._names.odd_word(words, hits)
        if odd is not None:
            why = f'The words name {hits[0].actor.name}, but "{odd.written}" may make it somebody else.'
            return Resolved(None, why)
        if context.role == "source":
            return Resolved(hits[0].actor, f"{hits[0].actor.name}: {hits[0].why}.")
        actor = self._its_forces(words, hits[0])
        if actor.kind not in _PARTIES:
            return Resolved(None, f"The words name {actor.name}, which is no party to a war.")
        return Resolved(actor, f"{actor.name}: {hits[0].why}.")

    def _its_forces(self, words: tuple[Word, ...], hit: Hit) -> Actor:
        """ "Syrian regime forces" are Syria's armed forces, not its government."""
        beside = {word.plain for at, word in enumerate(words) if not hit.start <= at < hit.end}
        code = hit.actor.country
        if code is None or not hit.actor.id.endswith("-government") or not self._words.around["military"] & beside:
            return hit.actor
        return self._bodies.state_body(code, self._words.bodies[_ARMED_FORCES])

    def _forces(self, words: tuple[Word, ...], context: Context) -> Resolved | None:
        """ "Russian warplanes" are Russia's armed forces, where the words say who did it."""
        for at in range(len(words)):
            found = self._bodies.country_at(words, at, context.country)
            if found is None:
                continue
            size, code = found
            rest = [word.plain for i, word in enumerate(words) if not at <= i < at + size]
            rest = [word for word in rest if word not in self._words.around["plain"]]
            # "Syrian" by itself may be anybody in Syria's own war; "Russian" there is Russia's.
            if code == context.country if not rest else not self._words.around["military"].issuperset(rest):
                return None
            actor = self._bodies.state_body(code, self._words.bodies[_ARMED_FORCES])
            return Resolved(actor, f"{actor.name}: forces of {self._countries.name(code)}.")
        return self._forces_of_unknown(words, context)

    def _forces_of_unknown(self, words: tuple[Word, ...], context: Context) -> Resolved | None:
        """ "Velmoran soldiers" are Velmora's, where the report names Velmora's ministry or army elsewhere."""
        states = {state for name in context.names for state in self._bodies.states(words_of(name), context.country)}
        fine = self._words.around["military"] | self._words.around["plain"]
        for state in sorted(states):
            stem = "".join(word.plain for word in words_of(state))
            own = [at for at, word in enumerate(words) if word.capital and _is_adjective(word.base, stem)]
            if own and all(word.plain in fine for at, word in enumerate(words) if at not in own):
                actor = self._bodies.forces_of(state)
                return Resolved(actor, f"{actor.name}: the same report names a body of {state}.")
        return None

    # by what else the report says

    def _by_report(self, words: tuple[Word, ...], context: Context) -> Resolved | None:
        """Take a short mention for the body that the report names in full elsewhere, where that is just one."""
        short = self._names.short_for(words)
        plain = core(words)
        if short:
            fits = self._named_in_full(short, context)
        elif words[0].plain in {"a", "an", "another"}:
            return None
        elif plain in self._words.mentions:
            fits = self._mentioned(plain, self._words.mentions[plain], context)
        elif self._is_surname(words):
            fits = self._spoken_for(plain, context)
        else:
            return None
        if len(fits) != 1:
            return None
        ((actor, said),) = fits.values()
        return Resolved(actor, f'{actor.name}: the same report has "{said[:_SHOWN]}".')

    def _named_in_full(self, short: list[Actor], context: Context) -> Fits:
        """Return those of some listed bodies that the report names in full."""
        fits: Fits = {}
        for text in (*context.names, *context.sentences):
            for actor in self._in_text(text, context.country):
                if actor in short:
                    fits.setdefault(actor.id, (actor, text))
        return fits

    def _in_text(self, text: str, country: str | None) -> tuple[Actor, ...]:
        """Return the bodies that a text names; kept, since each claim of a report asks again."""
        if (text, country) not in self._held:
            if len(self._held) >= _KEPT:
                self._held.clear()
            hits = self._names.hits(words_of(text, _SENTENCE), country)
            self._held[text, country] = tuple(hit.actor for hit in hits)
        return self._held[text, country]

    def _mentioned(self, plain: tuple[str, ...], kind: str, context: Context) -> Fits:
        """Return the bodies of a kind, or with an id of an ending, that the report names."""
        fits: Fits = {}
        for actor, other, name in self._others(context):
            same = kind == actor.kind or (actor.id.endswith(kind) and set(plain) <= set(other))
            if same and other != plain:
                fits.setdefault(actor.id, (actor, name))
        return fits

    def _is_surname(self, words: tuple[Word, ...]) -> bool:
        around = self._words.around
        known = around["plain"] | around["roles"] | around["papers"] | around["forces"] | around["no_names"]
        named = len(words) <= _SURNAME and all(word.capital and word.plain not in known for word in words)
        return named and not shouted(words) and kind_of(words) is None

    def _spoken_for(self, surname: tuple[str, ...], context: Context) -> Fits:
        """Return the bodies for which the report says that a person of this name speaks."""
        fits: Fits = {}
        for actor, other, name in self._others(context):
            if len(other) > len(surname) and other[-len(surname) :] == surname:
                fits.setdefault(actor.id, (actor, name))
        return fits

    def _others(self, context: Context) -> Iterator[tuple[Actor, tuple[str, ...], str]]:
        """Yield the bodies that the report's other names name."""
        for name in context.names:
            found = self._in_full(name, context.country)
            if found is not None and found.actor is not None:
                yield found.actor, tuple(word.plain for word in words_of(name)), name

    def _in_full(self, name: str, country: str | None) -> Resolved | None:
        """Return the body that a name names by itself; kept, since each claim of a report asks again."""
        if (name, country) not in self._full:
            if len(self._full) >= _KEPT:
                self._full.clear()
            self._full[name, country] = self._by_name(words_of(name), Context(country))
        return self._full[name, country]

    # by kind

    def _by_kind(self, words: tuple[Word, ...], context: Context) -> Resolved:
        """Return an actor that is no body, only a kind under the words that tell it."""
        text = " ".join(word.written for word in words)[:_SHOWN]
        told = kind_of(words)
        plain = {word.plain for word in words}
        if told is None or plain & {"former", "retired"}:
            return Resolved(None, f'"{text}" names no body of the list, and does not say what kind of source it is.')
        if context.role == "perpetrator" and (
            plain & self._words.around["turning"] or told.kind not in _PARTIES - {"other"}
        ):
            return Resolved(None, f'"{text}" does not say which party did it.')
        code = self._country_before(words, told.start, context.country)
        own = [word.plain for word in words[told.start : told.end]]
        if own[-1] in self._words.heads and tuple(own[:-1]) in self._words.generic:
            own.pop()  # a police spokesman and the police are one voice
        if told.kind in {"official", "witness"} and self._words.generic.get((own[-1],)) == told.kind:
            own = own[-1:]  # so are the regional governor and the governor
        number, name = "-".join((*own[:-1], singular(own[-1]))), " ".join(own)
        if code is not None:
            number, name = f"{number}-{code.lower()}", f"{name} ({self._countries.name(code)})"
        actor = Actor(number, name, told.kind, country=code, body=False)
        return Resolved(actor, f'"{name}" says what kind of source it is ({told.kind.replace("_", " ")}), not which.')

    def _country_before(self, words: tuple[Word, ...], start: int, near: str | None) -> str | None:
        for at in range(max(0, start - _NEAR), start):
            found = self._bodies.country_at(words, at, near)
            if found is not None and words[at + found[0]].plain not in self._words.around["leaning"]:
                return found[1]
        return None


def _is_adjective(word: str, state: str) -> bool:
    return word.startswith(state) and word.removeprefix(state) in {"", "n", "an", "ian", "ese", "i"}
