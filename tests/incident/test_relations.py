"""How claims of one incident stand to each other, and the range of what was said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.events import Actor, Range, Victims
from sayso.incident.figures import ranges
from sayso.incident.relations import relations
from tests.incident.claims import REJECTED, heading, kept

if TYPE_CHECKING:
    from sayso.events import Kept
    from sayso.records import Harm

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


def test_a_range_holds_what_each_report_says_of_all_and_an_open_end_says_that_it_may_be_more() -> None:
    first = kept(heading("a"), "17 soldiers", ONE)
    second = kept(heading("b"), "30 soldiers", "At least 30 soldiers died.", low=30)
    third = kept(heading("c"), "34 soldiers", "34 soldiers died.")
    assert ranges([[first], [second]]) == {"killed": Range(17, 30, more=True)}
    assert ranges([[first], [second], [third]]) == {"killed": Range(17, 34)}


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
    assert ranges([[dead], [hurt]]) == {"killed": Range(None, 1), "injured": Range(None, 1)}


VELMORA = Actor("velmora-defence-ministry", "Ministry of Defence (Velmora)", "military", "Velmora")
SARNOVIA = Actor("sarnovia-armed-forces", "Armed forces (Sarnovia)", "military", "Sarnovia")


def test_more_dead_on_a_later_day_are_no_dispute_but_fewer_are_and_so_are_many_times_as_many() -> None:
    first = kept(heading("a", "2023-03-14"), "17 people", "17 people died.", source="the mayor")
    more = kept(heading("b", "2023-03-15"), "20 people", "20 people died.", source="a doctor")
    fewer = kept(heading("c", "2023-03-16"), "9 people", "9 people died.", source="a colonel")
    many = kept(heading("d", "2023-03-15"), "90 people", "90 people died.", source="a blogger")
    assert kinds([first], [more]) == []
    assert kinds([first], [fewer]) == [("contradicts", fewer.claim.id, first.claim.id)]
    assert kinds([first], [many]) == [("contradicts", many.claim.id, first.claim.id)]


def test_hours_count_where_reports_give_them() -> None:
    first = kept(heading("a", "2023-03-14T09:00"), "17 people", "17 people died.", source="the mayor")
    later = kept(heading("b", "2023-03-14T15:00"), "20 people", "20 people died.", source="a doctor")
    same = kept(heading("c", "2023-03-14"), "20 people", "20 people died.", source="a doctor")
    assert kinds([first], [later]) == []
    assert [kind for kind, _, _ in kinds([first], [same])] == ["contradicts"]


def test_rival_sides_contradict_each_other_on_any_day() -> None:
    first = replace(kept(heading("a", "2023-03-14"), "17 soldiers", ONE), source=VELMORA)
    second = replace(kept(heading("b", "2023-03-16"), "40 soldiers", ONE.replace("17", "40")), source=SARNOVIA)
    (found,) = relations([[first], [second]])
    assert found.kind == "contradicts"
    assert found.reason == (
        "Armed forces (Sarnovia): 40 killed. Ministry of Defence (Velmora): 17 killed. Both cannot hold."
    )


def test_losses_of_two_sides_do_not_contradict_each_other() -> None:
    ours = replace(kept(heading("a"), "2 soldiers", "2 soldiers died."), victims=Victims(side="Velmora"))
    theirs = replace(kept(heading("b"), "11 soldiers", "11 soldiers died."), victims=Victims(side="Sarnovia"))
    assert kinds([ours], [theirs]) == []


def test_the_missing_may_become_fewer_and_the_injured_change() -> None:
    def told(name: str, day: str, quote: str, harm: Harm) -> Kept:
        return kept(heading(name, day), quote, f"{quote} it was said.", harm=harm, source=name)

    assert (
        kinds([told("a", "2023-03-14", "30 people", "missing")], [told("b", "2023-03-15", "9 people", "missing")]) == []
    )
    before = told("a", "2023-03-14", "46 people", "injured")
    assert kinds([before], [told("b", "2023-03-15", "38 people", "injured")]) == []
    assert len(kinds([before], [told("b", "2023-03-15", "5 people", "injured")])) == 1


def test_those_who_came_to_it_are_no_figure_of_all() -> None:
    first = kept(heading("a", "2023-03-14"), "17 people", "17 people died.", source="the mayor")
    more = kept(heading("b", "2023-03-15"), "2 more people", "2 more people died.", source="the mayor")
    assert kinds([first], [more]) == []


def test_a_much_lower_figure_of_one_source_counts_some_and_takes_nothing_back() -> None:
    first = kept(heading("a", "2023-03-14"), "31 people", "31 people were hurt.", harm="injured", source="police")
    some = kept(heading("b", "2023-03-16"), "2 people", "2 people hurt have died.", harm="injured", source="police")
    assert "supersedes" not in {kind for kind, _, _ in kinds([first], [some])}


def test_figures_of_one_sentence_that_add_up_to_one_before_are_parts_of_it_in_copies_too() -> None:
    def story(name: str) -> list[Kept]:
        report = heading(name, "2023-03-14", voice="a")
        text = "A clerk and 2 guests died at once."
        parts = [kept(report, "A clerk", text, at=40, source="police"), kept(report, "2 guests", text, at=40)]
        return [kept(report, "3 people", "3 people died.", source="police"), *parts]

    (whole, clerk, guests), (copy, *parts) = story("a"), story("b")
    assert kinds([whole, clerk, guests]) == [
        ("part_of", clerk.claim.id, whole.claim.id),
        ("part_of", guests.claim.id, whole.claim.id),
    ]
    alone = kinds([whole, clerk, guests], parts)
    assert {kind for kind, _, _ in alone} == {"part_of", "repeats"}
    assert copy.claim.id not in {claim for _, claim, _ in alone}


def none(name: str, quote: str, source: str, status: str = "unknown", day: str = "2023-03-15") -> Kept:
    """Return a claim that none of some people was killed."""
    return kept(
        heading(name, day), quote, f"{quote} were killed.", low=0, high=0, kind="zero", source=source, status=status
    )


CIVILIANS = none("z", "No civilians", "the governor", "civilian")


def test_that_no_civilians_were_killed_is_no_figure_of_everybody() -> None:
    assert ranges([[CIVILIANS]]) == {}
    soldiers = kept(heading("a"), "17 soldiers", ONE, source="the Defence Ministry")
    assert ranges([[CIVILIANS], [soldiers]]) == {"killed": Range(17, 17)}
    assert ranges([[replace(soldiers, report=CIVILIANS.report), CIVILIANS]]) == {"killed": Range(17, 17)}


def test_that_nobody_was_killed_is_zero_of_everybody() -> None:
    assert ranges([[none("a", "No people", "the governor")]]) == {"killed": Range(0, 0)}


def test_no_civilians_contradicts_a_figure_of_civilians_and_none_of_others() -> None:
    people = kept(heading("a"), "9 people", "9 people died.", source="a doctor")
    civilians = kept(heading("a"), "9 civilians", "9 civilians died.", source="a doctor", status="civilian")
    soldiers = kept(heading("a"), "9 soldiers", "9 soldiers died.", source="a doctor", status="combatant")
    assert kinds([people], [CIVILIANS]) == []
    assert kinds([soldiers], [CIVILIANS]) == []
    assert kinds([civilians], [CIVILIANS]) == [("contradicts", CIVILIANS.claim.id, civilians.claim.id)]
    nobody = none("b", "No people", "the governor")
    assert kinds([people], [nobody]) == [("contradicts", nobody.claim.id, people.claim.id)]


def test_a_source_that_says_no_civilians_and_later_nine_people_takes_nothing_back() -> None:
    later = kept(heading("zz", "2023-03-16"), "9 people", "9 people died.", source="the governor")
    assert kinds([CIVILIANS], [later]) == []


def test_no_civilians_and_no_soldiers_of_one_source_do_not_repeat_each_other() -> None:
    soldiers = none("zz", "No soldiers", "the governor", "combatant", "2023-03-16")
    again = none("zzz", "No civilians", "the governor", "civilian", "2023-03-17")
    assert kinds([CIVILIANS], [soldiers]) == []
    assert kinds([CIVILIANS], [again]) == [("repeats", again.claim.id, CIVILIANS.claim.id)]
