"""Is the ledger as it was written? Every hash is computed again, and every claim held against its words."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, get_args

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from sayso.entries import Decision, EntryKind, Head
from sayso.ledger import chain, tables
from sayso.ledger.blobs import DamagedError, body_of, unpacked
from sayso.ledger.contents import page_of, report_of
from sayso.plain import NotPlainError, from_plain
from sayso.problems import Problem
from sayso.records import Claim, Page, Reading, Report, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Row, Table

    Recheck = Callable[[Page, Report], str | None]

_MOST_TOLD = 50
_AT_ONCE = 500
_REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of verifying a ledger.

    Attributes:
        head: How far the ledger goes.
        pages: How many pages' bytes were found as they were fetched.
        claims: How many claims were found in the words of their reports.
        redacted: How many entries and pages are without content because a redaction took it.
        problems: What is wrong, the first entry first; empty where nothing is. Each names the entry in `where`.
        more: How much more is wrong than is listed.
    """

    head: Head
    pages: int = 0
    claims: int = 0
    redacted: int = 0
    problems: tuple[Problem, ...] = ()
    more: int = 0


def verify(connection: Connection, against: Head | None = None, recheck: Recheck | None = None) -> Verified:
    """Compute every hash again, and look up the words of every claim.

    Args:
        connection: The database.
        against: A head that was published earlier: the entries up to there must be those of then.
        recheck: Says why a report is not what its page says, or None where it is; the hall can read pages, this room
            cannot.

    Returns:
        What was found. Damage to the database file itself is among the problems.
    """
    walk = _Walk(connection, recheck)
    try:
        walk.check_file()
        walk.check_entries(against)
        walk.check_blobs()
    except DBAPIError as error:
        walk.tell(walk.head.entries + 1, f"The database itself is damaged there or later ({error.orig}).")
    return walk.result()


