"""Zip and tar archives: the files in them, read where they stand. Nothing is unpacked to disk, so no name can harm it.

Zip: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT; tar: POSIX.1-2017, pax, "ustar Interchange Format".
"""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from sayso.pages.streams import FREE, RATIO_LIMIT, OverLimitError, Tape
from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.pages.source import Reader, Source
    from sayso.records import Page

MEMBER_LIMIT = 500_000
"""The most files that are read from one archive, those in archives within it included."""

DIRECTORY_LIMIT = 64_000_000
"""The largest table of contents of a zip archive, in bytes; Python needs ten times as much memory for it."""

MEMORY_LIMIT = 100_000_000
"""The largest zip archive within another archive, in bytes; it must be held in memory."""

_HEADER_LIMIT = 1_000_000
_STEP = 64 * 1024
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})


@dataclass(slots=True)
class _Tally:
    """What was not read of one archive."""

    files: int = 0
    strays: int = 0
    locked: int = 0

    def problems(self, source: Source) -> Iterator[Problem]:
        if self.locked:
            what = f"{self.locked:,} of its files are locked with a password."
            yield Problem("encrypted", source.where, what, "Unlock it, and give what it holds.", lost=True)
        if self.strays:
            what = f"{self.strays:,} of its files are no reports (images, styles, programs and the like)."
            yield Problem("not-a-report", source.where, what, "Nothing; they were left out.")
        if not self.files:
            what = "There are no files in this archive."
            yield Problem("empty-archive", source.where, what, "Check that it is the right one.", lost=source.given)


def zipped(source: Source, read: Reader) -> Iterator[Page | Problem]:
    """Read the files of a zip archive, in the order of its table of contents.

    Args:
        source: The archive.
        read: What reads a file found in it.

    Raises:
        OverLimitError: It unpacks to more than is good for the machine.
    """
    file = source.file
    if file is None:
        held = io.BufferedReader(source.tape).read(MEMORY_LIMIT + 1)
        if len(held) > MEMORY_LIMIT:
            what = f"This zip archive is no file of its own and larger than {MEMORY_LIMIT // 1_000_000} MB."
            yield Problem("too-large", source.where, what, "Save it as a file, and give that.", lost=True)
            return
        file = io.BytesIO(held)
    size = file.seek(0, io.SEEK_END)
    if not source.depth:
        source.budget.feed(size)
    try:
        if _directory_size(file, size) > DIRECTORY_LIMIT:
            what = "Its table of contents is too long to be read safely."
            yield Problem("too-many", source.where, what, "Split it into smaller archives.", lost=True)
            return
        archive = zipfile.ZipFile(file)
    except _DAMAGE as error:
        what = f"The zip archive cannot be opened: {_plain(error)}."
        yield Problem("broken-archive", source.where, what, "Fetch or copy it again.", lost=True)
        return
    if _OFFICE & {one.filename for one in archive.infolist()[:20]}:
        what = "It looks like a Word, Excel or OpenDocument file."
        yield Problem("not-a-report", source.where, what, "Save it as PDF or text.", lost=source.given)
        return
    tally = _Tally()
    for info in archive.infolist():
        if info.is_dir() or _is_hidden(info.filename):
            continue
        tally.files += 1
        _count(source)
        if info.flag_bits & 1:
            tally.locked += 1
            continue
        member = source.member(Tape(_ZipMember(archive, info, source).read), _name(info.filename))
        yield from _members_pages(member, read, tally)
    yield from tally.problems(source)


