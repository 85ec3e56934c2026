"""Content codings of answers from the web: gzip, deflate and brotli, unpacked within a limit."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCEPTED = "gzip, deflate, br"
"""What requests say they can take."""

_MOST_LAYERS = 3
_PIECE = 64 * 1024
_GZIP_OR_ZLIB, _BARE_DEFLATE = 47, -15


class TooLargeError(ValueError):
    """Unpacking would give more bytes than are wanted."""


class UnknownCodingError(ValueError):
    """The bytes are packed in a way that was not asked for."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came out of packed bytes; where `damage` says something, they broke off or were damaged after it."""

    body: bytes
    damage: str = ""


def unpack(body: bytes, header: str | None, limit: int) -> Unpacked:
    """Undo the codings of a Content-Encoding header.

    Args:
        body: The bytes as they were sent.
        header: The value of the header, several codings parted by commas; the last one was put on last.
        limit: The most bytes to give at any step.

    Raises:
        TooLargeError: There are more bytes in it.
        UnknownCodingError: A coding is none of gzip, deflate and brotli, or there are too many of them.
    """
    codings = [coding for part in (header or "").lower().split(",") if (coding := part.strip()) not in {"", "identity"}]
    if len(codings) > _MOST_LAYERS or any(coding not in _WAYS for coding in codings):
        raise UnknownCodingError(", ".join(codings)[:60])
    damage = ""
    for coding in reversed(codings):
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in _WAYS[coding](body):
                size += len(piece)
                if size > limit:
                    raise TooLargeError
                pieces.append(piece)
        except (zlib.error, _DamagedError) as error:
            damage = f"its {coding} packing is damaged ({error})"
        body = b"".join(pieces)
    return Unpacked(body, damage)


class _DamagedError(ValueError):
    """Packed bytes break off, or are no packed bytes."""


def _inflate(body: bytes) -> Iterator[bytes]:
    """Unpack gzip, of one member or several, or zlib's form."""
    while body:
        machine = zlib.decompressobj(_GZIP_OR_ZLIB)
        yield from _run(machine, body)
        body = machine.unused_data
        # Zeros and other bytes after the end are a server's padding.
        if not body.startswith(b"\x1f\x8b"):
            return


def _deflate(body: bytes) -> Iterator[bytes]:
    """Unpack what servers call deflate: zlib's form by the standard (RFC 9110, 8.4.1.2), the bare one by habit."""
    has_header = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    yield from _inflate(body) if has_header else _run(zlib.decompressobj(_BARE_DEFLATE), body)


def _run(machine: zlib._Decompress, body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), _PIECE):
        if machine.eof:
            return
        # Small steps, so that what stands before a damaged place is had.
        waiting = body[start : start + _PIECE]
        while waiting and not machine.eof:
            yield machine.decompress(waiting, _PIECE)
            waiting = machine.unconsumed_tail
    if not machine.eof:
        raise _DamagedError("it breaks off")


def _brotli(body: bytes) -> Iterator[bytes]:
    import brotli

    machine = brotli.Decompressor()
    try:
        for start in range(0, len(body), _PIECE):
            yield machine.process(body[start : start + _PIECE], output_buffer_limit=_PIECE)
            while not machine.can_accept_more_data():
                yield machine.process(b"", output_buffer_limit=_PIECE)
    except brotli.error as error:
        raise _DamagedError(str(error)) from None
    if not machine.is_finished():
        raise _DamagedError("it breaks off")


_WAYS = {"gzip": _inflate, "x-gzip": _inflate, "deflate": _deflate, "br": _brotli}
