"""What the words say of the people counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim.countries import Countries
from sayso.claim.gazetteer import Gazetteer
from sayso.incident.actor_list import shipped
from sayso.incident.actors import Actors, Context
from sayso.incident.victims import victims_of
from sayso.records import Claim

if TYPE_CHECKING:
    from sayso.events import Victims
    from sayso.records import Status

ACTORS = Actors(shipped(), Countries(Gazetteer()))


def said(text: str, victims: str | None = None, number: int = 1, status: Status = "unknown") -> Victims:
    claim = Claim("c", 0, 1, text, "killed", "count", number, number, "exact", None, victims=victims, status=status)
    return victims_of(claim, ACTORS, Context(names=("Velmora's Defence Ministry",)))


@pytest.mark.parametrize(
    ("text", "victims", "number", "sex", "age"),
    [
        ("three women", "women", 3, "female", "adult"),
        ("a 9-year-old boy", "9-year-old boy", 1, "male", "child"),
        ("an 18-year-old", "18-year-old", 1, None, "adult"),
        ("a man of 63 years", "man", 1, "male", "adult"),
        ("a girl aged 9", "girl", 1, "female", "child"),
        ("her four-day-old baby", "her four-day-old baby", 1, None, "child"),
        ("two sons, 14 and 16", "sons", 2, "male", None),
        ("TWO CHILDREN", "CHILDREN", 2, None, "child"),
        ("many of them children", "children", 3, None, "child"),
        ("her daughter", "her daughter", 1, "female", None),
        ("22 others", "woman", 22, None, None),
        ("22", "woman", 22, None, None),
        ("14", "children", 14, None, "child"),
        ("women and children", "women and children", 9, None, None),
        ("five students", "students", 5, None, None),
        ("17 soldiers", "soldiers", 17, None, None),
        ("a minor injury", "minor injury", 1, None, None),
        ("people", "people", 2, None, None),
        ("a 16-year-old and a 40-year-old", None, 2, None, None),
        ("a pregnant woman", "pregnant woman", 1, "female", "adult"),
        ("10 schoolgirls", "schoolgirls", 10, "female", "child"),
    ],
)
def test_sex_and_age_are_what_the_words_say(
    text: str, victims: str | None, number: int, sex: str | None, age: str | None
) -> None:
    found = said(text, victims, number)
    assert (found.sex, found.age) == (sex, age)


@pytest.mark.parametrize(
    ("victims", "status", "side"),
    [
        ("Russian soldiers", "combatant", "Russia"),
        ("Russian conscript troops", "combatant", "Russia"),
        ("Velmoran soldiers", "combatant", "Velmora"),
        ("ISIS militants", "combatant", "Islamic State"),
        ("Syrian army troops", "combatant", "Syrian government"),
        ("soldiers", "combatant", None),
        ("rebel fighters", "combatant", None),
        ("Tunisians", "combatant", None),
        ("Russian tourists", "civilian", None),
        (None, "combatant", None),
    ],
)
def test_only_fighters_have_a_side_since_a_nationality_is_none(
    victims: str | None, status: Status, side: str | None
) -> None:
    assert said("17", victims, 17, status).side == side


@given(st.text(max_size=120), st.one_of(st.none(), st.text(max_size=120)), st.integers(0, 10**9))
def test_any_words_say_something_or_nothing(text: str, victims: str | None, number: int) -> None:
    found = said(text, victims, number, "combatant")
    assert found.sex in {None, "female", "male"}
    assert found.age in {None, "adult", "child"}
