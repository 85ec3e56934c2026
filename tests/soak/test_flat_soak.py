"""Exports and sums over a hundred thousand and a million claims take no more memory, and not much time a claim.

`make soak` runs this and prints the figures; every day `tests/export/test_flat_ledger.py` does it with a few thousand.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from sayso.export.formats import FORMATS
from tests.soak.filled import fill

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.soak

CLAIMS = int(os.environ.get("SOAK_CLAIMS", "1000000"))
COMMANDS = {
    **{f"export --to {one.name}": ("export", "--to", one.name, "-") for one in FORMATS if one.name != "html"},
    "tolls": ("tolls", "--json"),
}
"""All but the page for people, which holds 2,000 incidents."""
FLAT = {"tolls": 1.3}
"""How many times as much memory ten times as many claims may take, where it is not `USUAL`."""
USUAL = 1.15
_MEASURED = """
import resource, runpy, sys
sys.argv = ["sayso", *sys.argv[1:]]
try:
    runpy.run_module("sayso", run_name="__main__")
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_maxrss * 1024, used.ru_utime + used.ru_stime, file=sys.stderr)
"""


class Took(NamedTuple):
    """Bytes of memory at the most, and seconds of processor time."""

    memory: int
    seconds: float


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("flat")
    found = {claims: folder / f"{claims}.sayso" for claims in (CLAIMS // 10, CLAIMS)}
    for claims, path in found.items():
        fill(path, claims)
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_memory_is_flat(ledgers: dict[int, Path], name: str) -> None:
    took = {claims: measured(*COMMANDS[name], "--ledger", path) for claims, path in ledgers.items()}
    for claims, one in took.items():
        each = 1e6 * one.seconds / claims
        print(f"\n{name}, {claims:,} claims: {one.memory / 1e6:.0f} MB, {one.seconds:.0f} s, {each:.0f} µs a claim")
    few, many = took.values()
    assert many.memory < FLAT.get(name, USUAL) * few.memory


def measured(*arguments: object) -> Took:
    """Run the program, and return what it took."""
    run = [sys.executable, "-c", _MEASURED, *map(str, arguments)]
    done = subprocess.run(run, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    memory, seconds = done.stderr.split()[-2:]
    return Took(int(memory), float(seconds))
