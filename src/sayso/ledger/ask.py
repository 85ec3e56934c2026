"""What is asked of a ledger: its entries, and what held when."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import and_, or_, select

from sayso.entries import Entry
from sayso.events import Heading, Kept, Ruling
from sayso.ledger import search, tables
from sayso.ledger.blobs import DamagedError, body_of
from sayso.ledger.contents import claim_of, decision_of, page_of, report_of
from sayso.ledger.corrections import corrected
from sayso.ledger.errors import refusal
from sayso.ledger.words import around
from sayso.plain import from_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import Column, ColumnElement, Connection, Row, Select, Table

    from sayso.entries import Decision
    from sayso.records import Claim, Page, Report

_CHUNK = 400

MOST_CLAIMS = 1000
"""Claims that are shown with the reports that they stand in."""

_SINGLE = "individual"
"""The kind of claims of single people."""

_NAMES = re.compile(rf'"kind":"{_SINGLE}"|"(?:text|victims)":"(?:[^"\\]|\\.)*?(?:[,:;(]|\\u201[34])')
"""Values of a claim, as they are written down, that may be or hold names of people."""

_CLAIM_COLUMNS = (tables.claims.c.number, tables.claims.c.claim, tables.claims.c.report, tables.claims.c.text)


@dataclass(frozen=True, slots=True)
class Hit:
    """A report in which words were found.

    Attributes:
        number: The number of its entry; the next search goes on before the last one's.
        heading: The report.
        words: Some of its text, around the first of the words.
        claims: The claims that hold in it; of all hits together no more than a thousand are looked up.
    """

    number: int
    heading: Heading
    words: str
    claims: tuple[Kept, ...]


Reason = Literal["no-successor", "other-text", "other-words"]


@dataclass(frozen=True, slots=True)
class Unfitting:
    """A decision in force that no longer fits what is read in its report.

    Attributes:
        decision: The decision.
        claim: The claim that it was made on.
        reason: ``no-successor``: no claim of the last reading stands where the claim stood; ``other-text``: it sets
            offsets, and the report is now read with another text; ``other-words``: it sets a figure, and the claim
            that stands there now rests on other words, or it was made on a record that a later release revised.
    """

    decision: Decision
    claim: str
    reason: Reason


def entry_of(row: Row[Any]) -> Entry:
    """Return the entry that a row holds."""
    content = None if row.content is None else json.loads(row.content)
    return Entry(row.number, row.id, row.kind, row.time, row.author, row.content_sha256, content, row.kept, row.link)


def entry_at(connection: Connection, number: int) -> Entry:
    """Return an entry by its number."""
    return entry_of(connection.execute(select(tables.entries).where(tables.entries.c.number == number)).one())


def claim_at(connection: Connection, number: int, report: str) -> Claim:
    """Return the claim that an entry holds, without what people ruled on it."""
    content = connection.scalars(select(tables.entries.c.content).where(tables.entries.c.number == number)).one()
    return claim_of(json.loads(content or "null"), report)


def text_at(connection: Connection, number: int) -> Report:
    """Return the report that an entry holds."""
    content = connection.scalars(select(tables.entries.c.content).where(tables.entries.c.number == number)).one()
    return report_of(json.loads(content or "null"))


def moment(connection: Connection, as_of: str | None) -> int:
    """Return the number of the last entry that was kept at a time; the last of all where no time is given.

    Args:
        connection: The database.
        as_of: ISO 8601 in UTC; anything that sorts right before, among or after the entries' own stamps.
    """
    kept, number = tables.entries.c.kept, tables.entries.c.number
    last = connection.scalar(select(number).order_by(number.desc()).limit(1)) or 0
    if as_of is None:
        return last
    low, high = 0, last
    while low < high:  # `kept` never falls from one entry to the next
        middle = (low + high + 1) // 2
        if connection.scalars(select(kept).where(number == middle)).one() <= as_of:
            low = middle
        else:
            high = middle - 1
    return low


def held(table: Table, at: int) -> ColumnElement[bool]:
    """Return the condition that a row of a table held when the ledger had so many entries."""
    return and_(table.c.since <= at, or_(table.c.until.is_(None), table.c.until > at))


def kept(connection: Connection, at: int, wanted: Callable[[str], bool] | None = None) -> Iterator[Kept]:
    """Yield the claims that held when the ledger had so many entries, in the order of their entries.

    Args:
        connection: The database.
        at: How many entries the ledger had.
        wanted: Says by a claim's id whether it is meant; all are when left out.
    """
    table, last = tables.claims, 0
    view = _View(connection, at)
    while True:
        query = select(*_CLAIM_COLUMNS).where(held(table, at), table.c.number > last)
        rows = connection.execute(query.order_by(table.c.number).limit(_CHUNK)).all()
        if not rows:
            return
        meant = rows if wanted is None else [row for row in rows if wanted(row.claim)]
        if meant:
            yield from view.kept(meant)
        last = rows[-1].number


def kept_of(
    connection: Connection, at: int, column: Column[Any], names: Sequence[object], limit: int | None = None
) -> Iterator[Kept]:
    """Yield claims that held then, in the order of their entries.

    Args:
        connection: The database.
        at: How many entries the ledger had.
        column: `claim`, `report` or `number` of the table of claims.
        names: What may stand there; some hundred at most.
        limit: How many claims at most; all when left out.
    """
    found = connection.execute(select(*_CLAIM_COLUMNS).where(column.in_(names), held(tables.claims, at))).all()
    # Sorted here, for the database might go through the whole table to find them sorted.
    rows = sorted(found, key=lambda row: row.number)[:limit]
    view = _View(connection, at)
    for start in range(0, len(rows), _CHUNK):
        yield from view.kept(rows[start : start + _CHUNK])


def people_of(connection: Connection, at: int, reports: Sequence[str]) -> Iterator[Kept]:
    """Yield the claims of single people that held in some reports, some hundred reports at most.

    Only claims are read of which the database says that the word for it stands in them, or in what was ruled on them:
    they are few, and to read all claims of a list of reports takes longer than all the rest of a page.
    """
    table, entries, rulings = tables.claims, tables.entries, tables.rulings
    of = select(table.c.number).where(table.c.report.in_(reports), held(table, at))
    told = of.join(entries, entries.c.number == table.c.number).where(entries.c.content.contains(_SINGLE))
    ruled = of.join(rulings, rulings.c.claim == table.c.claim).where(
        held(rulings, at), rulings.c.ruling.contains(_SINGLE)
    )
    numbers = sorted({*connection.scalars(told), *connection.scalars(ruled)})
    for start in range(0, len(numbers), _CHUNK):
        for kept in kept_of(connection, at, table.c.number, numbers[start : start + _CHUNK]):
            if kept.claim.kind == _SINGLE:
                yield kept


def naming(connection: Connection, at: int, reports: Sequence[str]) -> Iterator[Kept]:
    """Yield the claims that held in some reports, some hundred at most, whose words for people may be or hold names.

    These are claims of single people, and those where something stands beside a number of people: after a comma, a
    colon, a bracket or a dash. They are told apart before they are read, since most claims are neither.
    """
    table, entries, rulings = tables.claims, tables.entries, tables.rulings
    of = select(table.c.number).where(table.c.report.in_(reports), held(table, at))
    told = of.add_columns(entries.c.content).join(entries, entries.c.number == table.c.number)
    ruled = of.add_columns(rulings.c.ruling).join(rulings, rulings.c.claim == table.c.claim)
    ruled = ruled.where(held(rulings, at))
    found = {number for query in (told, ruled) for number, words in connection.execute(query) if _NAMES.search(words)}
    numbers = sorted(found)
    for start in range(0, len(numbers), _CHUNK):
        yield from kept_of(connection, at, table.c.number, numbers[start : start + _CHUNK])


class _View:
    """Reads claims a chunk at a time, and each report's text once for claims that follow each other."""

    def __init__(self, connection: Connection, at: int) -> None:
        self._connection = connection
        self._at = at
        self._texts: dict[int, tuple[str, Heading]] = {}

    def kept(self, rows: Sequence[Any]) -> Iterator[Kept]:
        contents = self._contents([row.number for row in rows])
        rulings = self._rulings([row.claim for row in rows])
        self._read_texts(sorted({row.text for row in rows}))
        for row in rows:
            claim = claim_of(contents[row.number], row.report)
            ruling = rulings.get(row.claim)
            if ruling is not None:
                claim = corrected(claim, *ruling["sets"])
            text, heading = self._texts[row.text]
            said = ruling and Ruling(ruling["verdict"], ruling["by"], ruling["at"], ruling["why"])
            yield Kept(claim, heading, said or None, claim.sentence.of(text))

    def _contents(self, numbers: list[int]) -> dict[int, Any]:
        table = tables.entries
        rows = self._connection.execute(select(table.c.number, table.c.content).where(table.c.number.in_(numbers)))
        return {row.number: json.loads(row.content) for row in rows}

    def _rulings(self, claims: list[str]) -> dict[str, Any]:
        table = tables.rulings
        query = select(table.c.claim, table.c.ruling).where(table.c.claim.in_(claims), held(table, self._at))
        return {row.claim: json.loads(row.ruling) for row in self._connection.execute(query)}

    def _read_texts(self, numbers: list[int]) -> None:
        self._texts = {number: self._texts[number] for number in numbers if number in self._texts}
        wanted = [number for number in numbers if number not in self._texts]
        headings = {
            row.number: from_plain(Heading, json.loads(row.heading))
            for row in self._connection.execute(
                select(tables.reports.c.number, tables.reports.c.heading).where(tables.reports.c.number.in_(wanted))
            )
        }
        for number, content in self._contents(wanted).items():
            self._texts[number] = (content["report"]["text"], headings[number])


