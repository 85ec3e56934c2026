"""What one file holds, told from its bytes: one page, records, or other files, each read in its own way."""

from __future__ import annotations

import io
import lzma
import zlib
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, get_args

from sayso.pages import url_lists
from sayso.pages.jsonl import document, is_records, lines
from sayso.pages.kinds import HEAD, PAGE_PARTS, REPORT_NAMES, Kind, kind_of
from sayso.pages.source import DEPTH_LIMIT
from sayso.pages.streams import unpacked
from sayso.problems import Problem
from sayso.records import Given, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.pages.source import Source

SIZE_LIMIT = 200_000_000
"""The largest file, in bytes, that is read whole. Archives and JSON lines are read piece by piece and may be longer."""

_STEP = 64 * 1024
_KINDS = frozenset(get_args(Kind))
_PACKED = {"application/gzip": ".gz", "application/x-bzip2": ".bz2", "application/x-xz": ".xz"}
_ALSO_PACKED = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


def pages(source: Source) -> Iterator[Page | Problem]:
    """Read what a file holds.

    Args:
        source: The file, its tape at the start.

    Yields:
        Its pages, and a problem for each part that gave none.

    Raises:
        OverLimitError: It unpacks to more than is good for the machine.
        EOFError, OSError, zlib.error, lzma.LZMAError: The file that it is packed in breaks off or is damaged.
    """
    head = _head(source)
    if not head:
        remedy = "Fetch or save the report again."
        yield Problem("empty-file", source.where, "There is nothing in it.", remedy, lost=True)
        return
    kind = kind_of(head, source.name)
    if kind not in _KINDS:
        yield _foreign(source, kind)
    elif source.depth > DEPTH_LIMIT:
        what = f"It lies more than {DEPTH_LIMIT} files deep in one another."
        yield Problem("too-deep", source.where, what, "Unpack the outer ones, and give what lies in them.", lost=True)
    elif kind in _PACKED:
        yield from _unpacked(source, kind)
    elif kind == "application/warc":
        from sayso.pages import warc

        yield from warc.pages(source)
    else:
        source.tape.keep_from(None)
        yield from _forwards(source, kind)


def from_place(source: Source, at: int, *, only: bool, until: int | None = None) -> Iterator[Page | Problem]:
    """Read a web archive from a place in it on, or the one record there; other files have no such places."""
    from sayso.pages import warc

    head = _head(source)
    kind = kind_of(head, source.name) if head else "nothing"
    if kind not in {"application/warc", "application/gzip"}:
        what = "Only a web archive (WARC) is read from a place on, and this is none."
        yield Problem("not-an-archive", source.where, what, 'Leave out what stands after the "@".', lost=True)
        return
    yield from _as_far_as_it_goes(source, warc.pages(source, at, only=only, until=until))


def _forwards(source: Source, kind: str) -> Iterator[Page | Problem]:
    """Read a file of which nothing needs to be read twice."""
    if kind == "application/x-tar":
        from sayso.pages import archives

        yield from archives.tar(source, pages)
    elif kind == "application/zip":
        from sayso.pages import archives

        yield from archives.zipped(source, pages)
    elif kind == "application/jsonl":
        yield from _known(source, lines(io.BufferedReader(source.tape), source.where))
    else:
        yield from _whole(source, kind)


