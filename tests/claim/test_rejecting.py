"""Figures that are quoted only to be rejected."""

from __future__ import annotations

import pytest

from sayso.claim import read_claims
from sayso.claim.mentions import find_mentions, span_of_mention
from sayso.claim.propose import Rules
from sayso.claim.rejecting import Rejecting, Rejection
from sayso.claim.sentences import split
from sayso.claim.words import words
from sayso.records import Report


def rejection(text: str, counted: str) -> Rejection | None:
    tokens = split(text)[0].tokens
    for mention in find_mentions(tokens, words()):
        if counted in span_of_mention(tokens, mention).of(text):
            return Rejecting(tokens, words()).of(mention)
    raise AssertionError(f"{counted!r} is no mention in {text!r}")


@pytest.mark.parametrize(
    ("text", "counted", "stance", "source", "owner"),
    [
        ("The ministry denied that 40 soldiers had died.", "40", "denies", "The ministry", None),
        ("We deny categorically that 40 soldiers had died.", "40", "denies", None, None),
        ("The mayor rubbished the union's figure of 40 dead.", "40", "denies", "The mayor", "the union"),
        ("The claim by the Front that 40 men died was dismissed by the army.", "40", "denies", "the army", "the Front"),
        ("The Valley Front called the 40 dead a pack of lies.", "40", "denies", "The Valley Front", None),
        ("Reports that 40 miners died are false, the union said.", "40", "denies", None, None),
        ("It is not true that 40 miners died, the union said.", "40", "denies", None, None),
        ("There is no truth in reports of 40 dead, the union said.", "40", "denies", None, None),
        ("The town hall lists 26 dead, not 40.", "40", "denies", None, None),
        ("The coroner is sceptical of the ministry's 40 dead.", "40", "doubts", "The coroner", None),
        ("A researcher questioned whether 40 men had died.", "40", "doubts", "A researcher", None),
        ("The priest mistrusts the army's count of 40 dead.", "40", "doubts", "The priest", "the army"),
        ("The army called the Front's claim of 40 dead “a bedtime story”.", "40", "denies", "The army", "the Front"),
        ("The army said claims of 40 dead were “figures for domestic use”.", "40", "denies", None, None),
        ("The figure of 40 dead given by the management is not true.", "40", "denies", None, "the management"),
        ("Not a grain of truth is in the report of 40 dead, the army said.", "40", "denies", None, None),
    ],
)
def test_it_says_who_rejects_a_figure_and_whose_it_is(
    text: str, counted: str, stance: str, source: str | None, owner: str | None
) -> None:
    found = rejection(text, counted)
    assert found is not None
    assert found.stance == stance
    assert (found.source and found.source.of(text)) == source
    assert (found.owner and found.owner.of(text)) == owner


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The ministry said that 40 soldiers had died.", "40"),
        ("The ministry did not deny that 40 soldiers had died.", "40"),
        ("The Front denied any responsibility for the blast that killed 40 people.", "40"),
        ("The ministry rejected calls for an inquiry after 40 miners had died.", "40"),
        ("The army denies two deaths / Brigades insist 40 men died", "40"),
        ("The army denied it had lost eleven men and spoke of 40 wounded.", "40"),
        ("Fighting in the disputed valley killed 40 people.", "40"),
        ("There is little doubt that 40 people died.", "40"),
        ("It was not exaggerated to say that 40 people died.", "40"),
        ("In row three lie 40 women who were shot.", "40"),
        ("The raid raised questions about how 40 people died.", "40"),
        ("Her brother saw 18 of those days, not even 21.", "21"),
    ],
)
def test_other_figures_are_left_as_they_are_told(text: str, counted: str) -> None:
    assert rejection(text, counted) is None


def test_a_bare_figure_that_is_rejected_takes_the_harm_spoken_of_before() -> None:
    text = "The Front says 40 sailors drowned. The port office disputes the 40."
    claims = Rules().propose(text, split(text), "en").claims
    assert [(one.sentence, one.harmed.harm, one.harmed.mention.count.low) for one in claims] == [
        (0, "killed", 40),
        (1, "killed", 40),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The General Staff repeated its claim of 100 dead.",
        "The army stood by its figure of 40 dead.",
        'Sarnovian General Staff repeats its claim of "over a hundred" dead.',
    ],
)
def test_who_says_their_figure_once_more_rejects_nothing(text: str) -> None:
    claims, _, _ = read_claims(Report("r", text))
    assert [one.stance for one in claims] == ["asserts"]
    assert claims[0].source


@pytest.mark.parametrize(
    "text",
    [
        "The president called the report of 40 dead “a dark day for the nation”.",
        "Officials put the toll at eight, and two firefighters said that it was “nine or ten”.",
        "Police arrested 40 men and called the raid “a lesson to others”.",
    ],
)
def test_words_in_quotation_marks_may_speak_of_what_happened(text: str) -> None:
    counted = "40" if "40" in text else "eight"
    assert rejection(text, counted) is None


@pytest.mark.parametrize("verb", ["maintains that", "reiterates that", "repeats its claim that", "again says"])
def test_a_figure_that_is_said_again_is_not_rejected(verb: str) -> None:
    text = f"The navy {verb} nine pirates were killed off Cape Sorrel on Monday."
    claims, _, _ = read_claims(Report("r", text, published="2024-03-13", language="en"))
    assert [(claim.low, claim.stance) for claim in claims] == [(9, "asserts")]


def test_a_figure_echoed_as_a_question_is_rejected() -> None:
    text = (
        "The Valley Front says eleven of its members were killed on Friday.\n\nArmy spokesman: Eleven? That was a shed."
    )
    claims, _, _ = read_claims(Report("r", text, published="2024-03-13", language="en"))
    assert [(claim.low, claim.stance) for claim in claims] == [(11, "asserts"), (11, "denies")]
