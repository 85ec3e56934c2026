"""How claims of one incident stand to each other, and the range of what was said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.events import Range, Victims
from sayso.incident.figures import ranges
from sayso.incident.relations import relations
from tests.incident.claims import REJECTED, heading, kept, told
from tests.incident.grouped import grouped

if TYPE_CHECKING:
    from sayso.events import Kept

ONE = "17 soldiers were killed in Sarvel on Tuesday."


def kinds(*stories: list[Kept]) -> list[tuple[str, str, str]]:
    return [(one.kind, one.claim, one.other) for one in relations(stories)]


def test_a_sources_later_figure_takes_the_place_of_its_earlier_one() -> None:
    early, late = heading("a", "2023-03-14"), heading("b", "2023-03-16")
    first = kept(early, "17 soldiers", ONE, source="the Defence Ministry")
    second = kept(late, "19 soldiers", ONE.replace("17", "19"), source="the Defence Ministry")
    assert kinds([first], [second]) == [("supersedes", second.claim.id, first.claim.id)]


def test_two_sources_whose_figures_cannot_both_hold_contradict_each_other() -> None:
    first = kept(heading("a"), "17 soldiers", ONE, source="the Defence Ministry")
    second = kept(heading("b"), "100 soldiers", "Over 100 soldiers died.", low=100, source="the General Staff")
    assert kinds([first], [second]) == [("contradicts", second.claim.id, first.claim.id)]


def test_at_least_ten_and_twelve_can_both_hold() -> None:
    first = kept(heading("a"), "10 soldiers", "At least 10 soldiers died.", low=10, source="a doctor")
    second = kept(heading("b"), "12 soldiers", "12 soldiers died.", source="the mayor")
    assert kinds([first], [second]) == []


def test_the_same_figure_of_the_same_source_or_text_repeats_the_first() -> None:
    first = kept(heading("a", "2023-03-14"), "17 soldiers", ONE, source="the Defence Ministry")
    second = kept(heading("b", "2023-03-15"), "17 soldiers", ONE, source="the Defence Ministry")
    copy = kept(heading("c", "2023-03-16", voice="b"), "17 soldiers", ONE, source="a ministry")
    assert kinds([first], [second], [copy]) == [
        ("repeats", second.claim.id, first.claim.id),
        ("repeats", copy.claim.id, second.claim.id),
    ]


def test_some_of_those_counted_are_part_of_them() -> None:
    report = heading("a")
    text = "14 people were killed, 2 of them children."
    whole, part = kept(report, "14 people", text), kept(report, "2 of them", text)
    assert kinds([whole, part]) == [("part_of", part.claim.id, whole.claim.id)]
    assert ranges([[whole, part]]) == {"killed": Range(14, 14)}


def test_children_among_others_are_part_of_them_without_such_words() -> None:
    report = heading("a")
    text = "14 people were killed. The dead include 2 boys."
    whole = kept(report, "14 people", text[:22])
    part = replace(kept(report, "2 boys", text[23:], at=23), victims=Victims(age="child"))
    assert kinds([whole, part]) == [("part_of", part.claim.id, whole.claim.id)]


def test_a_denial_contradicts_what_it_denies() -> None:
    said = kept(heading("a"), "9 soldiers", "9 soldiers died.", source="the General Staff")
    denied = kept(heading("b"), "9 soldiers", "9 soldiers died.", source="the ministry", stance="denies")
    assert ("contradicts", denied.claim.id, said.claim.id) in kinds([said], [denied])
    assert ranges([[said], [denied]]) == {"killed": Range(9, 9)}


def test_rejected_claims_have_no_effect() -> None:
    first = kept(heading("a"), "17 soldiers", ONE, source="the Defence Ministry")
    other = kept(heading("b"), "90 soldiers", ONE.replace("17", "90"), source="a blogger", ruling=REJECTED)
    assert kinds([first], [other]) == []
    assert ranges([[first], [other]]) == {"killed": Range(17, 17)}


def test_a_range_holds_what_each_report_says_of_all_and_an_open_end_adds_no_number() -> None:
    first = kept(heading("a"), "17 soldiers", ONE)
    second = kept(heading("b"), "30 soldiers", "At least 30 soldiers died.", low=30)
    assert ranges([[first], [second]]) == {"killed": Range(17, 30)}


def test_people_counted_side_by_side_in_one_sentence_are_added_up() -> None:
    report = heading("a")
    text = "A mother and 2 children were killed."
    claims = [kept(report, "A mother", text, victims="A mother"), kept(report, "2 children", text, victims="children")]
    assert ranges([claims]) == {"killed": Range(2, 3)}


def test_of_five_people_shot_one_fatally_four_or_five_are_injured() -> None:
    report = heading("a")
    text = "5 people were shot, 1 fatally."
    claims = [kept(report, "5 people", text, harm="injured"), kept(report, "1 fatally", text)]
    assert ranges([claims]) == {"killed": Range(1, 1), "injured": Range(4, 5)}


def test_a_person_named_dead_here_and_wounded_there_is_in_the_highest_of_both_and_the_lowest_of_neither() -> None:
    dead = kept(heading("a"), "Firas Juma", "Firas Juma died.", kind="individual", victims="Firas Juma")
    hurt = kept(
        heading("b"), "Firas Juma", "Firas Juma was hurt.", kind="individual", harm="injured", victims="Firas Juma"
    )
    assert ranges([[dead], [hurt]]) == {"killed": Range(0, 1), "injured": Range(0, 1)}


def test_a_total_includes_the_events_of_its_days_and_country_that_its_report_tells_of() -> None:
    report = heading("week", "2023-03-20")
    event = kept(report, "12 people", "12 people were killed on Tuesday.", day="2023-03-14", place="Sarvel")
    before = kept(report, "9 people", "9 people died in January.", day="2023-01-10", place="Odra", at=40, own_day=True)
    total = "In the week 31 people were killed."
    week = kept(report, "31 people", total, day="2023-03-13", date_to="2023-03-19", at=80, scope="cumulative")
    found = {one.scope: one for one in grouped([told(report, event, before, week)])}
    (relation,) = found["period"].relations
    assert (relation.kind, relation.claim, relation.other) == ("includes", week.claim.id, event.claim.id)
