"""Prints of one text are found in whatever order they come, and nothing else is taken for one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.printed import PRINTS, drawing, lookalikes, report, reports
from sayso.find.compared import FEWEST_WORDS, compared
from sayso.find.copies import Copies
from sayso.find.likeness import are_copies, likeness
from sayso.find.sketches import Sketches, hashes
from sayso.records import CopyGroup, Report

if TYPE_CHECKING:
    import random

SEEDED = 150


def grouped(some: list[Report]) -> tuple[CopyGroup, ...]:
    copies = Copies()
    for one in some:
        copies.add(one)
    return copies.comparison().groups


@cache
def desk() -> list[Report]:
    """Reports of twelve events with prints of most of them, three of one text among them, as a day's work has them."""
    draw = drawing(5)
    found: list[Report] = []
    for number, one in enumerate(reports(5, 12)):
        found.append(one)
        ways = draw.sample(sorted(PRINTS), number % 4)
        found += [replace(PRINTS[way][0](draw, one), id=f"{one.id} {way}") for way in ways]
    return found


def test_the_same_text_gives_the_same_numbers_on_every_machine() -> None:
    # Were these to change, an index kept on disk would no longer find what it holds.
    words = [f"{value:016x}" for value in hashes(["nine", "died", "в", "огне"]).tolist()]
    assert words == ["3f4723234831cc69", "7ba8a4d9a4675efc", "5be37cb24bca2ff9", "b2f80d0db54a0303"]
    text = compared(" ".join(f"Nine people died on day {number} off Orra." for number in range(8)))
    assert text is not None
    assert [f"{value:016x}" for value in text.runs[:2].tolist()] == ["ac7918d9577f1994", "e829762c434f9f22"]
    assert Sketches().sketch(text.runs).digest()[:4] == [3267746941, 3236675716, 3283665373, 3321721072]


@pytest.mark.parametrize("way", PRINTS)
def test_seeded_copies_are_found_among_others(way: str) -> None:
    draw = drawing(way)
    known = list(reports(17, SEEDED))
    copies = Copies()
    for one in known:
        copies.add(one)
    met = [copies.copies_of(PRINTS[way][0](draw, one)) for one in known]
    recall = sum(one in found for one, found in zip(known, met, strict=True)) / SEEDED
    assert recall >= 0.95
    assert all(set(found) <= {one} for one, found in zip(known, met, strict=True)), "no other report is called a copy"


def test_reports_that_only_look_alike_are_no_copies() -> None:
    draw = drawing(23)
    called: Counter[str] = Counter()
    frames = 0
    for _ in range(100):
        for kind, one, other in lookalikes(draw):
            called[kind] += len(grouped([one, replace(other, id="other")])) > 0
            first, second = compared(one.text), compared(other.text)
            if first and second:
                frames += likeness(first, second).shared >= 0.6
    assert not +called
    assert frames > 100, "many of these share most of their words, so that only what they are about parts them"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ferry sinks off Orra",
        "Ferry sinks off Orra\n\nNine dead, say police\n\nPhoto: A. Borin\n\n"
        + "Another headline about a storm\n\n" * 30,
        "This page keeps small files on your machine. Whoever writes to us lets us print the letter, cut or whole. "
        * 9,
        "Nine people died when the ferry sank off Orra on Monday, the coast guard said.",
    ],
)
def test_what_tells_nothing_is_compared_with_nothing(text: str) -> None:
    one = Report("a", text)
    found = Copies()
    found.add(one)
    found.add(replace(one, id="b"))
    comparison = found.comparison()
    assert comparison.groups == ()
    assert [report.id for report in comparison.too_short] == ["a", "b"]
    assert found.copies_of(one) == ()


def test_a_common_footer_makes_no_copies_of_short_reports() -> None:
    footer = "\n\nThe Harbour Review belongs to its readers and takes no money from parties. " * 6
    one = Report("a", report(drawing(1), sentences=4).text + footer)
    other = Report("b", report(drawing(2), sentences=4).text + footer)
    assert grouped([one, other]) == ()


