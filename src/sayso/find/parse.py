"""Web pages as trees: the one place that parses them, within limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.find.decode import decode
from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE_LIMIT = 20_000_000
"""The largest page, in bytes; news pages stay under a tenth of it."""

ATTRIBUTE_LIMIT = 5_000
"""The most attributes one tag may have: parsing takes time with the square of them."""

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_ATTRIBUTE = re.compile(r"[\s/][^\s/]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A page as text and as a tree; `too_deep` where the parser gave up on tags nested beyond its limit."""

    html: str
    tree: Any
    too_deep: bool


def parsed(body: bytes, where: str, declared: str | None = None) -> tuple[Parsed | None, tuple[Problem, ...]]:
    """Decode and parse a page.

    Args:
        body: The page's bytes.
        where: The page's name, for problems.
        declared: The encoding that the page's server or container states, if any; it goes before the page's own.

    Returns:
        The page, or None with a problem that is `lost` where parsing it would do harm; and the problems met.
    """
    if len(body) > SIZE_LIMIT:
        what = f"The page is larger than {SIZE_LIMIT // 1_000_000} MB."
        return None, (Problem("too-large", where, what, "Save the report alone, as text or HTML.", lost=True),)
    charset = _CHARSET.search(body[:4096])
    html, problems = decode(body, where, declared, charset[1].decode("ascii", "replace") if charset else None)
    if any(len(_ATTRIBUTE.findall(tag)) > ATTRIBUTE_LIMIT for tag in _TAG.findall(html) if len(tag) > ATTRIBUTE_LIMIT):
        what = f"A tag of the page has more than {ATTRIBUTE_LIMIT} attributes."
        return None, (*problems, Problem("malformed-html", where, what, "Save the report as plain text.", lost=True))
    tree, too_deep = _tree(html)
    if too_deep:
        what = "The page's tags are nested too deeply to tell the report from the rest of the page."
        remedy = "All its visible words were read; save the report as plain text for a cleaner reading."
        problems = (*problems, Problem("malformed-html", where, what, remedy))
    return Parsed(html, tree, too_deep), problems


def _tree(html: str) -> tuple[Any, bool]:
    """Parse a page; say also whether the parser gave up where tags are nested beyond its limit."""
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)
    # The declaration of an encoding was heeded before; lxml takes bytes only where one is left in the page.
    source = html.encode("utf-8", "replace")
    try:
        tree = document_fromstring(source, parser=parser, ensure_head_body=True)
    except (LxmlError, ValueError, AssertionError):
        tree = document_fromstring(b"<html><body></body></html>")
    return tree, any("depth" in entry.message for entry in parser.error_log)


def at_path(tree: Any, path: str) -> Any:  # noqa: ANN401 - lxml is not typed
    """Return the element of a tree to which `sayso.find.paths` gives a path, or None where there is none."""
    from lxml.etree import XPathError

    try:
        return next(iter(tree.getroottree().xpath(path)), None) if path else None
    except XPathError:
        return None


def steps(body: Any) -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401 - lxml is not typed
    """Walk over an element and all that it holds, in the order of the page and without recursion.

    Yields:
        ``start`` or ``end``, the element, and the walk itself, whose ``skip_subtree`` leaves out what an element holds.
    """
    from lxml.etree import iterwalk

    walk = iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if isinstance(element.tag, str):
            yield event, element, walk
