"""Headlines that run on into their text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim import read_claims
from sayso.claim.run_on import breaks
from sayso.claim.sentences import split
from sayso.records import Report


@pytest.mark.parametrize(
    "lines",
    [
        ("Rockets kill 14 in Harra Monitor AFP", "Friday 6 Feb 2015", "Rockets fired at a market killed 14 people."),
        ("Five dead in Orvand flood police Reuters", "Monday 21 Apr 2014", "Five people drowned on Sunday."),
        ("Toll in Belmar mine fire reaches 31 Ministry", "The toll of the fire has reached 31, officials said."),
        ("Raid kills nine in Tessin: police", "Gunmen shot nine people dead in Tessin on Monday."),
        ("Date of publication 9 August 2016", "Five nurses were killed when a clinic in Qasira was hit."),
        ("Saturday 23 April 2016 18:20", "Seven Civilians Killed in Strikes on Marj"),
        ("Print this page Tuesday 19 July 2016", "Strikes Disrupt Last Ambulance Service in Marj"),
        ("27-09-2013", "Car Bomb Kills 40 People in Marj"),
        ("8 Aug 2016", "12 fishermen were drowned off Port Selm."),
    ],
)
def test_lines_that_ran_together_are_parted(lines: tuple[str, ...]) -> None:
    text = " ".join(lines)
    assert [one.span.of(text) for one in split(text)] == list(lines)


@pytest.mark.parametrize(
    "text",
    [
        "A nurse told Radio Ostrel that nine people had died.",
        "The Liberation Army General Staff said nine of its men had died.",
        "Nine died, according to Police Chief Lena Reyl.",
        "The toll given by Ministry officials in Dresk stands at nine.",
        "On 3 May 2015 The Harra Post counted nine dead.",
        "Nine people were shot on Tuesday 4 April 2017 Harra's mayor said.",
        "8 May 2016 was the day on which nine of them died.",
        "Nine died at the Police Lines mosque on Monday.",
    ],
)
def test_sentences_are_left_whole(text: str) -> None:
    assert [one.span.of(text) for one in split(text)] == [text]


def test_a_headline_is_not_told_by_a_source_of_the_text_behind_it() -> None:
    text = "Raid kills nine miners AFP Tuesday 4 Apr 2017 Gunmen shot nine miners dead in Tessin, the union said."
    claims, _, _ = read_claims(Report("r", text, language="en", published="2017-04-05"))
    assert [(one.text, one.source) for one in claims] == [("nine miners", None), ("nine miners", "the union")]


@given(st.text(max_size=400))
def test_breaks_stand_in_order_within_any_text(text: str) -> None:
    found = list(breaks(text, 0, len(text)))
    assert found == sorted(set(found))
    assert all(0 < at <= len(text) for at in found)
