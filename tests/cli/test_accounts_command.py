"""`sayso accounts` and `sayso desk`, run as commands: who may sign in, and what is refused."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SAYSO = [sys.executable, "-m", "sayso"]
PASSWORD = "seven herons at dawn\n"  # noqa: S105 - of an account that lives as long as a test


def run(folder: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program in a folder with some standard input."""
    return subprocess.run(
        [*SAYSO, *arguments], cwd=folder, input=given, capture_output=True, encoding="utf-8", check=False
    )


def test_accounts_are_made_listed_changed_and_removed(tmp_path: Path) -> None:
    assert run(tmp_path, "accounts", "list").returncode == 3
    assert run(tmp_path, "init").returncode == 0
    assert "no accounts yet" in run(tmp_path, "accounts", "list").stdout
    assert run(tmp_path, "desk", "--team").returncode == 2
    assert run(tmp_path, "accounts", "add", "Ana Ruiz", "--role", "admin", given=PASSWORD).returncode == 0
    assert run(tmp_path, "accounts", "add", "Ben Okoye", given=PASSWORD).stdout == "Ben Okoye can sign in as coder.\n"
    for refused in (("add", "ana ruiz"), ("add", "Cleo", "--role", "king"), ("role", "Nobody", "coder")):
        ended = run(tmp_path, "accounts", *refused, given=PASSWORD)
        assert ended.returncode == 2
        assert "Traceback" not in ended.stderr
    assert run(tmp_path, "accounts", "role", "Ben Okoye", "editor").returncode == 0
    assert run(tmp_path, "accounts", "password", "Ben Okoye", given="short\n").returncode == 2
    listed = run(tmp_path, "accounts", "list").stdout
    assert re.findall(r"^(.*?)  (\w+)", listed, re.MULTILINE) == [("Ana Ruiz", "admin"), ("Ben Okoye", "editor")]
    assert run(tmp_path, "accounts", "remove", "Ana Ruiz").returncode == 2
    assert run(tmp_path, "accounts", "remove", "Ben Okoye").returncode == 0


def test_a_desk_that_would_let_others_in_does_not_start(tmp_path: Path) -> None:
    run(tmp_path, "init")
    run(tmp_path, "accounts", "add", "Ana Ruiz", "--role", "admin", given=PASSWORD)
    for options in (("--host", "192.0.2.1"), ("--https",), ("--team", "--host", "192.0.2.1")):
        assert run(tmp_path, "desk", *options).returncode == 2


def test_a_desk_prints_a_link_that_opens_it_and_ends_on_request(tmp_path: Path) -> None:
    run(tmp_path, "init")
    command = [*SAYSO, "desk", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8") as desk:
        assert desk.stdout is not None
        lines = [desk.stdout.readline() for _ in range(4)]
        link = lines[2].strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter/\S+", link), lines
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(link) as answer:
            assert answer.status == 200
            assert b"sayso" in answer.read()
        desk.send_signal(signal.SIGINT)
        assert desk.wait(20) in {0, 130}
