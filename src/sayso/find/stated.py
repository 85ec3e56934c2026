"""The date of publication that a web page states itself, in its data, its tags or its address.

Guesses are left out: a wrong date moves every day a report speaks of.
"""

from __future__ import annotations

import json
import re
from collections import deque
from typing import TYPE_CHECKING, Any

from sayso.find.published import iso

if TYPE_CHECKING:
    from collections.abc import Iterator

# Names in use: https://schema.org/datePublished, https://ogp.me/#type_article, Dublin Core, Parse.ly and Sailthru.
_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:/|-|$)")
_DATA_LIMIT = 2_000_000


def published(tree: Any, url: str | None) -> str | None:  # noqa: ANN401 - lxml is not typed
    """Return the date of publication that a page states, in ISO 8601 and as stated, or None.

    Args:
        tree: The page as lxml parsed it.
        url: Its address, where known.
    """
    for stated in (*_in_data(tree), *_in_tags(tree), *_in_time(tree)):
        if day := iso(stated):
            return day
    found = _IN_ADDRESS.search(url or "")
    return iso(f"{found[1]}/{found[2]}/{found[3]}") if found else None


def _in_data(tree: Any) -> Iterator[str]:  # noqa: ANN401 - lxml is not typed
    """Yield the dates in JSON-LD, of articles before those of anything else on the page."""
    dates: list[tuple[bool, str]] = []
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        source = script.text or ""
        try:
            waiting = deque([json.loads(source, strict=False)] if len(source) < _DATA_LIMIT else [])
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.popleft()
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                waiting.extend(inner for inner in value.values() if isinstance(inner, dict | list))
                if isinstance(value.get("datePublished"), str):
                    dates.append(("Article" not in str(value.get("@type")), value["datePublished"]))
    yield from (stated for _, stated in sorted(dates, key=lambda pair: pair[0]))


def _in_tags(tree: Any) -> Iterator[str]:  # noqa: ANN401 - lxml is not typed
    tags: dict[str, str] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        for key in ("property", "name", "itemprop"):
            tags.setdefault((meta.get(key) or "").lower(), meta.get("content"))
    yield from (tags[name] for name in _NAMES if name in tags)


def _in_time(tree: Any) -> Iterator[str]:  # noqa: ANN401 - lxml is not typed
    times = list(tree.iterfind(".//time"))
    marked = [time for time in times if time.get("pubdate") is not None or "published" in _marks(time)]
    # One lone time element is the page's own; of several unmarked ones, any may belong to a comment or a teaser.
    for time in marked or (times if len(times) == 1 else []):
        yield time.get("datetime") or "".join(time.itertext())


def _marks(time: Any) -> str:  # noqa: ANN401 - lxml is not typed
    return f"{time.get('itemprop') or ''} {time.get('class') or ''}".lower()
