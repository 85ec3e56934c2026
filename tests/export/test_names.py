"""Lists leave out the names of people harmed, wherever in the list's words they stand."""

from __future__ import annotations

from dataclasses import replace

from sayso.events import Heading, Kept, Ruling
from sayso.export.names import LEFT_OUT, names, without_names
from sayso.records import Claim, Span, Trace

TEXT = "OLEN, 34, AND TWO OTHERS DIE. Mira Olen and two cooks were killed, her sister Anna Olen said."
PERSON = Claim("c1", 30, 39, "Mira Olen", "killed", "individual", 1, 1, "exact", None, victims="Mira Olen, 34")
OTHERS = Claim("c2", 44, 53, "two cooks", "killed", "count", 2, 2, "exact", None, source="her sister Anna Olen")
HEADING = Heading("r1", title="Mira Olen, cook, dies with two others", outlet="The Harbour Review")


def kept(claim: Claim) -> Kept:
    trace = Trace(link="https://review.example/#:~:text=Mira%20Olen%20and%20two")
    ruling = Ruling("accepted", "Ana Ruiz", "2026-01-01T00:00:00Z", "Olen is named in the second report, too")
    return Kept(replace(claim, sentence=Span(30, 93), trace=trace), HEADING, ruling, TEXT[30:93])


def test_a_person_is_counted_and_not_named() -> None:
    shown = without_names(kept(PERSON), names([PERSON, OTHERS]))
    assert (shown.claim.text, shown.claim.victims, shown.claim.low) == (LEFT_OUT, None, 1)
    assert "Olen" not in repr(shown)


def test_a_neighbours_words_do_not_name_the_person_either() -> None:
    shown = without_names(kept(OTHERS), names([PERSON, OTHERS]))
    assert shown.claim.text == "two cooks"
    assert shown.sentence == f"{LEFT_OUT} and two cooks were killed, her sister Anna {LEFT_OUT} said."
    assert shown.report.title == f"{LEFT_OUT}, cook, dies with two others"
    assert "Olen" not in repr(shown)


def test_capitals_hide_nobody() -> None:
    shown = without_names(replace(kept(OTHERS), sentence=TEXT[:29]), names([PERSON]))
    assert shown.sentence == f"{LEFT_OUT}, 34, AND TWO OTHERS DIE."


def test_where_nobody_is_named_nothing_changes() -> None:
    assert without_names(kept(OTHERS), names([OTHERS])) == kept(OTHERS)
