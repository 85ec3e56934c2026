"""Words found for a source that cannot be one: they name nobody, or name who speaks of something else."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.sentences import Sentence
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon
    from sayso.records import Span

_BEHIND = 4
"""How many words may stand between who reacts and the verb: "the mayor of Tolm on Monday condemned"."""
_QUOTES = frozenset({'"', "“", "‘"})


def may_say(source: Span, count: Span, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Say whether words may name who asserts a figure.

    Not the "it" of "it was reported", a bare article, a label before a colon ("UPDATE:"), the place of a dateline,
    whoever only says what the harm was ("in what police call an accident") or only condemns it ("the party condemned
    the murder of two men").

    Args:
        source: The words.
        count: The count expression.
        sentence: The sentence of the words for the source.
        lexicon: The words of its language.
    """
    tokens = sentence.tokens
    starts = [token.start for token in tokens]
    first, last = bisect_left(starts, source.start), bisect_left(starts, source.end)
    run = tokens[first:last]
    if not run:
        return True
    if all(_is_bare(token, lexicon) for token in run):
        return False
    if first == 0 and _is_dateline(tokens, last):
        return False
    if len(run) == 1 and (_is_label(tokens, first, lexicon) or _is_expletive(tokens, first, lexicon)):
        return False
    if not sentence.span.holds(count) or count.start < source.end:
        return count.start >= source.start or first == 0 or tokens[first - 1].lower != "what"
    return not _reacts(tokens, last, bisect_left(starts, count.start), lexicon)


def _is_expletive(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Say whether an "it" stands for nobody: "it was officially reported that ..."."""
    behind = [token.lower for token in tokens[at + 1 : at + 4]]
    if tokens[at].lower != "it" or not behind or behind[0] not in lexicon.harms.be:
        return False
    return any(lexicon.speech.is_cue(word) or word in lexicon.speech.weak for word in behind[1:])


def _is_bare(token: Token, lexicon: Lexicon) -> bool:
    closed = (lexicon.speech.determiners, lexicon.harms.preposition, lexicon.numbers.articles.first_words)
    return not token.is_word or token.lower in {"no", "local"} or any(token.lower in words for words in closed)


def _is_label(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Say whether a word only announces what comes behind its colon."""
    return tokens[at].lower in lexicon.speech.announcing and at + 1 < len(tokens) and tokens[at + 1].text == ":"


def _is_dateline(tokens: Sequence[Token], last: int) -> bool:
    """Say whether a day follows the words that open a report: "STOLNA, 16 March"."""
    if last + 2 >= len(tokens) or tokens[last].text != ",":
        return False
    one, other = tokens[last + 1], tokens[last + 2]
    return (one.is_digits and other.is_capital) or (one.is_capital and other.is_digits)


def _reacts(tokens: Sequence[Token], last: int, count: int, lexicon: Lexicon) -> bool:
    """Say whether a speaker only takes a stand on a harm that is told as known, and in no words of their own."""
    near = range(last, min(last + _BEHIND, count))
    verb = next((i for i in near if tokens[i].lower in lexicon.speech.reacting), None)
    if verb is None:
        return False
    apart = any(token.text in _QUOTES or token.lower in lexicon.harms.subordinate for token in tokens[verb:count])
    return not apart and not any(lexicon.speech.is_cue(token.lower) for token in tokens[last:count])
