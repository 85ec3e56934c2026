"""Which spans are there: what is proposed and the rest of the room then reads.

`Rules` proposes by patterns alone; `sayso.claim.claim_tagger` weighs their word against the trained heads. What the
words mean (numbers, days, places, sources) and whether a claim is true to its text is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sayso.claim.harms import Harmed, find_restated, find_told
from sayso.claim.mentions import Mention, find_mentions, span_of_mention
from sayso.claim.speakers import find_attributions
from sayso.claim.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.attributions import Said
    from sayso.claim.heads import Heads, Seen
    from sayso.claim.judging import Judging
    from sayso.claim.pointing import Pointing
    from sayso.claim.sentences import Sentence
    from sayso.records import Harm, Span

# How often each pattern was right on the dev part of the visible gold sets (claims matched by harm and figure), by
# pattern and by whether the words hold a figure; measured when the rules were written.
_PRECISION = {
    ("active", True): 0.98,
    ("of", True): 0.92,
    ("passive", True): 0.91,
    ("frame", True): 0.88,
    ("toll", True): 0.83,
    ("held", True): 0.74,
    ("among", True): 0.68,
    ("joined", True): 0.64,
    ("part", True): 0.96,
    ("unhurt", True): 0.8,
    ("frame", False): 0.79,
    ("part", False): 0.69,
    ("of", False): 0.64,
    ("active", False): 0.61,
    ("held", False): 0.59,
    ("passive", False): 0.58,
}
_PRECISION_ELSE = 0.4
UNTAUGHT = frozenset({"unhurt"})
"""Patterns for words that the trained heads have not met as claims, so that their silence says nothing."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A claim proposed in one sentence.

    Attributes:
        sentence: The number of the sentence.
        harmed: The people and the harm.
        mentions: All people that the sentence speaks of.
        confidence: The probability that it is a claim.
        seen: What the trained heads say of the count expression, where they read it.
    """

    sentence: int
    harmed: Harmed
    mentions: tuple[Mention, ...]
    confidence: float
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What trained heads say of a report, how their word is weighed, and how sources are pointed to, where fitted."""

    heads: Heads
    judging: Judging
    pointing: Pointing | None = None


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that was proposed for one report.

    Attributes:
        claims: The claims.
        said: Who says what.
        judged: What trained heads say, where they were asked.
        unreal: Sentence and words of those to whom harm is told only as feared, planned, supposed or asked about.
        mentions: All people that each sentence speaks of, where patterns read them.
    """

    claims: tuple[Proposed, ...]
    said: tuple[Said, ...]
    judged: Judged | None = None
    unreal: tuple[tuple[int, Span], ...] = ()
    mentions: tuple[tuple[Mention, ...], ...] = ()


class Proposer(Protocol):
    """What reads the spans of a report."""

    name: str

    def propose(self, text: str, sentences: Sequence[Sentence], language: str) -> Proposals:
        """Propose claims and attributions for the sentences of a report."""
        ...


class Rules:
    """Patterns over word lists."""

    name = "rules-3"

    def propose(self, text: str, sentences: Sequence[Sentence], language: str) -> Proposals:
        """Propose claims and attributions by the patterns of `harms` and `speakers`."""
        lexicon = words(language)
        every = tuple(tuple(find_mentions(sentence.tokens, lexicon)) for sentence in sentences)
        found: list[Proposed] = []
        unreal: list[tuple[int, Span]] = []
        spoken_of: Harm | None = None
        for number, sentence in enumerate(sentences):
            mentions = every[number]
            if not mentions:
                continue
            told = find_told(sentence.tokens, mentions, lexicon)
            harmed = [one for one in told if one.real]
            unreal.extend((number, span_of_mention(sentence.tokens, one.mention)) for one in told if not one.real)
            harmed += find_restated(sentence.tokens, mentions, harmed, spoken_of, lexicon)
            found.extend(Proposed(number, one, mentions, precision(one)) for one in harmed)
            spoken_of = harmed[-1].harm if harmed else spoken_of
        said = tuple(find_attributions(text, sentences, language))
        return Proposals(tuple(found), said, unreal=tuple(unreal), mentions=every)


def precision(harmed: Harmed) -> float:
    """Return how often the pattern that found a claim was right."""
    holds_figure = harmed.mention.count.kind in {"count", "zero"}
    return _PRECISION.get((harmed.rule, holds_figure), _PRECISION_ELSE)
