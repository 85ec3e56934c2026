"""The encoder and its heads in PyTorch: MiniLM-L6 (a BERT of six layers) read from a safetensors file.

The layout of the weights is that of all-MiniLM-L6-v2 (Apache-2.0), whose architecture is BERT's (Devlin et al.
2019) with post-layer normalisation. Only what training needs is here: no pooling, no masked-word head.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812 - the name every reader of PyTorch code knows
from safetensors.torch import load_file
from torch import Tensor, nn

from sayso.records import HARMS
from training.roles import COUNTED, FACETS, LINK_BIAS, LINK_WIDTH, LINKED, ROLES, STANCES, TAGS, TIE_WIDTH, TIED

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEAD = 384, 32
VOCABULARY, POSITIONS = 30522, 512
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@dataclass(frozen=True, slots=True)
class Shape:
    """How large an encoder is: its layers, the heads of attention in each, and the width between its dense maps."""

    layers: int = 6
    heads: int = 12
    inner: int = 1536


WHOLE = Shape()


def quick() -> torch.autocast:
    """Return the context in which training runs: in bfloat16 where the processor can, which is twice as fast there.

    Elsewhere PyTorch imitates it, which takes thirty times as long as 32 bits.
    """
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.ops.mkldnn._is_mkldnn_bf16_supported())  # noqa: SLF001 - the only way to ask


class Layer(nn.Module):
    """One layer: self-attention, then two dense maps, each added to its input and normalised."""

    def __init__(self, dropout: float, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        looked = HEAD * shape.heads
        self.query = nn.Linear(WIDTH, looked)
        self.key = nn.Linear(WIDTH, looked)
        self.value = nn.Linear(WIDTH, looked)
        self.attended = nn.Linear(looked, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, shape.inner)
        self.outer = nn.Linear(shape.inner, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """Return the next hidden states; `mask` is True where a piece may be looked at."""
        batch, length, _ = hidden.shape

        def split(x: Tensor) -> Tensor:
            return x.view(batch, length, self.heads, HEAD).transpose(1, 2)

        query, key, value = split(self.query(hidden)), split(self.key(hidden)), split(self.value(hidden))
        # Written out: PyTorch's own takes twice as long here, for windows so short and in bfloat16.
        score = query @ key.transpose(-1, -2) * HEAD**-0.5
        if mask is not None:
            score = score.masked_fill(~mask, -1e4)
        mixed = score.softmax(-1).to(value.dtype) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, length, HEAD * self.heads)
        hidden = self.attended_norm(hidden + self.dropout(self.attended(mixed)))
        result: Tensor = self.outer_norm(hidden + self.dropout(self.outer(F.gelu(self.inner(hidden)))))
        return result


class MiniLM(nn.Module):
    """The encoder: piece ids to hidden states of width 384."""

    def __init__(self, dropout: float = 0.1, shape: Shape = WHOLE) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout, shape) for _ in range(shape.layers))

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return the hidden states.

        Args:
            ids: Piece ids, `[batch, length]`.
            mask: True for pieces, False for padding, `[batch, length]`; None where nothing is padded.
        """
        return self.states(ids, mask)[-1]

    def states(self, ids: Tensor, mask: Tensor | None = None) -> list[Tensor]:
        """Return the hidden states after every layer, the first to the last."""
        places = torch.arange(ids.shape[1], device=ids.device)
        embedded = self.words(ids) + self.positions(places) + self.kinds.weight[0]
        hidden: Tensor = self.dropout(self.norm(embedded))
        seen = None if mask is None else mask[:, None, None, :]
        states = []
        for layer in self.layers:
            hidden = layer(hidden, seen)
            states.append(hidden)
        return states

    def freeze_embeddings(self) -> None:
        """Leave the embeddings as they are in training: half the weights, and too few texts to move them well."""
        for part in (self.words, self.positions, self.kinds, self.norm):
            part.requires_grad_(requires_grad=False)


def load_base(path: Path, dropout: float = 0.1) -> MiniLM:
    """Read all-MiniLM-L6-v2 from its safetensors file.

    Raises:
        ValueError: The file is another than the one that the recipe was made with.
    """
    if hashlib.sha256(path.read_bytes()).hexdigest() != BASE_SHA256:
        raise ValueError(f"{path} is not the all-MiniLM-L6-v2 weights this recipe starts from")
    model = MiniLM(dropout)
    model.load_state_dict({new: tensor for old, tensor in load_file(path).items() if (new := _renamed(old))})
    return model


