"""`sayso scale` without Ray: what it says where Ray is missing, loading and standing, and how each ends."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.ledger import Ledger
from sayso.problems import Problem
from sayso.scale.folder import Folder
from sayso.scale.reading import Reader
from sayso.settings import Web
from tests.scale import local

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["scale", *map(str, arguments)])


@pytest.fixture
def parts(tmp_path: Path) -> Folder:
    """A folder with two parts, one of them done and one failed."""
    for number in range(2):
        (tmp_path / f"{number}.jsonl").write_text(local.record(number), encoding="utf-8")
    folder = Folder(tmp_path / "parts")
    local.planned(folder, [str(tmp_path / "0.jsonl"), str(tmp_path / "1.jsonl")])
    first, second = folder.standing().parts
    list(Reader(folder, local.HOW, Web()).read([first]))
    folder.fail(second.name, Problem("changed", "1.jsonl", "It changed.", "Run it again.", lost=True))
    return folder


def test_without_ray_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    (tmp_path / "a.jsonl").write_text(local.record(1), encoding="utf-8")
    result = run("read", "--to", tmp_path / "parts", tmp_path / "a.jsonl")
    assert result.exit_code == 2
    assert "pip install 'sayso[scale]'" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(local.record(1), encoding="utf-8")
    result = run("read", "--to", tmp_path, tmp_path / "a.jsonl")
    assert result.exit_code == 2
    assert "holds other things" in result.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["a.jsonl"]
    assert run("read", "--to", tmp_path / "parts").exit_code == 2
    assert run("status", tmp_path / "none").exit_code == 2


def test_standing_tells_done_failed_and_left(parts: Folder) -> None:
    result = run("status", parts.path)
    assert result.exit_code == 1
    assert result.stdout.startswith("1 part done, 1 failed, 0 left.")
    assert "Failed: 1.jsonl: It changed. Run it again." in result.stdout
    value = json.loads(run("status", parts.path, "--json").stdout)
    assert [len(value[state]) for state in ("done", "failed", "left")] == [1, 1, 0]
    assert value["failed"][0]["problem"]["code"] == "changed"
    assert value["how"]["program"].startswith("sayso ")
    (second,) = parts.standing().unread
    parts.settle(second.name)
    result = run("status", parts.path)
    assert result.exit_code == 0
    assert result.stdout.startswith("1 part done, 0 failed, 1 left.")


def test_loading_adds_what_is_done_and_later_the_rest(parts: Folder, tmp_path: Path) -> None:
    url = tmp_path / "l.sayso"
    Ledger.create(str(url)).close()
    result = run("load", parts.path, "--ledger", url)
    assert result.exit_code == 0, result.output
    assert "1 report added, 2 claims; 1 part in all." in result.stdout
    local.read(parts)
    result = run("load", parts.path, "--ledger", url, "--json")
    value = json.loads(result.stdout)
    assert (value["new"], value["loaded"], value["done"]) == (1, 2, 2)
    with Ledger.open(str(url)) as ledger:
        assert str(ledger.head()) == value["head"]
    assert run("load", parts.path, "--ledger", tmp_path / "none.sayso").exit_code == 3


def test_a_damaged_part_is_told_and_the_exit_code_says_so(parts: Folder, tmp_path: Path) -> None:
    url = tmp_path / "l.sayso"
    Ledger.create(str(url)).close()
    (done,) = (parts.path / "parts").iterdir()
    done.write_bytes(b"PAR1")
    result = run("load", parts.path, "--ledger", url)
    assert result.exit_code == 1
    assert "is damaged" in result.stderr
    assert "Take the file away" in result.stderr
