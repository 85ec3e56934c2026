"""That none of some people was harmed says nothing of the others: "from our side nobody is killed"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.reconcile.cells import none_of_some
from sayso.records import Span
from tests.reconcile.told import CIVIL, FIGHTERS, HOSPITAL, KARSK, POLICE, VELMORA, numbers, said, toll

if TYPE_CHECKING:
    from sayso.events import Kept


def zero(sentence: str, words: str, by: object = KARSK, victims: str | None = None, **more: object) -> Kept:
    """Return a claim that nobody was killed, in its sentence."""
    one = said(words, by, **more)  # type: ignore[arg-type]  # an actor
    at = sentence.index(words)
    claim = replace(one.claim, start=at, end=at + len(words), victims=victims, sentence=Span(0, len(sentence)))
    return replace(one, claim=claim, sentence=sentence)


@pytest.mark.parametrize(
    ("sentence", "words", "victims", "expected"),
    [
        ("An officer was taken into captivity yesterday, from our side nobody is killed.", "nobody", "soldiers", True),
        ("There were no losses among our personnel in this engagement.", "no losses", None, True),
        ("The army said there were no own losses.", "no own losses", None, True),
        ("He spoke of 40 dead raiders and none in our own ranks.", "none", None, True),
        ("No officers were hurt.", "No officers", "officers", True),
        ("The company said none of its 18 staff was injured.", "none of its 18 staff", "staff", True),
        ("Nobody was killed.", "Nobody", None, False),
        ("No people were killed when our troops fired back, he said.", "No people", "people", False),
        ("No civilians were hurt or killed.", "No civilians", "civilians", False),
        ("The ministry said there were no casualties.", "no casualties", None, False),
    ],
)
def test_whom_a_zero_counts(sentence: str, words: str, victims: str | None, *, expected: bool) -> None:
    assert none_of_some(zero(sentence, words, victims=victims)) is expected


OURS = zero("From our side nobody is killed.", "nobody", KARSK)


@pytest.mark.parametrize("policy", ["as-said", "ucdp-best-low-high", "ecc-range", "gtd-recent-majority-lowest"])
def test_no_losses_of_the_attackers_are_no_figure_of_the_dead(policy: str) -> None:
    dead = [
        said("17 soldiers", VELMORA, status=FIGHTERS, side="velmora"),
        said("30 to 40 bodies", HOSPITAL),
        said("2 civilians", POLICE, status=CIVIL),
    ]
    assert numbers(toll(dead, policy)) == numbers(toll([*dead, OURS], policy))


def test_it_is_set_aside_with_the_reason_and_alone_it_leaves_the_whole_open() -> None:
    found = toll([said("17 people", POLICE), OURS], "as-said")
    assert [one.reason for one in found.aside if one.claim == OURS.claim.id] == ["It counts only some of the people."]
    alone = toll([OURS], "as-said")
    assert (alone.low, alone.best, alone.high) == (0, None, None)
    assert alone.left_open[-1] == "No figure for the whole stands; what is counted is a part of it."


def test_nobody_at_all_is_zero_still() -> None:
    found = toll([said("17 people", POLICE), zero("Nobody was killed.", "Nobody")], "as-said")
    assert (found.low, found.high) == (0, 17)