_PARTS = {
    "embeddings.word_embeddings": "words",
    "embeddings.position_embeddings": "positions",
    "embeddings.token_type_embeddings": "kinds",
    "embeddings.LayerNorm": "norm",
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "attended",
    "attention.output.LayerNorm": "attended_norm",
    "intermediate.dense": "inner",
    "output.dense": "outer",
    "output.LayerNorm": "outer_norm",
}


def _renamed(name: str) -> str | None:
    """Give BERT's name of a tensor as ours, None for what is not used (the pooler, the list of positions)."""
    part, _, kind = name.rpartition(".")
    if part.startswith("encoder.layer."):
        _, _, number, inside = part.split(".", 3)
        return f"layers.{number}.{_PARTS[inside]}.{kind}"
    return f"{_PARTS[part]}.{kind}" if part in _PARTS else None


class Tagger(nn.Module):
    """The encoder with the attribution heads.

    `tags` gives O, B and I for source, cue and content, each role on its own, so that spans may nest. `links`
    gives, for every piece, four vectors: as a cue looking for its source and for its content, and as a piece that
    may be looked for in either role. Their scaled product says whether piece j belongs to what the cue at i points
    to. Nested contents, contents in two parts and the second source of a sentence need this: spans alone do not
    say which belong together.
    """

    def __init__(self, encoder: MiniLM) -> None:
        super().__init__()
        self.encoder = encoder
        self.tags = nn.Linear(WIDTH, len(ROLES) * len(TAGS))
        self.links = nn.Linear(WIDTH, 2 * len(LINKED) * LINK_WIDTH)

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """Return hidden states `[b, n, 384]`, tag logits `[b, n, 9]` and link vectors `[b, n, 256]`."""
        hidden = self.encoder(ids, mask)
        return hidden, self.tags(hidden), self.links(hidden)


class ClaimHeads(nn.Module):
    """What the hidden states say of the people a report counts.

    `tags` gives O, B and I for people counted and for single people named, each layer on its own. `means` says, for
    a piece of a count expression, which harms came to the people, scope and status, and which stances are taken.
    `ties` gives vectors whose scaled product says whether piece j belongs to the source, victims and so on of the
    count at piece i.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tags = nn.Linear(WIDTH, len(COUNTED) * len(TAGS))
        self.means = nn.Linear(WIDTH, len(HARMS) + sum(map(len, FACETS.values())) + len(STANCES))
        self.ties = nn.Linear(WIDTH, 2 * len(TIED) * TIE_WIDTH)

    def forward(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return tag logits `[b, n, 6]`, logits of harms and facets `[b, n, 16]` and vectors `[b, n, 672]`."""
        return self.tags(hidden), self.means(hidden), self.ties(hidden)


class Reader(nn.Module):
    """The encoder with all its heads: attributions and claims."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger
        self.claims = ClaimHeads()

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> tuple[Tensor, ...]:
        """Return hidden states, then what the attribution heads and the claim heads say."""
        hidden, tags, links = self.tagger(ids, mask)
        return hidden, tags, links, *self.claims(hidden)


def tie_logits(ties: Tensor) -> Tensor:
    """Turn tie vectors `[b, n, 672]` into `[b, role, i, j]`: does j belong to the role of the count at piece i?"""
    batch, length, _ = ties.shape
    parts = ties.view(batch, length, 2, len(TIED), TIE_WIDTH)
    score: Tensor = torch.einsum("bird,bjrd->brij", parts[:, :, 0], parts[:, :, 1]) / TIE_WIDTH**0.5 + LINK_BIAS
    return score


def link_logits(links: Tensor) -> Tensor:
    """Turn link vectors `[b, n, 256]` into `[b, role, i, j]`: does j belong to the role of the cue piece i?"""
    batch, length, _ = links.shape
    parts = links.view(batch, length, 2, len(LINKED), LINK_WIDTH)
    score: Tensor = torch.einsum("bird,bjrd->brij", parts[:, :, 0], parts[:, :, 1]) / LINK_WIDTH**0.5 + LINK_BIAS
    return score
