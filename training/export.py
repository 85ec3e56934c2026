"""Write the trained model as ONNX in eight bits, and the small file that says how it is laid out.

``python -m training.export --weights reader.pt --tokenizer tokenizer.json --out FOLDER``

How large the channels inside grow is measured on the reports of ``training/written`` with the model in 32 bits
(`training.graph` says what for), so the file depends on nothing but the weights and this folder. What dense maps take
in is rounded with one scale a window, so a window must be one call: padding or neighbours would move the scale.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from sayso.claim.sentences import split
from sayso.encoder import cut, pieces
from sayso.records import HARMS
from training.graph import OUTPUTS, WIDTHS, Graph
from training.markup import written
from training.roles import COUNTED, FACETS, LINKED, ROLES, STANCES, TAGS, TIED
from training.windows import CLS, SEP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import onnx

    from training.graph import Figures

WRITTEN = Path(__file__).with_name("written")
EVERY = 4
"""Of the windows of our own reports, one in so many is looked at."""


def windows(tokenizer: Tokenizer, folder: Path = WRITTEN) -> Iterator[np.ndarray]:
    """Yield windows of our own reports as the program reads them, `[1, n]`."""
    for file in sorted(folder.glob("*.txt")):
        for report in written(file):
            text = report["text"]
            pieced = pieces(tokenizer, text, [(one.span.start, one.span.end) for one in split(text)])
            for one in cut(pieced.units):
                yield np.array([[CLS, *pieced.ids[one.start : one.end], SEP]])


def ranges(weights: Mapping[str, Figures], tokenizer: Tokenizer) -> dict[str, Figures]:
    """Return the largest absolute value of every channel that goes into a dense map, by place."""
    graph = Graph(weights)
    session = onnxruntime.InferenceSession(
        graph.model(inputs=True).SerializeToString(), providers=["CPUExecutionProvider"]
    )
    largest: dict[str, Figures] = {}
    for ids in list(windows(tokenizer))[::EVERY]:
        values = session.run(list(graph.inputs.values()), {"ids": ids})
        for place, value in zip(graph.inputs, values, strict=True):
            here = np.abs(value[0]).max(axis=0)
            largest[place] = np.maximum(here, largest.get(place, here))
    return largest


def write(model: onnx.ModelProto, tokenizer: Tokenizer, out: Path, layout: dict[str, object]) -> None:
    """Write ``model.onnx``, ``tokenizer.json`` and ``model.json``, which holds the layout and both digests."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "model.onnx").write_bytes(model.SerializeToString())
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    digests = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("model.onnx", "tokenizer.json")}
    (out / "model.json").write_text(json.dumps({"sha256": digests, **layout}, indent=1) + "\n", encoding="utf-8")


def loaded(file: Path) -> dict[str, Figures]:
    """Read weights: a file of PyTorch, or arrays under the same names as numpy keeps them (``.npz``)."""
    if file.suffix == ".npz":
        return dict(np.load(file))
    import torch

    return {name: tensor.numpy() for name, tensor in torch.load(file).items()}


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="reader.pt of training.train_claims")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    weights = loaded(options.weights)
    layout: dict[str, object] = {
        "outputs": dict(zip(OUTPUTS, WIDTHS, strict=True)),
        "tags": [f"{tag}-{role}" for role in ROLES for tag in TAGS],
        "links": [f"{side} {role}" for side in ("cue", "piece") for role in LINKED],
        "claim_tags": [f"{tag}-{layer}" for layer in COUNTED for tag in TAGS],
        "claim_means": [*HARMS, *(f"{name} {one}" for name, values in FACETS.items() for one in values), *STANCES],
        "claim_ties": [f"{side} {role}" for side in ("count", "piece") for role in TIED],
    }
    model = Graph(weights, ranges(weights, tokenizer)).model()
    write(model, tokenizer, options.out, layout)


if __name__ == "__main__":
    main()