def _whole(source: Source, kind: str) -> Iterator[Page | Problem]:
    """Read a file that is held in memory."""
    body = io.BufferedReader(source.tape).read(SIZE_LIMIT + 1)
    if len(body) > SIZE_LIMIT:
        what = f"It is larger than {SIZE_LIMIT // 1_000_000} MB."
        remedy = "Split it, or give its reports as records in a .jsonl file."
        yield Problem("too-large", source.where, what, remedy, lost=True)
        return
    from sayso.pages import telegram

    if kind == "message/rfc822":
        from sayso.pages import mail

        yield from mail.pages(source, body, pages)
    elif kind != "application/pdf" and telegram.is_export(body):
        yield from telegram.pages(source, body)
    elif kind == "application/json" or (kind == "text/plain" and is_records(body)):
        yield from _known(source, document(body, source.where))
    elif kind == "text/plain" and (listed := url_lists.layout(body)):
        yield from source.follow(body, listed) if source.follow else [_list_not_followed(source)]
    elif not source.given and source.ending in PAGE_PARTS:
        yield _foreign(source, "a part of a saved web page")
    else:
        yield from _known(source, [Page(body, source.where, kind)])


def _list_not_followed(source: Source) -> Problem:
    what = "It is a list of web addresses; they are fetched only from a file that is named by itself."
    remedy = "Save the list as a file, and name that, to have them fetched."
    return Problem("address-list", source.where, what, remedy, lost=source.given)


def _known(source: Source, found: Iterable[Page | Problem]) -> Iterator[Page | Problem]:
    """Say of each page which archive it comes from, and what is known of it from there."""
    for one in found:
        if isinstance(one, Page) and (source.archive or source.about):
            yield replace(one, archive=source.archive, given=source.about or Given())
        else:
            yield one


def _unpacked(source: Source, kind: str) -> Iterator[Page | Problem]:
    """Read what a packed file holds: a web archive, a tar archive, or one file."""
    yield from _as_far_as_it_goes(source, _opened(source, kind))


def _opened(source: Source, kind: str) -> Iterator[Page | Problem]:
    name = PurePath(source.name)
    ending = name.suffix.lower()
    inner = name.stem if ending == _PACKED[kind] else f"{name.stem}{_ALSO_PACKED.get(ending, ending)}"
    tape = unpacked(source.tape, kind, source.budget)
    opened = replace(source, tape=tape, name=inner, file=None, depth=source.depth + 1)
    if kind == "application/gzip" and kind_of(_head(opened), inner) == "application/warc":
        from sayso.pages import warc

        # Its records are packed one by one, and are found again by their places in the packed file.
        source.tape.seek(0)
        yield from warc.pages(source)
        return
    source.tape.keep_from(None)
    yield from pages(opened)
    # What stands behind an archive's end mark holds nothing, but its checksum is there.
    opened.tape.keep_from(None)
    while opened.tape.read(_STEP):
        pass


def _as_far_as_it_goes(source: Source, found: Iterator[Page | Problem]) -> Iterator[Page | Problem]:
    """Pass on what is read of a packed file until it breaks off."""
    try:
        yield from found
    except EOFError:
        what = "The packed file breaks off before its end; what stands whole before that place was read."
        yield Problem("truncated", source.where, what, "Fetch or copy it again.", lost=True)
    except (OSError, zlib.error, lzma.LZMAError) as error:
        what = f"The packed file is damaged ({error}); what stands whole before that place was read."
        yield Problem("broken-archive", source.where, what, "Fetch or copy it again.", lost=True)


def _head(source: Source) -> bytes:
    """Return the first bytes, and go back to the start."""
    head = b""
    try:
        while len(head) < HEAD and (piece := source.tape.read(HEAD - len(head))):
            head += piece
    except (EOFError, OSError, zlib.error, lzma.LZMAError):
        # What was read before the damage tells what the file is; who reads it meets the damage again.
        if not head:
            raise
    source.tape.seek(0)
    return head


def _foreign(source: Source, looks_like: str) -> Problem:
    """Say what a file of no known kind looks like: lost only where someone or its name claims it as a report."""
    lost = source.given or source.ending in REPORT_NAMES
    remedy = (
        "Give the report as text, HTML, PDF or JSON records."
        if lost
        else "Nothing, unless a report stands in it: then save it as text, HTML or PDF."
    )
    return Problem("not-a-report", source.where, f"It looks like {looks_like}.", remedy, lost=lost)
