"""Which town a street lies in: told by its police, the title, or the outlet's address, and what the reason says."""

from __future__ import annotations

import pytest

from sayso.claim import read_claims
from sayso.claim.place_outlets import town_of_outlet
from sayso.claim.places import shipped
from sayso.claim.propose import Rules
from sayso.records import PlaceMatch, Report

STREET = "Two men were killed in the 1200 block of Orlen Avenue on Friday."


def match(text: str, title: str | None = None, outlet: str | None = None) -> PlaceMatch | None:
    report = Report("towns", text, title=title, outlet=outlet, language="en")
    return read_claims(report, proposer=Rules())[0][0].place_match


@pytest.mark.parametrize(
    ("text", "title", "outlet", "town", "why"),
    [
        (f"{STREET} Montgomery police were called at noon.", None, None, "Montgomery", "as the report tells it"),
        (f"{STREET} Officers came at noon.", "Two men killed in Montgomery", None, "Montgomery", "title"),
        (f"{STREET} Officers came at noon.", None, "nbcphiladelphia.com", "Philadelphia", "named after"),
        (f"{STREET} Officers came at noon.", None, "khou.com", "Houston", "the outlet is of Houston"),
        (f"{STREET} Dayton police came.", None, "khou.com", "Dayton", "as the report tells it"),
    ],
)
def test_the_town_around_a_street_and_the_reason(
    text: str, title: str | None, outlet: str | None, town: str, why: str
) -> None:
    found = match(text, title, outlet)
    assert found is not None
    assert (found.kind, found.town) == ("facility", town)
    assert why in found.reason


def test_of_a_state_the_match_is_the_town_there_that_the_report_tells_of() -> None:
    found = match("A boy of seven was shot dead in Texas on Monday. He found the gun in Alvin, Alvin police said.")
    assert found is not None
    assert found.town == "Alvin"


def test_a_state_has_no_town_of_another_state_nor_one_that_only_the_outlet_tells() -> None:
    text = "A boy of seven was shot dead in Texas on Monday. Birmingham, Alabama, mourned a girl of nine."
    for outlet in (None, "khou.com"):
        found = match(text, outlet=outlet)
        assert found is not None
        assert (found.kind, found.town) == ("region", None)


def test_where_nothing_tells_a_town_none_is_given() -> None:
    found = match(f"{STREET} Officers came at noon.")
    assert found is not None
    assert (found.town, found.name) == (None, None)


def test_a_title_within_the_text_and_one_after_it_leave_all_offsets_in_the_text() -> None:
    text = "Two men were shot dead in Montgomery.\n\nTwo men were killed on Friday."
    for title in ("Two men were shot dead in Montgomery.", "A killing in Birmingham, Alabama - WXYZ News"):
        report = Report("titled", text, title=title, language="en")
        for claim in read_claims(report, proposer=Rules())[0]:
            assert claim.spans.place is not None
            assert claim.spans.place.of(text) == claim.place == "Montgomery"


@pytest.mark.parametrize(
    ("outlet", "town", "station"),
    [
        ("abc7chicago.com", "Chicago", False),
        ("https://www.denverpost.com/2015/01/02/x", "Denver", False),
        ("wsbtv.com", "Atlanta", True),
        ("The Daily Lantern", None, False),
        ("dailymail.co.uk", None, False),
        ("", None, False),
    ],
)
def test_an_outlets_address_may_tell_its_town(outlet: str, town: str | None, *, station: bool) -> None:
    found = town_of_outlet(outlet, shipped())
    assert (found[0].name, found[1]) == (town, station) if found is not None else town is None


def test_every_listed_outlets_town_is_in_the_gazetteer() -> None:
    from sayso.claim.place_outlets import stations

    listed = stations()
    assert len(listed) > 200
    assert [sign for sign in listed if town_of_outlet(f"{sign}.com", shipped()) is None] == []
