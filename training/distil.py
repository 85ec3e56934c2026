"""Teach a smaller encoder to read as the shipped one does (distillation, Hinton et al. 2015).

``python -m training.distil --weights teacher.npz --model FOLDER --bench FOLDER --gold FOLDER --polnear FOLDER
--invented FILE --written FOLDER --out FOLDER`` writes ``reader.pt`` for `training.export`. The student begins as a
part of its teacher (`training.student`). It is held to the teacher's hidden states, in the middle and at the end, to
what the heads say of them, and where a report is annotated to its labels. What is held out is not among the texts.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Tokenizer

from bench import sets
from bench.heldout import held_out
from training.claims import Window, reports, windows
from training.encoder import Reader, Shape, quick
from training.export import loaded
from training.markup import written
from training.soft import agreement, said, soft_loss
from training.student import part_of, whole
from training.taught import LAYERS, Taught
from training.train_claims import claim_loss, padded
from training.unlabelled import texts
from training.windows import IGNORED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor

RATE, WARM_UP, FORGET = 8e-4, 0.04, 0.01
SIZE = 16
"""Windows in a batch."""
CUTS = 2
"""In how many ways annotated reports are cut into windows."""
INVENTED = 700
"""Invented reports at most."""
PROBED = 240
"""Windows of reports of shootings that neither reader was trained on, by which agreement is told."""
TELL_EVERY, KEEP_EVERY = 100, 1000
SHARES = {
    "states": 2.0,
    "middle": 1.0,
    "tags": 4.0,
    "links": 6.0,
    "claim_tags": 4.0,
    "claim_means": 0.5,
    "claim_ties": 6.0,
    "labels": 0.2,
}
"""How much each part of the loss counts."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is read, and what the teacher makes of it.

    Attributes:
        lot: All windows.
        probe: How many of them, at the front, are kept from training to tell agreement by.
        taught: The teacher's states of each.
        teacher: The teacher, for its heads.
        spread: The standard deviation of each channel of its states, `[LAYERS, 384]`.
    """

    lot: Sequence[Window]
    probe: int
    taught: Taught
    teacher: Reader
    spread: Tensor

    def batches(self, seed: int) -> Iterator[list[int]]:
        """Yield batches of windows of like lengths without end."""
        chance = random.Random(seed)  # noqa: S311 - the order of training, no secret
        while True:
            numbers = range(self.probe, len(self.lot))
            ordered = sorted(numbers, key=lambda n: (len(self.lot[n].ids) // 8, chance.random()))
            cuts = [ordered[at : at + SIZE] for at in range(0, len(ordered), SIZE)]
            chance.shuffle(cuts)
            yield from cuts

    def states(self, chosen: Sequence[int], longest: int) -> Tensor:
        """Return the teacher's states of some windows, padded, `[b, n, LAYERS, 384]`."""
        out = torch.zeros(len(chosen), longest, *self.spread.shape)
        for row, n in enumerate(chosen):
            states = self.taught.states(n)
            out[row, : len(states)] = torch.from_numpy(states.astype(np.float32))
        return out

    def losses(self, student: Reader, chosen: Sequence[int], middle: int) -> dict[str, Tensor]:
        """Return the parts of the loss over some windows; `middle` is the student's layer for the teacher's first."""
        batch = [self.lot[n] for n in chosen]
        ids, mask, tags = padded(batch)
        wanted = self.states(chosen, ids.shape[1])
        with quick():
            states = student.tagger.encoder.states(ids, mask)
            ours = said(student, states[-1])
            with torch.no_grad():
                theirs = said(self.teacher, wanted[:, :, 1])
        losses = soft_loss(ours, theirs, mask)
        for name, number, layer in (("middle", 0, middle), ("states", 1, -1)):
            apart = (states[layer].float() - wanted[:, :, number]) / self.spread[number]
            losses[name] = apart[mask].square().mean()
        if (tags != IGNORED).any():
            losses["labels"] = claim_loss(ours[2:], batch, tags)
        return losses

    def agreement(self, student: Reader) -> dict[str, float]:
        """Return how the student goes with its teacher on the windows kept from training."""
        ours, theirs = [], []
        student.eval()
        with torch.no_grad():
            for n in range(self.probe):
                ids, states = torch.from_numpy(self.lot[n].ids)[None], self.states([n], len(self.lot[n].ids))
                ours.append([one[0, 1:-1] for one in said(student, student.tagger.encoder(ids))])
                theirs.append([one[0, 1:-1] for one in said(self.teacher, states[:, :, 1])])
        student.train()
        return agreement(ours, theirs)


