"""Who passes on what somebody says, by patterns: "in a statement carried by X", "a recording leaked to X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.claim.source_phrases import SourcePhrases
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.source_phrases import Phrase
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon

_BEHIND, _BEFORE = 14, 4
"""How many words behind the source such words may begin, and how many before it they may end."""
_LINKS = frozenset({"by", "on", "to"})


def passed_on(tokens: Sequence[Token], source: Span, lexicon: Lexicon) -> Span | None:
    """Return who passes on what a source says, where the sentence names them beside the source.

    Args:
        tokens: The tokens of the sentence that holds the source.
        source: The words for the source.
        lexicon: The words of the language.
    """
    inside = [i for i, token in enumerate(tokens) if token.start < source.end and source.start < token.end]
    if not inside:
        return None
    phrases = SourcePhrases(tokens, lexicon)
    for i, token in enumerate(tokens):
        if token.lower not in lexicon.speech.passing:
            continue
        link = i + 1 + (phrases.word(i + 1) in {"out", "up"} and token.lower == "read")
        phrase = phrases.right_of(link + 1) if phrases.word(link) in _LINKS else None
        if phrase is None or not phrases.passes_on(phrase) or not _is_near((i, phrase[1]), (inside[0], inside[-1] + 1)):
            continue
        span = Span(tokens[phrase[0]].start, tokens[phrase[1] - 1].end)
        if not span.overlaps(source):
            return span
    return None


def _is_near(words: Phrase, source: Phrase) -> bool:
    """Say whether words stand close behind a source or right before it."""
    return 0 <= words[0] - source[1] <= _BEHIND or 0 <= source[0] - words[1] <= _BEFORE
