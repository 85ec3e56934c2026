"""What servers wrap around a page when they send it, taken off the answers that web archives keep, within limits.

RFC 9112, 7.1, for chunks; `sayso.pages.coding` undoes content codings.
"""

from __future__ import annotations

import re

from sayso.pages.coding import TooLargeError, UnknownCodingError, unpack
from sayso.pages.kinds import kind_of

_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_MOST_CHUNKS = 1_000_000
_SNIFF = 1024


def decoded(body: bytes, transfer: str | None, content: str | None, limit: int) -> bytes | None:
    """Undo the transfer and content encodings of an answer.

    Archives keep some answers as they were sent and some unwrapped under headers that still say otherwise, so bytes
    that do not bear their header out are taken as they stand.

    Args:
        body: The bytes after the headers.
        transfer: The header ``Transfer-Encoding``.
        content: The header ``Content-Encoding``.
        limit: The most bytes that may come out.

    Returns:
        The page's own bytes, or None where they are damaged, of an unknown encoding, or more than `limit`.
    """
    if transfer and "chunked" in transfer.lower():
        body = _joined(body) or body
    if not content:
        return body
    try:
        found = unpack(body, content, limit)
    except (TooLargeError, UnknownCodingError):
        return None
    if found.damage:
        return body if kind_of(body[:_SNIFF], "").startswith("text/") else None
    return found.body


def _joined(body: bytes) -> bytes | None:
    """Join the chunks of a body, or return None where it is not made of any."""
    parts: list[bytes] = []
    at = 0
    while len(parts) < _MOST_CHUNKS:
        line = _CHUNK.match(body, at)
        if not line:
            return None
        size = int(line[1], 16)
        if size == 0:
            return b"".join(parts)
        if line.end() + size > len(body):
            return None
        parts.append(body[line.end() : line.end() + size])
        at = line.end() + size
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    return None
