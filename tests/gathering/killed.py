"""Catches up on a ledger one report at a time and tells of each, so that it can be killed in between."""

from __future__ import annotations

import sys

from sayso.gathering import catch_up
from sayso.ledger import Ledger


def main() -> None:
    """Catch up on the ledger that is named as the first argument."""
    with Ledger.open(sys.argv[1]) as ledger:
        catch_up(ledger, _tell, at_once=1)


def _tell(done: int) -> None:
    sys.stdout.write(f"{done}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
