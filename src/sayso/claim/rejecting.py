"""Figures that are quoted only to be rejected: who denies or doubts them, and whose they are, by patterns.

Four forms: a verb ("rejected the rebels' claim of 40 dead"), a verdict before or behind the figure ("called the 40 a
lie", "no truth in reports that 40 died", "was sceptical of the 40"), and a figure put right ("26, not 40").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.claim.source_phrases import SourcePhrases
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.mentions import Mention
    from sayso.claim.source_phrases import Phrase
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon
    from sayso.records import Stance

_OBJECT = 4
"""How many words behind a verb what is denied may be named: "denied any responsibility"."""
_LIE = 6
"""How many words "a groundless and malicious lie" may have."""
_CALLING = 12
"""How many words a figure may stand from its verdict or from the verb that passes it."""
_STATED, _NEAR = 5, 8
_BEING = 3
_QUOTED = 10
"""How many words a name in quotation marks may have."""
_OPENING, _CLOSING = frozenset({'"', "“", "‘", "'"}), frozenset({'"', "”", "’", "'"})
_NOT = frozenset({"not", "never", "didn't", "hasn't", "haven't", "hadn't"})
_DONE = frozenset({"kill", "injure", "wound", "hurt", "harm", "capture", "take", "shoot", "lose", "lost"})


@dataclass(frozen=True, slots=True)
class Rejection:
    """A figure that somebody rejects.

    Attributes:
        stance: Whether it is denied or doubted.
        cue: The words that reject it.
        source: Who does, where the words around the cue name them.
        owner: Whose figure it is, where it is said.
        named: Whether the source is the subject of a verb that rejects, which is certain.
    """

    stance: Stance
    cue: Span
    source: Span | None
    owner: Span | None
    named: bool = False


class Rejecting:
    """Reads one sentence for what rejects a figure in it."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.speech = lexicon.speech
        self.lexicon = lexicon
        self.phrases = SourcePhrases(tokens, lexicon)
        self.word = self.phrases.word

    def of(self, mention: Mention) -> Rejection | None:
        """Return what rejects a figure, if anything does."""
        if mention.count.kind == "zero":
            return None
        return (
            self._put_right(mention)
            or self._undone(mention)
            or self._by_verb(mention)
            or self._by_passive(mention)
            or self._by_verdict(mention)
            or self._by_name(mention)
        )

    def _put_right(self, mention: Mention) -> Rejection | None:
        """ "26, not 40", "not 40 but 26": another figure stands in its place, which "not even 40" does not say."""
        at = mention.first - 1
        while at > 0 and self.word(at) in {"the", "some", "about"}:
            at -= 1
        if self.word(at) != "not" or mention.count.kind != "count" or at + 1 == len(self.tokens):
            return None
        if self.word(at + 1) == "even":
            return None
        others = [t for i, t in enumerate(self.tokens) if not mention.first <= i < mention.last]
        counts = self.lexicon.numbers
        if not any(t.is_digits or t.lower in counts.number_words or t.lower in counts.one for t in others):
            return None
        return Rejection("denies", self._span(at, at + 1), None, None)

    def echoed(self, mention: Mention) -> Rejection | None:
        """ "Eleven? Those were sleeping": a figure said again as a question, by somebody who speaks."""
        at, end = mention.first, mention.last
        begins = at == 0 or self.tokens[at - 1].text in _OPENING | {":", "."}
        if not begins or mention.form != "bare" or end >= len(self.tokens) or self.tokens[end].text != "?":
            return None
        return Rejection("denies", self._span(at, end), None, None)

    def _undone(self, mention: Mention) -> Rejection | None:
        """ "The air force did not kill 58 shoppers", "we never lost four men"."""
        at = mention.first - 1
        if self.word(at - 1) not in _NOT or not (self.word(at) in _DONE or self.word(at) in self.lexicon.harms.verbs):
            return None
        return Rejection("denies", self._span(at - 1, at + 1), None, None)

    def _by_verb(self, mention: Mention) -> Rejection | None:
        if not any(i < mention.first for i in self.verbs):
            return None
        for i in range(mention.first - 1, -1, -1):
            hit = self.verbs.get(i)
            if hit is None and self._ends_scope(i):
                return None
            if hit is None or not self._is_verb(i) or self._denies_guilt(hit[0] - 1):
                continue
            end, stance = hit
            if self.word(i).endswith("ing") and self.word(i - 1) in {",", "thus", "thereby"}:
                return Rejection(stance, self._span(i, end), None, self._owner(end, mention.last + _STATED, None))
            subject = self.phrases.subject(i)
            if subject is None or not self._may_reject(subject):
                continue
            source = None if self._is_idle(subject) else self._of(subject)
            owner = self._owner(end, mention.last + _STATED, source)
            return Rejection(stance, self._span(i, end), source, owner, named=source is not None)
        return None

    @cached_property
    def verbs(self) -> dict[int, tuple[int, Stance]]:
        """The verbs that reject, of one word or several, by their first token: the end and the stance of each."""
        found = {}
        rejects, first = self.speech.rejects, self.speech.rejects_by.first_words
        begun = [i for i, token in enumerate(self.tokens) if token.lower in rejects or token.lower in first]
        for i in begun:
            stance = rejects.get(self.tokens[i].lower)
            hit = (i + 1, stance) if stance is not None else self.speech.rejects_by.match(self.tokens, i)
            if hit is not None:
                found[i] = hit
        return found

    @cached_property
    def verdicts(self) -> dict[int, tuple[int, Stance]]:
        """The verdicts by their first token, with end and stance: "false", "an utter and groundless lie"."""
        first = self.speech.verdicts.first_words
        begun = [i for i, token in enumerate(self.tokens) if token.lower in first or token.lower in {"a", "an"}]
        return {i: hit for i in begun if (hit := self._verdict_at(i)) is not None}

    @cached_property
    def quoted(self) -> dict[int, tuple[int, int]]:
        """What somebody calls something in quotation marks, by its first token: its end, and the verb that says so.

        "called it "a bedtime story"": whoever puts a name of their own to what was said rejects it, unless the words
        speak of what happened ("called it "a tragedy"").
        """
        found: dict[int, tuple[int, int]] = {}
        for i, token in enumerate(self.tokens):
            is_be = token.lower in self.lexicon.harms.be
            if not is_be and (token.lower not in self.speech.names or self.word(i - 1) in self.lexicon.harms.be):
                continue
            reach = _BEING if is_be else _CALLING
            opened = next((k for k in range(i + 1, min(i + reach, len(self.tokens))) if self._opens(k)), None)
            if opened is None or (is_be and not self._is_told(i)):
                continue
            closed = next(
                (k for k in range(opened + 1, min(opened + _QUOTED, len(self.tokens))) if self._closes(k)), None
            )
            if closed is not None and not any(self._approves(k) for k in range(opened + 1, closed)):
                found[opened + 1] = (closed, i)
        return found

    def _is_told(self, be: int) -> bool:
        """Say whether what stands before "was" is said by somebody: "said the figures were "for domestic use""."""
        cue = next((k for k in range(be - 1, -1, -1) if self.speech.is_cue(self.word(k))), None)
        return cue is not None and not any(self.tokens[k].text in {";", "."} for k in range(cue, be))

    def _opens(self, i: int) -> bool:
        """Say whether a quotation begins at a token."""
        return self.tokens[i].text in _OPENING and i + 1 < len(self.tokens) and self.tokens[i + 1].is_word

    def _closes(self, i: int) -> bool:
        return self.tokens[i].text in _CLOSING

    def _approves(self, i: int) -> bool:
        """Say whether a word speaks of what happened, or for what was said."""
        word, harms = self.word(i), self.lexicon.harms
        told = harms.nouns.match(self.tokens, i) is not None or word in harms.verbs
        numbers = self.lexicon.numbers
        counts = self.tokens[i].is_digits or word in numbers.number_words or word in numbers.cores
        return told or counts or word in self.speech.approving

    def _may_reject(self, subject: Phrase) -> bool:
        return self.word(subject[0]) in self.speech.pronouns or self.phrases.names_source(subject)

    def _ends_scope(self, i: int) -> bool:
        """Say whether a verb before this token says nothing of a figure behind it: another saying or clause begins."""
        word = self.word(i)
        if "according" in {word, self.word(i - 2)} and self.word(i + (word == "according") * 2) == "which":
            return False
        says = word not in self.speech.rejected and (self.speech.is_cue(word) or word in self.speech.speak)
        return self._breaks(i) or self.tokens[i].text in {":", "/"} or (says and not word.endswith("ing"))

    def _verdict_at(self, i: int) -> tuple[int, Stance] | None:
        hit = self.speech.verdicts.match(self.tokens, i)
        if hit is None and self.word(i) in {"a", "an"}:
            end = next((k for k in range(i + 2, min(i + _LIE, len(self.tokens))) if self.word(k) == "lie"), None)
            return None if end is None or not all(t.is_word for t in self.tokens[i:end]) else (end + 1, "denies")
        return hit

    def _by_passive(self, mention: Mention) -> Rejection | None:
        """ "The figure of 40 was rejected by the ministry", "40, an accusation dismissed by the ministry"."""
        if not any(i >= mention.last for i in self.verbs):
            return None
        for i in range(mention.last, len(self.tokens) - 2):
            if self._breaks(i):
                return None
            hit = self.verbs.get(i)
            if hit is not None and self.word(hit[0]) == "by":
                end, stance = hit
                phrase = self.phrases.right_of(end + 1)
                source = self._of(phrase) if phrase is not None else None
                return Rejection(stance, self._span(i, end), source, self._owner(0, mention.last + _STATED, source))
        return None

    def _is_verb(self, i: int) -> bool:
        """Tell a verb that rejects from "did not deny", "was denied entry" and "the disputed valley"."""
        harms = self.lexicon.harms
        before = [self.word(k) for k in range(max(0, i - 3), i)]
        return not any(w in harms.negation or w in {"n't", "without"} for w in before) and not (
            before and (before[-1] in harms.be or before[-1] in self.speech.determiners)
        )

    def _denies_guilt(self, i: int) -> bool:
        return any(self.word(k) in self.speech.not_rejected for k in range(i + 1, i + 1 + _OBJECT))

    def denies_guilt_only(self) -> bool:
        """Say whether all that the sentence denies is guilt, or whatever else is no figure: "denied any role"."""
        hits = self.verbs.values()
        return bool(hits) and not self.verdicts and all(self._denies_guilt(end - 1) for end, _ in hits)

    def takes_for_true(self, mention: Mention) -> bool:
        """Say whether somebody before a figure accuses others of the harm or condemns it, and so takes it for true."""
        if self.verbs or self.verdicts:
            return False
        taken = self.speech.blames | self.speech.reacting
        return any(token.lower in taken for token in self.tokens[: mention.first])

    def holds_to_it(self, mention: Mention) -> bool:
        """Say whether somebody says a figure of theirs once more: "repeats its claim of 100 dead", "maintains that"."""
        if self.verbs or self.verdicts:
            return False
        for i in range(max(0, mention.first - _NEAR), mention.first):
            hit = self.speech.holding.match(self.tokens, i)
            if hit is not None and (self.word(hit[0]) in self.speech.owned | {"that"} or hit[0] == mention.first):
                return True
        return False

    def _by_name(self, mention: Mention) -> Rejection | None:
        """Read what somebody calls words that hold the figure: "called the claim of 40 dead "a bedtime story""."""
        for i, (end, verb) in self.quoted.items():
            is_be = self.word(verb) in self.lexicon.harms.be
            before = range(max(0, mention.first - _NEAR), mention.first) if is_be else range(verb + 1, mention.first)
            if not before or mention.last > i or any(self._breaks(k) for k in range(min(verb, mention.first), i)):
                continue
            if is_be and (mention.last > verb or verb - mention.last > _CALLING):
                continue
            if not any(self.word(k) in self.speech.rejected | self.speech.accounts for k in before):
                continue
            subject = None if is_be else self.phrases.subject(verb)
            source = None if subject is None or self._is_idle(subject) else self._of(subject)
            owner = self._owner(verb, mention.last + _STATED, source)
            return Rejection("denies", self._span(i, end), source, owner)
        return None

    def _by_verdict(self, mention: Mention) -> Rejection | None:
        """Read a verdict on the figure, with the verb that passes it: "called the 40 a lie", "are false"."""
        for i, (end, stance) in self.verdicts.items():
            if mention.first <= i < mention.last:
                continue
            if self.word(i - 1) in self.lexicon.harms.negation:
                continue
            if i >= mention.last:
                joined = self._is_predicate(mention.last, i)
            else:
                joined = mention.first - end <= _CALLING and self._leads_to(end, mention.first)
            if joined:
                source = self._speaks(i, stance)
                owner = self._owner(min(i, mention.first) - _NEAR, max(end, mention.last) + _STATED, source)
                return Rejection(stance, self._span(i, end), source, owner)
        return None

    def _is_predicate(self, start: int, end: int) -> bool:
        """Say whether what stands between a figure and a verdict makes it the figure's: "... are", "called ..."."""
        if end - start > _CALLING or any(self._breaks(k) for k in range(start, end)):
            return False
        called = any(self.word(k) in self.speech.calls for k in range(max(0, start - _CALLING), end))
        return called or any(
            self.word(k) in self.lexicon.harms.be or self.tokens[k].text in {":", "?"} for k in range(start, end)
        )

    def _leads_to(self, start: int, end: int) -> bool:
        """Say whether words lead from a verdict to the figure: "... that", "... reports of", "... the"."""
        between = [self.word(k) for k in range(start, end)]
        if any(self._breaks(k) or self.tokens[k].text == ":" for k in range(start, end)):
            return False
        if between[:1] == ["and"]:
            return False
        small = {"of", "about", "at", "in", "by", "the", "that", "to"}
        return any(w in small or w in self.speech.rejected for w in between[:_STATED]) or not between

    def _speaks(self, i: int, stance: Stance) -> Span | None:
        """Return who passes a verdict: the subject of the verb that calls something so; "was sceptical" has its own."""
        for k in range(i - 1, max(-1, i - 2 * _CALLING), -1):
            if self.word(k) in self.speech.calls and self.word(k + 1) == "by":
                phrase = self.phrases.right_of(k + 2)
                return None if phrase is None else self._of(phrase)
            if self.word(k) in self.speech.calls or (stance == "doubts" and self.word(k) in self.lexicon.harms.be):
                subject = self.phrases.subject(k)
                if subject is not None and not self._is_idle(subject) and self.phrases.names_source(subject):
                    return self._of(subject)
        return None

    def _is_idle(self, subject: Phrase) -> bool:
        """Say whether a subject names nobody by itself: "the claim", "it", "we"."""
        head = self.word(subject[1] - 1)
        return (
            head in self.speech.rejected or head in self.speech.pronouns or head in {"that", "this", "which", "there"}
        )

    def _owner(self, start: int, end: int, source: Span | None) -> Span | None:
        """Return whose words are rejected: "a claim by the Front", "the army's figure"."""
        for j in range(max(0, start), min(end, len(self.tokens))):
            if self.word(j) not in self.speech.rejected:
                continue
            phrase = self._giver(j) or self.phrases.owner(j)
            if phrase is not None and (source is None or not self._of(phrase).overlaps(source)):
                return self._of(phrase)
        return None

    def _giver(self, j: int) -> Phrase | None:
        """Return who gave a figure or spread a rumour: "the figure of eight dead given by the management"."""
        for i in range(j + 1, min(j + _CALLING, len(self.tokens) - 1)):
            if self._breaks(i) or self.tokens[i].text == ",":
                return None
            if self.word(i) in self.speech.given and self.word(i + 1) == "by":
                found = self.phrases.right_of(i + 2)
                return found if found is not None and self.phrases.names_source(found) else None
        return None

    def _breaks(self, i: int) -> bool:
        """Say whether a clause of its own begins at a token."""
        return self.tokens[i].text == ";" or self.word(i) in self.speech.apart

    def _span(self, first: int, last: int) -> Span:
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def _of(self, phrase: Phrase) -> Span:
        return self._span(phrase[0], phrase[1])
