"""Lines of a dump become entries again: in an empty ledger the same ones, in any other after those that are there.

The lines come from anybody, so every hash is computed again and every content read strictly before it is let in. A line
that cannot be taken is told and left out, and so is what refers to it; the others go in.
"""

from __future__ import annotations

import binascii
import json
from base64 import b64decode
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any, get_args

from sqlalchemy import select

from sayso.entries import Decision, Entry, EntryKind
from sayso.ledger import chain, tables
from sayso.ledger.adding import is_redacted
from sayso.ledger.blobs import LARGEST
from sayso.ledger.contents import claim_name, page_of, report_name, report_of
from sayso.ledger.deciding import check_author, check_loaded
from sayso.ledger.dump import FORMAT, PART
from sayso.ledger.errors import refusal
from sayso.ledger.redacting import list_as_redacted
from sayso.plain import NotPlainError, from_plain
from sayso.problems import Problem, UsageError
from sayso.records import Claim, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from sayso.ledger.writing import Batch

LONGEST_LINE = 300_000_000
"""Characters; a report of ten million characters is far below that in any script."""

_MOST_TOLD = 100
_MOST_CLAIMS = 1_000_000
_AT_ONCE = 500
_WEIGHT = 20_000_000
"""Lines, and characters of them, that go into one transaction."""

_HASH = 64
_KEYS = frozenset(("author", "content", "content_sha256", "id", "kept", "kind", "link", "number", "time"))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading a dump.

    Attributes:
        entries: How many entries were new here.
        known: How many were here already.
        problems: What was left out and why, one for each line.
        more: How many more lines were left out than are listed.
    """

    entries: int
    known: int
    problems: tuple[Problem, ...] = ()
    more: int = 0


class RefusedError(ValueError):
    """A line cannot be taken; the message says why, as a sentence."""


class Loading:
    """One load: takes lines a batch at a time, and remembers what lines of the next batch may need."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._line = 0
        self._entries = self._known = self._refused = 0
        self._problems: list[Problem] = []
        self._body: tuple[str, bytes] | None = None
        self._parts: list[bytes] = []
        self._parts_of: tuple[str, int] = ("", 0)
        self._empty = False

    def result(self, connection: Connection) -> Loaded:
        """Return what came of it, and tell of entries that came without content and without a redaction."""
        table, redacted = tables.entries, tables.redacted
        if self._empty:
            named = select(redacted.c.target)
            bare = select(table.c.number).where(table.c.content.is_(None), table.c.id.not_in(named))
            for number in connection.scalars(bare.order_by(table.c.number)):
                self._tell(f"Entry {number} came without content, and no redaction names it.")
        problems = tuple(self._problems)
        return Loaded(self._entries, self._known, problems, self._refused - len(problems))

    def take(self, batch: Batch, lines: Iterable[str]) -> None:
        """Take some lines within one transaction."""
        for line in lines:
            self._line += 1
            if not line.strip():
                continue
            try:
                self._take_line(batch, line)
            except (RefusedError, NotPlainError, UsageError) as error:
                self._tell(str(error))
            except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
                self._tell("It is no line of a dump.")

    def _tell(self, what: str) -> None:
        self._refused += 1
        if len(self._problems) < _MOST_TOLD:
            where, remedy = f"{self._where}:{self._line}", "Have the dump made again; the other lines were taken."
            self._problems.append(
                Problem("line-not-taken", where, f"This line was left out: {what}", remedy, lost=True)
            )

    def _take_line(self, batch: Batch, line: str) -> None:
        if len(line) > LONGEST_LINE:
            raise RefusedError("It is longer than any line of a dump.")
        value = json.loads(line, parse_constant=_refuse)
        if not isinstance(value, dict):
            raise RefusedError("It is no object in braces.")
        if "sayso_ledger" in value:
            check_format(value, self._where)
        elif "page" in value:
            self._take_part(value)
        else:
            self._take_entry(batch, value)

    def _take_part(self, value: dict[str, Any]) -> None:
        hashed, part, parts = value["page"], value["part"], value["parts"]
        if not _is_hash(hashed) or type(part) is not int or type(parts) is not int or not 1 <= part <= parts:
            raise RefusedError("It is no part of a page.")
        if part == 1:
            self._parts, self._parts_of, self._body = [], (hashed, parts), None
        if (hashed, parts) != self._parts_of or part != len(self._parts) + 1 or parts * PART > LARGEST + PART:
            raise RefusedError("It does not follow the part of the page before it.")
        self._parts.append(_decoded(value["base64"]))
        if part == parts:
            body = b"".join(self._parts)
            self._parts, self._parts_of = [], ("", 0)
            if sha256(body).hexdigest() != hashed:
                raise RefusedError("The bytes of the page do not have the hash that stands beside them.")
            self._body = (hashed, body)

    def _take_entry(self, batch: Batch, value: dict[str, Any]) -> None:
        entry, written = _entry(value)
        body, self._body = self._body, None
        if batch.has(entry.id):
            self._known += 1
            return
        if entry.content is not None:
            _Checks(batch, body).check(entry)
            if entry.kind == "page" and body is not None:
                batch.keep_blob(body[1], body[0])
        self._empty = self._empty or written is None
        taken = batch.take(entry, written)
        self._entries += 1
        if entry.kind == "redaction" and entry.content is not None:
            _follow_redaction(batch, taken.number, entry.content)


