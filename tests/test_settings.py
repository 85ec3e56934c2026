"""Settings: the file, the environment, and what is said of a key that makes no sense."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from sayso.settings import Ledger, Settings, Web, load

COMMANDS = Path(__file__).parents[1] / "docs" / "cli.md"
PAGE = Path(__file__).parents[1] / "docs" / "web.md"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str) -> None:
    Path("sayso.toml").write_text(text, encoding="utf-8")


def test_without_a_file_the_defaults_hold() -> None:
    assert load({}) == (Settings(), ())


def test_the_environment_goes_before_the_file_and_the_file_before_the_defaults() -> None:
    write('[web]\ncontact = "desk@review.example"\ndelay = 5\nallow = ["localhost:8000"]\nports = [80]\nretries = 1\n')
    settings, problems = load(
        {"SAYSO_WEB_DELAY": "0.5", "SAYSO_WEB_ALLOW": "a.test, [::1]:9000", "SAYSO_WEB_PORTS": "1,2"}
    )
    assert problems == ()
    assert settings.web == Web(
        contact="desk@review.example", delay=0.5, allow=("a.test", "[::1]:9000"), ports=(1, 2), retries=1
    )
    assert isinstance(settings.web.delay, float)


def test_another_file_may_be_named(folder: Path) -> None:
    (folder / "other.toml").write_text("[web]\nretries = 7\n", encoding="utf-8")
    assert load({"SAYSO_SETTINGS": "other.toml"})[0].web.retries == 7
    _, (problem,) = load({"SAYSO_SETTINGS": "nowhere.toml"})
    assert (problem.code, problem.where) == ("settings-unreadable", "nowhere.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[web]\ndelay = "fast"', "a number"),
        ("[web]\ndelay = true", "a number"),
        ("[web]\ndelay = -1", "a number from 0 to 3600"),
        ("[web]\ndelay = nan", "a number from 0 to 3600"),
        ("[web]\nretries = 1.5", "a whole number"),
        ("[web]\nretries = 99", "a number from 0 to 20"),
        ("[web]\nports = 80", "a list"),
        ("[web]\nports = [0]", "a number from 1 to 65535"),
        ('[web]\nports = ["80"]', "a whole number"),
        ("[web]\nallow = [1]", "text"),
        ('[web]\nallow = ["http://a.example/"]', "hosts such as"),
        ('[web]\ncontact = "a\\r\\nHost: b"', "plain ASCII"),
        ("[web]\ndelai = 1", "Did you mean web.delay?"),
        ("[wob]\ndelay = 1", "Did you mean web.delay?"),
        ("web = 3", "The settings are"),
        ("xyzzy = 3", "The settings are"),
        ("ledger = 3", "Did you mean ledger."),
        ("[ledger]\nat = 3", "text"),
        ('[ledger]\nat = " "', "a path or an address"),
        ('[ledger]\nat = "a\\u0000b"', "a path or an address"),
        ('[ledger]\nby = "a\\u001b[2J"', "a name of at most"),
        ("[ledger]\npath = 3", "Did you mean ledger."),
        ("[web", "Mend the file"),
        ("[web]\ncontact = '\udcff'", "Mend the file"),
    ],
)
def test_a_key_that_makes_no_sense_is_told_and_its_default_holds(text: str, said: str) -> None:
    Path("sayso.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    settings, problems = load({})
    assert settings == Settings()
    assert [said in problem.remedy for problem in problems] == [True]
    assert problems[0].where == "sayso.toml"
    assert not problems[0].lost


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAYSO_WEB_DELAY", "fast"),
        ("SAYSO_WEB_DELAI", "1"),
        ("SAYSO_WEB_PORTS", "80,x"),
        ("SAYSO_XYZ", "1"),
        ("SAYSO_WEB_RETRIES", ""),
    ],
)
def test_a_variable_that_makes_no_sense_is_told(name: str, value: str) -> None:
    settings, problems = load({name: value, "HOME": "/"})
    assert settings == Settings()
    assert [problem.where for problem in problems] == [f"${name}"]


def test_the_folder_of_the_users_places_is_no_setting_of_the_web() -> None:
    assert load({"SAYSO_PLACES": "/somewhere"}) == (Settings(), ())


def test_the_ledger_is_named_by_a_variable_of_its_own() -> None:
    settings, problems = load({"SAYSO_LEDGER": "postgresql://desk@db.test/ledger", "SAYSO_LEDGER_BY": "Ana Ruiz"})
    assert settings.ledger == Ledger("postgresql://desk@db.test/ledger", "Ana Ruiz")
    assert problems == ()


@pytest.mark.parametrize(
    "place", ["postgresql://desk:secret@db.test/ledger", "../other.sayso", "/srv/x", "file:x", "l/x"]
)
def test_a_file_that_lies_in_the_folder_names_no_ledger_elsewhere(folder: Path, place: str) -> None:
    (folder / "l").symlink_to(folder.parent)
    write(f'[ledger]\nat = "{place}"\n')
    settings, (problem,) = load({})
    assert settings.ledger == Ledger()
    assert settings.doubtful == {"ledger"}
    assert problem.code == "ledger-elsewhere"
    assert "secret" not in problem.what
    trusted, problems = load({"SAYSO_SETTINGS": "sayso.toml"})
    assert (trusted.ledger.at, problems) == (place, ())


@pytest.mark.parametrize("place", ["tolls.sayso", "./in/a/folder.sayso"])
def test_a_file_that_lies_in_the_folder_may_name_a_ledger_in_it(place: str) -> None:
    write(f'[ledger]\nat = "{place}"\nby = "Ana Ruiz"\n')
    assert load({}) == (Settings(ledger=Ledger(place, "Ana Ruiz")), ())


def test_what_could_not_be_used_leaves_its_table_in_doubt() -> None:
    write("[web]\ndelai = 9\n")
    assert load({})[0].doubtful == {"web"}
    write("[web")
    assert load({})[0].doubtful == {"web", "ledger", "actors"}


def test_one_bad_key_does_not_cost_the_others() -> None:
    write("[web]\ndelay = 9\nretries = []\nbackoff = 3\n")
    settings, problems = load({})
    assert (settings.web.delay, settings.web.backoff, len(problems)) == (9.0, 3.0, 1)


def test_a_folder_under_the_name_of_the_file_is_told() -> None:
    Path("sayso.toml").mkdir()
    assert [problem.code for problem in load({})[1]] == ["settings-unreadable"]


def test_every_setting_is_documented_with_its_default_and_no_other() -> None:
    section = PAGE.read_text(encoding="utf-8").split("## Settings\n", 1)[1].split("\n## ", 1)[0]
    rows = dict(re.findall(r"^\| `web\.(\w+)` \| `(.*?)` \|", section, flags=re.MULTILINE))
    assert rows == {one.name: _written(getattr(Web(), one.name)) for one in fields(Web)}


def test_every_setting_of_the_ledger_is_documented_where_its_commands_are() -> None:
    rows = dict(
        re.findall(r"^\| `ledger\.(\w+)` \| `(.*?)` \|", COMMANDS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    assert rows == {one.name: _written(getattr(Ledger(), one.name)) for one in fields(Ledger)}


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return str(list(value))
    return f'"{value}"' if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else str(value)
