"""A glance at a few paragraphs: whether they seem to tell of people to whom harm came, by the patterns alone.

It takes a tenth of a millisecond a sentence and neither model nor gazetteer, so it can be asked of thousands of pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.claim.propose import Rules
from sayso.claim.sentences import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def tell_of_harm(paragraphs: Iterable[str], is_worth_reading: Callable[[str], bool]) -> bool:
    """Say whether the patterns find people harmed, or feared to be, in some sentence.

    Args:
        paragraphs: Texts that are read each by itself, in any language; the patterns are those for English.
        is_worth_reading: Whether a sentence may hold such people at all; the others are not read.
    """
    for text in paragraphs:
        sentences = [one for one in split(text) if is_worth_reading(one.span.of(text))]
        found = Rules().propose(text, sentences, "en")
        if found.claims or found.unreal:
            return True
    return False
