"""Takes feeds apart in a process of its own: ``python -m sayso.pages.feed_process``, a feed in, JSON out.

The library reads whatever it is given, however broken, and some of it takes hours or gigabytes. So it works where the
system can stop it, and says what it found in a form that is checked again outside (`sayso.pages.feeds`).
"""

from __future__ import annotations

import io
import json
import sys
import warnings
from typing import Any

MEMORY = 1_000_000_000
"""Bytes of address space that the process may have."""

SECONDS = 5
"""Seconds of computing that it may take; a thousand entries of two kilobytes take under half a second."""

MOST_ENTRIES = 2_000
_LONGEST = 4_000


def main() -> None:
    """Read one line of JSON (the answer's address and content type) and the feed from standard input; write JSON."""
    _limit()
    about = json.loads(sys.stdin.buffer.readline())
    json.dump(_read(sys.stdin.buffer.read(), about["url"], about["content_type"]), sys.stdout)


def _limit() -> None:
    """Have the system end this process where it takes too much, on systems that do so."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))


def _read(body: bytes, url: str, content_type: str) -> dict[str, Any]:
    import feedparser

    warnings.simplefilter("ignore")
    headers = {"content-type": content_type, "content-location": url}
    # As a stream: bytes by themselves may be taken for the name of a file.
    read = feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    broken = read.get("bozo_exception")
    # The library warns of encodings and media types in the same way; only what cost entries matters here.
    broken = broken if "SAXParse" in type(broken).__name__ else None
    return {
        "version": read.get("version") or "",
        "title": _text(read.feed.get("title")),
        "broken": None if broken is None else _text(broken.getMessage()),
        "left_out": max(0, len(read.entries) - MOST_ENTRIES),
        "entries": [_entry(entry, read.get("version") or "") for entry in read.entries[:MOST_ENTRIES]],
    }


def _entry(entry: Any, version: str) -> dict[str, str | None]:  # noqa: ANN401 - feedparser is not typed
    # In RSS 1.0 the one date of an entry (dc:date) is when it was published; in Atom `updated` is not.
    published = entry.get("published") or (entry.get("updated") if version.startswith("rss") else None)
    return {
        "id": _text(entry.get("id")),
        "link": _text(entry.get("link")),
        "title": _text(entry.get("title")),
        "published": _text(published),
    }


def _text(value: object) -> str | None:
    return value[:_LONGEST] if isinstance(value, str) and value.strip() else None


if __name__ == "__main__":
    main()
