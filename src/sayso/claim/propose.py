"""Which spans are there: what a tagger proposes and the rest of the room then reads.

`Rules` is the first proposer. A trained tagger takes its place by giving the same `Proposals`; what the words mean
(numbers, days, places, sources) and whether a claim is true to its text is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sayso.claim.harms import Harmed, find_harmed, find_restated
from sayso.claim.mentions import Mention, find_mentions
from sayso.claim.speakers import find_attributions
from sayso.claim.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.attributions import Said
    from sayso.claim.sentences import Sentence
    from sayso.records import Harm


@dataclass(frozen=True, slots=True)
class Proposed:
    """A claim proposed in one sentence: the people, the harm, and the other people the sentence speaks of."""

    sentence: int
    harmed: Harmed
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that was proposed for one report."""

    claims: tuple[Proposed, ...]
    said: tuple[Said, ...]


class Proposer(Protocol):
    """What reads the spans of a report: rules now, a trained tagger later."""

    name: str

    def propose(self, text: str, sentences: Sequence[Sentence], language: str) -> Proposals:
        """Propose claims and attributions for the sentences of a report."""
        ...


class Rules:
    """The first reader: patterns over word lists."""

    name = "rules-1"

    def propose(self, text: str, sentences: Sequence[Sentence], language: str) -> Proposals:
        """Propose claims and attributions by the patterns of `harms` and `speakers`."""
        lexicon = words(language)
        found: list[Proposed] = []
        spoken_of: Harm | None = None
        for number, sentence in enumerate(sentences):
            mentions = tuple(find_mentions(sentence.tokens, lexicon))
            if not mentions:
                continue
            harmed = find_harmed(sentence.tokens, mentions, lexicon)
            harmed += find_restated(sentence.tokens, mentions, harmed, spoken_of, lexicon)
            found.extend(Proposed(number, one, mentions) for one in harmed)
            spoken_of = harmed[-1].harm if harmed else spoken_of
        return Proposals(tuple(found), tuple(find_attributions(text, sentences, language)))
