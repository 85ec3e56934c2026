"""What the program needs to run is free of terms that would bind a user's own work."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]

ALLOWED = {
    "0BSD",
    "3-Clause BSD License",
    "Apache 2.0",
    "Apache Software License",
    "Apache-2.0",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "CNRI-Python",
    "ISC License",
    "ISC License (ISCL)",
    "MIT",
    "MIT License",
    "MPL-1.1",  # file by file: binds changes to the library itself only
    "MPL-2.0",
    "PSF-2.0",
    "The BSD 2-Clause License",
    "Zlib",
    "dependency licenses",  # pypdfium2: PDFium's own libraries, all permissive (its LICENSES folder lists them)
}


def run_time() -> list[str]:
    """Return the names of the pinned libraries that this machine needs to run the program."""
    pinned = re.findall(r"^(\w[^\\\n#]*)", (ROOT / "requirements/run.txt").read_text(encoding="utf-8"), re.MULTILINE)
    found = [Requirement(line.strip()) for line in pinned]
    return sorted({one.name for one in found if one.marker is None or one.marker.evaluate()})


def licence(name: str) -> str:
    """Return what a library says of its licence: the SPDX expression, else the field, else the classifiers."""
    about = distribution(name).metadata
    stated = [*about.get_all("License-Expression", []), *about.get_all("License", [])]
    classifiers = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License")]
    return stated[0] if stated else " AND ".join(classifiers)


def allowed(expression: str) -> bool:
    """Say whether the terms are on the list; of terms to choose from, one is enough."""
    return any(
        all(term in ALLOWED for term in re.split(r" AND |, ", choice.strip("()")))
        for choice in expression.split(" OR ")
    )


@pytest.mark.parametrize("name", run_time())
def test_a_library_needed_to_run_has_an_allowed_licence(name: str) -> None:
    assert allowed(licence(name)), f"{name}: {licence(name)!r}"


def brought_by(library: str) -> set[str]:
    """Return the names of a library and of all that it needs on this machine, with the extras that it is asked with."""
    found: set[str] = set()
    waiting = [Requirement(library)]
    while waiting:
        one = waiting.pop()
        if one.name.lower() in found:
            continue
        found.add(one.name.lower())
        needs = map(Requirement, distribution(one.name).requires or [])
        extras = ("", *one.extras)
        waiting += [
            need
            for need in needs
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras)
        ]
    return found


def test_what_many_machines_need_has_an_allowed_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (asked,) = project["optional-dependencies"]["scale"]
    needed = brought_by(asked)
    assert {"ray", "pandas", "pyarrow"} <= needed
    assert {name: licence(name) for name in needed if not allowed(licence(name))} == {}


@pytest.mark.parametrize(
    "expression",
    ["GPL-3.0-or-later", "MIT AND AGPL-3.0-only", "LGPL-2.1-or-later", "GPL-2.0-only OR AGPL-3.0-only", ""],
)
def test_terms_that_bind_are_told(expression: str) -> None:
    assert not allowed(expression)


def test_the_list_of_libraries_is_read() -> None:
    assert {"rich", "trafilatura", "typer", "urllib3"} <= set(run_time())
