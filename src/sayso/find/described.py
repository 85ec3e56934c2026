"""What a web page says of its report: headline, byline, outlet and address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sayso.find.blocks import HEADINGS
from sayso.find.structured import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.find.blocks import Block
    from sayso.find.structured import Data

_LONGEST_HEADLINE = 300
_LONGEST_BYLINE = 120
_SEPARATOR = re.compile(r"\s+[-–—|:·•»«]+\s+|\s*[|»«]\s*|:\s+")
_HEADLINE_NAMES = frozenset({"entry-title", "post-title", "article-title", "headline", "article-headline"})
_BYLINE_NAMES = re.compile(r"(?:^|[\s_-])(?:byline|author|auteur|autor|writer|fn|by|story-byline)(?:$|[\s_-])")
_BY = re.compile(
    r"(?i:(?:posted|written|reported|reporting|text|story|words|report|issued|publi\w+ le .{0,40}?[-–|])[\s:]+)?"
    r"(?i:by|par|por|von)[\s:]+(?=[^\W\d_a-z])"
)
_LABELLED = re.compile(r"(?i:text|words|story|author|reporter)\s*:\s*(?=[^\W\d_a-z])")
_BYLINE_END = re.compile(
    r"\s+(?i:photos?|pictures?|images?|video|graphics?)\b.*|\s*[|•·–—\n].*|\s+[-/]\s.*|,\s+(?:the\s+)?[a-zà-ÿ].*"
    r"|,?\s*(?i:(?:on|at)\s+)?(?:\d|(?i:mon|tues|wednes|thurs|fri|satur|sun)day\b).*"
    r"|,?\s+(?i:published|posted|updated|last)\b.*|[.;]\s+(?![A-Z]).*",
    re.DOTALL,
)
_NO_NAME = re.compile(
    r"https?:|@|www\.|\d{3}|[<>{}\[\]]|^(?:admin|administrator|staff|editor|user|unknown|none)$", re.IGNORECASE
)
_NEAR = 8
_BEFORE_NAME = 40
_MARKS = 40
_LONGEST_LINE = 1_000


@dataclass(frozen=True, slots=True)
class Described:
    """What a page says of its report; `headline_block` is the number of the block that shows it, -1 without one."""

    title: str | None
    headline_block: int
    byline: str | None
    outlet: str | None
    url: str | None


def described(tree: Any, data: Data, blocks: Sequence[Block]) -> Described:  # noqa: ANN401 - lxml is not typed
    """Return what a page says of its report.

    Args:
        tree: The page as lxml parsed it.
        data: What it says about itself.
        blocks: Its blocks.
    """
    url = address(tree)
    page_title = _line(" ".join(title.text or "" for title in tree.iterfind(".//head/title")))
    stated = _line(_string(data.article.get("headline"))) or _line(data.first("og:title", "twitter:title"))
    outlet = _outlet(tree, data)
    title, number = _headline(blocks, page_title, stated, outlet)
    parted_title, rest = _parted(page_title, title)
    title = title or (stated and _without(stated, outlet)) or (page_title and _without(page_title, outlet))
    host = urlsplit(url).hostname if url else None
    outlet = outlet or (rest if parted_title else None) or (host.removeprefix("www.") if host else None)
    byline = _byline(tree, data, blocks, number)
    return Described(title or None, number, None if byline == outlet else byline, outlet, url)


def address(tree: Any) -> str | None:  # noqa: ANN401 - lxml is not typed
    """Return the web address that a page gives as its own."""
    stated = (
        *(link.get("href") for link in tree.iterfind('.//link[@rel="canonical"]')),
        *(meta.get("content") for meta in tree.iterfind('.//meta[@property="og:url"]')),
    )
    for url in stated:
        try:
            parts = urlsplit((url or "").strip())
            known = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:
            continue
        if known:
            return parts.geturl()
    return None


def _headline(blocks: Sequence[Block], page_title: str, stated: str, outlet: str | None) -> tuple[str | None, int]:
    """Return the headline that the page shows, and the number of its block.

    That is the element marked as one or the first-order heading that the page's data repeat, else the only one of
    these, else words that are a part of the page's title, else the last heading before the text.
    """
    fitting = [block for block in blocks if " " in block.text and len(block.text) < _LONGEST_HEADLINE]
    marked = [block for block in fitting if not block.outside and _is_marked(block.element)]
    first = [block for block in fitting if block.tag == "h1" and not _names_site(block, outlet)]
    known = [folded(words) for words in (stated, page_title) if words]
    for candidates in (marked, first):
        for block in candidates:
            if any(folded(block.text) in words or words in folded(block.text) for words in known):
                return _line(block.text), block.number
    for candidates in (first, marked):
        if len(candidates) == 1:
            return _line(candidates[0].text), candidates[0].number
    parts = {folded(part) for part in (*_SEPARATOR.split(page_title), stated, page_title) if " " in part}
    shown = [block for block in fitting if folded(block.text) in parts and not block.outside]
    if shown:
        best = max(shown, key=lambda block: (len(block.text), -block.number))
        return _line(best.text), best.number
    return (None, -1) if stated else _heading_before_text(blocks, page_title)


def _heading_before_text(blocks: Sequence[Block], page_title: str) -> tuple[str | None, int]:
    """Return the last heading before the first long paragraph, where the page's title is none of the report's."""
    text = next((block.number for block in blocks if len(block.text) > 120 and not block.outside), 0)
    headings = [block for block in blocks[:text] if block.tag in HEADINGS and " " in block.text and not block.outside]
    if not headings or len(headings[-1].text) >= _LONGEST_HEADLINE:
        return None, -1
    fits = not page_title or len(headings[-1].text) > len(page_title)
    return (_line(headings[-1].text), headings[-1].number) if fits else (None, -1)


def _is_marked(element: Any) -> bool:  # noqa: ANN401 - lxml is not typed
    if element.get("itemprop") == "headline":
        return True
    names = (element.get("class") or "")[:500].split()
    return element.tag in HEADINGS and any(name in _HEADLINE_NAMES for name in names)


def _names_site(block: Block, outlet: str | None) -> bool:
    """Say whether a heading is the site's name rather than a headline: the outlet's, or all a link to its front."""
    if outlet and folded(block.text) == folded(outlet):
        return True
    links = [link.get("href") or "" for link in block.element.iterfind(".//a")]
    return (
        len(links) == 1
        and block.linked >= len(block.text)
        and re.fullmatch(r"(?:https?://[^/]+)?/?", links[0]) is not None
    )


def _parted(page_title: str, title: str | None) -> tuple[bool, str | None]:
    """Return what stands beside the headline in the page's title, where that is one part: mostly the outlet."""
    if not title or not page_title:
        return False, None
    whole, head = page_title.casefold(), title.casefold()
    if whole.startswith(head):
        rest = page_title[len(title) :]
    elif whole.endswith(head):
        rest = page_title[: -len(title)]
    else:
        parts = _SEPARATOR.split(page_title)
        others = [part for part in parts if folded(part) not in folded(title)]
        return (True, others[0].strip()) if len(others) == 1 < len(parts) else (False, None)
    if not re.search(r"^\s*[-–—|:·•»«]|[-–—|:·•»«]\s*$", rest):
        return False, None
    rest = rest.strip(" -–—|:·•»«\u00a0")
    return bool(rest) and len(rest) < 100, rest or None


