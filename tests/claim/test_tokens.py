"""Tokens slice to their words, cover all that is not space, and say what they are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim.tokens import span_of, tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \n\t ", []),
        ("Two men died.", ["Two", "men", "died", "."]),
        ("1,200 people", ["1,200", "people"]),
        ("1\u00a0200 people", ["1\u00a0200", "people"]),
        ("1\u202f200\u202f300", ["1\u202f200\u202f300"]),
        ("12,34", ["12", ",", "34"]),
        ("9 300 persons", ["9 300", "persons"]),
        ("some 1 200 000 are", ["some", "1 200 000", "are"]),
        ("on May 4 300 fled", ["on", "May", "4", "300", "fled"]),
        ("Nov. 12 150 fled", ["Nov", ".", "12", "150", "fled"]),
        ("killed 12 150 wounded", ["killed", "12", "150", "wounded"]),
        ("Lirna 12 150 Dresk", ["Lirna", "12", "150", "Dresk"]),
        ("1.2 million", ["1.2", "million"]),
        ("twenty-one", ["twenty-one"]),
        ("the mayor's car", ["the", "mayor", "'s", "car"]),
        ("the mayor’s car", ["the", "mayor", "’s", "car"]),
        ("didn't", ["didn't"]),
        ("U.S. troops", ["U.S.", "troops"]),
        ("400-plus", ["400", "-", "plus"]),
        ("30–40", ["30", "–", "40"]),
        ("“Six,” he said", ["“", "Six", ",", "”", "he", "said"]),
        ("Zoë in Łomża", ["Zoë", "in", "Łomża"]),
    ],
)
def test_words_numbers_and_marks_are_cut_apart(text: str, words: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == words


@given(st.text())
def test_tokens_slice_and_stand_in_order(text: str) -> None:
    tokens = tokenize(text)
    assert all(text[t.start : t.end] == t.text != "" for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))


@given(st.text())
def test_nothing_but_space_is_left_out(text: str) -> None:
    covered = {i for t in tokenize(text) for i in range(t.start, t.end)}
    assert [i for i, c in enumerate(text) if not c.isspace() and i not in covered] == []


@given(st.text(), st.integers(0, 40), st.integers(0, 40))
def test_a_window_keeps_the_offsets_of_the_whole(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(len(text), start + length)
    tokens = tokenize(text, start, end)
    assert all(start <= t.start < t.end <= end and text[t.start : t.end] == t.text for t in tokens)


def test_a_token_says_what_it_is() -> None:
    name, possessive, number, mark = tokenize("Karsk’s 17 !")
    assert (name.is_word, name.is_capital, name.is_digits) == (True, True, False)
    assert (possessive.is_word, possessive.lower) == (False, "'s")
    assert (number.is_digits, number.is_word, number.is_capital) == (True, False, False)
    assert (mark.is_word, mark.is_digits) == (False, False)


def test_look_ups_use_small_letters_and_plain_apostrophes() -> None:
    assert [t.lower for t in tokenize("They DIDN’T Die")] == ["they", "didn't", "die"]


def test_the_span_of_tokens_runs_from_first_to_last() -> None:
    text = "in  17 towns."
    assert span_of(tokenize(text)[1:3]).of(text) == "17 towns"
