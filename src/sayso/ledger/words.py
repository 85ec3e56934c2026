"""The words of a report as the search index has them: the same for every database, and safe to put into a query."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 60
_MOST = 900_000
"""Bytes; PostgreSQL takes no more than a megabyte of words for one text."""


def words_of(text: str) -> list[str]:
    """Return the words of a text in order: lower case, without accents, cut where they are overlong.

    >>> words_of("Wounded: 46 at Orlí_Dresk")
    ['wounded', '46', 'at', 'orli', 'dresk']
    """
    return [word[:_LONGEST] for word in _WORD.findall(_folded(text))]


def index_words(*texts: str | None) -> list[str]:
    """Return the different words of some texts, sorted; of a text with more than could be indexed, the first ones."""
    found: dict[str, None] = {}
    for text in texts:
        found.update(dict.fromkeys(words_of(text or "")))
    size, kept = 0, []
    for word in found:
        size += len(word.encode()) + 8
        if size > _MOST:
            break
        kept.append(word)
    return sorted(kept)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text).casefold()
    return "".join([part for part in parts if not unicodedata.category(part).startswith("M")])
