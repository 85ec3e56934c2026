"""A ledger, as the rest of the program sees it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from sayso.ledger import (
    adding,
    ask,
    chain,
    deciding,
    dump,
    histories,
    inbox,
    load,
    opening,
    project,
    redacting,
    show,
    verify,
    writing,
)
from sayso.ledger.shelf import Shelf

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from types import TracebackType

    from sayso.entries import Decision, Entry, Head
    from sayso.events import Heading, Kept
    from sayso.ledger.adding import Added
    from sayso.ledger.ask import Hit, Unfitting
    from sayso.ledger.deciding import Check
    from sayso.ledger.histories import History
    from sayso.ledger.inbox import Sought, Waiting
    from sayso.ledger.load import Loaded
    from sayso.ledger.redacting import Redacted
    from sayso.ledger.show import Shown
    from sayso.ledger.verify import Recheck, Verified
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

    def __enter__(self) -> Self:
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
        ready = list(read)  # whatever makes them is done before others have to wait
        with writing.batch(self._place, self._clock) as batch:
            return adding.add(batch, ready, author)

    def has_read(self, page: Page, program: str, model: str) -> bool:
        """Say whether the last reading of a page here is by this program and model, and need not be done again."""
        with self._place.reading() as connection:
            return adding.has_read(connection, page, program, model)

    def has_redacted(self, page: Page) -> bool:
        """Say whether the bytes of a page were redacted here, and so do not come back."""
        with self._place.reading() as connection:
            return adding.is_redacted(connection, page.sha256)

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

    def decide_by_shelf(self, made: Callable[[Shelf], Decision]) -> Decision:
        """Write down what a person ruled on what stands on the shelf, which nobody changes between look and ruling.

        Args:
            made: Looks at the shelf and makes the decision, within the transaction that writes it down; what it raises
                ends that, and nothing is written.

        Returns:
            The decision with its id and time.

        Raises:
            LedgerError: What it is about is not here.
            UsageError: The decision makes no sense.
        """
        with writing.batch(self._place, self._clock) as batch:
            return deciding.decide(batch, made(Shelf(batch.connection)), None, None)

    def redact(self, identity: str, *, by: str, why: str) -> Redacted:
        """Take out content that law or safety demands gone, with all that derives from it; its hashes stay.

        Args:
            identity: The id of an entry, a claim or a report, the hash of a page's bytes, or the beginning of one.
            by: Who takes it out.
            why: The reason.

        Raises:
            LedgerError: Nothing has that id, several things have, or its content is gone already.
            UsageError: There is no reason, or it cannot go alone.
        """
        with writing.batch(self._place, self._clock) as batch:
            redacted = redacting.redact(batch, identity, by, why)
        redacting.wipe(self._place)
        return redacted

    def load(self, lines: Iterable[str], where: str = "dump") -> Loaded:
        """Take over the entries of a dump, each with its id, time and author.

        Into an empty ledger the dump's entries come as they were, links included; into any other they come after those
        that are there. What is there already is left out, so a load that was broken off can be run again.

        Args:
            lines: The lines of a dump, from anybody.
            where: What the dump is called, for problems.

        Raises:
            LedgerError: It is no dump, or one of a newer program; or it could not be written.
        """
        loading = load.Loading(where)
        for portion in load.portions(lines):
            with writing.batch(self._place, self._clock) as batch:
                loading.take(batch, portion)
        with self._place.reading() as connection:
            return loading.result(connection)

    def rebuild(self) -> int:
        """Make all that is projected again from the entries, and return how many entries there are.

        Raises:
            LedgerError: It could not be written, and is as it was.
        """
        with self._place.writing() as connection:
            Shelf(connection).clear()
            return project.rebuild(connection)

    @contextmanager
    def shelf(self, *, writing: bool = False) -> Iterator[Shelf]:
        """Give what the hall keeps beside the entries; all that is written to it is kept at the end, or nothing.

        Args:
            writing: Whether to write to it, which one program at a time may.
        """
        with self._place.writing() if writing else self._place.reading() as connection:
            yield Shelf(connection)

    @property
    def read_only(self) -> bool:
        """Whether it can be asked and not written to."""
        return self._place.read_only

    # ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────

    def head(self) -> Head:
        """Return how far the ledger goes; published elsewhere, it proves later that nothing before it changed."""
        with self._place.reading() as connection:
            return writing.head_of(connection)

    def claims(self, *, as_of: str | None = None, wanted: Callable[[str], bool] | None = None) -> Iterator[Kept]:
        """Yield the claims that hold, with corrections and rulings, in the order in which they came in.

        Args:
            as_of: Answer as the ledger stood at this time, ISO 8601 in UTC; as it stands when left out.
            wanted: Says by a claim's id whether it is meant, before more of it is looked up; all when left out.
        """
        with self._place.reading() as connection:
            yield from ask.kept(connection, ask.moment(connection, as_of), wanted)

    def reports(self, *, as_of: str | None = None) -> Iterator[Heading]:
        """Yield the reports that hold, in the order in which they came in."""
        with self._place.reading() as connection:
            yield from ask.headings(connection, ask.moment(connection, as_of))

    def decisions(self, *, as_of: str | None = None, kinds: Iterable[str] | None = None) -> Iterator[Decision]:
        """Yield the decisions in force, in the order in which they came in; those of some kinds, or all."""
        with self._place.reading() as connection:
            yield from ask.decisions(connection, ask.moment(connection, as_of), kinds=kinds)

    def show(self, identity: str, *, as_of: str | None = None) -> Shown:
        """Return what there is under an id, or under the beginning of one.

        Raises:
            LedgerError: Nothing has that id, or several things have; the problem then lists them.
        """
        with self._place.reading() as connection:
            return show.show(connection, identity, ask.moment(connection, as_of))

    def histories(self, report: str) -> dict[str, History]:
        """Return by the ids of a report's claims what people decided on each; claims without decisions are left out."""
        with self._place.reading() as connection:
            return histories.histories(connection, report, ask.moment(connection, None))

    def waiting(self, sought: Sought, *, before: int | None = None, limit: int = 50) -> list[Waiting]:
        """Return the reports that hold, the newest first, with how many of their claims wait for people.

        Args:
            sought: Which.
            before: Only reports whose entry has a lower number: that of the last one before, to go on from there.
            limit: How many at most.
        """
        with self._place.reading() as connection:
            return inbox.waiting(connection, sought, before=before, limit=limit)

    def people_of(self, reports: Sequence[str]) -> list[Kept]:
        """Return the claims in some reports, some hundred at most, whose words for people may be or hold names."""
        with self._place.reading() as connection:
            return list(ask.naming(connection, ask.moment(connection, None), reports))

    def headings_of(self, reports: Sequence[str]) -> list[Heading]:
        """Return what is known of some reports, some hundred at most; those that are not there are left out."""
        with self._place.reading() as connection:
            return ask.headings_of(connection, ask.moment(connection, None), reports)

    def behind(self, entries: Sequence[int]) -> dict[int, list[Heading]]:
        """Return the reports that some entries are pages of, or decisions on, by the entries' numbers."""
        with self._place.reading() as connection:
            return ask.behind(connection, ask.moment(connection, None), entries)

    def page_under(self, report: str) -> Page | None:
        """Return the page that a report was found on, with its bytes; None where there is no such report.

        Raises:
            LedgerError: The bytes were redacted, or are damaged.
        """
        with self._place.reading() as connection:
            return ask.page_under(connection, report, ask.moment(connection, None), self.name)

    def search(self, words: str, *, as_of: str | None = None, before: int | None = None, limit: int = 10) -> list[Hit]:
        """Return the reports that hold all of some words, the newest first, with their claims.

        Args:
            words: The words, upper or lower case, with or without accents; one that ends in ``*`` stands for all that
                begin so. Nothing in them is taken as a query.
            as_of: Answer as the ledger stood at this time.
            before: Only reports whose entry has a lower number: that of the last hit before, to go on from there.
            limit: How many at most.
        """
        with self._place.reading() as connection:
            return ask.hits(connection, words, ask.moment(connection, as_of), before=before, limit=limit)

    def unfitting(self, *, as_of: str | None = None) -> Iterator[Unfitting]:
        """Yield the decisions in force that no longer fit what is read, in the order in which they came in."""
        with self._place.reading() as connection:
            yield from ask.unfitting(connection, ask.moment(connection, as_of))

    def pages(self) -> Iterator[Page]:
        """Yield every page as it was added, with its bytes, in the order in which they came in.

        Raises:
            LedgerError: The bytes of a page are damaged.
        """
        with self._place.reading() as connection:
            yield from ask.pages(connection, self.name)

    def verify(self, *, against: Head | None = None, recheck: Recheck | None = None) -> Verified:
        """Compute every hash again, and look up the words of every claim.

        Args:
            against: A head that was published earlier: the entries up to there must be those of then.
            recheck: Says why a report is not what its page says, or None where it is; without it, a report is held
                against the hash of its page alone.
        """
        with self._place.reading() as connection:
            return verify.verify(connection, against, recheck)

    def dump(self) -> Iterator[str]:
        """Yield the whole ledger as JSON lines, each without its line end."""
        with self._place.reading() as connection:
            yield from dump.dump(connection)

    def log(self, *, before: int | None = None, limit: int = 50) -> list[Entry]:
        """Return entries, the newest first: those with numbers below `before`, or the last ones."""
        with self._place.reading() as connection:
            return ask.log(connection, before=before, limit=limit)