def _without(words: str, outlet: str | None) -> str:
    """Return a title without the outlet's name behind it."""
    return re.sub(rf"\s+[-–—|:·]\s+{re.escape(outlet)}\s*$", "", words) if outlet else words


def _outlet(tree: Any, data: Data) -> str | None:  # noqa: ANN401 - lxml is not typed
    names = named(data.article.get("publisher"))
    site = data.first("og:site_name")
    if site and site.strip().lower() == "telegram" and (title := data.first("og:title")):
        return _line(title)  # The site is where channels are shown; the channel is who publishes.
    if names or site:
        return _line(names[0] if names else site or "")
    for marked in tree.iterfind('.//*[@itemprop="publisher"]'):
        inner = next(iter(marked.iterfind('.//*[@itemprop="name"]')), marked)
        if name := _line(inner.get("content") or _text_of(inner))[:100]:
            return name
    return _line(data.first("application-name", "dc.publisher", "dcterms.publisher", "publisher") or "") or None


def is_byline(text: str, byline: str | None) -> bool:
    """Say whether a line beside the headline says little more than who wrote the report."""
    if byline is None or len(text) > len(byline) + _LONGEST_BYLINE or text.rstrip().endswith((".", "!", "?", "”", '"')):
        return False
    return byline in _line(text)[: len(byline) + _BEFORE_NAME]


