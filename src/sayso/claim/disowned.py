"""Figures that are told only to be rejected, and that neither the patterns of harm nor the heads take for people.

"The union has scant faith in the ministry's 52", "police refuted messages that 230 pupils had been herded away". What
rejects them is certain by its words (`sayso.claim.rejecting`); what came to the people is known from elsewhere in the
report, or from what the heads make of the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.claim.harms import Harmed
from sayso.claim.mentions import span_of_mention
from sayso.claim.propose import Proposed
from sayso.claim.rejecting import Rejecting
from sayso.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.claim.heads import Heads
    from sayso.claim.mentions import Mention
    from sayso.claim.sentences import Sentence
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon
    from sayso.records import Harm

_LEAST = 3
"""Smaller numbers are said of so much that they are left alone."""
_NEAR = 3
"""How many sentences away the harm may be told."""
_WORDS = 3
"""How many words from the figure a word of harm may stand that is told of it."""
_MOST = 1_000_000
_LIKELY = 0.3
_RIGHT = 0.75
"""How often such a figure was annotated as rejected in our own training reports."""


def disowned(
    sentences: Sequence[Sentence],
    mentions: Sequence[Sequence[Mention]],
    kept: Sequence[Proposed],
    heads: Heads,
    lexicon: Lexicon,
) -> Iterator[Proposed]:
    """Yield a claim for each figure that words around it reject and that is no claim yet.

    Args:
        sentences: The sentences of a report.
        mentions: All people that each sentence speaks of.
        kept: The claims that were read.
        heads: What the heads say of the report.
        lexicon: The words of its language.
    """
    marks = lexicon.speech.rejecting
    known: dict[int, list[Proposed]] = {}
    for one in kept:
        known.setdefault(one.sentence, []).append(one)
    for number, sentence in enumerate(sentences):
        figures = [one for one in mentions[number] if _may_be_told(one, sentence.tokens, lexicon)]
        if not figures or not any(token.lower in marks for token in sentence.tokens):
            continue
        rejecting = Rejecting(sentence.tokens, lexicon)
        for mention in figures:
            here = known.get(number, [])
            if any(_overlap(mention, one.harmed.mention) for one in here):
                continue
            found = rejecting.of(mention)
            if found is None or (mention.form == "people" and found.stance != "denies"):
                continue
            span = span_of_mention(sentence.tokens, mention)
            seen = heads.seen(span)
            told = _beside(mention, sentence.tokens, lexicon)
            harm = told or (_harm(mention, number, kept) if seen is not None else None)
            if harm is None and seen is not None and max(seen.harms) >= _LIKELY:
                harm = HARMS[seen.harms.index(max(seen.harms))]
            if harm is not None:
                harmed = Harmed(mention, harm, (mention.first, max(mention.last, mention.figure + 1)), "rejected")
                yield Proposed(number, harmed, tuple(mentions[number]), _RIGHT, seen)


def _may_be_told(mention: Mention, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Say whether a mention may count people harmed: not two of something, a day of a month, or money."""
    count = mention.count
    after = tokens[mention.last].lower if mention.last < len(tokens) else ""
    if count.kind != "count" or mention.form not in {"bare", "people"} or mention.partitive:
        return False
    return _LEAST <= (count.high or count.low or 0) < _MOST and after not in lexicon.numbers.months


def _beside(mention: Mention, tokens: Sequence[Token], lexicon: Lexicon) -> Harm | None:
    """Return the harm that words right beside a figure tell: "having wounded sixty-one", "230 pupils abducted"."""
    places = [*range(mention.last, mention.last + _WORDS), *range(mention.first - 1, mention.first - 1 - _WORDS, -1)]
    for i in places:
        verb = lexicon.harms.verbs.get(tokens[i].lower) if 0 <= i < len(tokens) else None
        if verb is not None:
            return verb.harm
    return None


def _harm(mention: Mention, number: int, kept: Sequence[Proposed]) -> Harm | None:
    """Return the harm that is told of the same figure elsewhere, or of the figures nearest before or behind it."""
    value = (mention.count.low, mention.count.high)
    for one in kept:
        count = one.harmed.mention.count
        if (count.low, count.high) == value:
            return one.harmed.harm
    near = [one for one in kept if abs(one.sentence - number) <= _NEAR]
    near.sort(
        key=lambda one: (
            abs(one.sentence - number),
            one.sentence > number,
            abs(one.harmed.mention.first - mention.first) if one.sentence == number else -one.harmed.mention.first,
        )
    )
    return near[0].harmed.harm if near and mention.form == "bare" else None


def _overlap(one: Mention, other: Mention) -> bool:
    return one.first < max(other.last, other.figure + 1) and other.first < max(one.last, one.figure + 1)
