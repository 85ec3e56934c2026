"""That none of some people was harmed says nothing of the others: "no civilians", "from our side nobody is killed"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from sayso.reconcile import tolls
from sayso.records import Span
from sayso.zeros import Zero, zero
from tests.reconcile.test_properties import EXAMPLES, every_rule, incidents
from tests.reconcile.told import (
    BOTH,
    CIVIL,
    FIGHTERS,
    HOSPITAL,
    KARSK,
    MONITOR,
    POLICE,
    VELMORA,
    numbers,
    said,
    toll,
)

if TYPE_CHECKING:
    from sayso.events import Kept, Relation

NOTHING = (None, None, None)


def none(sentence: str, words: str, by: object = KARSK, victims: str | None = None, **more: object) -> Kept:
    """Return a claim that nobody was killed, in its sentence."""
    one = said(words, by, **more)  # type: ignore[arg-type]  # an actor
    at = sentence.index(words)
    claim = replace(one.claim, start=at, end=at + len(words), victims=victims, sentence=Span(0, len(sentence)))
    return replace(one, claim=claim, sentence=sentence)


def of(told: list[Kept], policy: str, status: str | None = None, side: str | None = None) -> tuple[int | None, ...]:
    """Return low, best and high of one toll; nothing where there is none."""
    found = (one for one in tolls(told, policy) if (one.status, one.side) == (status, side))
    return next(((one.low, one.best, one.high) for one in found), NOTHING)


OURS_ALL, OUR_MEN = Zero(None, "karsk"), Zero("combatant", "karsk")
ALL, SOME, CIVILIANS = Zero(), Zero(extent="some"), Zero("civilian")


@pytest.mark.parametrize(
    ("sentence", "words", "victims", "status", "expected"),
    [
        ("Nobody was killed.", "Nobody", None, "unknown", ALL),
        ("No people were killed when our troops fired back, he said.", "No people", "people", "unknown", ALL),
        ("The ministry said there were no casualties.", "no casualties", None, "unknown", ALL),
        ("No soldiers or civilians died.", "No soldiers or civilians", "soldiers or civilians", BOTH, SOME),
        ("No fighters or civilians died.", "No fighters or civilians", "fighters or civilians", BOTH, ALL),
        ("No civilians were hurt or killed.", "No civilians", "civilians", CIVIL, CIVILIANS),
        ("There were no civilian casualties.", "no civilian casualties", "civilian casualties", "unknown", CIVILIANS),
        ("No civilians of Dresk were hurt.", "No civilians of Dresk", "civilians of Dresk", CIVIL, None),
        ("No combatants were killed.", "No combatants", "combatants", FIGHTERS, Zero("combatant")),
        ("No soldiers were killed.", "No soldiers", "soldiers", FIGHTERS, Zero("combatant", extent="kind")),
        ("No Karsk soldiers were killed.", "No Karsk soldiers", "Karsk soldiers", FIGHTERS, None),
        ("An officer was taken, from our side nobody is killed.", "nobody", None, "unknown", OURS_ALL),
        ("There were no losses among our personnel.", "no losses", None, "unknown", OURS_ALL),
        ("The army said there were no own losses.", "no own losses", None, "unknown", OURS_ALL),
        ("The army said it suffered no losses.", "no losses", None, "unknown", OURS_ALL),
        ("40 raiders died and none in our own ranks.", "none", None, "unknown", OURS_ALL),
        ("None of its soldiers was killed.", "None of its soldiers", "soldiers", FIGHTERS, OUR_MEN),
        ("None of its 18 staff was injured.", "None of its 18 staff", "staff", "unknown", SOME),
        ("None of the six was hurt.", "None of the six", None, "unknown", SOME),
        ("No doctors were hurt.", "No doctors", "doctors", CIVIL, Zero("civilian", extent="some")),
        ("No officers were hurt.", "No officers", "officers", "unknown", SOME),
        ("No one else was hurt.", "No one", None, "unknown", Zero(extent="rest")),
        ("There were no further casualties.", "no further casualties", None, "unknown", Zero(extent="rest")),
    ],
)  # fmt: skip
def test_whom_a_zero_counts(sentence: str, words: str, victims: str | None, status: str, expected: Zero | None) -> None:
    """None stands for a zero of some people of the claim's status, whom no toll counts apart."""
    found = zero(none(sentence, words, victims=victims, status=status))
    assert found == (expected or Zero(status, extent="some"))  # type: ignore[arg-type]  # a plain string


