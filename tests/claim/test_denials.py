"""Denials and doubts in reports of our own, written for this and kept out of training and of every rule.

44 short reports, whose other half is ``training/written/denials_third.txt``, and 20 in varied voices, whose other half
is ``training/written/voices.txt``; the rules were made on those halves.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from training.markup import written

from bench.rows import read_line, scored_claim
from bench.score_claims import KINDS, compare, same_source
from sayso.claim import read_claims
from sayso.export.jsonl import line
from sayso.records import Reading, Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.rows import ScoredClaim

HERE = Path(__file__).parent


@cache
def read(name: str) -> tuple[tuple[Sequence[ScoredClaim], Sequence[ScoredClaim]], ...]:
    """Read every report of a file: its annotated claims and those that were read."""
    out = []
    for one in written(HERE / f"{name}.txt"):
        report = Report(one["id"], one["text"], outlet=one["outlet"], published=one["published"], language="en")
        claims, said, _ = read_claims(report)
        _, found = read_line(line(Reading(report, claims, said)), report.id)
        out.append((tuple(map(scored_claim, one["claims"])), found.claims))
    return tuple(out)


def test_the_reports_hold_many_rejections_and_more_that_look_alike() -> None:
    stances = [claim.slots["stance"] for gold, _ in (*read("denials"), *read("voices")) for claim in gold]
    assert sum(stance != "asserts" for stance in stances) >= 60
    assert sum(stance == "asserts" for stance in stances) >= 150


@pytest.mark.parametrize(
    ("name", "measure", "floor"),
    [
        ("denials", "found", 0.537),
        ("denials", "attributed", 0.466),
        ("voices", "found", 0.444),
        ("voices", "attributed", 0.353),
    ],
)
def test_rejections_are_read(name: str, measure: str, floor: float) -> None:
    """F1 of the claims that deny or doubt, with the right stance, and with the right source; floors less .01."""
    right = asked = offered = 0
    for gold, found in read(name):
        wanted = [one for one in gold if one.slots["stance"] != "asserts"]
        given = [one for one in found if one.slots["stance"] != "asserts"]
        pairs = compare(wanted, given, frozenset().union(*KINDS.values())).pairs
        asked, offered = asked + len(wanted), offered + len(given)
        right += sum(
            one.slots["stance"] == other.slots["stance"] and (measure == "found" or same_source(one, other))
            for one, other in pairs
        )
    assert 2 * right / (asked + offered) >= floor
