"""Pages as a web archive: WARC/1.1, packed record by record, as every reader of archives takes it.

https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/

A page from the web becomes a ``response`` with the headers that its host sent, any other page a ``resource``. The bytes
are those that were kept: what the host packed for the way was unpacked when it came, so the headers that spoke of the
packing stand under another name (``X-Archive-Orig-``), as other archives have it.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import uuid
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

    from sayso.records import Fetched, Page

_OF_THE_WAY = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_IDS = uuid.UUID("5a2f7d0e-7b0c-5c1d-9a52-0f4f5d4b3a11")
"""The namespace of the records' ids: the same page gives the same id in every export."""


def write(pages: Iterable[tuple[Page, str]], out: BinaryIO) -> int:
    """Write pages as a packed web archive.

    Args:
        pages: Each page with the time at which it was kept, ISO 8601 in UTC, for those that were not fetched.
        out: Where to write.

    Returns:
        How many were written.
    """
    about = b"software: sayso\r\nformat: WARC File Format 1.1\r\n"
    number = 0
    for number, (page, kept) in enumerate(pages, start=1):
        if number == 1:
            first = [("WARC-Type", "warcinfo"), ("WARC-Date", _date(kept)), ("WARC-Record-ID", _id("warcinfo", about))]
            out.write(_record([*first, ("Content-Type", "application/warc-fields")], about))
        out.write(_page(page, kept))
    return number


def _page(page: Page, kept: str) -> bytes:
    """Return the record of one page."""
    fetched = page.fetched if page.fetched is not None and page.fetched.headers else None
    address = page.fetched.final if page.fetched is not None and page.fetched.final else page.url
    date = _date(page.fetched.at if page.fetched is not None and page.fetched.at else kept)
    target = _uri(address) if address else f"urn:sha256:{page.sha256}"
    headers = [
        ("WARC-Type", "resource" if fetched is None else "response"),
        ("WARC-Target-URI", target),
        ("WARC-Date", date),
        ("WARC-Record-ID", _id(f"{target} {date}", page.body)),
        ("WARC-Payload-Digest", _digest(page.body)),
    ]
    if fetched is None:
        charset = f"; charset={page.charset}" if page.charset else ""
        return _record([*headers, ("Content-Type", f"{page.media_type}{charset}")], page.body)
    if fetched.ip:
        headers.append(("WARC-IP-Address", fetched.ip))
    if not fetched.complete:
        headers.append(("WARC-Truncated", "unspecified"))
    block = _answer(fetched, len(page.body)) + page.body
    return _record([*headers, ("Content-Type", "application/http;msgtype=response")], block)


def _answer(fetched: Fetched, length: int) -> bytes:
    """Return the head of an answer as HTTP/1.1 writes it."""
    # After a 304 the bytes are those of an earlier answer, and so are these headers.
    status = 200 if fetched.status == 304 else fetched.status
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unknown"
    lines = [f"HTTP/1.1 {status} {phrase}"]
    for name, value in fetched.headers:
        prefix = "X-Archive-Orig-" if name.lower() in _OF_THE_WAY else ""
        lines.append(f"{prefix}{_line(name)}: {_line(value)}")
    lines.append(f"Content-Length: {length}")
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1", "xmlcharrefreplace")


def _record(headers: Sequence[tuple[str, str]], block: bytes) -> bytes:
    """Return one record, packed by itself, so that it can be read from its place in the file."""
    every = [*headers, ("WARC-Block-Digest", _digest(block)), ("Content-Length", str(len(block)))]
    head = "WARC/1.1\r\n" + "".join(f"{name}: {_line(value)}\r\n" for name, value in every) + "\r\n"
    return gzip.compress(head.encode("utf-8", "replace") + block + b"\r\n\r\n", mtime=0)


def _digest(block: bytes) -> str:
    """Return a digest in the form that all readers of archives check."""
    return "sha1:" + base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()


def _id(name: str, block: bytes) -> str:
    return f"<urn:uuid:{uuid.uuid5(_IDS, f'{name} {hashlib.sha256(block).hexdigest()}')}>"


def _date(stated: str) -> str:
    """Return a time as WARC writes it, to the second; the beginning of the epoch where it is not known.

    >>> _date("2023-03-15T09:30:00.25+00:00")
    '2023-03-15T09:30:00Z'
    """
    try:
        time = datetime.fromisoformat(stated)
    except ValueError:
        return "1970-01-01T00:00:00Z"
    return f"{time if time.tzinfo is None else time.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def _uri(address: str) -> str:
    r"""Return an address in the characters that a header may hold.

    >>> _uri("https://review.example/Dresk \r\nWARC-Type: x?q=é")
    'https://review.example/Dresk%20%0D%0AWARC-Type:%20x?q=%C3%A9'
    """
    return quote(address.encode("utf-8", "replace"), safe=":/?#[]@!$&'()*+,;=%-._~")


def _line(value: str) -> str:
    return _CONTROL.sub(" ", value).strip()
