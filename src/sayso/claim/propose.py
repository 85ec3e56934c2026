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
    from sayso.records import Harm, Scope, Status


@dataclass(frozen=True, slots=True)
class Proposed:
    """A claim proposed in one sentence: the people, the harm, and the other people the sentence speaks of.

    A proposer that judges more says so: how sure it is, which attribution is behind the count (`credited`, since None
    is the report's own voice), scope and status. What it leaves None is read by rules.
    """

    sentence: int
    harmed: Harmed
    mentions: tuple[Mention, ...]
    confidence: float | None = None
    credited: bool = False
    said: Said | None = None
    scope: Scope | None = None
    status: Status | None = None


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


@dataclass(frozen=True, slots=True)
class Swept:
    """One sentence with the people it speaks of and what the rules made of them."""

    sentence: int
    mentions: tuple[Mention, ...]
    harmed: tuple[Harmed, ...]


def sweep(sentences: Sequence[Sentence], language: str) -> list[Swept]:
    """Find mentions and harm in every sentence by the rules; sentences without people are left out."""
    lexicon = words(language)
    out: list[Swept] = []
    spoken_of: Harm | None = None
    for number, sentence in enumerate(sentences):
        mentions = tuple(find_mentions(sentence.tokens, lexicon))
        if not mentions:
            continue
        harmed = find_harmed(sentence.tokens, mentions, lexicon)
        harmed += find_restated(sentence.tokens, mentions, harmed, spoken_of, lexicon)
        spoken_of = harmed[-1].harm if harmed else spoken_of
        out.append(Swept(number, mentions, tuple(harmed)))
    return out


class Rules:
    """The first reader: patterns over word lists."""

    name = "rules-1"

    def propose(self, text: str, sentences: Sequence[Sentence], language: str) -> Proposals:
        """Propose claims and attributions by the patterns of `harms` and `speakers`."""
        swept = sweep(sentences, language)
        found = tuple(Proposed(one.sentence, harmed, one.mentions) for one in swept for harmed in one.harmed)
        return Proposals(found, tuple(find_attributions(text, sentences, language)))
