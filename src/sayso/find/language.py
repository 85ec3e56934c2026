"""Which language a text is in."""

from __future__ import annotations

import re
from array import array
from functools import cache
from typing import Any

_SAMPLE = 5_000
"""Characters looked at: more do not change the answer."""

_FEWEST_LETTERS = 20
_SURE = 0.5
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+")
_ENGLISH = frozenset(
    {"the", "and", "of", "to", "that", "with", "from", "were", "said", "been", "their", "have", "has", "this"}
    | {"who", "which", "by"}
)
"""Words that English prose is full of; no other language that is written in ASCII has three of them."""
_FEWEST_WORDS, _FEWEST_DIFFERENT, _ENGLISH_SHARE = 15, 3, 0.18
_STRETCH = 32
_OTHER = re.compile(r"[^\W\d_A-Za-zÀ-ɏḀ-ỿ]+")


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, or None where it is too short or too mixed to tell.

    The answer depends on the text alone. A report that quotes words in another script is in the language of the rest.

    >>> language_of("The ministry said that twelve people had died in the fire.")
    'en'
    >>> language_of("12:30") is None
    True
    """
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return None
    if _plainly_english(sample):
        return "en"  # It takes a quarter of a second to load what tells all languages apart.
    sample = _in_one_script(sample)
    if sum(map(str.isupper, sample)) > len(sample) // 3:
        sample = sample.lower()  # The model has seen few capitals.
    language, probability = _identifier().classify(sample.encode("utf-8", "replace").decode())
    # Languages without a two-letter code are few in news, and mostly a mistake for one that has it.
    return str(language) if probability >= _SURE and len(language) == 2 else None


def _plainly_english(text: str) -> bool:
    """Say whether a text is so full of English words that nothing else need be asked."""
    if not text.isascii():
        return False
    words = text.lower().split()
    found = [word for word in words if word in _ENGLISH]
    enough = len(words) >= _FEWEST_WORDS and len(set(found)) >= _FEWEST_DIFFERENT
    return enough and len(found) >= _ENGLISH_SHARE * len(words)


def _in_one_script(text: str) -> str:
    """Return `text` without the letters of the scripts that fewer of its letters belong to: Latin or all others."""
    if text.isascii():
        return text
    latin, other = (sum(map(len, script.findall(text))) for script in (_LATIN, _OTHER))
    if not latin or not other:
        return text
    return (_OTHER if latin >= other else _LATIN).sub(" ", text)


@cache
def _identifier() -> Any:  # noqa: ANN401 - py3langid is not typed
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # What it is asked for stays the same; as it comes it takes 76 MB.
    identifier.tk_nextmove = _Folded(identifier.tk_nextmove)
    identifier._rowbase, identifier.tk_output = array("I", identifier._rowbase), array("i", identifier.tk_output)  # noqa: SLF001 - a table that has no other name
    return identifier


class _Folded:
    """The automaton's table without the stretches that it repeats: a sixth of the 42 MB that it takes as it is."""

    def __init__(self, table: array[int]) -> None:
        whole = memoryview(table).cast("B")
        width = _STRETCH * table.itemsize
        known: dict[bytes, int] = {}
        self._at = array("I")
        for start in range(0, len(whole), width):
            stretch = bytes(whole[start : start + width])
            self._at.append(known.setdefault(stretch, len(known) * _STRETCH))
        self._stretches = array(table.typecode, b"".join(known))

    def __getitem__(self, place: int) -> int:
        """Return what stands in a place of the whole table."""
        return self._stretches[self._at[place // _STRETCH] + place % _STRETCH]
