"""Silver labels: reports nobody annotated, read by the program itself, kept where a registry bears the figures out.

``python -m training.silver --bench FOLDER --gold FOLDER --model FOLDER --out FILE`` reads the development parts of
FA-KES, the gun-violence set (train) and MUC-4 (DEV) with a model that was trained on the gold alone, and writes JSON
lines in the shape of the gold. A report of the first two is kept if the recorded figures are among the claims read;
one of MUC-4 if every recorded count is. What is held out, and what is annotated, is left out. Claims that the program
is not sure of are marked ``unsure``, and training passes over their words.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import sets
from bench.heldout import SETS, held_out
from sayso.claim import read_claims
from sayso.claim.claim_tagger import ClaimTagger
from sayso.encoder import Encoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sayso.records import Claim, Report

SURE = 0.7
MOST = {"fakes": 150, "gva": 500, "muc4": 350}
"""Reports of each set at most, so that none outweighs the annotated ones."""
_SLOTS = ("victims", "status", "perpetrator", "means", "place", "scope")


def silver(bench: Path, gold: Path, tagger: ClaimTagger) -> Iterator[dict[str, Any]]:
    """Yield the reports that a registry bears out, with the program's claims."""
    annotated = {path.stem for name in SETS if name.startswith("gold/") for path in (gold / name[5:]).glob("*.json")}
    texts = {_squeezed(json.loads(path.read_text(encoding="utf-8"))["text"]) for path in gold.glob("*/*.json")}

    def kept(name: str, items: Sequence[sets.Item[Any]], agrees: Callable[..., bool]) -> Iterator[dict[str, Any]]:
        held = held_out(name)
        seen: set[str] = set()
        for item in items:
            report = item.report
            if report.id in held | annotated | seen or _squeezed(report.text) in texts:
                continue
            seen.add(report.id)
            claims, _, _ = read_claims(report, proposer=tagger)
            if claims and agrees(item.gold, claims):
                yield _row(report, claims)

    fakes = sets.fakes_set(bench / "fakes" / "fakes_dev.jsonl").items
    gva = sets.gva_set(bench / "gva" / "gva_train.jsonl").items
    muc4 = next(one for one in sets.muc_sets(bench / "muc4") if one.name.endswith("dev")).items
    yield from islice(kept("fakes", fakes, _told_fakes), MOST["fakes"])
    yield from islice(kept("gva", gva, _told_gva), MOST["gva"])
    yield from islice(kept("muc4", muc4, _told_muc), MOST["muc4"])


def _told_fakes(gold: Any, claims: Sequence[Claim]) -> bool:  # noqa: ANN401 - each set records its own
    return _has(claims, "killed", gold.total)


def _told_gva(gold: Any, claims: Sequence[Claim]) -> bool:  # noqa: ANN401 - each set records its own
    return all(_has(claims, harm, n) for harm, n in (("killed", gold.killed), ("injured", gold.injured)) if n)


def _told_muc(gold: Any, claims: Sequence[Claim]) -> bool:  # noqa: ANN401 - each set records its own
    asked = [one for one in gold.facts if not one.optional and one.low is not None and one.low == one.high > 1]
    return bool(asked) and all(any(claim.low == one.low for claim in claims) for one in asked)


def _has(claims: Sequence[Claim], harm: str, figure: int) -> bool:
    return any(claim.harm == harm and claim.low == figure for claim in claims)


def _row(report: Report, claims: Sequence[Claim]) -> dict[str, Any]:
    """Return a report in the shape of the gold; sources stay unknown, since nothing bears them out."""
    rows = []
    for claim in claims:
        row = {name: value for name, value in asdict(claim).items() if name in {*_SLOTS, "text", "start", "end"}}
        row |= {"harm": claim.harm, "kind": claim.kind, "low": claim.low, "high": claim.high}
        rows.append(row | {"unsure": (claim.confidence or 0.0) < SURE, "unknown": ["source", "via", "stance"]})
    return {"id": report.id, "published": report.published, "text": report.text, "claims": rows}


def _squeezed(text: str) -> str:
    return "".join(text.split())[:400].lower()


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("bench", "gold", "model", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    with options.out.open("w", encoding="utf-8") as out:
        for row in silver(options.bench, options.gold, ClaimTagger(Encoder(options.model))):
            out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
