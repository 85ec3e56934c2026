"""Streams that are read once, forwards: with a memory of what was just read, and with limits on what unpacks.

Nothing here is ever written to disk, and no more than a few megabytes of a stream are held.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

RATIO_LIMIT = 250
"""How many times larger than its packed form anything may grow; pages of news grow 5 to 50 times."""

FREE = 20_000_000
"""Bytes that may be unpacked whatever the ratio."""

TOTAL_LIMIT = 200_000_000_000
"""The most bytes that are unpacked from one file."""

XZ_MEMORY = 150_000_000
"""Bytes of memory that unpacking xz may ask for; the highest setting of its own program asks for 65 MB."""

_STEP = 64 * 1024


class OverLimitError(Exception):
    """Something unpacks to more than is good for the machine; the message says what in plain words."""


class Budget:
    """How much one file has unpacked to, with all that lies within it.

    Attributes:
        packed: Bytes read from the file so far.
        unpacked: Bytes that came out of it.
        members: Files found within it.
    """

    def __init__(self) -> None:
        self.packed = 0
        self.unpacked = 0
        self.members = 0

    def feed(self, size: int) -> None:
        """Count bytes that were read from the file."""
        self.packed += size

    def spend(self, size: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            OverLimitError: They are too many, in all or against what was read for them.
        """
        self.unpacked += size
        if self.unpacked > TOTAL_LIMIT:
            raise OverLimitError(f"It unpacks to more than {TOTAL_LIMIT // 1_000_000_000} GB")
        if self.unpacked > FREE + RATIO_LIMIT * self.packed:
            raise OverLimitError(f"It unpacks to more than {RATIO_LIMIT} times its size")


class Tape(io.RawIOBase):
    """A stream read forwards, which can go back to any place from `keep_from` on.

    Args:
        more: Returns the next bytes, at most as many as it is asked for, and none at the end.
        at: The place in the file of the first of them.
        count: Told the size of each piece.
    """

    def __init__(self, more: Callable[[int], bytes], at: int = 0, count: Callable[[int], object] | None = None) -> None:
        self._more = more
        self._count = count
        self._at = self._end = at
        self._kept: deque[tuple[int, bytes]] = deque()
        self._from: int | None = at

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._at

    def keep_from(self, place: int | None) -> None:
        """Forget what stands before `place`; with None, keep nothing that is read from here on."""
        self._from = place
        until = self._at if place is None else min(place, self._at)
        while self._kept and self._kept[0][0] + len(self._kept[0][1]) <= until:
            self._kept.popleft()

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place: forwards by reading, backwards within what is kept.

        Raises:
            io.UnsupportedOperation: The place lies before what is kept.
        """
        place += self._at if whence == io.SEEK_CUR else 0
        if place < self._at:
            first = self._kept[0][0] if self._kept else self._end
            if place < first or whence == io.SEEK_END:
                raise io.UnsupportedOperation("what was read before is not kept")
            self._at = place
        while self._at < place and self.read(min(_STEP, place - self._at)):
            pass
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """Return at most `size` bytes, fewer where fewer are at hand, none at the end."""
        if size is None or size < 0:
            return self.readall()
        if self._at < self._end:
            for start, piece in self._kept:
                if start <= self._at < start + len(piece):
                    found = piece[self._at - start : self._at - start + size]
                    self._at += len(found)
                    return found
        found = self._more(size)
        if self._count:
            self._count(len(found))
        if found and self._from is not None:
            self._kept.append((self._end, found))
        self._end += len(found)
        self._at = self._end
        return found

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer as far as one read goes."""
        view = memoryview(buffer).cast("B")
        found = self.read(len(view))
        view[: len(found)] = found
        return len(found)


def unpacked(tape: Tape, kind: str, budget: Budget) -> Tape:
    """Return the stream that a gzip, bzip2 or xz stream unpacks to.

    What is read from it raises EOFError where the packed stream is cut off, `OSError`, `zlib.error` or
    `lzma.LZMAError` where it is damaged, and `OverLimitError` where it grows beyond the limits.
    """
    if kind == "application/gzip":
        return Tape(gzip.GzipFile(fileobj=tape, mode="rb").read1, count=budget.spend)
    if kind == "application/x-bzip2":
        return Tape(bz2.BZ2File(tape).read1, count=budget.spend)
    return Tape(_Xz(tape).read, count=budget.spend)


class _Xz(io.RawIOBase):
    """An xz stream unpacked within a limit of memory, which `lzma.LZMAFile` does not take."""

    def __init__(self, packed: Tape) -> None:
        self._packed = packed
        self._open: lzma.LZMADecompressor | None = None
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        found = b""
        while not found:
            if self._open is None:
                # Streams may follow one another, with padding of zeros between them.
                self._rest = self._rest.lstrip(b"\0") or self._packed.read(_STEP).lstrip(b"\0")
                if not self._rest:
                    return 0
                self._open = lzma.LZMADecompressor(memlimit=XZ_MEMORY)
            needs = self._open.needs_input and not self._rest
            given = self._packed.read(_STEP) if needs else self._rest
            if needs and not given:
                raise EOFError("The xz stream ended before its end mark.")
            found = self._open.decompress(given, len(view))
            self._rest = b""
            if self._open.eof:
                self._rest, self._open = self._open.unused_data, None
        view[: len(found)] = found
        return len(found)
