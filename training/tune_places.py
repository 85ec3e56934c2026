"""Fit the weights by which the town around a place is chosen (`sayso.claim.place_towns`) and write them.

``python -m training.tune_places --shared FOLDER`` reads the dev part of the Gun Violence Archive's training file. For
each place of a report that is no town itself, the right town is the registry's, or none where no option is. The fit
is then led to give a town more gladly (`GLADLY`), which leaves a town right in about six of seven reports.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.score_places import same_town
from bench.sets import cut, gva_set
from sayso.claim.assemble import Assembly
from sayso.claim.claim_tagger import ClaimTagger
from sayso.claim.place_relations import TOWN, exactness
from sayso.claim.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from sayso.claim.place_towns import Town
    from sayso.claim.place_weights import Evidence

WEIGHTS = Path(__file__).parents[1] / "src" / "sayso" / "claim" / "place_weights.json"
RIDGE = 6.0
STEPS, PACE = 600, 0.25
RARE = 8
"""Evidence that fewer options than this have gets no weight."""
GLADLY = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """Options with their evidence, which of them are right, and how much the question counts."""

    evidence: Sequence[Evidence]
    right: Sequence[bool]
    share: float


def towns(shared: Path) -> Iterator[Question]:
    """Yield a question for each street, quarter or open place of each report of the registry's training file."""
    tagger = ClaimTagger()
    for item in cut(gva_set(shared / "bench" / "gva" / "gva_train.jsonl"), "dev").items:
        sentences = split(item.report.text)
        assembly = Assembly(item.report, sentences, tagger.propose(item.report.text, sentences, "en"), "en")
        asked = list(_asking(assembly))
        for among in asked:
            right = [town is not None and same_town(item.gold.city, town.name) for town, _ in among]
            yield Question([told for _, told in among], right if any(right) else [True, *right[1:]], 1 / len(asked))


def _asking(assembly: Assembly) -> Iterator[list[tuple[Town | None, Evidence]]]:
    """Yield the towns that may be around or in each place of a report that is no town itself, once a place."""
    seen: set[str | None] = set()
    for proposed in assembly.proposed:
        ruled = assembly.ruled(proposed)
        scope = assembly.settled(proposed, ruled).scope
        if scope != "incident" or proposed.harmed.harm not in {"killed", "injured"}:
            continue
        place = assembly.place(scope, proposed, ruled)
        name = None if place is None else place.name
        if name not in seen and (place is None or exactness(place) != TOWN):
            seen.add(name)
            yield assembly.scenes.towns(place, proposed.sentence)


def fitted(questions: Iterable[Question]) -> dict[str, float]:
    """Fit the weights under which the right options have most of a softmax over all, by Adagrad with a ridge."""
    asked = [q for q in questions if any(q.right)]
    times = Counter(name for q in asked for told in q.evidence for name in told)
    names = sorted(name for name, often in times.items() if often >= RARE)
    column = {name: at for at, name in enumerate(names)}
    shown = np.zeros((sum(len(q.right) for q in asked), len(names)))
    for row, told in enumerate(told for q in asked for told in q.evidence):
        for name, value in told.items():
            if name in column:
                shown[row, column[name]] = value
    right = np.array([float(one) for q in asked for one in q.right])
    of = np.repeat(np.arange(len(asked)), [len(q.right) for q in asked])
    starts = np.searchsorted(of, np.arange(len(asked)))
    share = np.array([q.share for q in asked])[of]
    fit = np.zeros(len(names))
    seen = np.full(len(names), 1e-6)
    for _ in range(STEPS):
        odds = shown @ fit
        each = np.exp(odds - np.maximum.reduceat(odds, starts)[of])
        slope = shown.T @ ((_shared(each, of, starts) - _shared(each * right, of, starts)) * share)
        slope = (slope + RIDGE * fit) / len(asked)
        seen += slope**2
        fit -= PACE * slope / np.sqrt(seen)
    return {name: value for name, weight in zip(names, fit, strict=True) if (value := round(float(weight), 3))}


def _shared(each: NDArray[np.float64], of: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Divide the figures of each question by their sum."""
    shares: NDArray[np.float64] = each / (np.add.reduceat(each, starts)[of] + 1e-300)
    return shares


def main() -> None:
    """Read the command line, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder that holds gold/ and bench/")
    options = parser.parse_args()
    found = fitted(towns(options.shared))
    found["none"] = round(found.get("none", 0.0) - GLADLY, 3)
    WEIGHTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
