"""Levels of sources: those that come with the program, and a user's own file."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.events import ActorKind
from sayso.reconcile import POLICIES, rank
from tests.reconcile.told import FIGHTERS, HOSPITAL, KARSK, MONITOR, POLICE, RIDGE, VELMORA, said, toll

if TYPE_CHECKING:
    from pathlib import Path


def test_every_kind_of_source_has_a_level_with_a_reason() -> None:
    levels = rank.shipped().kinds
    assert set(levels) == {*get_args(ActorKind), "unknown"}
    assert all(1 <= level.number <= 5 and level.why for level in levels.values())


def test_limits_are_those_of_rules_that_exist() -> None:
    assert set(rank.shipped().limits) <= set(POLICIES)


def test_a_party_is_trusted_less_about_losses_and_harm() -> None:
    level = rank.shipped().level
    own = said("17 soldiers", VELMORA, status=FIGHTERS, side="velmora")
    enemy = said("60 soldiers", VELMORA, status=FIGHTERS, side="karsk")
    boast = said("60 gunmen", VELMORA, status=FIGHTERS, perpetrator=VELMORA)
    harm = said("2 villagers", RIDGE, status="civilian", perpetrator=RIDGE)
    plain = said("9 people", VELMORA)
    somebody_s = said("17 soldiers", VELMORA, status=FIGHTERS)
    outsider = said("60 soldiers", POLICE, status=FIGHTERS, side="karsk")
    assert level(plain).number < level(own).number < level(enemy).number
    assert level(somebody_s).number == level(own).number
    assert level(boast).number == level(enemy).number
    assert level(harm).number == 5 or level(harm).number > level(own).number
    assert level(outsider).number == 3
    assert "their own forces" in level(own).why


def test_a_source_that_nobody_could_place_and_the_report_itself_have_levels() -> None:
    level = rank.shipped().level
    assert level(said("8 people", "an aide")) == rank.shipped().kinds["unknown"]
    assert level(said("8 people")) == rank.shipped().kinds["media"]


def test_a_file_changes_levels_and_leaves_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "ranks.toml"
    file.write_text(
        '[kinds.police]\nlevel = 1\nwhy = "counts in person"\n'
        '[sources."lirna-monitor"]\nlevel = 4\n'
        '[sources."The Aide"]\nlevel = 1\n'
        "[bias.own_losses]\nadd = 0\n"
        "[limits]\nibc-min-max = 2\n"
        '[acled]\nat_war = ["SD"]\n',
        encoding="utf-8",
    )
    ranks, problems = rank.load(file)
    assert problems == ()
    assert ranks.level(said("8 people", POLICE)) == (1, "counts in person")
    assert ranks.level(said("8 people", MONITOR)).number == 4
    assert ranks.level(said("8 people", "the aide")).number == 1
    assert ranks.level(said("8 people", HOSPITAL)) == rank.shipped().level(said("8 people", HOSPITAL))
    assert ranks.level(said("8 soldiers", VELMORA, status=FIGHTERS, side="velmora")).number == 3
    assert ranks.limits["ibc-min-max"] == 2
    assert ranks.limits["ucdp-best-low-high"] == rank.shipped().limits["ucdp-best-low-high"]
    assert ranks.at_war == {"SD"}
    told = [said("8 people", POLICE), said("9 people", MONITOR)]
    assert toll(told, "ecc-hierarchy").best == 9
    assert toll(told, "ecc-hierarchy", ranks=ranks).best == 8


@pytest.mark.parametrize(
    "text",
    [
        "kinds = 3",
        "[kinds.police]\nlevel = 0",
        "[kinds.police]\nlevel = 9",
        "[kinds.police]\nlevel = true",
        "[kinds.police]\nlevel = 'first'",
        "[kinds.police]\nlevel = 2\nwhy = 7",
        "[kinds.police]\nlevel = 2\ncolour = 'red'",
        "[kinds]\npolice = 2",
        "[kinds.constables]\nlevel = 2",
        "[bias.weather]\nadd = 1",
        "[bias.own_losses]\nlevel = 1",
        "[limits]\nibc = 3",
        "[limits]\nibc-min-max = 'low'",
        "[acled]\nat_war = 'SD'",
        "[acled]\nat_war = ['Sudan']",
        "[acled]\nwar = ['SD']",
        "[colours]\nred = 1",
    ],
)
def test_what_makes_no_sense_is_told_and_changes_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "ranks.toml"
    file.write_text(text, encoding="utf-8")
    ranks, problems = rank.load(file)
    assert ranks == rank.shipped()
    assert [problem.code for problem in problems] == ["unusable-rank"]
    assert problems[0].where == str(file)


@pytest.mark.parametrize("body", [b"[kinds", b"\xff\xfe", b"a = " + b"[" * 10_000, b"# " + b"x" * 2_000_000])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "ranks.toml"
    file.write_bytes(body)
    ranks, problems = rank.load(file)
    assert ranks == rank.shipped()
    assert [problem.code for problem in problems] == ["ranks-unreadable"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    ranks, problems = rank.load(tmp_path / "none.toml")
    assert ranks == rank.shipped()
    assert "No such file" in problems[0].what


@given(st.sampled_from([None, POLICE, KARSK, VELMORA, RIDGE]), st.sampled_from(["civilian", "combatant", "unknown"]))
def test_a_level_is_from_1_to_5_with_a_reason(source: object, status: str) -> None:
    level = rank.shipped().level(said("8 people", source, status=status, side="karsk", perpetrator=KARSK))  # type: ignore[arg-type]
    assert 1 <= level.number <= 5
    assert level.why
