"""Fit the weights by which a claim points to its source (`sayso.claim.pointing`) and write ``pointing.npz``.

``python -m training.fit_pointing --gold FOLDER --own tests/gold --written training/written --bench FOLDER
--first FOLDER --model FOLDER``, some three minutes on one core. `--first` is the exported model that has not seen the
fifth kept from training nor our own reports; on these the weights are fitted, since an encoder knows the sources of
what it was trained on by heart. The vectors of another model are others: a least-squares map, fitted over reports that
neither was taught on (recorded tolls, without their figures), gives from what `--model` says of a piece the vector
that belongs to it in the first. Any model may take the place of the second, and the first may be both. A model that was
taught all annotated reports is the first with ``--standoff training/standoff``, if it was not taught those.

``--cross`` writes nothing and tells how often the source is right where a fifth of the reports at a time is kept from
the fit, beside what the judge alone has.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from sayso.claim.accounts import EVIDENCE
from sayso.encoder import Encoder
from training.claims import reports
from training.markup import written
from training.parts import tuning_fifth
from training.sources_asked import OURS, axes, mapped, pieces, questions
from training.standoff import annotated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from training.sources_asked import Question

    Figures = NDArray[np.float32]

SHARE = 0.3
"""How much a report of ``training/written`` counts: there are many, and harder than what is usually read."""
WIDTH, SEEDS = 32, 2
"""The width of each fit, and how many stand side by side in the file: their sums are added up."""
EPOCHS, BATCH = 12, 64
PACE = {"evidence": (1e-2, 0.02), "vectors": (1e-3, 0.3)}
"""Learning rate and weight decay."""
DROPPED = 0.5
PARTS = 5


class Asked:
    """Questions with their options in rows, vectors turned to axes along which they spread."""

    def __init__(self, asked: Sequence[Question], axes: Figures, mean: Figures) -> None:
        self.asked = asked
        self.counts = np.array([len(one.right) for one in asked])
        self.starts = np.concatenate([[0], np.cumsum(self.counts)])
        known = [np.abs(one.words).sum(axis=1, keepdims=True) > 0 for one in asked]
        turned = [(one.words - mean) @ axes * has for one, has in zip(asked, known, strict=True)]
        self.words = torch.from_numpy(np.concatenate(turned))
        self.known = torch.from_numpy(np.concatenate(known)[:, 0].astype(np.float32))
        there = [np.abs(one.told).sum(axis=1, keepdims=True) > 0 for one in asked]
        self.told = torch.from_numpy(
            np.stack([(one.told - mean) @ axes * has for one, has in zip(asked, there, strict=True)])
        )
        self.shown = torch.from_numpy(np.concatenate([one.shown for one in asked]))
        self.right = torch.from_numpy(np.concatenate([one.right for one in asked]))
        self.share = torch.tensor([SHARE if one.group == OURS else 1.0 for one in asked])
        self.usable = np.array([0 < one.right.sum() < len(one.right) for one in asked])

    def rows(self, which: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the rows of some questions, and for each the number of its question among them."""
        rows = np.concatenate([np.arange(self.starts[i], self.starts[i + 1]) for i in which])
        return torch.from_numpy(rows), torch.from_numpy(np.repeat(np.arange(len(which)), self.counts[which]))


