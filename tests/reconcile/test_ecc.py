"""Worked cases of the four ``ecc-*`` rules, after Every Casualty's pages on sources that disagree."""

from __future__ import annotations

import pytest

from tests.reconcile.told import (
    CHARITY,
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
    WITNESS,
    Told,
    numbers,
    said,
    stands,
    toll,
)

Expected = tuple[int | None, int | None, int | None, str | None]
ENEMY = {"status": FIGHTERS, "side": "velmora"}

HIERARCHY: list[tuple[str, Told, Expected]] = [
    ("one source", (said("8 people", POLICE),), (8, 8, 8, None)),
    ("a monitor before a hospital", (said("8 people", HOSPITAL), said("9 people", MONITOR)), (9, 9, 9, None)),
    ("a hospital before the police", (said("8 people", HOSPITAL), said("3 people", POLICE)), (8, 8, 8, None)),
    ("the UN before a mayor", (said("14 people", UN), said("20 people", MAYOR)), (14, 14, 14, None)),
    ("a charity before a witness", (said("7 people", CHARITY), said("2 people", WITNESS)), (7, 7, 7, None)),
    (
        "rank goes before number of sources",
        (said("8 people", MONITOR), said("3 people", POLICE), said("3 people", MAYOR)),
        (8, 8, 8, None),
    ),
    ("one rank and one figure", (said("8 people", HOSPITAL), said("8 people", RESCUE)), (8, 8, 8, None)),
    ("one rank and two figures: both", (said("8 people", HOSPITAL), said("11 people", RESCUE)), (8, None, 11, None)),
    ("a range of the best source", (said("30 to 40 people", MONITOR), said("17 people", POLICE)), (30, 30, 40, None)),
    (
        "at least by the best source stays open",
        (said("at least 30 people", MONITOR), said("17 people", POLICE)),
        (30, 30, None, None),
    ),
    (
        "up to by the best source: no best number",
        (said("up to 30 people", MONITOR), said("17 people", POLICE)),
        (None, None, 30, None),
    ),
    (
        "a party about its enemy ranks below a witness",
        (said("over 100 soldiers", KARSK, **ENEMY), said("20 soldiers", WITNESS, **ENEMY)),
        (20, 20, 20, None),
    ),
    (
        "a party about its own dead ranks above its enemy",
        (said("17 soldiers", VELMORA, **ENEMY), said("over 100 soldiers", KARSK, **ENEMY)),
        (17, 17, 17, None),
    ),
    (
        "a vague word ranks below any number",
        (said("dozens of people", MONITOR), said("17 people", POLICE)),
        (17, 17, 17, None),
    ),
    (
        "a source that nobody could place ranks as an official",
        (said("5 people", "an aide"), said("9 people", MAYOR)),
        (5, None, 9, None),
    ),
    ("nobody was killed, says the best source", (said("nobody", MONITOR), said("4 people", POLICE)), (0, 0, 0, None)),
]

RANGE: list[tuple[str, Told, Expected]] = [
    ("one source", (said("8 people", POLICE),), (8, 8, 8, None)),
    ("two figures", (said("8 people", POLICE), said("11 people", HOSPITAL)), (8, None, 11, None)),
    (
        "three figures",
        (said("8 people", POLICE), said("11 people", HOSPITAL), said("9 people", MAYOR)),
        (8, None, 11, None),
    ),
    ("all agree", (said("8 people", POLICE), said("8 people", HOSPITAL)), (8, 8, 8, None)),
    ("a range within", (said("30 to 40 people", POLICE), said("35 people", HOSPITAL)), (30, None, 40, None)),
    (
        "a range and a figure above",
        (said("30 to 40 people", POLICE), said("50 people", HOSPITAL)),
        (30, None, 50, None),
    ),
    (
        "open above where the highest is",
        (said("17 people", POLICE), said("over 100 people", KARSK)),
        (17, None, None, None),
    ),
    (
        "closed where a number is above an open one",
        (said("at least 17 people", POLICE), said("30 people", HOSPITAL)),
        (17, None, 30, None),
    ),
    (
        "open at the top where both ends meet",
        (said("at least 30 people", POLICE), said("30 people", HOSPITAL)),
        (30, None, None, None),
    ),
    (
        "open below where the lowest is",
        (said("up to 5 people", POLICE), said("17 people", HOSPITAL)),
        (None, None, 17, None),
    ),
    (
        "closed below where a number is under",
        (said("up to 20 people", POLICE), said("17 people", HOSPITAL)),
        (17, None, 20, None),
    ),
    ("a nobody reaches down to 0", (said("nobody", POLICE), said("4 people", HOSPITAL)), (0, None, 4, None)),
    ("a denial is no 0", (said("4 people", HOSPITAL), said("4 people", KARSK, stance="denies")), (4, 4, 4, None)),
    ("a doubt is no figure", (said("4 people", HOSPITAL), said("40 people", MAYOR, stance="doubts")), (4, 4, 4, None)),
    (
        "not under the number of people told of one by one",
        (said("one person", POLICE), said("Ilan Moss", MAYOR), said("Deru Hale", MAYOR)),
        (2, 2, 2, None),
    ),
    (
        "parts neither lower nor add",
        (said("14 people", POLICE), said("2 children", POLICE, age="child")),
        (14, 14, 14, None),
    ),
]

