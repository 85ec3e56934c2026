"""The name of whoever speaks, where the words found for them are a pronoun, or a part of how they are introduced."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from sayso.claim.source_phrases import SourcePhrases
from sayso.claim.speakers import is_person
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sayso.claim.sentences import Sentence
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon

_INDEFINITE = frozenset({"a", "an", "another"})
_ASIDE = _INDEFINITE | {"who", "which", "whose"}
_NAME_WORDS, _TITLED = 2, 3
_OF_NAMES = frozenset({"for", "of", "on", "against"})
_COMPLETED = 6
"""How many words the rest of a name has at most: "for Human Rights"."""
_SAME = "the same "
_BACK = 3
"""How many sentences back a person is looked for who has not spoken yet."""


class Speakers:
    """Who speaks in a report, in the order of the text; pronouns left out, since they name nobody.

    Args:
        text: The report's text.
        spoken: Sources known to speak, in any order.
        lexicon: The words of its language.
    """

    def __init__(self, text: str, spoken: Iterable[Span], lexicon: Lexicon) -> None:
        self._of_kind: dict[bool | None, list[Span]] = defaultdict(list)
        persons: dict[str, bool] = {}
        # Of those that begin at one place the first that was known speaks.
        for one in sorted(dict.fromkeys(spoken), key=lambda one: one.start, reverse=True):
            name = one.of(text)
            if name.lower() in lexicon.speech.pronouns:
                continue
            if name not in persons:
                persons[name] = is_person(name, lexicon)
            self._of_kind[None].append(one)
            self._of_kind[persons[name]].append(one)

    def last_before(self, at: int, *, person: bool | None) -> Span | None:
        """Return who speaks last before an offset: a person, a body, or with None whoever it is."""
        some = self._of_kind.get(person, [])
        near = bisect_left(some, -at, key=lambda one: -one.start)
        return next((some[n] for n in range(near, len(some)) if some[n].end <= at), None)


class Naming:
    """Names the speakers of one report.

    Args:
        text: The report's text.
        sentences: Its sentences.
        lexicon: The words of its language.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence], lexicon: Lexicon) -> None:
        self.text = text
        self.sentences = sentences
        self.lexicon = lexicon
        self.speech = lexicon.speech

    def introduced(self, source: Span, number: int) -> Span:
        """Return the name in the words by which a report introduces a source.

        "the Valley Council, an alliance of villages around Dresk" is the Valley Council, whichever part was found.

        Args:
            source: The words found.
            number: The number of their sentence.
        """
        tokens = self.sentences[number].tokens
        inside = [i for i, token in enumerate(tokens) if token.start < source.end and source.start < token.end]
        if not inside:
            return source
        first, last = inside[0], self._whole(tokens, inside[-1] + 1)
        source = Span(source.start, max(source.end, tokens[last - 1].end))
        if tokens[first].lower in _INDEFINITE:
            name = self._before(tokens, first)
            return source if name is None else name
        for i in range(first + _NAME_WORDS, last):
            closed = tokens[i - 1].text == ","
            head = tokens[first : i - closed]
            if tokens[i].lower in _ASIDE and self._is_name(head) and (closed or tokens[i].lower in _INDEFINITE):
                return Span(head[0].start, head[-1].end)
        return source

    def _whole(self, tokens: Sequence[Token], last: int) -> int:
        """Return where the name of a body ends that was cut short: "the Valley Observatory [for Civil Rights]"."""
        if tokens[last - 1].lower not in self.speech.bodies or not tokens[last - 1].text.istitle():
            return last
        end = last + 1
        while end < min(len(tokens), last + _COMPLETED) and tokens[end].text.istitle() and not self._dates(tokens[end]):
            end += 1
        return end if end > last + 1 and tokens[last].lower in _OF_NAMES else last

    def _dates(self, token: Token) -> bool:
        """Say whether a capital word is a day or a month."""
        return token.lower in self.lexicon.numbers.months or token.lower in self.lexicon.weekdays

    def _before(self, tokens: Sequence[Token], first: int) -> Span | None:
        """Return the name that stands right before an aside which begins at `first`."""
        end = first - 1 if first and tokens[first - 1].text in {",", "("} else first
        phrase = SourcePhrases(tokens, self.lexicon).left_of(end)
        if phrase is None or (phrase[0] and tokens[phrase[0] - 1].lower in self.lexicon.harms.preposition):
            return None
        run = tokens[phrase[0] : phrase[1]]
        return Span(run[0].start, run[-1].end) if self._is_name(run) else None

    def _is_name(self, run: Sequence[Token]) -> bool:
        """Say whether words are a proper name of a body: several capitals, and a noun for one or many words."""
        capitals = [t for t in run if t.is_word and t.is_capital and t.lower not in self.speech.determiners]
        if len(capitals) < _NAME_WORDS or not (run[-1].is_capital or run[-1].text == ")"):
            return False
        dated = run[-1].lower in self.lexicon.numbers.months or run[-1].lower in self.lexicon.weekdays
        kind = any(t.lower in self.speech.nouns or t.lower in self.speech.bodies for t in capitals)
        return not dated and (kind or len(capitals) >= _TITLED)

    def passes_on(self, name: str) -> bool:
        """Say whether words may name who passes a figure on: an outlet, a body, a person; not "reporters"."""
        listed = [word.strip("’'\"“”,.()") for word in name.split()]
        if all(word.lower() in self.speech.anyone for word in listed):
            return False
        known = any(word.lower() in self.speech.nouns or word.lower() in self.speech.outlets for word in listed)
        closed = self.speech.determiners | self.speech.pronouns
        return known or any(word[:1].isupper() and word.lower() not in closed for word in listed)

    def meant(self, pronoun: Span, number: int, speakers: Callable[[], Speakers]) -> Span:
        """Return whom a pronoun stands for, or the pronoun itself where the report names nobody who could be meant.

        Args:
            pronoun: Any source; one that is no pronoun is returned as it is.
            number: The number of its sentence.
            speakers: Gives those known to speak in the report; few sources are pronouns, and for others nobody asks.
        """
        word = pronoun.of(self.text).lower()
        same = word.startswith(_SAME)
        if not same and word not in self.speech.pronouns:
            return pronoun
        person = word in self.speech.persons
        spoke = speakers().last_before(pronoun.start, person=None if same else person)
        name = self._person(pronoun, number) if person else None
        return max((one for one in (spoke, name) if one is not None), key=lambda one: one.start, default=pronoun)

    def _person(self, pronoun: Span, number: int) -> Span | None:
        """Return the first full name of the nearest sentence before that has one."""
        for sentence in reversed(self.sentences[max(0, number - _BACK) : number + 1]):
            for run in self._names([token for token in sentence.tokens if token.end <= pronoun.start]):
                return Span(run[0].start, run[-1].end)
        return None

    def _names(self, tokens: Sequence[Token]) -> Iterator[list[Token]]:
        """Yield runs of capital words that may be a full name; behind a preposition they are a place's."""
        run: list[Token] = []
        of_place = False
        for i, token in enumerate(tokens):
            if token.is_word and token.is_capital and not self._is_other(token.lower):
                of_place = of_place if run else i > 0 and tokens[i - 1].lower in self.lexicon.harms.preposition
                run.append(token)
                continue
            if len(run) >= _NAME_WORDS and not of_place:
                yield run
            run = []
        if len(run) >= _NAME_WORDS and not of_place:
            yield run

    def _is_other(self, word: str) -> bool:
        """Say whether a capital word is no part of a person's name."""
        listed = (
            self.speech.nouns, self.speech.bodies, self.speech.outlets, self.speech.determiners,
            self.lexicon.harms.preposition, self.lexicon.numbers.months, self.lexicon.weekdays, self.lexicon.stops,
        )  # fmt: skip
        return any(word in words for words in listed)
