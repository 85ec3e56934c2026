"""Pages and what was read in them become entries, and nothing is written twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from sayso.ledger import tables
from sayso.ledger.chain import canonical
from sayso.ledger.contents import (
    claim_name,
    claim_written,
    claims_hash,
    page_content,
    page_name,
    reader_name,
    reading_content,
    reading_digest,
    report_content,
    report_digest,
    report_name,
)
from sayso.plain import to_plain
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from sayso.ledger.contents import Content
    from sayso.ledger.threads import Thread
    from sayso.ledger.writing import Batch
    from sayso.records import Page, Reading

_AT_ONCE = 200
"""Pages about which the database is asked together."""

_ASKED_AT_ONCE = 5000

Outcome = Literal["new", "read_again", "known", "redacted"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one page.

    Attributes:
        outcome: ``new``; ``read_again``, where the ledger has the page and this reading of it is another than the last;
            ``known``, where nothing was written; ``redacted``, where these bytes or this report were redacted and do
            not come back.
        page: The id of the page's entry; empty where its bytes are redacted.
        report: The id that the report has in the ledger, or None where the page gave none.
        claims: How many claims were written.
    """

    outcome: Outcome
    page: str
    report: str | None = None
    claims: int = 0


def add(batch: Batch, read: Iterable[tuple[Page, Reading | None]], author: str) -> list[Added]:
    """Write down pages and what was read in them, as far as they are new.

    Args:
        batch: Where to write.
        read: Pages, each with its reading, or with None where it gave no report.
        author: Who adds them.

    Raises:
        UsageError: A reading is of another page, or two of its claims have one id.
    """
    added: list[Added] = []
    works = iter(read)
    while portion := [_named(page, reading) for page, reading in islice(works, _AT_ONCE)]:
        # What is here already is asked once for many pages: asked page by page, the questions took most of the time.
        reports = [work.report for work in portion if work.report]
        batch.expect([work.page for work in portion], reports, [work.sha256 for work in portion])
        redacted = _redacted(batch.connection, portion)
        added += [_add(batch, work, redacted, author) for work in portion]
    return added


@dataclass(frozen=True, slots=True)
class _Work:
    """A page with the names that it and its report have in ledgers."""

    body: bytes
    sha256: str
    content: Content
    page: str
    report: str | None
    reading: Reading | None
    claims: tuple[str, ...]


def _named(page: Page, reading: Reading | None) -> _Work:
    hashed = page.sha256
    name, content = page_name(hashed, page.url), page_content(page, hashed)
    if reading is None:
        return _Work(page.body, hashed, content, name, None, None, ())
    if reading.report.page_sha256 != hashed:
        raise UsageError(f"The reading of {reading.report.id} is not of the page that it is added with.")
    report = report_name(reading.report.id, name, reading.report.record)
    claims = tuple(claim_name(claim.id, report) for claim in reading.claims)
    if len(set(claims)) != len(claims):
        raise UsageError(f"Two claims of {reading.report.id} have one id; each needs an id of its own.")
    return _Work(page.body, hashed, content, name, report, reading, claims)


def _redacted(connection: Connection, works: Sequence[_Work]) -> set[str]:
    """Return which of the pages, reports and claims were redacted here."""
    redacted = tables.redacted
    if connection.scalar(select(redacted.c.target).limit(1)) is None:
        return set()
    names = [name for work in works for name in (work.sha256, work.report, *work.claims) if name]
    found: set[str] = set()
    for start in range(0, len(names), _ASKED_AT_ONCE):
        part = redacted.c.target.in_(names[start : start + _ASKED_AT_ONCE])
        found.update(connection.scalars(select(redacted.c.target).where(part)))
    return found


def _add(batch: Batch, work: _Work, redacted: set[str], author: str) -> Added:
    if work.sha256 in redacted:
        return Added("redacted", "")
    page = batch.projector.page_of(work.page)
    is_new = page is None
    if page is None:
        batch.keep_blob(work.body, work.sha256)
        page = batch.add("page", author, work.content).id
    if work.reading is None or work.report is None:
        return Added("new" if is_new else "known", page)
    if work.report in redacted:
        return Added("redacted", page)
    kept = [claim for claim, name in zip(work.reading.claims, work.claims, strict=True) if name not in redacted]
    thread = batch.projector.thread(work.report)
    version = _report(batch, thread, report_content(work.reading.report, page), author)
    if not _reading(batch, thread, version, replace(work.reading, claims=tuple(kept)), author):
        return Added("new" if is_new else "known", page, work.report)
    return Added("new" if is_new else "read_again", page, work.report, len(kept))


def has_read(connection: Connection, page: Page, program: str, model: str) -> bool:
    """Say whether the last reading of a page is by this program and this model."""
    pages, reports, readings = tables.pages, tables.reports, tables.readings
    found = select(readings.c.number).join(reports, reports.c.report == readings.c.report)
    found = found.join(pages, pages.c.number == reports.c.page)
    found = found.where(pages.c.page == page_name(page.sha256, page.url), readings.c.since.is_not(None))
    found = found.where(readings.c.until.is_(None), readings.c.reader == reader_name(program, model))
    return connection.scalar(found.limit(1)) is not None


def is_redacted(connection: Connection, target: str) -> bool:
    """Say whether a page's bytes, a report or a claim were redacted here."""
    redacted = tables.redacted
    return connection.scalar(select(redacted.c.target).where(redacted.c.target == target)) is not None


def _report(batch: Batch, thread: Thread, content: dict[str, object], author: str) -> str:
    """Return the id of the report's entry, which is written where the last one says something else."""
    if thread.version is not None and thread.digest == report_digest(content):
        return thread.version.id
    return batch.add("report", author, content).id


def _reading(batch: Batch, thread: Thread, version: str, reading: Reading, author: str) -> bool:
    """Write a reading and its claims down, unless the last one read the same; say whether it was written."""
    plain = [to_plain(claim) for claim in reading.claims]
    written = [canonical(claim) for claim in plain]
    content = reading_content(reading, version, claims_hash(written))
    if thread.reading_digest == reading_digest(content):
        return False
    entry = batch.add("reading", author, content).id
    for claim, text in zip(plain, written, strict=True):
        batch.add("claim", author, {"claim": claim, "reading": entry}, claim_written(text, entry))
    return True
