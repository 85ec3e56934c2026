"""A ledger, as the rest of the program sees it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sayso.ledger import adding, ask, chain, deciding, opening, project, writing

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from types import TracebackType

    from sayso.entries import Decision, Entry, Head
    from sayso.events import Heading, Kept
    from sayso.ledger.adding import Added
    from sayso.ledger.deciding import Check
    from sayso.records import Page, Reading


class Ledger:
    """An open ledger. Several programs may have one open at once; close it, or use it in a ``with`` statement.

    Attributes:
        name: Its path or address, without a password.
    """

    def __init__(self, place: opening.Place, clock: Callable[[], datetime] = chain.now) -> None:
        self._place = place
        self._clock = clock
        self.name = place.name

    @classmethod
    def create(
        cls,
        target: str | os.PathLike[str],
        *,
        patience: float = opening.PATIENCE,
        clock: Callable[[], datetime] = chain.now,
    ) -> Ledger:
        """Make a new ledger and open it.

        Args:
            target: The path of a file that is not there yet, or the address of a PostgreSQL database.
            patience: Seconds to wait for another program that writes.
            clock: What tells the time.

        Raises:
            LedgerError: There is a ledger already, or none can be made there.
        """
        return cls(opening.make(target, patience), clock)

    @classmethod
    def open(
        cls,
        target: str | os.PathLike[str],
        *,
        patience: float = opening.PATIENCE,
        clock: Callable[[], datetime] = chain.now,
    ) -> Ledger:
        """Open a ledger that is there.

        Args:
            target: Its path, or the address of its PostgreSQL database.
            patience: Seconds to wait for another program that writes.
            clock: What tells the time.

        Raises:
            LedgerError: There is none, it cannot be opened, or its end is missing; the problem says what to do.
        """
        return cls(opening.find(target, patience), clock)

    def close(self) -> None:
        """Let go of the database."""
        self._place.engine.dispose()

    def __enter__(self) -> Ledger:
        """Return the ledger itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def add(self, read: Iterable[tuple[Page, Reading | None]], author: str) -> list[Added]:
        """Keep pages with what was read in them, all or none of them: when this returns, they are on the disk.

        Args:
            read: Pages, each with its reading, or with None where it gave no report. One call is one transaction, and
                it costs a few milliseconds on its own: give some hundred at once where there are many.
            author: Who adds them: a person's name, or the program with its version.

        Returns:
            What became of each page, in their order. What is there already is not written again.

        Raises:
            LedgerError: It could not be written, and nothing was.
            UsageError: A reading is not of its page, or the author's name cannot be kept.
        """
        deciding.check_author(author)
        with writing.batch(self._place, self._clock) as batch:
            return [adding.add(batch, page, reading, author) for page, reading in read]

    def has_read(self, page: Page, program: str, model: str) -> bool:
        """Say whether the last reading of a page here is by this program and this model, so that it need not be read."""
        with self._place.reading() as connection:
            return adding.has_read(connection, page, program, model)

    def decide(self, decision: Decision, *, expects: str | None = None, check: Check | None = None) -> Decision:
        """Write down what a person ruled.

        Args:
            decision: The decision, without id and time. `set` holds plain JSON values; for ``add``, `on` is the id of
                a report. A claim may be named by an id that it had before it was read again.
            expects: The id of the last decision on the claim that the person saw, ``""`` where there was none; two
                people who rule on one claim at once then cannot undo each other unseen. None compares nothing.
            check: Says why a corrected or added claim would not be true to its report, beyond its words standing where
                it says.

        Returns:
            The decision with its id and time.

        Raises:
            LedgerError: What it is about is not here, or somebody else ruled on it in the meantime.
            UsageError: The decision makes no sense.
        """
        with writing.batch(self._place, self._clock) as batch:
            return deciding.decide(batch, decision, expects, check)

    def rebuild(self) -> int:
        """Make all that is projected again from the entries, and return how many entries there are.

        Raises:
            LedgerError: It could not be written, and is as it was.
        """
        with self._place.writing() as connection:
            return project.rebuild(connection)

    # ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────

    def head(self) -> Head:
        """Return how far the ledger goes; published elsewhere, it proves later that nothing before it changed."""
        with self._place.reading() as connection:
            return writing.head_of(connection)

    def claims(self, *, as_of: str | None = None) -> Iterator[Kept]:
        """Yield the claims that hold, with corrections and rulings, in the order in which they came in.

        Args:
            as_of: Answer as the ledger stood at this time, ISO 8601 in UTC; as it stands when left out.
        """
        with self._place.reading() as connection:
            yield from ask.kept(connection, ask.moment(connection, as_of))

    def reports(self, *, as_of: str | None = None) -> Iterator[Heading]:
        """Yield the reports that hold, in the order in which they came in."""
        with self._place.reading() as connection:
            yield from ask.headings(connection, ask.moment(connection, as_of))

    def decisions(self, *, as_of: str | None = None, kinds: Iterable[str] | None = None) -> Iterator[Decision]:
        """Yield the decisions in force, in the order in which they came in; those of some kinds, or all."""
        with self._place.reading() as connection:
            yield from ask.decisions(connection, ask.moment(connection, as_of), kinds=kinds)

    def log(self, *, before: int | None = None, limit: int = 50) -> list[Entry]:
        """Return entries, the newest first: those with numbers below `before`, or the last ones."""
        with self._place.reading() as connection:
            return ask.log(connection, before=before, limit=limit)
