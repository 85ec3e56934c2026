"""What became of people who were shot."""

from __future__ import annotations

import pytest

from sayso.claim import read_claims
from sayso.claim.outcomes import with_outcomes
from sayso.claim.propose import Rules
from sayso.claim.sentences import split
from sayso.claim.words import words
from sayso.records import Report


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("Five people were shot at a party in Tolm. Two of them died.", "killed_or_injured"),
        ("Five people were shot at a party in Tolm. All are expected to live.", "injured"),
        ("Two men died. Five other people were shot at a party in Tolm.", "injured"),
        ("One man died at a party in Tolm. Five people were shot in the legs.", "injured"),
    ],
)
def test_people_shot_take_the_outcome_that_the_report_gives(text: str, harm: str) -> None:
    claims, _, _ = read_claims(Report("r", text, published="2024-03-13", language="en"))
    assert [claim.harm for claim in claims if claim.low == 5] == [harm]


def outcomes(text: str) -> list[tuple[str, int | None]]:
    """Return what patterns read of a report, with the outcome that it gives."""
    sentences = split(text)
    kept = with_outcomes(Rules().propose(text, sentences, "en").claims, sentences, words())
    return [(one.harmed.harm, one.harmed.mention.count.low) for one in kept]


@pytest.mark.parametrize(
    ("rest", "harm"),
    [
        ("All were taken to a hospital.", "injured"),
        ("Homicide detectives asked for help on Memorial Day, and two were hit in the upper body.", "injured"),
        ("One has a life-threatening wound; another fights for his life.", "injured"),
        ("The funeral is on Friday.", "killed"),
        ("A cook died on the way.", "killed"),
        ("The coroner gave no names.", "killed"),
        ("A body was found in the yard.", "killed"),
    ],
)
def test_victims_are_the_injured_where_no_word_tells_of_a_death(rest: str, harm: str) -> None:
    read = outcomes(f"Five people were wounded in Tolm. The victims included three women. {rest}")
    assert (harm, 3) in read
    assert ({"killed", "injured"} - {harm}).pop() not in {told for told, low in read if low == 3}


def test_victims_are_killed_where_nobody_is_told_to_be_injured() -> None:
    assert outcomes("The victims included three women.") == [("killed", 3)]