@given(st.randoms(use_true_random=False), st.integers(0, 40))
@settings(max_examples=25, deadline=None)
def test_groups_and_their_names_do_not_depend_on_the_order(order: random.Random, left_out: int) -> None:
    some = [one for number, one in enumerate(desk()) if number != left_out]
    expected = grouped(some)
    shuffled = order.sample(some, len(some))
    assert grouped(shuffled) == expected
    assert len({group.id for group in expected}) == len(expected)


def test_every_report_is_in_at_most_one_group() -> None:
    members = [one.id for group in grouped(desk()) for one in (group.first, *(copy.report for copy in group.copies))]
    assert len(members) == len(set(members)) > 12


@given(st.lists(st.sampled_from(["a ", "в ", "死", "died ", "17 ", ". ", "\n\n", "\u0301", "\ud800"]), max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_compared(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = Copies()
    found.add(Report("a", text))
    found.add(Report("b", text + " x"))
    one, other = compared(text), compared(text + " x")
    assert (one is None) or (other is not None)
    if one and other:
        assert likeness(one, other) == likeness(other, one)
        assert are_copies(one, one)
    found.comparison()


def test_the_agencys_own_report_leads_its_group_and_without_it_the_first() -> None:
    agencys = replace(next(reports(3, 1)), id="wire", published="2023-05-02")
    paper = replace(agencys, id="paper", outlet="The Harbour Review", published="2023-05-01")
    later = replace(agencys, id="later", outlet="The Ledger", published="2023-05-03")
    undated = replace(agencys, id="undated", outlet="Valley Star", published=None)
    (group,) = grouped([later, undated, paper, agencys])
    assert (group.first.id, group.lead) == ("wire", "agency")
    assert [copy.report.id for copy in group.copies] == ["paper", "later", "undated"]
    assert group.origin == agencys.origin
    (group,) = grouped([later, undated, paper])
    assert (group.first.id, group.lead) == ("paper", "earliest")
    (group,) = grouped([undated, replace(undated, id="again")])
    assert group.lead == "undated"


def test_a_roundup_of_two_texts_does_not_make_one_voice_of_them() -> None:
    one, other = reports(29, 2)
    roundup = replace(one, id="roundup", text=f"{one.text}\n\n{other.text}", published="2024-01-01")
    groups = grouped([roundup, one, other])
    assert len(groups) == 1
    assert one not in {copy.report for copy in groups[0].copies} or groups[0].first != other
    ids = {groups[0].first.id, *(copy.report.id for copy in groups[0].copies)}
    assert not {one.id, other.id} <= ids


def test_a_text_in_scripts_without_spaces_is_compared_sign_by_sign() -> None:
    text = "三月十五日，德雷斯克镇一所学校遭到导弹袭击，造成十七名新兵死亡，四十六人受伤，国防部周三表示。" * 2
    (group,) = grouped([Report("a", text), Report("b", text + "记者无法核实这些数字。")])
    assert len(group.copies) == 1


def test_a_print_in_capitals_is_a_copy() -> None:
    one = next(reports(31, 1))
    (group,) = grouped([one, replace(one, id="capitals", text=one.text.upper())])
    assert group.copies[0].shared > 0.95


@given(st.lists(st.sampled_from(desk()), min_size=2, max_size=2), st.integers(50, 3000))
@settings(max_examples=60, deadline=None)
def test_the_quick_way_says_the_same_as_the_whole_measure(pair: list[Report], end: int) -> None:
    one, other = compared(pair[0].text), compared(pair[1].text[:end])
    if one and other:
        assert are_copies(one, other) == are_copies(other, one) == likeness(one, other).is_copy


def test_forty_words_are_enough_and_fewer_are_not() -> None:
    told = " ".join(f"word{number}" for number in range(FEWEST_WORDS))
    assert compared(f"{told}.") is not None
    assert compared(told.rpartition(" ")[0] + ".") is None
