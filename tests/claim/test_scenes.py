"""Where one claim's harm happened: its event's place, not the dateline's, the speaker's or the victims' home."""

from __future__ import annotations

import pytest

from sayso.claim import read_claims
from sayso.claim.propose import Rules
from sayso.records import Claim, Report


def claims(text: str, outlet: str | None = None) -> tuple[Claim, ...]:
    return read_claims(Report("scene", text, outlet=outlet, language="en"), proposer=Rules())[0]


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("BEIRUT (XYZ) - Nine people were killed in Idlib, in Syria, on Sunday.", "Idlib", "SY"),
        ("Russia's defence ministry in Moscow said nine people were killed in Kherson.", "Kherson", "UA"),
        ("A pharmacist from Leeds and two others were killed in Mosul, Iraq.", "Mosul", "IQ"),
        ("Six people were killed near Goma in Congo. Officials in Kinshasa said so.", "Goma", "CD"),
        ("The Syrian war has killed 400,000 people. Shells fell on Homs in Syria.", "Syria", "SY"),
        ("Two people drowned in the Black Sea.", "Black Sea", None),
        ("Nine people were killed in Tamrit on Monday. A British aid worker was hurt.", "Tamrit", None),
        ("Nine people were killed in Tamrit on Monday. British police and British doctors came.", "Tamrit", "GB"),
    ],
)
def test_a_claim_has_the_place_of_its_event(text: str, place: str, country: str | None) -> None:
    claim = claims(text)[0]
    assert (claim.place, claim.country) == (place, country)


def test_the_street_of_local_news_is_the_place_of_every_claim_and_its_town_the_match() -> None:
    text = (
        "Two men were killed and one woman was injured in a shooting in Montgomery on Friday.\n\n"
        "Officers were called to the 1200 block of Dexter Avenue, Montgomery police said.\n\n"
        "The two men were pronounced dead at the scene."
    )
    first, second, *_ = claims(text, outlet="wsfa.com")
    for claim in (first, second):
        assert (claim.place, claim.country) == ("1200 block of Dexter Avenue", "US")
        assert (claim.place_id, claim.lat, claim.place_prec) == (None, None, None)
        assert claim.place_match is not None
        assert (claim.place_match.name, claim.place_match.kind) == ("Montgomery", "facility")
        assert "Buildings and streets" in claim.place_match.reason


def test_in_war_a_road_that_is_named_is_not_taken_for_the_scene() -> None:
    text = "Nine soldiers were killed in Homs in Syria on Friday. The army closed Castello Road."
    assert claims(text)[0].place == "Homs"


def test_a_match_names_region_rivals_and_reason() -> None:
    claim = claims("Ten people were killed in Tripoli, Lebanon.")[0]
    match = claim.place_match
    assert match is not None
    assert (match.name, match.kind, match.town) == ("Tripoli", "city", "Tripoli")
    assert match.region == "North Lebanon Governorate"
    assert match.reason == "The words say that it lies in North Lebanon Governorate, Lebanon."
    assert match.rivals[0].country == "LY"
    assert match.rivals[0].score < match.score


def test_a_place_that_is_open_keeps_its_words_and_what_it_may_be() -> None:
    claim = claims("Two men were killed in Ashwell.")[0]
    assert (claim.place, claim.place_id, claim.lat, claim.country) == ("Ashwell", None, None, None)
    assert claim.place_match is not None
    assert (claim.place_match.name, claim.place_match.score) == (None, 0.0)
    assert [(rival.name, rival.country) for rival in claim.place_match.rivals]
    assert "nothing in the report points there" in claim.place_match.reason


def test_a_village_that_is_not_known_lies_in_the_region_of_its_sentence() -> None:
    claim = claims("Nine people were killed in the village of Velmora in Idlib province, Syria.")[0]
    assert claim.place_match is not None
    assert (claim.place, claim.country, claim.place_match.region) == ("Velmora", "SY", "Idlib")


@pytest.mark.parametrize(
    ("outlet", "country", "region"),
    [
        ("nbcconnecticut.com", "US", "Connecticut"),
        ("Connecticut Herald", "US", "Connecticut"),
        ("colchesterpost.co.uk", "GB", "England"),
    ],
)
def test_the_outlet_decides_between_towns_of_one_name(outlet: str, country: str, region: str) -> None:
    claim = claims("A man was killed in Colchester on Friday.", outlet=outlet)[0]
    assert claim.country == country
    assert claim.place_match is not None
    assert claim.place_match.region in {region, None} if country == "US" else claim.place_match.region == region


def test_an_opening_that_names_a_province_tells_of_the_one_village_that_follows() -> None:
    opening = "An air strike killed nine people in Idlib province in Syria on Sunday, a monitor said. "
    one = "The jets hit a market in Velmora, and five shoppers were wounded."
    two = "The jets hit markets in Velmora and in Tamrit, and five shoppers were wounded."
    assert claims(opening + one)[0].place == "Velmora"
    assert claims(opening + two)[0].place == "Idlib province"


def test_what_follows_an_opening_in_another_country_is_not_its_scene() -> None:
    text = "Nine people were killed in Idlib province in Syria. In Baghdad two people were killed."
    assert claims(text)[0].place == "Idlib province"


@pytest.mark.parametrize(
    "total",
    [
        "More than 900 people have been killed across the country since January.",
        "More than 900 people have been killed throughout Syria since January.",
        "Since January it has cost 210,000 people their lives; more than 210,000 people have been killed.",
    ],
)
def test_a_running_total_of_a_whole_country_is_not_the_towns_named_before_it(total: str) -> None:
    text = f"Shells killed four people in Homs in Syria on Sunday, medics said. {total}"
    assert {(claim.low == 4, claim.place) for claim in claims(text)} == {(True, "Homs"), (False, "Syria")}
