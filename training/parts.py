"""Which texts are kept from training to choose settings on; the held-out fifth is another matter (`bench.heldout`)."""

from __future__ import annotations

import hashlib


def tuning_part(doc: str) -> bool:
    """Say whether a text of PolNeAR is kept from training: a tenth of what is not held out."""
    return int(hashlib.sha256(f"sayso tuning tenth:{doc}".encode()).hexdigest(), 16) % 10 == 0


def tuning_fifth(doc: str) -> bool:
    """Say whether an annotated report is kept from the first training of claims: about a fifth."""
    return any(tuning_part(f"{doc}:{half}") for half in range(2))
