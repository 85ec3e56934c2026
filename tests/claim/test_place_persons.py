"""Surnames that are towns somewhere: a person where the report names one, a town where the words say so."""

from __future__ import annotations

import pytest

from sayso.claim.places import find_places


@pytest.mark.parametrize(
    "text",
    [
        "Tom Jasper, 24, was shot in Ohio on Friday. Witnesses saw Jasper run to Elm Street.",
        "Officer Foster was hurt in Georgia. A bullet grazed Foster, and colleagues of Foster came.",
        "A judge in Alabama denied bond. Jasper said he was at home; the court told Jasper to wait.",
        "Deputies in Texas found Michael Foster dead. Friends of Foster wept.",
    ],
)
def test_a_surname_of_the_report_is_no_place(text: str) -> None:
    towns = {"Jasper", "Foster"}
    assert not [one.name for one in find_places(text) if one.name in towns and one.kind != "adjective"]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Tom Ridgeway, 24, was shot in Jasper, Alabama, and died in Jasper.", "Alabama"),
        ("A fire in Jasper, Alabama, hurt Tom Jasper, 24. Crews from Jasper came.", "Alabama"),
    ],
)
def test_a_town_stays_one_where_the_words_make_it_a_place(text: str, region: str) -> None:
    found = [one for one in find_places(text) if one.name == "Jasper"]
    assert found
    assert found[0].region == region


@pytest.mark.parametrize(
    ("text", "name", "matched", "country"),
    [
        ("Jasper police, in Alabama, said two men were shot.", "Jasper", "Jasper", "US"),
        ("The Salisbury Police Department in North Carolina said one man died.", "Salisbury", "Salisbury", "US"),
        ("Troops shelled Artemivsk, in Ukraine's Donetsk region.", "Artemivsk", "Bakhmut", "UA"),
        ("A bus burned in Salisbury, Rhodesia.", "Salisbury", "Harare", "ZW"),
    ],
)
def test_a_town_that_bears_a_name_comes_before_one_that_once_did_unless_the_words_tell(
    text: str, name: str, matched: str, country: str
) -> None:
    found = next(one for one in find_places(text) if one.name == name)
    assert (found.matched, found.country) == (matched, country)


def test_a_town_in_its_polices_name_is_marked_so() -> None:
    (found,) = [one for one in find_places("Jasper police, in Alabama, shot a man.") if one.name == "Jasper"]
    assert (found.kind, found.cue, found.lat) == ("adjective", "police", None)
