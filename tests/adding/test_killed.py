"""Killed at any moment, a ledger holds what was acknowledged, once, and adding goes on."""

from __future__ import annotations

from tests.adding.killing import kill_often


def test_killed_at_random_moments_nothing_acknowledged_is_lost(ledger_url: str) -> None:
    counts = kill_often(ledger_url, kills=20, seed=20261123)
    assert len(counts) == 20
    assert len(set(counts)) > 1, "they were killed at different moments"
