"""How what the patterns read by themselves differs from the hand annotations in ``tests/gold``, as a list for people.

The patterns alone, because their word is the same on every machine; the whole reader is held by ``tests/gate``.

``python -m tests.claim.gold_differences`` writes the list anew into ``gold_differences.json``. Do that when reading
got better, and look at the diff: what left the list was mended, what joined it was broken.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bench.rows import read_line
from bench.score_claims import KINDS, KindScore, compare, same_source, score
from bench.sets import claim_set
from sayso.claim import read_claims
from sayso.claim.propose import Rules
from sayso.export.jsonl import line
from sayso.records import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.rows import ScoredClaim

GOLD = Path(__file__).parents[1] / "gold"
LIST = Path(__file__).with_name("gold_differences.json")

Differences = dict[str, dict[str, list[str]]]


@cache
def _read() -> dict[str, tuple[Sequence[ScoredClaim], Sequence[ScoredClaim]]]:
    """Read every annotated report once: its annotated claims and those that were read."""
    out: dict[str, tuple[Sequence[ScoredClaim], Sequence[ScoredClaim]]] = {}
    for item in claim_set(GOLD).items:
        claims, said, _ = read_claims(item.report, proposer=Rules())
        _, read = read_line(line(Reading(item.report, claims, said)), item.report.id)
        out[item.report.id] = (item.gold, read.claims)
    return out


def found() -> Differences:
    """List by report the claims missed, read in vain, and credited to another source or stance."""
    out: Differences = {}
    for report, (gold, read) in _read().items():
        every = compare(gold, read, KINDS["count"] | KINDS["individual"])
        here = {
            "missed": [_said(c) for c in every.missed],
            "read in vain": [_said(c) for c in every.spurious],
            "other source": [
                f"{_said(g)}: {g.slots['source']} - not {r.slots['source']}"
                for g, r in every.pairs
                if not same_source(g, r) or g.slots["stance"] != r.slots["stance"]
            ],
        }
        if any(here.values()):
            out[report] = {kind: sorted(claims) for kind, claims in here.items() if claims}
    return out


def scores() -> dict[str, KindScore]:
    """Score all the annotated reports by the rules of ``bench/score_claims.py``."""
    return score(_read().values())


def _said(claim: ScoredClaim) -> str:
    stance = claim.slots["stance"]
    denied = "" if stance == "asserts" else f" {stance}"
    return f"{claim.start} {claim.harm} {claim.low}..{claim.high} {claim.kind}{denied}"


if __name__ == "__main__":
    LIST.write_text(json.dumps(found(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
