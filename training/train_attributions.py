"""Tune the encoder on PolNeAR: spans of source, cue and content, and which belong together.

``python -m training.train_attributions --polnear FOLDER --base model.safetensors --tokenizer tokenizer.json
--out FOLDER`` writes ``tagger.pt`` (and ``tagger-STEP.pt`` on the way). On two CPU cores an epoch takes some ten
minutes; the recipe is 2.5 epochs.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name every reader of PyTorch code knows
from tokenizers import Tokenizer

from training.encoder import Tagger, link_logits, load_base, quick
from training.parts import tuning_part
from training.polnear import readings
from training.roles import LINKED, ROLES, TAGS
from training.windows import IGNORED, Example, examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor

ENCODER_RATE, HEADS_RATE = 3e-4, 2e-3
WARM_UP = 0.06
BEGIN_WEIGHT = 2.0
LINK_SHARE = 6.0
FORGET = 0.01
SAVE_EVERY = 400


def batches(windows: Sequence[Example], size: int, seed: int) -> Iterator[list[Example]]:
    """Yield the windows once in a random order, like lengths together so that little is padding."""
    chance = random.Random(seed)  # noqa: S311 - the order of training, no secret
    order = sorted(range(len(windows)), key=lambda i: (len(windows[i].ids) // 8, chance.random()))
    cuts = [order[at : at + size] for at in range(0, len(order), size)]
    chance.shuffle(cuts)
    for chosen in cuts:
        yield [windows[i] for i in chosen]


def stack(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pad windows to one length: ids, mask, tags and links."""
    n = max(len(one.ids) for one in batch)
    ids = np.zeros((len(batch), n), dtype=np.int64)
    mask = np.zeros((len(batch), n), dtype=bool)
    tags = np.full((len(batch), n, len(ROLES)), IGNORED, dtype=np.int64)
    links = np.zeros((len(batch), len(LINKED), n, n), dtype=bool)
    for row, one in enumerate(batch):
        m = len(one.ids)
        ids[row, :m], mask[row, :m], tags[row, :m], links[row, :, :m, :m] = one.ids, True, one.tags, one.links
    return torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(tags), torch.from_numpy(links)


def loss(tagged: Tensor, linked: Tensor, mask: Tensor, tags: Tensor, links: Tensor) -> tuple[Tensor, Tensor]:
    """Return the loss of the tags and of the links."""
    weight = torch.tensor([1.0, BEGIN_WEIGHT, 1.0])
    split = tagged.float().view(*tagged.shape[:2], len(ROLES), len(TAGS))
    of_tags = torch.stack(
        [
            F.cross_entropy(split[:, :, k].reshape(-1, len(TAGS)), tags[:, :, k].reshape(-1), weight=weight)
            for k in range(len(ROLES))
        ]
    ).sum()
    batch, piece = (tags[:, :, ROLES.index("cue")] > 0).nonzero(as_tuple=True)
    if not len(batch):
        return of_tags, torch.zeros(())
    scores = link_logits(linked.float())[batch, :, piece]
    each = F.binary_cross_entropy_with_logits(scores, links[batch, :, piece].float(), reduction="none")
    seen = mask[batch][:, None, :].expand_as(each)
    return of_tags, LINK_SHARE * each[seen].mean()


def train(model: Tagger, windows: Sequence[Example], *, epochs: float, size: int, seed: int, out: Path) -> None:
    """Train, printing the loss and saving on the way."""
    model.encoder.freeze_embeddings()
    heads = [*model.tags.parameters(), *model.links.parameters()]
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEADS_RATE}], weight_decay=FORGET
    )
    steps = int(epochs * len(windows) / size)

    def rate(step: int) -> float:
        return min((step + 1) / (WARM_UP * steps), max(0.0, (steps - step) / ((1 - WARM_UP) * steps)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    began, step, shown = time.monotonic(), 0, [0.0, 0.0]
    model.train()
    for epoch in range(math.ceil(epochs)):
        for batch in batches(windows, size, seed + epoch):
            if step == steps:
                break
            ids, mask, tags, links = stack(batch)
            with quick():
                _, tagged, linked = model(ids, mask)
            of_tags, of_links = loss(tagged, linked, mask, tags, links)
            (of_tags + of_links).backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            torch.nn.utils.clip_grad_norm_([*encoder, *heads], 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            schedule.step()
            step += 1
            shown = [0.98 * old + 0.02 * new for old, new in zip(shown, (of_tags.item(), of_links.item()), strict=True)]
            if step % 50 == 0:
                known = 1 - 0.98**step
                print(
                    f"step {step}/{steps} tags {shown[0] / known:.3f} links {shown[1] / known:.3f} "
                    f"{time.monotonic() - began:.0f} s",
                    flush=True,
                )
            if step % SAVE_EVERY == 0:
                torch.save(model.state_dict(), out / f"tagger-{step}.pt")
    torch.save(model.state_dict(), out / "tagger.pt")


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polnear", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="go on from these weights instead of the base")
    parser.add_argument("--epochs", type=float, default=2.5)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    taken = [reading for reading in readings(options.polnear) if not tuning_part(reading.doc)]
    windows = [window for reading in taken for window in examples(reading, tokenizer)]
    print(f"{len(taken)} readings, {len(windows)} windows")
    model = Tagger(load_base(options.base))
    if options.start:
        model.load_state_dict(torch.load(options.start))
    train(model, windows, epochs=options.epochs, size=options.batch, seed=options.seed, out=options.out)


if __name__ == "__main__":
    main()
