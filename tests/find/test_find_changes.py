"""What a copy changed is told: figures before all else, by value, and each of the other kinds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.printed import PRINTS, drawing, reports
from sayso.find.changes import changes
from sayso.find.figures import units
from sayso.records import Change, Report, Span

if TYPE_CHECKING:
    import random

TEXT = """OSTREL, Velmora, March 15 (Meridian Wire) - A missile strike on a barracks in Dresk killed 17 conscripts and \
wounded 46, the Defence Ministry said on Wednesday.

Sarnovia's General Staff gave a far higher figure of more than 100. Two doctors said that thirty bodies came in by \
nightfall.

About 600 recruits had been packed into the school. The strike broke windows 800 metres away."""
FIRST = Report("first", TEXT, title="Barracks hit", origin="Meridian Wire", origin_span=Span(27, 40))


def printed(text: str, title: str | None = "Barracks hit") -> Report:
    return Report("copy", text, title=title, origin=FIRST.origin, origin_span=FIRST.origin_span)


def figures(found: tuple[Change, ...]) -> list[tuple[str | None, str | None]]:
    return [(change.before, change.after) for change in found if change.kind == "figure"]


def kinds(found: tuple[Change, ...]) -> list[str]:
    return [change.kind for change in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("killed 17 conscripts", "killed 19 conscripts", ("17", "19")),
        ("thirty bodies", "forty bodies", ("thirty", "forty")),
        ("thirty bodies", "dozens of bodies", ("thirty", "dozens")),
        ("more than 100", "more than 1,100", ("100", "1,100")),
        ("17 conscripts", "conscripts", ("17", None)),
        ("a barracks", "two barracks", (None, "two")),
        ("Two doctors said", "Two doctors said on 14 different occasions", (None, "14")),
        ("About 600 recruits had been packed into the school. ", "", ("600", None)),
        ("wounded 46", "wounded 406", ("46", "406")),
    ],
)
def test_a_figure_that_is_another_is_told_first(old: str, new: str, expected: tuple[str | None, str | None]) -> None:
    copy = printed(TEXT.replace(old, new))
    found = changes(FIRST, copy)
    assert figures(found) == [expected]
    first = found[0]
    assert first.kind == "figure"
    if first.span_before:
        assert first.span_before.of(TEXT) == first.before
        assert first.sentence_before is not None
        assert first.sentence_before.holds(first.span_before)
    if first.span_after:
        assert first.span_after.of(copy.text) == first.after
        assert first.sentence_after is not None
        assert first.sentence_after.holds(first.span_after)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("17 conscripts", "seventeen conscripts"),
        ("thirty bodies", "30 bodies"),
        ("more than 100", "more than one hundred"),
        ("Two doctors", "2 doctors"),
        ("800 metres", "800  metres"),
    ],
)
def test_a_figure_written_otherwise_is_the_same(old: str, new: str) -> None:
    assert changes(FIRST, printed(TEXT.replace(old, new))) == ()


def test_figures_of_a_sentence_that_was_moved_are_not_changed() -> None:
    lead, second, last = TEXT.split("\n\n")
    found = changes(FIRST, printed(f"{lead}\n\n{last}\n\n{second}"))
    assert set(kinds(found)) == {"moved"}


def test_changed_figures_stand_before_those_put_in_and_those_left_out() -> None:
    text = (
        TEXT.replace("17", "19").replace(" The strike broke windows 800 metres away.", "") + " All 12 teachers lived."
    )
    found = changes(FIRST, printed(text))
    assert figures(found) == [("17", "19"), (None, "12"), ("800", None)]


def test_each_other_kind() -> None:
    assert changes(FIRST, printed(TEXT)) == ()
    assert changes(FIRST, printed(TEXT, title=None)) == ()
    (change,) = changes(FIRST, printed(TEXT, title="Seventeen conscripts dead"))
    assert (change.kind, change.before, change.after) == ("headline", "Barracks hit", "Seventeen conscripts dead")
    body = TEXT.partition(" - ")[2]
    (change,) = changes(FIRST, Report("copy", body + "\n\nReuters", title="Barracks hit", origin="Reuters"))
    assert (change.kind, change.before, change.after) == ("credit", "Meridian Wire", "Reuters")
    (change,) = changes(FIRST, printed(TEXT.replace("broke windows", "shattered panes")))
    assert (change.kind, change.words) == ("reworded", 2)
    (change,) = changes(FIRST, printed(TEXT + "\n\nThe ministry gave no names. Nobody else did."))
    assert (change.kind, change.after, change.words) == ("added", "The ministry gave no names. Nobody else did.", 8)
    copy = printed(TEXT.replace("Sarnovia's General Staff gave a far higher figure of more than 100. ", ""))
    assert kinds(changes(FIRST, copy)) == ["figure", "cut"]


def test_a_headline_within_the_text_and_a_cookie_notice_are_no_changes() -> None:
    copy = printed(f"Barracks hit.\n\n{TEXT}\n\nWe use cookies on 12 pages.\n\nMore stories")
    assert changes(FIRST, copy) == ()


@pytest.mark.parametrize("way", PRINTS)
def test_every_kind_of_change_to_seeded_copies_is_told(way: str) -> None:
    draw = drawing(way)
    make, expected = PRINTS[way]
    for one in reports(41, 40):
        found = changes(one, make(draw, one))
        assert expected <= set(kinds(found))
        extra = {"cut": {"figure"}, "a figure put in": {"reworded"}, "edited and cut": {"figure"}}
        assert set(kinds(found)) <= expected | extra.get(way, set())


@given(st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_spans_always_give_their_words(draw: random.Random) -> None:
    one = next(reports(draw.randrange(1000), 1))
    way = draw.choice(sorted(PRINTS))
    copy = PRINTS[way][0](draw, one)
    for change in changes(one, copy):
        assert change.span_before is None or change.span_before.of(one.text) == change.before
        assert change.span_after is None or change.span_after.of(copy.text) == change.after
        assert change.before != change.after or change.kind == "moved"


@given(
    st.text(st.sampled_from("aA. \n17,мн死-"), max_size=200), st.text(st.sampled_from("aA. \n17,мн死-"), max_size=200)
)
@settings(deadline=None)
def test_any_two_texts_can_be_laid_side_by_side(one: str, other: str) -> None:
    changes(Report("a", one), Report("b", other))
    assert changes(Report("a", one), Report("a", one)) == ()


def test_a_text_without_an_end_is_laid_side_by_side_in_pieces() -> None:
    endless = "soldier " * 20_000
    found = changes(Report("a", endless), Report("b", replace(Report("", endless + "17"), id="b").text))
    assert figures(found) == [(None, "17")]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("twenty-three", ["#23"]),
        ("two hundred and five", ["#205"]),
        ("ten and five", ["#10", "and", "#5"]),
        ("three dozen men", ["#36", "men"]),
        ("a hundred", ["a", "#100"]),
        ("4,200 and 4.200 and 4 200", ["#4200", "and", "#4200", "and", "#4200"]),
        ("4.5 or 4,5", ["#4.5", "or", "#4.5"]),
        ("one million two hundred thousand", ["#1200000"]),
        ("five six", ["#5", "#6"]),
        ("dozens, scores", ["#dozens", "#scores"]),
        ("٣ قتلى", ["#3", "قتلى"]),
        ("007", ["#7"]),
    ],
)
def test_figures_are_compared_by_value(text: str, keys: list[str]) -> None:
    assert [unit.key for unit in units(text, Span(0, len(text)))] == keys
