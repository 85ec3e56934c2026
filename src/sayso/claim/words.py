"""The word lists of a language, read once from ``words/LANGUAGE.toml``.

Phrases of several words are kept as `Phrases`: look-up by first word, longest first, over token sequences.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sayso.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.claim.tokens import Token
    from sayso.records import Harm, Kind, Qualifier, Stance, Status

V = TypeVar("V")
_KNOWN = 65_536
"""Words of which is kept whether they name people, at most."""


class Phrases(Generic[V]):
    """Phrases of one or more words, each with a value."""

    def __init__(self, table: Mapping[str, V]) -> None:
        self._alone: dict[str, V] = {}
        self._by_first: dict[str, dict[str, list[tuple[tuple[str, ...], V]]]] = {}
        for phrase, value in table.items():
            parts = tuple(phrase.split())
            by_second = self._by_first.setdefault(parts[0], {})
            if len(parts) == 1:
                self._alone[phrase] = value
            else:
                by_second.setdefault(parts[1], []).append((parts, value))
        for by_second in self._by_first.values():
            for entries in by_second.values():
                entries.sort(key=lambda entry: -len(entry[0]))
        self.first_words = frozenset(self._by_first)

    def match(self, tokens: Sequence[Token], at: int) -> tuple[int, V] | None:
        """Return the end and the value of the longest phrase that begins at token `at`, or None."""
        if at >= len(tokens):
            return None
        word = tokens[at].lower
        by_second = self._by_first.get(word)
        if by_second is None:
            return None  # as nearly always
        if by_second and at + 1 < len(tokens):
            for parts, value in by_second.get(tokens[at + 1].lower, ()):
                end = at + len(parts)
                if end <= len(tokens) and all(tokens[at + n].lower == parts[n] for n in range(2, len(parts))):
                    return end, value
        return (at + 1, self._alone[word]) if word in self._alone else None

    def within(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Say whether a phrase begins at one of the tokens from `start` to `end`."""
        first_words = self.first_words
        places = [i for i in range(start, end) if tokens[i].lower in first_words]
        return any(self.match(tokens, i) is not None for i in places)

    def __contains__(self, word: str) -> bool:
        """Say whether `word` alone is one of the phrases."""
        return word in self._alone


def phrases(words: Iterable[str]) -> Phrases[str]:
    """Make `Phrases` of plain words, each its own value."""
    return Phrases({word: word for word in words})


@dataclass(frozen=True, slots=True)
class Bound:
    """What a bounding phrase does to a number: the qualifier it gives and its normal form."""

    qualifier: Qualifier
    phrase: str


@dataclass(frozen=True, slots=True)
class Core:
    """The value of a number before any bound; `scale` is the scale word it was given in (1 where none)."""

    low: int | None
    high: int | None
    qualifier: Qualifier
    phrase: str | None
    kind: Kind
    scale: int = 1


@dataclass(frozen=True, eq=False, repr=False)
class NumberWords:
    """The words of a language that make up numbers, bounds and ranges."""

    language: str
    number_words: frozenset[str]
    joiner: str
    one: frozenset[str]
    one_is: str
    rates: Phrases[str]
    rated: frozenset[str]
    scales: Mapping[str, int]
    short_scale: int
    dozens: Phrases[tuple[int, str]]
    cores: Phrases[Core]
    zero: Phrases[str]
    bounds: Phrases[Bound]
    after: Phrases[Bound]
    between: str
    change: str
    changes: frozenset[str]
    joins: Phrases[str]
    between_joins: Phrases[str]
    vague_joins: Phrases[str]
    fractions: Phrases[tuple[int, int]]
    before: Phrases[str]
    articles: Phrases[str]
    ordinals: Phrases[str]
    not_after: Phrases[str]
    not_before: frozenset[str]
    months: frozenset[str]
    before_year: frozenset[str]

    @cached_property
    def bare(self) -> frozenset[str]:
        """The words by which a number in words may begin, but for compounds such as "twenty-one"."""
        return self.number_words | self.one | self.cores.first_words

    @cached_property
    def opening(self) -> frozenset[str]:
        """The words by which a quantity may begin: the above, and what may stand before a number."""
        tables = (self.zero, self.bounds, self.fractions, self.before, self.articles)
        return frozenset({self.between}.union(self.bare, *(one.first_words for one in tables)))


