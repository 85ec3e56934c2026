"""Where words begin and end that the claim heads point to: never within a name, never with a word that leads on.

A head says of each piece by itself how likely it fills a slot, so a run of pieces may take half of a name ("Signe" of
"Signe Hask") or one word too many ("the Lantern the true toll"). What is put right here needs no model.
"""

from __future__ import annotations

import re
from functools import cache

from sayso.claim.words import words
from sayso.records import Span

_LONGEST = 4
"""How many capital words a name has at most that is completed: a headline may consist of them."""
_ARTICLES = frozenset({"the", "a", "an"})
_IN_TITLES = frozenset({"morning", "evening"})
"""Times that stand in the names of papers."""
_WORD = re.compile(r"\S+")
_BEHIND = re.compile(r" ([^\W\d_][^\W\d_'’-]*)")
_BEFORE = re.compile(r"([^\W\d_][^\W\d_'’-]*) $")
_REACH = 40
_MARKS = ",;:—–-("


class SpanEnds:
    """Puts right where words of one text begin and end.

    Args:
        text: The text.
        language: The language that it is in.
    """

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._leads, self._no_name = _listed(language)

    def mended(self, span: Span) -> Span | None:
        """Return the words without what leads on at their end, and with the rest of a name; None where none are left.

        Args:
            span: Whole words.
        """
        start, end = self._trimmed(span.start, span.end)
        if start >= end:
            return None
        return Span(*self._completed(start, end))

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Leave out what stands behind a second noun phrase's article, and marks and words that lead on at the end."""
        text = self._text
        while start < end and text[start] in _MARKS:
            start += 1
        words = [match.span() for match in _WORD.finditer(text, start, end)]
        for at, (first, last) in enumerate(words):
            if at and text[first:last].lower() in _ARTICLES:
                before = text[slice(*words[at - 1])]
                if before[-1].isalnum() and before.lower() not in self._leads:
                    words = words[:at]
                    break
        while words and text[slice(*words[-1])].strip(_MARKS).lower() in {"", *self._leads}:
            words.pop()
        if not words:
            return end, end
        end = min(end, words[-1][1])
        while end > start and text[end - 1] in _MARKS:
            end -= 1
        return start, end

    def _completed(self, start: int, end: int) -> tuple[int, int]:
        """Take in the capital words that stand directly before and behind, where they are the rest of a name."""
        text = self._text
        first, last = text[start:end].split()[0], text[start:end].split()[-1]
        ahead = self._names_behind(end) if self._is_of_name(last) else end
        behind = self._names_before(start) if self._is_of_name(first) else start
        whole = text[behind:ahead].split()
        return (behind, ahead) if sum(map(self._is_of_name, whole)) <= _LONGEST else (start, end)

    def _names_behind(self, end: int) -> int:
        while (match := _BEHIND.match(self._text, end)) and self._is_of_name(match[1]):
            end = match.end()
        return end

    def _names_before(self, start: int) -> int:
        while (match := _BEFORE.search(self._text, max(0, start - _REACH), start)) and self._is_of_name(match[1]):
            start = match.start()
        return start

    def _is_of_name(self, word: str) -> bool:
        """Say whether a word is one of a name: a capital, then small letters, and no word that any sentence has."""
        return word[:1].isupper() and not word.isupper() and word.lower() not in self._no_name


@cache
def _listed(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words with which nothing ends, and those that are no part of a name though they have a capital."""
    lexicon = words(language)
    harms = lexicon.harms
    leads = harms.preposition | harms.relative | _ARTICLES
    no_name = leads.union(
        harms.determiner, harms.pronoun, harms.be, harms.verbs, lexicon.weekdays, lexicon.numbers.months,
        lexicon.stops - _IN_TITLES,
    )  # fmt: skip
    return leads, no_name
