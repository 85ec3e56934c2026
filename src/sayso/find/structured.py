"""The data that a web page holds about itself for machines: JSON-LD and meta tags, each read once."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from typing import Any

_DATA_LIMIT = 2_000_000
_NODE_LIMIT = 50_000
_ARTICLE = ("Article", "BlogPosting", "LiveBlogPosting")
_MEMBERS = frozenset({"liveBlogUpdate", "comment", "isPartOf", "relatedLink", "hasPart", "mentions", "citation"})
"""Parts of an article that are texts of their own; what they say of themselves is not said of the article."""


@dataclass(frozen=True, slots=True)
class Data:
    """What a page says of itself.

    Attributes:
        article: The first JSON-LD object that is an article (https://schema.org/Article); empty where there is none.
        dates: All ``datePublished`` in JSON-LD, those of articles first.
        tags: Contents of meta elements by property, name or itemprop, in lower case; the first of each name.
    """

    article: dict[str, Any]
    dates: tuple[str, ...]
    tags: dict[str, str]

    def first(self, *names: str) -> str | None:
        """Return the content of the first of the meta elements named that says something."""
        return next((self.tags[name] for name in names if self.tags.get(name, "").strip()), None)


def data_of(tree: Any) -> Data:  # noqa: ANN401 - lxml is not typed
    """Read what a page says of itself; what cannot be read is left out.

    Args:
        tree: The page as lxml parsed it.
    """
    article: dict[str, Any] = {}
    dates: list[tuple[bool, str]] = []
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        for node in _nodes(script.text or ""):
            kind = str(node.get("@type"))
            is_article = any(name in kind for name in _ARTICLE)
            if is_article and not article:
                article = node
            if isinstance(node.get("datePublished"), str):
                dates.append((not is_article, node["datePublished"]))
    tags: dict[str, str] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        for key in ("property", "name", "itemprop"):
            tags.setdefault((meta.get(key) or "").lower(), meta.get("content"))
    return Data(article, tuple(stated for _, stated in sorted(dates, key=lambda pair: pair[0])), tags)


def named(value: object) -> list[str]:
    """Return the names in a JSON-LD value that stands for persons or bodies: a string, an object, or a list of these.

    >>> named([{"@type": "Person", "name": "Ana Reyes"}, "Per Holm"])
    ['Ana Reyes', 'Per Holm']
    """
    values = value if isinstance(value, list) else [value]
    names = (one.get("name") if isinstance(one, dict) else one for one in values[:20])
    return [" ".join(name.split()) for name in names if isinstance(name, str) and name.strip()]


def _nodes(source: str) -> list[dict[str, Any]]:
    """Return the objects of a JSON-LD script, outer ones before inner ones."""
    try:
        waiting = deque([json.loads(source, strict=False)] if len(source) < _DATA_LIMIT else [])
    except (ValueError, RecursionError):
        return []
    nodes: list[dict[str, Any]] = []
    while waiting and len(nodes) < _NODE_LIMIT:
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            nodes.append(value)
            inner = ((key, one) for key, one in value.items() if isinstance(one, dict | list))
            waiting.extend(one for key, one in inner if key not in _MEMBERS)
    return nodes
