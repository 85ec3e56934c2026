"""How likely two stories are one event, and why, in words."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sayso.incident.evidence import evidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.incident.evidence import Evidence
    from sayso.incident.told import Story


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted figures of ``grouping.toml``.

    Attributes:
        base: The log odds where nothing is known.
        each: What each piece of evidence adds, by name.
        least: The mean of log odds down to which two groups of stories come together.
        doubtful: Log odds from which stories that stay apart are put to a person.
    """

    base: float
    each: Mapping[str, float]
    least: float
    doubtful: float

    def log_odds(self, found: Evidence) -> float:
        """Return the log odds that two stories are one event."""
        return self.base + math.fsum(value * self.each.get(name, 0.0) for name, value in found.items())


@cache
def shipped() -> Weights:
    """Return the weights that the package brings."""
    table = tomllib.loads(files(__package__).joinpath("grouping.toml").read_text("utf-8"))
    return Weights(table["base"], table["weights"], table["least"], table["doubtful"])


def log_odds(a: Story, b: Story) -> float:
    """Return the log odds that two stories are one event; the same to the last digit whichever comes first."""
    return shipped().log_odds(evidence(a, b) if a.id < b.id else evidence(b, a))


def probability(odds: float) -> float:
    """Return the probability for some log odds, to three places.

    >>> probability(0.0)
    0.5
    """
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), 3)