def headings(connection: Connection, at: int) -> Iterator[Heading]:
    """Yield the reports that held when the ledger had so many entries, in the order of their entries."""
    table, last = tables.reports, 0
    while True:
        query = select(table.c.number, table.c.heading).where(held(table, at), table.c.number > last)
        rows = connection.execute(query.order_by(table.c.number).limit(_CHUNK)).all()
        if not rows:
            return
        for row in rows:
            yield from_plain(Heading, json.loads(row.heading))
        last = rows[-1].number


def headings_of(connection: Connection, at: int, reports: Sequence[str]) -> list[Heading]:
    """Return the reports that held then, of some hundred at most by their ids."""
    table = tables.reports
    query = select(table.c.heading).where(table.c.report.in_(reports), held(table, at)).order_by(table.c.number)
    return [from_plain(Heading, json.loads(heading)) for heading in connection.scalars(query)]


def behind(connection: Connection, at: int, entries: Sequence[int]) -> dict[int, list[Heading]]:
    """Return the reports that some entries are pages of, or decisions on, by the entries' numbers.

    Args:
        connection: The database.
        at: How many entries the ledger had.
        entries: Numbers of entries, some hundred at most; those of no report are left out.
    """
    table, decided = tables.reports, tables.decided
    of_page = select(table.c.page.label("entry"), table.c.heading).where(table.c.page.in_(entries))
    of_decision = select(decided.c.number.label("entry"), table.c.heading)
    of_decision = of_decision.join(table, table.c.report == decided.c.report)
    of_decision = of_decision.where(decided.c.number.in_(entries), held(table, at))
    # Of those on which claims belong together, the ledger has the claims alone.
    of_several = select(decided.c.number.label("entry"), table.c.heading).distinct()
    of_several = of_several.join(tables.claims, tables.claims.c.claim == decided.c.target)
    of_several = of_several.join(table, table.c.report == tables.claims.c.report)
    of_several = of_several.where(decided.c.number.in_(entries), decided.c.report.is_(None), held(table, at))
    found: dict[int, list[Heading]] = {}
    for query in (of_page, of_decision, of_several):
        for row in connection.execute(query):
            found.setdefault(row.entry, []).append(from_plain(Heading, json.loads(row.heading)))
    return found


