"""Text in HTML and SVG: everything is escaped, and what hides or reorders its neighbours is taken out."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from sayso.export import wording

# XML knows no such characters, not even escaped.
_NOT_XML = re.compile(r"[\ufffe\uffff]")


def esc(words: object) -> str:
    """Return text fit for an element or a quoted attribute, on one line.

    >>> esc('<b>"17"</b>')
    '&lt;b&gt;&quot;17&quot;&lt;/b&gt;'
    """
    return html.escape(_NOT_XML.sub("", wording.shown(str(words))))


def web_address(address: str | None) -> str | None:
    """Return an address that a browser may be led to, escaped: one of the web and nothing else.

    >>> web_address("https://x.example/a?b=1&c=2"), web_address("javascript:alert(1)"), web_address("#page=2")
    ('https://x.example/a?b=1&amp;c=2', None, None)
    """
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return esc(address) if parts.scheme in {"http", "https"} and parts.netloc else None


def anchor(kind: str, name: str) -> str:
    """Return a name for an element made from an id that a stranger may have chosen.

    >>> anchor("claim", "c-12"), anchor("report", 'x" onload=')
    ('claim-c-12', 'report-x__onload_')
    """
    return f"{kind}-{re.sub(r'[^A-Za-z0-9_-]', '_', name)}"
