"""Catches up on a ledger one report at a time and tells of each, so that it can be killed in between."""

from __future__ import annotations

import sys

from sayso.gathering import catch_up
from sayso.ledger import Ledger


def main() -> None:
    """Catch up on the ledger that is named as the first argument."""
    with Ledger.open(sys.argv[1]) as ledger:
        catch_up(ledger, lambda done: print(done, flush=True), at_once=1)


if __name__ == "__main__":
    main()
