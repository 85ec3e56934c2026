"""Write the trained model as ONNX with weights of eight bits, and the small file that says how it is laid out.

``python -m training.export --weights tagger.pt --tokenizer tokenizer.json --out FOLDER``

Only weights are stored in eight bits ahead of time. Inside a matrix product the run time also rounds each piece's
own row of activations to eight bits, block by block, with a scale taken from that block alone (the MatMulNBits
operator of onnxruntime with accuracy level 4). So no figure depends on the other pieces of a batch, as it does with
scales taken from the whole batch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

from sayso.claim import heads
from sayso.records import HARMS
from training.encoder import WIDTH, MiniLM, Reader, Tagger
from training.roles import COUNTED, FACETS, LINK_WIDTH, LINKED, ROLES, STANCES, TAGS, TIE_WIDTH, TIED

if TYPE_CHECKING:
    from collections.abc import Sequence

BLOCK = 64
OPSET = 17
SMALL = 32
OUTPUTS = ("hidden", "tags", "links", *heads.OUTPUTS)


def exported(model: torch.nn.Module, names: Sequence[str] = OUTPUTS) -> onnx.ModelProto:
    """Trace the model for one window of any length, without padding and so without a mask.

    Args:
        model: Takes ids `[1, n]` and gives one tensor `[1, n, width]` for each name.
        names: What the outputs are called.
    """
    ids = torch.arange(1000, 1077)[None]
    axes = {name: {1: "n"} for name in ("ids", *names)}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.onnx"
        torch.onnx.export(
            model.eval(), (ids,), file, input_names=["ids"], output_names=list(names),
            dynamic_axes=axes, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        return onnx.load(file)


def quantised(model: onnx.ModelProto, block: int = BLOCK) -> onnx.ModelProto:
    """Store the embeddings and the weights of every dense map in eight bits."""
    graph = model.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    nodes: list[onnx.NodeProto] = []
    for node in graph.node:
        weight = weights.get(node.input[1]) if node.op_type == "MatMul" else None
        if weight is not None and weight.dims[1] > SMALL:  # the rows of a small head are too few to be worth it
            nodes.append(_dense(graph, node, numpy_helper.to_array(weight), block))
        elif node.op_type == "Gather" and node.input[0] in weights and weights[node.input[0]].dims[0] > 1000:
            nodes += _looked_up(graph, node, numpy_helper.to_array(weights[node.input[0]]))
        else:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    return model


def _dense(graph: onnx.GraphProto, node: onnx.NodeProto, weight: np.ndarray, block: int) -> onnx.NodeProto:
    """Replace a product with a constant matrix; each block of a column has its own scale, zero stands at 128."""
    rows, columns = weight.shape
    blocks = weight.T.reshape(columns, rows // block, block)
    scales = np.abs(blocks).max(axis=2) / 127
    stored = np.rint(blocks / np.maximum(scales, 1e-12)[:, :, None]) + 128
    name = node.output[0]
    graph.initializer.append(numpy_helper.from_array(stored.astype(np.uint8), f"{name}.weight"))
    graph.initializer.append(numpy_helper.from_array(scales.astype(np.float32), f"{name}.scales"))
    return helper.make_node(
        "MatMulNBits", [node.input[0], f"{name}.weight", f"{name}.scales"], list(node.output), name=node.name,
        domain="com.microsoft", K=rows, N=columns, bits=8, block_size=block, accuracy_level=4,
    )  # fmt: skip


def _looked_up(graph: onnx.GraphProto, node: onnx.NodeProto, table: np.ndarray) -> list[onnx.NodeProto]:
    """Replace a look-up of rows; each row has its own scale."""
    scales = np.abs(table).max(axis=1, keepdims=True) / 127
    name = node.output[0]
    graph.initializer.append(
        numpy_helper.from_array(np.rint(table / np.maximum(scales, 1e-12)).astype(np.int8), f"{name}.rows")
    )
    graph.initializer.append(numpy_helper.from_array(scales.astype(np.float32), f"{name}.scales"))
    ids = node.input[1]
    return [
        helper.make_node("Gather", [f"{name}.rows", ids], [f"{name}.small"]),
        helper.make_node("Cast", [f"{name}.small"], [f"{name}.wide"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [f"{name}.scales", ids], [f"{name}.scale"]),
        helper.make_node("Mul", [f"{name}.wide", f"{name}.scale"], [name]),
    ]


def write(model: onnx.ModelProto, tokenizer: Tokenizer, out: Path, layout: dict[str, object]) -> None:
    """Write ``model.onnx``, ``tokenizer.json`` and ``model.json``, which holds the layout and both digests."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "model.onnx").write_bytes(model.SerializeToString())
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    digests = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("model.onnx", "tokenizer.json")}
    (out / "model.json").write_text(json.dumps({"sha256": digests, **layout}, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="reader.pt of training.train_claims")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    model = Reader(Tagger(MiniLM()))
    model.load_state_dict(torch.load(options.weights))
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    widths = (
        WIDTH,
        len(ROLES) * len(TAGS),
        2 * len(LINKED) * LINK_WIDTH,
        len(COUNTED) * len(TAGS),
        len(HARMS) + sum(map(len, FACETS.values())) + len(STANCES),
        2 * len(TIED) * TIE_WIDTH,
    )
    layout: dict[str, object] = {
        "outputs": dict(zip(OUTPUTS, widths, strict=True)),
        "tags": [f"{tag}-{role}" for role in ROLES for tag in TAGS],
        "links": [f"{side} {role}" for side in ("cue", "piece") for role in LINKED],
        "claim_tags": [f"{tag}-{layer}" for layer in COUNTED for tag in TAGS],
        "claim_means": [*HARMS, *(f"{name} {one}" for name, values in FACETS.items() for one in values), *STANCES],
        "claim_ties": [f"{side} {role}" for side in ("count", "piece") for role in TIED],
    }
    write(quantised(exported(model)), tokenizer, options.out, layout)


if __name__ == "__main__":
    main()
