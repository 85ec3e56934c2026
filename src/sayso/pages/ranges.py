"""Large files cut into ranges of records, each of which is read by itself, wherever and in whatever order."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from sayso.pages import contents
from sayso.pages.files import no_file, opened, shown, unreadable
from sayso.pages.jsonl import lines
from sayso.pages.kinds import HEAD, kind_of
from sayso.pages.source import Source
from sayso.pages.streams import Budget, OverLimitError, Tape
from sayso.problems import Problem
from sayso.records import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of a file that begins where a record begins.

    Attributes:
        start: Its first byte.
        end: The first byte after it; None for the end of the file.
        line: The number of its first line, from 1, in a file of one record a line.
    """

    start: int = 0
    end: int | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a range becomes, in bytes; a record that is longer is a range by itself.

    Attributes:
        archive: Of a web archive, as it stands on the disk.
        lines: Of report records, one a line. All of these are read for claims, so a range is far smaller.
    """

    archive: int = 128_000_000
    lines: int = 4_000_000


def cut(stream: BinaryIO, name: str, sizes: Sizes) -> list[Range]:
    """Cut a file into ranges; what cannot be read from its middle on stays whole.

    A web archive is walked from its start, record by record. To look for the next record from any place would be
    quicker, but a page may hold the bytes of a record that somebody made up, and would then be read as one.

    Args:
        stream: The file, at its start.
        name: Its name, whose ending decides where its bytes leave its kind open.
        sizes: How large ranges become.
    """
    head = stream.read(HEAD)
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    kind = kind_of(head, name) if head else "nothing"
    if kind == "application/jsonl" and size > sizes.lines:
        return list(_lines(stream, sizes.lines))
    if kind in {"application/warc", "application/gzip"} and size > sizes.archive:
        return list(_records(stream, name, sizes.archive))
    return [Range()]


def pages(path: str, where: str, wanted: Range) -> Iterator[Page | Problem]:
    """Read the pages of one range, as `sayso.pages.files.pages` would read them of the whole file.

    Args:
        path: The file.
        where: Its name for people.
        wanted: The range, as `cut` gave it.
    """
    try:
        with opened(path) as stream:
            if stream is None:
                yield no_file(where)
                return
            source = _source(stream, path, where)
            yield from _within(source, stream, wanted)
    except OverLimitError as error:
        what = f"{error}, so the rest of it was left."
        yield Problem("over-limit", where, what, "If you trust it, unpack it, and give what it holds.", lost=True)
    except OSError as error:
        yield unreadable(where, error)


def _source(stream: BinaryIO, path: str, where: str) -> Source:
    budget = Budget()
    tape = Tape(stream.read, count=budget.feed)
    return Source(tape=tape, where=shown(where), name=path, given=True, budget=budget, file=stream)


def _within(source: Source, stream: BinaryIO, wanted: Range) -> Iterator[Page | Problem]:
    if wanted == Range():
        yield from contents.pages(source)
        return
    head = stream.read(HEAD)
    stream.seek(0)
    if kind_of(head, source.name) == "application/jsonl":
        stream.seek(wanted.start)
        only = _Until(stream, wanted.end)
        yield from lines(io.BufferedReader(only), source.where, wanted.line)
    else:
        yield from contents.from_place(source, wanted.start, only=False, until=wanted.end)


class _Until(io.RawIOBase):
    """A file as if it ended at a place."""

    def __init__(self, stream: BinaryIO, end: int | None) -> None:
        self._stream = stream
        self._left = None if end is None else end - stream.tell()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # what BufferedReader gives
        view = memoryview(buffer).cast("B")
        wanted = len(view) if self._left is None else min(len(view), self._left)
        found = self._stream.read(wanted)
        view[: len(found)] = found
        if self._left is not None:
            self._left -= len(found)
        return len(found)


def _lines(stream: BinaryIO, size: int) -> Iterator[Range]:
    """Cut after the first end of a line beyond each `size` bytes."""
    start, first, at, line = 0, 1, 0, 1
    while piece := stream.read(_STEP):
        passed = 0
        while at + len(piece) - start > size:
            # The first end of a line with which the range is full.
            found = piece.find(b"\n", max(passed, start + size - at - 1))
            if found < 0:
                break
            line += piece.count(b"\n", passed, found + 1)
            passed = found + 1
            yield Range(start, at + passed, first)
            start, first = at + passed, line
        line += piece.count(b"\n", passed)
        at += len(piece)
    if at > start:
        yield Range(start, None, first)


def _records(stream: BinaryIO, name: str, size: int) -> Iterator[Range]:
    """Cut before the first page beyond each `size` bytes of an archive, where its places are those of the file."""
    start = 0
    if _has_places(stream):
        source = _source(stream, name, name)
        try:
            for one in contents.from_place(source, 0, only=False):
                if not isinstance(one, Page) or one.archive != source.where:
                    continue
                place = int(one.where.rpartition("@")[2])
                if place - start >= size:
                    yield Range(start, place)
                    start = place
        except OverLimitError:
            pass  # whoever reads the last range meets it again, and tells
    yield Range(start, None)


def _has_places(stream: BinaryIO) -> bool:
    from sayso.pages import warc

    found = warc.has_places(Tape(stream.read))
    stream.seek(0)
    return found
