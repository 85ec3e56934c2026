"""A smaller reader made of the parts of another that do most, to begin a distillation with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from training.encoder import HEAD, MiniLM, Reader, Shape, Tagger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

    from training.graph import Figures


def whole(weights: Mapping[str, Figures]) -> Reader:
    """Return the reader that some arrays are the weights of, at its full size."""
    reader = Reader(Tagger(MiniLM()))
    reader.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    return reader.eval()


def part_of(
    weights: Mapping[str, Figures], layers: Sequence[int], shape: Shape, lot: Sequence[NDArray[np.int64]]
) -> Reader:
    """Return a smaller reader: some layers, and in each the heads of attention and inner channels that do most.

    Args:
        weights: The teacher's arrays by name.
        layers: Which of its layers to keep, counted from nought.
        shape: How large the student is.
        lot: Windows to tell by what does most.
    """
    teacher = whole(weights)
    worth = _worth(teacher, lot)
    kept = {name: torch.from_numpy(value) for name, value in weights.items() if ".layers." not in name}
    for number, layer in enumerate(layers):
        of_heads, of_inner = worth[layer]
        heads = of_heads.topk(shape.heads).indices.sort().values
        looked = (heads[:, None] * HEAD + torch.arange(HEAD)).flatten()
        inner = of_inner.topk(shape.inner).indices.sort().values
        for name, value in teacher.tagger.encoder.layers[layer].state_dict().items():
            kept[f"tagger.encoder.layers.{number}.{name}"] = _narrowed(name, value, looked, inner)
    student = Reader(Tagger(MiniLM(0.0, shape)))
    student.load_state_dict(kept)
    return student


def _narrowed(name: str, value: Tensor, looked: Tensor, inner: Tensor) -> Tensor:
    """Return what is kept of one tensor of a layer."""
    part, _, kind = name.partition(".")
    if part in {"query", "key", "value"}:
        return value[looked]
    if part == "inner":
        return value[inner]
    if kind == "weight" and part in {"attended", "outer"}:
        return value[:, looked if part == "attended" else inner]
    return value


def _worth(teacher: Reader, lot: Sequence[NDArray[np.int64]]) -> list[tuple[Tensor, Tensor]]:
    """Return for each layer how much every head of attention and every inner channel adds to the states."""
    sums: dict[tuple[int, str], Tensor] = {}

    def watched(number: int, part: str) -> Callable[[torch.nn.Linear, tuple[Tensor]], None]:
        def look(module: torch.nn.Linear, inputs: tuple[Tensor]) -> None:
            grown = inputs[0].square().sum((0, 1)) * module.weight.square().sum(0)
            sums[number, part] = sums.get((number, part), torch.zeros(())) + grown

        return look

    hooks = [
        getattr(layer, part).register_forward_pre_hook(watched(number, part))
        for number, layer in enumerate(teacher.tagger.encoder.layers)
        for part in ("attended", "outer")
    ]
    with torch.no_grad():
        for ids in lot:
            teacher.tagger.encoder(torch.from_numpy(ids)[None])
    for hook in hooks:
        hook.remove()
    layers = range(len(teacher.tagger.encoder.layers))
    return [(sums[n, "attended"].view(-1, HEAD).sum(1), sums[n, "outer"]) for n in layers]