class _Walk:
    """Goes through all entries and pages in order."""

    def __init__(self, connection: Connection, recheck: Recheck | None) -> None:
        self.head = Head(0, chain.START)
        self._connection = connection
        self._recheck = recheck
        self._found: list[tuple[int, Problem]] = []
        self._pages = self._claims = self._redacted = self._told = 0
        redacted = tables.redacted
        self._taken = set(connection.scalars(select(redacted.c.target)))
        self._blobs_wanted: dict[str, int] = {}
        self._reports: OrderedDict[str, Report | None] = OrderedDict()

    def result(self) -> Verified:
        problems = tuple(problem for _, problem in sorted(self._found, key=lambda one: one[0]))
        more = self._told - len(problems)
        return Verified(self.head, self._pages, self._claims, self._redacted, problems, more)

    def tell(self, number: int, what: str, where: str | None = None) -> None:
        """Note that something is wrong with an entry."""
        self._told += 1
        if len(self._found) < _MOST_TOLD:
            remedy = "Compare with a dump or a copy made earlier; what stands there now cannot be relied on."
            self._found.append((number, Problem("tampered", where or f"entry {number}", what, remedy, lost=True)))

    def check_file(self) -> None:
        if self._connection.dialect.name != "sqlite":
            return
        for line in self._connection.scalars(text("PRAGMA integrity_check(20)")):
            if line != "ok":
                self.tell(0, f"The database file is damaged: {line}.", "the database file")

    def check_entries(self, against: Head | None) -> None:
        kept = ""
        for row in _rows(self._connection, tables.entries, tables.entries.c.number):
            number = self.head.entries + 1
            if row.number != number:
                self.tell(number, f"Entry {number} is missing; entry {row.number} follows.")
            fault = self._fault(row, kept)
            if fault is None:
                self._check_content(row)
            else:
                self.tell(row.number, fault)
            if against is not None and row.number == against.entries and row.link != against.link:
                self.tell(
                    row.number, f"Entry {row.number} or one before it is not as it was when the head was printed."
                )
            self.head, kept = Head(row.number, row.link), row.kept
        self._check_blobs_wanted()
        if against is not None and self.head.entries < against.entries:
            what = (
                f"The ledger has {self.head.entries:,} entries, and had {against.entries:,} when the head was printed."
            )
            self.tell(self.head.entries + 1, what)

    def check_blobs(self) -> None:
        for row in _rows(self._connection, tables.blobs, tables.blobs.c.sha256, at_once=20):
            fault = self._blob_fault(row)
            if fault is not None:
                pages = tables.pages
                first = select(pages.c.number).where(pages.c.sha256 == row.sha256).order_by(pages.c.number).limit(1)
                number = self._connection.scalar(first) or self.head.entries + 1
                self.tell(number, f"The bytes of page {row.sha256} {fault}.")
            elif row.packed is None:
                self._redacted += 1
            else:
                self._pages += 1

    def _fault(self, row: Row[Any], kept: str) -> str | None:
        """Return what is wrong with an entry's hashes, or None."""
        if row.kind not in get_args(EntryKind):
            return f"It is of no kind that there is ({str(row.kind)[:40]!r})."
        if not chain.is_stamp(row.time) or not chain.is_stamp(row.kept):
            return "Its time is not written as times are."
        if row.content is None and row.id not in self._taken:
            return "Its content is missing, and no redaction names it."
        if row.content is not None and chain.content_hash(row.content) != row.content_sha256:
            return "Its content does not have the hash that was written down for it."
        if row.id != chain.entry_id(row.kind, row.time, row.author, row.content_sha256):
            return "Its id is not the hash of its kind, time, author and content."
        if row.link != chain.link(self.head.link, row.id, row.kept):
            return "Its link does not follow from the entry before it."
        if row.kept < kept:
            return "It is said to have come before the entry before it."
        return None

    def _blob_fault(self, row: Row[Any]) -> str | None:
        if row.packed is None:
            return None if row.sha256 in self._taken else "are missing, and no redaction names them"
        small = bytes(row.packed)
        if sha256(small).hexdigest() != row.packed_sha256:
            return "are not packed as they were"
        try:
            unpacked(small, row.sha256, row.size)
        except DamagedError as error:
            return str(error)
        return None

    # ── what entries hold ────────────────────────────────────────────────────────────────────────────────────────

    def _check_content(self, row: Row[Any]) -> None:
        """Look into an entry whose hashes hold."""
        if row.content is None:
            self._redacted += 1
            return
        try:
            fault = self._content_fault(row, json.loads(row.content))
        except (NotPlainError, KeyError, TypeError, ValueError) as error:
            fault = f"Its content is not what an entry of its kind holds ({error})."
        if fault is not None:
            self.tell(row.number, fault)

    def _content_fault(self, row: Row[Any], content: dict[str, Any]) -> str | None:
        if row.kind == "page":
            page_of(content, b"")
            self._want_blob(content["body"]["sha256"], row.number)
            return None
        if row.kind == "report":
            return self._report_fault(row.id, content)
        if row.kind == "reading":
            plain = {name: content[name] for name in ("attributions", "problems", "program", "model")}
            from_plain(Reading, {**plain, "report": _NO_REPORT})
            self._remember(row.id, self._report(content["report"]))
            return None
        if row.kind == "claim":
            return self._claim_fault(from_plain(Claim, content["claim"]), self._report(content["reading"]))
        if row.kind in {"decision", "note"}:
            from_plain(Decision, {**content, "by": row.author})
        return None

    def _want_blob(self, hashed: str, number: int) -> None:
        self._blobs_wanted.setdefault(hashed, number)
        if len(self._blobs_wanted) >= _AT_ONCE:
            self._check_blobs_wanted()

    def _check_blobs_wanted(self) -> None:
        table = tables.blobs
        found = set(self._connection.scalars(select(table.c.sha256).where(table.c.sha256.in_(self._blobs_wanted))))
        for hashed, number in self._blobs_wanted.items():
            if hashed not in found:
                self.tell(number, f"The bytes of page {hashed} are missing.")
        self._blobs_wanted.clear()

    def _report_fault(self, identity: str, content: dict[str, Any]) -> str | None:
        report = report_of(content)
        self._remember(identity, report)
        if sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest() != report.text_sha256:
            return "The report's text does not have the hash that stands beside it."
        page = self._content(content["page"])
        if page is None:
            return None
        if page["body"]["sha256"] != report.page_sha256:
            return "The report is not of the page that it names."
        for anchor in report.anchors:
            if anchor.span.end > len(report.text):
                return "The report says where words stand on its page that it does not have."
        body = body_of(self._connection, report.page_sha256) if self._recheck else None
        reason = self._recheck(page_of(page, body), report) if self._recheck and body is not None else None
        return f"The report is not what its page says: {reason}." if reason else None

    def _claim_fault(self, claim: Claim, report: Report | None) -> str | None:
        if report is None:
            return None
        self._claims += 1
        if not 0 <= claim.start < claim.end <= len(report.text) or claim.span.of(report.text) != claim.text:
            return "The claim's words do not stand in its report where it says."
        spans = [span for span in (claim.sentence, *_spans(claim)) if span.end > len(report.text)]
        return "The claim points beyond the end of its report." if spans else None

    def _report(self, identity: str) -> Report | None:
        """Return the report of a report's or a reading's entry, or None where it was redacted."""
        if identity not in self._reports:
            content = self._content(identity)
            if content is None:
                self._remember(identity, None)
            elif isinstance(content["report"], str):
                self._remember(identity, self._report(content["report"]))
            else:
                self._remember(identity, report_of(content))
        return self._reports[identity]

    def _remember(self, identity: str, report: Report | None) -> None:
        self._reports[identity] = report
        if len(self._reports) > _REMEMBERED:
            self._reports.popitem(last=False)

    def _content(self, identity: str) -> dict[str, Any] | None:
        """Return an entry's content; one that is not there has been told of already."""
        table = tables.entries
        written = self._connection.scalar(select(table.c.content).where(table.c.id == identity))
        return None if written is None else json.loads(written)


_NO_REPORT = {"id": "", "text": ""}


def _spans(claim: Claim) -> Iterator[Span]:
    spans = claim.spans
    for one in (spans.source, spans.mention, spans.cue, spans.victims, spans.perpetrator, spans.means, spans.place):
        if one is not None:
            yield one
    yield from spans.via
    if spans.date is not None:
        yield spans.date


def _rows(connection: Connection, table: Table, key: Any, at_once: int = _AT_ONCE) -> Iterator[Row[Any]]:  # noqa: ANN401 - a column of any type
    """Yield the rows of a table in the order of their keys, a few at a time."""
    query = select(table).order_by(key).limit(at_once)
    found = connection.execute(query).all()
    while found:
        yield from found
        found = connection.execute(query.where(key > getattr(found[-1], key.name))).all()
