"""Who did it is no victim."""

from __future__ import annotations

import pytest

from sayso.claim.doers import does_harm
from sayso.claim.mentions import find_mentions
from sayso.claim.tokens import tokenize
from sayso.claim.words import words


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("A 16-year-old boy from Tolm shot another teenager in the head.", True),
        ("A three-year-old boy accidentally shot his mother.", True),
        ("A man, 34, shot and killed Oto Brandl outside a bar.", True),
        ("A man came home and shot his family.", True),
        ("A second man is believed to have shot the driver.", True),
        ("Two men were fighting when a shot was heard.", True),
        ("A man who police say shot four people in Tolm was named.", True),
        ("A boy accidentally shot himself.", False),
        ("A man shot outside a bar has died.", False),
        ("A man shot Saturday night has died.", False),
        ("A man was shot and killed Saturday.", False),
        ("Two men were shot the week before.", False),
        ("Eight people injured, two of them badly.", False),
        ("12 killed, Three Hurt in Osk.", False),
        ("They came up to a man and shot him.", False),
        ("The blast injured two women and killed a man.", False),
    ],
)
def test_who_harmed_others_is_told_from_who_was_harmed(text: str, *, does: bool) -> None:
    tokens = tokenize(text)
    first = find_mentions(tokens, words())[0]
    assert does_harm(tokens, first, words()) is does
