"""The gate: how well the shipped reader reads reports of our own that it was neither written nor trained on.

`reports/` holds invented reports, written and annotated by hand to ``docs/claims.md`` by people who did not look at
the reader, full of denials, zeros and chains of speakers; `attributions.json` says for some of them who said what.
Nobody tunes anything on them: they are read to measure. When reading gets better, raise the floors.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from training.markup import written

from bench.rows import Triple, read_line
from bench.score_attributions import Annotated
from bench.score_attributions import score as score_attributions
from bench.score_claims import KINDS, compare, same_source, same_via, score
from bench.sets import claim_set
from sayso.claim import read_claims
from sayso.claim.attribution_tagger import shipped
from sayso.claim.sentences import split
from sayso.export.jsonl import line
from sayso.records import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.rows import ScoredClaim

HERE = Path(__file__).parent
WRITTEN = HERE.parents[1] / "training" / "written"
DIGEST = "75a40adfb8ac6fec36ebe842f81f3ee5299db254c3366300a6f277a4f6670141"
Read = dict[str, tuple["Sequence[ScoredClaim]", "Sequence[ScoredClaim]"]]


@cache
def read(folder: Path = HERE / "reports") -> Read:
    """Read every annotated report once: its annotated claims and those that were read."""
    out: Read = {}
    for item in claim_set(folder).items:
        claims, said, _ = read_claims(item.report)
        _, found = read_line(line(Reading(item.report, claims, said)), item.report.id)
        out[item.report.id] = (item.gold, found.claims)
    return out


def picked_f1(pick: Callable[[ScoredClaim], bool], same: Callable[[ScoredClaim, ScoredClaim], bool]) -> float:
    """F1 of the claims of one kind: found with the right figure and harm, and the same in what makes the kind."""
    right = asked = offered = 0
    for gold, found in read().values():
        compared = compare(
            [one for one in gold if pick(one)], [one for one in found if pick(one)], frozenset().union(*KINDS.values())
        )
        asked, offered = asked + compared.gold, offered + compared.read
        right += sum(same(one, other) for one, other in compared.pairs)
    return 2 * right / (asked + offered)


def test_the_reports_are_those_that_the_floors_were_measured_on() -> None:
    whole = hashlib.sha256()
    for file in sorted([*(HERE / "reports").glob("*.json"), HERE / "attributions.json"]):
        whole.update(file.name.encode() + b"\0" + file.read_bytes())
    assert whole.hexdigest() == DIGEST


def test_the_gate_holds_enough_of_what_is_hard() -> None:
    claims = [claim for gold, _ in read().values() for claim in gold]
    assert sum(claim.slots["stance"] == "denies" for claim in claims) >= 100
    assert sum(claim.kind == "zero" for claim in claims) >= 100
    assert sum(bool(claim.via) for claim in claims) >= 100


def test_no_report_of_the_gate_is_trained_on() -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = text.lower().split()
        return {tuple(words[at : at + 9]) for at in range(len(words) - 8)}

    trained = set().union(*(runs(report["text"]) for file in WRITTEN.glob("*.txt") for report in written(file)))
    assert trained
    shared = {item.report.id for item in claim_set(HERE / "reports").items if runs(item.report.text) & trained}
    assert shared == set()


@pytest.mark.parametrize(("measure", "floor"), [("f1", 0.778), ("attributed_f1", 0.592)])
def test_claims_are_read(measure: str, floor: float) -> None:
    """The floors are the values measured when the model was made, less .01."""
    counts = score(read().values())["count"]
    assert (counts.rates.f1 if measure == "f1" else counts.attributed_f1) >= floor


@pytest.mark.parametrize(("measure", "floor"), [("f1", 0.907), ("attributed_f1", 0.851)])
def test_claims_of_the_examples_are_read(measure: str, floor: float) -> None:
    """The reports of ``tests/gold`` were in view when the patterns were written and the judge was tuned."""
    counts = score(read(HERE.parent / "gold").values())["count"]
    assert (counts.rates.f1 if measure == "f1" else counts.attributed_f1) >= floor


@pytest.mark.parametrize(("kind", "floor"), [("denials", 0.428), ("zeros", 0.842), ("via", 0.495)])
def test_what_is_hard_is_read(kind: str, floor: float) -> None:
    values = {
        "denials": picked_f1(lambda one: one.slots["stance"] == "denies", same_source),
        "zeros": picked_f1(lambda one: one.kind == "zero", lambda _, __: True),
        "via": picked_f1(lambda one: bool(one.via), same_via),
    }
    assert values[kind] >= floor


def test_attributions_are_read() -> None:
    annotated = json.loads((HERE / "attributions.json").read_text(encoding="utf-8"))
    texts = {item.report.id: item.report.text for item in claim_set(HERE / "reports").items}

    def triple(one: dict[str, list[list[int]]]) -> Triple:
        return Triple(*(tuple((a, b) for a, b in one[role]) for role in ("source", "cue", "content")))

    def found(text: str) -> list[Triple]:
        return [
            Triple(*(tuple((span.start, span.end) for span in spans) for spans in (one.source, one.cue, one.content)))
            for one in shipped().read(text, split(text))
        ]

    pairs = [
        (Annotated(texts[name], tuple(map(triple, triples)), ()), found(texts[name]))
        for name, triples in annotated.items()
    ]
    assert score_attributions(pairs).triple_loose.f1 >= 66.7
