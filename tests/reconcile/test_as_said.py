"""Worked cases of ``as-said``, the default: the lowest and the highest of what was said, by whom."""

from __future__ import annotations

import pytest

from sayso.reconcile import DEFAULT, tolls
from sayso.records import HARMS
from tests.reconcile.told import (
    BOTH,
    CIVIL,
    FIGHTERS,
    HOSPITAL,
    KARSK,
    MAYOR,
    MONITOR,
    POLICE,
    VELMORA,
    Told,
    numbers,
    said,
    stands,
    toll,
)

NAME = "as-said"

CASES: list[tuple[str, Told, tuple[int | None, int | None, int | None, str | None]]] = [
    ("one figure", (said("8 people", POLICE),), (8, 8, 8, None)),
    ("lowest and highest", (said("8 people", POLICE), said("11 people", HOSPITAL)), (8, None, 11, None)),
    (
        "parties and doctors: from 17 upwards without an end",
        (
            said("17 soldiers", VELMORA, status=FIGHTERS, side="velmora"),
            said("over 100 soldiers", KARSK, status=FIGHTERS, side="velmora"),
            said("30 to 40 bodies", HOSPITAL),
        ),
        (17, None, None, None),
    ),
    ("10 or more stays open", (said("10 or more people", POLICE),), (10, None, None, None)),
    ("up to 10 stays open below, and is not 0", (said("up to 10 people", POLICE),), (None, None, 10, None)),
    ("a range", (said("10 to 12 people", POLICE),), (10, None, 12, None)),
    ("nobody is 0", (said("nobody", POLICE),), (0, 0, 0, None)),
    ("nobody against four", (said("nobody", KARSK), said("4 people", POLICE)), (0, None, 4, None)),
    ("a plural is two or more", (said("villagers", POLICE),), (2, None, None, None)),
    ("a vague word alone", (said("dozens of people", POLICE),), (24, None, 99, None)),
    (
        "a vague word beside a number",
        (said("dozens of people", POLICE), said("34 people", HOSPITAL)),
        (34, 34, 34, None),
    ),
    (
        "a vague word beyond a number",
        (said("hundreds of people", POLICE), said("34 people", HOSPITAL)),
        (34, None, 999, None),
    ),
    ("a denial alone gives no figure", (said("4 people", KARSK, stance="denies"),), (None, None, None, None)),
    (
        "civilians and fighters of one source are its whole",
        (
            said("5 villagers", MONITOR, status=CIVIL),
            said("3 gunmen", MONITOR, status=FIGHTERS),
            said("9 people", POLICE),
        ),
        (8, None, 9, None),
    ),
    (
        "groups that nobody counts together are added",
        (said("5 to 6 villagers", MONITOR, status=CIVIL), said("3 gunmen", POLICE, status=FIGHTERS)),
        (8, None, 9, None),
    ),
    (
        "where all who say whom say soldiers, people are soldiers",
        (said("9 soldiers", VELMORA, status=FIGHTERS, side="velmora"), said("12 people", HOSPITAL)),
        (9, None, 12, None),
    ),
    (
        "where one source tells both, civilians are not the whole",
        (
            said("20 people", MONITOR),
            said("5 villagers", MONITOR, status=CIVIL),
            said("6 villagers", POLICE, status=CIVIL),
        ),
        (20, 20, 20, None),
    ),
    (
        "a figure of both together tells them apart",
        (said("20 people", MAYOR, status=BOTH), said("6 villagers", POLICE, status=CIVIL)),
        (20, 20, 20, None),
    ),
    (
        "a part without an upper end that reaches the highest figure of the whole leaves the whole open too",
        (
            said("29 people", MONITOR),
            said("20 villagers", MONITOR, status=CIVIL),
            said("30 to 100 people", HOSPITAL),
            said("more than 100 soldiers", KARSK, status=FIGHTERS),
        ),
        (29, None, None, None),
    ),
    (
        "a plural of a part leaves the whole as it is",
        (
            said("2 people", MONITOR),
            said("1 villager", MONITOR, status=CIVIL),
            said("soldiers", KARSK, status=FIGHTERS),
        ),
        (2, 2, 2, None),
    ),
    (
        "women and children alone are added",
        (said("3 women", POLICE, sex="female", age="adult"), said("2 children", POLICE, age="child")),
        (5, 5, 5, None),
    ),
    (
        "girls are among the children",
        (said("2 girls", POLICE, sex="female", age="child"), said("3 children", POLICE, age="child")),
        (3, 3, 3, None),
    ),
    ("one person told of by name, and perhaps others", (said("Ilan Moss", MAYOR),), (1, None, None, None)),
    ("two names that may be one person's", (said("Ilan Moss", MAYOR), said("Mr Moss", MAYOR)), (1, None, None, None)),
    ("a person told of without a name", (said("the mayor", POLICE),), (1, None, None, None)),
]


