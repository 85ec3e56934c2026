"""Paths of elements in a page's tree, as XPath that a browser's console and lxml both take."""

from __future__ import annotations

from typing import Any


class Paths:
    """Gives elements of one tree their paths; each parent's children are numbered once.

    >>> from lxml.html import document_fromstring
    >>> page = document_fromstring("<p>One<p>Two")
    >>> Paths().of(page[0][1])
    '/html[1]/body[1]/p[2]'
    """

    def __init__(self) -> None:
        self._known: dict[Any, str] = {}

    def of(self, element: Any) -> str:  # noqa: ANN401 - lxml is not typed
        """Return the path of an element, from the root, with its number among its siblings of one tag."""
        known = self._known.get(element)
        if known is not None:
            return known
        parent = element.getparent()
        if parent is None:
            self._known[element] = f"/{element.tag}[1]"
            return self._known[element]
        above = self.of(parent)
        numbers: dict[str, int] = {}
        for child in parent:
            if isinstance(child.tag, str):
                numbers[child.tag] = numbers.get(child.tag, 0) + 1
                self._known[child] = f"{above}/{_step(child.tag)}[{numbers[child.tag]}]"
        return self._known[element]


def _step(tag: str) -> str:
    """Write a tag as a step of a path; what is no plain name is matched by its name."""
    return tag if tag.replace("-", "").isalnum() and tag.isascii() else f'*[name()="{tag.replace(chr(34), "")}"]'
