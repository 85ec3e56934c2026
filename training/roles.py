"""What the attribution heads tell apart; without PyTorch, so that labels and decoding need none."""

from sayso.claim.linking import LINK_BIAS, LINK_WIDTH

__all__ = ["LINKED", "LINK_BIAS", "LINK_WIDTH", "ROLES", "TAGS"]

ROLES = ("source", "cue", "content")
TAGS = ("O", "B", "I")
LINKED = ("source", "content")
"""The roles that a cue points to."""