def train(student: Reader, lesson: Lesson, *, middle: int, minutes: float, seed: int, out: Path) -> None:
    """Train for some minutes, printing losses and agreement; ``reader-part.pt`` holds the weights on the way."""
    student.tagger.encoder.freeze_embeddings()
    moved = [p for p in student.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(moved, lr=RATE, weight_decay=FORGET)
    shown: dict[str, float] = {}
    began = time.monotonic()
    student.train()
    for step, chosen in enumerate(lesson.batches(seed), 1):
        passed = (time.monotonic() - began) / (60 * minutes)
        if passed >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = RATE * max(0.001, min(passed / WARM_UP, (1 - passed) / (1 - WARM_UP)))
        losses = lesson.losses(student, chosen, middle)
        total = sum((SHARES[name] * loss for name, loss in losses.items()), torch.zeros(()))
        total.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_(moved, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        for name, loss in losses.items():
            shown[name] = 0.98 * shown.get(name, loss.item()) + 0.02 * loss.item()
        if step % TELL_EVERY == 0:
            _tell(f"step {step}, {60 * minutes * passed:.0f} s:", shown)
        if step % KEEP_EVERY == 0:
            torch.save(student.state_dict(), out / "reader-part.pt")
            _tell("agreement:", lesson.agreement(student))
    torch.save(student.state_dict(), out / "reader.pt")
    _tell("agreement at the end:", lesson.agreement(student))


def _tell(what: str, figures: dict[str, float]) -> None:
    print(what, *(f"{name} {value:.4f}" for name, value in figures.items()), flush=True)


def gathered(options: argparse.Namespace, tokenizer: Tokenizer) -> tuple[list[Window], int]:
    """Return all windows, and how many at the front are for telling agreement."""
    held = held_out("gva")
    unseen = [i.report for i in sets.gva_set(options.bench / "gva" / "gva_dev.jsonl").items if i.report.id not in held]
    lot = [window for report in unseen[::4] for window in _unlabelled(report.text, tokenizer)][:PROBED]
    probe = len(lot)
    known = [*reports(options.gold), *(r for file in sorted(options.written.glob("*.txt")) for r in written(file))]
    with options.invented.open(encoding="utf-8") as lines:
        known += [json.loads(line) for line in islice(lines, INVENTED)]
    lot += [window for report in known for skip in range(CUTS) for window in windows(report, tokenizer, skip)]
    lot += [w for text in texts(options.bench, options.gold, options.polnear) for w in _unlabelled(text, tokenizer)]
    return lot, probe


def _unlabelled(text: str, tokenizer: Tokenizer) -> list[Window]:
    """Cut a text of which nothing is known."""
    cuts = windows({"text": text, "claims": []}, tokenizer)
    return [Window(one.ids, np.full_like(one.tags, IGNORED), ()) for one in cuts]


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("weights", "model", "bench", "gold", "polnear", "invented", "written", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--layers", type=int, nargs="+", default=[0, 3, 5], help="layers of the teacher to begin with")
    parser.add_argument("--heads", type=int, default=12)
    parser.add_argument("--inner", type=int, default=1536)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--start", type=Path, help="go on from these weights of this script")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(options.model / "tokenizer.json"))
    lot, probe = gathered(options, tokenizer)
    print(f"{len(lot)} windows, {sum(len(one.ids) for one in lot)} pieces", flush=True)
    ids = [one.ids for one in lot]
    taught = Taught(options.model / "model.onnx", ids, options.out.parent)
    spread = torch.from_numpy(np.concatenate([taught.states(n) for n in range(probe)]).astype(np.float32).std(0))
    weights, shape = loaded(options.weights), Shape(len(options.layers), options.heads, options.inner)
    student = part_of(weights, options.layers, shape, ids[:probe])
    if options.start:
        student.load_state_dict(torch.load(options.start))
    lesson = Lesson(lot, probe, taught, whole(weights), spread)
    middle = options.layers.index(LAYERS[0])
    train(student, lesson, middle=middle, minutes=options.minutes, seed=options.seed, out=options.out)


if __name__ == "__main__":
    main()
