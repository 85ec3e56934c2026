"""The bytes of pages, as they are packed and unpacked."""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sayso.ledger import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

LARGEST = 1_000_000_000
"""Bytes; no page is larger, and none is unpacked that says it is."""


class DamagedError(ValueError):
    """Packed bytes are not what they should be; the message says how, as the end of a sentence."""


def packed(body: bytes, hashed: str) -> dict[str, Any]:
    """Return the row that keeps the bytes of a page."""
    small = zlib.compress(body, 6)
    return {"sha256": hashed, "size": len(body), "packed_sha256": sha256(small).hexdigest(), "packed": small}


def unpacked(small: bytes, hashed: str, size: int) -> bytes:
    """Return the bytes of a page, no more of them than there should be.

    Raises:
        DamagedError: They cannot be unpacked, or are not those with this hash.
    """
    if not 0 <= size <= LARGEST:
        raise DamagedError(f"are said to be {size:,}, more than any page has")
    unpacker = zlib.decompressobj()
    try:
        body = unpacker.decompress(small, size + 1)
    except zlib.error:
        raise DamagedError("cannot be unpacked") from None
    if len(body) != size or not unpacker.eof or unpacker.unused_data:
        raise DamagedError(f"are not {size:,} when they are unpacked")
    if sha256(body).hexdigest() != hashed:
        raise DamagedError("do not have the hash that was written down for them")
    return body


def body_of(connection: Connection, hashed: str) -> bytes | None:
    """Return the bytes of a page by their hash, or None where they are not here or were redacted.

    Raises:
        DamagedError: They are not what they should be.
    """
    table = tables.blobs
    row = connection.execute(select(table.c.size, table.c.packed).where(table.c.sha256 == hashed)).first()
    return None if row is None or row.packed is None else unpacked(bytes(row.packed), hashed, row.size)
