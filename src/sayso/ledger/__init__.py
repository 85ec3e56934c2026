"""Append-only memory: what was read and ruled is written down once, in entries that are chained to each other.

`Ledger` is the way in. What is kept never changes; the tables of what holds now are projected from it.
"""

from sayso.ledger.adding import Added
from sayso.ledger.deciding import NOBODY_SAW, SETTABLE
from sayso.ledger.errors import LedgerError
from sayso.ledger.store import Ledger

__all__ = ["NOBODY_SAW", "SETTABLE", "Added", "Ledger", "LedgerError"]
