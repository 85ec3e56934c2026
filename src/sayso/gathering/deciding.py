"""Rulings on incidents, written down in the transaction in which the incidents were looked at.

Whoever rules second, at the desk or by the command line, rules on what the first left behind: nobody's ruling comes
between the look and the writing down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.gathering.rulings import ruled_after
from sayso.ledger import LedgerError
from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.entries import Decision
    from sayso.ledger import Ledger
    from sayso.ledger.shelf import Shelf

_TRIES = 5


def decide(ledger: Ledger, made: Callable[[Shelf], Decision], take_in: Callable[[], object]) -> Decision:
    """Write down a ruling on incidents, and return it with its id and time.

    Args:
        ledger: The ledger.
        made: Makes the decision of the incidents as they are, and may refuse to by raising something.
        take_in: Lets the incidents take in what was ruled.

    Raises:
        LedgerError: Others rule all the time, or the incidents are being put together anew.
    """

    def with_all_rulings(shelf: Shelf) -> Decision:
        if ruled_after(shelf, shelf.state().upto):
            raise _BehindError
        return made(shelf)

    for _ in range(_TRIES):
        take_in()
        try:
            return ledger.decide_by_shelf(with_all_rulings)
        except _BehindError:
            continue
    what = "Somebody ruled on incidents, and they are still being put together after that."
    raise LedgerError(Problem("incidents-behind", ledger.name, what, "Try again in a moment; nothing was written."))


class _BehindError(Exception):
    """There are rulings that the incidents do not take in yet."""
