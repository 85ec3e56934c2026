"""What stands before any rule is asked: rulings, corrections, repeats, totals, denials."""

from __future__ import annotations

import pytest

from sayso.events import Ruling
from sayso.problems import UsageError
from sayso.reconcile import POLICIES, named, tolls
from sayso.reconcile.explain import explain
from tests.reconcile.told import (
    FIGHTERS,
    HOSPITAL,
    KARSK,
    MAYOR,
    MONITOR,
    POLICE,
    VELMORA,
    numbers,
    rejected,
    said,
    stands,
    toll,
)


def test_a_rejected_claim_is_told_with_who_ruled_and_why() -> None:
    told = [said("8 people", POLICE), said("80 people", MAYOR, ruling=rejected("a misprint for 8"))]
    found = toll(told, "as-said")
    assert (found.low, found.high) == (8, 8)
    assert [one.reason for one in found.aside] == ["Ana ruled that the report does not say this: a misprint for 8."]


@pytest.mark.parametrize("verdict", ["accepted", "corrected", "added"])
def test_other_rulings_leave_a_claim_standing(verdict: str) -> None:
    told = [said("8 people", POLICE, ruling=Ruling(verdict, "Ana", "2023-03-09T10:00:00Z"))]  # type: ignore[arg-type]
    assert toll(told, "as-said").best == 8


def test_a_rejected_claim_replaces_nothing() -> None:
    first, later = said("8 people", POLICE), said("80 people", POLICE, ruling=rejected())
    assert toll([first, later], "as-said", [stands(later, "supersedes", first)]).best == 8


def test_a_correction_takes_the_repeats_of_the_first_figure_with_it() -> None:
    first = said("8 people", POLICE, outlet="Night Desk")
    again = said("8 people", POLICE, outlet="Lirna Post")
    print_of_it = said("8 people", outlet="Harbour Review")
    later = said("11 people", POLICE, day="2023-03-06")
    relations = [stands(later, "supersedes", first), stands(print_of_it, "repeats", again)]
    found = toll([first, again, print_of_it, later], "as-said", relations)
    assert (found.low, found.high) == (11, 11)
    assert {one.reason for one in found.aside} == {
        "Dresk police later changed it to “11 people”.",
        "Harbour Review later changed it to “11 people”.",
    }


def test_a_figure_that_is_given_again_after_its_correction_stands() -> None:
    first = said("8 people", POLICE, outlet="Night Desk")
    later = said("11 people", POLICE, day="2023-03-06")
    back = said("8 people", POLICE, outlet="Lirna Post", day="2023-03-09")
    relations = [stands(later, "supersedes", first), stands(back, "supersedes", later)]
    assert toll([first, later, back], "as-said", relations).best == 8


def test_claims_that_replace_each_other_both_stand() -> None:
    a, b = said("8 people", POLICE), said("11 people", POLICE)
    found = toll([a, b], "as-said", [stands(a, "supersedes", b), stands(b, "supersedes", a)])
    assert (found.low, found.high) == (8, 11)


def test_a_claim_given_twice_counts_once() -> None:
    one = said("Ilan Moss", POLICE)
    assert toll([one, one], "as-said").low == 1


def test_denials_and_doubts_are_told_and_count_for_nothing() -> None:
    told = [
        said("8 people", POLICE),
        said("8 people", KARSK, stance="denies"),
        said("40 people", MAYOR, stance="doubts"),
    ]
    found = toll(told, "as-said")
    assert (found.low, found.high) == (8, 8)
    assert {one.reason for one in found.aside} == {
        "Karsk's Ministry of Defence denies it, and a denial gives no figure of its own.",
        "The mayor of Dresk doubts it, and a doubt gives no figure of its own.",
    }


def test_a_running_total_counts_in_a_period_and_not_in_an_event() -> None:
    told = [said("8 people", POLICE), said("230 people", MONITOR, scope="cumulative")]
    assert toll(told, "as-said").best == 8
    assert toll(told[1:], "as-said").best is None
    assert toll(told[1:], "as-said", scope="period").best == 230


def test_a_part_whose_whole_was_replaced_leaves_the_rest_open() -> None:
    whole, part = said("14 people", POLICE), said("two tourists", POLICE)
    gone = said("no number yet", POLICE, stance="denies", id="withdrawn")
    relations = [stands(part, "part_of", whole), stands(gone, "supersedes", whole)]
    found = toll([whole, part, gone], "as-said", relations)
    assert (found.low, found.best, found.high) == (2, None, None)
    assert "No figure for the whole stands; what is counted is a part of it." in found.left_open


