"""Attributions of a sentence by patterns: source, cue and content, with who passed it on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.claim.source_phrases import Phrase, SourcePhrases
from sayso.records import Span, Stance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.sentences import Sentence
    from sayso.claim.words import Lexicon

_HEADLINE_WORDS = 6
_BYLINE_WITHIN = 30
_ADDRESS = 6
"""How many words "in a joint written statement to" may have before the form that it names."""
_ACCUSED = 10
"""How far behind "accused" the "of" stands that tells what of."""


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution with what a claim needs of it.

    Attributes:
        sentence: The number of its sentence.
        source: Who says so, under the name the report gave last.
        cue: The words of saying.
        content: What was said.
        stance: Whether the source asserts, denies or doubts it.
        mention: The pronoun that stood for the source.
        via: Who passed it on, nearest to the source first.
        cited: Whether another source quotes this one, which makes it the nearer one.
        quoted: The one whose words a denial rejects, where the report names it.
        certain: Whether it is the subject of a verb that rejects, so that nobody else is asked.
    """

    sentence: int
    source: Span
    cue: Span
    content: tuple[Span, ...]
    stance: Stance = "asserts"
    mention: Span | None = None
    via: tuple[Span, ...] = ()
    cited: bool = False
    quoted: Said | None = None
    certain: bool = False


