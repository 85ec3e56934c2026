"""Fit the attribution heads anew to an encoder that the training of claims has moved.

``python -m training.refit_attributions --weights reader.pt --teacher tagger.pt --polnear FOLDER --gold FOLDER
--written FOLDER --tokenizer tokenizer.json --out reader.pt``. Training on claims keeps the heads right on PolNeAR, but
on news of casualties, where nothing supervises them, they drift. So the encoder is left as it is, and the two linear
heads are fitted to PolNeAR with its own labels and to reports of casualties with what the model before (the teacher)
said of them. Claims are read as before, to the last digit.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from tokenizers import Tokenizer

from training.claims import reports, windows
from training.encoder import WHOLE, MiniLM, Reader, Shape, Tagger, link_logits
from training.markup import written
from training.parts import tuning_part
from training.polnear import readings
from training.roles import LINKED, ROLES, TAGS
from training.train_attributions import loss, stack
from training.windows import IGNORED, Example, examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from torch import Tensor

RATE, EPOCHS, BATCH = 2e-3, 10, 16
MOST = 3500
"""Windows of each kind."""


def teaching(file: Path, shape: Shape) -> Tagger:
    """Return the attribution tagger of some weights: of `train_attributions`, or of a reader at a shape."""
    weights = torch.load(file)
    mine = {name.removeprefix("tagger."): value for name, value in weights.items() if name.startswith("tagger.")}
    tagger = Tagger(MiniLM(shape=shape if mine else WHOLE))
    tagger.load_state_dict(mine or weights)
    return tagger


def taught(teacher: Tagger, ids: np.ndarray) -> Example:
    """Label a window as the teacher reads it."""
    with torch.no_grad():
        _, tagged, linked = teacher(torch.from_numpy(ids)[None])
    tags = tagged.view(len(ids), len(ROLES), len(TAGS)).argmax(2).numpy()
    tags[[0, -1]] = IGNORED
    links = (link_logits(linked)[0] > 0).numpy()
    links[:, tags[:, ROLES.index("cue")] <= 0] = False
    return Example(ids, tags, links)


def states(encoder: MiniLM, lot: Sequence[Example]) -> list[Tensor]:
    """Return the hidden states of some windows."""
    with torch.no_grad():
        return [encoder(torch.from_numpy(one.ids)[None])[0] for one in lot]


def fit(model: Tagger, lot: Sequence[Example], seed: int) -> None:
    """Fit the two heads to windows whose hidden states do not change."""
    hidden = states(model.encoder.eval(), lot)
    heads = [*model.tags.parameters(), *model.links.parameters()]
    optimiser = torch.optim.AdamW(heads, lr=RATE, weight_decay=0.01)
    chance = random.Random(seed)  # noqa: S311 - the order of training, no secret
    order = list(range(len(lot)))
    steps = EPOCHS * (len(lot) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.0, 1 - step / steps))
    for epoch in range(EPOCHS):
        chance.shuffle(order)
        shown = 0.0
        for at in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[at : at + BATCH]
            _, mask, tags, links = stack([lot[i] for i in chosen])
            padded = torch.nn.utils.rnn.pad_sequence([hidden[i] for i in chosen], batch_first=True)
            of_tags, of_links = loss(model.tags(padded), model.links(padded), mask, tags, links)
            (of_tags + of_links).backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            schedule.step()
            shown += (of_tags + of_links).item()
        print(f"epoch {epoch + 1}/{EPOCHS} loss {shown * BATCH / len(order):.3f}", flush=True)


def main() -> None:
    """Read the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("weights", "teacher", "polnear", "gold", "written", "tokenizer", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--inner", type=int, default=WHOLE.inner, help="of the encoder, where it is a student")
    parser.add_argument("--heads", type=int, default=WHOLE.heads, help="of attention in each layer, likewise")
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(options.seed)
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    shape = Shape(heads=options.heads, inner=options.inner)
    model, teacher = Reader(Tagger(MiniLM(shape=shape))), teaching(options.teacher, shape).eval()
    model.load_state_dict(torch.load(options.weights))
    model.eval()
    ours = [*reports(options.gold), *(r for file in sorted(options.written.glob("*.txt")) for r in written(file))]
    chance = random.Random(options.seed)  # noqa: S311 - which windows are taken, no secret
    mine = [window.ids for report in ours for window in windows(report, tokenizer)]
    theirs = [e for r in readings(options.polnear) if not tuning_part(r.doc) for e in examples(r, tokenizer)]
    lot = chance.sample(theirs, min(MOST, len(theirs)))
    lot += [taught(teacher, ids) for ids in chance.sample(mine, min(MOST, len(mine)))]
    print(f"{len(lot)} windows of {len(theirs)} and {len(mine)}; links of {len(LINKED)} roles")
    fit(model.tagger, lot, options.seed)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), options.out)


if __name__ == "__main__":
    main()
