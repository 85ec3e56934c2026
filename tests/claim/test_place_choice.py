"""The scene of a claim, weighed among all places that the report names."""

from __future__ import annotations

from math import isfinite

import pytest

from sayso.claim import read_claims
from sayso.claim.assemble import Assembly
from sayso.claim.claim_tagger import shipped
from sayso.claim.place_choice import Option, choose, place_options
from sayso.claim.place_weights import weighed, weights
from sayso.claim.sentences import split
from sayso.records import Claim, Report

LEAD = (
    "Nine civilians were killed on Friday in air strikes on Idlib province in Syria, a monitor said.\n\n"
    "The strikes hit a market in the town of Velmora, where the nine died, the monitor said. In Damascus, the "
    "information ministry said nothing.\n\nThe war in Syria has killed more than 400,000 people since 2011."
)


def read(text: str) -> tuple[Claim, ...]:
    return read_claims(Report("choice", text, language="en"))[0]


def options(text: str) -> list[list[Option]]:
    sentences = split(text, "en")
    proposals = shipped().propose(text, sentences, "en")
    assert proposals.judged is not None
    assembly = Assembly(Report("choice", text, language="en"), sentences, proposals, "en")
    among = []
    for proposed in proposals.claims:
        ruled = assembly.ruled(proposed)
        asked = assembly.asked(assembly.settled(proposed, ruled).scope, proposed, ruled)
        among.append(place_options(asked, assembly.scenes, proposals.judged.heads))
    return among


def test_a_wars_whole_toll_is_its_countrys_and_one_attacks_is_not() -> None:
    claims = {claim.low: claim.place for claim in read(LEAD)}
    assert claims[400_000] == "Syria"
    assert claims[9] in {"Velmora", "town of Velmora", "Idlib province"}


def test_every_place_of_a_report_is_an_option_and_so_is_none() -> None:
    for among in options(LEAD):
        names = {one.place.name if one.place is not None else None for one in among}
        assert {None, "Idlib province", "Velmora", "Damascus", "Syria"} <= names
        assert all(isfinite(value) for one in among for value in one.evidence.values())


def test_the_option_with_most_evidence_is_chosen_and_its_weights_are_named() -> None:
    by = weights("scene")
    for among in options(LEAD):
        best = max(among, key=lambda one: weighed(one.evidence, by))
        assert choose(among) is best.place
        assert by.keys() & best.evidence.keys()


def test_what_no_weight_is_known_for_counts_nothing() -> None:
    assert weighed({"never heard of": 5.0, "none": 1.0}, {"none": 0.5}) == 0.5


@pytest.mark.parametrize("table", ["scene", "town"])
def test_the_shipped_weights_are_finite_and_moderate(table: str) -> None:
    found = weights("scene" if table == "scene" else "town")
    assert len(found) > 20
    assert all(isfinite(weight) and abs(weight) < 20 for weight in found.values())


def test_words_that_hold_a_named_place_are_not_taken_for_one_unheard_of() -> None:
    text = "Scores of shoppers died in Monday's raid on Tamrit in war-torn Qasira, locals said."
    assert [claim.place for claim in read(text)] == ["Tamrit"]


def test_mothers_in_capitals_are_no_place() -> None:
    text = (
        "MUMS and kids were killed as jets bombed a market in Tamrit.\n\nScores of DADS were hurt in Tamrit on Monday."
    )
    assert {claim.place for claim in read(text)} == {"Tamrit"}
