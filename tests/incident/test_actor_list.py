"""Lists of actors: the shipped one, and what users write."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from sayso.claim.countries import Countries
from sayso.claim.gazetteer import Gazetteer
from sayso.events import ActorKind
from sayso.incident.actor_list import read_actors, shipped
from sayso.incident.actors import Actors

if TYPE_CHECKING:
    from pathlib import Path

VELMORA = """
[sides]
VE = "Velmora"

[[actor]]
id = "velmora-defence-ministry"
name = "Velmora's Ministry of Defence"
kind = "military"
side = "Velmora"
aliases = ["VMoD", "Velmoran defence ministry"]
speakers = ["Ilva Dorn"]

[[actor]]
name = "Border Conflict Register"
kind = "monitor"
short = ["the Register"]
"""


def test_the_shipped_list_is_in_order() -> None:
    listed = shipped().actors
    assert len(listed) > 150
    assert {one.actor.kind for one in listed.values()} <= set(get_args(ActorKind))
    names = [name for one in listed.values() for name in {one.actor.name, *one.actor.aliases, *one.speakers}]
    assert len(set(names)) == len(names), "two actors share a name, so neither is found by it"


def test_every_name_of_the_shipped_list_is_taken_for_its_actor() -> None:
    actors = Actors(shipped(), Countries(Gazetteer()))
    wrong = [
        (name, found.reason)
        for one in shipped().actors.values()
        for name in (*one.actor.aliases, *one.speakers)
        if (found := actors.resolve(name)).actor != one.actor
    ]
    assert wrong == []


def test_a_users_list_adds_actors_and_takes_the_place_of_shipped_ones(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(VELMORA + '[[actor]]\nid = "sohr"\nname = "The Observatory"\nkind = "ngo"\n', encoding="utf-8")
    listed, problems = read_actors([file])
    assert problems == ()
    actors = Actors(listed, Countries(Gazetteer()))
    for name in ("VMoD", "Velmoran defence ministry", "ministry spokeswoman Ilva Dorn", "Velmora's Defence Ministry"):
        found = actors.resolve(name).actor
        assert found is not None, name
        assert found.id == "velmora-defence-ministry"
    assert listed.actors["border-conflict-register"].actor.kind == "monitor"
    assert listed.actors["sohr"].actor.kind == "ngo"
    assert listed.sides["VE"] == "Velmora"


@pytest.mark.parametrize("listed_as", ["the emergency office", "emergency office"])
def test_a_listed_body_without_a_name_of_its_own_is_found(tmp_path: Path, listed_as: str) -> None:
    """A desk that follows one town may list "the emergency office"; the article makes no other body of it."""
    file = tmp_path / "ours.toml"
    file.write_text(f'[[actor]]\nname = "{listed_as}"\nkind = "rescue"\n', encoding="utf-8")
    actors = Actors(read_actors([file])[0], Countries(Gazetteer()))
    for name in ("the emergency office", "The emergency office", "emergency office", "Emergency Office"):
        found = actors.resolve(name).actor
        assert found is not None, name
        assert found.name == listed_as
    assert actors.resolve("the office").actor is None


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('name = "X"\nkind = "army"', "no kind of actor"),
        ('kind = "ngo"', "no name"),
        ('name = ""\nkind = "ngo"', "no name"),
        ("name = 7\nkind = 'ngo'", "no name"),
        ('name = "X"\nkind = ["ngo"]', "no kind of actor"),
        ('name = "X"\nkind = "ngo"\nid = "Not Kebab"', "not in kebab-case"),
        ('name = "X"\nkind = "ngo"\nid = 4', "not in kebab-case"),
        ('name = "X"\nkind = "ngo"\ncountry = "Syria"', "two-letter country code"),
        ('name = "X"\nkind = "ngo"\naliases = "Y"', "aliases are no list"),
        ('name = "X"\nkind = "ngo"\nspeakers = [1]', "speakers are no list"),
        ('name = "X"\nkind = "ngo"\ncolour = "red"', "no key of an actor"),
        ('name = "X"\nkind = "ngo"\nside = ["a"]', "side cannot be used"),
        ('name = "+"\nkind = "ngo"', "kebab-case"),
    ],
)
def test_an_entry_that_makes_no_sense_is_told_and_loses_nothing_of_the_rest(
    entry: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(f'[[actor]]\n{entry}\n[[actor]]\nname = "Well Named"\nkind = "ngo"\n', encoding="utf-8")
    listed, (problem,) = read_actors([file])
    assert (problem.code, problem.where) == ("bad-actor", f"{file}, actor 1")
    assert said in problem.what
    assert "well-named" in listed.actors


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"\xff\xfe", "actors-unreadable"),
        (b"[[actor", "actors-unreadable"),
        (b"a = " + b"[" * 100_000, "actors-unreadable"),
        (b"x" * 5_000_001, "actors-unreadable"),
        (b"actor = 3", "bad-actor"),
        (b"sides = 3", "bad-actor"),
        (b"[sides]\nSyria = 'x'", "bad-actor"),
        (b"[actors]\nx = 1", "bad-actor"),
        (b"actor = [1, 2]", "bad-actor"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_the_shipped_list_holds(body: bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_bytes(body)
    listed, problems = read_actors([file, tmp_path / "missing.toml"])
    assert problems[0].code == code
    assert (problems[-1].code, problems[-1].where) == ("actors-unreadable", str(tmp_path / "missing.toml"))
    assert listed.actors == shipped().actors


def test_many_bad_entries_are_summed_up(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text("[[actor]]\n" * 50, encoding="utf-8")
    _, problems = read_actors([file])
    assert len(problems) == 21
    assert problems[-1].what == "30 more of its entries were left out."
