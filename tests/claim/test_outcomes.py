"""What became of people who were shot."""

from __future__ import annotations

import pytest

from sayso.claim import read_claims
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