def test_a_side_that_the_words_name_is_told() -> None:
    one = none("No Karsk soldiers died.", "No Karsk soldiers", POLICE, "Karsk soldiers", status=FIGHTERS, side="karsk")
    assert zero(one) == Zero("combatant", "karsk")


def test_own_people_of_a_source_that_is_not_known_are_some() -> None:
    assert zero(none("From our side nobody is killed.", "nobody", "a spokesman")) == SOME


OURS = none("From our side nobody is killed.", "nobody", KARSK)
CIVILIANS_NONE = none("No civilians were killed.", "No civilians", POLICE, "civilians", status=CIVIL)
SOLDIERS_NONE = none("No soldiers were killed.", "No soldiers", KARSK, "soldiers", status=FIGHTERS)
EVERY = ["as-said", "ucdp-best-low-high", "ecc-range", "gtd-recent-majority-lowest", "ecc-majority", "ecc-hierarchy"]


@pytest.mark.parametrize("policy", EVERY)
@pytest.mark.parametrize(
    ("one", "status", "side"),
    [(CIVILIANS_NONE, CIVIL, None), (SOLDIERS_NONE, FIGHTERS, None), (OURS, None, "karsk")],
)
def test_alone_it_is_zero_of_these_and_no_figure_for_everybody(
    policy: str, one: Kept, status: str | None, side: str | None
) -> None:
    assert of([one], policy) == NOTHING
    low, _, high = of([one], policy, status, side)
    assert (low, high) in {(0, 0), (0, None)}
    whole = toll([one], policy)
    assert not whole.decided
    assert [aside.claim for aside in whole.aside] == [one.claim.id]


def test_alone_it_leaves_acled_with_none_reported_and_ibc_with_no_civilians() -> None:
    assert numbers(toll([CIVILIANS_NONE], "acled-conservative")) == (None, 0, None, "none reported")
    assert of([CIVILIANS_NONE], "ibc-min-max", CIVIL) == (0, 0, 0)
    assert of([CIVILIANS_NONE], "airwars-grade", CIVIL) == (0, 0, 0)


def test_nobody_at_all_is_zero_of_every_group() -> None:
    nobody = none("Nobody was killed.", "Nobody", POLICE)
    assert of([nobody], "ibc-min-max", CIVIL) == (0, 0, 0)
    told = [nobody, said("5 civilians", HOSPITAL, status=CIVIL), said("3 soldiers", VELMORA, status=FIGHTERS)]
    assert [of(told, "as-said", status) for status in (CIVIL, FIGHTERS)] == [(0, None, 5), (0, None, 3)]


@pytest.mark.parametrize("policy", EVERY)
@pytest.mark.parametrize("one", [OURS, CIVILIANS_NONE, SOLDIERS_NONE])
def test_beside_figures_it_changes_no_toll_of_everybody(policy: str, one: Kept) -> None:
    dead = [
        said("17 soldiers", VELMORA, status=FIGHTERS, side="velmora"),
        said("30 to 40 bodies", HOSPITAL),
        said("2 civilians", MONITOR, status=CIVIL),
    ]
    for told in (dead, dead[:2], dead[:1], dead[1:2], dead[2:]):
        assert numbers(toll(told, policy)) == numbers(toll([*told, one], policy))


