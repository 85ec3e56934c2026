"""What others wrote and the desk ships: each file is the one that its makers released."""

from __future__ import annotations

import hashlib
from importlib.resources import files

VENDORED = {
    "d3-7.9.2.min.js": "912111098ea99503a6f4967361d2bbdc9dbf58cf9c678c8e27e5b02d1a07f0c1",
    "htmx-2.0.11.min.js": "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
    "topojson-client-3.1.0.min.js": "25cd02ae486cc5063e0215a4e4cfb15de83700c87ac48bac4d57dc6aaf3ebb89",
    "world-atlas-2.0.2-countries-50m.json": "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394",
}
"""By file the SHA-256 of its bytes, as they came out of npm's packages."""


def test_files_of_others_are_as_released() -> None:
    """Nobody changed them by hand, and none came in without its hash and its licence."""
    folder = files("sayso.desk") / "static" / "vendor"
    found = {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest()
        for one in folder.iterdir()
        if not one.name.startswith("LICENSE")
    }
    assert found == VENDORED
    assert sum(one.name.startswith("LICENSE") for one in folder.iterdir()) == 4
