"""The names of speakers."""

from __future__ import annotations

import pytest

from sayso.claim.naming import Naming, Speakers
from sayso.claim.sentences import split
from sayso.claim.words import words
from sayso.records import Span


def span(text: str, part: str) -> Span:
    start = text.rindex(part)
    return Span(start, start + len(part))


def number(text: str, of: Span) -> int:
    return next(n for n, one in enumerate(split(text)) if of.start < one.span.end)


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        (
            "The Valley Peace Council an alliance of villages said nine died.",
            "an alliance of villages",
            "The Valley Peace Council",
        ),
        (
            "The Valley Peace Council, another such group, said nine died.",
            "another such group",
            "The Valley Peace Council",
        ),
        (
            "The Ostrel Centre for Policy Research (OCPR) a charity said nine died.",
            "a charity",
            "The Ostrel Centre for Policy Research (OCPR)",
        ),
        (
            "Nine died, said the Valley Peace Council, an alliance of villages.",
            "the Valley Peace Council, an alliance of villages",
            "the Valley Peace Council",
        ),
        (
            "Nine died, said the Valley Council which rings the villages.",
            "the Valley Council which rings the villages",
            "the Valley Council which rings the villages",
        ),
        ("Nine died in Dresk on Monday a monitor said.", "a monitor", "a monitor"),
        ("Nine died near Lower Tamm Bridge a monitor said.", "a monitor", "a monitor"),
        (
            "An officer of the Harra Guard at a bridge said nine died.",
            "An officer of the Harra Guard at a bridge",
            "An officer of the Harra Guard at a bridge",
        ),
    ],
)
def test_an_aside_gives_way_to_the_name_beside_it(text: str, found: str, name: str) -> None:
    naming = Naming(text, split(text), words())
    assert naming.introduced(span(text, found), 0).of(text) == name


@pytest.mark.parametrize(
    ("text", "found", "spoken", "name"),
    [
        ("Ana Bel, a nurse, spoke first. She said nine died.", "She", ["Ana Bel"], "Ana Bel"),
        ("I met Ana Bel at Lower Tamm. Her son was shot. She said nine died.", "She", [], "Ana Bel"),
        ("The ministry said six died. Ana Bel rang. It now says nine.", "It", ["The ministry"], "The ministry"),
        (
            "Bandits fled. The union said six died. According to the same source nine did.",
            "the same source",
            ["The union"],
            "The union",
        ),
        ("He said nine died.", "He", [], "He"),
        ("In Lower Tamm he said nine died.", "he", [], "he"),
        ("Nine died, the ministry said.", "the ministry", ["Nine"], "the ministry"),
    ],
)
def test_a_pronoun_stands_for_who_was_named_before(text: str, found: str, spoken: list[str], name: str) -> None:
    naming = Naming(text, split(text), words())
    pronoun = span(text, found)
    meant = naming.meant(
        pronoun, number(text, pronoun), lambda: Speakers(text, [span(text, one) for one in spoken], naming.lexicon)
    )
    assert meant.of(text) == name


@pytest.mark.parametrize(
    ("name", "passes"),
    [("QNA", True), ("the daily", True), ("Ana Bel", True), ("reporters", False), ("six men", False)],
)
def test_an_outlet_or_a_name_passes_a_figure_on(name: str, passes: bool) -> None:  # noqa: FBT001 - a case of the table
    assert Naming("", (), words()).passes_on(name) is passes
