"""The encoder and its heads as an ONNX graph, in floats of 32 bits or in eight bits.

In eight bits a weight has a scale a column, and what goes into most dense maps has one scale for the whole window,
taken from that window alone: no figure depends on what else is read, since a window is one call. A few channels of
these inputs are ten times larger than the others and would leave them four bits; so each channel is divided by a
factor of its own before it is rounded, and the weights of its row are multiplied by it (Xiao et al. 2023, SmoothQuant).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from sayso.claim import heads
from sayso.encoder import LONGEST
from sayso.records import HARMS
from training.roles import COUNTED, FACETS, LINK_WIDTH, LINKED, ROLES, STANCES, TAGS, TIE_WIDTH, TIED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import onnx
    from numpy.typing import NDArray

    Figures = NDArray[np.float32]

OUTPUTS = ("tags", "links", *heads.OUTPUTS)
WIDTHS = (
    len(ROLES) * len(TAGS),
    2 * len(LINKED) * LINK_WIDTH,
    len(COUNTED) * len(TAGS),
    len(HARMS) + sum(map(len, FACETS.values())) + len(STANCES),
    2 * len(TIED) * TIE_WIDTH,
)
OPSET, OURS = 17, "com.microsoft"
EPSILON = 1e-12
HEAD = 32
"""The width of a head of attention."""
SMALL = 32
"""The columns of a head that is too small to be worth eight bits."""
OF_HEADS = ("tagger.tags", "tagger.links", "claims.tags", "claims.means", "claims.ties")
"""The weights behind each of `OUTPUTS`."""
SHARE = {"in": 0.85, "attended": 0.8, "inner": 0.85}
"""How much of the unevenness of a dense map's input its weights take over, by the place in a layer."""
BENT = ".outer"
"""The place whose input comes from GELU. One piece of a window, mostly its first mark, is there ten times as large as
the others, so that each piece has a scale of its own."""
LOWEST_BENT = 0.17
"""GELU gives nothing below this, negative."""
BELOW = 0.12
"""How much of a row's highest value there is room for below zero."""
Rounded = tuple[str, str, str]
"""Tensors: values of eight bits, their scale, their zero."""


