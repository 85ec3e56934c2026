"""What is said of people killed that bounds an event from above alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.events import Range, Victims
from sayso.incident.figures import ranges
from tests.incident.claims import heading, kept

if TYPE_CHECKING:
    from sayso.events import Kept

KILLED = "A cook was shot dead in Orvo."


def one(name: str, sentence: str, quote: str, **more: object) -> Kept:
    return kept(heading(name), quote, sentence, **more)  # type: ignore[arg-type]


def test_who_is_taken_for_killed_without_a_word_of_death_may_be_nobody() -> None:
    text = "3 of the victims are women."
    assert ranges([[one("a", text, "3 of the victims")]]) == {"killed": Range(None, 3)}
    assert ranges([[one("a", "3 women died.", "3 women")]]) == {"killed": Range(3, 3)}


@pytest.mark.parametrize(
    "sentence",
    [
        "The shooting comes a month after A cook was killed in Orvo.",
        "In an unrelated shooting, A cook was killed in Orvo.",
        "A cook was killed in overnight shootings.",
        "A cook was killed in shootings across Orvo.",
    ],
)
def test_a_death_that_a_sentence_tells_of_other_events_bounds_this_one_from_above(sentence: str) -> None:
    assert ranges([[one("a", sentence, "A cook")]]) == {"killed": Range(None, 1)}


def test_a_death_dated_days_before_the_rest_is_of_another_event_and_one_days_after_is_not() -> None:
    hurt = [one("a", f"{n} people were hurt.", f"{n} people", harm="injured", day="2023-03-14") for n in (4, 5)]
    before = one("a", KILLED, "A cook", day="2023-03-02")
    after = one("a", KILLED, "A cook", day="2023-03-20")
    assert ranges([[before, *hurt]])["killed"] == Range(None, 1)
    assert ranges([[after, *hurt]])["killed"] == Range(1, 1)


def test_what_is_sure_is_the_lowest_number_of_a_report_that_tells_of_others_too() -> None:
    here = one("a", "1 boy was killed.", "1 boy")
    there = one("a", "Last week 4 people were killed in a fire.", "4 people")
    assert ranges([[here, there]]) == {"killed": Range(1, 4)}


def test_who_counts_the_injured_alone_does_not_say_that_nobody_was_killed() -> None:
    dead, hurt = one("a", KILLED, "A cook"), one("a", "4 people were hurt.", "4 people", harm="injured")
    same = one("b", "4 people were hurt.", "4 people", harm="injured")
    assert ranges([[dead, hurt], [same]])["killed"] == Range(1, 1)


def test_that_nobody_was_killed_opens_the_range_downwards_whatever_else_is_said() -> None:
    none = one("b", "No one was killed.", "No one", low=0, high=0, kind="zero", status="civilian")
    assert ranges([[one("a", KILLED, "A cook")], [none]])["killed"].low in {0, None}
    some = one("b", "No civilians were killed.", "No civilians", low=0, high=0, kind="zero", status="civilian")
    assert ranges([[one("a", KILLED, "A cook")], [some]])["killed"] == Range(1, 1)


def test_people_of_another_sex_or_age_are_others() -> None:
    woman = replace(one("a", "His wife was killed.", "His wife"), victims=Victims(sex="female", age="adult"))
    boy = replace(one("a", "The boy died.", "The boy"), victims=Victims(sex="male", age="child"))
    child = replace(one("a", "A child died.", "A child"), victims=Victims(age="child"))
    assert ranges([[woman, boy, child]]) == {"killed": Range(1, 2)}
    assert ranges([[boy, child]]) == {"killed": Range(1, 1)}


@pytest.mark.parametrize(
    "sentence",
    [
        "He shot A cook before turning the gun on himself.",
        "He killed A cook before taking his own life.",
        "He killed A cook, and police killed the suspect.",
        "After A cook was killed, the gunman was found dead.",
    ],
)
def test_whoever_did_it_and_died_too_is_one_more_at_most(sentence: str) -> None:
    assert ranges([[one("a", sentence, "A cook")]])["killed"].high == 2


@pytest.mark.parametrize("sentence", ["The gunman was shot at.", "A cook was shot by the suspect."])
def test_whoever_did_it_and_lived_is_not(sentence: str) -> None:
    found = ranges([[one("a", KILLED, "A cook"), one("a", sentence, sentence[:8], harm="injured", at=100)]])
    assert found["killed"].high == 1