def check_format(value: dict[str, Any], where: str) -> None:
    """Refuse a dump that a newer program wrote.

    Raises:
        LedgerError: It has a format that is not known here.
    """
    if value["sayso_ledger"] != FORMAT:
        what = f"The dump has format {str(value['sayso_ledger'])[:20]}, and this sayso knows format {FORMAT}."
        raise refusal("newer-dump", where, what, "Install the newest sayso; nothing more was taken.")


def portions(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield lines in portions that fit into one transaction each."""
    portion: list[str] = []
    weight = 0
    for line in lines:
        portion.append(line)
        weight += len(line)
        if len(portion) >= _AT_ONCE or weight >= _WEIGHT:
            yield portion
            portion, weight = [], 0
    if portion:
        yield portion


class _Checks:
    """Holds what an entry says against what is here, as the program itself would before it wrote it."""

    def __init__(self, batch: Batch, body: tuple[str, bytes] | None) -> None:
        self._batch = batch
        self._body = body

    def check(self, entry: Entry) -> None:
        content: dict[str, Any] = entry.content or {}
        if entry.kind == "page":
            self._page(content)
        elif entry.kind == "report":
            self._report(content)
        elif entry.kind == "reading":
            self._reading(content)
        elif entry.kind == "claim":
            self._claim(content)
        elif entry.kind == "redaction":
            _check_redaction(content)
        else:
            self._decision(from_plain(Decision, {**content, "by": entry.author}), entry.kind)

    def _page(self, content: dict[str, Any]) -> None:
        page_of(content, b"")
        hashed, size = content["body"]["sha256"], content["body"]["size"]
        if content["body"].keys() != {"sha256", "size"} or not _is_hash(hashed):
            raise RefusedError("It does not say which bytes the page has.")
        if is_redacted(self._batch.connection, hashed):
            raise RefusedError("These bytes were redacted here.")
        there = len(self._body[1]) if self._body and self._body[0] == hashed else self._batch.size_of(hashed)
        if there is None or there != size:
            raise RefusedError("The bytes of the page are not there.")

    def _report(self, content: dict[str, Any]) -> None:
        report, page = report_of(content), self._batch.projector.page(content["page"])
        if content.keys() != {"page", "report"} or page is None:
            raise RefusedError("The page that the report is of is not there.")
        if sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest() != report.text_sha256:
            raise RefusedError("The report's text does not have the hash that stands beside it.")
        if report.page_sha256 != page.sha256:
            raise RefusedError("The report is not of the page that it names.")
        if is_redacted(self._batch.connection, report_name(report.id, page.name, report.record)):
            raise RefusedError("This report was redacted here.")

    def _reading(self, content: dict[str, Any]) -> None:
        plain = {name: value for name, value in content.items() if name not in {"report", "claims", "claims_sha256"}}
        from_plain(Reading, {**plain, "report": {"id": "", "text": ""}})
        if self._batch.projector.home(content["report"], "report") is None:
            raise RefusedError("The report that was read is not there.")
        number = content["claims"]
        if type(number) is not int or not 0 <= number <= _MOST_CLAIMS or not _is_hash(content["claims_sha256"]):
            raise RefusedError("It does not say which claims were read.")

    def _claim(self, content: dict[str, Any]) -> None:
        claim, home = from_plain(Claim, content["claim"]), self._batch.projector.home(content["reading"], "reading")
        if content.keys() != {"claim", "reading"} or home is None:
            raise RefusedError("The reading that the claim is of is not there.")
        if is_redacted(self._batch.connection, claim_name(claim.id, home)):
            raise RefusedError("This claim was redacted here.")
        reason = self._batch.projector.thread(home).misplaced(content["reading"], claim)
        if reason is not None:
            raise RefusedError(reason)

    def _decision(self, decision: Decision, kind: str) -> None:
        if (decision.kind == "note") != (kind == "note") or decision.id or decision.at:
            raise RefusedError("It is no decision of its kind.")
        check_loaded(self._batch, decision)


def _entry(value: dict[str, Any]) -> tuple[Entry, str | None]:
    """Return the entry that a line holds, its hashes checked, and its content as it is written."""
    if value.keys() != _KEYS or value["kind"] not in get_args(EntryKind):
        raise RefusedError("It is no entry.")
    content = value["content"]
    if not (content is None or isinstance(content, dict)) or type(value["number"]) is not int:
        raise RefusedError("It is no entry.")
    if not chain.is_stamp(value["time"]) or not chain.is_stamp(value["kept"]):
        raise RefusedError("Its time is not written as times are.")
    if not all(_is_hash(value[name]) for name in ("content_sha256", "id", "link")):
        raise RefusedError("Its hashes are not written as hashes are.")
    check_author(value["author"])
    written = None if content is None else chain.canonical(content)
    if written is not None and chain.content_hash(written) != value["content_sha256"]:
        raise RefusedError("Its content does not have the hash that stands beside it.")
    if chain.entry_id(value["kind"], value["time"], value["author"], value["content_sha256"]) != value["id"]:
        raise RefusedError("Its id is not the hash of its kind, time, author and content.")
    if content is None and value["kind"] == "redaction":
        raise RefusedError("A redaction is never without content.")
    return Entry(**value), written


def _check_redaction(content: dict[str, Any]) -> None:
    lists = (content["names"], content["pages"], [one for one, _ in content["entries"]])
    if content.keys() != {"on", "why", "entries", "names", "pages"} or not isinstance(content["why"], str):
        raise RefusedError("It is no redaction.")
    if not all(isinstance(one, str) for part in lists for one in part):
        raise RefusedError("It is no redaction.")


def _follow_redaction(batch: Batch, number: int, content: dict[str, Any]) -> None:
    """Take note of what came without content. What is held here with its content stays: only people here redact it."""
    batch.flush()
    table = tables.entries
    numbers: dict[str, int] = {}
    ids = iter([one for one, _ in content["entries"]])
    while part := list(islice(ids, _AT_ONCE)):
        rows = batch.connection.execute(
            select(table.c.id, table.c.number).where(table.c.id.in_(part), table.c.content.is_(None))
        )
        numbers.update((row.id, row.number) for row in rows)
    if len(numbers) == len(content["entries"]):
        list_as_redacted(batch.connection, number, content, numbers)
    homes = {batch.projector.home(reading, "reading") for _, reading in content["entries"] if reading}
    batch.projector.renew(home for home in homes if home)


def _decoded(text: object) -> bytes:
    if not isinstance(text, str) or len(text) > 4 * (PART // 3 + 1):
        raise RefusedError("It is no part of a page.")
    try:
        return b64decode(text, validate=True)
    except binascii.Error:
        raise RefusedError("It is no part of a page.") from None


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and len(value) == _HASH and not value.strip("0123456789abcdef")


def _refuse(constant: str) -> None:
    raise ValueError(constant)
