"""The gate lets through every text that may hold a claim, and not everything."""

from __future__ import annotations

import pytest

from sayso.find.gate import may_hold_claim


@pytest.mark.parametrize(
    "text",
    [
        "Two men were killed.",
        "TWO MEN WERE KILLED",
        "killed",
        "(dead)",
        "3 wounded, 4 missing",
        "Nobody was hurt.",
        "Ten villagers were abducted",
        "hundreds fled",
        "dead\u2014all of them",
        "“Died,” he said",
        "They lost their lives at sea",
        "\ud800 killed \udfff",
    ],
)
def test_words_of_harm_pass(text: str) -> None:
    assert may_hold_claim(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The council met on Monday to speak about the price of bread.",
        "He wore a deadéned look.",
        "A skilled mason, a studied answer and a shotputter.",
        "DEADLINE EXTENDED",
        "убитых нет",
    ],
)
def test_other_texts_do_not(text: str) -> None:
    assert not may_hold_claim(text)
