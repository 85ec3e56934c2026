"""The lock files: they pin what pyproject.toml asks for, by hash, and name no place on the network."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = {
    "run": PROJECT["project"]["dependencies"],
    "test": PROJECT["dependency-groups"]["test"],
    "build": PROJECT["build-system"]["requires"],
}


def pins(kind: str) -> dict[str, list[str]]:
    """Return the pinned requirements of a lock file, each with its hashes."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / f"requirements/{kind}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip().startswith("--hash="):
            found[list(found)[-1]].append(line.strip(" \\"))
        elif not line.strip().startswith("#"):
            found[line.strip(" \\")] = []
    return found


@pytest.mark.parametrize("kind", ASKED)
def test_every_pin_is_exact_and_hashed(kind: str) -> None:
    for pin, hashes in pins(kind).items():
        assert re.fullmatch(r"[a-z0-9._-]+==[^ ]+( ; .+)?", pin)
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in hashes)


@pytest.mark.parametrize("kind", ASKED)
def test_what_the_project_asks_for_is_pinned_as_it_asks(kind: str) -> None:
    pinned = {canonicalize_name(one.name): one.specifier for one in map(Requirement, pins(kind))}
    for asked in map(Requirement, ASKED[kind]):
        version = str(pinned[canonicalize_name(asked.name)]).removeprefix("==")
        assert asked.specifier.contains(version), f"{asked} but {version}: run `make lock`"


def test_one_library_has_one_version_in_all_files() -> None:
    run = {pin.partition("==")[0]: pin for pin in pins("run") if ";" not in pin}
    for kind in ("test", "build"):
        for pin in pins(kind):
            name = pin.partition("==")[0]
            assert run.get(name, pin) == pin


@pytest.mark.parametrize("kind", ASKED)
def test_a_lock_file_names_no_place_on_the_network(kind: str) -> None:
    text = (ROOT / f"requirements/{kind}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in text
