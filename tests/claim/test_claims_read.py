"""Sentences that were once misread, through the whole room: figure, harm, source and who passed it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import sayso
from sayso.claim import read_claims
from sayso.claim.mentions import is_named
from sayso.claim.numbers import read
from sayso.claim.propose import Rules
from sayso.claim.sentences import split
from sayso.pipeline import read_report
from sayso.records import Report

if TYPE_CHECKING:
    from sayso.records import Claim


def claims(text: str) -> tuple[Claim, ...]:
    return read_report(Report("r", text, published="2024-03-13", language="en")).claims


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("a hundred and five people", 105),
        ("a hundred and twenty-one people", 121),
        ("one hundred and twenty-one people", 121),
        ("one thousand two hundred and thirty-four people", 1234),
        ("over a hundred and fifty people", 150),
        ("a thousand five hundred people", 1500),
        ("one-third of the 90", 30),
        ("a score of people", 20),
        ("upwards of 1950 people", 1950),
        ("between 1900 and 2000 people", 1900),
        ("0 people", 0),
    ],
)
def test_number_words_are_read_whole(words: str, number: int) -> None:
    count = read(words)
    assert count is not None
    assert count.low == number


def test_no_people_in_figures_is_zero_and_not_unknown() -> None:
    count = read("0 people")
    assert count is not None
    assert count.kind == "zero"


def test_a_decimal_is_no_count_and_no_fault() -> None:
    assert claims("They killed 2.00 people.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "One in three people died.",
        "Police said they averted an attack that would have killed dozens.",
        "The bomb would have killed dozens of people.",
        "Were twelve people killed?",
        "The toll could rise; thousands may be killed.",
    ],
)
def test_harm_that_is_not_said_to_have_happened_is_no_claim(text: str) -> None:
    assert claims(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The defence ministry says 17 soldiers died; the rebels say more than 100 were killed.",
            [(17, "The defence ministry", (), "asserts"), (100, "the rebels", (), "asserts")],
        ),
        (
            "Rebels claimed that 25 soldiers were killed, but the army said only three were wounded.",
            [(25, "Rebels", (), "asserts"), (3, "the army", (), "asserts")],
        ),
        (
            "The governor was quoted as saying that nine people were killed.",
            [(9, "The governor", (), "asserts")],
        ),
        (
            "The governor was quoted by Radio Ostrel as saying that nine people were killed.",
            [(9, "The governor", ("Radio Ostrel",), "asserts")],
        ),
        (
            "The ministry rejected the rebels' claim that 40 soldiers had been killed.",
            [(40, "The ministry", (), "denies"), (40, "the rebels", (), "asserts")],
        ),
        (
            "Mayor Ana Bel arrived on Monday. She said four people had died.",
            [(4, "Mayor Ana Bel", (), "asserts")],
        ),
        (
            "An officer told the Orna agency, which told reporters, that six people were killed.",
            [(6, "An officer", ("the Orna agency", "reporters"), "asserts")],
        ),
        ("Rescuers found the bodies of four children.", [(4, None, (), "asserts")]),
        (
            "The police said that five people were killed. Two of them were children.",
            [(5, "The police", (), "asserts"), (2, "The police", (), "asserts")],
        ),
    ],
)
def test_each_figure_has_its_own_speaker(
    text: str, expected: list[tuple[int, str | None, tuple[str, ...], str]]
) -> None:
    """By the patterns: what the whole reader makes of speakers is measured in ``tests/gate``, not held case by case."""
    found, _, _ = read_claims(Report("r", text, published="2024-03-13", language="en"), proposer=Rules())
    assert [(c.low, c.source, c.via, c.stance) for c in found] == expected


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Thirty prisoners of war were killed.", ["prisoners of war"]),
        ("Fourteen people were killed, two of them children.", ["people", "children"]),
    ],
)
def test_victims_are_the_people_counted(text: str, victims: list[str]) -> None:
    assert [c.victims for c in claims(text)] == victims


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("The toll stood at 30, doctors said.", {None}),
        # Whether the hundred are soldiers too is left to the reader; rebels they are not.
        ("The defence ministry says 17 soldiers died; the rebels say more than 100 were killed.", {"soldiers", None}),
    ],
)
def test_speakers_are_not_taken_for_victims(text: str, may_be: set[str | None]) -> None:
    found = claims(text)
    assert found
    assert {c.victims for c in found} <= may_be


def test_women_and_children_among_the_dead_are_a_claim_without_a_figure() -> None:
    found = claims("Nine people were killed, including women and children.")
    assert [(c.low, c.high) for c in found] == [(9, 9), (2, None)]


def test_slots_that_were_once_wrong() -> None:
    assert claims("Seven soldiers were killed by artillery fire.")[0].perpetrator is None
    assert claims("21 KILLED IN MINE FIRE")[0].place is None
    assert claims("About 3,000 people fled their homes in Lagos.")[0].scope == "incident"


@pytest.mark.parametrize(
    "text",
    [
        "Two men were killed.\r\nThe army said so.",
        "Two men were killed in cafÃ© Ostrel.",
        "Two men were killed\x00 there.",
    ],
)
def test_a_given_text_is_taken_verbatim(text: str) -> None:
    assert sayso.read(text, language="en").report.text == text


def test_a_lone_surrogate_is_replaced_one_for_one() -> None:
    reading = sayso.read("Two men \ud800 were killed.", language="en")
    assert reading.report.text == "Two men \ufffd were killed."
    assert [problem.code for problem in reading.problems]


def test_long_runs_of_marks_and_many_speakers_are_read() -> None:
    assert claims("Two men were killed " + "." * 200_000)
    assert len(claims("“Two were killed,” he said. " * 4_000)) == 4_000


def test_who_is_called_for_help_is_not_counted() -> None:
    told = claims(
        "Neighbours in Tolm heard shots, and 911 dispatchers had three of their calls before Orla Vint was killed."
    )
    assert not [claim for claim in told if claim.kind == "count"]


@pytest.mark.parametrize(("number", "named"), [("555-0142", True), ("500-1420", True), ("50-142", False)])
def test_a_telephone_number_is_no_range(number: str, *, named: bool) -> None:
    (sentence,) = split(f"Call {number} about the shooting.")
    assert is_named(sentence.tokens, 1, 1, 4) is named
