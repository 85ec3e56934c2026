"""Where a claim's own sentence names its scene, whatever place the heads point to; and places told by other places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.claim.place_holding import lies_by
from sayso.claim.scenes import Scenes
from sayso.claim.sentences import split
from sayso.claim.words import words
from sayso.records import Report, Span

if TYPE_CHECKING:
    from sayso.claim.places import PlaceMention


def scenes(text: str) -> Scenes:
    return Scenes(Report("here", text, language="en"), split(text), {}, words("en"), {0, 1})


def place(text: str, name: str) -> PlaceMention:
    start = text.index(name)
    found = scenes(text).named(Span(start, start + len(name)))
    assert found is not None
    return found


def at(text: str, part: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


@pytest.mark.parametrize(
    ("second", "pointed", "told"),
    [
        ("Elsewhere five soldiers were killed near the city of Tamrit.", "Sandar", "Tamrit"),
        ("Five people were killed in Syria.", "Sandar", "Sandar"),  # a country is too wide
        ("Five people were killed in Homs province.", "Sandar", "Sandar"),  # it may hold the village
        ("Five people were killed and Tamrit was told of it.", "Sandar", "Sandar"),  # no word makes it a scene
        ("Five people were killed outside Damascus.", "Douma", "Douma"),  # it tells where Douma is
    ],
)
def test_the_scene_that_a_claims_own_sentence_names_goes_before_that_of_another(
    second: str, pointed: str, told: str
) -> None:
    text = f"Shells hit the town of Douma and the village of Sandar in Syria. {second}"
    found = scenes(text).told_here(place(text, pointed), 1, at(text, "ive "), at(text, "were killed"))
    assert found is not None
    assert found.name == told


def test_each_figure_of_a_sentence_has_the_place_behind_it() -> None:
    text = "Nine people were killed in Tamrit and two were killed in Velmora in Syria."
    first, second = at(text, "Nine people"), at(text, "two")
    tamrit, cue = place(text, "Tamrit"), at(text, "killed in Velmora")
    found = scenes(text).told_here(tamrit, 0, second, cue, [first])
    assert found is not None
    assert found.name == "Velmora"
    assert scenes(text).told_here(tamrit, 0, first, at(text, "were killed"), [second]) == tamrit


@pytest.mark.parametrize(
    ("text", "pointed", "inner"),
    [
        ("A raid hit Douma, a rebel-held town east of Damascus, in Syria.", "Damascus", "Douma"),
        ("At Tamrit in the northwestern province of Idlib in Syria a raid killed 15.", "Idlib", "Tamrit"),
        ("A shell hit the village of Sandar in the Velmora area in Homs province in Syria.", "Homs province", "Sandar"),
        ("Shells fell in El Tomate, Canaletes Municipality.", "Canaletes Municipality", "El Tomate"),
        ("Shells fell in Raqqa, Aleppo and Homs in Syria.", "Aleppo", "Aleppo"),  # a list
        ("Shells fell in Raqqa and in Aleppo in Syria.", "Aleppo", "Aleppo"),
        ("A shell fell at the Orlen Works in Homs in Syria.", "Homs", "Homs"),
        ("A Sendero Gris column near Homs in Syria shot at people.", "Homs", "Homs"),
        ("A shell fell at Orlen Bridge in Homs in Syria.", "Homs", "Homs"),
    ],
)
def test_a_place_that_only_tells_where_another_lies_gives_way_to_it(text: str, pointed: str, inner: str) -> None:
    found = scenes(text).innermost(place(text, pointed), 0)
    assert found is not None
    assert found.name == inner


def test_what_lies_in_a_place_named_far_from_the_claim_is_not_its_scene() -> None:
    text = "Shells hit Tamrit in Homs in Syria. Nothing. More was said. Two people were killed in Homs."
    homs = place(text, "Homs")
    assert scenes(text).innermost(homs, 3) == homs
    assert scenes(text).innermost(None, 3) is None


def test_where_an_army_is_posted_is_no_scene() -> None:
    text = "Gunmen positioned in Velmora shot at the village of Tamrit in Syria and killed two people."
    found = scenes(text).where(0, at(text, "two people"), at(text, "killed"))
    assert found is not None
    assert found.name == "Tamrit"


@pytest.mark.parametrize(
    ("between", "told"), [(" in ", True), (" near ", True), (", outside ", True), (" and ", False), ("", False)]
)
def test_words_that_only_say_where_a_place_lies(between: str, *, told: bool) -> None:
    assert lies_by(between) is told
