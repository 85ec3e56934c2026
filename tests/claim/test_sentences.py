"""Sentences cover a text without overlap, and break where a reader would break it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim.sentences import split

_PIECES = st.lists(
    st.sampled_from(
        [
            "Dr. ",
            "U.S. ",
            "Gen. Bel said. ",
            "\n",
            "\n\n",
            " \n \n",
            "Five died",
            ". ",
            "! ",
            "?” ",
            "“Yes.” ",
            "3.5 ",
            "4. ",
            "x",
        ]
    ),
    max_size=30,
).map("".join)


def sentences(text: str) -> list[str]:
    return [sentence.span.of(text) for sentence in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two men died. Three were hurt.", ["Two men died.", "Three were hurt."]),
        ("Is it over? No! Not yet.", ["Is it over?", "No!", "Not yet."]),
        ("“Two died.” He left.", ["“Two died.”", "He left."]),
        ('"Two died." He left.', ['"Two died."', "He left."]),
        ("Dr. Ilo Marn spoke. He left.", ["Dr. Ilo Marn spoke.", "He left."]),
        ("Gen. Bel and Lt. Orr died.", ["Gen. Bel and Lt. Orr died."]),
        ("On Jan. 5 two men died. One lived.", ["On Jan. 5 two men died.", "One lived."]),
        ("No. 7 and no. 8 burned.", ["No. 7 and no. 8 burned."]),
        ("Ana K. Bel died. Others fled.", ["Ana K. Bel died.", "Others fled."]),
        ("About 3.5 million fled. Few returned.", ["About 3.5 million fled.", "Few returned."]),
        ("A headline\nA second line", ["A headline", "A second line"]),
        ("One block.\n\nAnother block.", ["One block.", "Another block."]),
        ("One block.\r\n\r\nAnother block.", ["One block.", "Another block."]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_lines_wrapped_at_a_fixed_width_are_one_paragraph() -> None:
    text = (
        "The council of Ostrel said on Monday that at least twelve lodgers had\n"
        "been killed when a wall of the old grain store fell on the houses in\n"
        "the street below it. Nine more were hurt."
    )
    found = split(text)
    assert len(found) == 2
    assert {sentence.paragraph for sentence in found} == {found[0].paragraph}


def test_blank_lines_part_paragraphs_and_sentences_share_one() -> None:
    found = split("One died. Two were hurt.\n\nThree fled.")
    first, second, third = (sentence.paragraph for sentence in found)
    assert first == second < third


def test_a_sentence_is_never_longer_than_its_bound() -> None:
    for text in ("word " * 2000, "x" * 9000, "word " * 399 + "x" * 5000):
        assert max(len(sentence) for sentence in sentences(text)) <= 2000


@given(st.text() | _PIECES)
def test_sentences_cover_all_words_in_order(text: str) -> None:
    found = split(text)
    spans = [sentence.span for sentence in found]
    assert all(0 <= s.start < s.end <= len(text) and s.of(text).strip() == s.of(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = {i for s in spans for i in range(s.start, s.end)}
    assert [i for i, c in enumerate(text) if not c.isspace() and i not in covered] == []
    paragraphs = [sentence.paragraph for sentence in found]
    assert paragraphs == sorted(paragraphs)


@given(_PIECES)
def test_tokens_of_sentences_lie_within_them(text: str) -> None:
    for sentence in split(text):
        assert sentence.tokens[0].start == sentence.span.start
        assert sentence.tokens[-1].end == sentence.span.end
