"""Words for countries."""

from __future__ import annotations

import pytest

from sayso.claim.countries import Countries
from sayso.claim.gazetteer import Gazetteer

COUNTRIES = Countries(Gazetteer())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Russia", "RU"),
        ("Turkish", "TR"),
        ("TURKISH", "TR"),
        ("U.S.", "US"),
        ("Syrians", "SY"),
        ("us", None),
        ("Houston", None),
        ("Velmora", None),
        ("Georgia", None),
        ("", None),
        ("\0", None),
    ],
)
def test_a_name_or_an_adjective_stands_for_a_country(words: str, code: str | None) -> None:
    assert COUNTRIES.code(words) == code


def test_a_name_that_is_a_region_elsewhere_is_the_country_where_the_words_are_about_it() -> None:
    assert COUNTRIES.code("Georgia", near="GE") == "GE"
    assert COUNTRIES.code("Georgia", near="US") is None


def test_a_country_has_a_name_and_an_unknown_code_is_its_own() -> None:
    assert COUNTRIES.name("US") == "United States"
    assert COUNTRIES.name("XX") == "XX"
