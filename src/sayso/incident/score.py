"""How likely two stories are one event, and why, in words."""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import mul
from typing import TYPE_CHECKING

from sayso.incident.evidence import elsewhere, evidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.incident.evidence import Evidence
    from sayso.incident.told import Story


@dataclass(frozen=True, slots=True)
class Fitted:
    """One fitted regression.

    Attributes:
        base: The log odds where nothing is known.
        each: What each piece of evidence adds, by name; nothing for names that it does not have.
        least: The mean of log odds down to which two groups come together.
    """

    base: float
    each: Mapping[str, float]
    least: float

    def log_odds(self, found: Evidence) -> float:
        """Return the log odds that two stories, or two claims of one report, are of one event."""
        return self.base + math.fsum(map(mul, found.values(), map(self.each.__getitem__, found)))


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted figures of ``grouping.toml``.

    Attributes:
        between: For two stories.
        within: For two claims of one report.
        doubtful: Log odds from which stories that stay apart are put to a person.
        witness: How many times as much it counts that one report tells two stories apart.
        elsewhere: What is added where two stories happened in towns apart, and neither names the other's.
    """

    between: Fitted
    within: Fitted
    doubtful: float
    witness: float
    elsewhere: float


@cache
def shipped() -> Weights:
    """Return the weights that the package brings."""
    table = tomllib.loads(files(__package__).joinpath("grouping.toml").read_text("utf-8"))
    between, within = (
        Fitted(one["base"], defaultdict(float, one["weights"]), one["least"])
        for one in (table["between"], table["within"])
    )
    return Weights(between, within, table["doubtful"], table["witness"], table["elsewhere"])


def log_odds(a: Story, b: Story) -> float:
    """Return the log odds that two stories are one event; the same to the last digit whichever comes first.

    Whoever tells two stories in one report knows that they are two, where we only compare words: so two stories of one
    report stand as far apart as the parting left them, many times over.
    """
    if b.id in a.beside:
        return shipped().witness * a.beside[b.id]
    found = evidence(a, b) if a.id < b.id else evidence(b, a)
    more = shipped().elsewhere if elsewhere(a, b, found) else 0.0
    return shipped().between.log_odds(found) + more


def probability(odds: float) -> float:
    """Return the probability for some log odds, to three places.

    >>> probability(0.0)
    0.5
    """
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), 3)
