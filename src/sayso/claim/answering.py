"""Rejections that take up a figure told elsewhere, by patterns: "The army called the report a lie", "She denied it".

The figure stands in another sentence, or earlier in the same one; here only a word for what was said stands in its
place: a pronoun, a noun for a report or a figure, or nothing ("A lie, the army said"). Which claims are meant is
settled by `sayso.claim.rejoinders`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sayso.claim.rejecting import Rejecting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.claim.source_phrases import Phrase
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon
    from sayso.records import Harm, Span, Stance

_OBJECT = 8
"""How many words the name of what is rejected may have: "the latest claims of the Valley Front"."""
_AROUND = 3
"""How many words before that name may tell which figure is meant: "the second of these figures"."""
_CALLING = 12
"""How far a verdict may stand from the verb that passes it."""
_ADDED, _DESCRIBED = 5, 3
_PRONOUNS = frozenset({"it", "this", "that", "them", "both", "these", "those", "everything", "so"})
_STOPS = frozenset({".", ",", ";", ":", "?", "”", '"', "’", "'", "—", "–", "-", ")", "/", "…"})
_AFTER = frozenset({
    "and", "but", "too", "as", "on", "in", "at", "late", "early", "out", "outright", "also", "when", "saying",
    "yesterday", "today", "before", "aside", "off", "away",
})  # fmt: skip
_SEEMS = frozenset({"looked", "looks", "look", "seemed", "seems", "sounded", "sounds", "appeared", "appears"})
_GOES_ON = frozenset({"that", "what", "whether", "how", "to", "for", "if"})
_PARTICLES = frozenset({"aside", "off", "away"})
_PEOPLE = frozenset({"him", "her", "them"})
_ANY = frozenset({"any", "anyone", "anybody", "anything", "such", "ever"})
_CONTENT = frozenset({"that", "there", "having"}) | _ANY
_HAPPENED = frozenset({"place", "happened", "occurred", "happen", "occur", "existed"})

Which = Literal["", "first", "last", "most"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A rejection of what was said elsewhere.

    Attributes:
        sentence: The number of its sentence.
        stance: Whether it denies or doubts.
        cue: The words that reject.
        source: Who does, where the sentence names somebody beside the cue.
        owner: Whose words are rejected, where that is said.
        which: Which one figure is spoken of, where only one is: the first or last told, or the highest ("the toll").
        harm: The harm that is denied, where only one is: "denied that anyone had been captured".
        bare: Whether the sentence leaves open who speaks: "That was wrong."
    """

    sentence: int
    stance: Stance
    cue: Span
    source: Span | None
    owner: Span | None = None
    which: Which = ""
    harm: Harm | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """What a rejection names in place of a figure."""

    owner: Span | None = None
    which: Which = ""
    harm: Harm | None = None


