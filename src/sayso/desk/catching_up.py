"""Incidents that take in all entries: at once where few are missing, beside the requests where they are many."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso import gathering
from sayso.ledger import LedgerError

if TYPE_CHECKING:
    from sayso.ledger import Ledger

FEW = 400
"""Entries that are taken in while somebody waits for a page."""

_AT_ONCE = 50
"""Reports in one transaction: whoever rules meanwhile waits for so many at most."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What the incidents do not take in yet.

    Attributes:
        entries: How many entries of the ledger are not taken in.
        working: Whether they are being taken in now; False where the ledger cannot be written to, or it failed.
        done: How many reports were taken in so far.
        fault: Why it failed; None where it did not.
    """

    entries: int
    working: bool
    done: int = 0
    fault: str | None = None


class CatchingUp:
    """What puts the incidents of one desk's ledger together; safe to be asked from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._done = 0
        self._fault: str | None = None

    def look(self, ledger: Ledger) -> Behind | None:
        """See to it that incidents take in all entries, and return what they do not take in yet; None for nothing."""
        missing = gathering.missing(ledger)
        if not missing:
            return None
        if ledger.read_only:
            return Behind(missing, working=False)
        with self._lock:
            if self._works():
                return Behind(missing, working=True, done=self._done)
            fault, self._fault = self._fault, None
            if fault is not None:
                return Behind(missing, working=False, done=self._done, fault=fault)
            if missing > FEW:
                self._done = 0
                # Ends with the program: a transaction that is broken off leaves nothing behind.
                self._thread = threading.Thread(target=self._work, args=(ledger,), daemon=True)
                self._thread.start()
                return Behind(missing, working=True)
            try:
                gathering.catch_up(ledger)
            except LedgerError as error:
                return Behind(missing, working=False, fault=error.problem.what)
            return None

    def now(self, ledger: Ledger) -> None:
        """Take in what somebody has just ruled; where much is being taken in already, it comes with the rest."""
        with self._lock:
            if not self._works():
                gathering.catch_up(ledger)

    def _works(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _work(self, ledger: Ledger) -> None:
        try:
            gathering.catch_up(ledger, self._tell, _AT_ONCE)
        except LedgerError as error:
            self._fault = error.problem.what

    def _tell(self, done: int) -> None:
        self._done = done
