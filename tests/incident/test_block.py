"""Keys: under what a story is found, and where a ledger keeps it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.invented_events import tellings
from sayso.incident import memory
from sayso.incident.block import ends, keys
from sayso.incident.group import Grouping
from sayso.incident.stories import stories

if TYPE_CHECKING:
    import pytest

    from sayso.incident.told import Story

NEAR = 60
"""Days around a report within which all its keys of days lie."""


def test_keys_of_near_days_are_near_numbers() -> None:
    dated = 0
    for told, _ in tellings(21, 20):
        for story, _ in stories(told):
            assert story.published is not None
            first, last = (story.published + days << 42 for days in (-NEAR, NEAR))
            near = [key for key in keys(story) if ends(key)]
            dated += len(near)
            if story.days is None or abs(story.days[0] - story.published) < NEAR // 2:
                # Other days that the report names have keys of their own.
                own = [key for key in keys(replace(story, other_days=())) if ends(key)]
                assert all(first <= key <= last for key in own)
    assert dated > 200


@cache
def _story() -> Story:
    return next(story for told, _ in tellings(21, 1) for story, _ in stories(told))


@settings(deadline=None)  # the first of them makes the story
@given(day=st.integers(min_value=1, max_value=3_652_059))
def test_keys_have_64_bits_with_a_sign_whatever_the_day(day: int) -> None:
    moved = replace(_story(), published=day, days=(day, day))
    found = keys(moved)
    assert all(-(2**63) <= key < 2**63 for key in found)
    assert {key for key in found if key < 0} == {key for key in found if not ends(key)}
    assert found == keys(moved)


def test_an_anniversary_is_found_under_its_place_and_its_dead() -> None:
    then = replace(
        _story(), published=date(2011, 3, 6).toordinal(), days=None, other_days=(), figures={"killed": ((2100, 2100),)}
    )
    years_on = replace(
        then, published=date(2019, 12, 1).toordinal(), words={}, core={}, names=frozenset(), harmed=frozenset()
    )
    fewer = replace(years_on, figures={"killed": ((2, 2),)})
    assert keys(then) & keys(years_on)
    assert not keys(then) & keys(fewer)


def test_two_figures_at_once_are_a_key_for_some_weeks() -> None:
    bare = replace(
        _story(), spots=(), outlet=frozenset(), days=None, other_days=(), targets=frozenset(), words={}, core={}
    )
    bare = replace(bare, names=frozenset(), harmed=frozenset())
    one = replace(bare, published=735_000, figures={"killed": ((6, 6),), "missing": ((2, 2),)})
    week_on, year_on = replace(one, published=735_009), replace(one, published=735_365)
    assert keys(one) & keys(week_on)
    assert not keys(one) & keys(year_on)
    assert not keys(one) & keys(replace(week_on, figures={"killed": ((6, 6),), "missing": ((3, 3),)}))


def test_a_statement_without_a_place_is_found_under_the_place_in_its_outlets_name() -> None:
    placed = next(story for told, _ in tellings(21, 20) for story, _ in stories(told) if story.days and story.spots)
    heads = frozenset[str]().union(*(spot.heads for spot in placed.spots))
    bare = replace(placed, words={}, core={}, names=frozenset(), harmed=frozenset(), targets=frozenset(), figures={})
    assert keys(placed) & keys(replace(bare, spots=(), outlet=heads))
    assert not keys(placed) & keys(replace(bare, spots=(), outlet=frozenset({"lantern"})))


def test_what_is_held_unpacked_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for most in (4, 5_000):
        monkeypatch.setattr(memory, "_MOST_UNPACKED", most)
        grouping = Grouping()
        for at, (told, _) in enumerate(tellings(22, 60)):
            grouping.add(told)
            if at % 20 == 0:
                grouping.regroup()
        grouping.regroup()
        found.append(grouping.incidents())
    assert found[0] == found[1]
