"""The whole ledger as JSON lines, so that it can be moved, merged and compared.

``docs/ledger-entries.md`` describes the lines.
"""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING

from sqlalchemy import select

from sayso.ledger import tables
from sayso.ledger.blobs import body_of
from sayso.ledger.chain import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

FORMAT = 1
PART = 750_000
"""Bytes of a page in one line."""

_AT_ONCE = 200


def dump(connection: Connection) -> Iterator[str]:
    """Yield a ledger as lines, each without its line end: a heading, then the entries in their order.

    The bytes of a page come in lines of their own before the first entry that needs them.
    """
    yield canonical({"sayso_ledger": FORMAT})
    table, last = tables.entries, 0
    while True:
        query = select(table).where(table.c.number > last).order_by(table.c.number).limit(_AT_ONCE)
        rows = connection.execute(query).all()
        if not rows:
            return
        for row in rows:
            if row.kind == "page" and row.content is not None:
                yield from _blob(connection, json.loads(row.content)["body"]["sha256"], row.number)
            # Written as it stands, so that what is loaded is what was hashed.
            yield (
                f'{{"author":{canonical(row.author)},"content":{row.content or "null"},'
                f'"content_sha256":"{row.content_sha256}","id":"{row.id}","kept":"{row.kept}","kind":"{row.kind}",'
                f'"link":"{row.link}","number":{row.number},"time":"{row.time}"}}'
            )
        last = rows[-1].number


def _blob(connection: Connection, hashed: str, number: int) -> Iterator[str]:
    pages = tables.pages
    first = select(pages.c.number).where(pages.c.sha256 == hashed).order_by(pages.c.number).limit(1)
    if connection.scalar(first) != number:
        return
    body = body_of(connection, hashed)
    if body is None:
        return
    starts = range(0, len(body), PART) or range(1)
    for part, start in enumerate(starts):
        encoded = b64encode(body[start : start + PART]).decode("ascii")
        yield canonical({"page": hashed, "part": part + 1, "parts": len(starts), "base64": encoded})
