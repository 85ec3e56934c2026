"""The words of a report as the search index has them: the same for every database, and safe to put into a query."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 60
_BEFORE = 60
_AROUND = 200
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


def around(text: str, asked: str) -> str:
    """Return some of a text, around the first place where a word that was asked for stands.

    >>> around("The bakery at Orlí was hit at dawn.", "orli")
    'The bakery at Orlí was hit at dawn.'
    """
    start = max(0, _first(text, tuple(words_of(asked))) - _BEFORE)
    start = text.rfind(" ", 0, start) + 1
    piece = " ".join(text[start : start + _AROUND].split())
    return ("… " if start else "") + piece + (" …" if start + _AROUND < len(text) else "")


def _first(text: str, wanted: tuple[str, ...]) -> int:
    """Return where the first word stands that begins with one of some words, or 0."""
    if not wanted:
        return 0
    if text.isascii():  # then folding moves nothing, and one search does
        beginning = re.compile(rf"(?<![^\W_])(?:{'|'.join(wanted)})")
        found = beginning.search(text.lower())
    else:
        found = next((one for one in _WORD.finditer(text) if _folded(one[0]).startswith(wanted)), None)
    return found.start() if found else 0


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text).casefold()
    return "".join([part for part in parts if not unicodedata.category(part).startswith("M")])
