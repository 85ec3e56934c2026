"""Whose turn it is in a transcript."""

from __future__ import annotations

from sayso.claim.sentences import split
from sayso.claim.turns import turns
from sayso.claim.words import words

TALK = """TOLM, 3 MAY 89 (RADIO SUR) -- [INTERVIEW] [TEXT] [REPORTER] HOW MANY ARE THERE?

[OLMEDO] EIGHT PEOPLE WERE BROUGHT IN WOUNDED. ONE MAN DIED.

[REPORTER] THE FRONT [PEOPLE'S FRONT OF TOLM] CLAIMS NINE.

[OLMEDO] I KNOW OF EIGHT."""


def test_a_turn_lasts_until_the_next_label() -> None:
    sentences = split(TALK)
    told = [(said.source.of(TALK), said.content[0].of(TALK).strip()) for said in turns(TALK, sentences, words())]
    assert told == [
        ("OLMEDO", "EIGHT PEOPLE WERE BROUGHT IN WOUNDED."),
        ("OLMEDO", "ONE MAN DIED."),
        ("OLMEDO", "I KNOW OF EIGHT."),
    ]


def test_a_label_that_stands_once_is_no_turn() -> None:
    text = "[OLMEDO] EIGHT PEOPLE WERE BROUGHT IN WOUNDED."
    assert not list(turns(text, split(text), words()))
