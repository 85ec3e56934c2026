"""Which words of a report are taken for places, and which places they are taken for."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim.places import PlaceMention, find_places


def only(text: str, name: str) -> PlaceMention:
    """Return the first mention of `text` written `name`."""
    return next(mention for mention in find_places(text) if mention.name == name)


@pytest.mark.parametrize(
    ("text", "name", "kind", "country", "prec", "cue"),
    [
        ("Shelling hit Makiivka and Kiev, Ukraine said.", "Makiivka", "city", "UA", 1, "hit"),
        ("Shelling hit Makiivka and Kiev, Ukraine said.", "Kiev", "city", "UA", 1, "hit"),
        ("Artemivsk, in Ukraine's Donetsk region, fell.", "Artemivsk", "city", "UA", 1, ""),
        ("Artemivsk, in Ukraine's Donetsk region, fell.", "Donetsk region", "region", "UA", 4, ""),
        ("Two died in Rangoon on Tuesday.", "Rangoon", "city", "MM", 1, "in"),
        ("Rebels in eastern Ghouta, near Damascus, Syria.", "eastern Ghouta", "area", "SY", 2, "in"),
        ("Rebels in eastern Ghouta, near Damascus, Syria.", "Damascus", "city", "SY", 2, "near"),
        ("Rebels in eastern Ghouta, near Damascus, Syria.", "Syria", "country", "SY", 6, ","),
        ("Strikes across northern Syria killed nine.", "northern Syria", "country", "SY", 5, "across"),
        ("A market in Idlib province was bombed.", "Idlib province", "region", "SY", 4, "in"),
        ("The bus left Aleppo province at dawn.", "Aleppo province", "region", "SY", 4, "left"),
        ("A depot on the outskirts of Damascus burned.", "Damascus", "area", "SY", 2, "outskirts of"),
        ("Ten people were killed in Anbar, Iraq.", "Anbar", "region", "IQ", 4, "in"),
        ("Boats sank in the Black Sea off Crimea.", "Black Sea", "sea", None, 7, "in"),
        ("Fighting in Darfur, the Sinai and the West Bank.", "Sinai", "area", "EG", 5, ","),
        ("Fighting in Darfur, the Sinai and the West Bank.", "West Bank", "area", "PS", 5, ","),
        ("He was shot in Reading, Pa., on Friday.", "Reading", "city", "US", 1, "in"),
        ("A fire in Springfield, Illinois, killed two.", "Springfield", "city", "US", 1, "in"),
        ("Clashes reached Tripoli, Lebanon.", "Tripoli", "city", "LB", 1, "reached"),
        ("BAGHDAD (AP) \u2014 Ten people were killed.", "BAGHDAD", "city", "IQ", 1, "dateline"),
        ("IN SAN SALVADOR, EL SALVADOR, TEN SOLDIERS DIED.", "SAN SALVADOR", "city", "SV", 1, "in"),
        ("IN SAN SALVADOR, EL SALVADOR, TEN SOLDIERS DIED.", "EL SALVADOR", "country", "SV", 6, ","),
        ("US troops left bases in Georgia, in the US.", "Georgia", "region", "US", 4, "in"),
        ("Shells fell on northern Iraqs Mosul on Friday.", "northern Iraq", "country", "IQ", 5, "on"),
        ("Shells fell on northern Iraqs Mosul on Friday.", "Mosul", "city", "IQ", 1, ""),
        ("Raids kill two in Iraqs Mosul Gazette News Desk", "Mosul", "city", "IQ", 1, ""),
        ("Nine died in a strike on Tel Harra in Syria.", "Tel Harra", "unknown", "SY", None, "on"),
        ("Shells on al-Madra and al-Safa neighborhoods in Homs, Syria.", "al-Madra", "area", "SY", None, "on"),
        ("Five died in the Armenian quarter of Homs, Syria.", "Armenian quarter", "area", "SY", None, "in"),
    ],
)
def test_places_are_settled(text: str, name: str, kind: str, country: str | None, prec: int, cue: str) -> None:
    found = only(text, name)
    assert (found.kind, found.country, found.prec, found.cue) == (kind, country, prec, cue)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sixty fighters died near Harrow Ridge.", {"Harrow Ridge": None}),
        ("Clashes went on near Rome Heights and near Orlen Pass.", {"Rome Heights": None, "Orlen Pass": None}),
        ("Shells hit the Golan Heights.", {"Golan Heights": "SY"}),
        ("Dam breach empties a valley. The Dam was old.", {}),
        ("Two people were shot in Rio, Brazil.", {"Rio": "BR", "Brazil": "BR"}),
        ("Two people died in Hit, Iraq.", {"Hit": "IQ", "Iraq": "IQ"}),
        (
            "A strike on al-Qaeda and an attack on a pro-Kurdish rally in Ankara, Turkey.",
            {"Ankara": "TR", "Turkey": "TR"},
        ),
    ],
)
def test_no_far_off_town_lends_its_country_to_a_ridge_or_by_its_airports_code(
    text: str, names: dict[str, str | None]
) -> None:
    assert {place.name: place.country for place in find_places(text)} == names


def test_a_town_that_is_only_known_by_a_name_too_needs_twice_the_people() -> None:
    """Assen in the Netherlands is known as Asen too, and has too few people to be meant by it in Bulgaria."""
    text = "Fire broke out in Plovdiv, Bulgaria. Sofia sent help to Plovdiv. Two people died in {}."
    assert only(text.format("Asen"), "Asen").country != "NL"
    assert only(text.format("Assen"), "Assen").country == "NL"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Nine died in the village of Velmora.", "Velmora", "city"),
        ("The town of Orlenbeck was quiet.", "Orlenbeck", "city"),
        ("People in Kestrin fled.", "Kestrin", "unknown"),
        ("A shell fell on the Dorvane neighbourhood.", "Dorvane neighbourhood", "area"),
        ("KESTRIN, 4 Feb (XYZ) -- Ten people died.", "KESTRIN", "unknown"),
        ("SOLDIERS ENTERED THE VILLAGE OF VELMORANA TODAY.", "VELMORANA", "city"),
    ],
)
def test_names_that_no_gazetteer_holds_stay_unresolved(text: str, name: str, kind: str) -> None:
    found = only(text, name)
    assert (found.kind, found.country, found.place_id, found.prec) == (kind, None, None, None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Al-Noor hospital treated twenty.", "Al-Noor hospital"),
        ("Shots rang out in the 900 block of Velmora Street.", "900 block of Velmora Street"),
        ("Two men died near 12 Orlen Street.", "12 Orlen Street"),
        ("A crash on Interstate 40 killed one.", "Interstate 40"),
        ("He fell at 54th Street and Dorvane Avenue.", "54th Street and Dorvane Avenue"),
        ("Mortars hit the Kestrin Bridge.", "Kestrin Bridge"),
    ],
)
def test_buildings_and_streets_are_mentions_without_coordinates(text: str, name: str) -> None:
    found = only(text, name)
    assert (found.kind, found.place_id, found.lat, found.prec) == ("facility", None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton met Mr Sydney Brown in March.",
        "Police said on Sunday that Major General Lincoln had resigned.",
        "On Monday and in May it rained.",
        "He told us that in Islam it is forbidden.",
        "Georgia Brown said so in August.",
        "Reading is fun, and Nice people agree.",
        "POLICE OF THE ARMY SAID THE CAR WAS FOUND.",
    ],
)
def test_people_months_and_ordinary_words_are_no_places(text: str) -> None:
    assert [mention.name for mention in find_places(text) if mention.kind != "adjective"] == []


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The Syrian Observatory said so.", "Syrian", "SY"),
        ("The New York Times reported it.", "New York", "US"),
        ("Two Iraqis were hurt.", "Iraqis", "IQ"),
        ("The Chicago Police Department confirmed it.", "Chicago", "US"),
    ],
)
def test_adjectives_and_names_within_names_only_tell_the_country(text: str, name: str, country: str) -> None:
    found = only(text, name)
    assert (found.kind, found.country, found.place_id, found.lat) == ("adjective", country, None, None)


def test_the_report_decides_between_towns_of_one_name() -> None:
    abroad = "The road was calm. In Tripoli, Lebanon, two died. Tripoli is in the north."
    alone = only("Tripoli was calm.", "Tripoli")
    assert alone.country == "LY"
    assert [found.country for found in find_places(abroad) if found.name == "Tripoli"] == ["LB", "LB"]
    assert (alone.rivals[0].country, alone.rivals[0].region) == ("LB", "North Lebanon Governorate")
    assert alone.rivals[0].score < alone.score


def test_the_country_of_an_unknown_place_comes_from_the_report() -> None:
    report = "Syrian state media said shells fell on Aleppo and Homs in Syria. Four died in Velmora."
    assert only(report, "Velmora").country == "SY"
    assert only(report, "Velmora").place_id is None
    assert only("Four died in Velmora in Idlib province.", "Velmora").country == "SY"


def test_a_name_shared_within_one_country_gives_the_country_alone() -> None:
    found = only("People in Springfield mourned.", "Springfield")
    assert (found.country, found.place_id) == ("US", None)
    assert len(found.rivals) > 1


def test_the_outlet_counts_a_little() -> None:
    text = "Two men died in Lancaster."
    assert [found.country for found in find_places(text, outlet="Los Angeles Courier")] == ["US"]


def test_a_region_named_after_its_seat_has_the_regions_centre_and_no_towns_id() -> None:
    town, region = only("in Idlib", "Idlib"), only("in Idlib province", "Idlib province")
    assert town.place_id == 169389
    assert region.place_id is None
    assert (region.lat, region.lon) != (town.lat, town.lon)


TEXTS = st.text(max_size=200) | st.lists(
    st.sampled_from(
        ["in", "IN", "the", "of", "village", "Aleppo", "al-", "Syria", "'s", ",", ".", "(", "\n", "\u2014", "Road",
         "12", "block", "and", "US", "\ud800", "\u202e", "Kestrin", "GENERAL", "Homs", "San", "province", "\x00", "-"]
    ),
    max_size=40,
).map(" ".join)  # fmt: skip


@given(TEXTS)
def test_any_text_is_read_and_its_spans_slice(text: str) -> None:
    found = find_places(text)
    assert all(mention.span.of(text) == mention.name and mention.name for mention in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert found == find_places(text)


@pytest.mark.parametrize("part", ["Kestrin ", "in Aleppo ", "A", "IN SAN ", "al-", "A, ", "(", "Xs ", "12 block of A "])
def test_long_texts_are_read(part: str) -> None:
    text = part * (200_000 // len(part))
    assert all(mention.span.of(text) == mention.name for mention in find_places(text))


def test_another_process_with_other_hashes_finds_the_same() -> None:
    program = (
        "from sayso.claim.places import find_places; import sys; "
        "print([find_places(line) for line in sys.stdin.read().splitlines()])"
    )
    texts = Path(__file__).with_name("places_table.txt").read_text(encoding="utf-8")
    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            input=texts,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONUTF8": "1", "LC_ALL": locale},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed, locale in (("1", "C"), ("2", "C.UTF-8"))
    ]
    assert said[0] == said[1]
    assert "Maarrat al-Numan" in said[0]