def test_a_repeat_of_a_part_of_a_part_changes_nothing() -> None:
    """Found by hypothesis: which group a part of a part counts hung on how its id sorts among the others."""
    total = said("40 people", POLICE, id="c2", status="civilian", scope="cumulative")
    some, few = said("5 people", POLICE, id="c3"), said("3 people", POLICE, id="c1")
    parts = [stands(few, "part_of", some), stands(some, "part_of", total)]
    repeat = said("3 people", POLICE, id="the repeat")
    found = tolls([total, some, few, repeat], "acled-conservative", [*parts, stands(repeat, "part_of", some)])
    expected = tolls([total, some, few], "acled-conservative", parts)
    assert [(one.status, numbers(one)) for one in found] == [(one.status, numbers(one)) for one in expected]


def test_a_source_that_repeats_another_is_no_second_origin() -> None:
    first, second = said("8 people", POLICE), said("8 people", outlet="Lirna Post")
    assert toll([first, second], "ecc-defer").label == "corroborated"
    assert toll([first, second], "ecc-defer", [stands(second, "repeats", first)]).label == "uncorroborated"


def test_an_agency_that_repeats_two_sources_does_not_make_them_one() -> None:
    police, hospital = said("8 people", POLICE), said("8 people", HOSPITAL)
    a = said("8 people", origin="Sarn Press", outlet="Night Desk")
    b = said("9 people", origin="Sarn Press", outlet="Lirna Post")
    relations = [stands(a, "repeats", police), stands(b, "repeats", hospital)]
    assert toll([police, hospital, a], "ecc-defer", relations).label == "corroborated"


def test_names_of_sources_are_compared_without_case_and_article() -> None:
    told = [said("8 people", "The provincial council"), said("8 people", "the Provincial  Council")]
    assert toll(told, "ecc-defer").label == "uncorroborated"


def test_nothing_said_gives_no_toll() -> None:
    assert tolls([], "as-said") == ()
    assert all(tolls([], policy) == () for policy in POLICIES)


def test_a_rule_that_does_not_exist_is_told_with_what_is_near() -> None:
    with pytest.raises(UsageError, match="Did you mean ucdp-best-low-high"):
        named("ucdp-best-low-hihg")
    with pytest.raises(UsageError, match="The rules are as-said, "):
        tolls([], "zzz")


def test_an_explanation_quotes_the_words_and_says_where_they_stand() -> None:
    first = said("30 to 40 bodies", HOSPITAL, outlet="Lirna Post")
    later = said("34 bodies", HOSPITAL, outlet="Lirna Post", day="2023-03-11")
    told = [first, later, said("17 soldiers", VELMORA, status=FIGHTERS, outlet="Night Desk", day="2023-03-05T08:00")]
    found = explain(toll(told, "ecc-hierarchy", [stands(later, "supersedes", first)]), told)
    assert [one.words for one in found.decided] == ["Dresk hospital: “34 bodies” (Lirna Post, 11 Mar 2023)"]
    assert [(one.words, one.reason) for one in found.aside] == [
        (
            "Dresk hospital: “30 to 40 bodies” (Lirna Post, 4 Mar 2023)",
            "Dresk hospital later changed it to “34 bodies”.",
        ),
        (
            "Velmora's Ministry of Defence: “17 soldiers” (Night Desk, 5 Mar 2023)",
            "A source that ranks above it gives a figure.",
        ),
    ]


def test_a_toll_says_which_rule_and_incident_it_is_of() -> None:
    (one,) = tolls([said("8 people", POLICE)], "gtd-recent-majority-lowest", incident="dresk-2023")
    assert (one.policy, one.version, one.incident) == ("gtd-recent-majority-lowest", "1", "dresk-2023")


def test_a_short_form_is_the_source_that_the_report_names_in_full() -> None:
    told = [
        said("17 soldiers", "ministry", voice="one text"),
        said("at least 17 soldiers", VELMORA, voice="one text"),
        said("over 100 soldiers", KARSK, voice="one text"),
    ]
    assert toll(told[:2], "ecc-defer").label == "uncorroborated"
    assert toll(told, "ecc-majority").best is None
    assert toll([told[0], said("17 soldiers", VELMORA)], "ecc-defer").label == "corroborated"


def test_a_side_that_nothing_tells_apart_is_everybody() -> None:
    told = [
        said("17 soldiers", VELMORA, status=FIGHTERS),
        said("over 100 soldiers", KARSK, status=FIGHTERS, side="velmora"),
        said("34 bodies", HOSPITAL),
    ]
    whole = toll(told, "as-said")
    for status, side in (("combatant", None), (None, "velmora"), ("combatant", "velmora")):
        part = toll(told, "as-said", status=status, side=side)  # type: ignore[arg-type]
        assert (part.low, part.high) == (whole.low, whole.high) == (17, None)
