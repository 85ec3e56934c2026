"""Make the shipped model from data folders, from the first step to the last.

``python -m training --base model.safetensors --tokenizer tokenizer.json --polnear FOLDER --gold FOLDER --bench FOLDER
--out FOLDER`` writes ``model.onnx``, ``tokenizer.json``, ``model.json``, ``pointing.npz``, and ``made.json`` (what was
run, and for how long). Everything between is kept in ``OUT/steps``; a step whose result is there is not run again. Some
two hours on two CPU cores; ``--effort 0.01`` goes through all steps in a few minutes, to see that they run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "training" / "written"
OWN = ROOT / "tests" / "gold"
EPOCHS, FIRST, SECOND = 2.5, 4000, 4500
INVENTED = 2000
SEED = 5


class Run:
    """One run of all steps, with what each took."""

    def __init__(self, out: Path) -> None:
        self.steps = out / "steps"
        self.steps.mkdir(parents=True, exist_ok=True)
        self.made: list[dict[str, object]] = []

    def step(self, module: str, result: Path | None, **options: object) -> None:
        """Run a module of this package, unless it makes one file and that is there."""
        words = [
            word for name, value in options.items() for word in (f"--{name.replace('_', '-')}", str(value)) if word
        ]
        command = [sys.executable, "-m", f"training.{module}", *words]
        began = time.monotonic()
        if result is None or not result.exists():
            print(f"== {' '.join(command[2:])}", flush=True)
            subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 - our own modules
        self.made.append({"step": module, "options": words, "seconds": round(time.monotonic() - began)})


def main() -> None:
    """Read the command line and run every step."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("base", "tokenizer", "polnear", "gold", "bench", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--effort", type=float, default=1.0, help="share of the training steps")
    options = parser.parse_args()
    run = Run(options.out.resolve())
    data = {name: getattr(options, name).resolve() for name in ("tokenizer", "polnear")}
    gold, bench, effort = options.gold.resolve(), options.bench.resolve(), options.effort

    spoken, first, whole = (run.steps / name for name in ("attributions", "first", "whole"))
    epochs, base = EPOCHS * effort, options.base.resolve()
    run.step("train_attributions", spoken / "tagger.pt", base=base, out=spoken, epochs=epochs, **data)
    invented = run.steps / "invented.jsonl"
    run.step("invented", invented, number=INVENTED, seed=SEED, out=invented)
    teacher = spoken / "tagger.pt"
    mine = {"gold": gold, "invented": invented, "start": teacher, "teacher": teacher, "seed": SEED, **data}
    run.step("train_claims", first / "reader.pt", out=first, steps=int(FIRST * effort), **mine)
    judged, silver, out = run.steps / "judged", run.steps / "silver.jsonl", options.out.resolve()
    export(run, first, judged, data)
    run.step("tune_judging", None, gold=gold, own=OWN, written=WRITTEN, model=judged)
    run.step("silver", silver, bench=bench, gold=gold, model=judged, out=silver)
    mine |= {"resume": first / "reader.pt", "rate": 0.75, "silver": silver, "written": WRITTEN, "all": ""}
    run.step("train_claims", whole / "reader.pt", out=whole, steps=int(SECOND * effort), **mine)
    final = run.steps / "final"
    run.step(
        "refit_attributions", final / "reader.pt", weights=whole / "reader.pt", teacher=teacher,
        gold=gold, written=WRITTEN, out=final / "reader.pt", **data,
    )  # fmt: skip
    export(run, final, out, data)
    file = options.out / "model.json"
    layout, known = json.loads(file.read_text("utf-8")), json.loads((judged / "model.json").read_text("utf-8"))
    file.write_text(json.dumps({**layout, "judging": known["judging"]}, indent=1) + "\n", encoding="utf-8")
    run.step("fit_pointing", None, gold=gold, own=OWN, written=WRITTEN, bench=bench, first=judged, model=out)
    (options.out / "made.json").write_text(json.dumps(run.made, indent=1) + "\n", encoding="utf-8")


def export(run: Run, weights: Path, out: Path, data: Mapping[str, Path]) -> None:
    """Write the model of some weights, with the settings by which attributions are read from it."""
    run.step("export", out / "model.onnx", weights=weights / "reader.pt", tokenizer=data["tokenizer"], out=out)
    run.step("tune_linking", None, polnear=data["polnear"], model=out)


if __name__ == "__main__":
    main()
