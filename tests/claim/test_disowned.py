"""Figures that are told only to be rejected."""

from __future__ import annotations

import pytest

from sayso.claim import read_claims
from sayso.records import Report


def denied(text: str) -> list[tuple[int | None, str, str | None]]:
    claims, _, _ = read_claims(Report("r", text, published="2024-03-13", language="en"))
    return [(claim.low, claim.harm, claim.source) for claim in claims if claim.stance != "asserts"]


def test_a_figure_of_somebody_else_is_heard_where_it_is_rejected() -> None:
    text = (
        "The doctors' union says 117 people were killed at the Old Ferry Bridge. It has scant faith in the army's 52."
    )
    assert (52, "killed") in [one[:2] for one in denied(text)]


def test_people_whose_harm_has_words_of_its_own_are_heard() -> None:
    text = "Police on Tuesday refuted viral messages that 230 pupils had been herded away by bandits in Danbaru."
    assert [one[0] for one in denied(text)] == [230]


@pytest.mark.parametrize(
    "text",
    [
        "Three loaders died, the union said. The defence does not accept that it happened at Bay 7.",
        "Nine people died in the flood. Claims of damage amounting to 20 million were exaggerated, the mayor said.",
        "Six people died in the fire. Prosecutors questioned three managers.",
    ],
)
def test_figures_of_other_things_are_not(text: str) -> None:
    assert denied(text) == []
