"""Choose the settings of `training.linking` on the texts kept from training, and write them into ``model.json``.

``python -m training.tune_linking --polnear FOLDER --model FOLDER``. First each setting in turn for the best F1 of
loose triples, then the weights of the evidence by logistic regression and the least probability, then each in turn
again. The figures come from the exported model, so its rounding is part of what is tuned.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bench import score_attributions, sets
from bench.heldout import held_out
from bench.rows import Triple
from sayso.claim.linking import Read, Settings, characters, triples
from sayso.claim.sentences import split
from sayso.encoder import Encoder
from training.parts import tuning_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.score_attributions import Annotated
    from sayso.claim.linking import Linked
    from sayso.encoder import Pieced

START = Settings(cue=-0.5, source=2.0, content=-0.5, source_run=0.0, content_run=10.0, tag_share=0.4, same=0.5)
GRID: Mapping[str, tuple[float, ...]] = {
    "cue": (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0),
    "source": (1.0, 1.5, 2.0, 2.5, 3.0),
    "content": (-1.0, -0.5, 0.0, 0.5),
    "content_run": (3.0, 6.0, 10.0, 14.0),
    "tag_share": (0.0, 0.2, 0.4, 0.6),
    "same": (0.5, 0.6, 0.8, 0.9),
    "sure": (0.0, 0.28, 0.32, 0.36, 0.4, 0.44),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """One annotated text with the model's figures."""

    gold: Annotated
    pieces: Pieced
    windows: tuple[Read, ...]

    def triples(self, settings: Settings) -> list[Linked]:
        """Read its attributions."""
        return triples(self.windows, settings)

    def triple(self, linked: Linked) -> Triple:
        """Give one attribution as offsets into the text."""
        found = (linked.source, linked.cue, linked.content)
        return Triple(*(tuple(characters(self.pieces, runs)) for runs in found))


def texts(polnear: Path, encoder: Encoder) -> Iterator[Text]:
    """Read the texts that are neither held out nor trained on."""
    kept_apart = held_out("polnear")
    for item in sets.attribution_set(polnear).items:
        if item.report.id not in kept_apart and tuning_part(item.report.id):
            text = item.report.text
            encoded = encoder.encode(text, [(s.span.start, s.span.end) for s in split(text)])
            windows = tuple(Read(w.cut, w.outputs["tags"], w.outputs["links"]) for w in encoded.windows)
            yield Text(item.gold, encoded.pieces, windows)


def f1(chosen: Sequence[Text], settings: Settings) -> float:
    """Return the F1 of loose triples, in per cent."""
    read = ((text.gold, [text.triple(one) for one in text.triples(settings)]) for text in chosen)
    return score_attributions.score(read).triple_loose.f1


def climb(chosen: Sequence[Text], settings: Settings) -> Settings:
    """Take each setting's best value in turn."""
    best = f1(chosen, settings)
    for name, values in GRID.items():
        for value in values:
            change: dict[str, Any] = {name: value}
            other = dataclasses.replace(settings, **change)
            reached = f1(chosen, other)
            if reached > best:
                best, settings = reached, other
    return settings


def weigh(chosen: Sequence[Text], settings: Settings) -> tuple[float, ...]:
    """Fit what speaks for a triple to whether it is right: logistic regression by Newton's steps, ridge 0.5."""
    evidence, right = [], []
    for text in chosen:
        for one in text.triples(settings):
            evidence.append(one.evidence)
            alone = score_attributions.score([(text.gold, [text.triple(one)])])
            right.append(alone.triple_loose.precision > 0)
    if not evidence:
        return settings.weights
    x, y = np.array(evidence), np.array(right, dtype=float)
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        bent = (x * (p * (1 - p))[:, None]).T @ x + 0.5 * np.eye(len(weights))
        weights += np.linalg.solve(bent, x.T @ (y - p) - 0.5 * weights)
    return tuple(round(float(weight), 3) for weight in weights)


def main() -> None:
    """Read the command line, tune and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polnear", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="folder of model.json")
    options = parser.parse_args()
    chosen = list(texts(options.polnear, Encoder(options.model)))
    settings = climb(chosen, START)
    print(f"without weights {f1(chosen, settings)} {settings}", flush=True)
    tried = []
    for cue in (settings.cue, settings.cue + 0.5, settings.cue + 1.0):
        wider = dataclasses.replace(settings, cue=cue, sure=0.0)
        tried.append(climb(chosen, dataclasses.replace(wider, weights=weigh(chosen, wider), sure=0.36)))
    settings = max(tried, key=lambda one: f1(chosen, one))
    print(f"{len(chosen)} texts, F1 of loose triples {f1(chosen, settings)}\n{settings}")
    path = options.model / "model.json"
    layout = json.loads(path.read_text(encoding="utf-8"))
    layout["linking"] = dataclasses.asdict(settings)
    path.write_text(json.dumps(layout, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