class Graph:
    """The nodes and constants of one model, put together from the first to the last.

    Args:
        weights: Arrays by their names in `training.encoder.Reader`.
        ranges: The largest absolute value of each channel, by what goes into a dense map (see `inputs`); the model
            is made in eight bits with these, and in 32 without.
    """

    def __init__(self, weights: Mapping[str, Figures], ranges: Mapping[str, Figures] | None = None) -> None:
        self.weights = weights
        self.ranges = ranges
        self.inputs: dict[str, str] = {}
        """The tensor that goes into the dense maps of one place, by the place's name, such as ``3.inner``."""
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, NDArray[np.generic]] = {}
        self._ready: dict[str, Rounded] = {}
        self._heads(self._layers(self._embedded()))

    def model(self, *, inputs: bool = False) -> onnx.ModelProto:
        """Return the model: piece ids `[1, n]` in, `OUTPUTS` out, and what goes into dense maps where asked for."""
        outputs = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "n", width])
            for name, width in zip(OUTPUTS, WIDTHS, strict=True)
        ]
        if inputs:
            outputs += [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in self.inputs.values()]
        constants = [numpy_helper.from_array(np.ascontiguousarray(one), name) for name, one in self._constants.items()]
        ids = helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "n"])
        graph = helper.make_graph(self._nodes, "sayso", [ids], outputs, constants)
        imports = [helper.make_opsetid("", OPSET), helper.make_opsetid(OURS, 1)]
        return helper.make_model(graph, opset_imports=imports, ir_version=8)

    def _add(self, kind: str, inputs: Sequence[str], output: str, **settings: object) -> str:
        self._nodes.append(helper.make_node(kind, list(inputs), [output], name=output, **settings))
        return output

    def _keep(self, name: str, value: NDArray[np.generic]) -> str:
        self._constants[name] = value
        return name

    def _embedded(self) -> str:
        """Look up pieces, stored in eight bits with a scale a row, and add their places."""
        table = self.weights["tagger.encoder.words.weight"]
        scales = np.abs(table).max(axis=1, keepdims=True) / 127
        rows = self._keep("words.rows", np.rint(table / np.maximum(scales, EPSILON)).astype(np.int8))
        self._add("Gather", [rows, "ids"], "words.small")
        self._add("Cast", ["words.small"], "words.wide", to=TensorProto.FLOAT)
        self._add("Gather", [self._keep("words.scales", scales), "ids"], "words.scale")
        self._add("Mul", ["words.wide", "words.scale"], "words")
        places = (
            self.weights["tagger.encoder.positions.weight"][:LONGEST] + self.weights["tagger.encoder.kinds.weight"][0]
        )
        first, step = self._keep("first", np.array([0])), self._keep("step", np.array([1]))
        self._add("Shape", ["ids"], "length", start=1, end=2)
        self._add("Slice", [self._keep("places", places[None]), first, "length", step], "placed")
        return self._normalised(self._add("Add", ["words", "placed"], "embedded"), "tagger.encoder.norm")

    def _layers(self, hidden: str) -> str:
        for number in range(self._depth()):
            name = f"tagger.encoder.layers.{number}"
            heads_ = len(self.weights[f"{name}.query.bias"]) // HEAD
            parts = [self._dense(hidden, f"{name}.{part}", f"{number}.in") for part in ("query", "key", "value")]
            mixed = self._add("MultiHeadAttention", parts, f"{name}.mixed", domain=OURS, num_heads=heads_)
            attended = self._dense(mixed, f"{name}.attended", f"{number}.attended")
            added = self._add("Add", [hidden, attended], f"{name}.attended_sum")
            middle = self._normalised(added, f"{name}.attended_norm")
            inner = self._dense(middle, f"{name}.inner", f"{number}.inner")
            bent = self._add("Gelu", [inner], f"{name}.bent", domain=OURS)
            outer = self._dense(bent, f"{name}.outer", f"{number}.outer")
            hidden = self._normalised(self._add("Add", [middle, outer], f"{name}.outer_sum"), f"{name}.outer_norm")
        return hidden

    def _depth(self) -> int:
        """Count the layers that there are weights for: a student has fewer than its teacher."""
        return sum(name.endswith(".query.bias") for name in self.weights)

    def _heads(self, hidden: str) -> None:
        for name, weights in zip(OUTPUTS, OF_HEADS, strict=True):
            self._dense(hidden, weights, "heads", name)

    def _normalised(self, value: str, name: str) -> str:
        scale = self._keep(f"{name}.weight", self.weights[f"{name}.weight"])
        bias = self._keep(f"{name}.bias", self.weights[f"{name}.bias"])
        return self._add("LayerNormalization", [value, scale, bias], name, axis=-1, epsilon=EPSILON)

    def _dense(self, value: str, name: str, place: str, output: str | None = None) -> str:
        """Add a dense map, in eight bits where ranges are known, and return what its result is called."""
        output = output or name
        weight, bias = self.weights[f"{name}.weight"].T, self._keep(f"{name}.bias", self.weights[f"{name}.bias"])
        self.inputs[place] = value
        if self.ranges is None or weight.shape[1] <= SMALL:
            product = self._add("MatMul", [value, self._keep(f"{name}.weight", weight)], f"{name}.product")
            return self._add("Add", [product, bias], output)
        if place.endswith(BENT):
            small, top = self._rounded_by_row(value, place)
            product = self._product(weight, name, small, "", f"{name}.product")
            return self._add("Add", [self._add("Mul", [product, top], f"{name}.wide"), bias], output)
        factors = self._factors(place)
        if factors is not None:
            weight = weight * factors[:, None]
        return self._product(weight, name, self._rounded(value, place, factors), bias, output)

    def _product(self, weight: Figures, name: str, small: Rounded, bias: str, output: str) -> str:
        """Multiply what is rounded with weights that are rounded here, each column by a scale of its own."""
        scales = np.abs(weight).max(axis=0) / 127
        stored = self._keep(f"{name}.weight", np.rint(weight / scales).astype(np.int8))
        inputs = [small[0], stored, small[1], self._keep(f"{name}.scales", scales), small[2], "", bias]
        return self._add("MatMulIntegerToFloat", inputs, output, domain=OURS)

    def _rounded(self, value: str, place: str, factors: Figures | None) -> Rounded:
        """Return the input of dense maps in eight bits, with the window's scale and zero."""
        if place not in self._ready:
            if factors is not None:
                value = self._add("Mul", [value, self._keep(f"{place}.factors", 1 / factors)], f"{place}.evened")
            outputs = f"{place}.small", f"{place}.scale", f"{place}.zero"
            self._nodes.append(helper.make_node("DynamicQuantizeLinear", [value], outputs, name=f"{place}.small"))
            self._ready[place] = outputs
        return self._ready[place]

    def _rounded_by_row(self, value: str, place: str) -> tuple[Rounded, str]:
        """Return what GELU gave in eight bits, and what each piece's row was divided by before it was rounded."""
        highest = self._add("ReduceMax", [value], f"{place}.highest", axes=[-1], keepdims=1)
        least = self._keep("least_top", np.float32(LOWEST_BENT / BELOW))
        top = self._add("Max", [highest, least], f"{place}.top")
        even = self._add("Div", [value, top], f"{place}.evened")
        scale = self._keep("row_scale", np.float32((1 + BELOW) / 255))
        zero = self._keep("row_zero", np.uint8(round(BELOW / (1 + BELOW) * 255)))
        return (self._add("QuantizeLinear", [even, scale, zero], f"{place}.small"), scale, zero), top

    def _factors(self, place: str) -> Figures | None:
        """Return what each channel is divided by: much where it is large and its weights are small."""
        number, _, kind = place.partition(".")
        if self.ranges is None or kind not in SHARE:
            return None
        names = ("query", "key", "value") if kind == "in" else (kind,)
        columns = [np.abs(self.weights[f"tagger.encoder.layers.{number}.{one}.weight"]).max(axis=0) for one in names]
        even = np.maximum(self.ranges[place], 1e-3) ** SHARE[kind] / np.maximum(np.max(columns, axis=0), 1e-5) ** (
            1 - SHARE[kind]
        )
        factors: Figures = (even / np.exp(np.log(even).mean())).astype(np.float32)
        return factors