MAJORITY: list[tuple[str, Told, Expected]] = [
    ("one source", (said("8 people", POLICE),), (8, 8, 8, None)),
    (
        "two against one",
        (said("8 people", POLICE), said("8 people", MAYOR), said("11 people", MONITOR)),
        (8, 8, 8, None),
    ),
    (
        "most, not more than half",
        (
            said("8 people", POLICE),
            said("8 people", MAYOR),
            said("9 people", UN),
            said("11 people", MONITOR),
            said("12 people", RESCUE),
        ),
        (8, 8, 8, None),
    ),
    ("a tie is left open", (said("8 people", POLICE), said("11 people", MONITOR)), (8, None, 11, None)),
    (
        "a tie of two against two",
        (
            said("8 people", POLICE),
            said("8 people", UN),
            said("11 people", MONITOR),
            said("11 people", MAYOR),
            said("3 people", RESCUE),
        ),
        (8, None, 11, None),
    ),
    (
        "rank does not matter",
        (said("40 people", WITNESS), said("40 people", MAYOR), said("8 people", UN)),
        (40, 40, 40, None),
    ),
    (
        "one source in ten outlets is one",
        (
            *(said("8 people", POLICE, outlet=f"Outlet {n}") for n in range(10)),
            said("11 people", MONITOR),
            said("11 people", UN),
        ),
        (11, 11, 11, None),
    ),
    (
        "one agency in ten outlets is one",
        (
            *(said("8 people", outlet=f"Outlet {n}", origin="Sarn Press") for n in range(10)),
            said("11 people", MONITOR),
            said("11 people", UN),
        ),
        (11, 11, 11, None),
    ),
    (
        "ten prints of one text are one",
        (
            *(said("8 people", outlet=f"Outlet {n}", voice="one text") for n in range(10)),
            said("11 people", MONITOR),
            said("11 people", UN),
        ),
        (11, 11, 11, None),
    ),
    (
        "at least 8 and 8 are one figure, open above",
        (said("8 people", POLICE), said("at least 8 people", MAYOR), said("11 people", MONITOR)),
        (8, 8, None, None),
    ),
    (
        "about 8 and 8 are one figure",
        (said("about 8 people", POLICE), said("8 people", MAYOR), said("11 people", MONITOR)),
        (8, 8, 8, None),
    ),
    (
        "a range is a figure of its own",
        (said("30 to 40 people", POLICE), said("30 to 40 people", MAYOR), said("35 people", MONITOR)),
        (30, 30, 40, None),
    ),
    (
        "a vague word has no vote beside numbers",
        (said("dozens of people", POLICE), said("dozens of people", UN), said("8 people", MAYOR)),
        (8, 8, 8, None),
    ),
    (
        "vague words alone vote",
        (said("dozens of people", POLICE), said("dozens of people", UN), said("scores of people", MAYOR)),
        (24, 24, 99, None),
    ),
    (
        "up to 20 is no vote",
        (said("up to 20 people", POLICE), said("up to 20 people", UN), said("8 people", MAYOR)),
        (8, 8, 8, None),
    ),
    ("only upper bounds: nothing", (said("up to 20 people", POLICE),), (None, None, None, None)),
]

