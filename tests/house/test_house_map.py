"""The map of the house, docs/house.md, against the house."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/sayso"
MAP = (ROOT / "docs/house.md").read_text(encoding="utf-8")


def rooms() -> list[str]:
    """Return the packages in the house, that is its folders with code."""
    return sorted(file.parent.name for file in PACKAGE.glob("*/__init__.py"))


def described(room: str) -> list[str]:
    """Return the names, some of them patterns, that the section of a room lists."""
    section = re.search(rf"^### `{room}/`.*?(?=^##)", MAP, re.MULTILINE | re.DOTALL)
    assert section, f"docs/house.md has no section on {room}/"
    cells = re.findall(r"^\| ([^|]+) \|", section[0], re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def picture() -> list[str]:
    """Return the names in the picture of the rooms."""
    drawn = re.search(r"^src/sayso/\n(.*?)^```", MAP, re.MULTILINE | re.DOTALL)
    assert drawn
    return re.findall(r"^  (\S+)", drawn[1], re.MULTILINE)


def contents(folder: Path) -> set[str]:
    """Return the modules and the data folders of a package, as the map writes them."""
    modules = {file.name for file in folder.glob("*.py")}
    data = {f"{child.name}/" for child in folder.iterdir() if child.is_dir() and any(child.glob("*.toml"))}
    return modules | data


def test_the_picture_shows_what_is_there() -> None:
    modules = {file.name for file in PACKAGE.glob("*.py")}
    assert set(picture()) == modules | {f"{room}/" for room in rooms()} | {"model/"}


def test_every_module_is_described_in_its_room() -> None:
    for room in rooms():
        names = described(room)
        left_out = {
            one
            for one in contents(PACKAGE / room) - {"__init__.py"}
            if not any(fnmatchcase(one, name) for name in names)
        }
        assert not left_out, f"docs/house.md says nothing of these in {room}/"


def test_nothing_is_described_that_is_not_there() -> None:
    for room in rooms():
        there = contents(PACKAGE / room)
        gone = {name for name in described(room) if not any(fnmatchcase(one, name) for one in there)}
        assert not gone, f"docs/house.md describes what {room}/ does not hold"


def test_the_folders_around_the_house_are_there() -> None:
    around = MAP.partition("## Around the house")[2]
    named = re.findall(r"^\| `([^`]+)/` \|", around, re.MULTILINE)
    assert len(named) >= 5
    assert [name for name in named if not (ROOT / name).is_dir()] == []
