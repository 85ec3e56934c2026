"""Train claim heads on each half of the annotated reports, so that the other half has heads that never saw it.

``python -m training.halves --shared FOLDER --base model.safetensors --tokenizer tokenizer.json --out FOLDER`` writes
``half-0.pt`` and ``half-1.pt``; the first was trained without the reports of half 0. `training.tune_places` needs them:
the shipped heads have seen every annotated report, so there they point to the right place far more often than in a
report that is new to them. Reports of one event lie in one half. The held-out part is in neither. No attributions are
taught, which places do not need. A quarter of an hour for each half on one core.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from tokenizers import Tokenizer

from bench.heldout import keys_of
from training.claims import reports, windows
from training.encoder import Reader, Tagger, load_base
from training.markup import written
from training.train_claims import ENCODER_RATE, FORGET, HEADS_RATE, WARM_UP, claim_loss, mixed, padded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from training.claims import Window

WRITTEN = Path(__file__).with_name("written")
STEPS, BATCH, SEED = 1800, 6, 5
FASTER = 1.25  # times the usual rate of the encoder, since it starts from the base


def halves(shared: Path) -> Mapping[str, int]:
    """Return the half, 0 or 1, of every annotated report by id; reports of one event share it."""
    keys = {doc: key for name, own in keys_of(shared).items() if name.startswith("gold/") for doc, key in own.items()}
    return {doc: int(hashlib.sha256(f"place half:{key}".encode()).hexdigest(), 16) % 2 for doc, key in keys.items()}


def trained(mine: Iterator[list[Window]], base: Path, steps: int) -> Reader:
    """Train encoder and claim heads from the base on batches of windows."""
    torch.manual_seed(SEED)
    model = Reader(Tagger(load_base(base)))
    encoder = model.tagger.encoder
    encoder.freeze_embeddings()
    moved = [p for p in encoder.parameters() if p.requires_grad]
    heads = [*model.claims.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": moved, "lr": FASTER * ENCODER_RATE}, {"params": heads, "lr": HEADS_RATE}], weight_decay=FORGET
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda at: min((at + 1) / (WARM_UP * steps), max(0.0, (steps - at) / ((1 - WARM_UP) * steps)))
    )
    model.train()
    for step in range(steps):
        batch = next(mine)
        ids, mask, tags = padded(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = model.claims(encoder(ids, mask))
        total = claim_loss(outputs, batch, tags)
        total.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_([*moved, *heads], 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
        if (step + 1) % 100 == 0:
            print(f"step {step + 1}/{steps} loss {total.item():.3f}", flush=True)
    return model


def main() -> None:
    """Read the command line and train both."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("shared", "base", "tokenizer", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=STEPS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    options.out.mkdir(parents=True, exist_ok=True)
    half = halves(options.shared)
    ours = [w for file in sorted(WRITTEN.glob("*.txt")) for r in written(file) for w in windows(r, tokenizer)]
    for left_out in range(2):
        taken = [r for r in reports(options.shared / "gold") if half[r["id"]] != left_out]
        real = [[w for r in taken for w in windows(r, tokenizer, skip)] for skip in range(3)]
        chance = random.Random(SEED)  # noqa: S311 - the order of training, no secret
        model = trained(mixed(real, [(ours, 1.0)], BATCH, chance), options.base, options.steps)
        torch.save(model.state_dict(), options.out / f"half-{left_out}.pt")


if __name__ == "__main__":
    main()
