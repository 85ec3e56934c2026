"""The visible words of a web page, for pages whose main text cannot be told from the rest.

It uses the standard library's tokenizer, which knows no limit of depth and builds no tree.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_HIDDEN = frozenset({"script", "style", "noscript", "template", "head", "title", "svg", "select", "textarea", "iframe"})
INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins"),
        *("kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"),
        *("u", "var", "wbr"),
    },
)


def visible_text(html: str) -> str:
    r"""Return the words that a browser would show, paragraphs parted by a blank line.

    >>> visible_text("<head><title>No</title></head><p>Two men <b>died</b>.<p>One woman fled.")
    'Two men died.\n\nOne woman fled.'
    """
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except (AssertionError, ValueError):
        # The tokenizer gives up on some malformed declarations; what it read before stands.
        pass
    blocks = (re.sub(r"\s+", " ", block).strip() for block in "".join(reader.parts).split("\0"))
    return "\n\n".join(block for block in blocks if block)


class _Reader(HTMLParser):
    """Collects text, with a NUL wherever a block begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base class's
        if self.hidden is None and tag in _HIDDEN:
            self.hidden = tag
        elif tag == "body":
            self.hidden = None
        if tag not in INLINE:
            self.parts.append("\0")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.hidden:
            self.hidden = None
        if tag not in INLINE:
            self.parts.append("\0")

    def handle_data(self, data: str) -> None:
        if self.hidden is None:
            self.parts.append(data.replace("\0", ""))