@pytest.mark.parametrize(("rule", "told", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_worked_case(rule: str, told: Told, expected: tuple[object, ...]) -> None:
    assert numbers(toll(told, NAME)) == expected, rule


def test_it_is_the_default() -> None:
    assert DEFAULT == NAME


@pytest.mark.parametrize("harm", HARMS)
def test_every_harm_has_a_toll_of_its_own(harm: str) -> None:
    told = [said("4 people", POLICE, harm=harm)]
    assert [(one.harm, one.best) for one in tolls(told, NAME)] == [(harm, 4)]


def test_casualties_are_neither_killed_nor_injured() -> None:
    told = [said("40 people", POLICE, harm="killed_or_injured"), said("3 people", POLICE)]
    assert {one.harm: one.best for one in tolls(told, NAME)} == {"killed": 3, "killed_or_injured": 40}


def test_no_casualties_says_that_nobody_was_killed_and_nobody_injured() -> None:
    told = [said("no people", POLICE, harm="killed_or_injured")]
    found = {one.harm: one.best for one in tolls(told, NAME)}
    assert found == {"killed": 0, "injured": 0, "killed_or_injured": 0}


def test_each_source_is_told_with_its_words() -> None:
    reason = toll(
        [said("over 100 soldiers", KARSK), said("dozens of people", POLICE), said("17 soldiers", VELMORA)], NAME
    ).reason
    assert reason == (
        "Velmora's Ministry of Defence: “17 soldiers”. Dresk police: “dozens of people” (24 to 99). "
        "Karsk's Ministry of Defence: “over 100 soldiers”."
    )


def test_a_part_by_its_relation_is_never_the_whole() -> None:
    whole, tourists = said("14 people", POLICE), said("two tourists", POLICE)
    assert numbers(toll([whole, tourists], NAME, [stands(tourists, "part_of", whole)])) == (14, 14, 14, None)


def test_a_part_takes_the_group_of_its_whole() -> None:
    whole, some = said("14 soldiers", POLICE, status=FIGHTERS), said("three at the gate", POLICE)
    told = [whole, some, said("5 villagers", POLICE, status=CIVIL)]
    assert numbers(toll(told, NAME, [stands(some, "part_of", whole)])) == (19, 19, 19, None)


def test_a_part_of_civilians_is_the_whole_of_them() -> None:
    whole, civilians = said("14 people", POLICE), said("two villagers", POLICE, status=CIVIL)
    relations = [stands(civilians, "part_of", whole)]
    assert toll([whole, civilians], NAME, relations).best == 14
    assert toll([whole, civilians], NAME, relations, status="civilian").best == 2


def test_tolls_by_status_and_side_stand_beside_the_whole() -> None:
    told = [
        said("5 villagers", MONITOR, status=CIVIL),
        said("9 soldiers", VELMORA, status=FIGHTERS, side="velmora"),
        said("60 soldiers", VELMORA, status=FIGHTERS, side="karsk"),
    ]
    found = {(one.status, one.side): (one.low, one.high) for one in tolls(told, NAME)}
    assert found == {
        (None, None): (74, 74),
        (None, "karsk"): (60, 60),
        (None, "velmora"): (9, 9),
        ("civilian", None): (5, 5),
        ("combatant", None): (69, 69),
        ("combatant", "karsk"): (60, 60),
        ("combatant", "velmora"): (9, 9),
    }
