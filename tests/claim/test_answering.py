"""Rejections in another sentence than the figure that they reject."""

from __future__ import annotations

import pytest

from sayso.claim import read_claims
from sayso.claim.answering import Answer, Answering
from sayso.claim.propose import Rules
from sayso.claim.sentences import split
from sayso.claim.words import words
from sayso.records import Report


def found(text: str) -> list[Answer]:
    return list(Answering(split(text)[0].tokens, 0, words()).answers())


def rejected(text: str) -> list[tuple[str, str | None]]:
    """The words of each figure that is denied or doubted, and by whom, with the patterns alone."""
    claims = read_claims(Report("r", text, published="2024-05-06", language="en"), proposer=Rules())[0]
    return [(claim.text, claim.source) for claim in claims if claim.stance != "asserts"]


@pytest.mark.parametrize(
    ("text", "stance", "source"),
    [
        ("The harbour office disputes both figures.", "denies", "The harbour office"),
        ("But army spokesman Ivo Renn dismissed this.", "denies", "army spokesman Ivo Renn"),
        ("Forty men died, an account that the army refuted.", "denies", "the army"),
        ("The union's tally was rejected by the ministry.", "denies", "the ministry"),
        ("The ministry called the report a wicked and groundless lie.", "denies", "The ministry"),
        ("The army's spokesman described the Front's account as a fairy tale.", "denies", "The army's spokesman"),
        ("The mayor brushed those numbers aside.", "denies", "The mayor"),
        ("Army: not true, all are well.", "denies", "Army"),
        ("“A lie,” the defence ministry countered.", "denies", "the defence ministry"),
        ("The governor disagrees.", "denies", "The governor"),
        ("The director called it “a shopping list for lawyers”.", "denies", "The director"),
        ("The army called the report cheap propaganda.", "denies", "The army"),
        ("Ten died, a number that the director said she did not recognise.", "denies", "she"),
        ("The air force denied that any raid had taken place.", "denies", "The air force"),
        ("The ombudsman is far from certain.", "doubts", "The ombudsman"),
        ("The coroner finds that hard to believe.", "doubts", "The coroner"),
        ("That was wrong.", "denies", None),
    ],
)
def test_it_is_seen_who_rejects_what_was_said(text: str, stance: str, source: str | None) -> None:
    answers = found(text)
    assert [(one.stance, one.source and one.source.of(text)) for one in answers] == [(stance, source)]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry denied any role in it.",
        "The mayor rejected the offer.",
        "The army did not deny the report.",
        "The utility rejected claims that its line sparked the blaze.",
        "It is unlikely that the road will open.",
        "The rebels withdrew from the valley.",
        "The ministry rejected the figure of 40 dead.",
        "The insurers laughed.",
        "The police do not believe the boy was targeted.",
    ],
)
def test_other_sentences_reject_nothing_said_elsewhere(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Tabor union said 23 dockers were killed on Monday. The harbour office called the report a lie.",
            [("23 dockers", "The harbour office")],
        ),
        (
            "The Tabor union said 23 dockers were killed and 40 injured. The harbour office disputes both figures.",
            [("23 dockers", "The harbour office"), ("40 injured", "The harbour office")],
        ),
        (
            "The Tabor union said 23 dockers were killed and 40 injured. The ministry laughed that last number off.",
            [("40 injured", "The ministry")],
        ),
        (
            "The Tabor union said 23 dockers were killed and 40 injured. The ministry denied that anyone was injured.",
            [("40 injured", "The ministry")],
        ),
        # What a report says in its own voice, and what somebody says who then speaks again, is not taken up.
        ("Some 23 dockers were killed on Monday. The harbour office rejected the report.", []),
        ("The Tabor union said 23 dockers were killed. The union denied this was its last word.", []),
        # A figure that is said again is rejected where it is said again.
        (
            "The Tabor union said 23 dockers were killed. A ministry spokesman, Ivo Renn, laughed at the 23.",
            [("the 23", "A ministry spokesman, Ivo Renn")],
        ),
    ],
)
def test_the_figures_that_are_meant_are_rejected(text: str, expected: list[tuple[str, str]]) -> None:
    assert rejected(text) == expected


def test_a_rejection_is_told_once() -> None:
    text = (
        "The Tabor union said 23 dockers were killed on Monday. The harbour office called the report a lie. "
        "The harbour office disputes the number."
    )
    assert rejected(text) == [("23 dockers", "The harbour office")]


def test_whoever_denies_that_anybody_was_harmed_says_that_nobody_was() -> None:
    claims = read_claims(Report("r", "The prison service denies that any detainee died.", language="en"))[0]
    assert [(claim.low, claim.stance, claim.source) for claim in claims] == [(0, "asserts", "The prison service")]


def test_a_denial_of_guilt_is_no_denial_of_the_figure() -> None:
    text = "Owner Callum Reith denied any wrongdoing over the fire that killed eleven guests in Dunmarrow on Monday."
    claims = read_claims(Report("r", text, published="2024-05-08", language="en"))[0]
    assert [(claim.text, claim.stance) for claim in claims] == [("eleven guests", "asserts")]
