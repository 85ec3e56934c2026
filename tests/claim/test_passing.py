"""Who passes on what somebody says, where no verb of telling names them."""

from __future__ import annotations

import pytest

from sayso.claim.passing import passed_on
from sayso.claim.sentences import split
from sayso.claim.words import words
from sayso.records import Span


def found(text: str, source: str) -> str | None:
    at = text.index(source)
    span = passed_on(split(text)[0].tokens, Span(at, at + len(source)), words())
    return None if span is None else span.of(text)


@pytest.mark.parametrize(
    ("text", "source", "through"),
    [
        ("The ministry, quoted by the newspaper Argus, said nine had died.", "The ministry", "the newspaper Argus"),
        ("Nine died, the ministry said in a statement carried by Radio Selm.", "the ministry", "Radio Selm"),
        ("On a recording leaked to The Citadel, a commander says nine fell.", "a commander", "The Citadel"),
        ("In a communiqué read out on state television, the army said nine fell.", "the army", "state television"),
        ("The mayor, reached by WTHX, said the storm had killed nine.", "The mayor", "WTHX"),
    ],
)
def test_whoever_passes_a_figure_on_is_found(text: str, source: str, through: str) -> None:
    assert found(text, source) == through


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The ministry said nine men had been seen by neighbours.", "The ministry"),
        ("The attack was carried out by gunmen, the ministry said.", "the ministry"),
        ("The ministry said that nine had died.", "The ministry"),
        ("The letter was sent to his family, the mayor said.", "the mayor"),
    ],
)
def test_nobody_else_passes_anything_on(text: str, source: str) -> None:
    assert found(text, source) is None
