"""Other people's records into a ledger: each row is kept as it was, as claims of the data set that it comes from.

What a row says is what the data set says, in its own voice: not that it happened so, and not what its sources said.
Nothing is read by the program's models here; columns are taken for what their codebook says they are, and the
`program` of each reading says that it was imported.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Literal

from sayso.adding import Counts, Kept
from sayso.export import cells as escaped
from sayso.find.decode import decode
from sayso.importing import acled, claims_csv, ged
from sayso.ledger.contents import report_name
from sayso.pages.rows import cells_of, row_pages
from sayso.problems import Problem
from sayso.records import EVENT_ROW, Page, Reading, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sayso.importing.record import Imported
    from sayso.ledger import Ledger
    from sayso.records import Claim

Format = Literal["ged", "acled", "csv"]

_AT_ONCE = 200
"""Rows in one transaction."""

_RELEASE = re.compile(r"[\s,-]+(?:v|version|release)?\s*[0-9][0-9._-]*$", re.IGNORECASE)
"""The number of a release at the end of a data set's name, as in UCDP GED 24.1."""


@dataclass(frozen=True, slots=True)
class _Format:
    """How rows of a format are read.

    Attributes:
        needed: Columns without which a file is none of it.
        lasting: Whether rows have ids that they keep from one release of the data set to the next.
        outlet: What the data set is called where nobody says; None where each row names its outlet.
        read: Reads a row's cells.
    """

    needed: Sequence[str]
    outlet: str | None
    read: Callable[[Mapping[str, str]], Imported]
    lasting: bool


_FORMATS: dict[Format, _Format] = {
    "ged": _Format(ged.NEEDED, ged.OUTLET, ged.read, lasting=True),
    "acled": _Format(acled.NEEDED, acled.OUTLET, acled.read, lasting=True),
    "csv": _Format(claims_csv.NEEDED, None, claims_csv.read, lasting=False),
}


@dataclass(frozen=True, slots=True)
class Revised:
    """A record that a later release of its data set has otherwise.

    Attributes:
        record: The record's own id.
        report: The id of its report in the ledger.
        changes: By column what stood there and what stands there now; None for an empty cell.
    """

    record: str
    report: str
    changes: dict[str, tuple[str | None, str | None]]


@dataclass(slots=True)
class Importing:
    """Takes the rows of files into a ledger.

    Attributes:
        ledger: The ledger.
        author: Who adds them.
        of: The files' format.
        source: What the data set is called; the format's own name when left out.
        counts: What it has come to so far.
    """

    ledger: Ledger
    author: str
    of: Format
    source: str | None = None
    counts: Counts = field(default_factory=Counts)

    def add(self, path: Path) -> Iterator[Kept | Revised | Problem]:
        """Keep each row of a file as a page with its report and claims.

        A row of a data set whose ids last takes the place of an earlier release of the same record; that one stays in
        the history. Rows that are there already, byte by byte and under that name, add nothing.

        Args:
            path: The file.

        Yields:
            A Kept for each row, once it is on the disk, and a Revised after one that changes an earlier release; a
            Problem for each that is not what it should be, and at the end for what gives no claim.

        Raises:
            LedgerError: The ledger cannot be written to. What was yielded before is kept.
        """
        without: Counter[str] = Counter()
        rows = row_pages(path, _FORMATS[self.of].needed)
        while portion := list(islice(rows, _AT_ONCE)):
            read: list[tuple[Page, Reading]] = []
            for page in portion:
                found = page if isinstance(page, Problem) else self._reading(page, without)
                if isinstance(found, Problem):
                    yield found
                elif isinstance(page, Page):
                    read.append((page, found))
            yield from self._keep(read)
        for reason, number in sorted(without.items()):
            what = f"{number:,} {'row gives' if number == 1 else 'rows give'} no claim: {reason}."
            yield Problem("no-claim", str(path), what, "Nothing; the records themselves are kept.")

    def _keep(self, read: Sequence[tuple[Page, Reading]]) -> Iterator[Kept | Revised]:
        before = self._before([reading.report for _, reading in read])
        for (page, reading), added in zip(read, self.ledger.add(read, self.author), strict=True):
            last = before.get(reading.report.record)
            changes = {} if last is None else _changes(last, reading.report.text)
            outcome = added.outcome
            if last is not None and outcome in {"new", "read_again"}:
                # The row of another release: with the same cells there is nothing new in it but the release's name.
                outcome = "read_again" if changes else "known"
            setattr(self.counts, outcome, getattr(self.counts, outcome) + 1)
            self.counts.claims += 0 if outcome == "known" else added.claims
            yield Kept(page.where, outcome, added.report, added.claims, reading.problems)
            if changes and added.report is not None:
                yield Revised(reading.report.id, added.report, changes)

    def _before(self, reports: Sequence[Report]) -> dict[str | None, str]:
        """Return by record the text that the ledger has of it."""
        names = {report_name("", "", one.record): one.record for one in reports if one.record is not None}
        with self.ledger.shelf() as shelf:
            return {names[name]: text for name, text in shelf.texts(sorted(names)).items()}

    def _reading(self, page: Page, without: Counter[str]) -> Reading | Problem:
        """Return what a row says, or why it says nothing."""
        form = _FORMATS[self.of]
        text, problems = decode(page.body, page.where, page.charset)
        try:
            found = form.read({name: escaped.plain(cell) for name, cell in cells_of(text).items()})
        except ValueError as error:
            what = f"The row was left out: {error}."
            return Problem("bad-row", page.where, what, "Mend the row and import the file again.", lost=True)
        if found.left_out:
            without[found.left_out] += 1
        report = Report(
            found.id,
            found.text,
            title=found.title,
            url=found.url,
            outlet=self.source or found.outlet or form.outlet,
            published=found.published,
            language=found.language,
            page_sha256=page.sha256,
            published_from="record" if found.published else None,
            record=self._record(found.id) if form.lasting else None,
        )
        claims = tuple(_named(found.claims, report.record or page.sha256, found.text))
        # Without the program's own version: the same file, imported by a later one, adds nothing.
        return Reading(report, claims, problems=problems, program=f"sayso import {self.of} 1")

    def _record(self, identity: str) -> str:
        """Return what names a record in all releases of its data set."""
        name = self.source or _FORMATS[self.of].outlet or ""
        return f"{self.of} {_RELEASE.sub('', name).casefold()} {identity}"


def _named(claims: Iterable[Claim], record: str, text: str) -> Iterator[Claim]:
    """Give an id to claims that have none, those of events, made from the record and the column that they stand in."""
    for claim in claims:
        column = text[: claim.end].rpartition("\n")[2].partition(":")[0]
        # A range stands in two lines; its upper end alone is another claim.
        name = f"{record} {claim.harm} {column} {claim.text.count(chr(10))}"
        yield claim if claim.id else replace(claim, id=EVENT_ROW + hashlib.sha256(name.encode()).hexdigest()[:16])


def _changes(before: str, after: str) -> dict[str, tuple[str | None, str | None]]:
    """Return the cells in which two releases of a record differ."""
    old, new = (dict(line.partition(": ")[::2] for line in text.split("\n")) for text in (before, after))
    columns = dict.fromkeys([*old, *new])
    return {name: (old.get(name), new.get(name)) for name in columns if old.get(name) != new.get(name)}
