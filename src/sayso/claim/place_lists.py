"""The lists of places that users add: kept compiled in a folder of their own, never in the package.

The folder is ``$SAYSO_PLACES`` where that is set, else ``places`` in the folder that the system gives programs for a
user's data. Each list is one file named after it, so that adding one again replaces it.
"""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sayso.claim.gazetteer_file import made_from, write_gazetteer
from sayso.claim.place_files import read_places
from sayso.problems import Problem

VARIABLE = "SAYSO_PLACES"
_FORMAT = 1
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
_ENDING = ".sqlite"


@dataclass(frozen=True, slots=True)
class PlaceList:
    """A list that was added.

    Attributes:
        name: Its name, by which it is removed.
        kind: ``geonames`` or ``csv``.
        places: How many places it holds.
        sha256: SHA-256 of the file that it was read from, in hexadecimal.
    """

    name: str
    kind: str
    places: int
    sha256: str


def folder() -> Path:
    """Return the folder of the user's lists, which need not be there."""
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "sayso" / "places"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "sayso" / "places"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "sayso" / "places"


def add(file: Path, into: Path) -> tuple[PlaceList | None, tuple[Problem, ...]]:
    """Read a file of places, compile it and keep it under the file's name.

    Args:
        file: A country file of GeoNames or a CSV file, see `sayso.claim.place_files.read_places`.
        into: The folder of lists; made where it is missing.

    Returns:
        The list as kept, or None where nothing was, and what could not be read.
    """
    if not _NAME.fullmatch(file.stem):
        what = f"A list is named after its file, and {file.stem!r} cannot be a name."
        remedy = "Rename the file: letters, digits, dots, hyphens and underscores, up to 60."
        return None, (Problem("bad-list-name", str(file), what, remedy, lost=True),)
    read = read_places(file)
    if not read.entries:
        return None, tuple(read.problems)
    try:
        made = PlaceList(file.stem, read.kind, len({entry.id for entry, _ in read.entries}), _hash(file))
        into.mkdir(parents=True, exist_ok=True)
        mark = {"sayso_places": _FORMAT, "kind": made.kind, "places": made.places, "sha256": made.sha256}
        write_gazetteer(into / f"{made.name}{_ENDING}", read.entries, json.dumps(mark, sort_keys=True))
    except OSError as error:
        what = f"The list cannot be kept there: {error.strerror}."
        kept = Problem(
            "cannot-write", str(into), what, f"Make room, or set {VARIABLE} to a folder of yours.", lost=True
        )
        return None, (*read.problems, kept)
    return made, tuple(read.problems)


def remove(name: str, of: Path) -> tuple[Problem, ...]:
    """Remove a list by its name; a problem says where that could not be done."""
    if not _NAME.fullmatch(name) or not (of / f"{name}{_ENDING}").is_file():
        known = ", ".join(one.name for one in lists(of)[0]) or "none"
        what, remedy = f"There is no list called {name!r}.", f"Give the name of one that is there: {known}."
        return (Problem("no-such-list", str(of), what, remedy, lost=True),)
    try:
        (of / f"{name}{_ENDING}").unlink()
    except OSError as error:
        what = f"The list cannot be removed: {error.strerror}."
        return (Problem("cannot-write", str(of), what, "Check your rights to the folder.", lost=True),)
    return ()


def lists(of: Path) -> tuple[tuple[PlaceList, ...], tuple[Problem, ...]]:
    """Return the lists in a folder by name, and a problem for each file there that is none or not of this version."""
    found: list[PlaceList] = []
    problems: list[Problem] = []
    for file in sorted(of.glob(f"*{_ENDING}")) if of.is_dir() else ():
        one = _list(file)
        if one is None:
            remedy = "Remove it, and add the places again."
            problems.append(Problem("no-list", str(file), "This is no list of places that this version made.", remedy))
        else:
            found.append(one)
    return tuple(found), tuple(problems)


def files(of: Path) -> tuple[Path, ...]:
    """Return the compiled files of a folder's lists, for `sayso.claim.gazetteer.Gazetteer`."""
    return tuple(of / f"{one.name}{_ENDING}" for one in lists(of)[0])


def fingerprint(of: Path) -> str:
    """Return eight hexadecimal digits that change with the lists in a folder; empty where there are none."""
    found = lists(of)[0]
    return sha256("\n".join(f"{one.name} {one.sha256}" for one in found).encode()).hexdigest()[:8] if found else ""


def _list(file: Path) -> PlaceList | None:
    try:
        mark = json.loads(made_from(file) or "")
        if mark["sayso_places"] != _FORMAT:
            return None
        return PlaceList(file.name.removesuffix(_ENDING), str(mark["kind"]), int(mark["places"]), str(mark["sha256"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _hash(file: Path) -> str:
    digest = sha256()
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
