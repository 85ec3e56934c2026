"""Which documents of the public benchmark sets are held out.

A fifth of every visible set is never read by a person and never trained on; every quality figure is quoted on
it. The choice was made once, before any rule was written, by hashing a key of each document, and is kept as a
plain list in ``heldout.json`` so that no later change of code or data can move it. The key is the group for
FA-KES, the incident for the gun-violence set and the id elsewhere; what is held out in one folder is held out in
every folder that contains it.

``python -m bench.heldout SHARED`` checks the list against the folders it was made from.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("heldout.json")
SETS = (
    "gold/fakes",
    "gold/features",
    "gold/gva",
    "gold/muc4",
    "gold/muc4dev",
    "fakes",
    "gva",
    "gvdb",
    "muc4",
    "polnear",
)


def chosen(key: str) -> bool:
    """Say whether the document or group with this key belongs to the held-out fifth."""
    return int(hashlib.sha256(f"sayso held-out fifth:{key}".encode()).hexdigest(), 16) % 5 == 0


def held_out(name: str) -> frozenset[str]:
    """Return the held-out document ids of the set called `name` (one of `SETS`)."""
    return frozenset(json.loads(LIST.read_text(encoding="utf-8"))[name])


def draw(shared: Path) -> dict[str, list[str]]:
    """Draw the held-out ids of every set from the folder that holds ``gold/`` and ``bench/``."""
    bench, gold = shared / "bench", shared / "gold"
    fakes = {f"{row['doc']}": row["group"] for row in _rows(bench / "fakes")}
    gva = {doc["id"]: row["incident"] for row in _rows(bench / "gva") for doc in row["docs"]}
    keys: dict[str, dict[str, str]] = {
        "fakes": fakes,
        "gva": gva,
        "gvdb": {row["doc"]: f"gvdb-{row['doc']}" for row in _rows(bench / "gvdb")},
        "muc4": {row["doc"]: row["doc"].lower() for row in _rows(bench / "muc4")},
        "polnear": {path.stem: path.stem for path in (bench / "polnear").glob("*/text/*.txt")},
    }
    for folder in sorted(gold.iterdir()):
        keys[f"gold/{folder.name}"] = {path.stem: _gold_key(path.stem, fakes, gva) for path in folder.glob("*.json")}
    return {name: sorted(doc for doc, key in keys[name].items() if chosen(key)) for name in SETS}


def _gold_key(doc: str, fakes: dict[str, str], gva: dict[str, str]) -> str:
    kind, _, rest = doc.partition("-")
    if kind == "fakes":
        return fakes[rest]
    if kind == "gva":
        (incident,) = {incident for full, incident in gva.items() if full.startswith(rest)}
        return incident
    return doc


def _rows(folder: Path) -> list[dict[str, Any]]:
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines())
    return [json.loads(line) for line in lines]


if __name__ == "__main__":
    drawn = draw(Path(sys.argv[1]))
    same = LIST.exists() and drawn == {name: sorted(held_out(name)) for name in SETS}
    print("\n".join(f"{name}: {len(docs)} held out" for name, docs in drawn.items()))
    sys.exit(0 if same else "heldout.json does not match these folders")