class Attributions:
    """One sentence, read for its cues from left to right."""

    def __init__(self, sentence: Sentence, number: int, lexicon: Lexicon) -> None:
        self.number = number
        self.tokens = sentence.tokens
        self.lexicon = lexicon
        self.speech = lexicon.speech
        self.phrases = SourcePhrases(self.tokens, lexicon)
        self.word = self.phrases.word
        self.taken: list[Phrase] = []
        self.out: list[Said] = []

    def read(self) -> list[Said]:
        """Return the attributions of the sentence in text order."""
        for i, token in enumerate(self.tokens):
            found = self._at(i) if token.lower in self.speech.opening else None
            if found is not None:
                self.out.append(found)
        self.out.extend(self._headline())
        return [self._own_clause(said) for said in self.out]

    def _own_clause(self, said: Said) -> Said:
        """Cut what was said where another speaker begins a clause: "..., but the rebels say more than 100"."""
        limit = None
        for other in self.out:
            if other.source.start <= said.cue.end or other.source == said.source or other.mention is not None:
                continue
            at = next(i for i, t in enumerate(self.tokens) if t.start >= other.source.start)
            if self.word(at - 1) in self.speech.new_clause and said.cue.end < other.source.start:
                limit = min(limit or other.source.start, self.tokens[at - 1].start)
        if limit is None:
            return said
        content = tuple(s for s in (self._cut(span, limit) for span in said.content) if s is not None)
        return replace(said, content=content) if content else said

    def _at(self, i: int) -> Said | None:
        word = self.word(i)
        according = self.speech.according.match(self.tokens, i)
        if according is not None and not self._is_forename(i):
            return self._according(i, according[0])
        if word in self.speech.citing:
            return self._citing(i)
        noun = self._noun(i) if word in self.speech.saying_nouns else None
        if noun is not None:
            return noun
        if any(a <= i < b for a, b in self.taken):
            return None
        puts = word in self.speech.put and any(self.word(i + n) in self.speech.put_objects for n in (2, 3))
        speaks_of = word in self.speech.speak and self.word(i + 1) == "of"
        if puts or speaks_of or self.speech.is_cue(word):
            return self._verb(i)
        return None

    def _is_forename(self, i: int) -> bool:
        """Tell "Per Lissak" from "per the ministry": a capital in the middle of a sentence, before another one."""
        after = self.tokens[i + 1 : i + 2]
        return i > 0 and self.tokens[i].text == "Per" and bool(after) and after[0].text.istitle()

    # patterns

    def _according(self, i: int, after: int) -> Said | None:
        """ "According to X, ..." and "..., according to X"."""
        right = self.phrases.right_of(after)
        if right is None:
            return None
        self.taken.append((i, right[1]))
        before, behind = self._span(0, i), self._span(right[1], len(self.tokens))
        opens = i <= 1 or not self._says_something(i)
        content: list[Span | None] = [behind] if opens and behind is not None else [before]
        if not opens and right[1] < len(self.tokens) and self.tokens[right[1]].text == ",":
            content.append(behind)
        return self._made(right, (i, after), content)

    def _citing(self, i: int) -> Said | None:
        """ "Y said, citing X", "Y quoted X as saying", "X, quoted by Y": the source is X, and Y passed it on."""
        if self.word(i + 1) == "by":
            return self._quoted_by(i)
        if self.word(i - 1) in self.lexicon.harms.be:
            return None
        right = self.phrases.right_of(i + 1)
        if right is None:
            return None
        left = self._citer(i)
        outer = self.out[-1] if self.out else None
        via: tuple[Span, ...] = ()
        if left is not None:
            via = (self._of(left),)
        elif outer is not None:
            via = (outer.source, *outer.via)
        self.taken.append((i, right[1]))
        stop = right[1] + 2 if self.word(right[1]) == "as" else right[1]
        behind, before = self._span(stop, len(self.tokens)), self._span(0, left[0] if left is not None else i)
        says_more = behind is not None and len(self.tokens) - stop > 2
        content = [behind] if left is not None and says_more else [before, behind]
        made = self._made(right, (i, i + 1), content)
        return replace(made, via=via, cited=True) if made is not None else None

    def _citer(self, i: int) -> Phrase | None:
        """Who cites: the subject before the word, or before the comma or relative pronoun that parts them."""
        if self.word(i - 1) in {"which", "who"}:
            return self.phrases.left_of(i - 1 - (self.tokens[i - 2].text == ","))
        if i and self.tokens[i - 1].text == ",":
            found = self.phrases.left_of(i - 1)
            return (
                found if found is not None and self.phrases.names_source(found) and not self._is_said(found) else None
            )
        found = self.phrases.subject(i)
        return None if found is None or self._is_said(found) else found

    def _is_said(self, phrase: Phrase) -> bool:
        """Say whether a phrase is already the source of an attribution of this sentence."""
        return any(said.source == self._of(phrase) for said in self.out)

    def _quoted_by(self, i: int) -> Said | None:
        """ "City officials, quoted by the Post, put the toll at eight"."""
        passive = self.word(i - 1) in self.lexicon.harms.be
        source = self.phrases.subject(i) if passive else self.phrases.left_of(i - (self.tokens[i - 1].text == ","))
        outlet = self.phrases.right_of(i + 2)
        if source is None or outlet is None:
            return None
        self.taken.append((i, outlet[1]))
        start = outlet[1] + 2 if self.word(outlet[1]) == "as" else outlet[1]
        self.taken.append((outlet[1], start))
        made = self._made(source, (i, i + 1), [self._span(start, len(self.tokens))])
        return replace(made, via=(self._of(outlet),), cited=True) if made is not None else None

    def _noun(self, i: int) -> Said | None:
        """ "Reports that ...": the noun is the source; "the claim by activists that ...": who stands behind it is."""
        if self.word(i + 1) in {"by", "from"}:
            owner = self.phrases.right_of(i + 2)
            if owner is None or self.word(owner[1]) != "that" or not self.phrases.names_source(owner):
                return None
            if any(said.quoted is not None and said.quoted.source == self._of(owner) for said in self.out):
                return None
            return self._made(owner, (i, i + 1), [self._span(owner[1] + 1, len(self.tokens))])
        if self.word(i + 1) != "that":
            return None
        subject = self.phrases.subject(i)
        if (
            subject is not None
            and self.phrases.names_source(subject)
            and self.word(i - 1) not in self.speech.before_noun
        ):
            return None
        start = i - 1 if self.word(i - 1) in self.speech.before_noun else i
        return self._made((start, i + 1), (i, i + 1), [self._span(i + 2, len(self.tokens))])

    def _verb(self, i: int) -> Said | None:
        word = self.word(i)
        if word in self.speech.going_on and self.word(i - 1) != "as":
            return self._going_on(i)
        if self._is_no_saying(i):
            return None
        if word in self.speech.told and self.word(i - 1) in {"who", "which"} and self.out:
            return self._told_on(i)
        turned = self._is_turned(i)
        source = self._quoted_as(i) or (None if turned else self.phrases.subject(i))
        if source is not None and word in self.speech.weak and not self.phrases.names_source(source):
            return None
        inverted = self._inverted(i) if source is None else None
        source = source or inverted
        if source is not None and self.word(source[0] - 1) == "than":
            return None
        if source is None or self._is_no_source(source):
            return self._going_on(i) if self.word(i - 1) in {",", "and", "but"} and not turned else None
        return self._from_verb(i, source, inverted=inverted is not None)

    def _is_no_saying(self, i: int) -> bool:
        """Tell "claimed four lives", "the report", "cannot say" and "found the bodies" from a verb of saying."""
        word, before, after = self.word(i), self.word(i - 1), self.word(i + 1)
        if word in self.speech.claim and after in self.speech.not_after_claim:
            return True
        if word in self.speech.weak and before in self.speech.before_weak_noun:
            return True
        if word in self.speech.blames and after != "of":
            # "accused the army of killing 20"
            behind = (self.word(k) for k in range(i + 2, min(i + _ACCUSED, len(self.tokens))))
            return "of" not in behind
        return before in self.lexicon.harms.negation or (word in self.speech.needs_that and after != "that")

    def _from_verb(self, i: int, source: Phrase, *, inverted: bool) -> Said | None:
        word = self.word(i)
        end = source[1] if inverted else i + 1
        via: tuple[Span, ...] = ()
        told = (
            word in self.speech.told
            or (word in self.speech.deny and self.word(i + 1) == "to")
            or self.word(end) == "to"
        )
        hearer = self.phrases.right_of(end + (self.word(end) == "to")) if told else self._addressed(end)
        if hearer is not None:
            end = hearer[1]
            via = (self._of(hearer),) if self.phrases.passes_on(hearer) else ()
            self.taken.append((i, end))
        opening = self._addressed(0) if hearer is None else None
        if opening is not None and opening[1] <= source[0] and self.phrases.passes_on(opening):
            via = (self._of(opening),)
        content = self._content(source, i, end, inverted=inverted)
        self.taken.append(source)
        made = self._made(source, (i, i + 1), content, self._stance(word))
        if made is None:
            return None
        made = replace(made, via=via)
        return replace(made, quoted=self._rejected(i, made)) if made.stance != "asserts" else made

    def _addressed(self, at: int) -> Phrase | None:
        """Return who was spoken to, where that is told at token `at`: "in a statement to X", "speaking to X"."""
        if self.word(at) in self.speech.speaking:
            return self._hearer(at + 2) if self.word(at + 1) in {"to", "with"} else None
        if self.word(at) not in {"in", "by", "during"}:
            return None
        places = range(at + 1, min(at + _ADDRESS, len(self.tokens)))
        form = next((k for k in places if self.word(k) in self.speech.addresses), None)
        return self._hearer(form + 2) if form is not None and self.word(form + 1) in {"to", "with"} else None

    def _hearer(self, start: int) -> Phrase | None:
        """Return the phrase of whoever hears; an agency's name is whole, also where a comma behind it was lost."""
        return (start, start + 1) if self.word(start) in self.speech.bylines else self.phrases.right_of(start)

    def _stance(self, word: str) -> Stance:
        return "denies" if word in self.speech.deny else "doubts" if word in self.speech.doubt else "asserts"

    def _going_on(self, i: int) -> Said | None:
        """ "..., adding that ...", "denied it and said ...": the source of the saying before goes on."""
        content = self._span(i + 1, len(self.tokens))
        if content is None:
            return None
        if not self.out:
            return self._from_opening(i, content)
        earlier = self.out[-1]
        cue = self._of((i, i + 1))
        shortened = tuple(s for s in (self._cut(span, cue.start) for span in earlier.content) if s is not None)
        if shortened:
            self.out[-1] = replace(earlier, content=shortened)
        return replace(earlier, cue=cue, content=(content,), stance=self._stance(self.word(i)), quoted=None)

    def _from_opening(self, i: int, content: Span) -> Said | None:
        """ "The group updated its toll, saying ...": the sentence's own subject says so."""
        opening = self.phrases.right_of(0)
        if opening is None or opening[1] >= i:
            return None
        last = opening[0] + 1
        while last < opening[1] and not (
            self.word(last - 1) in self.speech.nouns and self.word(last) not in self.speech.nouns
        ):
            last += 1
        phrase = (opening[0], last)
        return self._made(phrase, (i, i + 1), [content]) if self.word(last - 1) in self.speech.nouns else None

    def _told_on(self, i: int) -> Said | None:
        """ "X told Y, who told Z": Y and Z both passed it on."""
        hearer = self.phrases.right_of(i + 1)
        if hearer is None:
            return None
        earlier = self.out.pop()
        first = self.phrases.left_of(i - 1 - (self.tokens[i - 2].text == ","))
        via = earlier.via or ((self._of(first),) if first is not None else ())
        content = self._span(hearer[1], len(self.tokens))
        return replace(earlier, via=(*via, self._of(hearer)), content=(content,)) if content is not None else earlier

    def _rejected(self, i: int, denial: Said) -> Said | None:
        """ "dismissed a claim by the Front that ...", "rejected the army's figure of ...": whose words are rejected."""
        for j in range(i + 1, min(len(self.tokens), i + 12)):
            phrase = self.phrases.owner(j) if self.word(j) in self.speech.rejected else None
            if phrase is not None:
                return replace(denial, source=self._of(phrase), stance="asserts", mention=None, via=())
        return None

    def _quoted_as(self, i: int) -> Phrase | None:
        """ "X was quoted as saying": the subject stands before "was"."""
        if self.word(i) != "saying" or self.word(i - 1) != "as" or self.word(i - 2) not in {"quoted", "cited"}:
            return None
        return self.phrases.subject(i - 2)

    def _is_turned(self, i: int) -> bool:
        """Say whether the verb stands right behind a quotation: "...", said the mayor."""
        j = i - 2 if i and self.tokens[i - 1].text == "," else i - 1
        return j >= 0 and self.tokens[j].text in {"”", '"'}

    def _inverted(self, i: int) -> Phrase | None:
        """ "..., said the ministry": only behind a quotation mark or comma, or at the end of what was said."""
        if self.word(i) not in self.speech.say or i == 0 or i + 1 >= len(self.tokens):
            return None
        if self.tokens[i - 1].text not in {",", "”", '"', "’", "'", "“"} and self.word(i) not in {"said", "says"}:
            return None
        after = self.tokens[i + 1]
        if not (after.is_capital or after.lower in self.speech.determiners or after.lower in self.speech.nouns):
            return None
        return self.phrases.right_of(i + 1)

    def _is_no_source(self, phrase: Phrase) -> bool:
        """A phrase such as "the figure" or "the attack" does not speak."""
        head = self.word(phrase[1] - 1)
        if head in self.speech.pronouns or head in self.speech.nouns or head in self.speech.of_them:
            return False
        means = self.lexicon.slots.means.match(self.tokens, phrase[1] - 1) is not None
        return means and not self.tokens[phrase[1] - 1].is_capital

    def _headline(self) -> list[Said]:
        """ "21 dead in rebel fire: NGO", "Monitor: 10 killed", and the same with the colon lost before a byline."""
        out: list[Said] = []
        for i, token in enumerate(self.tokens):
            made: Said | None = None
            if token.text in {":", "–", "—"} or (token.text == "-" and i and token.start > self.tokens[i - 1].end):
                made = self._colon(i)
            elif token.lower in self.speech.bylines and token.text.isupper() and 2 < i < _BYLINE_WITHIN:
                made = self._byline(i)
            if made is not None:
                out.append(made)
        return out

    def _colon(self, i: int) -> Said | None:
        """Take a short source at either end of a line, or before a colon inside a ticker."""
        rest = len(self.tokens) - i - 1
        if 0 < rest <= _HEADLINE_WORDS and i > 2:
            right = self._short_source(i + 1, len(self.tokens))
            if right is not None:
                return self._made(right, (i, i + 1), [self._span(0, i)])
        if self.tokens[i].text != ":" or rest == 0:
            return None
        start = i
        while start > 0 and i - start < _HEADLINE_WORDS and self._is_part_of_head(start - 1):
            start -= 1
        left = self._short_source(start, i)
        stop = next(
            (k for k in range(i + 1, len(self.tokens)) if self.tokens[k].text in {">", "—", ">>>", "|"}),
            len(self.tokens),
        )
        return self._made(left, (i, i + 1), [self._span(i + 1, stop)]) if left is not None else None

    def _is_part_of_head(self, i: int) -> bool:
        token = self.tokens[i]
        return (token.is_word and not self.speech.is_cue(token.lower)) or token.text in {"'s", "’s"}

    def _byline(self, i: int) -> Said | None:
        for length in (3, 2, 1):
            hit = self.speech.headline.match(self.tokens, i - length) if i >= length else None
            if hit is not None and hit[0] == i:
                return self._made((i - length, i), (i - length, i), [self._span(0, i - length)])
        return None

    def _short_source(self, start: int, end: int) -> Phrase | None:
        """Accept a short run of words whose first or last is a noun for a source, or that is an abbreviation."""
        while end > start and not self.tokens[end - 1].is_word:
            end -= 1
        run = self.tokens[start:end]
        if not run or len(run) > _HEADLINE_WORDS:
            return None
        harms = self.lexicon.harms
        verbal = (harms.verbs, harms.be, harms.have)
        if any(t.is_digits or self.speech.is_cue(t.lower) or any(t.lower in words for words in verbal) for t in run):
            return None
        if any(t.lower in self.speech.nouns or t.lower in self.speech.outlets for t in (run[0], run[-1])):
            return start, end
        shouted = all(t.text.isupper() for t in self.tokens[:start] if t.is_word)
        abbreviated = len(run) == 1 and run[0].text.isupper() and len(run[0].text) > 1
        return (start, end) if abbreviated and not (shouted and start > 0) else None

    # contents

    def _content(self, source: Phrase, cue: int, end: int, *, inverted: bool) -> list[Span | None]:
        """Say what was said: what follows the cue, or what stood before the source where the cue closes it."""
        first, last = min(source[0], cue), max(end, source[1])
        before, after = self._span(0, first), self._span(last, len(self.tokens))
        if inverted:
            more = last < len(self.tokens) and self.tokens[last].text in {",", ";"} and len(self.tokens) - last > 8
            return [before, after] if more else [before]
        if before is None or self.word(last) == "that":
            return [after]
        if self._is_tail(last):
            return (
                [before]
                if self._says_something(first) or self.tokens[first - 1].text in {",", '"', "”"}
                else [before, after]
            )
        opener = self.tokens[first - 1]
        if opener.lower in self.speech.clause_starts:
            return [before, after] if opener.text == "," and self._says_something(first) else [after]
        if opener.text in {'"', "”"}:
            return [before, after]
        if self.word(cue) in self.speech.told or not self._says_something(first):
            return [after or before]
        return [before]

    def _says_something(self, first: int) -> bool:
        """Say whether a main clause stands before the source, so that it may be what was said."""
        harms = self.lexicon.harms
        run = self.tokens[:first]
        if len(run) < 3 or run[0].lower in {"as", "when", "while", "although", "though"}:
            return False
        return any(
            t.lower in harms.be or t.lower in harms.have or t.lower in harms.verbs or t.lower.endswith("ed")
            or harms.after.match(self.tokens, i) is not None or harms.nouns.match(self.tokens, i) is not None
            for i, t in enumerate(run)
        )  # fmt: skip

    def _is_tail(self, last: int) -> bool:
        """Say whether nothing but time and manner follows the cue."""
        rest = self.tokens[last:]
        if len(rest) > 12:
            return False
        return all(not t.is_word or t.lower in self.speech.tail or (t.is_capital and len(rest) <= 6) for t in rest)

    # building

    def _span(self, start: int, end: int) -> Span | None:
        """Return the words from token `start` to `end` without marks at either end; None where nothing is left."""
        while start < end and not (self.tokens[start].is_word or self.tokens[start].is_digits):
            start += 1
        while end > start and not (
            self.tokens[end - 1].is_word or self.tokens[end - 1].is_digits or self.tokens[end - 1].text in {"+", ")"}
        ):
            end -= 1
        if start < end and self.word(start) == "that":
            start += 1
        return Span(self.tokens[start].start, self.tokens[end - 1].end) if start < end else None

    def _cut(self, span: Span, at: int) -> Span | None:
        return Span(span.start, min(span.end, at)) if span.start < at else None

    def _of(self, phrase: Phrase) -> Span:
        return Span(self.tokens[phrase[0]].start, self.tokens[phrase[1] - 1].end)

    def _made(
        self, source: Phrase, cue: Phrase, content: Sequence[Span | None], stance: Stance = "asserts"
    ) -> Said | None:
        spans = tuple(span for span in content if span is not None)
        if not spans:
            return None
        stands_for = self.word(source[0]) in self.speech.pronouns or self.word(source[1] - 1) in self.speech.of_them
        mention = self._of(source) if stands_for else None
        return Said(self.number, self._of(source), self._of(cue), spans, stance, mention)
