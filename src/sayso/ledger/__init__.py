"""Append-only memory: what was read and ruled is written down once, in entries that are chained to each other.

`Ledger` is the way in. What is kept never changes; the tables of what holds now are projected from it.
"""

from sayso.ledger.adding import Added
from sayso.ledger.ask import Hit, Unfitting
from sayso.ledger.deciding import NOBODY_SAW, SETTABLE
from sayso.ledger.errors import LedgerError
from sayso.ledger.inbox import Sought, Waiting
from sayso.ledger.load import Loaded
from sayso.ledger.redacting import Redacted
from sayso.ledger.show import Shown
from sayso.ledger.store import Ledger
from sayso.ledger.verify import Verified

__all__ = [
    "NOBODY_SAW",
    "SETTABLE",
    "Added",
    "Hit",
    "Ledger",
    "LedgerError",
    "Loaded",
    "Redacted",
    "Shown",
    "Sought",
    "Unfitting",
    "Verified",
    "Waiting",
]