DEFER: list[tuple[str, Told, Expected]] = [
    ("one source: uncorroborated", (said("8 people", POLICE),), (8, 8, 8, "uncorroborated")),
    (
        "one source twice: uncorroborated",
        (said("8 people", POLICE, outlet="Night Desk"), said("8 people", POLICE, outlet="Lirna Post")),
        (8, 8, 8, "uncorroborated"),
    ),
    (
        "one agency twice: uncorroborated",
        (
            said("8 people", outlet="Night Desk", origin="Sarn Press"),
            said("8 people", outlet="Lirna Post", origin="Sarn Press"),
        ),
        (8, 8, 8, "uncorroborated"),
    ),
    ("two that agree: corroborated", (said("8 people", POLICE), said("8 people", HOSPITAL)), (8, 8, 8, "corroborated")),
    (
        "two that disagree: unconfirmed",
        (said("8 people", POLICE), said("11 people", HOSPITAL)),
        (None, None, None, "unconfirmed"),
    ),
    (
        "two against one: still unconfirmed",
        (said("8 people", POLICE), said("8 people", MAYOR), said("11 people", HOSPITAL)),
        (None, None, None, "unconfirmed"),
    ),
    (
        "at least 8 and 8 agree, open above",
        (said("at least 8 people", POLICE), said("8 people", HOSPITAL)),
        (8, 8, None, "corroborated"),
    ),
    (
        "a range and a figure within it disagree",
        (said("30 to 40 people", POLICE), said("35 people", HOSPITAL)),
        (None, None, None, "unconfirmed"),
    ),
    ("a figure with an upper bound alone", (said("up to 20 people", POLICE),), (None, None, None, "unconfirmed")),
    (
        "a vague word corroborates nothing",
        (said("dozens of people", POLICE), said("34 people", HOSPITAL)),
        (34, 34, 34, "uncorroborated"),
    ),
    ("a vague word alone", (said("dozens of people", POLICE),), (24, 24, 99, "uncorroborated")),
    ("nobody, by two sources", (said("nobody", POLICE), said("nobody", HOSPITAL)), (0, 0, 0, "corroborated")),
    ("nobody against four", (said("nobody", POLICE), said("4 people", HOSPITAL)), (None, None, None, "unconfirmed")),
    (
        "a denied figure is not a second source",
        (said("4 people", HOSPITAL), said("4 people", KARSK, stance="denies")),
        (4, 4, 4, "uncorroborated"),
    ),
    (
        "civilians and fighters, each corroborated",
        (
            said("5 villagers", POLICE, status=CIVIL),
            said("5 villagers", HOSPITAL, status=CIVIL),
            said("2 gunmen", POLICE, status=FIGHTERS),
            said("2 gunmen", HOSPITAL, status=FIGHTERS),
        ),
        (7, 7, 7, "corroborated"),
    ),
    (
        "people told of one by one, by one source",
        (said("Ilan Moss", MAYOR), said("Deru Hale", MAYOR)),
        (2, 2, None, "uncorroborated"),
    ),
]

CASES = [
    (policy, *case)
    for policy, cases in {
        "ecc-hierarchy": HIERARCHY,
        "ecc-range": RANGE,
        "ecc-majority": MAJORITY,
        "ecc-defer": DEFER,
    }.items()
    for case in cases
]


@pytest.mark.parametrize(("policy", "rule", "told", "expected"), CASES, ids=[f"{case[0]}: {case[1]}" for case in CASES])
def test_a_worked_case(policy: str, rule: str, told: Told, expected: Expected) -> None:
    assert numbers(toll(told, policy)) == expected, rule


@pytest.mark.parametrize("policy", ["ecc-hierarchy", "ecc-range", "ecc-majority", "ecc-defer"])
def test_a_figure_that_its_source_changed_has_no_part(policy: str) -> None:
    first, later = said("30 people", HOSPITAL), said("24 people", HOSPITAL, day="2023-03-11")
    assert toll([first, later], policy, [stands(later, "supersedes", first)]).best == 24
