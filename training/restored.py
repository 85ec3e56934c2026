"""Take the weights of a shipped model back from its eight bits, so that training can go on from it.

``python -m training.restored --model src/sayso/model --base model.safetensors --out reader.pt``. The embeddings of
words are those of the base, which no training moves; all else comes back as `training.graph` rounded it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.encoder import HEAD, POSITIONS, WIDTH, MiniLM, Reader, Shape, Tagger, load_base

if TYPE_CHECKING:
    from training.graph import Figures

_PLACES = {"query": "in", "key": "in", "value": "in", "attended": "attended", "inner": "inner"}
"""Which input of a layer goes into a dense map, where its channels were evened."""


def restored(model: Path, base: Path) -> Reader:
    """Return the reader that a folder's ``model.onnx`` holds, at the size that it has there.

    Args:
        model: A folder with a model as `training.export` writes it.
        base: The weights of all-MiniLM-L6-v2 that it was made from.

    Raises:
        ValueError: The base is another one.
        KeyError: The model lacks a weight, so that it is none of ours.
    """
    graph = onnx.load(str(model / "model.onnx")).graph
    kept: dict[str, Figures] = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    names = [name.removesuffix(".query.bias") for name in kept if name.endswith(".query.bias")]
    looked, inner = kept[f"{names[0]}.query.bias"], kept[f"{names[0]}.inner.bias"]
    reader = Reader(Tagger(MiniLM(shape=Shape(len(names), len(looked) // HEAD, len(inner)))))
    embedded = load_base(base).state_dict()
    state = {}
    for name, value in reader.state_dict().items():
        if name.endswith("positions.weight"):
            placed = kept["places"][0] - embedded["kinds.weight"][0].numpy()
            found = np.concatenate([placed, np.zeros((POSITIONS - len(placed), WIDTH), np.float32)])
        elif ".encoder.words." in name or ".encoder.kinds." in name:
            found = embedded[name.removeprefix("tagger.encoder.")].numpy()
        else:
            found = _whole(name, kept)
        state[name] = torch.from_numpy(np.array(found, dtype=np.float32)).reshape(value.shape)
    reader.load_state_dict(state)
    return reader


def _whole(name: str, kept: dict[str, Figures]) -> Figures:
    """Return one weight in 32 bits, its input's channels as uneven as they were."""
    value = kept[name]
    if not name.endswith(".weight") or value.ndim == 1:
        return value
    stem = name.removesuffix(".weight")
    if value.dtype == np.int8:
        value = value.astype(np.float32) * kept[f"{stem}.scales"]
        layer, _, part = stem.removeprefix("tagger.encoder.layers.").partition(".")
        evened = kept.get(f"{layer}.{_PLACES.get(part)}.factors")
        if evened is not None:
            value = value * evened[:, None]
    return value.T


def main() -> None:
    """Read the command line and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "base", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    torch.save(restored(options.model, options.base).state_dict(), options.out)


if __name__ == "__main__":
    main()
