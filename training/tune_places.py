"""Fit the weights by which places are weighed (`sayso.claim.place_weights`) and write them.

``python -m training.tune_places --shared FOLDER --halves FOLDER`` reads the dev part of the annotated reports and of
the Gun Violence Archive's training file. `--halves` holds what `training.halves` wrote.

*The scene of a claim*: for each annotated claim that is found, the right options are the places that share a head word
with the annotated one. The heads that point are those that never saw the report; the shipped ones, which did, count
`SEEN`, since on a new report they stand between the two. *The town around a place*: for each street, quarter and open
place of a report, the right town is the registry's, or none where no option is. Its fit is then led to give a town
more gladly (`GLADLY`), which leaves a town right in about six of seven reports.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from bench.score_claims import same_head
from bench.score_places import same_town
from bench.sets import cut, gva_set
from sayso.claim.assemble import Assembly
from sayso.claim.claim_tagger import ClaimTagger
from sayso.claim.place_choice import place_options
from sayso.claim.place_weights import weights
from sayso.claim.scenes import TOWN, exactness
from sayso.claim.sentences import split
from sayso.encoder import Encoder, Window
from sayso.records import Report
from training.claims import reports
from training.encoder import MiniLM, Reader, Tagger
from training.halves import halves
from training.windows import CLS, SEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.claim.place_weights import Evidence
    from sayso.claim.propose import Proposals, Proposed
    from sayso.encoder import Encoded

WEIGHTS = Path(__file__).parents[1] / "src" / "sayso" / "claim" / "place_weights.json"
SEEN = 0.3
SCENE_RIDGE, TOWN_RIDGE = 8.0, 2.0
SCENE_STEPS, TOWN_STEPS, PACE = 300, 600, 0.25
RARE = 8
"""Evidence that fewer options than this have gets no weight."""
GLADLY = 0.6


@dataclass(frozen=True, slots=True)
class Question:
    """Options with their evidence, which of them are right, and how much the question counts."""

    evidence: Sequence[Evidence]
    right: Sequence[bool]
    share: float


class Unseen(Encoder):
    """The shipped encoder, but for the words that counts point to: there, heads trained on one half speak."""

    def __init__(self, half: Path) -> None:
        super().__init__()
        self._model = Reader(Tagger(MiniLM(0.0)))
        self._model.load_state_dict(torch.load(half))
        self._model.eval()

    def encode(self, text: str, sentences: Sequence[tuple[int, int]]) -> Encoded:
        """Read the sentences of a text; as `Encoder.encode`."""
        whole = super().encode(text, sentences)
        return replace(whole, windows=tuple(self._tied(one, whole) for one in whole.windows))

    def _tied(self, window: Window, whole: Encoded) -> Window:
        own = whole.pieces.ids[window.cut.start : window.cut.end]
        ids = torch.from_numpy(np.array([[CLS, *own, SEP]], dtype=np.int64))
        with torch.no_grad():
            ties = self._model.claims(self._model.tagger.encoder(ids))[2][0, 1:-1].numpy()
        return Window(window.cut, {**window.outputs, "claim_ties": ties})


def scenes(shared: Path, folder: Path) -> Iterator[Question]:
    """Yield a question for each annotated claim found, once with heads that saw its report and once with others."""
    half = halves(shared)
    shipped = Encoder()
    unseen = [ClaimTagger(Unseen(folder / f"half-{number}.pt")) for number in range(2)]
    for row in reports(shared / "gold"):
        report = Report(row["id"], row["text"], outlet=row["outlet"], published=row["published"], language="en")
        sentences = split(report.text)
        found = ClaimTagger(shipped).propose(report.text, sentences, "en")
        pointing = unseen[half[row["id"]]].propose(report.text, sentences, "en")
        if found.judged is None or pointing.judged is None:
            continue
        yield from _of_claims(row, report, found, SEEN)
        judged = replace(found.judged, heads=pointing.judged.heads)
        yield from _of_claims(row, report, replace(found, judged=judged), 1.0)


def _of_claims(row: Mapping[str, Any], report: Report, found: Proposals, share: float) -> Iterator[Question]:
    assembly = Assembly(report, split(report.text), found, "en")
    left = list(row["claims"])
    for proposed in found.claims:
        ruled = assembly.ruled(proposed)
        count = ruled.count
        claim = next(
            (c for c in left if _same(c, proposed) and c["start"] < count.end and count.start < c["end"]), None
        )
        if claim is None or found.judged is None:
            continue
        left.remove(claim)
        asked = assembly.asked(assembly.settled(proposed, ruled).scope, proposed, ruled)
        among = place_options(asked, assembly.scenes, found.judged.heads)
        accepted = [claim["place"], *([claim["also"]["place"]] if "place" in (claim.get("also") or {}) else [])]
        names = [one.place.name if one.place is not None else None for one in among]
        right = [any(same_head(one, name) for one in accepted) for name in names]
        yield Question([one.evidence for one in among], right, share)


def _same(claim: Mapping[str, Any], proposed: Proposed) -> bool:
    count = proposed.harmed.mention.count
    wanted = (proposed.harmed.harm, count.low, count.high, count.kind == "individual")
    return (claim["harm"], claim["low"], claim["high"], claim["kind"] == "individual") == wanted


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


def _asking(assembly: Assembly) -> Iterator[list[Any]]:
    """Yield the towns that may be around each place of a report that is no town itself, once a place."""
    seen: set[str | None] = set()
    for proposed in assembly.proposed:
        ruled = assembly.ruled(proposed)
        scope = assembly.settled(proposed, ruled).scope
        if scope != "incident" or proposed.harmed.harm not in {"killed", "injured"}:
            continue
        place = assembly.place(scope, proposed, ruled)
        name = None if place is None else place.name
        if name not in seen and (place is None or exactness(place) > TOWN):
            seen.add(name)
            yield assembly.scenes.towns(place, proposed.sentence)


def fitted(questions: Iterable[Question], ridge: float, steps: int) -> dict[str, float]:
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
    for _ in range(steps):
        odds = shown @ fit
        each = np.exp(odds - np.maximum.reduceat(odds, starts)[of])
        slope = shown.T @ ((_shared(each, of, starts) - _shared(each * right, of, starts)) * share)
        slope = (slope + ridge * fit) / len(asked)
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
    parser.add_argument("--halves", type=Path, required=True)
    options = parser.parse_args()
    found = {"scene": fitted(scenes(options.shared, options.halves), SCENE_RIDGE, SCENE_STEPS)}
    old = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    WEIGHTS.write_text(_written({**old, **found}), encoding="utf-8")
    weights.cache_clear()  # towns are asked for around the places that the new weights choose
    found["town"] = fitted(towns(options.shared), TOWN_RIDGE, TOWN_STEPS)
    found["town"]["none"] = round(found["town"].get("none", 0.0) - GLADLY, 3)
    WEIGHTS.write_text(_written(found), encoding="utf-8")


def _written(weights: Mapping[str, Mapping[str, float]]) -> str:
    return json.dumps(weights, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    main()
