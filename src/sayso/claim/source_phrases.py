"""Noun phrases that name who speaks, read to the left and to the right of a word of saying."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon

Phrase = tuple[int, int]
_LONGEST = 16
_CLAUSE_BACK = 18
_INSIDE_NAMES = frozenset({"'s", "’s", "-", ".", "’", "'", "/"})


class SourcePhrases:
    """Reads the phrases of one sentence; positions are token indices, ends exclusive."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.speech = lexicon.speech
        self.harms = lexicon.harms

    def word(self, i: int) -> str:
        """The lower-case word at token `i`, or nothing past either end."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    # to the left

    def subject(self, i: int) -> Phrase | None:
        """Return the subject of the verb at token `i`: the phrase before it, or before an aside that parts them."""
        end = i
        while end > 0 and (self.word(end - 1) in self.speech.between or self._is_manner(end - 1)):
            end -= 1
        if end == 0:
            return None
        if self.tokens[end - 1].text == ",":
            return self._before_aside(end - 1)
        if self.tokens[end - 1].text == ")":
            opened = next((j for j in range(end - 1, max(-1, end - 12), -1) if self.tokens[j].text == "("), end)
            found = self.left_of(opened)
            return (found[0], end) if found is not None else None
        if self.word(end - 1) in self.speech.pronouns:
            return end - 1, end
        if self.word(end - 1) in self.speech.of_them and self.word(end - 2) == "of" and end >= 3:
            return end - 3, end
        found = self.left_of(end)
        if found is None or not self.names_source(found) or self.word(found[0] - 1) in self.harms.preposition:
            return self._before_relative(end) or found
        return found

    def _is_manner(self, i: int) -> bool:
        word = self.word(i)
        return word.endswith("ly") and word not in {"family", "ally", "daily", "weekly", "italy", "july"}

    def left_of(self, end: int) -> Phrase | None:
        """Return the noun phrase that ends right before token `end`."""
        start = self._walk_left(end)
        return (start, end) if start < end else None

    def _before_aside(self, comma: int) -> Phrase | None:
        """ "Anna Reyl, a spokeswoman for the ministry, said" gives the name; "the minister, Lena Ostrow, said" both."""
        for j in range(comma - 1, max(-1, comma - _CLAUSE_BACK), -1):
            if self.tokens[j].text != ",":
                continue
            found = self._whole(self.left_of(j))
            if found is None or not self.names_source(found):
                return None
            aside = self.tokens[j + 1 : comma]
            is_name = 0 < len(aside) <= 5 and all(t.is_capital or t.text == "." for t in aside)
            return (found[0], comma) if is_name else found
        return None

    def _whole(self, found: Phrase | None) -> Phrase | None:
        """Return the people in front of a place that belongs to them: "Mothers of recruits from Lower Tamm"."""
        people, first = self.lexicon.people, 0 if found is None else found[0]
        while found is not None and first > 1 and self.word(first - 1) in self.speech.inner:
            head = first - 2
            if not people.is_person(self.word(head)):
                return found
            first = head
            while (
                first > 0
                and self.tokens[first - 1].is_word
                and self.word(first - 1).endswith(self.speech.adjective_endings)
            ):
                first -= 1
            found = (first, found[1])
        return found

    def _before_relative(self, end: int) -> Phrase | None:
        """ "An activist who spoke on condition of anonymity said": the subject stands before the relative clause."""
        for j in range(end - 1, max(0, end - _LONGEST), -1):
            if self.speech.is_cue(self.word(j)) or self.tokens[j].text in {";", ":", "”", '"'}:
                return None
            if self.word(j) in {"who", "which"}:
                stop = j - 1 if self.tokens[j - 1].text == "," else j
                found = self.left_of(stop)
                return found if found is not None and self.names_source(found) else None
        return None

    def _walk_left(self, end: int) -> int:
        j, depth = end, 0
        while j > 0 and end - j < _LONGEST:
            token, word = self.tokens[j - 1], self.word(j - 1)
            if token.text in {")", "]"}:
                depth += 1
            elif token.text in {"(", "["}:
                if depth == 0:
                    break
                depth -= 1
            elif depth == 0:
                if word in self.speech.determiners:
                    if j < end and self.word(j) in self.speech.pronouns:
                        break
                    j -= 1
                    if self.word(j - 1) in self.speech.inner and self._noun_before(j - 1):
                        j -= 1
                        continue
                    break
                if word in self.speech.inner:
                    if j == end or not self._noun_before(j - 1):
                        break
                elif word in {"and", "&"}:
                    if not (2 <= j < end and self._joins_names(j - 1)):
                        break
                elif self._ends_source(j - 1, end):
                    break
            j -= 1
        while j < end and (self.tokens[j].text in _INSIDE_NAMES or self.word(j) in self.speech.inner):
            j += 1
        return self._without_place(j, end)

    def _ends_source(self, i: int, end: int) -> bool:
        """Say whether the token at `i` cannot stand inside a source that goes on to its right."""
        token, word, harms = self.tokens[i], self.word(i), self.harms
        if token.text in _INSIDE_NAMES:
            return False
        if not token.is_word:
            return not (token.is_digits and i + 1 < end and self.tokens[i + 1].is_capital and not token.text.isdigit())
        function = (
            harms.be, harms.have, harms.pronoun, harms.relative, harms.subordinate, harms.preposition, harms.adverb,
            self.speech.between, self.lexicon.numbers.months,
        )  # fmt: skip
        if any(word in words for words in function):
            return True
        if (word in harms.verbs or word in self.lexicon.stops) and not token.is_capital:
            return True
        if self.speech.is_cue(word) and word not in {"report", "reports"}:
            return True
        before_name = i + 1 < end and self.tokens[i + 1].is_capital and not token.is_capital
        return before_name and word not in self.speech.nouns and not word.endswith(self.speech.adjective_endings)

    def _joins_names(self, i: int) -> bool:
        """Say whether "and" stands inside a name or between two sources: "police and rescue workers"."""
        before, after = self.tokens[i - 1], self.tokens[i + 1]
        return (before.is_capital and after.is_capital) or (
            before.lower in self.speech.nouns and after.lower in self.speech.nouns
        )

    def _without_place(self, start: int, end: int) -> int:
        """Cut a place that belongs to what came before: "clashes in Kestrin activists said"."""
        if start == 0 or self.word(start - 1) not in {"in", "at", "from", "near", "on"}:
            return start
        j = end
        while j > start and not self.tokens[j - 1].is_capital:
            j -= 1
        return j if start < j < end and self.word(end - 1) in self.speech.nouns else start

    def _noun_before(self, i: int) -> bool:
        """Say whether the preposition at `i` belongs to a source: a noun for one, or a name, stands before it."""
        if i == 0:
            return False
        before = self.tokens[i - 1]
        if before.text in {")", "]"} or before.lower in self.speech.nouns or before.lower == "based":
            return True
        return self.word(i) in {"of", "for"} and before.is_capital

    # to the right

    def right_of(self, start: int) -> Phrase | None:
        """Return the noun phrase that begins at token `start`."""
        i = start
        while i < len(self.tokens) and i - start < _LONGEST:
            token = self.tokens[i]
            if token.text in {"(", "["}:
                closed = next(
                    (k for k in range(i, min(i + 8, len(self.tokens))) if self.tokens[k].text in {")", "]"}), -1
                )
                if closed < 0 or i == start:
                    break
                i = closed + 1
                continue
            if self._stops_right(i, start):
                break
            i += 1
        while i > start and self._is_loose_end(i - 1):
            i -= 1
        if i <= start or self.word(start) in {"that", "and", "to", "not", "so"}:
            return None
        return start, i

    def _stops_right(self, i: int, start: int) -> bool:
        token, word = self.tokens[i], self.word(i)
        if not token.is_word and token.text not in {"'s", "’s", "-", "’", "'"}:
            abbreviated = token.text == "." and i > start and self.tokens[i - 1].end == token.start
            return not (
                (abbreviated and len(self.tokens[i - 1].text) <= 4 and i + 1 < len(self.tokens))
                or (token.is_digits and i == start)
            )
        if i == start:
            return False
        if word in self.speech.right_end:
            return not self._goes_on_right(i)
        if self._begins_another(i):
            return True
        function = (self.harms.be, self.harms.have, self.harms.pronoun)
        if not token.is_word:
            return False
        return (self.speech.is_cue(word) and word not in {"report", "reports"}) or any(
            word in words for words in function
        )

    def _begins_another(self, i: int) -> bool:
        """Say whether a name is over: "said spokesman Rodan Vesk | to SNA", "told the Lantern | the true toll"."""
        before = self.tokens[i - 1]
        named = before.is_capital and before.lower not in self.speech.nouns and before.lower not in self.speech.inner
        if not named and self.word(i) == "the" and before.is_word and before.lower not in self.harms.preposition:
            # "according to confirmed data | the enemy's losses": no phrase goes on with another's article.
            return before.lower not in self.harms.determiner and before.lower not in self.speech.inner
        return named and not before.text.isupper() and self.word(i) in {"to", "the", "his", "her", "their", "its"}

    def _goes_on_right(self, i: int) -> bool:
        """ "A source in the town", "police at Karsk", "Search and Rescue": the phrase goes on over a small word."""
        if i + 1 >= len(self.tokens):
            return False
        after = self.tokens[i + 1]
        if self.word(i) in self.speech.inner and self.word(i - 1) in self.speech.nouns:
            return after.is_capital or after.lower in {"the", "a"}
        if self.word(i) == "and" and self.tokens[i - 1].is_capital and after.is_capital:
            return i + 2 < len(self.tokens) and not self.speech.is_cue(self.word(i + 2))
        return False

    def _is_loose_end(self, i: int) -> bool:
        token = self.tokens[i]
        if not token.is_word:
            return token.text not in {")", "]"}
        return token.lower in self.speech.inner or token.lower in self.harms.determiner

    def owner(self, i: int) -> Phrase | None:
        """Return whose the report or figure named at token `i` is: "a claim by the Front", "the army's figure"."""
        if self.word(i + 1) in {"by", "of", "from"} and not self.tokens[min(i + 2, len(self.tokens) - 1)].is_digits:
            found = self.right_of(i + 2)
        else:
            found = self.left_of(i - 1) if self.word(i - 1) in {"'s", "’s", "'", "’"} and i > 1 else None
        return found if found is not None and self.names_source(found) else None

    # judging

    def names_source(self, phrase: Phrase) -> bool:
        """Say whether a phrase holds a noun for a source or a name."""
        run = self.tokens[phrase[0] : phrase[1]]
        nouns, personal = self.speech.nouns, self.speech.personal
        return any(t.lower in nouns or t.lower in personal or (t.is_capital and t.is_word) for t in run)

    def passes_on(self, phrase: Phrase) -> bool:
        """Say whether whoever was told passes it on: an outlet, a body, a name; not "reporters" or "her family"."""
        run = self.tokens[phrase[0] : phrase[1]]
        if all(t.lower in self.speech.anyone for t in run):
            return False
        if any(t.lower in self.speech.outlets or t.lower in self.speech.bylines for t in run):
            return True
        if any(t.lower in self.speech.private for t in run):
            return False
        return any(t.lower in self.speech.nouns or t.is_capital for t in run)
