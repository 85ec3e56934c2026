"""Worked cases of ``acled-conservative``; each names the rule of ACLED's codebook that it follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.reconcile import tolls
from sayso.reconcile.acled import spread
from sayso.reconcile.rank import shipped
from tests.reconcile.told import (
    CIVIL,
    FIGHTERS,
    HOSPITAL,
    KARSK,
    MAYOR,
    MONITOR,
    POLICE,
    RESCUE,
    VELMORA,
    Told,
    numbers,
    said,
    stands,
    toll,
)

NAME = "acled-conservative"

CASES: list[tuple[str, Told, tuple[int | None, int | None, int | None, str | None]]] = [
    ("one source, one number", (said("8 people", POLICE),), (8, 8, 8, None)),
    ("sources differ: the lowest", (said("17 people", POLICE), said("23 people", HOSPITAL)), (17, 17, 17, None)),
    (
        "a corroborated number appears: it goes before the lowest",
        (said("17 people", POLICE), said("23 people", HOSPITAL), said("23 people", MONITOR)),
        (23, 23, 23, None),
    ),
    (
        "two numbers corroborated alike: the lowest",
        (said("5 people", POLICE), said("5 people", MAYOR), said("7 people", HOSPITAL), said("7 people", MONITOR)),
        (5, 5, 5, None),
    ),
    (
        "a party is not followed where another source gives a number",
        (
            said("9 soldiers", VELMORA, status=FIGHTERS, side="velmora", perpetrator=KARSK),
            said("30 to 40 soldiers", RESCUE, status=FIGHTERS, side="velmora"),
        ),
        (30, 30, 40, None),
    ),
    (
        "parties alone: the lowest of theirs",
        (
            said("17 soldiers", VELMORA, status=FIGHTERS, side="velmora"),
            said("over 100 soldiers", KARSK, status=FIGHTERS, side="velmora", perpetrator=KARSK),
        ),
        (17, 17, 17, None),
    ),
    ("several, number unknown: 3", (said("several people", POLICE),), (3, 3, 9, None)),
    ("a plural, number unknown: 3, and no more is stated", (said("villagers", POLICE),), (3, 3, None, None)),
    ("dozens: 12", (said("dozens of people", POLICE),), (12, 12, 99, None)),
    ("tens: 10", (said("tens of people", POLICE),), (10, 10, 99, None)),
    ("hundreds: 100", (said("hundreds of people", POLICE),), (100, 100, 999, None)),
    (
        "a vague word gives way to a number",
        (said("dozens of people", POLICE), said("34 people", HOSPITAL)),
        (34, 34, 34, None),
    ),
    ("at least 17: 17, and open above", (said("at least 17 people", POLICE),), (17, 17, None, None)),
    ("a range: its lower end", (said("between 5 and 8 people", POLICE),), (5, 5, 8, None)),
    ("only injuries are told: 0 deaths", (said("6 people", POLICE, harm="injured"),), (None, 0, None, "none reported")),
    (
        "only casualties are told: 0 deaths",
        (said("6 people", POLICE, harm="killed_or_injured"),),
        (None, 0, None, "none reported"),
    ),
    ("nobody was killed: 0, and that is said", (said("nobody", POLICE),), (0, 0, 0, None)),
    (
        "civilians and fighters of one event are one number",
        (
            said("5 villagers", MONITOR, status=CIVIL),
            said("3 gunmen", MONITOR, status=FIGHTERS),
        ),
        (8, 8, 8, None),
    ),
    (
        "the dead of both sides are one number",
        (
            said("9 soldiers", VELMORA, status=FIGHTERS, side="velmora"),
            said("4 soldiers", KARSK, status=FIGHTERS, side="karsk"),
        ),
        (13, 13, 13, None),
    ),
    ("only an upper bound is said: no number", (said("up to 20 people", POLICE),), (None, None, 20, None)),
]


@pytest.mark.parametrize(("rule", "told", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_worked_case(rule: str, told: Told, expected: tuple[object, ...]) -> None:
    assert numbers(toll(told, NAME)) == expected, rule


def test_in_a_country_at_war_an_unknown_number_is_10() -> None:
    at_war = replace(shipped(), at_war=frozenset({"SD"}))
    told = [said("several people", POLICE, country="SD")]
    assert toll(told, NAME, ranks=at_war).best == 10
    assert toll(told, NAME).best == 3
    assert toll([said("dozens of people", POLICE, country="SD")], NAME, ranks=at_war).best == 12


def test_better_information_revises_the_number_up_or_down() -> None:
    first, later = said("30 people", RESCUE), said("24 people", RESCUE, day="2023-03-11")
    assert toll([first, later], NAME, [stands(later, "supersedes", first)]).best == 24
    assert toll([first, later], NAME, [stands(first, "supersedes", later)]).best == 30


def test_a_total_over_days_is_divided_evenly_and_the_rest_goes_first() -> None:
    assert spread(12, 3) == (4, 4, 4)
    assert spread(14, 4) == (4, 4, 3, 3)
    told = [said("14 people", POLICE, scope="cumulative", dates=("2023-03-01", "2023-03-04"))]
    assert "divided among them: 4, 4, 3, 3" in toll(told, NAME, scope="period").reason


def test_a_dispute_is_told_in_the_notes() -> None:
    reason = toll([said("17 people", POLICE), said("23 people", HOSPITAL)], NAME).reason
    assert "Sources differ" in reason
    assert "“23 people”" in reason


def test_injuries_are_not_coded() -> None:
    told = [said("6 people", POLICE, harm="injured"), said("2 people", POLICE)]
    assert {one.harm for one in tolls(told, NAME)} == {"killed"}
