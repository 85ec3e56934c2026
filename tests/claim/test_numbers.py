"""How words become numbers: every row of the table in docs/claims.md, in several wordings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sayso.claim.numbers import quantity_at, read
from sayso.claim.tokens import tokenize
from sayso.claim.words import words

if TYPE_CHECKING:
    from sayso.records import Count

Row = tuple[str, int | None, int | None, str, str, str | None]

# What the normal form of a phrase is, where docs/claims.md leaves it open.
ANY = "?"

TABLE: list[Row] = [
    # n, in digits and words: exact
    ("63", 63, 63, "exact", "count", None),
    ("63 miners", 63, 63, "exact", "count", None),
    ("sixty-three", 63, 63, "exact", "count", None),
    ("Sixty-three miners", 63, 63, "exact", "count", None),
    ("SIXTY-THREE MINERS", 63, 63, "exact", "count", None),
    ("1", 1, 1, "exact", "count", None),
    ("one", 1, 1, "exact", "count", None),
    ("one man", 1, 1, "exact", "count", None),
    ("two women", 2, 2, "exact", "count", None),
    ("nineteen pupils", 19, 19, "exact", "count", None),
    ("twenty", 20, 20, "exact", "count", None),
    ("forty nine", 49, 49, "exact", "count", None),
    ("1,200 villagers", 1_200, 1_200, "exact", "count", None),
    ("9 300 persons", 9_300, 9_300, "exact", "count", None),
    ("up to 1 200 000 people", None, 1_200_000, "at_most", "count", "up_to"),
    ("1200 villagers", 1_200, 1_200, "exact", "count", None),
    ("1\u00a0200 villagers", 1_200, 1_200, "exact", "count", None),
    ("12,345,678 people", 12_345_678, 12_345_678, "exact", "count", None),
    ("a hundred people", 100, 100, "exact", "count", None),
    ("one hundred people", 100, 100, "exact", "count", None),
    ("four hundred", 400, 400, "exact", "count", None),
    ("four hundred and twelve people", 412, 412, "exact", "count", None),
    ("a thousand", 1_000, 1_000, "exact", "count", None),
    ("three thousand five hundred", 3_500, 3_500, "exact", "count", None),
    ("40 thousand people", 40_000, 40_000, "exact", "count", None),
    ("1.2 million", 1_200_000, 1_200_000, "exact", "count", None),
    ("1.2 million people", 1_200_000, 1_200_000, "exact", "count", None),
    ("2 million people", 2_000_000, 2_000_000, "exact", "count", None),
    ("half a million", 500_000, 500_000, "exact", "count", None),
    ("Half a million people", 500_000, 500_000, "exact", "count", None),
    ("all 14", 14, 14, "exact", "count", None),
    ("all fourteen passengers", 14, 14, "exact", "count", None),
    ("the other three", 3, 3, "exact", "count", None),
    ("the three nurses", 3, 3, "exact", "count", None),
    ("five more", 5, 5, "exact", "count", None),
    ("another five", 5, 5, "exact", "count", None),
    ("five others", 5, 5, "exact", "count", None),
    ("a total of 31 people", 31, 31, "exact", "count", None),
    ("both", 2, 2, "exact", "count", ANY),
    ("both drivers", 2, 2, "exact", "count", ANY),
    ("the couple", 2, 2, "exact", "count", ANY),
    ("a couple of fishermen", 2, 2, "exact", "count", ANY),
    ("a nurse", 1, 1, "exact", "count", None),
    ("A soldier", 1, 1, "exact", "count", None),
    ("an elderly woman", 1, 1, "exact", "count", None),
    ("another man", 1, 1, "exact", "count", None),
    ("a third of the 90", 30, 30, "exact", "count", ANY),
    ("half of the 40 passengers", 20, 20, "exact", "count", ANY),
    ("two thirds of the 90 workers", 60, 60, "exact", "count", ANY),
    # at least
    ("at least 17 soldiers", 17, None, "at_least", "count", "at_least"),
    ("At least seventeen", 17, None, "at_least", "count", "at_least"),
    ("at least one person", 1, None, "at_least", "count", "at_least"),
    ("no fewer than 12 people", 12, None, "at_least", "count", "no_fewer_than"),
    ("no fewer than twelve", 12, None, "at_least", "count", "no_fewer_than"),
    ("no less than 12 people", 12, None, "at_least", "count", ANY),
    ("more than 100", 100, None, "at_least", "count", "more_than"),
    ("more than a hundred people", 100, None, "at_least", "count", "more_than"),
    ("More than 1,500 homes' worth of people", 1_500, None, "at_least", "count", "more_than"),
    ("more than half a million people", 500_000, None, "at_least", "count", "more_than"),
    ("over 40 men", 40, None, "at_least", "count", "over"),
    ("over forty men", 40, None, "at_least", "count", "over"),
    ("well over 300 people", 300, None, "at_least", "count", "over"),
    ("upwards of 80 villagers", 80, None, "at_least", "count", "upwards_of"),
    ("upwards of eighty", 80, None, "at_least", "count", "upwards_of"),
    ("60 or more", 60, None, "at_least", "count", "or_more"),
    ("sixty or more people", 60, None, "at_least", "count", "or_more"),
    ("400-plus", 400, None, "at_least", "count", "plus"),
    ("400-plus people", 400, None, "at_least", "count", "plus"),
    ("400+ people", 400, None, "at_least", "count", "plus"),
    ("at least two dozen", 24, None, "at_least", "count", ANY),
    # at most
    ("up to 30 people", None, 30, "at_most", "count", "up_to"),
    ("up to thirty", None, 30, "at_most", "count", "up_to"),
    ("up to two dozen fighters", None, 24, "at_most", "count", "up_to"),
    ("as many as 50 bodies", None, 50, "at_most", "count", "as_many_as"),
    ("as many as fifty", None, 50, "at_most", "count", "as_many_as"),
    ("at most 9 people", None, 9, "at_most", "count", "at_most"),
    ("at most nine", None, 9, "at_most", "count", "at_most"),
    ("fewer than 10 soldiers", None, 10, "at_most", "count", "fewer_than"),
    ("fewer than ten", None, 10, "at_most", "count", "fewer_than"),
    ("no more than 5 people", None, 5, "at_most", "count", "no_more_than"),
    ("no more than five people", None, 5, "at_most", "count", "no_more_than"),
    ("not more than 5 people", None, 5, "at_most", "count", ANY),
    # about
    ("about 70", 70, 70, "about", "count", "about"),
    ("about seventy people", 70, 70, "about", "count", "about"),
    ("around 70 people", 70, 70, "about", "count", "around"),
    ("around a hundred people", 100, 100, "about", "count", "around"),
    ("some 20 students", 20, 20, "about", "count", "some"),
    ("some twenty students", 20, 20, "about", "count", "some"),
    ("nearly 200 people", 200, 200, "about", "count", "nearly"),
    ("nearly two hundred", 200, 200, "about", "count", "nearly"),
    ("almost 90 workers", 90, 90, "about", "count", "almost"),
    ("almost ninety", 90, 90, "about", "count", "almost"),
    ("approximately 350 people", 350, 350, "about", "count", "approximately"),
    ("an estimated 4,000 people", 4_000, 4_000, "about", "count", "an_estimated"),
    ("an estimated four thousand", 4_000, 4_000, "about", "count", "an_estimated"),
    ("roughly 15 people", 15, 15, "about", "count", "roughly"),
    ("20 or so", 20, 20, "about", "count", "or_so"),
    ("twenty or so people", 20, 20, "about", "count", "or_so"),
    ("about 1.5 million people", 1_500_000, 1_500_000, "about", "count", "about"),
    # between
    ("between 30 and 40", 30, 40, "between", "count", ANY),
    ("between thirty and forty people", 30, 40, "between", "count", ANY),
    ("between 1,000 and 1,200 people", 1_000, 1_200, "between", "count", ANY),
    ("30 to 40 people", 30, 40, "between", "count", ANY),
    ("thirty to forty", 30, 40, "between", "count", ANY),
    ("30-40 people", 30, 40, "between", "count", ANY),
    ("30–40 people", 30, 40, "between", "count", ANY),
    ("two or three men", 2, 3, "between", "count", ANY),
    ("2 or 3 men", 2, 3, "between", "count", ANY),
    ("3 to 4 million people", 3_000_000, 4_000_000, "between", "count", ANY),
    # a few
    ("a few", 3, 9, "vague", "vague", "a_few"),
    ("a few people", 3, 9, "vague", "vague", "a_few"),
    ("several", 3, 9, "vague", "vague", "several"),
    ("Several villagers", 3, 9, "vague", "vague", "several"),
    ("a handful", 3, 9, "vague", "vague", "a_handful"),
    ("a handful of men", 3, 9, "vague", "vague", "a_handful"),
    # dozens in the singular
    ("a dozen", 12, 12, "about", "count", "a_dozen"),
    ("a dozen people", 12, 12, "about", "count", "a_dozen"),
    ("half a dozen", 6, 6, "about", "count", "half_a_dozen"),
    ("half a dozen police officers", 6, 6, "about", "count", "half_a_dozen"),
    ("two dozen", 24, 24, "about", "count", "two_dozen"),
    ("two dozen people", 24, 24, "about", "count", "two_dozen"),
    ("about a dozen people", 12, 12, "about", "count", ANY),
    ("more than a dozen people", 12, None, "at_least", "count", "more_than"),
    ("nearly two dozen people", 24, 24, "about", "count", ANY),
    # vague words
    ("dozens", 24, 99, "vague", "vague", "dozens"),
    ("dozens of people", 24, 99, "vague", "vague", "dozens"),
    ("several dozen", 24, 99, "vague", "vague", "several_dozen"),
    ("several dozen people", 24, 99, "vague", "vague", "several_dozen"),
    ("tens of people", 20, 99, "vague", "vague", "tens"),
    ("scores", 40, 99, "vague", "vague", "scores"),
    ("scores of miners", 40, 99, "vague", "vague", "scores"),
    ("hundreds", 200, 999, "vague", "vague", "hundreds"),
    ("Hundreds of recruits", 200, 999, "vague", "vague", "hundreds"),
    ("several hundred", 300, 999, "vague", "vague", "several_hundred"),
    ("several hundred people", 300, 999, "vague", "vague", "several_hundred"),
    ("thousands", 2_000, 9_999, "vague", "vague", "thousands"),
    ("thousands of families", 2_000, 9_999, "vague", "vague", "thousands"),
    ("several thousand", 3_000, 9_999, "vague", "vague", "several_thousand"),
    ("several thousand people", 3_000, 9_999, "vague", "vague", "several_thousand"),
    ("tens of thousands", 20_000, 99_999, "vague", "vague", "tens_of_thousands"),
    ("tens of thousands of people", 20_000, 99_999, "vague", "vague", "tens_of_thousands"),
    ("hundreds of thousands", 200_000, 999_999, "vague", "vague", "hundreds_of_thousands"),
    ("hundreds of thousands of people", 200_000, 999_999, "vague", "vague", "hundreds_of_thousands"),
    ("millions", 2_000_000, 9_999_999, "vague", "vague", "millions"),
    ("millions of people", 2_000_000, 9_999_999, "vague", "vague", "millions"),
    ("many", 2, None, "vague", "vague", "many"),
    ("many people", 2, None, "vague", "vague", "many"),
    ("a number of people", 2, None, "vague", "vague", "a_number"),
    ("civilians", 2, None, "vague", "vague", ANY),
    ("women and children", 2, None, "vague", "vague", ANY),
    # zero
    ("no casualties", 0, 0, "exact", "zero", ANY),
    ("No people", 0, 0, "exact", "zero", ANY),
    ("none", 0, 0, "exact", "zero", ANY),
    ("none of them", 0, 0, "exact", "zero", ANY),
    ("nobody", 0, 0, "exact", "zero", ANY),
    ("no one", 0, 0, "exact", "zero", ANY),
    ("without casualties", 0, 0, "exact", "zero", ANY),
    ("without any casualties", 0, 0, "exact", "zero", ANY),
    # one person, told as the one meant
    ("the mayor", 1, 1, "exact", "individual", ANY),
    ("her brother", 1, 1, "exact", "individual", ANY),
    ("Ilan Moss", 1, 1, "exact", "individual", ANY),
]

NO_COUNT = [
    ("on 12 March the shop burned", "12"),
    ("on March 12 the shop burned", "12"),
    ("it fell on 12 March 2021", "2021"),
    ("in 2014 the war began", "2014"),
    ("since 1998 they have lived there", "1998"),
    ("at 10:30 they met", "10"),
    ("at 10 p.m. they met", "10"),
    ("a 9-year-old died", "9"),
    ("a boy aged 9 died", "9"),
    ("damage of $40 was done", "40"),
    ("damage of €40 was done", "40"),
    ("about 40 percent of them", "40"),
    ("about 40% of them", "40"),
    ("Channel 7 reported it", "7"),
    ("flight 370 was lost", "370"),
    ("on Highway 9 it burned", "9"),
    ("Resolution 42 was read", "42"),
    ("the 3rd brigade left", "3"),
    ("a 20-storey tower fell", "20"),
    ("a 122mm rocket fell", "122"),
    ("the MiG-29 fell", "29"),
    ("they lost 6-0 at home", "6"),
    ("were slaughtered 5–1", "5"),
]

BOUNDS: list[tuple[str, str]] = [
    ("at least {}", "at_least"),
    ("no fewer than {}", "at_least"),
    ("more than {}", "at_least"),
    ("over {}", "at_least"),
    ("upwards of {}", "at_least"),
    ("{} or more", "at_least"),
    ("up to {}", "at_most"),
    ("as many as {}", "at_most"),
    ("at most {}", "at_most"),
    ("fewer than {}", "at_most"),
    ("no more than {}", "at_most"),
    ("about {}", "about"),
    ("around {}", "about"),
    ("some {}", "about"),
    ("nearly {}", "about"),
    ("almost {}", "about"),
    ("approximately {}", "about"),
    ("an estimated {}", "about"),
    ("{} or so", "about"),
]

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(n: int) -> str:
    """Write a number below a thousand million in English words."""
    if n < 20:
        return _SMALL[n]
    if n < 100:
        return _TENS[n // 10 - 2] + (f"-{_SMALL[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{_SMALL[n // 100]} hundred" + (f" {in_words(n % 100)}" if n % 100 else "")
    size, name = (1_000_000, "million") if n >= 1_000_000 else (1000, "thousand")
    rest = n % size
    return f"{in_words(n // size)} {name}" + (f" {in_words(rest)}" if rest else "")


def expected(n: int, qualifier: str) -> tuple[int | None, int | None]:
    return (None if qualifier == "at_most" else n, None if qualifier == "at_least" else n)


def counted(text: str) -> Count:
    count = read(text)
    assert count is not None
    return count


@pytest.mark.parametrize(("text", "low", "high", "qualifier", "kind", "phrase"), TABLE, ids=str)
def test_the_table_holds(
    *, text: str, low: int | None, high: int | None, qualifier: str, kind: str, phrase: str | None
) -> None:
    count = counted(text)
    assert (count.low, count.high, count.qualifier, count.kind) == (low, high, qualifier, kind)
    assert phrase in {ANY, count.phrase}


@pytest.mark.parametrize(("text", "figure"), NO_COUNT)
def test_what_measures_something_else_is_no_count(text: str, figure: str) -> None:
    tokens = tokenize(text)
    value = int(figure)
    for at in range(len(tokens)):
        quantity = quantity_at(tokens, at, words("en").numbers)
        assert quantity is None or quantity.count.low != value


@pytest.mark.parametrize("text", ["", " ", "...", "“”", "-", "!?"])
def test_no_words_are_no_count(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("rose from 17 to 23", 17),
        ("10 and 5 men", 10),
        ("two men and three women", 2),
        ("killed 12 150 wounded", 12),
        ("12 150 IN DRESK", 12),
    ],
)
def test_numbers_side_by_side_are_not_one(text: str, count: int) -> None:
    tokens = tokenize(text)
    first = next(q for at in range(len(tokens)) if (q := quantity_at(tokens, at, words("en").numbers)) is not None)
    assert (first.count.low, first.count.high) == (count, count)


@given(st.integers(1, 10**9), st.sampled_from([("{}", "exact"), *BOUNDS]), st.booleans(), st.sampled_from(["", " men"]))
def test_figures_are_read_back(n: int, bound: tuple[str, str], separators: bool, noun: str) -> None:  # noqa: FBT001 - drawn
    assume(separators or not 1900 <= n <= 2099)  # such a bare figure may be a year
    wording, qualifier = bound
    count = counted(wording.format(f"{n:,}" if separators else str(n)) + noun)
    assert (count.low, count.high) == expected(n, qualifier)
    assert (count.qualifier, count.kind) == (qualifier, "count")
    assert (count.phrase is None) == (qualifier == "exact")


@given(st.integers(1, 999_999_999), st.sampled_from([("{}", "exact"), *BOUNDS]), st.booleans())
def test_number_words_are_read_back(n: int, bound: tuple[str, str], capital: bool) -> None:  # noqa: FBT001 - drawn
    wording, qualifier = bound
    text = wording.format(in_words(n)) + " people"
    count = counted(text.capitalize() if capital else text)
    assert (count.low, count.high) == expected(n, qualifier)
    assert count.qualifier == qualifier


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(["between {} and {}", "{} to {}", "{}–{}"]))
def test_ranges_are_read_back(n: int, more: int, wording: str) -> None:
    count = counted(wording.format(f"{n:,}", f"{n + more:,}") + " people")
    assert (count.low, count.high, count.qualifier) == (n, n + more, "between")


@given(st.integers(1, 99), st.integers(1, 100), st.sampled_from(["between {} and {}", "{} to {}", "{} or {}"]))
def test_ranges_in_words_are_read_back(n: int, more: int, wording: str) -> None:
    count = counted(wording.format(in_words(n), in_words(n + more)) + " people")
    assert (count.low, count.high, count.qualifier) == (n, n + more, "between")


_SCRAPS = st.lists(
    st.sampled_from(
        [
            "a",
            "an",
            "the",
            "0",
            "1",
            "17",
            "1,000",
            "2.5",
            "2.0",
            "1.2",
            "2014",
            "99999999999",
            "half",
            "dozen",
            "dozens",
            "hundred",
            "thousand",
            "million",
            "k",
            "m",
            "and",
            "or",
            "to",
            "–",
            "-",
            "+",
            ",",
            ".",
            "of",
            "more",
            "less",
            "than",
            "no",
            "none",
            "any",
            "at",
            "least",
            "most",
            "up",
            "between",
            "from",
            "few",
            "several",
            "some",
            "another",
            "other",
            "both",
            "all",
            "third",
            "year",
            "old",
            "%",
            "$",
            "May",
            "people",
            "men",
            "killed",
        ]
    ),
    max_size=14,
).map(" ".join)


@given(st.text() | _SCRAPS)
def test_any_text_is_read_and_bounds_stand_in_order(text: str) -> None:
    count = read(text)
    if count is not None:
        assert count.low is not None or count.high is not None
        assert count.low is None or count.high is None or 0 <= count.low <= count.high
        assert count.kind != "zero" or (count.low, count.high) == (0, 0)
        assert not (count.qualifier == "at_least" and count.high is not None)
        assert not (count.qualifier == "at_most" and count.low is not None)
        assert not (count.qualifier == "between" and count.low == count.high)


@given(_SCRAPS)
def test_a_quantity_lies_within_its_tokens(text: str) -> None:
    tokens = tokenize(text)
    for at in range(len(tokens)):
        quantity = quantity_at(tokens, at, words("en").numbers)
        if quantity is not None:
            assert at == quantity.first <= quantity.figure < quantity.last <= len(tokens)
