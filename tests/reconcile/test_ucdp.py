"""Worked cases of ``ucdp-best-low-high``; each names the rule of UCDP's codebook that it follows."""

from __future__ import annotations

import pytest

from sayso.reconcile import tolls
from tests.reconcile.told import (
    CIVIL,
    FIGHTERS,
    HOSPITAL,
    KARSK,
    MAYOR,
    MONITOR,
    POLICE,
    RESCUE,
    UN,
    VELMORA,
    Told,
    numbers,
    said,
    stands,
    toll,
)

NAME = "ucdp-best-low-high"
ENEMY = {"status": FIGHTERS, "side": "velmora", "perpetrator": KARSK}

CASES: list[tuple[str, Told, tuple[int | None, int | None, int | None, str | None]]] = [
    ("one source: all three are its number", (said("8 people", POLICE),), (8, 8, 8, None)),
    (
        "best is the most reliable source's, low and high the range",
        (said("17 people", POLICE), said("23 people", MONITOR), said("30 people", MAYOR)),
        (17, 23, 30, None),
    ),
    (
        "sources of one rank: the lower is best",
        (said("17 people", POLICE), said("23 people", MAYOR)),
        (17, 17, 23, None),
    ),
    (
        "two of the most reliable differ: the lower is best",
        (said("40 people", UN), said("36 people", MONITOR), said("12 people", POLICE)),
        (12, 36, 40, None),
    ),
    (
        "a party's figure for the other side's dead is not reliable",
        (said("over 100 soldiers", KARSK, **ENEMY), said("34 soldiers", RESCUE, status=FIGHTERS, side="velmora")),
        (34, 34, 34, None),
    ),
    (
        "a party's figure for its own dead is not reliable where others count",
        (said("9 soldiers", VELMORA, status=FIGHTERS, side="velmora"), said("34 soldiers", RESCUE, **ENEMY)),
        (34, 34, 34, None),
    ),
    (
        "parties alone: all figures, and best from the less biased",
        (said("17 soldiers", VELMORA, **ENEMY), said("over 100 soldiers", KARSK, **ENEMY)),
        (17, 17, None, None),
    ),
    ("a range by the best source: its lower end is best", (said("30 to 40 people", MONITOR),), (30, 30, 40, None)),
    (
        "a range and a number within it by one source in one report: that number is best",
        (said("4 to 11 people", MONITOR, outlet="Record"), said("6 people", MONITOR, outlet="Record")),
        (4, 6, 11, None),
    ),
    (
        "a range in one report and a number in another: the lower end is best",
        (said("4 to 11 people", MONITOR, outlet="Record"), said("6 people", MONITOR, outlet="Post")),
        (4, 4, 11, None),
    ),
    (
        "a range and two numbers by one source: the lower end is best",
        (
            said("4 to 11 people", MONITOR, outlet="Record"),
            said("6 people", MONITOR, outlet="Record"),
            said("8 people", MONITOR, outlet="Record"),
        ),
        (4, 4, 11, None),
    ),
    ("at least 12: high stays open", (said("at least 12 people", MONITOR),), (12, 12, None, None)),
    ("up to 20: low stays open, and there is no best", (said("up to 20 people", MONITOR),), (None, None, 20, None)),
    (
        "up to 20 beside 12: from 12 to 20",
        (said("up to 20 people", MAYOR), said("12 people", HOSPITAL)),
        (12, 12, 20, None),
    ),
    ("a vague word alone is read by the table", (said("dozens of people", POLICE),), (24, 24, 99, None)),
    (
        "a vague word beside a number changes nothing",
        (said("dozens of people", POLICE), said("34 people", HOSPITAL)),
        (34, 34, 34, None),
    ),
    (
        "a vague word beyond the number bounds the range",
        (said("dozens of people", POLICE), said("4 people", HOSPITAL)),
        (4, 4, 99, None),
    ),
    (
        "best adds both sides and civilians",
        (
            said("5 villagers", MONITOR, status=CIVIL),
            said("9 soldiers", MONITOR, status=FIGHTERS, side="velmora"),
            said("4 soldiers", MONITOR, status=FIGHTERS, side="karsk"),
        ),
        (18, 18, 18, None),
    ),
    (
        "low and high add as best does",
        (
            said("9 to 12 soldiers", MONITOR, status=FIGHTERS, side="velmora"),
            said("at least 4 soldiers", MONITOR, status=FIGHTERS, side="karsk"),
        ),
        (13, 13, None, None),
    ),
    (
        "a part does not lower the range",
        (said("20 people", HOSPITAL), said("3 children", MONITOR, age="child")),
        (20, 20, 20, None),
    ),
    (
        "a part above the whole raises high",
        (said("3 people", POLICE), said("6 children", MONITOR, age="child")),
        (3, 3, 6, None),
    ),
]


@pytest.mark.parametrize(("rule", "told", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_worked_case(rule: str, told: Told, expected: tuple[object, ...]) -> None:
    assert numbers(toll(told, NAME)) == expected, rule


def test_deaths_are_given_by_side_and_among_civilians() -> None:
    told = [
        said("5 villagers", MONITOR, status=CIVIL),
        said("9 soldiers", MONITOR, status=FIGHTERS, side="velmora"),
        said("4 soldiers", MONITOR, status=FIGHTERS, side="karsk"),
        said("25 people", MONITOR),
    ]
    found = {(one.status, one.side): one.best for one in tolls(told, NAME)}
    assert found["civilian", None] == 5
    assert found["combatant", "velmora"] == 9
    assert found["combatant", "karsk"] == 4
    assert found[None, None] == 25  # 7 of whom nobody says who they were


def test_injured_only_incidents_have_no_toll() -> None:
    assert tolls([said("6 people", POLICE, harm="injured")], NAME) == ()


def test_a_corrected_figure_replaces_the_first() -> None:
    first, later = said("30 to 40 people", HOSPITAL), said("34 people", HOSPITAL, day="2023-03-11")
    assert numbers(toll([first, later], NAME, [stands(later, "supersedes", first)])) == (34, 34, 34, None)


def test_a_range_that_a_part_widens_says_so() -> None:
    found = toll([said("17 people", POLICE), said("19 women", MONITOR, sex="female")], NAME)
    assert numbers(found) == (17, 17, 19, None)
    assert found.reason == (
        "It is the only figure. The Lirna Monitor counts some of the people alone, and these reach beyond it, which "
        "widens the range."
    )
