"""How evidence for a town is summed, and the weights that were fitted for it."""

from __future__ import annotations

from math import isfinite

from sayso.claim.place_weights import weighed, weights


def test_what_no_weight_is_known_for_counts_nothing() -> None:
    assert weighed({"never heard of": 5.0, "none": 1.0}, {"none": 0.5}) == 0.5


def test_the_shipped_weights_are_finite_and_moderate() -> None:
    found = weights()
    assert len(found) > 20
    assert all(isfinite(weight) and abs(weight) < 20 for weight in found.values())
