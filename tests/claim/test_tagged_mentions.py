"""Words that the claim heads tagged, read as people who are counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim.mentions import Mention, span_of_mention
from sayso.claim.numbers import read
from sayso.claim.tagged import as_mention
from sayso.claim.tokens import tokenize
from sayso.claim.words import words
from sayso.records import Span

WORDS = [
    "no",
    "fewer",
    "than",
    "at",
    "least",
    "an",
    "estimated",
    "12",
    "1,200",
    "two",
    "hundred",
    "and",
    "five",
    "dozens",
    "of",
    "them",
    "the",
    "her",
    "brother",
    "people",
    "soldiers",
    "wounded",
    "deaths",
    "Ilan",
    "Moss",
    "nobody",
    "or",
    "more",
    "between",
    "to",
    "“",
    "”",
    "(",
    ")",
    ",",
    "—",
    ".",
    "'s",
    "March",
    "2019",
    "$",
    "year-old",
    "4.5",
]


def mention(marked: str) -> tuple[str, Mention] | None:
    """Read the words between brackets; return the words that the mention stands on, and the mention."""
    before, _, rest = marked.partition("[")
    inside, _, behind = rest.partition("]")
    text = before + inside + behind
    tokens = tokenize(text)
    found = as_mention(text, tokens, Span(len(before), len(before) + len(inside)), words("en"))
    return None if found is None else (span_of_mention(tokens, found).of(text), found)


def said(marked: str) -> str | None:
    found = mention(marked)
    return None if found is None else found[0]


def known(marked: str) -> Mention:
    found = mention(marked)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("marked", "expected", "low", "high"),
    [
        ("He said no fewer than [12 people] died.", "no fewer than 12 people", 12, None),
        ("An estimated [40 villagers] fled.", "An estimated 40 villagers", 40, 40),
        ("Up to [nine] were hurt.", "Up to nine", None, 9),
        ("At least 17 soldiers died, then [two].", "two", 2, 2),
        ("Up to nine died and at least [two miners] fled.", "at least two miners", 2, None),
    ],
)
def test_tagged_words_are_widened_to_the_bounds_of_their_figure(
    marked: str, expected: str, low: int | None, high: int | None
) -> None:
    found = mention(marked)
    assert found is not None
    assert (found[0], found[1].count.low, found[1].count.high) == (expected, low, high)


def test_a_figure_is_never_cut() -> None:
    assert said("[Two hundred] and five miners died.") == "Two hundred and five"
    assert said("Tw[o nurs]es died.") == "Two nurses"


@pytest.mark.parametrize("marked", ["[“Two nurses,”] he said.", "The [(two nurses)] died.", "Then [— two nurses: —] ."])
def test_marks_are_trimmed(marked: str) -> None:
    assert (said(marked) or "").lower() == "two nurses"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("The brothers [Asen and] Milko were missing.", "Asen"),
        ("It said [two miners in the] pit died.", "two miners"),
        ("It said [and Milko] died.", "Milko"),
        ("Then [Katie] Lomax, 29, was hurt.", "Katie Lomax"),
        ("Then Katie [Lomax], 29, was hurt.", "Katie Lomax"),
        ("So [British] aid worker Katie Lomax was hurt.", "British aid worker Katie Lomax"),
        ("The rapper Ilan [“Ko”] Moss died.", "Ilan “Ko” Moss"),
        ("The rapper [Ilan] “Ko” Moss died.", "Ilan “Ko” Moss"),
        ("On Monday [Lomax] died, On Tuesday.", "Lomax"),
        ("[Milko] and other miners died.", "Milko"),
        ("[Milko] told miners that.", "Milko"),
    ],
)
def test_names_are_whole_and_nothing_that_leads_on_ends_them(marked: str, expected: str) -> None:
    assert said(marked) == expected


@pytest.mark.parametrize(
    "marked", ["[One in] three people died.", "[Fourteen] rockets were shot down.", "They lost [6]-0 at home."]
)
def test_figures_that_count_no_people_are_no_mention(marked: str) -> None:
    assert mention(marked) is None


@pytest.mark.parametrize(
    ("marked", "form", "harm", "kind"),
    [
        ("[Civilians] were hurt.", "plural", None, "vague"),
        ("[Women and children] were hurt.", "plural", None, "vague"),
        ("It sheltered [the wounded].", "plural", "injured", "vague"),
        ("[Ilan Moss] was hurt.", "name", None, "individual"),
        ("One of its drivers, [Mr. Moss], was hurt.", "name", None, "individual"),
        ("[Her brother] was hurt.", "definite", None, "individual"),
        ("[The mayor of Kestrel Bay] was hurt.", "definite", None, "individual"),
        ("[Nobody] was hurt.", "bare", None, "zero"),
        ("[No civilians] were hurt.", "people", None, "zero"),
        ("It ended [without casualties].", "harm", "killed_or_injured", "zero"),
        ("[Twelve miners] died.", "people", None, "count"),
        ("[Twelve deaths] were counted.", "harm", "killed", "count"),
        ("[Twelve] died.", "bare", None, "count"),
        ("[A nurse] died.", "people", None, "count"),
        ("[Dozens of miners] died.", "people", None, "vague"),
        ("[Twelve Sarnovians] died.", "people", None, "count"),
        ("[Twelve glorps] died.", "unknown", None, "count"),
    ],
)
def test_the_form_says_what_stands_behind_the_number(marked: str, form: str, harm: str | None, kind: str) -> None:
    found = known(marked)
    assert (found.form, found.harm, found.count.kind) == (form, harm, kind)


@pytest.mark.parametrize(
    ("marked", "head"),
    [
        ("[Two of them] died.", "died"),
        ("[Three of the other miners] died.", "other"),
        ("[Two] of the miners died.", "of"),
        ("[Several of those] died.", "died"),
    ],
)
def test_some_of_a_larger_group_are_marked(marked: str, head: str) -> None:
    tokens = tokenize(marked.replace("[", "").replace("]", ""))
    found = known(marked)
    assert found.partitive
    assert tokens[found.head].text == head


@pytest.mark.parametrize("marked", ["[Dozens of miners] died.", "[Two miners] of the guild died.", "[Two] died."])
def test_those_counted_whole_are_not(marked: str) -> None:
    assert not known(marked).partitive


@pytest.mark.parametrize(
    "marked", ["[] Two died.", "[“ — ”] Two died.", "Rose by [%] .", "Some [4.5] .", "Two died[ ]."]
)
def test_words_that_hold_nobody_are_no_mention(marked: str) -> None:
    assert mention(marked) is None


def test_words_outside_of_the_sentence_are_no_mention() -> None:
    text = "Two nurses died. It rained."
    tokens = tokenize(text, 0, len("Two nurses died."))
    assert as_mention(text, tokens, Span(text.index("It"), len(text)), words("en")) is None


@given(st.text() | st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join), st.data())
def test_whatever_is_tagged_the_count_is_what_its_own_words_state(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    tokens = tokenize(text)
    found = as_mention(text, tokens, span, words("en"))
    if found is None:
        return
    assert found.count == read(span_of_mention(tokens, found).of(text))
    assert 0 <= found.first <= found.figure < found.last <= len(tokens)
    assert found.first <= found.head <= found.last
    assert span_of_mention(tokens, found).overlaps(span)
    assert (found.form == "plural") == (found.count.phrase == "plural")
    assert (found.form in {"name", "definite"}) == (found.count.kind == "individual")
