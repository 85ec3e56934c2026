"""Tolls under the named counting rules of the field."""

from sayso.reconcile.counting import tolls
from sayso.reconcile.registry import DEFAULT, POLICIES, named

__all__ = ["DEFAULT", "POLICIES", "named", "tolls"]