def tar(source: Source, read: Reader) -> Iterator[Page | Problem]:
    """Read the files of a tar archive in the order in which they stand; links, devices and folders hold none.

    Args:
        source: The archive, unpacked where it was packed.
        read: What reads a file found in it.

    Raises:
        OverLimitError: It unpacks to more than is good for the machine.
        EOFError, OSError, zlib.error, lzma.LZMAError: The file that it is packed in breaks off or is damaged.
    """
    tally = _Tally()
    try:
        archive = tarfile.TarFile(fileobj=_Forwards(source.tape), mode="r", errorlevel=2)  # type: ignore[arg-type]  # has what tarfile uses
        while info := archive.next():
            # tarfile keeps all that it has met, for the sake of going back.
            archive.members = []  # type: ignore[attr-defined]  # typeshed does not name it
            if not info.isreg() or info.issparse() or _is_hidden(info.name):
                continue
            tally.files += 1
            _count(source)
            opened = archive.extractfile(info)
            if opened:
                yield from _members_pages(source.member(Tape(opened.read), _name(info.name)), read, tally)
    except (tarfile.TarError, UnicodeError, ValueError, OverflowError, RecursionError) as error:
        what = f"The tar archive is damaged or breaks off: {_plain(error)}. What stands before that place was read."
        yield Problem("broken-archive", source.where, what, "Fetch or copy it again.", lost=True)
    yield from tally.problems(source)


def _members_pages(member: Source, read: Reader, tally: _Tally) -> Iterator[Page | Problem]:
    """Read one file of an archive; what is no report is counted."""
    try:
        for one in read(member):
            if isinstance(one, Problem) and one.code == "not-a-report" and one.where == member.where and not one.lost:
                tally.strays += 1
            else:
                yield one
    except _MemberError as error:
        yield Problem("broken-archive", member.where, f"{error}.", "Fetch or copy the archive again.", lost=True)


class _MemberError(Exception):
    """One file of an archive cannot be read; the others can."""


class _ZipMember:
    """A file of a zip archive, opened when it is read."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source) -> None:
        self._archive = archive
        self._info = info
        self._budget = source.budget
        self._open: BinaryIO | None = None
        self._size = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes.

        Raises:
            _MemberError: The file is damaged, or grows beyond the limits.
            OverLimitError: All files of the archive together do.
        """
        try:
            if self._open is None:
                self._open = self._archive.open(self._info)  # type: ignore[assignment]  # an IO[bytes]
            found = self._open.read(min(size, _STEP))  # type: ignore[union-attr]  # it was set above
        except _DAMAGE as error:
            raise _MemberError(f"It cannot be unpacked: {_plain(error)}") from error
        self._size += len(found)
        if self._size > FREE + RATIO_LIMIT * self._info.compress_size:
            raise _MemberError(f"It unpacks to more than {RATIO_LIMIT} times its size")
        self._budget.spend(len(found))
        return found


class _Forwards:
    """A tape as `tarfile` reads it: places and steps forwards, and no header that would fill the memory."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self.name = ""

    def tell(self) -> int:
        return self._tape.tell()

    def seek(self, place: int) -> int:
        return self._tape.seek(place)

    def read(self, size: int) -> bytes:
        if size > _HEADER_LIMIT:
            raise tarfile.ReadError("a header is longer than headers are")
        found = b""
        while len(found) < size and (piece := self._tape.read(size - len(found))):
            found += piece
        return found


def _count(source: Source) -> None:
    source.budget.members += 1
    if source.budget.members > MEMBER_LIMIT:
        raise OverLimitError(f"It holds more than {MEMBER_LIMIT:,} files")


def _is_hidden(name: str) -> bool:
    """Say whether a name is one that folders are walked without: hidden, or what macOS adds to archives."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    return not parts or any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _name(name: str) -> str:
    """Return a name that can be printed; it is shown and never opened."""
    return name.encode("utf-8", "replace").decode().lstrip("/")


def _plain(error: BaseException) -> str:
    return str(error).rstrip(".") or type(error).__name__


def _directory_size(file: BinaryIO, size: int) -> int:
    """Return how long a zip archive says that its table of contents is: `zipfile` reads it whole."""
    file.seek(max(0, size - 22 - 65_535))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        return 0
    (length,) = struct.unpack_from("<L", tail, at + 12)
    if at >= 76 and tail.startswith(b"PK\x06\x06", at - 76):
        (length,) = struct.unpack_from("<Q", tail, at - 76 + 40)
    return int(length)
