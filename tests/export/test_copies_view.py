"""Copies are shown so that a changed figure cannot be missed, and no text steers the terminal."""

from __future__ import annotations

import io
import json

import pytest

from sayso.export import copies_json, copies_view
from sayso.records import Change, Comparison, Copy, CopyGroup, Report, Span

FIRST = Report("a", "The blast killed 17 people.", title="Blast", outlet="Meridian Wire", published="2023-03-15")
OTHER = Report("b", "The blast killed 19 people. \x1b[31m\u202eMore", title="\x1b]0;x\x07Bang", outlet="Lantern")
FIGURE = Change("figure", "17", "19", 1, Span(17, 19), Span(17, 19), Span(0, 27), Span(0, 27))


def shown(*changes: Change, lead: str = "earliest") -> str:
    out = io.StringIO()
    group = CopyGroup("c-1", FIRST, lead, (Copy(OTHER, 0.876, changes),), "AFP")  # type: ignore[arg-type]
    copies_view.write(Comparison(3, (group,), (Report("c", "x"),)), out)
    return out.getvalue()


def test_a_changed_figure_stands_first_in_the_words_of_both() -> None:
    text = shown(FIGURE, Change("headline", "Blast", "Bang"))
    assert text.index("Figure changed: 17 became 19") < text.index("before: The blast killed [17] people.")
    assert (
        text.index("before:") < text.index("after:  The blast killed [19] people.") < text.index("Other headline: Bang")
    )
    assert "88% of the shorter text's words are the same" in text
    assert "credited to AFP" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("figure", None, "19", 1, None, Span(17, 19), None, Span(0, 27)), "Figure put in: 19"),
        (Change("figure", "17", None, 1, Span(17, 19), None, Span(0, 27)), "Figure left out: 17"),
        (Change("credit", "AFP", None), "Credits: nobody"),
        (Change("credit", None, "AFP"), "Credits: AFP"),
        (Change("reworded", "The blast", "A blast", 1), "Reworded: 1 word: “A blast”"),
        (Change("added", None, "Nobody knew.", 2), "Added: 2 words: “Nobody knew.”"),
        (Change("cut", "Nobody knew. " * 20, None, 40), "Cut: 40 words: “Nobody knew."),
        (Change("moved", "Nobody knew.", "Nobody knew.", 2), "Moved: 2 words: “Nobody knew.”"),
    ],
)
def test_each_kind_of_change_has_its_words(change: Change, words: str) -> None:
    assert words in shown(change)


def test_nothing_changed_is_said_so() -> None:
    assert "nothing changed" in shown()


def test_many_figures_are_counted_and_passages_told_by_the_longest() -> None:
    text = shown(*[FIGURE] * 20)
    assert text.count("Figure changed") == 12
    assert "and 8 more figures; --json lists all" in text
    text = shown(Change("cut", "Short one.", None, 2), Change("cut", "A longer one here.", None, 4))
    assert "Cut: 6 words in 2 places: “A longer one here.”" in text


@pytest.mark.parametrize(
    ("lead", "words"),
    [
        ("agency", "published by the agency itself"),
        ("earliest", "published first, as far as is known"),
        ("undated", "no day of publication is known"),
    ],
)
def test_why_a_report_leads_is_said(lead: str, words: str) -> None:
    assert words in shown(lead=lead)


def test_no_text_steers_the_terminal() -> None:
    text = shown(FIGURE, Change("added", None, "\x1b[2J\u202eMore", 1))
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert max(map(len, text.splitlines())) <= 80


def test_json_is_one_line_and_safe() -> None:
    out = io.StringIO()
    group = CopyGroup("c-1", FIRST, "earliest", (Copy(OTHER, 1.0, (FIGURE,)),))
    copies_json.write(Comparison(2, (group,)), out)
    assert out.getvalue().count("\n") == 1
    assert json.loads(out.getvalue())["groups"][0]["copies"][0]["changes"][0]["after"] == "19"
