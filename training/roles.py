"""What the heads tell apart; without PyTorch, so that labels and decoding need none."""

from sayso.claim.heads import COUNTED, FACETS, STANCES, TIE_WIDTH, TIED
from sayso.claim.linking import LINK_BIAS, LINK_WIDTH

__all__ = ["COUNTED", "FACETS", "LINKED", "LINK_BIAS", "LINK_WIDTH", "ROLES", "STANCES", "TAGS", "TIED", "TIE_WIDTH"]

ROLES = ("source", "cue", "content")
TAGS = ("O", "B", "I")
LINKED = ("source", "content")
"""The roles that a cue points to."""
