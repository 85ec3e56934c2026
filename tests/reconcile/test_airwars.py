"""Worked cases of ``airwars-grade``; each names the rule of Airwars' method that it follows."""

from __future__ import annotations

import pytest

from sayso.reconcile import tolls
from sayso.reconcile.airwars import HEADLINE
from tests.reconcile.told import (
    CIVIL,
    FIGHTERS,
    HOSPITAL,
    KARSK,
    MAYOR,
    MONITOR,
    POLICE,
    RESCUE,
    RIDGE,
    WITNESS,
    Told,
    numbers,
    said,
    toll,
)

NAME = "airwars-grade"
BY_KARSK = {"status": CIVIL, "perpetrator": KARSK}

CASES: list[tuple[str, Told, tuple[int | None, int | None, int | None, str | None]]] = [
    ("a single source: weak", (said("5 villagers", MONITOR, **BY_KARSK),), (5, 5, 5, "weak")),
    (
        "two sources, and a belligerent active: fair",
        (said("5 villagers", MONITOR, **BY_KARSK), said("7 villagers", HOSPITAL, status=CIVIL)),
        (5, None, 7, "fair"),
    ),
    (
        "two sources, but nobody tells of a belligerent: weak",
        (said("5 villagers", MONITOR, status=CIVIL), said("7 villagers", HOSPITAL, status=CIVIL)),
        (5, None, 7, "weak"),
    ),
    (
        "one source in two outlets: weak",
        (
            said("5 villagers", MONITOR, outlet="Harbour Review", **BY_KARSK),
            said("5 villagers", MONITOR, outlet="Night Desk", **BY_KARSK),
        ),
        (5, 5, 5, "weak"),
    ),
    (
        "the belligerent accepts responsibility: confirmed, and its figure stays apart",
        (said("5 villagers", MONITOR, **BY_KARSK), said("2 civilians", KARSK, **BY_KARSK)),
        (5, 5, 5, "confirmed"),
    ),
    (
        "only the belligerent gives a figure: confirmed by it",
        (said("2 civilians", KARSK, **BY_KARSK),),
        (2, 2, 2, "confirmed"),
    ),
    (
        "two are said to have done it: contested",
        (said("5 villagers", MONITOR, **BY_KARSK), said("6 villagers", HOSPITAL, status=CIVIL, perpetrator=RIDGE)),
        (5, None, 6, "contested"),
    ),
    (
        "accepted goes before contested",
        (
            said("5 villagers", MONITOR, **BY_KARSK),
            said("6 villagers", HOSPITAL, status=CIVIL, perpetrator=RIDGE),
            said("3 civilians", KARSK, **BY_KARSK),
        ),
        (5, None, 6, "confirmed"),
    ),
    (
        "most sources say fighters: discounted",
        (
            said("5 villagers", WITNESS, **BY_KARSK),
            said("5 gunmen", POLICE, status=FIGHTERS),
            said("6 gunmen", RESCUE, status=FIGHTERS),
        ),
        (5, 5, 5, "discounted"),
    ),
    (
        "fighters by the perpetrator's word alone are no evidence",
        (
            said("5 villagers", MONITOR, **BY_KARSK),
            said("5 villagers", HOSPITAL, status=CIVIL),
            said("5 gunmen", KARSK, status=FIGHTERS, perpetrator=KARSK),
        ),
        (5, 5, 5, "fair"),
    ),
    (
        "people are civilians unless somebody shows otherwise",
        (said("9 people", HOSPITAL, perpetrator=KARSK), said("9 people", MONITOR)),
        (9, 9, 9, "fair"),
    ),
    (
        "fighters are not counted among civilians",
        (
            said("5 villagers", MONITOR, **BY_KARSK),
            said("6 villagers", HOSPITAL, status=CIVIL),
            said("3 gunmen", HOSPITAL, status=FIGHTERS),
        ),
        (5, None, 6, "fair"),
    ),
    (
        "a belligerent that says nobody was hurt accepts nothing",
        (said("5 villagers", MONITOR, **BY_KARSK), said("no civilians", KARSK, **BY_KARSK)),
        (5, 5, 5, "weak"),
    ),
    (
        "who says that nobody was hurt bears out no harm",
        (said("5 villagers", MONITOR, **BY_KARSK), said("nobody", POLICE)),
        (0, None, 5, "weak"),
    ),
    (
        "nor does it make up for fighters whom others tell of",
        (said("5 gunmen", POLICE, status=FIGHTERS), said("nobody", RESCUE), said("no civilians", MAYOR, status=CIVIL)),
        (0, 0, 0, "discounted"),
    ),
    ("nobody was hurt, as one source says: weak", (said("nobody", POLICE, perpetrator=KARSK),), (0, 0, 0, "weak")),
    (
        "at least 5: the maximum stays open",
        (said("at least 5 villagers", MONITOR, **BY_KARSK),),
        (5, None, None, "weak"),
    ),
    (
        "victims who are named bound the minimum",
        (
            said("one villager", WITNESS, **BY_KARSK),
            said("Ilan Moss", MAYOR, status=CIVIL),
            said("Deru Hale", MAYOR, status=CIVIL),
        ),
        (2, 2, 2, "fair"),
    ),
    ("a vague word is read by the table", (said("dozens of villagers", MONITOR, **BY_KARSK),), (24, None, 99, "weak")),
]


@pytest.mark.parametrize(("rule", "told", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_worked_case(rule: str, told: Told, expected: tuple[object, ...]) -> None:
    assert numbers(toll(told, NAME)) == expected, rule


def test_what_a_belligerent_concedes_is_told_apart() -> None:
    told = [said("5 villagers", MONITOR, **BY_KARSK), said("2 civilians", KARSK, **BY_KARSK)]
    found = toll(told, NAME)
    assert "Conceded: Karsk's Ministry of Defence: “2 civilians”." in found.reason
    assert found.aside[0].reason == "A belligerent's own figure is kept apart from what others say."


def test_the_headline_total_takes_fair_and_confirmed() -> None:
    assert {"fair", "confirmed"} == HEADLINE


def test_injuries_are_counted_too() -> None:
    told = [said("5 villagers", MONITOR, harm="injured", **BY_KARSK)]
    assert numbers(toll(told, NAME, harm="injured")) == (5, 5, 5, "weak")
    assert {one.harm for one in tolls(told, NAME)} == {"injured"}
