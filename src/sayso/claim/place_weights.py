"""The weights by which towns are weighed, fitted by ``training/tune_places.py``, and how evidence is summed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = Path(__file__).with_name("place_weights.json")

Evidence = dict[str, float]
"""What speaks for or against something, by name; what is not named is 0."""


@cache
def weights() -> Mapping[str, float]:
    """Return the fitted weights by name of evidence for a town as the one around a place."""
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))


def weighed(evidence: Evidence, by: Mapping[str, float]) -> float:
    """Return the sum of evidence times its weights; evidence without a weight counts nothing."""
    return sum(by.get(name, 0.0) * value for name, value in evidence.items())
