"""Where the words begin and end that the claim heads point to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim.span_ends import SpanEnds
from sayso.records import Span


def mended(marked: str) -> str | None:
    """Mend the words between brackets."""
    before, _, rest = marked.partition("[")
    inside, _, behind = rest.partition("]")
    text = before + inside + behind
    found = SpanEnds(text, "en").mended(Span(len(before), len(before) + len(inside)))
    return None if found is None else found.of(text)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Then [Signe] Hask spoke.", "Signe Hask"),
        ("A car bomb in Deir [Hazim] killed two.", "Deir Hazim"),
        ("The blast at [Lake] Tarn killed two.", "Lake Tarn"),
        ("So [Sheriff] Dana Orcutt said.", "Sheriff Dana Orcutt"),
        ("It was quoted by [Trakia] Evening Post, which", "Trakia Evening Post"),
    ],
)
def test_no_name_is_cut(marked: str, expected: str) -> None:
    assert mended(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("On Monday [Hask] said so.", "Hask"),
        ("He saw [Hask] Tuesday.", "Hask"),
        ("The [Hask] family.", "Hask"),
        ("Bomb Kills [Nine] In Tamrit Market Horror Today", "Nine"),
        ("Paras [Raid] Quiet Tamrit Market Stall", "Raid"),
        ("THE [HASK] BROTHERS", "HASK"),
        ("Near [Hask]. Tarn is far.", "Hask"),
        ("[Hask]\nTarn", "Hask"),
    ],
)
def test_what_is_no_part_of_a_name_is_left_out(marked: str, expected: str) -> None:
    assert mended(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("He told [the Lantern the true toll] on Monday.", "the Lantern"),
        ("[Rami Hask The displaced people] fled.", "Rami Hask"),
        ("[an earlier version of our report on the] fire", "an earlier version of our report"),
        ("[the army and] its allies", "the army"),
        ("a 22[-vehicle crash] on the road", "vehicle crash"),
        ("[smoke,] they said", "smoke"),
        ("[the mayor of the town] said", "the mayor of the town"),
        ("[the Valley Council, an alliance of villages] said", "the Valley Council, an alliance of villages"),
    ],
)
def test_words_that_lead_on_are_left_out(marked: str, expected: str) -> None:
    assert mended(marked) == expected


@pytest.mark.parametrize("marked", ["by [the] dead", "police [in the] town", "so [,] they", "and [of] them", "[ ]"])
def test_words_that_say_nothing_are_none(marked: str) -> None:
    assert mended(marked) is None


PARTS = ["the", "Signe", "Hask", "of", "and", ",", "army", " ", "-", "“", "\n", "THE", "É", "in", "Evening"]


@given(st.text() | st.lists(st.sampled_from(PARTS), max_size=16).map(" ".join), st.data())
def test_what_is_mended_lies_in_the_text_and_is_mended_once_for_all(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    ends = SpanEnds(text, "en")
    found = ends.mended(Span(start, end)) if start < end else None
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        assert found.of(text).strip()
        assert ends.mended(found) == found