def _byline(tree: Any, data: Data, blocks: Sequence[Block], headline: int) -> str | None:  # noqa: ANN401 - lxml is not typed
    """Return who wrote the report: from the page's data, then elements marked so, then words beside the headline."""
    names = named(data.article.get("author")) or named(data.article.get("creator"))
    if clean := ", ".join(dict.fromkeys(name for one in names if (name := _name(one)))):
        return clean[:_LONGEST_BYLINE]
    for key in (
        "parsely-author",
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "sailthru.author",
    ):
        if name := _name(data.tags.get(key)):
            return name
    for words in (*_marked_authors(tree), *_beside(blocks, headline)):
        if name := _name(words):
            return name
    return None


def _marked_authors(tree: Any) -> Iterator[str]:  # noqa: ANN401 - lxml is not typed
    for marked in tree.iterfind('.//*[@itemprop="author"]'):
        inner = next(iter(marked.iterfind('.//*[@itemprop="name"]')), marked)
        yield inner.get("content") or _text_of(inner)
    for link in tree.iterfind('.//a[@rel="author"]'):
        yield _text_of(link)


def _beside(blocks: Sequence[Block], headline: int) -> Iterator[str]:
    """Yield what may name an author in the blocks next to the headline: after "By", or in an element marked so."""
    start = max(headline, 0)
    near = [block for block in blocks[max(0, start - 2) : start + _NEAR] if block.number != headline]
    near = [block for block in near if len(block.text) < 2 * _LONGEST_BYLINE]
    for block in near:
        found = _BY.match(block.text) or _LABELLED.match(block.text)
        if found and not block.text.endswith((".", "!", "?")):
            inner = (_line(_text_of(link)) for link in islice(block.element.iterfind(".//a"), _MARKS))
            links = [name for name in inner if " " in name]
            yield links[0] if len(links) == 1 and links[0] in block.text else block.text[found.end() :]
    for block in near:
        for element in islice(block.element.iter(), _MARKS):
            if isinstance(element.tag, str) and _BYLINE_NAMES.search((element.get("class") or "")[:500].lower()):
                yield _text_of(element)
    for block in blocks:
        if block.outside:
            continue
        classes = (block.element.get("class") or "")[:500].lower()
        if "vcard" in classes or "byline" in classes or "author" in classes:
            inner = next((one for one in block.element.iterfind(".//*[@class='fn']")), block.element)
            yield _text_of(inner)


def _name(words: object) -> str | None:
    """Return the names in a byline without "By", trades, dates and what else stands on its line, or None."""
    line = _line(_string(words)[: 3 * _LONGEST_BYLINE])
    for opening in (_BY, _LABELLED):
        found = opening.match(line)
        line = line[found.end() :] if found else line
    line = _BYLINE_END.sub("", line).strip(" ,;:|-–—")
    # A name has a capital letter, in scripts that know them.
    is_name = 2 < len(line) <= _LONGEST_BYLINE and not (line.isascii() and line.islower()) and not _NO_NAME.search(line)
    return line if is_name else None


def _text_of(element: Any) -> str:  # noqa: ANN401 - lxml is not typed
    """Return the words of an element that should hold a few."""
    return "".join(islice(element.itertext(), _MARKS))


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _line(words: str | None) -> str:
    return " ".join((words or "")[:_LONGEST_LINE].split())


def folded(text: str) -> str:
    """Return the letters and figures of `text` for comparing, without case and marks."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