def _number_words(language: str, table: Mapping[str, Any]) -> NumberWords:
    cores = {
        phrase: Core(low, None if high < 0 else high, "vague", form, "vague")
        for phrase, (low, high, form) in table["vague"].items()
    }
    cores |= {
        phrase: Core(n, n, qualifier, form or None, "count") for phrase, (n, qualifier, form) in table["fixed"].items()
    }
    sides: tuple[Qualifier, ...] = ("at_least", "at_most", "about")
    bounds = {phrase: Bound(side, form) for side in sides for phrase, form in table[side].items()}
    around, ranges = table["around"], table["ranges"]
    return NumberWords(
        language=language,
        number_words=frozenset(table["words"]),
        joiner=table["joiner"],
        one=frozenset(table["one"]),
        one_is=table["one_is"],
        rates=phrases(around["rates"]),
        rated=frozenset(around["rated"]),
        scales=table["scales"],
        short_scale=2,
        dozens=Phrases({word: (size, name) for word, (size, name) in table["dozens"].items()}),
        cores=Phrases(cores),
        zero=Phrases(table["zero"]),
        bounds=Phrases(bounds),
        after=Phrases({phrase: Bound(side, form) for phrase, (side, form) in table["after"].items()}),
        between=ranges["between"],
        change=ranges["change"],
        changes=frozenset(ranges["changes"]),
        joins=phrases(ranges["joins"]),
        between_joins=phrases(ranges["between_joins"]),
        vague_joins=phrases(ranges["vague_joins"]),
        fractions=Phrases({phrase: (part, whole) for phrase, (part, whole) in table["fractions"].items()}),
        before=phrases(around["before"]),
        articles=phrases(around["articles"]),
        ordinals=phrases(around["ordinals"]),
        not_after=phrases(around["not_after"]),
        not_before=frozenset(around["not_before"]),
        months=frozenset(around["months"]),
        before_year=frozenset(around["before_year"]),
    )


@dataclass(frozen=True, eq=False, repr=False)
class PeopleWords:
    """Nouns for people with the status they give, and nouns that are certainly not people."""

    status: Mapping[str, Status]
    plurals: frozenset[str]
    things: frozenset[str]
    endings: tuple[str, ...]
    not_people: frozenset[str]
    neither: frozenset[str]
    known: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)
    """Words that were asked for, and whether they name people: few words make up most of any text."""

    def is_person(self, word: str) -> bool:
        """Say whether a lower-case noun, singular or plural, names people."""
        found = self.known.get(word)
        if found is None:
            if len(self.known) >= _KNOWN:
                self.known.clear()
            found = self.known[word] = self._names_people(word)
        return found

    def _names_people(self, word: str) -> bool:
        if word in self.status:
            return True
        known = word in self.not_people or word in self.neither
        return self.is_plural(word) and word.endswith(self.endings) and not known

    def is_thing(self, word: str) -> bool:
        """Say whether a lower-case noun is certainly not people."""
        return word in self.things or word in self.not_people

    def is_plural(self, word: str) -> bool:
        """Say whether a lower-case noun has the form of a plural."""
        return word in self.plurals or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")))


