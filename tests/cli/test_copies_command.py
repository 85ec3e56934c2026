"""`sayso copies` as people run it: what it writes where, and how it leaves."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import sayso
from bench.printed import PRINTS, drawing, reports

SOURCE = str(Path(sayso.__file__).parents[1])


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}}
    return {**kept, "PYTHONPATH": SOURCE}


def run(*arguments: object, stdin: bytes | int = subprocess.DEVNULL) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "sayso", "copies", *map(str, arguments)]
    given: dict[str, Any] = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin}
    return subprocess.run(command, check=False, capture_output=True, env=environment(), timeout=120, **given)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports, a print of the first with one figure changed, and a brief."""
    draw = drawing(3)
    one, *others = reports(3, 3)
    copy = PRINTS["one figure changed"][0](draw, one)
    brief = '{"id": "brief", "text": "Nine died."}'
    path = tmp_path_factory.mktemp("copies") / "archive.jsonl"
    keys = ("id", "text", "title", "outlet", "published")
    lines = [json.dumps({key: getattr(report, key) for key in keys}) for report in (copy, one, *others)]
    path.write_text("\n".join([*lines, brief]) + "\n", encoding="utf-8")
    return path


def test_copies_are_shown_for_people(archive: Path) -> None:
    done = run(archive)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    lines = text.splitlines()
    assert lines[0].startswith("2 reports print one text, credited to ")
    assert "published by the agency itself" in text
    first = text.index("Figure changed: ")
    assert text.index("before: ") > first
    assert text.index("after:  ") > first
    assert lines[-1] == "5 reports: 2 in 1 group of copies, 2 alone, 1 too short to be compared."
    assert "\x1b" not in text
    assert max(map(len, lines)) <= 80


def test_json_holds_the_same(archive: Path) -> None:
    done = run(archive, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert (found["reports"], found["too_short"]) == (5, ["brief"])
    (group,) = found["groups"]
    assert (group["first"]["id"], group["lead"], group["origin"]) == ("3-0", "agency", group["first"]["outlet"])
    (copy,) = group["copies"]
    assert copy["report"]["id"] == "3-0-copy"
    assert 0.9 < copy["shared"] <= 1
    (change,) = copy["changes"]
    texts = {
        json.loads(line)["id"]: json.loads(line)["text"] for line in archive.read_text(encoding="utf-8").splitlines()
    }
    assert change["kind"] == "figure"
    assert texts["3-0"][slice(*change["span_before"])] == change["before"]
    assert texts["3-0-copy"][slice(*change["span_after"])] == change["after"]
    assert change["before"] != change["after"]


def test_the_page_on_copies_names_every_key(archive: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "copies.md").read_text(encoding="utf-8")
    found = json.loads(run(archive, "--json").stdout)
    group = found["groups"][0]
    copy = group["copies"][0]
    for keys in (found, group, copy, copy["changes"][0]):
        assert [key for key in keys if f"`{key}`" not in page] == []


def test_what_cannot_be_read_is_told_and_the_rest_compared(archive: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"id": "x"', encoding="utf-8")
    done = run(broken, archive, "--json")
    assert done.returncode == 1
    assert done.stderr.decode().startswith("sayso: cannot read ")
    assert json.loads(done.stdout)["reports"] == 5


def test_a_report_in_another_language_is_compared_too(tmp_path: Path) -> None:
    told = (
        "При пожаре на мельнице погибли 9 человек, сообщил мэр города Сарров. Спасатели искали всю ночь, двое детей "
        "пропали без вести. Полиция пока не знает, с чего всё началось. Мост через реку закрыт, школы сегодня не "
        "работают. Соседи собирают одежду и хлеб для тех, кто остался без крова."
    )
    for name, text in (("a.txt", told), ("b.txt", told.replace("9", "11"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = json.loads(run(tmp_path, "--json").stdout)
    (change, *_) = found["groups"][0]["copies"][0]["changes"]
    assert {change["before"], change["after"]} == {"9", "11"}


def test_standard_input_and_wrong_usage() -> None:
    assert json.loads(run("-", "--json", stdin=b"Nine died.").stdout)["too_short"]
    assert run().returncode == 2
    assert run("--nonsense").returncode == 2
    assert run("/nowhere/at/all.txt").returncode == 1


def test_a_terminal_shows_how_far_it_has_come(archive: Path) -> None:
    # Standard error is a terminal: the bar is drawn there, and what is found still goes to standard output alone.
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "sayso", "copies", str(archive), "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=follower, env={**environment(), "TERM": "xterm"}
    ) as done:
        os.close(follower)
        # The bar is read first and to its end: a terminal that nobody reads from would hold the program up.
        drawn = b""
        try:
            while piece := os.read(leader, 4096):
                drawn += piece
        except OSError:  # what Linux says when the other end is closed
            pass
        assert done.stdout is not None
        found = done.stdout.read()
        assert done.wait(120) == 0
    os.close(leader)
    assert b"Reading" in drawn
    assert json.loads(found)["reports"] == 5
