"""`sayso places`, run as a command: what it prints, where it keeps, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

SAYSO = str(Path(sys.executable).with_name("sayso"))
OWN_LIST = "name,lat,lon,country,kind\nQasira,35.1,36.7,SY,village\n"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program with its places kept in a folder under `folder`."""
    surroundings = os.environ | {"SAYSO_PLACES": str(folder / "kept"), "PYTHONUTF8": "1"}
    return subprocess.run(
        [SAYSO, *arguments], cwd=folder, env=surroundings, capture_output=True, encoding="utf-8", check=False
    )


def test_places_are_added_used_listed_and_removed(tmp_path: Path) -> None:
    (tmp_path / "ours.csv").write_text(OWN_LIST, encoding="utf-8")
    (tmp_path / "report.txt").write_text("Nine people were killed in Qasira on Monday.\n", encoding="utf-8")
    assert run(tmp_path, "places", "add", "ours.csv").stdout == "ours: 1 place added\n"
    assert run(tmp_path, "places", "list").stdout == "ours  1 place  csv\n"
    read = json.loads(run(tmp_path, "read", "--format", "jsonl", "report.txt").stdout)
    (claim,) = read["claims"]
    assert (claim["place"], claim["country"], claim["lat"], claim["place_match"]["name"]) == (
        "Qasira",
        "SY",
        35.1,
        "Qasira",
    )
    assert "+places-" in read["model"]
    assert run(tmp_path, "places", "remove", "ours").stdout == "ours: removed\n"
    read = json.loads(run(tmp_path, "read", "--format", "jsonl", "report.txt").stdout)
    (claim,) = read["claims"]
    assert (claim["place"], claim["country"], claim["lat"], claim["place_match"]["name"]) == (
        "Qasira",
        None,
        None,
        None,
    )
    assert "+places-" not in read["model"]


def test_what_cannot_be_added_or_removed_is_told_and_ends_with_1(tmp_path: Path) -> None:
    added = run(tmp_path, "places", "add", "absent.txt")
    assert (added.returncode, added.stdout) == (1, "")
    assert added.stderr.startswith("sayso: absent.txt: It cannot be read")
    removed = run(tmp_path, "places", "remove", "absent")
    assert (removed.returncode, removed.stdout) == (1, "")
    assert "There is no list called 'absent'." in removed.stderr


def test_bad_lines_are_told_and_the_rest_is_added(tmp_path: Path) -> None:
    (tmp_path / "ours.csv").write_text(OWN_LIST + "Orlen,far north,1,SE,town\n", encoding="utf-8")
    added = run(tmp_path, "places", "add", "ours.csv")
    assert (added.returncode, added.stdout) == (0, "ours: 1 place added\n")
    assert added.stderr.startswith("sayso: ours.csv:3: lat or lon is not a number of degrees.")


def test_nothing_added_is_said(tmp_path: Path) -> None:
    assert run(tmp_path, "places", "list").stdout.startswith("No places of your own in ")
