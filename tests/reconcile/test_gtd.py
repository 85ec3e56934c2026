"""Worked cases of ``gtd-recent-majority-lowest``; each names the rule of GTD's codebook that it follows."""

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
    RIDGE,
    VELMORA,
    Told,
    numbers,
    said,
    stands,
    toll,
)

NAME = "gtd-recent-majority-lowest"
LATER, LAST = "2023-03-06", "2023-03-09"

CASES: list[tuple[str, Told, tuple[int | None, int | None, int | None, str | None]]] = [
    ("one source", (said("8 people", POLICE),), (8, 8, 8, None)),
    (
        "the most recent source, though it is higher",
        (said("8 people", POLICE), said("11 people", HOSPITAL, day=LATER)),
        (11, 11, 11, None),
    ),
    (
        "the most recent source, though most say otherwise",
        (said("8 people", POLICE), said("8 people", RESCUE), said("11 people", HOSPITAL, day=LATER)),
        (11, 11, 11, None),
    ),
    (
        "a repeat is no more recent than the figure it repeats",
        (
            said("8 people", POLICE),
            said("11 people", HOSPITAL, day=LATER),
            said("8 people", POLICE, day=LAST, outlet="Night Desk"),
        ),
        (11, 11, 11, None),
    ),
    (
        "several equally recent: the majority",
        (said("8 people", POLICE), said("8 people", RESCUE), said("11 people", HOSPITAL)),
        (8, 8, 8, None),
    ),
    (
        "equally recent without a majority: the lowest",
        (said("8 people", POLICE), said("9 people", RESCUE), said("11 people", HOSPITAL)),
        (8, 8, 8, None),
    ),
    (
        "equally recent and agreed: that number",
        (said("3 people", MONITOR), said("8 people", POLICE, day=LATER), said("8 people", RESCUE, day=LATER)),
        (8, 8, 8, None),
    ),
    (
        "the most recent is the perpetrator's: the majority of the rest",
        (
            said("8 people", POLICE),
            said("8 people", RESCUE),
            said("9 people", HOSPITAL),
            said("40 people", RIDGE, perpetrator=RIDGE, day=LATER),
        ),
        (8, 8, 8, None),
    ),
    (
        "the perpetrator is not followed even where it is lowest",
        (said("2 people", RIDGE, perpetrator=RIDGE), said("8 people", POLICE)),
        (8, 8, 8, None),
    ),
    (
        "the most recent is doubtful and there is no majority: the lowest",
        (
            said("8 soldiers", POLICE, status=FIGHTERS, side="velmora"),
            said("9 soldiers", HOSPITAL, status=FIGHTERS, side="velmora"),
            said("60 soldiers", KARSK, status=FIGHTERS, side="velmora", day=LATER),
        ),
        (8, 8, 8, None),
    ),
    ("too vague to be of use: blank", (said("dozens of people", POLICE),), (None, None, None, None)),
    ("deaths certain, number missing: blank and not 0", (said("villagers", POLICE),), (None, None, None, None)),
    (
        "a vague word does not stand in the way of a number",
        (said("dozens of people", POLICE, day=LATER), said("34 people", HOSPITAL)),
        (34, 34, 34, None),
    ),
    (
        "attackers are included",
        (said("6 villagers", POLICE, status=CIVIL), said("2 gunmen", POLICE, status=FIGHTERS)),
        (8, 8, 8, None),
    ),
    (
        "where only one side's dead are known, it holds only those",
        (
            said("6 soldiers", VELMORA, status=FIGHTERS, side="velmora"),
            said("dozens of gunmen", VELMORA, status=FIGHTERS, side="ridge-front"),
            said("2 soldiers", MAYOR, status=FIGHTERS, side="karsk"),
        ),
        (8, 8, 8, None),
    ),
    ("at least 17: 17, and open above", (said("at least 17 people", POLICE),), (17, 17, None, None)),
    ("nobody was killed", (said("nobody", POLICE),), (0, 0, 0, None)),
]


@pytest.mark.parametrize(("rule", "told", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_worked_case(rule: str, told: Told, expected: tuple[object, ...]) -> None:
    assert numbers(toll(told, NAME)) == expected, rule


def test_injuries_follow_the_same_rule() -> None:
    told = [said("30 people", POLICE, harm="injured"), said("26 people", HOSPITAL, harm="injured", day=LATER)]
    assert toll(told, NAME, harm="injured").best == 26


def test_other_harms_are_not_coded() -> None:
    told = [said("30 people", POLICE, harm="displaced"), said("4 people", POLICE, harm="missing")]
    assert tolls(told, NAME) == ()


def test_the_conflict_is_noted() -> None:
    told = [said("8 people", POLICE), said("11 people", HOSPITAL, day=LATER)]
    assert "Reports conflict: Dresk police: “8 people”." in toll(told, NAME).reason


def test_a_report_without_a_day_is_never_the_most_recent() -> None:
    told = [said("8 people", POLICE), said("11 people", HOSPITAL, day=None)]
    assert toll(told, NAME).best == 8


def test_a_correction_by_the_most_recent_source_is_followed() -> None:
    first, later = said("11 people", HOSPITAL), said("10 people", HOSPITAL, day=LAST)
    told = [first, later, said("8 people", POLICE, day=LATER)]
    assert toll(told, NAME, [stands(later, "supersedes", first)]).best == 10
