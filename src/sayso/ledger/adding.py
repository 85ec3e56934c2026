"""Pages and what was read in them become entries, and nothing is written twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    from sqlalchemy import Connection

    from sayso.ledger.threads import Thread
    from sayso.ledger.writing import Batch
    from sayso.records import Page, Reading

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


def add(batch: Batch, page: Page, reading: Reading | None, author: str) -> Added:
    """Write down a page and what was read in it, as far as they are new.

    Args:
        batch: Where to write.
        page: The page.
        reading: What was read in it; None where it gave no report.
        author: Who adds it.

    Raises:
        UsageError: The reading is of another page, or two of its claims have one id.
    """
    hashed = page.sha256
    if reading is not None:
        _check(reading, hashed)
    if is_redacted(batch.connection, hashed):
        return Added("redacted", "")
    name = page_name(hashed, page.url)
    entry = batch.page_of(name)
    is_new = entry is None
    if entry is None:
        batch.keep_blob(page.body, hashed)
        entry = batch.add("page", author, page_content(page, hashed)).id
    if reading is None:
        return Added("new" if is_new else "known", entry)
    report = report_name(reading.report.id, name)
    if is_redacted(batch.connection, report):
        return Added("redacted", entry)
    reading = _without_redacted(batch.connection, reading, report)
    thread = batch.projector.thread(report)
    version = _report(batch, thread, report_content(reading.report, entry), author)
    if not _reading(batch, thread, version, reading, author):
        return Added("new" if is_new else "known", entry, report)
    return Added("new" if is_new else "read_again", entry, report, len(reading.claims))


def has_read(connection: Connection, page: Page, program: str, model: str) -> bool:
    """Say whether the last reading of a page is by this program and this model."""
    pages, reports, readings = tables.pages, tables.reports, tables.readings
    found = select(readings.c.number).join(reports, reports.c.report == readings.c.report)
    found = found.join(pages, pages.c.number == reports.c.page)
    found = found.where(pages.c.page == page_name(page.sha256, page.url), readings.c.since.is_not(None))
    found = found.where(readings.c.until.is_(None), readings.c.reader == reader_name(program, model))
    return connection.scalar(found.limit(1)) is not None


def _check(reading: Reading, hashed: str) -> None:
    if reading.report.page_sha256 != hashed:
        raise UsageError(f"The reading of {reading.report.id} is not of the page that it is added with.")
    if len({claim.id for claim in reading.claims}) != len(reading.claims):
        raise UsageError(f"Two claims of {reading.report.id} have one id; each needs an id of its own.")


def is_redacted(connection: Connection, target: str) -> bool:
    """Say whether a page's bytes, a report or a claim were redacted here."""
    redacted = tables.redacted
    return connection.scalar(select(redacted.c.target).where(redacted.c.target == target)) is not None


def _without_redacted(connection: Connection, reading: Reading, report: str) -> Reading:
    """Leave out claims that were redacted, so that they do not come back with another reading."""
    names = {claim.id: claim_name(claim.id, report) for claim in reading.claims}
    redacted = tables.redacted
    gone = set(connection.scalars(select(redacted.c.target).where(redacted.c.target.in_(names.values()))))
    return replace(reading, claims=tuple(claim for claim in reading.claims if names[claim.id] not in gone))


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
