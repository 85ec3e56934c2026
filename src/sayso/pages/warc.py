"""Web archives (WARC, packed or not): one page a record, found again by its place in the file.

WARC/1.1: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/

Records are read one at a time. After a broken one the next is looked for byte by byte, so that nothing else is lost.
"""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sayso.pages.encodings import decoded
from sayso.pages.kinds import kind_of
from sayso.pages.streams import Tape
from sayso.problems import Problem
from sayso.records import Fetched, Page

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from sayso.pages.source import Source

RECORD_LIMIT = 64_000_000
"""The largest record, in bytes, that is read."""

BROKEN_LIMIT = 10_000
"""After so many broken places the rest is left: looking for the next record takes time."""

_STEP = 64 * 1024
_SNIFF = 1024
_LOOK_AHEAD = 4096
_PAGES = frozenset({"text/html", "text/plain", "application/pdf"})
_MARK = re.compile(rb"\x1f\x8b\x08|WARC/1\.\d\r?\n[A-Za-z-]++:")
_MEMBER = b"\x1f\x8b\x08"
_RECORD_BEHIND = b"\r\n\r\nWARC/1."
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_HTML = re.compile(rb"\s*+<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_BLANK = b"\0\r\n "


@dataclass(slots=True)
class _Tally:
    """What was not read of one archive."""

    pages: int = 0
    others: int = 0
    broken: int = 0
    large: int = 0
    coded: int = 0
    cut: bool = False
    left: bool = False

    def problems(self, source: Source) -> Iterator[Problem]:
        parts = [
            f"{_are(self.broken, ' of its records')} broken" * bool(self.broken),
            f"{_are(self.large)} larger than {RECORD_LIMIT // 1_000_000} MB" * bool(self.large),
            f"{_are(self.coded)} packed in a way that cannot be undone" * bool(self.coded),
            "it breaks off within its last record" * self.cut,
            "there were so many of these that the rest was left" * self.left,
        ]
        said = "; ".join(part for part in parts if part)
        if said:
            what = f"{said[0].upper()}{said[1:]}. All others were read."
            yield Problem("broken-records", source.where, what, "Fetch or copy the archive again.", lost=True)
        if self.others:
            what = f"{_are(self.others, ' of its records')} no page but a redirect, an image or data."
            yield Problem("not-a-report", source.where, what, "Nothing; they were left out.")
        if not self.pages and not said:
            what = "The archive holds no page."
            yield Problem("empty-archive", source.where, what, "Check that it is the right file.", lost=source.given)


def pages(source: Source, at: int = 0, *, only: bool = False, until: int | None = None) -> Iterator[Page | Problem]:
    """Read the pages of a web archive.

    Args:
        source: The archive, its tape at `at` or before it and keeping what it reads.
        at: The place of the first record to read, as it stands in ``where`` of a page after its last "@".
        only: Whether to read that record alone, as a page that a person named.
        until: The place of the first record that is not read any more; all are read when left out.

    Yields:
        A page for each answer with a web page, a text or a PDF file, ``archive.warc.gz@PLACE`` being where; then one
        problem for all records that could not be read, and one for those that hold no page.
    """
    tape = source.tape
    if tape.tell() == 0 and tape.read(3) == _MEMBER and _is_packed_whole(tape):
        # gzip was run over the finished archive: places count what it unpacks to.
        tape.seek(0)
        tape.keep_from(None)
        tape = Tape(gzip.GzipFile(fileobj=tape, mode="rb").read1, count=source.budget.spend)
    elif at and source.file:
        source.file.seek(at)
        tape = Tape(source.file.read, at)
    tape.seek(at)
    records = _Records(tape, source, alone=only, until=until)
    yield from records.pages()
    if only and not records.tally.pages:
        what = "No page that can be read begins at this place of the archive."
        remedy = 'Take a place that sayso gave for a page of this archive, after the last "@".'
        yield Problem("no-such-record", f"{source.where}@{at}", what, remedy, lost=True)
    elif not only:
        yield from records.tally.problems(source)


def has_places(tape: Tape) -> bool:
    """Say whether a file is an archive whose records have places in it, so that it can be read from there on.

    Args:
        tape: A web archive or a packed file at its start, keeping what it reads; it is left within its first record.
    """
    if tape.read(3) != _MEMBER:
        return True
    tape.seek(0)
    held = b"".join(piece for piece in _member(tape) if piece)
    return held.startswith(b"WARC/1.") and _RECORD_BEHIND not in held


def _is_packed_whole(tape: Tape) -> bool:
    """Say whether the first packed piece holds more than one record."""
    tape.seek(0)
    held = b"".join(piece for piece in _member(tape) if piece)
    tape.seek(0)
    return _RECORD_BEHIND in held


def _member(tape: Tape) -> Iterator[bytes | None]:
    """Unpack one gzip member, within the size of a record; None at its end says that it was whole.

    The tape is left at the place after it.
    """
    opened, size = zlib.decompressobj(31), 0
    try:
        while not opened.eof and size <= RECORD_LIMIT + _STEP:
            packed = opened.unconsumed_tail or tape.read(_STEP)
            if not packed:
                return
            piece = opened.decompress(packed, _STEP)
            size += len(piece)
            yield piece
    except zlib.error:
        return
    if opened.eof:
        tape.seek(tape.tell() - len(opened.unused_data))
        yield None


class _Records:
    """The records of an archive in turn, whatever stands between them.

    A page is handed on when its record is known to end where it says: when another one begins there, or nothing does.
    """

    def __init__(self, tape: Tape, source: Source, *, alone: bool, until: int | None) -> None:
        self.tally = _Tally()
        self._tape = tape
        self._source = source
        self._alone = alone
        self._until = until
        self._last: int | None = None
        self._held: Page | Literal["others", "coded", "broken"] | None = None

    def pages(self) -> Iterator[Page]:
        """Yield the pages; behind a broken record the next one is looked for."""
        place: int | None = self._tape.tell()
        while place is not None:
            self._tape.seek(place)
            self._tape.keep_from(place)
            self._forget()
            ended = yield from self._read_on()
            if ended == "at the limit":
                return
            end = None if self._last is None or ended == "at a large one" else self._end_of(self._last)
            if end is not None:
                yield from self._handed_on()
            if self._alone or (end is not None and self._is_blank_from(end)):
                return
            begun = place if self._last is None else self._last
            # The place where a record begins that cannot be read, or that does not end where it says.
            place = self._next(begun + 1 if end is None else end + 1)
            is_beyond = place is not None and self._until is not None and place >= self._until
            if ended == "at the end" and place is None:
                self.tally.cut = True
            elif ended != "at a large one":
                self.tally.broken += 1
            if is_beyond:
                return
            if self.tally.broken + self.tally.large > BROKEN_LIMIT:
                self.tally.left = True
                return

    def _forget(self) -> None:
        self._last = None
        self._held = None

    def _handed_on(self) -> Iterator[Page]:
        """Yield the page that was held back; where the record held none, count it."""
        held, self._held = self._held, None
        if isinstance(held, Page):
            self.tally.pages += 1
            yield held
        elif held is not None:
            setattr(self.tally, held, getattr(self.tally, held) + 1)

    def _read_on(self) -> Generator[Page, None, str]:
        """Yield pages as long as record follows on record; return where that ended."""
        from fastwarc.warc import ArchiveIterator

        try:
            for record in ArchiveIterator(self._tape, parse_http=False):
                yield from self._handed_on()
                if self._alone and self._last is not None:
                    break
                if self._until is not None and record.stream_pos >= self._until:
                    return "at the limit"
                self._last = record.stream_pos
                self._tape.keep_from(self._last)
                if record.content_length > RECORD_LIMIT:
                    self.tally.large += 1
                    return "at a large one"
                try:
                    self._held = self._page(record)
                except (OSError, ValueError):
                    self._held = "broken"
        except (OSError, ValueError, EOFError, zlib.error):
            return "at a broken one"
        except BaseException as error:
            # What fastwarc did not foresee ends in an exception of Rust's, which Python does not take for one.
            if type(error).__name__ != "PanicException":
                raise
            return "at a broken one"
        return "at the end"

    def _page(self, record: Any) -> Page | Literal["others", "coded", "broken"] | None:  # noqa: ANN401 - fastwarc is not typed for mypy
        """Return the page that a record holds, else as what it is to be counted, if at all."""
        kind = str(record.record_type)
        if kind not in {"response", "resource", "conversion", "unknown", "no_type"}:
            return None
        headers = None
        if kind == "response":
            record.parse_http(quirks_mode=True)
            headers = record.http_headers
        size = record.content_length
        body = record.reader.read()
        if len(body) < size:
            return None  # The archive breaks off, or the record lies about its size: `_end_of` will tell.
        if kind in {"unknown", "no_type"}:
            return "broken"
        if headers is not None:
            if not 200 <= (headers.status_code or 0) < 300:
                return "others"
            transfer, content = headers.get("Transfer-Encoding"), headers.get("Content-Encoding")
            body = decoded(body, transfer, content, RECORD_LIMIT) if transfer or content else body
            if body is None:
                return "coded"
        media_type = self._kind(record, body, headers)
        if media_type not in _PAGES:
            return "others"
        source = self._source
        url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
        return Page(
            body,
            f"{source.where}@{self._last}",
            media_type,
            url=url or None,
            fetched=Fetched(
                asked=url,
                final=url,
                redirects=(),
                status=200 if headers is None else headers.status_code,
                headers=() if headers is None else tuple(headers.to_tuples()),
                at=record.headers.get("WARC-Date") or "",
                ip=record.headers.get("WARC-IP-Address") or "",
            ),
            charset=None if headers is None else record.http_charset,
            archive=None if self._alone else source.archive or source.where,
        )

    def _kind(self, record: Any, body: bytes, headers: Any) -> str:  # noqa: ANN401 - likewise
        if _HTML.match(body):
            return "text/html"
        kind = kind_of(body[:_SNIFF], "") if body else ""
        if kind == "text/plain":
            # Scripts, styles and data are text too; here the server's word is needed.
            stated = record.headers.get("Content-Type") if headers is None else record.http_content_type
            return (stated or "").partition(";")[0].strip().lower()
        return kind

    def _end_of(self, place: int) -> int | None:
        """Return where the record at a place ends, or None where it does not end as it says."""
        tape = self._tape
        tape.seek(place)
        head = _exactly(tape, _STEP)
        tape.seek(place)
        if not head.startswith(_MEMBER):
            begins, size = _lengths(head)
            if not begins:
                return None
            end = place + begins + size
            if tape.seek(end) < end:
                return None
            return end + 4 if _exactly(tape, 4) in {b"\r\n\r\n", b""} else None
        head, length = b"", 0
        for piece in _member(tape):
            if piece is None:
                begins, size = _lengths(head)
                return tape.tell() if begins and 0 <= length - begins - size <= 4 else None
            head += piece[: _STEP - len(head)]
            length += len(piece)
        return None

    def _is_blank_from(self, place: int) -> bool:
        """Say whether nothing but padding follows."""
        self._tape.seek(place)
        while piece := self._tape.read(_STEP):
            if piece.strip(_BLANK):
                return False
        return True

    def _next(self, place: int) -> int | None:
        """Return the next place, from `place` on, at which a record seems to begin."""
        at, window = place, b""
        self._tape.seek(at)
        while True:
            self._tape.keep_from(at)
            piece = self._tape.read(_STEP)
            window += piece
            for mark in _MARK.finditer(window):
                if piece and mark.start() + _LOOK_AHEAD > len(window):
                    break
                if _begins_record(window[mark.start() : mark.start() + _LOOK_AHEAD]):
                    return at + mark.start()
            if not piece:
                return None
            passed = max(0, len(window) - _LOOK_AHEAD)
            at, window = at + passed, window[passed:]


def _are(count: int, of: str = "") -> str:
    return f"{count:,}{of} {'is' if count == 1 else 'are'}"


def _exactly(tape: Tape, size: int) -> bytes:
    found = b""
    while len(found) < size and (piece := tape.read(size - len(found))):
        found += piece
    return found


def _lengths(head: bytes) -> tuple[int, int]:
    """Return the length of a record's header and of its body, or 0 twice where the header is broken."""
    header, blank, _ = head.partition(b"\r\n\r\n")
    stated = _LENGTH.search(header) if blank else None
    return (len(header) + 4, int(stated[1])) if stated else (0, 0)


def _begins_record(head: bytes) -> bool:
    if not head.startswith(_MEMBER):
        return True
    try:
        return zlib.decompressobj(31).decompress(head, 16).startswith(b"WARC/1.")
    except zlib.error:
        return False