def _people_words(table: Mapping[str, Any]) -> PeopleWords:
    status: dict[str, Status] = {}
    groups: tuple[tuple[str, Status], ...] = (
        ("neutral", "unknown"),
        ("civilian", "civilian"),
        ("combatant", "combatant"),
    )
    for group, value in groups:
        for word in table[group]["words"]:
            status[word] = value
            status[_plural(word)] = value
    for word in table["irregular"]["plurals"]:
        status.setdefault(word, status.get(word.replace("men", "man"), "unknown"))
    for word in (
        "women",
        "schoolchildren",
        "grandchildren",
        "children",
        "fishermen",
        "businessmen",
        "townspeople",
        "wives",
        "families",
        "babies",
    ):
        status[word] = "civilian"
    for word in (
        "gunmen",
        "militiamen",
        "servicemen",
        "servicewomen",
        "infantrymen",
        "airmen",
        "peshmerga",
        "guerrillas",
        "troops",
        "militia",
    ):
        status[word] = "combatant"
    things = {form for word in table["things"]["words"] for form in (word, _plural(word))}
    endings = table["endings"]
    return PeopleWords(
        status=status,
        plurals=frozenset(table["irregular"]["plurals"] + table["irregular"]["harm"]),
        things=frozenset(things),
        endings=tuple(endings["people"]),
        not_people=frozenset(endings["not_people"]),
        neither=frozenset(endings["neither"]),
    )


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "ch", "sh", "x")) else "s")


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One form of a verb of harm.

    `form` is ``base``, ``past`` (also the participle, where they are the same word), ``participle`` or ``ing``; `shot`
    marks shooting without an outcome, `fighters` what is a harm only to fighters.
    """

    harm: Harm
    form: str
    takes_object: bool
    shot: bool = False
    fighters: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class HarmWords:
    """The words by which harm is told."""

    verbs: Mapping[str, VerbForm]
    after: Phrases[Harm]
    nouns: Phrases[Harm]
    nouns_of: Phrases[Harm]
    among: Phrases[Harm]
    death: frozenset[str]
    frame: frozenset[str]
    lost: frozenset[str]
    losses: frozenset[str]
    suffered: frozenset[str]
    toll: Phrases[str]
    toll_verbs: frozenset[str]
    toll_harm: Mapping[str, Harm]
    unreal: Phrases[str]
    unreal_unless: Phrases[str]
    meant: frozenset[str]
    periods: frozenset[str]
    question: frozenset[str]
    negation: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    relative: frozenset[str]
    adverb: frozenset[str]
    preposition: frozenset[str]
    subordinate: frozenset[str]
    determiner: frozenset[str]
    conjunction: Phrases[str]
    including: Phrases[str]
    pronoun: frozenset[str]
    proportion: frozenset[str]
    marks_inside: frozenset[str]
    openers: frozenset[str]
    inside: frozenset[str]
    clause: frozenset[str]
    passed_over: frozenset[str]
    joins_people: frozenset[str]
    before_object: frozenset[str]
    headline: frozenset[str]
    told_of: frozenset[str]
    brought: frozenset[str]
    plural_verbs: frozenset[str]
    among_words: frozenset[str]
    costs: frozenset[str]


def _harm_words(table: Mapping[str, Any]) -> HarmWords:
    verbs: dict[str, VerbForm] = {}
    for entry in table["verb"]:
        harm, takes_object = entry["harm"], entry["object"]
        shot, fighters = entry.get("shot", False), entry.get("fighters", False)
        for base, third, past, participle, ing in entry["forms"]:
            for word, form in (
                (base, "base"),
                (third, "base"),
                (participle, "participle"),
                (past, "past"),
                (ing, "ing"),
            ):
                verbs[word] = VerbForm(harm, form, takes_object, shot, fighters)
    toll, grammar, unreal = table["toll"], table["grammar"], table["unreal"]
    toll_harm: dict[str, Harm] = dict.fromkeys(toll["injured"], "injured")
    toll_harm |= dict.fromkeys(toll["casualty"], "killed_or_injured")
    toll_harm |= dict.fromkeys(toll["missing"], "missing")
    toll_harm |= dict.fromkeys(toll["displaced"], "displaced")
    return HarmWords(
        verbs=verbs,
        after=_by_phrase(table["after"]),
        nouns=_by_phrase(table["noun"]),
        nouns_of=_by_phrase(table["noun_of"]),
        losses=frozenset(table["frame"]["losses"]),
        suffered=frozenset(table["frame"]["suffered"]),
        among=_by_phrase(table["among"]),
        death=frozenset(table["death"]["words"]),
        frame=frozenset(table["frame"]["verbs"]),
        lost=frozenset(table["frame"]["lost"]),
        toll=phrases(toll["nouns"]),
        toll_verbs=frozenset(toll["verbs"]),
        toll_harm=toll_harm,
        unreal=phrases(unreal["before"]),
        unreal_unless=phrases(unreal["unless"]),
        meant=frozenset(unreal["meant"]),
        periods=frozenset(unreal["periods"]),
        question=frozenset(unreal["question"]),
        negation=frozenset(table["negation"]["words"]),
        be=frozenset(grammar["be"]),
        have=frozenset(grammar["have"]),
        relative=frozenset(grammar["relative"]),
        adverb=frozenset(grammar["adverb"]),
        preposition=frozenset(grammar["preposition"]),
        subordinate=frozenset(grammar["subordinate"]),
        determiner=frozenset(grammar["determiner"]),
        conjunction=phrases(grammar["conjunction"]),
        including=phrases(grammar["including"]),
        pronoun=frozenset(grammar["pronoun"]),
        proportion=frozenset(grammar["proportion"]),
        marks_inside=frozenset(grammar["marks_inside"]),
        openers=frozenset(grammar["openers"]),
        inside=frozenset(grammar["inside"]),
        clause=frozenset(grammar["clause"]),
        passed_over=frozenset(grammar["passed_over"]),
        joins_people=frozenset(grammar["joins_people"]),
        before_object=frozenset(grammar["before_object"]),
        headline=frozenset(grammar["headline"]),
        brought=frozenset(grammar["brought"]),
        plural_verbs=frozenset(grammar["plural_verbs"]),
        told_of=frozenset(grammar["told_of"]),
        among_words=frozenset(grammar["among_words"]),
        costs=frozenset(table["frame"]["costs"]),
    )


def _by_phrase(table: Mapping[str, Iterable[str]]) -> Phrases[Harm]:
    return Phrases({phrase: harm for harm in HARMS for phrase in table.get(harm, ())})


@dataclass(frozen=True, eq=False, repr=False)
class SpeechWords:
    """The words by which a report says who says so."""

    say: frozenset[str]
    told: frozenset[str]
    deny: frozenset[str]
    doubt: frozenset[str]
    weak: frozenset[str]
    going_on: frozenset[str]
    saying_nouns: frozenset[str]
    not_after_claim: frozenset[str]
    needs_that: frozenset[str]
    new_clause: frozenset[str]
    speak: frozenset[str]
    claim: frozenset[str]
    before_noun: frozenset[str]
    before_weak_noun: frozenset[str]
    rejected: frozenset[str]
    announcing: frozenset[str]
    blames: frozenset[str]
    reacting: frozenset[str]
    stage: frozenset[str]
    holding: Phrases[str]
    owned: frozenset[str]
    private: frozenset[str]
    bodies: frozenset[str]
    personal: frozenset[str]
    letterhead: frozenset[str]
    statement: frozenset[str]
    restating: frozenset[str]
    after_restated: frozenset[str]
    determiners: frozenset[str]
    adjective_endings: tuple[str, ...]
    put: frozenset[str]
    put_objects: frozenset[str]
    according: Phrases[str]
    citing: frozenset[str]
    nouns: frozenset[str]
    pronouns: frozenset[str]
    of_them: frozenset[str]
    persons: frozenset[str]
    bylines: frozenset[str]
    closers: tuple[str, ...]
    speaking: frozenset[str]
    addresses: frozenset[str]
    passing: frozenset[str]
    anyone: frozenset[str]
    rejects: Mapping[str, Stance]
    rejects_by: Phrases[Stance]
    replies: Phrases[Stance]
    parted: frozenset[str]
    answering: frozenset[str]
    accounts: frozenset[str]
    rejecting: frozenset[str]
    not_rejected: frozenset[str]
    verdicts: Phrases[Stance]
    calls: frozenset[str]
    names: frozenset[str]
    approving: frozenset[str]
    given: frozenset[str]
    apart: frozenset[str]
    headline: Phrases[str]
    outlets: frozenset[str]
    between: frozenset[str]
    inner: frozenset[str]
    right_end: frozenset[str]
    tail: frozenset[str]
    clause_starts: frozenset[str]

    @cached_property
    def opening(self) -> frozenset[str]:
        """The words at which an attribution can be read: verbs and nouns of saying, and "according"."""
        cues = (self.say, self.told, self.deny, self.doubt, self.citing, self.saying_nouns, self.put, self.speak)
        return self.according.first_words.union(*cues)

    def is_cue(self, word: str) -> bool:
        """Say whether a lower-case word can be a verb of saying."""
        return word in self.say or word in self.told or word in self.deny or word in self.doubt


def _speech_words(table: Mapping[str, Any]) -> SpeechWords:
    cues, sources, rest, rejecting = table["cues"], table["sources"], table["phrases"], table["rejecting"]
    rejects: dict[str, Stance] = dict.fromkeys(rejecting["denies"], "denies")
    rejects |= dict.fromkeys(rejecting["doubts"], "doubts")
    verdicts: dict[str, Stance] = dict.fromkeys(rejecting["false"], "denies")
    verdicts |= dict.fromkeys(rejecting["doubtful"], "doubts")
    by: dict[str, Stance] = dict.fromkeys(rejecting["denies_by"], "denies")
    by |= dict.fromkeys(rejecting["doubts_by"], "doubts")
    replies: dict[str, Stance] = dict.fromkeys(rejecting["replies"], "denies")
    return SpeechWords(
        say=frozenset(cues["say"]),
        told=frozenset(cues["told"]),
        deny=frozenset(cues["deny"]),
        doubt=frozenset(cues["doubt"]),
        weak=frozenset(cues["weak"]),
        going_on=frozenset(cues["going_on"]),
        saying_nouns=frozenset(cues["nouns"]),
        not_after_claim=frozenset(cues["not_after_claim"]),
        needs_that=frozenset(cues["needs_that"]),
        new_clause=frozenset(rest["new_clause"]),
        speak=frozenset(cues["speak"]),
        claim=frozenset(cues["claim"]),
        before_noun=frozenset(cues["before_noun"]),
        before_weak_noun=frozenset(cues["before_weak_noun"]),
        rejected=frozenset(cues["rejected"]),
        announcing=frozenset(sources["announcing"]),
        blames=frozenset(cues["blames"]),
        reacting=frozenset(cues["reacting"]),
        stage=frozenset(sources["stage"]),
        holding=phrases(rejecting["holding"]),
        owned=frozenset(rejecting["owned"]),
        private=frozenset(sources["private"]),
        bodies=frozenset(sources["bodies"]),
        personal=frozenset(sources["personal"]),
        letterhead=frozenset(sources["letterhead"]),
        statement=frozenset(sources["statement"]),
        restating=frozenset(rest["restating"]),
        after_restated=frozenset(rest["after_restated"]),
        determiners=frozenset(rest["determiners"]),
        adjective_endings=tuple(rest["adjective_endings"]),
        put=frozenset(cues["put"]),
        put_objects=frozenset(cues["put_objects"]),
        according=phrases(cues["according"]),
        citing=frozenset(cues["citing"]),
        nouns=frozenset(sources["nouns"]),
        pronouns=frozenset(sources["pronouns"]),
        of_them=frozenset(sources["of_them"]),
        persons=frozenset(sources["persons"]),
        bylines=frozenset(sources["bylines"]),
        closers=tuple(sources["headline"]),
        speaking=frozenset(cues["speaking"]),
        addresses=frozenset(cues["addresses"]),
        passing=frozenset(cues["passing"]),
        anyone=frozenset(cues["anyone"]),
        rejects=rejects,
        rejects_by=Phrases(by),
        replies=Phrases(replies),
        parted=frozenset(rejecting["parted"]),
        answering=frozenset(rejecting["answering"]),
        accounts=frozenset(rejecting["accounts"]),
        # The longest word of each phrase: most sentences hold none of these, and are passed over at once.
        rejecting=frozenset(
            max(phrase.split(), key=len) for phrase in (*rejects, *verdicts, *by, *replies, *rejecting["parted"], "lie")
        ),
        not_rejected=frozenset(rejecting["not_rejected"]),
        verdicts=Phrases(verdicts),
        calls=frozenset(rejecting["calls"]),
        names=frozenset(rejecting["names"]),
        approving=frozenset(rejecting["approving"]),
        given=frozenset(rejecting["given"]),
        apart=frozenset(rejecting["apart"]),
        headline=phrases(sources["headline"]),
        outlets=frozenset(sources["outlets"]),
        between=frozenset(rest["between"]),
        inner=frozenset(rest["inner"]),
        right_end=frozenset(rest["right_end"]),
        tail=frozenset(rest["tail"]),
        clause_starts=frozenset(rest["clause_starts"]),
    )


@dataclass(frozen=True, eq=False, repr=False)
class SlotWords:
    """Words for means, parties, scope and status."""

    means: Phrases[str]
    means_before: frozenset[str]
    means_verbs: frozenset[str]
    care: frozenset[str]
    parties: frozenset[str]
    party_adjectives: frozenset[str]
    party_endings: tuple[str, ...]
    cumulative: Phrases[str]
    large: int
    civilian: frozenset[str]
    combatant: frozenset[str]
    war: frozenset[str]
    helpers: frozenset[str]
    disasters: frozenset[str]


def _slot_words(table: Mapping[str, Any]) -> SlotWords:
    means, parties, scope, status = table["means"], table["parties"], table["scope"], table["status"]
    return SlotWords(
        means=phrases(means["nouns"]),
        means_before=frozenset(means["before"]),
        means_verbs=frozenset(means["verbs"]),
        care=frozenset(table["places"]["care"]),
        parties=frozenset(parties["nouns"]),
        party_adjectives=frozenset(parties["adjectives"]),
        party_endings=tuple(parties["endings"]),
        cumulative=phrases(scope["cumulative"]),
        large=scope["large"],
        civilian=frozenset(status["civilian"]),
        combatant=frozenset(status["combatant"]),
        war=frozenset(status["war"]),
        helpers=frozenset(status["helpers"]),
        disasters=frozenset(status["disasters"]),
    )


@dataclass(frozen=True, eq=False, repr=False)
class Lexicon:
    """All word lists of one language."""

    language: str
    never_end: frozenset[str]
    end_before_digit: frozenset[str]
    weekdays: tuple[str, ...]
    published: tuple[str, ...]
    stops: frozenset[str]
    numbers: NumberWords
    people: PeopleWords
    harms: HarmWords
    speech: SpeechWords
    slots: SlotWords

    def is_plural(self, tokens: Sequence[Token]) -> bool:
        """Say whether a noun phrase without a figure is a plural: its first run of nouns for people ends in one."""
        head = ""
        for i, token in enumerate(tokens):
            if token.lower in self.harms.preposition and head:
                break
            if token.is_word and token.lower not in self.harms.determiner:
                head = token.lower
                goes_on = i + 1 < len(tokens) and self.people.is_person(tokens[i + 1].lower)
                if self.people.is_person(head) and self.people.is_plural(head) and not goes_on:
                    return True
        named = tokens[0].is_capital and tokens[0].lower not in self.harms.determiner
        return bool(head) and self.people.is_plural(head) and not named


@lru_cache(maxsize=8)
def words(language: str = "en") -> Lexicon:
    """Load the word lists of a language.

    Raises:
        FileNotFoundError: if sayso has no word lists for it.
    """
    folder = files("sayso.claim") / "words"

    def table(name: str) -> dict[str, Any]:
        return tomllib.loads((folder / name).read_text(encoding="utf-8"))

    base = table(f"{language}.toml")
    return Lexicon(
        language=language,
        never_end=frozenset(base["sentences"]["never_end"]),
        end_before_digit=frozenset(base["sentences"]["end_before_digit"]),
        weekdays=tuple(base["sentences"]["weekdays"]),
        published=tuple(base["sentences"]["published"]),
        stops=frozenset(base["phrases"]["stops"]),
        numbers=_number_words(language, base["numbers"]),
        people=_people_words(table(f"people-{language}.toml")),
        harms=_harm_words(table(f"harms-{language}.toml")),
        speech=_speech_words(table(f"speech-{language}.toml")),
        slots=_slot_words(table(f"slots-{language}.toml")),
    )
