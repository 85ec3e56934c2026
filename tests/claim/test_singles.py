"""Single people: one claim for each person, and none for who was not harmed."""

from __future__ import annotations

import pytest

from sayso.claim import read_claims
from sayso.claim.mentions import Mention, find_mentions
from sayso.claim.singles import parted
from sayso.claim.tokens import tokenize
from sayso.claim.words import words
from sayso.records import Count, Report

ONE = Count(1, 1, "exact", None, "individual")


def people(text: str) -> list[str]:
    """The words of each claim of one person or of nobody."""
    claims, _, _ = read_claims(Report("r", text, published="2024-03-13", language="en"))
    return [claim.text for claim in claims if claim.high in {0, 1}]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Asen and Milko", ["Asen", "Milko"]),
        ("Ana Bel, Oto Brandl and Per Lissak", ["Ana Bel", "Oto Brandl", "Per Lissak"]),
        ("Oto Brandl", ["Oto Brandl"]),
        ("Asen and his brother", ["Asen and his brother"]),
        ("Asen Dimov of Search and", ["Asen Dimov of Search and"]),
    ],
)
def test_names_that_were_read_as_one_are_parted(name: str, parts: list[str]) -> None:
    tokens = tokenize(name)
    found = parted(tokens, Mention(0, 0, 0, len(tokens), ONE, "name"))
    assert [name[tokens[one.first].start : tokens[one.last - 1].end] for one in found] == parts


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A car bomb killed Samer Odeh, a boy selling tea, on Tuesday.", ["Samer Odeh"]),
        (
            "Among the dead is the deputy commander of the 9th Training Regiment, Lieutenant Colonel Arvid Stane.",
            ["Lieutenant Colonel Arvid Stane"],
        ),
        ("British aid worker Katie Lomax was hurt by flying glass.", ["Katie Lomax"]),
        ("Among the dead are two cooks, a guard and a driver.", ["a guard", "a driver"]),
    ],
)
def test_a_description_beside_a_name_is_nobody_else(text: str, who: list[str]) -> None:
    assert people(text) == who


def test_none_of_some_people_counts_nobody() -> None:
    claims, _, _ = read_claims(
        Report("r", "The company said none of its 18 staff was injured in the flood.", language="en")
    )
    assert [(claim.low, claim.high) for claim in claims] == [(0, 0)]


def test_a_forename_that_is_a_small_word_is_a_name() -> None:
    tokens = tokenize("Among the dead are Oto Brandl, Per Lissak and Will Aske.")
    names = [one for one in find_mentions(tokens, words()) if one.form == "name"]
    assert [tokens[one.first].text for one in names] == ["Oto", "Per", "Will"]
