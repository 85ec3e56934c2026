"""What holds of every rule, whatever the claims."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.events import Relation
from sayso.reconcile import POLICIES, tolls
from sayso.reconcile.counting import NOTHING_SAID, speaks_of
from tests.reconcile.told import (
    BOTH,
    CIVIL,
    FIGHTERS,
    HOSPITAL,
    KARSK,
    MONITOR,
    POLICE,
    RIDGE,
    VELMORA,
    numbers,
    rejected,
    said,
)

if TYPE_CHECKING:
    from sayso.events import Kept, Toll

WORDS = (
    "nobody", "one person", "3 people", "4 people", "17 people", "at least 17 people", "up to 20 people",
    "about 30 people", "30 to 40 people", "over 100 people", "dozens of people", "several people", "people",
    "hundreds of people", "Ilan Moss", "Deru Hale", "the mayor",
)  # fmt: skip

EXAMPLES = int(os.environ.get("EXAMPLES", "25"))
"""For each property and rule; `make soak` asks for more."""

every_rule = pytest.mark.parametrize("policy", sorted(POLICIES))


@st.composite
def claims(draw: st.DrawFn) -> Kept:
    return said(
        draw(st.sampled_from(WORDS)),
        draw(st.sampled_from([None, "officials", HOSPITAL, KARSK, MONITOR, POLICE, RIDGE, VELMORA])),
        id=f"c{draw(st.integers(0, 10**9))}",
        harm=draw(st.sampled_from(["killed", "killed", "injured", "killed_or_injured"])),
        status=draw(st.sampled_from(["unknown", "unknown", CIVIL, FIGHTERS, BOTH])),
        side=draw(st.sampled_from([None, None, "velmora", "karsk"])),
        age=draw(st.sampled_from([None, None, None, "child"])),
        sex=draw(st.sampled_from([None, None, None, "female"])),
        perpetrator=draw(st.sampled_from([None, None, KARSK, RIDGE])),
        stance=draw(st.sampled_from(["asserts", "asserts", "asserts", "denies", "doubts"])),
        scope=draw(st.sampled_from(["incident", "incident", "incident", "cumulative"])),
        day=draw(st.sampled_from([None, "2023-03-04", "2023-03-06", "2023-03-09"])),
        outlet=draw(st.sampled_from(["Harbour Review", "Night Desk", "Lirna Post"])),
        origin=draw(st.sampled_from([None, None, "Sarn Press"])),
        ruling=draw(st.sampled_from([None, None, None, rejected()])),
    )


@st.composite
def incidents(draw: st.DrawFn) -> tuple[list[Kept], list[Relation]]:
    told = draw(st.lists(claims(), max_size=8, unique_by=lambda one: one.claim.id))
    ids = [one.claim.id for one in told]
    if len(ids) < 2:
        return told, []
    kinds = st.sampled_from(["repeats", "supersedes", "contradicts", "part_of", "includes"])
    one = st.builds(Relation, kinds, st.sampled_from(ids), st.sampled_from(ids), st.just(""))
    return told, draw(st.lists(one, max_size=3))


def said_by(found: tuple[Toll, ...]) -> dict[tuple[object, ...], tuple[object, ...]]:
    """Return what tolls say, by what they count; those that say nothing left out."""
    empty = (None, None, None, None)
    return {(one.harm, one.status, one.side): numbers(one) for one in found if numbers(one) != empty}


@every_rule
@settings(max_examples=EXAMPLES, deadline=None)
@given(told=incidents())
def test_low_is_at_most_best_and_best_at_most_high(policy: str, told: tuple[list[Kept], list[Relation]]) -> None:
    for one in tolls(told[0], policy, told[1]):
        stated = [number for number in (one.low, one.best, one.high) if number is not None]
        assert stated == sorted(stated)
        assert one.reason


@every_rule
@settings(max_examples=EXAMPLES, deadline=None)
@given(told=incidents(), seed=st.integers(0, 10**6))
def test_the_order_of_claims_changes_nothing(policy: str, told: tuple[list[Kept], list[Relation]], seed: int) -> None:
    kept, relations = list(told[0]), list(told[1])
    before = tolls(kept, policy, relations)
    random.Random(seed).shuffle(kept)  # noqa: S311 - an order, not a secret
    random.Random(seed).shuffle(relations)  # noqa: S311 - likewise
    assert tolls(kept, policy, relations) == before


@every_rule
@settings(max_examples=EXAMPLES, deadline=None)
@given(told=incidents(), at=st.integers(0, 7), outlet=st.sampled_from(["Harbour Review", "Coast Wire"]))
def test_a_repeat_from_the_same_origin_changes_no_toll(
    policy: str, told: tuple[list[Kept], list[Relation]], at: int, outlet: str
) -> None:
    kept, relations = told
    if not kept:
        return
    first = kept[at % len(kept)]
    if first.ruling is not None:
        return  # what was rejected in one print is not rejected in another
    heading = replace(first.report, id="the repeat's", outlet=outlet)
    repeat = replace(first, claim=replace(first.claim, id="the repeat"), report=heading)
    more = [
        replace(one, claim="the repeat")
        for one in relations
        if one.claim == first.claim.id and one.kind != "supersedes"
    ]
    assert said_by(tolls([*kept, repeat], policy, [*relations, *more])) == said_by(tolls(kept, policy, relations))


@every_rule
@settings(max_examples=EXAMPLES, deadline=None)
@given(told=incidents())
def test_a_rejected_claim_has_no_effect(policy: str, told: tuple[list[Kept], list[Relation]]) -> None:
    kept, relations = told
    standing = [one for one in kept if one.ruling is None]
    assert said_by(tolls(kept, policy, relations)) == said_by(tolls(standing, policy, relations))


@every_rule
@settings(max_examples=EXAMPLES, deadline=None)
@given(told=incidents())
def test_an_open_bound_never_becomes_0(policy: str, told: tuple[list[Kept], list[Relation]]) -> None:
    zeros = any(one.claim.kind == "zero" and one.ruling is None for one in told[0])
    for one in tolls(told[0], policy, told[1]):
        if not zeros:
            assert one.low != 0
            assert one.high != 0
            assert one.best != 0 or one.label == NOTHING_SAID


@every_rule
@settings(max_examples=EXAMPLES, deadline=None)
@given(told=incidents())
def test_every_claim_of_a_harm_decides_or_is_set_aside_with_a_reason(
    policy: str, told: tuple[list[Kept], list[Relation]]
) -> None:
    kept, relations = told
    whole = {one.harm: one for one in reversed(tolls(kept, policy, relations))}
    for harm, one in whole.items():
        named = [*one.decided, *(aside.claim for aside in one.aside)]
        assert sorted(named) == sorted(k.claim.id for k in kept if speaks_of(k, harm))
        assert all(aside.reason.endswith(".") for aside in one.aside)


@every_rule
@settings(max_examples=EXAMPLES, deadline=None)
@given(told=incidents())
def test_no_sentence_names_a_person_who_was_harmed(policy: str, told: tuple[list[Kept], list[Relation]]) -> None:
    from sayso.reconcile.explain import explain

    for one in tolls(told[0], policy, told[1]):
        told_of = repr((one.reason, one.left_open, one.aside, explain(one, told[0])))
        assert "Moss" not in told_of
        assert "Hale" not in told_of
