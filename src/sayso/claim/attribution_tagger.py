"""Who said what in a whole text, casualty or not, by the shipped model."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.claim.linking import Read, Settings, characters, triples
from sayso.encoder import shipped as shipped_encoder
from sayso.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.sentences import Sentence
    from sayso.encoder import Encoded, Encoder

LANGUAGES = ("en",)


def attributions(encoded: Encoded, settings: Settings) -> tuple[Attribution, ...]:
    """Return the attributions of a text that the encoder has read, in the order of their cues."""
    windows = [Read(w.cut, w.outputs["tags"], w.outputs["links"]) for w in encoded.windows]

    def spans(runs: tuple[tuple[int, int], ...]) -> tuple[Span, ...]:
        return tuple(Span(*one) for one in characters(encoded.pieces, runs))

    return tuple(
        Attribution(spans(one.source), spans(one.cue), spans(one.content)) for one in triples(windows, settings)
    )


class AttributionTagger:
    """Reads source, cue and content spans with the encoder's attribution heads.

    Args:
        encoder: The model to use; the shipped one when left out.
    """

    name = "minilm-attributions-6"

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder or shipped_encoder()

    def read(self, text: str, sentences: Sequence[Sentence]) -> tuple[Attribution, ...]:
        """Return the attributions of a text, in the order of their cues.

        Raises:
            ModelError: The model cannot be loaded.
        """
        encoded = self._encoder.encode(text, [(s.span.start, s.span.end) for s in sentences])
        return attributions(encoded, Settings(**self._encoder.settings("linking")))


@cache
def shipped() -> AttributionTagger:
    """Return the shipped model, loaded once in a process."""
    return AttributionTagger()