def hits(connection: Connection, asked: str, at: int, *, before: int | None, limit: int) -> list[Hit]:
    """Return the reports that held at a time and hold all of some words, the newest first.

    Args:
        connection: The database.
        asked: The words, as `search.numbers` takes them.
        at: How many entries the ledger had.
        before: Only reports whose entry has a lower number.
        limit: How many at most.
    """
    table = tables.reports
    found: list[Hit] = []
    end = at + 1 if before is None else min(before, at + 1)
    while len(found) < limit:
        numbers = search.numbers(connection, asked, before=end, limit=limit)
        if not numbers:
            break
        end = numbers[-1]
        query = select(table.c.number, table.c.report, table.c.heading)
        query = query.where(table.c.number.in_(numbers), held(table, at))
        rows = connection.execute(query.order_by(table.c.number.desc())).all()
        reports = [row.report for row in rows]
        claims = list(kept_of(connection, at, tables.claims.c.report, reports, MOST_CLAIMS))
        texts = _texts(connection, [row.number for row in rows])
        for row in rows:
            heading = from_plain(Heading, json.loads(row.heading))
            own = tuple(one for one in claims if one.report.id == row.report)
            found.append(Hit(row.number, heading, around(texts[row.number], asked), own))
    return found[:limit]


def _texts(connection: Connection, numbers: list[int]) -> dict[int, str]:
    table = tables.entries
    rows = connection.execute(select(table.c.number, table.c.content).where(table.c.number.in_(numbers)))
    return {row.number: json.loads(row.content)["report"]["text"] for row in rows}


def heading_at(connection: Connection, number: int) -> Heading:
    """Return the heading of a report by its entry's number."""
    table = tables.reports
    written = connection.scalars(select(table.c.heading).where(table.c.number == number)).one()
    return from_plain(Heading, json.loads(written))


