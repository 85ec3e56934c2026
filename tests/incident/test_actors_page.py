"""docs/actors.md against the code."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from sayso.events import ActorKind
from sayso.incident.actor_list import read_actors
from sayso.pipeline import known_actors
from sayso.settings import ActorFiles, load

PAGE = (Path(__file__).parents[2] / "docs" / "actors.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def rows(heading: str) -> list[str]:
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([\w.]+)` \|", section, re.MULTILINE)


def test_every_kind_key_and_setting_is_told_and_no_other() -> None:
    assert rows("Kinds") == list(get_args(ActorKind))
    told = rows("Your own list")
    settings = [f"actors.{one.name}" for one in fields(ActorFiles)]
    assert told == ["id", "name", "kind", "side", "country", "aliases", "short", "speakers", *settings]


def test_the_example_of_a_list_can_be_used_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (example,) = (text for kind, text in BLOCKS if kind == "toml" and "[[actor]]" in text)
    (settings,) = (text for kind, text in BLOCKS if kind == "toml" and "files" in text)
    Path("our-actors.toml").write_text(example, encoding="utf-8")
    Path("sayso.toml").write_text(settings, encoding="utf-8")
    found, problems = load({})
    assert problems == ()
    actors, problems = known_actors(found.actors.files)
    assert problems == ()
    for name in ("VMoD", "Ilva Dorn", "Border Conflict Register"):
        assert actors.resolve(name).actor is not None
    assert read_actors([Path("our-actors.toml")])[0].sides == {"SY": "Syrian government"}


def test_the_example_in_python_prints_what_the_page_shows(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = (text for kind, text in BLOCKS if kind == "python")
    exec(compile(code, "docs/actors.md", "exec"), {})  # noqa: S102 - our own page
    shown = re.search(r"^```python\n.*?^```\n\n    (.*?)\n\n", PAGE, re.MULTILINE | re.DOTALL)
    assert shown
    assert capsys.readouterr().out.strip() == shown[1]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("the Turkish General Staff", "tr-armed-forces"),
        ("Russias defence ministry", "ru-defence-ministry"),
        ("Daesh-linked Aamaq news agency", "amaq"),
        ("Rebels fighting the Islamic State", None),
        ("Houston police", "houston-police"),
        ("a ministry", None),
    ],
)
def test_what_the_page_says_of_names_holds(words: str, number: str | None) -> None:
    actor = known_actors()[0].resolve(words).actor
    assert (actor.id if actor else None) == number
