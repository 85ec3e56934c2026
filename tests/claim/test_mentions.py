"""Which words of a sentence are people who could be counted, and what they state."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim.mentions import Mention, find_mentions
from sayso.claim.tokens import span_of, tokenize
from sayso.claim.words import words

WORDS = [
    "two",
    "17",
    "a",
    "an",
    "the",
    "no",
    "nobody",
    "dozens",
    "of",
    "people",
    "soldiers",
    "Ilan",
    "Moss",
    "killed",
    "wounded",
    "and",
    ",",
    "among",
    "them",
    "including",
    "more",
    "other",
    "year-old",
    "man",
    "women",
    "bodies",
    "deaths",
    "any",
    "without",
    "'s",
    "“",
    "”",
    "Ward",
    "4",
    "who",
    "were",
    "her",
    "brother",
    "rockets",
    "tanks",
    "in",
]


def mentions(text: str) -> list[tuple[str, Mention]]:
    tokens = tokenize(text)
    return [
        (span_of(tokens[m.first : max(m.last, m.figure + 1)]).of(text), m) for m in find_mentions(tokens, words("en"))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two soldiers were killed.", [("Two soldiers", 2, 2, "count")]),
        ("At least 17 people died.", [("At least 17 people", 17, None, "count")]),
        ("Dozens of villagers fled.", [("Dozens of villagers", 24, 99, "vague")]),
        ("A nurse died.", [("A nurse", 1, 1, "count")]),
        ("No civilians were hurt.", [("No civilians", 0, 0, "zero")]),
        ("Nobody was hurt.", [("Nobody", 0, 0, "zero")]),
        ("The mayor was hurt.", [("The mayor", 1, 1, "individual")]),
        ("Ilan Moss was hurt.", [("Ilan Moss", 1, 1, "individual")]),
        ("Civilians were hurt.", [("Civilians", 2, None, "vague")]),
        ("Five pupils and two teachers left.", [("Five pupils", 5, 5, "count"), ("two teachers", 2, 2, "count")]),
    ],
)
def test_people_are_found_with_their_number(text: str, expected: list[tuple[str, int, int | None, str]]) -> None:
    found = [(said, m.count.low, m.count.high, m.count.kind) for said, m in mentions(text)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Twelve miners died.", "people"),
        ("Twelve deaths were counted.", "harm"),
        ("Twelve died.", "bare"),
        ("Miners died.", "plural"),
        ("The mayor died.", "definite"),
        ("Ilan Moss died.", "name"),
    ],
)
def test_the_form_says_what_stands_behind_the_number(text: str, form: str) -> None:
    assert [m.form for _, m in mentions(text)] == [form]


@pytest.mark.parametrize(
    "text",
    [
        "Forty rockets fell.",
        "Three tanks burned.",
        "They drove 12 kilometres.",
        "It lasted two years.",
        "He fired at 10 p.m. on 12 March 2019.",
        "It cost $40.",
        "The talks are in Ward 4.",
        "A bomb fell.",
        "There is no road.",
        "It is without a roof.",
    ],
)
def test_what_is_not_people_is_no_mention(text: str) -> None:
    assert [said for said, m in mentions(text) if m.form != "unknown"] == []


def test_an_age_is_no_number_of_people() -> None:
    assert [(m.count.low, m.count.kind) for _, m in mentions("A 9-year-old boy died.")] == [(1, "count")]
    assert [(m.count.low, m.form) for _, m in mentions("Petra Vance, 29, was hurt.")] == [(1, "name")]


@pytest.mark.parametrize("text", ["Two of them died.", "Three of the miners died.", "Four of those died."])
def test_some_of_a_larger_group_are_marked(text: str) -> None:
    assert [m.partitive for _, m in mentions(text)] == [True]


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("Twelve deaths were counted.", "killed"),
        ("Twelve injuries were counted.", "injured"),
        ("Twelve casualties were counted.", "killed_or_injured"),
        ("The twelve wounded soldiers slept.", "injured"),
    ],
)
def test_words_that_hold_the_harm_give_it(text: str, harm: str) -> None:
    assert [m.harm for _, m in mentions(text)] == [harm]


@given(st.text() | st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_mentions_stand_in_order_and_do_not_overlap(text: str) -> None:
    tokens = tokenize(text)
    found = find_mentions(tokens, words("en"))
    assert all(0 <= m.first <= m.figure <= m.last <= len(tokens) and m.first < m.last for m in found)
    assert all(m.first <= m.head <= m.last for m in found)
    assert all(a.last <= b.first for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The army said it suffered no losses.", ["killed_or_injured"]),
        ("Our troops took the town without loss of life.", ["killed"]),
        ("The army reported no losses of equipment.", []),
        ("Insurers suffered no losses on the shares.", []),
        ("Rovers have had no losses this season.", []),
    ],
)
def test_no_losses_are_of_people_where_a_party_speaks_of_its_own(text: str, counts: list[str]) -> None:
    found = find_mentions(tokenize(text), words())
    assert [one.harm for one in found if one.count.kind == "zero"] == counts


@pytest.mark.parametrize("text", ["Shells fell on school No. 3 at noon.", "He fell at Hill 402 in May.", "In Pit 4."])
def test_the_number_of_a_place_counts_nobody(text: str) -> None:
    assert [one for one in find_mentions(tokenize(text), words()) if one.count.kind == "count"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Orla Vint, who the office said was 16, died.",
        "Her brother, whose age was given as 17 by police, died.",
        "She was 19 when she died.",
        "The 17 y/o boy died.",
        "Her mother dialled 911.",
    ],
)
def test_ages_and_who_is_called_for_help_count_nobody(text: str) -> None:
    found = find_mentions(tokenize(text), words())
    assert [one.count.low for one in found if one.count.kind == "count" and one.count.low != 1] == []


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Officials, who said the toll was 40, left.", 40),
        ("The guard, who was 1 of 7 people shot, died.", 7),
        ("Doctors, who said it was 60 people, left.", 60),
        ("They called 112 people.", 112),
    ],
)
def test_tolls_are_no_ages(text: str, low: int) -> None:
    found = find_mentions(tokenize(text), words())
    assert low in [one.count.low for one in found]
