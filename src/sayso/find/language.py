"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import Any

_SAMPLE = 5_000
"""Characters looked at: more do not change the answer."""

_FEWEST_LETTERS = 20
_SURE = 0.5


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, or None where it is too short or too mixed to tell.

    The answer depends on the text alone.

    >>> language_of("The ministry said that twelve people had died in the fire.")
    'en'
    >>> language_of("12:30") is None
    True
    """
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return None
    if sum(map(str.isupper, sample)) > len(sample) // 3:
        sample = sample.lower()  # The model has seen few capitals.
    language, probability = _identifier().classify(sample.encode("utf-8", "replace").decode())
    # Languages without a two-letter code are few in news, and mostly a mistake for one that has it.
    return str(language) if probability >= _SURE and len(language) == 2 else None


@cache
def _identifier() -> Any:  # noqa: ANN401 - py3langid is not typed
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
