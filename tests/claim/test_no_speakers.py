"""Words found for a source that cannot be one."""

from __future__ import annotations

import pytest

from sayso.claim import read_claims
from sayso.claim.no_speakers import may_say
from sayso.claim.sentences import split
from sayso.claim.words import words
from sayso.records import Report, Span


@pytest.mark.parametrize(
    ("text", "source", "count", "may"),
    [
        ("It was officially reported today that four villagers died.", "It", "four villagers", False),
        ("It said that four villagers died.", "It", "four villagers", True),
        ("UPDATE: Four villagers died in a crash.", "UPDATE", "Four villagers", False),
        ("Army: four villagers died in a crash.", "Army", "four villagers", True),
        ("A girl died in what police say was an accident.", "police", "A girl", False),
        ("Police say a girl died in what was an accident.", "Police", "a girl", True),
        ("The Green Party condemned the murder of two teachers.", "The Green Party", "two teachers", False),
        ("The Green Party condemned the raid and said two teachers died.", "The Green Party", "two teachers", True),
        ('The Green Party deplored that "two teachers were killed".', "The Green Party", "two teachers", True),
        ("The four villagers died.", "The", "four villagers", False),
        ("STOLNA, 16 March, by fire strike died four villagers.", "STOLNA", "four villagers", False),
        ("Stolna, March 16 (Wire): four villagers died.", "Stolna", "four villagers", False),
        ("Stolna, a spokesman, says four villagers died.", "Stolna", "four villagers", True),
    ],
)
def test_who_says_nothing_of_a_figure_is_no_source(text: str, source: str, count: str, *, may: bool) -> None:
    def span(part: str) -> Span:
        start = text.index(part)
        return Span(start, start + len(part))

    assert may_say(span(source), span(count), split(text)[0], words()) is may


@pytest.mark.parametrize(
    ("text", "source", "stance"),
    [
        ("The opposition accused government troops of killing 20 villagers in Osk.", "The opposition", "asserts"),
        ("The Green Party of Tolm condemned the murder of 20 villagers in Osk.", None, "asserts"),
        (
            "The UK-based Valley Observatory for Civil Rights put the toll at 20 dead on Monday.",
            "The UK-based Valley Observatory for Civil Rights",
            "asserts",
        ),
    ],
)
def test_who_accuses_says_so_and_who_condemns_does_not(text: str, source: str | None, stance: str) -> None:
    claims, _, _ = read_claims(Report("r", text, published="2024-03-13", language="en"))
    assert [(claim.source, claim.stance) for claim in claims] == [(source, stance)]
