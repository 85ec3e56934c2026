"""Tune the encoder, already tuned on PolNeAR, to find the people counted, what came to them and who says so.

``python -m training.train_claims --gold FOLDER --polnear FOLDER --start tagger.pt --tokenizer tokenizer.json
--out FOLDER [--invented FILE]`` reads the dev part of the gold sets only and writes ``reader.pt``. Batches of PolNeAR
between the others keep the attribution heads alive, with as many windows of casualty news (``--teacher``) as a tagger
reads them that was trained on attributions alone. Half an hour on two CPU cores.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name every reader of PyTorch code knows
from tokenizers import Tokenizer

from sayso.records import HARMS
from training.claims import Window, reports, windows
from training.encoder import WHOLE, MiniLM, Reader, Shape, Tagger, quick, tie_logits
from training.markup import written
from training.parts import tuning_fifth, tuning_part
from training.polnear import readings
from training.refit_attributions import taught, teaching
from training.roles import COUNTED, FACETS, TAGS
from training.standoff import annotated
from training.train_attributions import batches, loss, stack
from training.windows import IGNORED, examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from torch import Tensor

    from training.windows import Example

ENCODER_RATE, HEADS_RATE = 2.4e-4, 1.5e-3
WARM_UP, FORGET = 0.06, 0.01
BEGIN_WEIGHT = 2.0
TIE_SHARE, FACET_SHARE, STANCE_SHARE = 6.0, 0.2, 1.2
POLNEAR_EVERY, POLNEAR_BATCH, POLNEAR_SHARE = 4, 4, 0.4
KEPT = 0.998
"""How slowly the running mean of the weights follows them; the mean is what is written."""


def padded(batch: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor]:
    """Pad windows to one length: ids, mask and tags."""
    n = max(len(w.ids) for w in batch)
    ids = np.zeros((len(batch), n), dtype=np.int64)
    mask = np.zeros((len(batch), n), dtype=bool)
    tags = np.full((len(batch), n, len(COUNTED)), IGNORED, dtype=np.int64)
    for row, one in enumerate(batch):
        m = len(one.ids)
        ids[row, :m], mask[row, :m], tags[row, :m] = one.ids, True, one.tags
    return torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(tags)


def claim_loss(outputs: Sequence[Tensor], batch: Sequence[Window], tags: Tensor) -> Tensor:
    """Return the loss of the claim heads over a batch.

    Args:
        outputs: Tag logits, logits of harms and facets, tie vectors.
        batch: The windows.
        tags: Their tags, padded.
    """
    tagged, means, ties = (one.float() for one in outputs)
    weight = torch.tensor([1.0, BEGIN_WEIGHT, 1.0])
    split = tagged.view(*tagged.shape[:2], len(COUNTED), len(TAGS))
    total = torch.zeros(())
    for k in range(len(COUNTED)):
        total = total + F.cross_entropy(split[:, :, k].reshape(-1, len(TAGS)), tags[:, :, k].reshape(-1), weight=weight)
    of_harm, of_facet, of_stance, of_tie = [], [], [], []
    scores = tie_logits(ties)
    for row, window in enumerate(batch):
        for claim in window.claims:
            first, last = claim.at
            mean = means[row, first : last + 1].mean(0)
            harms = torch.from_numpy(claim.harms)
            of_harm.append(F.binary_cross_entropy_with_logits(mean[: len(HARMS)], harms, reduction="sum"))
            at = len(HARMS)
            for value, names in zip(claim.facets, FACETS.values(), strict=True):
                if value != IGNORED:
                    of_facet.append(F.cross_entropy(mean[at : at + len(names)], torch.tensor(value)))
                at += len(names)
            if claim.stances is not None:
                stances = torch.from_numpy(claim.stances)
                of_stance.append(F.binary_cross_entropy_with_logits(mean[at:], stances, reduction="sum"))
            n = len(window.ids)
            for role, pieces in enumerate(claim.tied):
                if pieces is None:
                    continue
                wanted = torch.zeros(n)
                wanted[torch.from_numpy(pieces)] = 1.0
                mean = scores[row, role, first : last + 1, :n].mean(0)
                of_tie.append(F.binary_cross_entropy_with_logits(mean, wanted))
    if of_harm:
        total = total + torch.stack(of_harm).mean()
        total = total + TIE_SHARE * torch.stack(of_tie).mean()
        total = total + FACET_SHARE * torch.stack(of_facet).mean()
    if of_stance:
        total = total + STANCE_SHARE * torch.stack(of_stance).mean()
    return total


def mixed(
    real: Sequence[Sequence[Window]],
    others: Sequence[tuple[Sequence[Window], float]],
    size: int,
    chance: random.Random,
) -> Iterator[list[Window]]:
    """Yield batches without end: every epoch each report's windows, cut at one of several places, and some others.

    Args:
        real: For each way to cut them, the windows of all real reports.
        others: Windows of other reports, each lot with how many of them to take for each real one.
        size: Windows in a batch.
        chance: Decides the order.
    """
    epoch = 0
    while True:
        taken = list(real[epoch % len(real)])
        for windows_, share in others:
            taken += chance.sample(list(windows_), min(len(windows_), int(share * len(real[0]))))
        order = sorted(range(len(taken)), key=lambda i: (len(taken[i].ids) // 16, chance.random()))
        cuts = [order[at : at + size] for at in range(0, len(order), size)]
        chance.shuffle(cuts)
        for chosen in cuts:
            yield [taken[i] for i in chosen]
        epoch += 1


def train(  # noqa: PLR0913 - what is trained on, and how long, is the caller's to say
    model: Reader,
    mine: Iterator[list[Window]],
    theirs: Sequence[Example],
    *,
    steps: int,
    usual: float,
    seed: int,
    out: Path,
) -> None:
    """Train, printing the loss; what is written is the running mean of the weights."""
    model.tagger.encoder.freeze_embeddings()
    encoder = [p for p in model.tagger.encoder.parameters() if p.requires_grad]
    old = [*model.tagger.tags.parameters(), *model.tagger.links.parameters()]
    heads = [*model.claims.parameters()]
    optimiser = torch.optim.AdamW(
        [
            {"params": encoder, "lr": ENCODER_RATE},
            {"params": old, "lr": ENCODER_RATE},
            {"params": heads, "lr": HEADS_RATE},
        ],
        weight_decay=FORGET,
    )

    def rate(step: int) -> float:
        return usual * min((step + 1) / (WARM_UP * steps), max(0.0, (steps - step) / ((1 - WARM_UP) * steps)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    other: Iterator[list[Example]] = iter(())
    began, shown = time.monotonic(), 0.0
    mean = {name: value.clone() for name, value in model.state_dict().items()}
    model.train()
    for step in range(steps):
        batch = next(mine)
        ids, mask, tags = padded(batch)
        with quick():
            hidden = model.tagger.encoder(ids, mask)
            outputs = model.claims(hidden)
        total = claim_loss(outputs, batch, tags)
        if step % POLNEAR_EVERY == 0:
            more = next(other, None)
            if more is None:
                other = batches(theirs, POLNEAR_BATCH, seed + step)
                more = next(other)
            ids, mask, tags, links = stack(more)
            with quick():
                _, tagged, linked = model.tagger(ids, mask)
            total = total + POLNEAR_SHARE * sum(loss(tagged, linked, mask, tags, links), torch.zeros(()))
        total.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_([*encoder, *heads, *old], 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
        kept = min(KEPT, step / (step + 10))
        with torch.no_grad():
            for name, value in model.state_dict().items():
                if value.dtype.is_floating_point:
                    mean[name].lerp_(value, 1 - kept)
        shown = 0.98 * shown + 0.02 * total.item()
        if (step + 1) % 50 == 0:
            passed = time.monotonic() - began
            print(f"step {step + 1}/{steps} loss {shown / (1 - 0.98 ** (step + 1)):.3f} {passed:.0f} s", flush=True)
        if (step + 1) % 400 == 0:
            torch.save(mean, out / "reader-part.pt")
    torch.save(mean, out / "reader.pt")


def _read(file: Path, tokenizer: Tokenizer) -> list[Window]:
    """Cut the reports of a file of JSON lines into windows, but for those kept from training."""
    with file.open(encoding="utf-8") as lines:
        return [w for line in lines for w in windows(json.loads(line), tokenizer)]


def _asked() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("gold", "polnear", "start", "tokenizer", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--written", type=Path, help="the folder of our own reports, training/written")
    parser.add_argument("--written-times", type=int, default=2, help="how often they are read in an epoch")
    parser.add_argument("--invented", type=Path, help="JSON lines of training.invented")
    parser.add_argument("--standoff", type=Path, help="annotations without their reports, training/standoff")
    parser.add_argument("--bench", type=Path, help="the public sets, which hold the reports of --standoff")
    parser.add_argument("--silver", type=Path, help="JSON lines of training.silver")
    parser.add_argument("--share", type=float, default=0.4, help="invented windows for each real one")
    parser.add_argument("--silver-share", type=float, default=0.3, help="silver windows for each real one")
    parser.add_argument("--teacher", type=Path, help="weights, a reader's or a tagger's, that label casualty news")
    parser.add_argument("--resume", type=Path, help="go on from these weights of this script instead of --start")
    parser.add_argument("--inner", type=int, default=WHOLE.inner, help="of the encoder, for a student to --resume")
    parser.add_argument("--heads", type=int, default=WHOLE.heads, help="of attention in each layer, likewise")
    parser.add_argument("--rate", type=float, default=1.0, help="times the usual rate")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--all", action="store_true", help="train on the fifths kept for choosing settings too")
    return parser.parse_args()


def main() -> None:
    """Read the command line and train."""
    options = _asked()
    torch.set_num_threads(2)
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    known: list[dict[str, Any]] = list(reports(options.gold))
    if options.standoff:
        known += annotated(options.standoff, options.bench)
    taken = [r for r in known if options.all or not tuning_fifth(r["id"])]
    if options.written:
        ours = (r for file in sorted(options.written.glob("*.txt")) for r in written(file))
        taken += options.written_times * [r for r in ours if options.all or not tuning_fifth(r["id"])]
    real = [[w for r in taken for w in windows(r, tokenizer, skip)] for skip in range(3)]
    others = [
        (_read(file, tokenizer), share)
        for file, share in ((options.invented, options.share), (options.silver, options.silver_share))
        if file is not None
    ]
    chance = random.Random(options.seed)  # noqa: S311 - the order of training, no secret
    theirs = [e for r in readings(options.polnear) if not tuning_part(r.doc) for e in examples(r, tokenizer)]
    if options.teacher:
        teacher = teaching(options.teacher, Shape(heads=options.heads, inner=options.inner))
        needed = min(len(real[0]), options.steps * POLNEAR_BATCH // POLNEAR_EVERY)
        labelled = [taught(teacher.eval(), window.ids) for window in chance.sample(real[0], needed)]
        theirs = [*chance.sample(theirs, min(len(labelled), len(theirs))), *labelled]
    print(
        f"{len(taken)} reports, {[len(r) for r in real]} windows, others {[len(o) for o, _ in others]}, {len(theirs)}"
    )
    model = Reader(Tagger(MiniLM(shape=Shape(heads=options.heads, inner=options.inner))))
    if options.resume:
        model.load_state_dict(torch.load(options.resume))
    else:
        model.tagger.load_state_dict(torch.load(options.start))
    mine = mixed(real, others, options.batch, chance)
    train(model, mine, theirs, steps=options.steps, usual=options.rate, seed=options.seed, out=options.out)


if __name__ == "__main__":
    main()
