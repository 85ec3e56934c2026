"""What the teacher makes of every window, kept in a file: its hidden states in the middle and at the end."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

from training.encoder import WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

LAYERS = (3, 5)
"""The teacher's layers, counted from nought, whose states a student is held to."""


class Taught:
    """The teacher's states, a row a piece, mapped from a file that is written if it is not there for these windows.

    Args:
        model: The teacher as it is shipped, ``model.onnx``.
        windows: Piece ids of each window, marks included.
        folder: Keeps the states in floats of 16 bits; some five gigabytes for 30,000 windows.
    """

    def __init__(self, model: Path, windows: Sequence[NDArray[np.int64]], folder: Path) -> None:
        told = hashlib.sha256(model.read_bytes() + b"".join(ids.tobytes() for ids in windows)).hexdigest()
        file = folder / f"taught-{told[:16]}.f16"
        self._ends = np.cumsum([len(ids) for ids in windows])
        shape = (int(self._ends[-1]), len(LAYERS), WIDTH)
        if not file.exists():
            part = file.with_suffix(".part")
            rows = np.memmap(part, np.float16, "w+", shape=shape)
            session = _with_states(model)
            for number, ids in enumerate(windows):
                states = session.run([_state(layer) for layer in LAYERS], {"ids": ids[None]})
                rows[self._ends[number] - len(ids) : self._ends[number]] = np.stack([one[0] for one in states], axis=1)
            rows.flush()
            part.rename(file)
        self._rows = np.memmap(file, np.float16, "r", shape=shape)

    def states(self, number: int) -> NDArray[np.float16]:
        """Return the states of a window, `[n, LAYERS, 384]`."""
        return self._rows[self._ends[number - 1] if number else 0 : self._ends[number]]


def _state(layer: int) -> str:
    return f"tagger.encoder.layers.{layer}.outer_norm"


def _with_states(model: Path) -> onnxruntime.InferenceSession:
    graph = onnx.load(model)
    graph.graph.output.extend(helper.make_tensor_value_info(_state(one), TensorProto.FLOAT, None) for one in LAYERS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])
