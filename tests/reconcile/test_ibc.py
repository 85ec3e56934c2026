"""Worked cases of ``ibc-min-max``; each names the rule of Iraq Body Count's methods that it follows."""

from __future__ import annotations

import pytest

from sayso.reconcile import tolls
from tests.reconcile.told import (
    BOTH,
    CIVIL,
    FIGHTERS,
    HOSPITAL,
    KARSK,
    MAYOR,
    MONITOR,
    POLICE,
    RIDGE,
    VELMORA,
    Told,
    numbers,
    said,
    stands,
    toll,
)

NAME = "ibc-min-max"
OPEN = "provisional"

CASES: list[tuple[str, Told, tuple[int | None, int | None, int | None, str | None]]] = [
    (
        "two sources that agree: min and max are one",
        (said("5 villagers", POLICE, status=CIVIL), said("5 civilians", HOSPITAL, status=CIVIL)),
        (5, 5, 5, None),
    ),
    (
        "two sources that differ: the lowest and the highest",
        (said("5 villagers", POLICE, status=CIVIL), said("9 civilians", HOSPITAL, status=CIVIL)),
        (5, None, 9, None),
    ),
    ("one source: provisional", (said("5 villagers", POLICE, status=CIVIL),), (5, 5, 5, OPEN)),
    (
        "one source in two outlets is one source",
        (
            said("5 villagers", POLICE, status=CIVIL, outlet="Harbour Review"),
            said("5 villagers", POLICE, status=CIVIL, outlet="Night Desk"),
        ),
        (5, 5, 5, OPEN),
    ),
    (
        "two prints of one agency's report are one source",
        (
            said("5 villagers", status=CIVIL, outlet="Harbour Review", origin="Sarn Press"),
            said("5 villagers", status=CIVIL, outlet="Night Desk", origin="Sarn Press"),
        ),
        (5, 5, 5, OPEN),
    ),
    (
        "fighters are not counted",
        (
            said("5 villagers", POLICE, status=CIVIL),
            said("6 villagers", HOSPITAL, status=CIVIL),
            said("12 gunmen", POLICE, status=FIGHTERS),
        ),
        (5, None, 6, None),
    ),
    (
        "people who may not be civilians count in the maximum alone",
        (said("5 villagers", POLICE, status=CIVIL), said("9 people", HOSPITAL)),
        (5, None, 9, None),
    ),
    (
        "nobody says whether they were civilians: the minimum is open",
        (said("9 people", HOSPITAL),),
        (None, None, 9, OPEN),
    ),
    (
        "civilians and fighters in one figure: at most so many",
        (said("4 villagers", POLICE, status=CIVIL), said("10 people", MAYOR, status=BOTH)),
        (4, None, 10, None),
    ),
    (
        "all who say whom say fighters: nobody is counted",
        (said("9 people", HOSPITAL), said("9 soldiers", MAYOR, status=FIGHTERS)),
        (None, None, None, None),
    ),
    (
        "the figure of one side alone is both minimum and maximum",
        (said("7 villagers", VELMORA, status=CIVIL, side="velmora"),),
        (7, 7, 7, OPEN),
    ),
    (
        "a party's denial of harm does not make the minimum 0",
        (
            said("7 villagers", MONITOR, status=CIVIL, perpetrator=KARSK),
            said("7 villagers", POLICE, status=CIVIL),
            said("7 villagers", KARSK, status=CIVIL, stance="denies", id="denied"),
        ),
        (7, 7, 7, None),
    ),
    (
        "who is said to have done it is not credible about it",
        (
            said("7 villagers", MONITOR, status=CIVIL, perpetrator=RIDGE),
            said("8 villagers", POLICE, status=CIVIL),
            said("one villager", RIDGE, status=CIVIL, perpetrator=RIDGE),
        ),
        (7, None, 8, None),
    ),
    (
        "vague words bound from below: nothing is estimated",
        (said("dozens of villagers", POLICE, status=CIVIL),),
        (24, None, None, OPEN),
    ),
    (
        "at least 5: the maximum stays open",
        (said("at least 5 civilians", POLICE, status=CIVIL),),
        (5, None, None, OPEN),
    ),
    (
        "people told of one by one are documented: no fewer",
        (
            said("2 villagers", POLICE, status=CIVIL),
            said("Ilan Moss", MAYOR, status=CIVIL),
            said("Deru Hale", MAYOR, status=CIVIL),
            said("Anka Brandt", MAYOR, status=CIVIL),
        ),
        (3, 3, 3, OPEN),
    ),
    (
        "people told of one by one, and no figure",
        (said("Ilan Moss", MAYOR, status=CIVIL), said("Deru Hale", MAYOR, status=CIVIL)),
        (2, None, None, OPEN),
    ),
    (
        "a running total is not this incident's figure",
        (
            said("5 villagers", POLICE, status=CIVIL),
            said("5 civilians", HOSPITAL, status=CIVIL),
            said("230 civilians", MONITOR, status=CIVIL, scope="cumulative"),
        ),
        (5, 5, 5, None),
    ),
]


@pytest.mark.parametrize(("rule", "told", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_worked_case(rule: str, told: Told, expected: tuple[object, ...]) -> None:
    assert numbers(toll(told, NAME)) == expected, rule


def test_injuries_have_a_minimum_and_a_maximum_too() -> None:
    told = [
        said("30 civilians", POLICE, harm="injured", status=CIVIL),
        said("26 villagers", HOSPITAL, harm="injured", status=CIVIL),
    ]
    assert numbers(toll(told, NAME, harm="injured")) == (26, None, 30, None)


def test_only_civilians_have_a_toll() -> None:
    told = [said("5 villagers", POLICE, status=CIVIL), said("2 gunmen", POLICE, status=FIGHTERS)]
    assert {one.status for one in tolls(told, NAME)} == {"civilian"}


def test_two_sources_in_one_report_are_told_to_rest_on_one_newsroom() -> None:
    told = [
        said("5 villagers", POLICE, status=CIVIL, outlet="Night Desk"),
        said("5 civilians", HOSPITAL, status=CIVIL, outlet="Night Desk"),
    ]
    assert "All 2 sources are quoted in one report, which one newsroom vouches for." in toll(told, NAME).left_open


def test_a_morgue_s_total_that_includes_the_incident_is_set_aside() -> None:
    attack, morgue = said("5 villagers", POLICE, status=CIVIL), said("41 bodies", HOSPITAL, status=CIVIL)
    found = toll([attack, morgue], NAME, [stands(morgue, "includes", attack)])
    assert numbers(found) == (5, 5, 5, OPEN)
    assert [one.claim for one in found.aside] == [morgue.claim.id]
