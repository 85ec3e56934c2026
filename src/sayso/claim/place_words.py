"""The words that tell which names are places, read once from ``words/places-en.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("words")


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Sets of lower-case words; the data file says what each set is for."""

    strong: frozenset[str]
    weak: frozenset[str]
    near: frozenset[str]
    aimed: frozenset[str]
    directions: frozenset[str]
    modifiers: frozenset[str]
    town_nouns: frozenset[str]
    quarter_nouns: frozenset[str]
    district_nouns: frozenset[str]
    region_nouns: frozenset[str]
    facility_nouns: frozenset[str]
    street_nouns: frozenset[str]
    body_words: frozenset[str]
    titles: frozenset[str]
    given_names: frozenset[str]
    breaks: frozenset[str]
    not_places: frozenset[str]
    name_heads: frozenset[str]
    links: frozenset[str]
    home_nouns: frozenset[str]
    loose_nouns: frozenset[str]
    beside: frozenset[str]
    common: frozenset[str]
    holding: frozenset[str]
    after_state: frozenset[str]
    whole_wars: frozenset[str]
    whole_countries: frozenset[str]
    posted: frozenset[str]
    leaving: frozenset[str]
    inner_nouns: frozenset[str]
    land_nouns: frozenset[str]
    speaking: frozenset[str]
    local_bodies: frozenset[str]

    def kind_of(self, noun: str) -> str | None:
        """Return the kind of place that a noun makes of the name beside it, or None where it is no such noun."""
        if noun in self.town_nouns:
            return "city"
        if noun in self.region_nouns:
            return "region"
        if noun in self.quarter_nouns or noun in self.district_nouns:
            return "area"
        return None


@cache
def place_words(language: str = "en") -> PlaceWords:
    """Return the words of one language (ISO 639-1).

    Raises:
        FileNotFoundError: There is no such language file.
    """
    listed = tomllib.loads((_FOLDER / f"places-{language}.toml").read_text(encoding="utf-8"))
    return PlaceWords(**{field.name: frozenset(listed[field.name]) for field in fields(PlaceWords)})
