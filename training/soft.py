"""How far a student's figures are from its teacher's: as a loss to train by, and as agreement to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812 - the name every reader of PyTorch code knows

from sayso.records import HARMS
from training.encoder import link_logits, tie_logits
from training.graph import OUTPUTS
from training.roles import COUNTED, FACETS, ROLES, TAGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from training.encoder import Reader

SEEN = 0.1
"""The teacher's probability from which a piece is taken for part of a count, or of a cue."""


def said(reader: Reader, hidden: Tensor) -> tuple[Tensor, ...]:
    """Return what all heads of a reader say of hidden states, in the order of `OUTPUTS`."""
    return reader.tagger.tags(hidden), reader.tagger.links(hidden), *reader.claims(hidden)


def soft_loss(student: Sequence[Tensor], teacher: Sequence[Tensor], mask: Tensor) -> dict[str, Tensor]:
    """Return how far the heads' figures are from the teacher's, by head.

    Args:
        student: What its heads say, see `said`.
        teacher: The same of the teacher.
        mask: True for pieces.
    """
    tags, links, claim_tags, means, ties = (one.float() for one in student)
    wanted_tags, wanted_links, wanted_claims, wanted_means, wanted_ties = (one.float() for one in teacher)
    of_tags, cues = _spans(tags, wanted_tags, len(ROLES), mask)
    of_claims, counts = _spans(claim_tags, wanted_claims, len(COUNTED), mask)
    cue, count = cues[..., ROLES.index("cue")], counts.amax(-1)
    return {
        "tags": of_tags,
        "links": _tied(link_logits(links), link_logits(wanted_links), cue, mask),
        "claim_tags": of_claims,
        "claim_means": _means(means[count], wanted_means[count]),
        "claim_ties": _tied(tie_logits(ties), tie_logits(wanted_ties), count, mask),
    }


def _spans(ours: Tensor, wanted: Tensor, roles: int, mask: Tensor) -> tuple[Tensor, Tensor]:
    """Return the divergence of O, B, I summed over roles, and which pieces the teacher takes for part of a span."""
    ours = ours.view(*ours.shape[:2], roles, len(TAGS)).log_softmax(-1)
    wanted = wanted.view_as(ours).log_softmax(-1)
    apart = (wanted.exp() * (wanted - ours)).sum((-1, -2))
    return apart[mask].mean(), (1 - wanted[..., 0].exp() > SEEN) & mask[..., None]


def _means(ours: Tensor, wanted: Tensor) -> Tensor:
    """Return the loss of harms, facets and stances over the pieces of counts."""
    at = len(HARMS)
    total = F.binary_cross_entropy_with_logits(ours[:, :at], wanted[:, :at].sigmoid(), reduction="sum")
    for values in FACETS.values():
        here = slice(at, at + len(values))
        total = total + F.cross_entropy(ours[:, here], wanted[:, here].softmax(-1), reduction="sum")
        at += len(values)
    total = total + F.binary_cross_entropy_with_logits(ours[:, at:], wanted[:, at:].sigmoid(), reduction="sum")
    return total / max(1, len(ours))


def _tied(ours: Tensor, wanted: Tensor, from_: Tensor, mask: Tensor) -> Tensor:
    """Return the loss of the relations from some pieces to all pieces of their windows."""
    batch, piece = from_.nonzero(as_tuple=True)
    if not len(batch):
        return ours.sum() * 0
    here, there = ours[batch, :, piece], wanted[batch, :, piece]
    each = F.binary_cross_entropy_with_logits(here, there.sigmoid(), reduction="none")
    return each[mask[batch][:, None, :].expand_as(each)].mean()


def agreement(ours: Sequence[Sequence[Tensor]], theirs: Sequence[Sequence[Tensor]]) -> dict[str, float]:
    """Return how two readers' figures go together: correlation by head, and F1 of pieces in spans.

    Args:
        ours: What one says of some windows, for each what `said` gives, without a batch.
        theirs: What the other says of the same windows.
    """
    told = {}
    for name, k in zip(OUTPUTS, range(len(OUTPUTS)), strict=True):
        both = torch.stack([torch.cat([one[k].flatten() for one in side]).double() for side in (ours, theirs)])
        told[name] = torch.corrcoef(both)[0, 1].item()
    for name, k, roles in (("spoken", 0, len(ROLES)), ("counted", 2, len(COUNTED))):
        x, y = (torch.cat([one[k] for one in side]).view(-1, roles, len(TAGS)).argmax(-1) for side in (ours, theirs))
        told[name] = (2 * ((x == y) & (y > 0)).sum() / ((x > 0).sum() + (y > 0).sum())).item()
    return told
