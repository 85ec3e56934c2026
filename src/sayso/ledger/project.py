"""Entries to the tables of what holds now. Whatever is in those tables can be made again from the entries."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sqlalchemy import delete, select, update

from sayso.ledger import search, tables
from sayso.ledger.chain import canonical
from sayso.ledger.contents import (
    claim_name,
    heading_content,
    page_name,
    reader_name,
    reading_digest,
    report_digest,
    report_name,
)
from sayso.ledger.succession import Version
from sayso.ledger.threads import Ruled, Thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Select, Table

    from sayso.ledger.contents import Content
    from sayso.ledger.threads import Key

Line = tuple[int, str, str, str, str, "Content | None"]
"""Number, id, kind, time, author and content of an entry."""

ON_CLAIMS = frozenset(("accept", "correct", "reject", "add"))
"""Decisions that say something of a claim of one report."""

_OF_REPORT = ("claims", "successions", "rulings", "unfitting", "readings", "reports", "inbox")
_PROJECTED = (*_OF_REPORT, "decided", "decisions", "pages")
_CHUNK = 500
_REBUILT_AT_ONCE = 2000


class PageAt(NamedTuple):
    """A page as one entry has it."""

    name: str
    number: int
    sha256: str


class Projector:
    """Follows entries in their order within one transaction; `flush` writes what they come to."""

    def __init__(self, connection: Connection, ready: Callable[[], None] | None = None) -> None:
        """Follow entries on a connection. `ready` sees to it that those followed so far are in their table."""
        self._connection = connection
        self._ready = ready
        self._threads: dict[str, Thread] = {}
        self._written: dict[str, set[Key]] = {}
        self._rows: dict[str, list[Content]] = defaultdict(list)
        self._words: list[search.Words] = []
        self._pages: dict[str, PageAt] = {}
        self._page_ids: dict[str, str] = {}
        self._home: dict[str, str | None] = {}
        self._new: set[str] = set()
        self._new_pages: set[str] = set()

    def follow(self, line: Line) -> None:
        """Take the next entry."""
        number, identity, kind, _, _, content = line
        if content is None:
            reading = self._reading_of_redacted(identity) if kind == "claim" else None
            report = reading and self.home(reading, "reading")
        elif kind == "page":
            sha256 = content["body"]["sha256"]
            name = page_name(sha256, content["url"])
            self._pages[identity] = PageAt(name, number, sha256)
            self._page_ids.setdefault(name, identity)
            self._rows["pages"].append({"number": number, "id": identity, "page": name, "sha256": sha256})
            return
        elif kind == "report":
            page = self.page(content["page"])
            report = page and report_name(content["report"]["id"], page.name, content["report"].get("record"))
            self._words.append(search.words(number, content["report"]))
        elif kind == "reading":
            report = self.home(content["report"], "report")
        elif kind == "claim":
            report = self.home(content["reading"], "reading")
            self._home[claim_name(content["claim"]["id"], report or "")] = report
        elif kind in {"decision", "note"}:
            report = self._follow_decision(number, identity, content)
        else:
            return
        if report:
            self._home[identity] = report
            self._take(self.thread(report), line)

    def thread(self, report: str) -> Thread:
        """Return the state of a report, up to the entries that were followed."""
        if report not in self._threads:
            self._threads[report] = self._replayed(report)
        return self._threads[report]

    def expect(self, pages: Sequence[str], reports: Sequence[str]) -> None:
        """Find out at once which of some pages and reports are here, before they are asked for one by one."""
        table = tables.pages
        query = select(table.c.id, table.c.page, table.c.number, table.c.sha256).where(table.c.page.in_(pages))
        for row in self._connection.execute(query.order_by(table.c.number)):
            self._pages[row.id] = PageAt(row.page, row.number, row.sha256)
            self._page_ids.setdefault(row.page, row.id)
        there = select(tables.reports.c.report).where(tables.reports.c.report.in_(reports)).distinct()
        self._new = set(reports) - set(self._connection.scalars(there))
        self._new_pages = set(pages) - self._page_ids.keys()

    def page_of(self, name: str) -> str | None:
        """Return the id of a page's first entry by the page's name, or None where there is none."""
        if name not in self._page_ids and name not in self._new_pages:
            table = tables.pages
            first = select(table.c.id).where(table.c.page == name).order_by(table.c.number).limit(1)
            return self._connection.scalar(first)
        return self._page_ids.get(name)

    def report_of_claim(self, claim: str) -> str | None:
        """Return the report that a claim is in, or None where there is no such claim."""
        return self._found(claim, select(tables.claims.c.report).where(tables.claims.c.claim == claim))

    def flush(self) -> None:
        """Write all rows that changed, and forget the reports that they are of."""
        self._flush_rows()
        fresh: dict[str, list[Content]] = defaultdict(list)
        for report, thread in self._threads.items():
            written = self._written.get(report, set())
            for key, row in thread.changed.items():
                if key in written:
                    self._update(key, row)
                else:
                    fresh[key[0]].append(row)
        for name in _OF_REPORT:
            self._insert(getattr(tables, name), fresh.get(name, []))
        for memory in (self._threads, self._written, self._pages, self._page_ids, self._home, self._new):
            memory.clear()
        self._new_pages.clear()

    def renew(self, reports: Iterable[str]) -> None:
        """Make the rows of some reports again, after content was taken from them."""
        self.flush()
        for report in sorted(set(reports)):
            lines = list(self._lines_of(report))
            for name in _OF_REPORT:
                table: Table = getattr(tables, name)
                self._connection.execute(delete(table).where(table.c.report == report))
            thread = self._threads[report] = Thread(report)
            for line in lines:
                self._take(thread, line)
        self.flush()

    # ── one entry ────────────────────────────────────────────────────────────────────────────────────────────────

    def _take(self, thread: Thread, line: Line) -> None:
        """Let a report's state take an entry of it; the same way when it is new and when it is replayed."""
        number, identity, kind, time, author, content = line
        if content is None:
            if kind == "claim":
                thread.miss_claim(number, self._reading_of_redacted(identity) or "")
        elif kind == "report":
            report, page = content["report"], self.page(content["page"])
            row = {
                "number": number,
                "id": identity,
                "report": thread.report,
                "page": page.number if page else number,
                "digest": report_digest(content),
                "heading": canonical(heading_content(report, thread.report)),
                "voice": thread.report,
            }
            thread.add_report(Version(number, identity, time, report["text_sha256"], report["text"]), row)
        elif kind == "reading":
            row = {
                "number": number,
                "id": identity,
                "report": thread.report,
                "reader": reader_name(content["program"], content["model"]),
                "digest": reading_digest(content),
            }
            thread.add_reading(number, identity, time, row, content)
        elif kind == "claim":
            thread.add_claim(number, content)
        elif content["kind"] == "withdraw":
            thread.withdraw(number, content["on"][0])
        else:
            what = (content["kind"], content["on"][0], content["set"])
            thread.decide(Ruled(number, identity, *what, author, time, content["why"]))

    def _follow_decision(self, number: int, identity: str, content: Content) -> str | None:
        """Write down a decision, and return the report whose claims it rules on, if any."""
        kind, targets = content["kind"], content["on"]
        if kind == "add":
            report = self._found(
                targets[0], select(tables.reports.c.report).where(tables.reports.c.report == targets[0])
            )
            self._home[claim_name(content["set"]["id"], targets[0])] = report
        elif kind in ON_CLAIMS:
            report = self.report_of_claim(targets[0])
        elif kind == "withdraw":
            self._flush_rows()
            table = tables.decisions
            withdrawn = update(table).where(table.c.id == targets[0], table.c.until.is_(None))
            self._connection.execute(withdrawn.values(until=number))
            about = select(tables.decided.c.report).join(table, table.c.number == tables.decided.c.number)
            report = self._connection.scalar(about.where(table.c.id == targets[0]).limit(1))
        else:
            report = None
        if report is not None:
            self.thread(report)  # as it was before, for what is written down below is of it already
        self._rows["decisions"].append({"number": number, "id": identity, "kind": kind, "until": None})
        self._rows["decided"] += [
            {"number": number, "place": place, "target": target, "report": report}
            for place, target in enumerate(targets)
        ]
        return report

    # ── where entries belong ─────────────────────────────────────────────────────────────────────────────────────

    def page(self, identity: str) -> PageAt | None:
        """Return a page's entry by its id, or None where it is not here."""
        if identity not in self._pages:
            table = tables.pages
            query = select(table.c.page, table.c.number, table.c.sha256).where(table.c.id == identity)
            found = self._connection.execute(query).first()
            if found is None:
                return None
            self._pages[identity] = PageAt(*found)
        return self._pages[identity]

    def home(self, identity: str, kind: Literal["report", "reading"]) -> str | None:
        """Return the report that an entry of a report or a reading is of, or None where that entry is not here."""
        if identity in self._home:
            return self._home[identity]
        table = tables.reports if kind == "report" else tables.readings
        return self._found(identity, select(table.c.report).where(table.c.id == identity))

    def _found(self, name: str, query: Select[Any]) -> str | None:
        if name not in self._home and name not in self._threads:
            self._home[name] = self._connection.scalar(query.limit(1))
        return self._home.get(name, name)

    def _reading_of_redacted(self, identity: str) -> str | None:
        redacted = tables.redacted
        return self._connection.scalar(select(redacted.c.reading).where(redacted.c.target == identity))

    # ── a report that was met before ─────────────────────────────────────────────────────────────────────────────

    def _replayed(self, report: str) -> Thread:
        thread = Thread(report)
        there = select(tables.reports.c.number).where(tables.reports.c.report == report).limit(1)
        if report not in self._new and self._connection.scalar(there) is not None:
            self._flush_rows()
            for line in self._lines_of(report):
                self._take(thread, line)
            self._written[report] = set(thread.rows)
            thread.changed.clear()
        return thread

    def _lines_of(self, report: str) -> Iterator[Line]:
        """Yield the entries that a report's state comes from, in order."""
        numbers: set[int] = set()
        for table in (tables.reports, tables.readings, tables.claims, tables.decided):
            numbers.update(self._connection.scalars(select(table.c.number).where(table.c.report == report)))
        redacted, readings = tables.redacted, tables.readings
        lost = select(redacted.c.number).join(readings, readings.c.id == redacted.c.reading)
        numbers.update(self._connection.scalars(lost.where(readings.c.report == report)))
        ordered = sorted(numbers)
        for start in range(0, len(ordered), _CHUNK):
            within = tables.entries.c.number.in_(ordered[start : start + _CHUNK])
            yield from lines(self._connection, within)

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _flush_rows(self) -> None:
        if self._ready is not None:
            self._ready()
        for name, rows in self._rows.items():
            self._insert(getattr(tables, name), rows)
        self._rows.clear()
        search.insert(self._connection, self._words)
        self._words.clear()

    def _insert(self, table: Table, rows: list[Content]) -> None:
        if rows:
            self._connection.execute(table.insert(), rows)

    def _update(self, key: Key, row: Content) -> None:
        table: Table = getattr(tables, key[0])
        ways = [column == row[column.name] for column in table.primary_key.columns]
        self._connection.execute(update(table).where(*ways).values(row))


def lines(connection: Connection, within: object) -> Iterator[Line]:
    """Yield the entries that a condition holds for, in order."""
    table = tables.entries
    columns = (table.c.number, table.c.id, table.c.kind, table.c.time, table.c.author, table.c.content)
    for row in connection.execute(select(*columns).where(within).order_by(table.c.number)):  # type: ignore[arg-type] # a condition
        content = None if row.content is None else json.loads(row.content)
        yield (row.number, row.id, row.kind, row.time, row.author, content)


def rebuild(connection: Connection) -> int:
    """Make all projected tables again from the entries, and return how many entries there were."""
    for name in _PROJECTED:
        connection.execute(delete(getattr(tables, name)))
    search.clear(connection)
    projector, number = Projector(connection), 0
    while True:
        table = tables.entries
        found = list(lines(connection, table.c.number.between(number + 1, number + _REBUILT_AT_ONCE)))
        if not found:
            return number
        for line in found:
            projector.follow(line)
        projector.flush()
        number = found[-1][0]