class Fit(nn.Module):
    """What `sayso.claim.pointing` computes, to be fitted."""

    def __init__(self, axes: int) -> None:
        super().__init__()
        self.evidence = nn.Parameter(torch.zeros(EVIDENCE))
        self.asking = nn.Linear(2 * axes, WIDTH)
        self.words = nn.Linear(axes, WIDTH)
        self.speaker = nn.Linear(axes, 1)
        self.own = nn.Linear(3 * axes, 1)
        self.dropped = nn.Dropout(DROPPED)
        for part in (self.asking, self.words):
            nn.init.normal_(part.weight, std=0.02)
        for part in (self.speaker, self.own):
            nn.init.zeros_(part.weight)
            nn.init.zeros_(part.bias)

    def forward(self, asked: Asked, which: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return how much speaks for each option of some questions, their rows, and their questions."""
        rows, of = asked.rows(which)
        told, words, known = asked.told[which], asked.words[rows], asked.known[rows]
        looking = self.asking(self.dropped(told[:, :2].flatten(1)))[of]
        dropped = self.dropped(words)
        met = (looking * self.words(dropped)).sum(1) / WIDTH**0.5 + self.speaker(dropped)[:, 0]
        shown = asked.shown[rows]
        # The report's own voice is the option with circumstances, the first of which is always there.
        nobody = shown[:, OWN_VOICE]
        return shown @ self.evidence + met * known + self.own(self.dropped(told.flatten(1)))[of, 0] * nobody, rows, of

    def projection(self) -> tuple[Figures, Figures]:
        """Return the columns of `sayso.claim.pointing.Pointing.projection` over the axes, and what each adds."""
        axes = self.words.in_features
        asking, own = self.asking.weight / WIDTH**0.5, self.own.weight
        parts = [asking[:, :axes], asking[:, axes:], self.words.weight, self.speaker.weight]
        parts += [own[:, at : at + axes] for at in range(0, 3 * axes, axes)]
        nothing = torch.zeros(WIDTH)
        added = [self.asking.bias / WIDTH**0.5, nothing, self.words.bias, self.speaker.bias, self.own.bias]
        return _plain(torch.cat(parts).T), _plain(torch.cat([*added, torch.zeros(2)]))


OWN_VOICE = 15
"""Where `sayso.claim.accounts` says that an option is the report's own voice."""


def _plain(tensor: torch.Tensor) -> Figures:
    array: Figures = tensor.detach().numpy().astype(np.float32)
    return array


def fitted(asked: Asked, which: NDArray[np.int64], seed: int) -> Fit:
    """Fit on some questions: the right options, taken together, should be likely."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    which = which[asked.usable[which]]
    model = Fit(asked.words.shape[1])
    others = [p for name, p in model.named_parameters() if name != "evidence"]
    groups = [([model.evidence], PACE["evidence"]), (others, PACE["vectors"])]
    descent = torch.optim.AdamW([{"params": p, "lr": lr, "weight_decay": decay} for p, (lr, decay) in groups])
    steps = EPOCHS * -(-len(which) // BATCH)
    slower = torch.optim.lr_scheduler.LambdaLR(descent, lambda step: min(1.0, (steps - step) / (0.7 * steps)))
    for _ in range(EPOCHS):
        order = chance.permutation(which)
        for at in range(0, len(order), BATCH):
            taken = order[at : at + BATCH]
            weights, rows, of = model(asked, taken)
            right = torch.where(asked.right[rows] > 0, weights, torch.tensor(-1e4))
            missed = _total(weights, of, len(taken)) - _total(right, of, len(taken))
            share = asked.share[taken]
            descent.zero_grad()
            ((missed * share).sum() / share.sum()).backward()
            descent.step()
            slower.step()
    return model.eval()


def _total(weights: torch.Tensor, of: torch.Tensor, number: int) -> torch.Tensor:
    """Return the logarithm of the summed exponentials of each question's rows."""
    top = torch.full((number,), -1e9).scatter_reduce(0, of, weights, "amax").detach()
    return torch.log(torch.zeros(number).index_add(0, of, torch.exp(weights - top[of]))) + top


def crossed(asked: Asked) -> Counter[tuple[str, str]]:
    """Count, by set, the questions, those that the judge has right, and those that a fit without the report has."""
    part = np.array([int(hashlib.sha256(one.report.encode()).hexdigest(), 16) % PARTS for one in asked.asked])
    told: Counter[tuple[str, str]] = Counter()
    for number in range(PARTS):
        left = np.flatnonzero(part == number)
        models = [fitted(asked, np.flatnonzero(part != number), seed) for seed in range(SEEDS)]
        with torch.no_grad():
            summed = sum(model(asked, left)[0] for model in models)
        at = 0
        for i in left.tolist():
            question = asked.asked[i]
            best = int(torch.as_tensor(summed)[at : at + asked.counts[i]].argmax())
            at += int(asked.counts[i])
            told[question.group, "asked"] += 1
            told[question.group, "judge"] += question.judged
            told[question.group, "pointer"] += int(question.right[best])
            told[question.group, "mended"] += int(question.right[best]) > question.judged
            told[question.group, "broken"] += int(question.right[best]) < question.judged
    return told


def write(folder: Path, projection: Figures, evidence: Figures) -> None:
    """Write ``pointing.npz`` into a model's folder, and its digest into ``model.json``."""
    file = folder / "pointing.npz"
    np.savez(file, projection=projection.astype(np.float16), evidence=evidence)
    layout = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    layout["sha256"][file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "model.json").write_text(json.dumps(layout, indent=1) + "\n", encoding="utf-8")


def joined(models: Sequence[Fit], turned: Figures, mean: Figures) -> tuple[Figures, Figures]:
    """Put fits side by side: the projection of what the first encoder says of a piece, and the evidence's weights."""
    columns, added = zip(*(model.projection() for model in models), strict=True)
    each = np.split(np.arange(3 * WIDTH), 3)
    order = [(np.concatenate([one[..., part] for one in columns], axis=-1)) for part in each]
    more = [(np.concatenate([one[part] for one in added])) for part in each]
    singles = sum(one[:, 3 * WIDTH :] for one in columns), sum(one[3 * WIDTH :] for one in added)
    slope = turned @ np.concatenate([*order, singles[0]], axis=1)
    row = np.concatenate([*more, singles[1]]) - mean @ slope
    return np.concatenate([slope, row[None]]).astype(np.float32), np.sum([_plain(m.evidence) for m in models], axis=0)


def main() -> None:
    """Read the command line, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("gold", "own", "written", "bench", "first", "model"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--standoff", type=Path, help="fit on these reports and not on the fifth of --gold")
    parser.add_argument("--fifth", action="store_true", help="take of both only what training kept apart")
    parser.add_argument("--cross", action="store_true", help="tell how well it does, and write nothing")
    given = parser.parse_args()
    torch.set_num_threads(1)
    first = Encoder(given.first)
    if given.standoff:
        kept = [{**report, "set": "standoff"} for report in annotated(given.standoff, given.bench)]
    else:
        kept = [report for report in reports(given.gold) if tuning_fifth(report["id"])]
    kept += [{**report, "set": OURS} for file in sorted(given.written.glob("*.txt")) for report in written(file)]
    if given.fifth:
        kept = [report for report in kept if tuning_fifth(report["id"])]
    kept += [{**json.loads(f.read_text(encoding="utf-8")), "set": "own"} for f in sorted(given.own.glob("*.json"))]
    seen = np.concatenate(list(pieces(first, given.bench)))
    turned, mean = axes(seen)
    asked = Asked(list(questions(first, kept)), turned, mean)
    if given.cross:
        for (group, what), number in sorted(crossed(asked).items()):
            print(f"{group:10} {what:8} {number}")
        return
    models = [fitted(asked, np.arange(len(asked.asked)), seed) for seed in range(SEEDS)]
    projection, evidence = joined(models, turned, mean)
    if given.model.resolve() != given.first.resolve():
        wanted = seen @ projection[:-1] + projection[-1]
        projection = mapped(np.concatenate(list(pieces(Encoder(given.model), given.bench))), wanted)
    write(given.model, projection, evidence)


if __name__ == "__main__":
    main()
