"""What the reader is called, beside a mark of what it reads: the one must change when the other does.

A ledger reads a report again only where the reader has another name (`sayso.claim.model`). So a change to what is
read that keeps the old name would leave every ledger with the old claims, and nobody would be told.

``python -m tests.claim.reading_name`` writes the pair anew. Raise the number in the name of the rules first, or that
of the model if a model took the place of another.
"""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from bench.sets import claim_set
from sayso.claim import model, read_claims
from sayso.claim.propose import Rules
from sayso.export.jsonl import line
from sayso.records import Reading

GOLD = Path(__file__).parents[1] / "gold"
PIN = Path(__file__).with_suffix(".json")
WEIGHTS = ("model/model.json", "claim/place_weights.json")
"""What the heads and the judge weigh with; their figures may differ by processor, so they are marked by the file."""


def found() -> dict[str, str]:
    """Return the reader's name and the mark of what the patterns read and of the weights that go with them."""
    mark = sha256()
    for item in claim_set(GOLD).items:
        claims, said, _ = read_claims(item.report, proposer=Rules())
        sure = tuple(replace(claim, confidence=1.0) for claim in claims)
        mark.update(line(Reading(item.report, sure, said)).encode())
    package = Path(__file__).parents[2] / "src" / "sayso"
    for name in WEIGHTS:
        mark.update((package / name).read_bytes())
    return {"reader": model(attributions=True), "reads": mark.hexdigest()}


if __name__ == "__main__":
    PIN.write_text(json.dumps(found(), indent=1) + "\n", encoding="utf-8")
