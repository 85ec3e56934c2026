"""Which figures a rejection takes up that stands in another place than they do (`sayso.claim.answering`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.claim.answering import Answering
from sayso.claim.mentions import span_of_mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.claim.answering import Answer
    from sayso.claim.mentions import Mention
    from sayso.claim.sentences import Sentence
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon
    from sayso.records import Claim, Span

_BACK = 4
"""How many sentences back the figure may stand that is taken up."""
_LEAST = 3
_QUOTES = frozenset({'"', "“", "‘", "'"})
_WORDS = re.compile(r"\w+")
_SMALL = frozenset({"the", "a", "an", "of", "s", "in", "for", "and", "at", "from"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as its own sentence tells it.

    Attributes:
        sentence: The number of the sentence.
        claims: What is claimed of it there, at least one claim.
        loose: Whether it is heard as rejected, but not certainly by whom.
    """

    sentence: int
    claims: tuple[Claim, ...]
    loose: bool = False


def answers(sentences: Sequence[Sentence], figures: Sequence[Figure], lexicon: Lexicon) -> Iterator[Answer]:
    """Yield the rejections that stand near a figure, in text order.

    Args:
        sentences: The sentences of a report.
        figures: Its figures.
        lexicon: The words of its language.
    """
    near = {n for one in figures for n in range(one.sentence - 1, one.sentence + _BACK + 1) if 0 <= n < len(sentences)}
    marks = lexicon.speech.rejecting
    for number in sorted(near):
        tokens = sentences[number].tokens
        if any(token.lower in marks for token in tokens) or _gives_a_name(tokens, lexicon):
            yield from Answering(tokens, number, lexicon).answers()


def _gives_a_name(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Say whether a sentence may call something a name in quotation marks."""
    marked = any(token.text in _QUOTES for token in tokens)
    return marked and any(token.lower in lexicon.speech.names for token in tokens)


def taken_up(
    answer: Answer, source: Span, figures: Sequence[Figure], sentences: Sequence[Sentence], text: str
) -> list[int]:
    """Return the numbers of the figures that a rejection takes up: those of the nearest sentence that has any.

    Only figures that somebody else asserts are taken up, since hardly anybody rejects what a report says itself, and
    no "dozens": where those are rejected, it is mostly the event or the guilt that is spoken of.

    Args:
        answer: The rejection.
        source: Whoever rejects.
        figures: The figures of the report.
        sentences: Its sentences.
        text: Its text.
    """
    here, name = answer.sentence, source.of(text)
    for one in figures:
        if (
            one.sentence == here
            and not one.loose
            and any(
                claim.stance != "asserts" and claim.start > answer.cue.start and claim.kind != "zero"
                for claim in one.claims
            )
        ):
            return []
    for number in _order(here, sentences):
        rivals = [
            at
            for at, one in enumerate(figures)
            if one.sentence == number
            and (number != here or one.claims[0].end <= answer.cue.start)
            and answer.harm in {None, one.claims[0].harm}
            and (_is_by_another(one, name) if not one.loose else True)
            and one.claims[0].kind in ({"count"} if answer.which else {"count", "individual"})
        ]
        owned = [at for at in rivals if answer.owner is not None and _is_of(figures[at], answer.owner.of(text))]
        rivals = owned or rivals
        if rivals:
            return [_meant(rivals, figures, answer)] if answer.which else rivals
    return []


def _is_by_another(figure: Figure, name: str) -> bool:
    told = figure.claims[0]
    return told.stance == "asserts" and told.source is not None and not alike(told.source, name)


def _is_of(figure: Figure, name: str) -> bool:
    return any(claim.source is not None and alike(claim.source, name) for claim in figure.claims)


def _meant(rivals: Sequence[int], figures: Sequence[Figure], answer: Answer) -> int:
    """Return the one figure of several that is spoken of."""
    first = {at: figures[at].claims[0] for at in rivals}
    if answer.which == "most":
        return max(rivals, key=lambda at: (first[at].high or first[at].low or 0, -first[at].start))
    return (min if answer.which == "first" else max)(rivals, key=lambda at: first[at].start)


def _order(here: int, sentences: Sequence[Sentence]) -> Iterator[int]:
    """Yield the sentences in which the figure may stand: this one, those before it, the one behind."""
    yield here
    yield from range(here - 1, max(-1, here - 1 - _BACK), -1)
    if here + 1 < len(sentences) and sentences[here + 1].paragraph == sentences[here].paragraph:
        yield here + 1


def repeated(
    mentions: Sequence[Sequence[Mention]], sentences: Sequence[Sentence], figures: Sequence[Figure]
) -> Iterator[tuple[int, Mention, Claim]]:
    """Yield figures that are said again with nothing told of them: number of sentence, mention, and the claim before.

    Small numbers are said of so much that they are left alone.
    """
    told = [one.claims[0] for one in figures]
    values = {(one.low, one.high) for one in told if one.kind == "count"}
    for number, many in enumerate(mentions):
        for mention in many:
            count = mention.count
            value = (count.low, count.high)
            if count.kind != "count" or value not in values or (count.high or count.low or 0) < _LEAST:
                continue
            tokens = sentences[number].tokens
            span = span_of_mention(tokens, mention)
            same = [
                one for one in told if (one.low, one.high) == value and one.kind == "count" and one.start < span.start
            ]
            if mention.form != "bare" and not (same and tokens[mention.last - 1].lower in same[-1].text.lower()):
                continue
            if same and not any(one.span.overlaps(span) for one in told) and same[-1].stance == "asserts":
                yield number, mention, same[-1]


def rejected(claim: Claim) -> Claim:
    """Return the claim by which the figure of another is rejected; who rejects it has yet to be set."""
    spans = replace(claim.spans, source=None, mention=None, cue=None, via=())
    return replace(claim, source=None, via=(), attribution=None, spans=spans)


def is_rejected(claim: Claim, source: str, by: Claim) -> bool:
    """Say whether a claim already rejects the figure of another one in the name of a source."""
    same = (claim.harm, claim.low, claim.high) == (by.harm, by.low, by.high)
    return same and by.source is not None and alike(by.source, source)


def alike(one: str, other: str) -> bool:
    """Say whether two names for a source may be one: the words of one are among those of the other."""
    first, second = (frozenset(_WORDS.findall(name.lower())) - _SMALL for name in (one, other))
    return bool(first and second) and (first <= second or second <= first)
