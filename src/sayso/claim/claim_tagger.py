"""The shipped reader: the patterns and the trained heads, weighed together."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from sayso.claim.disowned import disowned
from sayso.claim.harms import Harmed
from sayso.claim.heads import COUNTED, Heads
from sayso.claim.judging import Judging, evidence, probability
from sayso.claim.linking import Settings
from sayso.claim.mentions import find_mentions, is_named, span_of_mention
from sayso.claim.numbers import may_begin
from sayso.claim.outcomes import with_outcomes
from sayso.claim.pointing import Pointing
from sayso.claim.propose import UNTAUGHT, Judged, Proposals, Proposed, Rules, precision
from sayso.claim.singles import is_single, once, parted
from sayso.claim.tagged import as_mention
from sayso.claim.words import words
from sayso.encoder import shipped as shipped_encoder
from sayso.records import HARMS, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sayso.claim.mentions import Mention
    from sayso.claim.sentences import Sentence
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon
    from sayso.encoder import Encoder
    from sayso.records import Harm

_HARM_LEAST = 0.15
_NEAR, _SHORT = 2, 6
_ALIKE: dict[Harm, tuple[Harm, ...]] = {
    "killed": ("killed", "killed_or_injured"),
    "injured": ("injured", "killed_or_injured"),
    "killed_or_injured": ("killed_or_injured", "killed", "injured"),
}
"""Harms that nobody says of one figure beside each other."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """People who may have been harmed, with what speaks for each harm."""

    proposed: Proposed
    span: Span
    evidence: tuple[float, ...]


class ClaimTagger:
    """Finds claims by the patterns of `Rules` and by the encoder's claim heads; both are weighed by `Judging`.

    Args:
        encoder: The model to use; the shipped one when left out.
    """

    name = "minilm-claims-6"

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder or shipped_encoder()

    @cached_property
    def judging(self) -> Judging:
        """The weights that the model brings.

        Raises:
            ModelError: The model has no claim heads.
        """
        return Judging(**self._encoder.settings("judging"))

    @cached_property
    def pointing(self) -> Pointing | None:
        """How sources are pointed to; None where the model brings nothing for it, and the judge alone chooses them.

        Raises:
            ModelError: The model cannot be loaded.
        """
        arrays = self._encoder.arrays("pointing")
        return None if arrays is None else Pointing.of(arrays)

    def propose(self, text: str, sentences: Sequence[Sentence], language: str) -> Proposals:
        """Propose the claims whose probability is high enough, and the attributions by patterns."""
        return self.weighed(Rules().propose(text, sentences, language), text, sentences, language)

    def weighed(self, ruled: Proposals, text: str, sentences: Sequence[Sentence], language: str) -> Proposals:
        """Weigh what patterns propose, which may be nothing, against the heads."""
        judging = self.judging
        heads = self.heads(text, sentences, ruled, words(language))
        if heads is None:
            return replace(ruled, claims=())
        likely = candidates(text, sentences, ruled, heads, judging.favour, language)
        found = [(_chance(one, judging), one) for one in likely]
        judged = Judged(heads, judging, self.pointing)
        lexicon = words(language)
        people = list(once(list(_kept(found, judging.least)), sentences, lexicon))
        kept = list(with_outcomes(people, sentences, lexicon))
        kept += disowned(sentences, ruled.mentions, kept, heads, lexicon) if ruled.mentions else ()
        return replace(ruled, claims=tuple(kept), judged=judged)

    def heads(self, text: str, sentences: Sequence[Sentence], ruled: Proposals, lexicon: Lexicon) -> Heads | None:
        """Let the encoder read the sentences of a text that may hold a claim, and those before them, if any."""
        needed = worth_reading(sentences, {one.sentence for one in ruled.claims}, lexicon)
        if not needed:
            return None
        encoded = self._encoder.encode(text, [(sentences[n].span.start, sentences[n].span.end) for n in needed])
        # Marks alone may be no piece at all to the tokenizer.
        linking = Settings(**self._encoder.settings("linking"))
        return Heads(encoded, linking, text, lexicon.language) if encoded.windows else None


def worth_reading(sentences: Sequence[Sentence], ruled: Collection[int], lexicon: Lexicon) -> list[int]:
    """Return the sentences that may hold a claim, each with the one before it, where its source may stand.

    A word of harm makes a sentence worth reading, and an article or number does where such a word is at most two
    sentences away; all of a short report is. Of the annotated claims .3 to 5 in a hundred stand elsewhere, told by the
    passage as a whole.

    Args:
        sentences: The sentences of a report.
        ruled: The numbers of those in which patterns found a claim.
        lexicon: The words of the language.
    """
    if len(sentences) <= _SHORT:
        return list(range(len(sentences)))
    harm = [_speaks_of_harm(sentence.tokens, lexicon) for sentence in sentences]
    needed = {m for n in ruled for m in (max(0, n - 1), n)}
    for n, sentence in enumerate(sentences):
        near = any(harm[max(0, n - _NEAR) : n + _NEAR + 1])
        if harm[n] or (near and any(may_begin(token, lexicon.numbers) for token in sentence.tokens)):
            needed |= {n, max(0, n - 1)}
    return sorted(needed)


def _speaks_of_harm(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    harms = lexicon.harms
    return any(t.lower in harms.verbs for t in tokens) or harms.nouns.within(tokens, 0, len(tokens))


@cache
def shipped() -> ClaimTagger:
    """Return the shipped reader, loaded once in a process."""
    return ClaimTagger()


def candidates(
    text: str, sentences: Sequence[Sentence], ruled: Proposals, heads: Heads, favour: float, language: str
) -> Iterator[Candidate]:
    """Yield everyone whom patterns or heads take for harmed, a candidate for each harm that either gives.

    Args:
        text: The report's text.
        sentences: Its sentences.
        ruled: What the patterns propose.
        heads: What the heads say.
        favour: How readily the heads find a count expression.
        language: The language to read in.
    """
    lexicon = words(language)
    starts = [s.span.start for s in sentences]
    mentions = ruled.mentions or tuple(tuple(find_mentions(s.tokens, lexicon)) for s in sentences)
    unreal: dict[int, list[Span]] = {}
    for number, feared in ruled.unreal:
        unreal.setdefault(number, []).append(feared)
    found: dict[tuple[int, Span], tuple[Mention, Span | None]] = {}
    for one in ruled.claims:
        mention = one.harmed.mention
        found[one.sentence, span_of_mention(sentences[one.sentence].tokens, mention)] = (mention, None)
    for layer, span in heads.tagged(favour):
        number = max(0, bisect_right(starts, span.start) - 1)
        tokens = sentences[number].tokens
        read = as_mention(text, tokens, span, lexicon, single=COUNTED[layer] == "single")
        named = read is not None and is_named(tokens, read.first, read.figure, read.figure + 1)
        for person in () if read is None or named else parted(tokens, read):
            same = _same(tokens, person, mentions[number])
            place = (number, span_of_mention(tokens, same))
            if place in found or not any(place[1].overlaps(feared) for feared in unreal.get(number, ())):
                found[place] = (same, _shared(span, place[1]))
    by_rule: dict[tuple[int, Span], list[Harmed]] = {}
    for one in ruled.claims:
        place = (one.sentence, span_of_mention(sentences[one.sentence].tokens, one.harmed.mention))
        by_rule.setdefault(place, []).append(one.harmed)
    for (number, span), (mention, tagged) in sorted(
        found.items(), key=lambda item: (item[0][0], item[0][1].start, item[0][1].end)
    ):
        # What is said of a name is said of the words that were tagged, not of those that complete it.
        seen = heads.seen(tagged if tagged is not None and mention.count.kind == "individual" else span)
        harmed = {one.harm: one for one in by_rule.get((number, span), ())}
        if seen is None:
            continue
        for harm, share in zip(HARMS, seen.harms, strict=True):
            own = harmed.get(harm)
            if own is None and (tagged is None or share <= _HARM_LEAST):
                continue
            told = evidence(
                harm,
                mention.count.kind,
                seen,
                ruled=None if own is None else precision(own),
                otherwise=own is None and bool(harmed),
                tagged=tagged is not None,
            )
            as_told = own or Harmed(mention, harm, (mention.first, max(mention.last, mention.figure + 1)), "tagged")
            yield Candidate(Proposed(number, as_told, mentions[number], 0.0, seen), span, told)


def _chance(candidate: Candidate, judging: Judging) -> float:
    """Return the probability that a candidate is a claim."""
    harmed = candidate.proposed.harmed
    weights = judging.single if is_single(harmed.mention) else judging.counted
    weighed = probability(candidate.evidence, weights)
    return max(weighed, precision(harmed)) if harmed.rule in UNTAUGHT else weighed


def _shared(tagged: Span, place: Span) -> Span:
    """Return those of the tagged words that a mention stands on."""
    return Span(max(tagged.start, place.start), min(tagged.end, place.end)) if tagged.overlaps(place) else place


def _same(tokens: Sequence[Token], tagged: Mention, mentions: Iterable[Mention]) -> Mention:
    """Take the mention that the patterns read in the same place with the same figure, since it knows more."""
    span, figure = span_of_mention(tokens, tagged), _figure(tagged)
    for mention in mentions:
        if _figure(mention) == figure and span_of_mention(tokens, mention).overlaps(span):
            return mention
    return tagged


def _figure(mention: Mention) -> tuple[int | None, int | None, bool]:
    return mention.count.low, mention.count.high, mention.count.kind == "individual"


def _kept(found: Iterable[tuple[float, Candidate]], least: float) -> Iterator[Proposed]:
    """Yield what is probable enough; of two readings of one figure and harm only the likelier.

    Killed and injured told apart, and not told apart, are such readings of one harm.
    """
    taken: set[tuple[int, int, Harm, bool]] = set()
    likely = sorted(found, key=lambda one: (-one[0], one[1].span.start, one[1].span.end))
    for chance, candidate in likely:
        harmed = candidate.proposed.harmed
        figure = (
            candidate.proposed.sentence,
            harmed.mention.figure,
            harmed.harm,
            is_single(candidate.proposed.harmed.mention),
        )
        if chance >= least and figure not in taken:
            taken |= {(*figure[:2], harm, figure[3]) for harm in _ALIKE.get(harmed.harm, (harmed.harm,))}
            yield replace(candidate.proposed, confidence=chance)
