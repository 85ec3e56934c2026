"""The scene of a claim where trained heads point to its place: words that name none are not taken for one."""

from __future__ import annotations

from sayso.claim import read_claims
from sayso.records import Claim, Report


def read(text: str) -> tuple[Claim, ...]:
    return read_claims(Report("choice", text, language="en"))[0]


def test_a_wars_whole_toll_is_its_countrys_and_one_attacks_is_not() -> None:
    text = (
        "Nine civilians were killed on Friday in air strikes on Idlib province in Syria, a monitor said.\n\n"
        "The strikes hit a market in the town of Velmora, where the nine died, the monitor said. In Damascus, the "
        "information ministry said nothing.\n\nThe war in Syria has killed more than 400,000 people since 2011."
    )
    claims = {claim.low: claim.place for claim in read(text)}
    assert claims[400_000] == "Syria"
    assert claims[9] in {"Velmora", "town of Velmora", "Idlib province"}


def test_words_that_hold_a_named_place_are_not_taken_for_one_unheard_of() -> None:
    text = "Scores of shoppers died in Monday's raid on Tamrit in war-torn Qasira, locals said."
    assert [claim.place for claim in read(text)] == ["Tamrit"]


def test_mothers_in_capitals_are_no_place() -> None:
    text = (
        "MUMS and kids were killed as jets bombed a market in Tamrit.\n\nScores of DADS were hurt in Tamrit on Monday."
    )
    assert {claim.place for claim in read(text)} == {"Tamrit"}