class Answering(Rejecting):
    """Reads one sentence for rejections of what another one tells."""

    def __init__(self, tokens: Sequence[Token], number: int, lexicon: Lexicon) -> None:
        super().__init__(tokens, lexicon)
        self.number = number
        self.things = self.speech.rejected | self.speech.accounts

    def answers(self) -> Iterator[Answer]:
        """Yield the rejections of a sentence, at most one for each of its verbs and verdicts."""
        behind = 0
        speech = self.speech
        begun = {*self.verbs, *self.verdicts, *self.quoted}
        begun.update(
            i for i, t in enumerate(self.tokens) if t.lower in speech.parted or t.lower in speech.replies.first_words
        )
        for i in sorted(begun):
            if i < behind:
                continue
            found = self._verb(i) or self._verdict(i) or self._reply(i)
            if found is not None:
                behind = i + _CALLING
                yield found

    def _verb(self, i: int) -> Answer | None:
        """ "The ministry disputes both figures", "an account that the army refuted", "This was denied by the army"."""
        hit = self.verbs.get(i) or self._parted(i)
        if hit is None:
            return None
        end, stance = hit
        if self.word(i - 1) in self.lexicon.harms.be and self.word(end) == "by":
            named, phrase = self._subject_named(i - 1), self.phrases.right_of(end + 1)
            return None if named is None or phrase is None else self._answer(stance, (i, end), phrase, named)
        subject = self.phrases.subject(i)
        if subject is None or not self._is_verb(i) or not self._may_reject(subject) or self._denies_guilt(end - 1):
            return None
        named = self._object(end) or (self._contents(end) if end == i + 1 else None) or self._gap(subject, end)
        return None if named is None else self._answer(stance, (i, end), subject, named)

    def _parted(self, i: int) -> tuple[int, Stance] | None:
        """Read "brushed ... aside" as one verb."""
        if self.word(i) not in self.speech.parted:
            return None
        reach = range(i + 2, min(i + _OBJECT, len(self.tokens)))
        return (i + 1, "denies") if any(self.word(k) in _PARTICLES for k in reach) else None

    def _object(self, i: int, stop: int | None = None) -> _Named | None:
        """Read what a verb rejects: "it", "the report", "the union's figure", "both numbers"."""
        while self._is_adverb(i) or self.word(i) in {"as", "outright"}:
            i += 1
        if self.word(i) in _PRONOUNS | _PEOPLE and (self._ends(i + 1) or i + 1 == stop):
            return _Named()
        for j in range(i, min(i + _OBJECT, len(self.tokens))):
            if self.word(j) in self.things and self.word(j + 1) not in {"'s", "’s", "-"}:
                return self._thing(j, stop)
            if self.word(j) in {"neither", "both"} and self._ends(j + 1):
                return _Named()
            stops = (
                self.tokens[j].text in _STOPS - {"’", "'"}
                or self._is_figure(j)
                or self.word(j) in _PRONOUNS - {"this", "that", "these", "those", "both"}
            )
            if stops or self._is_be(j) or (j > i and self.word(j) in self.lexicon.harms.preposition):
                return None
        return None

    def _thing(self, j: int, stop: int | None = None) -> _Named | None:
        """Take the name of what was said at token `j`, unless it goes on to what was said."""
        phrase = self.phrases.owner(j)
        end = j + 1 if phrase is None or phrase[0] < j else phrase[1]
        if self._tells_harm(j + 1):
            return _Named()
        if not (self._ends(end) or end == stop or self.word(end) in self.lexicon.harms.be or self.word(end) in _SEEMS):
            return None
        before = {self.word(k) for k in range(max(0, j - _AROUND), j)}
        which: Which = "last" if before & {"last", "latter", "second"} else ""
        if "first" in before:
            which = "first"
        elif not which and self.word(j) in {"figure", "number", "toll", "count", "tally"}:
            which = "most"
        return _Named(None if phrase is None else self._of(phrase), which)

    def _tells_harm(self, i: int) -> bool:
        """Say whether words go on to harm without a figure: "claims of civilian deaths", "reports that people died"."""
        if self.word(i) not in {"of", "about", "that"}:
            return False
        for k in range(i + 1, min(i + 1 + _OBJECT, len(self.tokens))):
            if self._is_figure(k) or self.tokens[k].text in _STOPS:
                return False
            if self.lexicon.harms.nouns.match(self.tokens, k) is not None or self.word(k) in self.lexicon.harms.verbs:
                return True
        return False

    def _contents(self, i: int) -> _Named | None:
        """ "... that any raid had taken place", "... that anyone had been captured": the event, or one harm."""
        if self.word(i) not in _CONTENT:
            return None
        end = next(
            (k for k in range(i, len(self.tokens)) if self._breaks(k) or self.tokens[k].text in {",", ":", '"', "”"}),
            len(self.tokens),
        )
        run = range(i, end)
        if not any(self.word(k) in _ANY for k in run) or any(self._is_figure(k) for k in run):
            return None
        harms = {verb.harm for k in run if (verb := self.lexicon.harms.verbs.get(self.word(k))) is not None}
        nouns = {hit[1] for k in run if (hit := self.lexicon.harms.nouns.match(self.tokens, k)) is not None}
        told = {one for one in harms | nouns if one is not None}
        if len(told) == 1:
            return _Named(harm=told.pop())
        return _Named() if not told and any(self.word(k) in _HAPPENED for k in run) else None

    def _gap(self, subject: Phrase, end: int) -> _Named | None:
        """ "..., an account that the army refuted", "..., which the ministry denies", "a figure the army disputes"."""
        at = subject[0] - 1
        if self.speech.is_cue(self.word(at)) and self.word(subject[0]) in self.speech.pronouns:
            # "a number that the director said she did not recognise"
            teller = self.phrases.subject(at)
            at = at if teller is None else teller[0] - 1
        relative = self.word(at) in {"that", "which"}
        at -= relative
        if relative and self.word(at + 1) == "which" and self.tokens[at].text == ",":
            return _Named() if self._ends(end) else None
        named = self.word(at) in self.things and self.word(subject[0]) not in self.things
        return _Named() if named and self._ends(end) else None

    def _verdict(self, i: int) -> Answer | None:
        """ "It was a lie", "called the report baseless", "A lie, the army said", "Army: not true"."""
        hit = self.verdicts.get(i) or self._quoted(i)
        if hit is None or self.word(i - 1) in self.lexicon.harms.negation:
            return None
        end, stance = hit
        if self.word(end) == "in":
            named = self._object(end + 1)
            return None if named is None else self._answer(stance, (i, end), None, named, bare=True)
        if self.word(end) in _GOES_ON:
            return None
        k = i
        while k > 0 and (
            self._is_adverb(k - 1)
            or self.word(k - 1) in {"a", "an", "as", "quite", "all", "pure", "flat"}
            or self.tokens[k - 1].text in {'"', "“", "‘", "'"}
        ):
            k -= 1
        if self.word(k - 1) in self.lexicon.harms.be or self.word(k - 1) in _SEEMS:
            named = self._subject_named(k - 1)
            if named is not None:
                return self._answer(stance, (i, end), None, named, bare=True)
            return self._doubter(stance, k - 1, i, end) if stance == "doubts" else None
        for j in range(k - 1, max(-1, k - _CALLING), -1):
            if self._breaks(j):
                break
            if self.word(j) in self.speech.calls or j in self.verbs:
                subject, named = self.phrases.subject(j), self._called(j + 1, k)
                if subject is not None and named is not None and self._may_reject(subject):
                    return self._answer(stance, (i, end), subject, named)
        if k == 0 or self.tokens[k - 1].text == ":":
            return self._alone(stance, k, i, end)
        subject = self.phrases.subject(k - 1) if self.speech.is_cue(self.word(k - 1)) and self._ends(end) else None
        return None if subject is None else self._answer(stance, (i, end), subject, _Named())

    def _quoted(self, i: int) -> tuple[int, Stance] | None:
        """Take a name in quotation marks for a verdict: "called it "a shopping list for lawyers""."""
        hit = self.quoted.get(i)
        return None if hit is None else (hit[0], "denies")

    def _called(self, start: int, stop: int) -> _Named | None:
        """Read what is called something: words that describe the verdict may stand before it ("cheap propaganda")."""
        for k in range(stop, max(start, stop - _DESCRIBED), -1):
            named = self._object(start, k)
            if named is not None:
                return named
            if not self.tokens[k - 1].is_word or self.tokens[k - 1].is_capital:
                return None
        return None

    def _doubter(self, stance: Stance, be: int, i: int, end: int) -> Answer | None:
        """ "The ombudsman is far from certain", "They were sceptical of the claim"."""
        subject = self.phrases.subject(be)
        if subject is None or not self._may_reject(subject):
            return None
        of = self.word(end) in {"of", "about", "by"}
        named = self._object(end + 1) if of else _Named() if self._ends(end) else None
        return None if named is None else self._answer(stance, (i, end), subject, named)

    def _alone(self, stance: Stance, start: int, i: int, end: int) -> Answer | None:
        """Read a verdict that says nothing else: a sentence or quotation of its own, or a ticker's word of somebody."""
        close = end
        while close < min(end + _ADDED, len(self.tokens)) and self._adds(close):
            close += 1
        if close < len(self.tokens) and self.tokens[close].text not in _STOPS:
            return None
        speaker = self._before_colon(start - 1) if start > 1 and self.tokens[start - 1].text == ":" else None
        speaker = speaker or self._who_answers(close)
        return self._answer(stance, (i, end), speaker, _Named(), bare=True)

    def _adds(self, i: int) -> bool:
        """Say whether a word may follow a verdict that stands alone: "A lie from first to last"."""
        return self.tokens[i].is_word and not self.speech.is_cue(self.word(i)) and not self._is_figure(i)

    def _before_colon(self, colon: int) -> Phrase | None:
        """ "Army: not true", "Defence minister on that claim: nonsense"."""
        start = 0
        while start < colon and not self.tokens[start].is_word:
            start += 1
        for first, last in filter(None, (self.phrases.left_of(colon), self.phrases.right_of(start))):
            end = next((k for k in range(first, last) if self.word(k) in self.speech.answering), last)
            if first < end and self.phrases.names_source((first, end)) and self.word(end - 1) not in self.things:
                return first, end
        return None

    def _who_answers(self, close: int) -> Phrase | None:
        """ "A lie," the ministry countered; "Not so," replied the mayor."""
        while close < len(self.tokens) and not self.tokens[close].is_word:
            close += 1
        if self.word(close) in self.speech.answering or self.speech.is_cue(self.word(close)):
            found = self.phrases.right_of(close + 1)
        else:
            near = range(close, min(close + _CALLING, len(self.tokens)))
            verb = next((k for k in near if self.word(k) in self.speech.answering), 0)
            found = self.phrases.subject(verb) if verb else None
        return found if found is not None and self.phrases.names_source(found) else None

    def _reply(self, i: int) -> Answer | None:
        """ "The governor disagrees", "The coalition issued a flat denial"."""
        hit = self.speech.replies.match(self.tokens, i)
        subject = self.phrases.subject(i) if hit is not None else None
        if hit is None or subject is None or not self._may_reject(subject) or not self._is_verb(i):
            return None
        return self._answer(hit[1], (i, hit[0]), subject, _Named())

    def _subject_named(self, be: int) -> _Named | None:
        """Read the subject of "was", where it is a word for what was said and no figure belongs to it."""
        k = be
        while k > 0 and (self.word(k - 1) in self.speech.between or self._is_adverb(k - 1)):
            k -= 1
        if self.word(k - 1) in _PRONOUNS | {"neither", "either", "all"}:
            return _Named()
        for j in range(k - 1, max(-1, k - 1 - _OBJECT), -1):
            if self._is_figure(j) or self.tokens[j].text in _STOPS or self._breaks(j):
                return None
            if self.word(j) in self.things:
                return self._thing(j)
            if self.speech.is_cue(self.word(j)):
                return None
        return None

    def _ends(self, i: int) -> bool:
        """Say whether what is rejected ends before token `i`."""
        return (
            i >= len(self.tokens)
            or self.tokens[i].text in _STOPS
            or self.word(i) in _AFTER
            or self.word(i) in self.lexicon.weekdays
        )

    def _is_adverb(self, i: int) -> bool:
        return self.word(i).endswith("ly") and self.word(i) not in self.things

    def _is_be(self, i: int) -> bool:
        return self.word(i) in self.lexicon.harms.be and self.tokens[i].text not in {"'s", "’s"}

    def _is_figure(self, i: int) -> bool:
        numbers = self.lexicon.numbers
        return self.tokens[i].is_digits or self.word(i) in numbers.number_words

    def _answer(
        self, stance: Stance, cue: Phrase, source: Phrase | None, named: _Named, *, bare: bool = False
    ) -> Answer:
        return Answer(
            self.number,
            stance,
            self._span(*cue),
            self._rejecter(source),
            named.owner,
            named.which,
            named.harm,
            bare,
        )

    def _rejecter(self, phrase: Phrase | None) -> Span | None:
        """Return the words for whoever rejects, where they can be traced to a name."""
        if phrase is None or self.word(phrase[0] - 1) in self.lexicon.harms.preposition - {"but", "by"}:
            return None
        traced = self.word(phrase[0]) in {"he", "she", "they", "it"}
        return self._of(phrase) if traced or not self._is_idle(phrase) else None