def log(connection: Connection, *, before: int | None, limit: int) -> list[Entry]:
    """Return entries, the newest first.

    Args:
        connection: The database.
        before: Only entries with a lower number; from the last one on when left out.
        limit: How many at most.
    """
    table = tables.entries
    query = select(table).order_by(table.c.number.desc()).limit(limit)
    return [
        entry_of(row) for row in connection.execute(query if before is None else query.where(table.c.number < before))
    ]


def decisions(connection: Connection, at: int, *, kinds: Iterable[str] | None = None) -> Iterator[Decision]:
    """Yield the decisions that were in force when the ledger had so many entries, in the order of their entries.

    Those of some kinds, or all but withdrawals, which say no more than that something is no longer in force.
    """
    table = tables.decisions
    query = select(table.c.number).where(table.c.number <= at, or_(table.c.until.is_(None), table.c.until > at))
    wanted = table.c.kind != "withdraw" if kinds is None else table.c.kind.in_(sorted(kinds))
    # In two steps: joined in one statement, SQLite goes through all entries in their order.
    numbers = list(connection.scalars(query.where(wanted).order_by(table.c.number)))
    for start in range(0, len(numbers), _CHUNK):
        part = numbers[start : start + _CHUNK]
        for _, decision in decision_rows(connection, select(tables.entries).where(tables.entries.c.number.in_(part))):
            yield decision


def withdrawn(connection: Connection, kinds: Iterable[str]) -> list[tuple[Decision, Decision]]:
    """Return the decisions of some kinds that were withdrawn, each with its withdrawal, in the order of the first."""
    table, entries = tables.decisions, tables.entries
    taken = table.alias()
    query = select(entries).join(taken, or_(taken.c.number == entries.c.number, taken.c.until == entries.c.number))
    query = query.where(taken.c.until.is_not(None), taken.c.kind.in_(sorted(kinds)))
    found = dict(decision_rows(connection, query))
    back = {one.on[0]: one for one in found.values() if one.kind == "withdraw"}
    return [(one, back[one.id]) for one in found.values() if one.id in back]


def decision_rows(connection: Connection, query: Select[Any]) -> Iterator[tuple[int, Decision]]:
    """Yield the decisions among entries that a query asks for, with their numbers; redacted ones are left out."""
    for row in connection.execute(query.order_by(tables.entries.c.number)):
        if row.content is not None:
            yield row.number, decision_of(entry_of(row))


def unfitting(connection: Connection, at: int) -> Iterator[Unfitting]:
    """Yield the decisions that no longer fitted when the ledger had so many entries."""
    table, entries = tables.unfitting, tables.entries
    query = select(entries, table.c.claim, table.c.reason).join(table, table.c.decision == entries.c.id)
    for row in connection.execute(query.where(held(table, at)).order_by(entries.c.number)):
        if row.content is not None:
            yield Unfitting(decision_of(entry_of(row)), row.claim, row.reason)


def page_under(connection: Connection, report: str, at: int, name: str) -> Page | None:
    """Return the page that a report was found on, with its bytes; None where there is no such report.

    Raises:
        LedgerError: The bytes were redacted, or are damaged.
    """
    table, reports, entries = tables.pages, tables.reports, tables.entries
    query = select(table.c.sha256, entries.c.content).join(entries, entries.c.number == table.c.number)
    query = query.join(reports, reports.c.page == table.c.number)
    row = connection.execute(query.where(reports.c.report == report, held(reports, at))).first()
    if row is None:
        return None
    body = None if row.content is None else _body(connection, row.sha256, name)
    if body is None:
        raise refusal("redacted", report, "The page was taken out of the ledger.", "Its entries say by whom and why.")
    return page_of(json.loads(row.content), body)


def pages(connection: Connection, name: str) -> Iterator[Page]:
    """Yield every page that was not redacted with its bytes, in the order of their entries."""
    table, entries, last = tables.pages, tables.entries, 0
    while True:
        query = select(table.c.number, table.c.sha256, entries.c.content).join(
            entries, entries.c.number == table.c.number
        )
        rows = connection.execute(query.where(table.c.number > last).order_by(table.c.number).limit(_CHUNK)).all()
        if not rows:
            return
        for row in rows:
            body = _body(connection, row.sha256, name)
            if body is not None:
                yield page_of(json.loads(row.content), body)
        last = rows[-1].number


def _body(connection: Connection, sha256: str, name: str) -> bytes | None:
    try:
        return body_of(connection, sha256)
    except DamagedError as error:
        remedy = '"sayso verify" says what else is hurt; bring the page back from a dump or a copy.'
        raise refusal("ledger-damaged", name, f"The bytes of page {sha256} {error}.", remedy) from None
