"""Verifying the ledger beside the requests: it takes minutes where the ledger is large."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sayso.ledger import LedgerError
from sayso.verifying import recheck

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.entries import Head
    from sayso.ledger import Ledger
    from sayso.ledger.verify import Verified


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of verifying, or how far it is.

    Attributes:
        by: Who asked for it.
        began: When it began, ISO 8601 in UTC.
        ended: When it ended, or None while it goes on.
        found: What was found, or None while it goes on and where it could not be done.
        fault: Why it could not be done, or None.
    """

    by: str
    began: str
    ended: str | None = None
    found: Verified | None = None
    fault: str | None = None


class Checking:
    """Verifies one desk's ledger, once at a time; safe to be asked from several threads.

    Args:
        clock: What tells the time.
    """

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last: Checked | None = None

    @property
    def last(self) -> Checked | None:
        """The verifying that goes on, or else the last one since the desk was started."""
        return self._last

    def begin(self, ledger: Ledger, by: str, against: Head | None) -> bool:
        """Begin to verify a ledger; False where that goes on already.

        Args:
            ledger: The ledger.
            by: Who asks for it.
            against: A head that was published earlier, or None.
        """
        with self._lock:
            if self._last is not None and self._last.ended is None:
                return False
            self._last = Checked(by, self._now())
        # Ends with the program: it writes nothing.
        threading.Thread(target=self._work, args=(ledger, self._last, against), daemon=True).start()
        return True

    def _work(self, ledger: Ledger, begun: Checked, against: Head | None) -> None:
        fault = "It was broken off by a fault of the program."
        found = None
        try:
            found = ledger.verify(against=against, recheck=recheck)
        except LedgerError as error:
            fault = error.problem.what
        finally:
            self._last = replace(begun, ended=self._now(), found=found, fault=None if found else fault)

    def _now(self) -> str:
        return self._clock().isoformat()
