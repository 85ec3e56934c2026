"""Figures in words, and which of them may stand side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export import sides, wording
from sayso.records import Claim, Qualifier

BASE = Claim("c", 0, 2, "17", "killed", "count", 17, 17, "exact", None, place="Orlec", date_from="2020-05-04")


def said(source: str | None, low: int | None, high: int | None, **changes: object) -> Claim:
    return replace(BASE, source=source, low=low, high=high, **changes)  # type: ignore[arg-type]  # any field of a claim


def lines(*claims: Claim) -> list[str]:
    return [
        f"{line.label}: " + " · ".join(f"{', '.join(side.figures)} {side.source}" for side in line.sides)
        for line in sides.lines(claims)
    ]


A = said("Ministry of A", 17, 17)
B = said("Ministry of B", 100, None, qualifier="at_least", phrase="more_than")
DOCTORS = said("local doctors", 30, 40, qualifier="between", phrase="between")


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "phrase", "words"),
    [
        (17, 17, "exact", None, "17"),
        (4200, 4200, "exact", None, "4,200"),
        (10, None, "at_least", "at_least", "10 or more"),
        (100, None, "at_least", "more_than", "over 100"),
        (None, 40, "at_most", "up_to", "up to 40"),
        (None, 40, "at_most", "fewer_than", "under 40"),
        (20, 20, "about", "around", "about 20"),
        (30, 40, "between", "between", "30–40"),
        (24, 99, "vague", "dozens", "dozens"),
        (2000, 9999, "vague", "several_thousand", "several thousand"),
        (2, None, "vague", "plural", "some"),
        (2, None, "vague", None, "2 or more"),
        (0, 0, "exact", "no", "none"),
        (None, None, "vague", None, "a number not stated"),
    ],
)
def test_figures_in_words(
    low: int | None, high: int | None, qualifier: Qualifier, phrase: str | None, words: str
) -> None:
    assert wording.figure(said(None, low, high, qualifier=qualifier, phrase=phrase)) == words


@given(
    st.none() | st.integers(0, 10**7),
    st.none() | st.integers(0, 10**7),
    st.sampled_from(["exact", "at_least", "at_most", "about", "between", "vague"]),
)
def test_what_is_not_known_is_never_shown_as_0(low: int | None, high: int | None, qualifier: Qualifier) -> None:
    assert wording.figure(said(None, low, high, qualifier=qualifier)) != "0"


@given(st.none() | st.dates().map(str) | st.text(), st.none() | st.dates().map(str) | st.text())
def test_any_days_can_be_said(first: str | None, last: str | None) -> None:
    assert wording.when(first, last)


@given(st.text())
def test_nothing_shown_can_steer_a_terminal(text: str) -> None:
    shown = wording.shown(text + "\x1b[2J\u202e\u2066\x9b31m\r\udc80")
    assert shown.isprintable() or not any(character < " " or "\x7f" <= character <= "\x9f" for character in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\n\r\t")
    shown.encode("utf-8")


def test_rival_figures_stand_side_by_side() -> None:
    assert lines(A, B, DOCTORS) == ["killed: 17 Ministry of A · over 100 Ministry of B · 30–40 local doctors"]


def test_other_harms_places_days_and_countries_are_no_rivals() -> None:
    for change in ({"harm": "injured"}, {"place": "Tamm"}, {"date_from": "2020-05-05"}, {"country": "BG"}):
        assert lines(A, said("Ministry of B", 100, 100, **change)) == []


def test_where_nothing_tells_the_incident_nothing_is_compared() -> None:
    assert lines(replace(A, place=None, date_from=None), replace(B, place=None, date_from=None)) == []


def test_sources_that_agree_have_no_line_and_one_source_is_one_however_written() -> None:
    assert lines(A, said("local doctors", 17, 17)) == []
    assert lines(said("the ministry", 18, 18), said("The Ministry", 19, 19)) == []


def test_denials_zeros_and_the_reports_own_voice_are_named() -> None:
    assert lines(said(None, 17, 17), said("the army", 17, 17, stance="denies")) == [
        "killed: 17 the report · denies 17 the army"
    ]
    assert lines(A, said("the army", 0, 0, kind="zero")) == ["killed: 17 Ministry of A · none the army"]
    plural = said("the army", 2, None, kind="vague", qualifier="vague", phrase="plural", stance="denies")
    assert lines(A, plural) == ["killed: 17 Ministry of A · denies any the army"]


def test_several_figures_of_one_source_say_of_whom() -> None:
    claims = [replace(A, victims="people"), said("Ministry of A", 3, 3, victims="children"), B]
    assert lines(*claims) == ["killed: 17 (people), 3 (children) Ministry of A · over 100 Ministry of B"]


def test_running_totals_never_share_a_line_with_incidents() -> None:
    total = said("the register", 4200, 4200, scope="cumulative")
    assert lines(A, total, B) == [
        "killed: 17 Ministry of A · over 100 Ministry of B",
        "running total: killed: 4,200 the register",
    ]


def test_lines_of_several_incidents_say_which() -> None:
    there = {"place": "Tamm", "date_from": "2020-05-06", "date_to": "2020-05-06"}
    assert lines(A, B, said("police", 2, 2, **there), said("the mayor", 3, 3, **there)) == [
        "killed, Orlec, from 4 May 2020: 17 Ministry of A · over 100 Ministry of B",
        "killed, Tamm, 6 May 2020: 2 police · 3 the mayor",
    ]


def test_single_people_are_no_toll() -> None:
    assert lines(A, said("police", 1, 1, kind="individual")) == []