def test_people_are_not_those_of_whom_none_was_harmed() -> None:
    told = [said("17 people", HOSPITAL), CIVILIANS_NONE]
    assert of(told, "as-said") == (17, 17, 17)
    assert of(told, "as-said", CIVIL) == (0, 0, 0)


def test_it_disputes_a_figure_of_the_same_people() -> None:
    told = [said("5 civilians", HOSPITAL, status=CIVIL), CIVILIANS_NONE]
    assert of(told, "as-said") == (5, 5, 5)
    assert of(told, "as-said", CIVIL) == (0, None, 5)


def test_one_sort_of_fighters_is_not_another() -> None:
    militants = said("5 militants", VELMORA, status=FIGHTERS)
    assert of([militants, SOLDIERS_NONE], "as-said", FIGHTERS) == (5, 5, 5)
    soldiers = said("5 soldiers", VELMORA, status=FIGHTERS)
    assert of([soldiers, SOLDIERS_NONE], "as-said", FIGHTERS) == (0, None, 5)


def test_one_source_that_says_none_of_either_says_none_of_all() -> None:
    told = [
        none("No civilians died.", "No civilians", MONITOR, "civilians", status=CIVIL, id="a"),
        none("No fighters died.", "No fighters", MONITOR, "fighters", status=FIGHTERS, id="b"),
    ]
    assert of(told, "as-said") == (0, 0, 0)
    both = [
        said("3 fighters", MONITOR, status=FIGHTERS),
        told[0],
        said("9 people", POLICE),
        said("1 villager", HOSPITAL, status=CIVIL),
    ]
    assert of(both, "as-said") == (3, None, 9)


def test_it_widens_a_sum_of_parts_by_the_part_that_it_counts() -> None:
    told = [
        said("1 villager", HOSPITAL, status=CIVIL, side="karsk"),
        said("1 villager", MONITOR, status=CIVIL, side="velmora"),
    ]
    nobody = said("nobody", POLICE, status=CIVIL, side="karsk")
    assert of(told, "as-said", CIVIL) == (2, 2, 2)
    assert of([*told, nobody], "as-said", CIVIL) == (1, None, 2)
    assert of([*told, nobody], "as-said") == (2, 2, 2)


def test_nobody_else_is_zero_where_nobody_is_told_of_and_no_figure_beside_others() -> None:
    rest = none("Nobody else was killed.", "Nobody", POLICE)
    assert of([rest], "as-said") == (0, 0, 0)
    assert of([rest, said("2 people", POLICE, id="two")], "as-said") == (2, 2, 2)


def test_it_is_set_aside_with_a_sentence_that_says_whom_it_counts() -> None:
    doctors = none("No doctors died.", "No doctors", HOSPITAL, "doctors", status=CIVIL)
    found = toll([said("17 people", POLICE), CIVILIANS_NONE, OURS, doctors], "as-said")
    assert sorted(one.reason for one in found.aside) == [
        "It says of civilians alone that none of them came to harm, which is no figure for the others.",
        "It says of people of karsk alone that none of them came to harm, which is no figure for the others.",
        "It says of some people alone that none of them came to harm, which is no figure for the others.",
    ]


@every_rule
@settings(max_examples=EXAMPLES, deadline=None)
@given(told=incidents())
def test_a_zero_of_a_side_or_a_status_never_stands_for_everybody(
    policy: str, told: tuple[list[Kept], list[Relation]]
) -> None:
    kept = [one for one in told[0] if one.ruling is None and one.claim.kind != "zero"]
    # A side of which nobody else speaks: beside figures of the same people it would rightly widen a sum of parts.
    some = said("nobody", "a clerk", id="none of them", status=CIVIL, side="lirna", harm="killed_or_injured")

    def wider(claims: list[Kept]) -> list[tuple[object, ...]]:
        found = tolls(claims, policy, told[1])
        return [
            (one.harm, one.status, one.low, one.best, one.high) for one in found if one.side is None and one.decided
        ]

    assert wider([*kept, some]) == wider(kept)
