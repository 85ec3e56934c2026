"""Web pages to the fields of a report: main text, headline, outlet, address and stated date."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import urlsplit

from sayso.find import stated
from sayso.find.decode import decode
from sayso.find.visible import visible_text
from sayso.problems import Problem

SIZE_LIMIT = 20_000_000
"""The largest page, in bytes; news pages stay under a tenth of it."""

ATTRIBUTE_LIMIT = 5_000
"""The most attributes one tag may have: parsing takes time with the square of them."""

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_ATTRIBUTE = re.compile(r"[\s/][^\s/]")


# What these libraries would print is said by problems here.
for _name in ("trafilatura", "htmldate", "justext"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def fields(body: bytes, where: str, declared: str | None = None) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Read a web page.

    Args:
        body: The page's bytes.
        where: The page's name, for problems.
        declared: The encoding that the page's server or container states, if any; it goes before the page's own.

    Returns:
        The fields found, of ``text``, ``title``, ``outlet``, ``url`` and ``published``, and the problems met. The text
        begins with the headline and has a blank line between paragraphs. Without ``text`` a problem is `lost`.
    """
    if len(body) > SIZE_LIMIT:
        what = f"The page is larger than {SIZE_LIMIT // 1_000_000} MB."
        return {}, (Problem("too-large", where, what, "Save the report alone, as text or HTML.", lost=True),)
    charset = _CHARSET.search(body[:4096])
    html, problems = decode(body, where, declared, charset[1].decode("ascii", "replace") if charset else None)
    if any(len(_ATTRIBUTE.findall(tag)) > ATTRIBUTE_LIMIT for tag in _TAG.findall(html) if len(tag) > ATTRIBUTE_LIMIT):
        what = f"A tag of the page has more than {ATTRIBUTE_LIMIT} attributes."
        return {}, (*problems, Problem("malformed-html", where, what, "Save the report as plain text.", lost=True))
    tree, too_deep = _tree(html)
    found = _described(tree)
    text = "" if too_deep else _main_text(tree)
    if too_deep:
        what = "The page's tags are nested too deeply to tell the report from the rest of the page."
        remedy = "All its visible words were read; save the report as plain text for a cleaner reading."
        problems = (*problems, Problem("malformed-html", where, what, remedy))
    text = text or visible_text(html)
    if not text:
        what = "There are no words to read on the page."
        remedy = "If the page is filled by a script, save it from a browser after it has loaded."
        return found, (*problems, Problem("no-text", where, what, remedy, lost=True))
    return {**found, "text": _with_headline(text, found.get("title"))}, problems


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


def _described(tree: Any) -> dict[str, str]:  # noqa: ANN401 - lxml is not typed
    """Return what the page says about itself."""
    from trafilatura.metadata import extract_metadata

    url = _address(tree)
    try:
        # The date it finds is not used (`stated` reads stated ones only); fixed bounds keep the clock out of it.
        bounds = {"min_date": "1900-01-01", "max_date": "2199-12-31", "extensive_search": False, "original_date": True}
        metadata = extract_metadata(tree, url, bounds)
        title, outlet = metadata.title, metadata.sitename
    except Exception:  # noqa: BLE001 - hostile pages reach code that was not written for them
        title, outlet = None, None
    found = {
        "title": _headline(tree, title, outlet),
        "outlet": outlet,
        "url": url,
        "published": stated.published(tree, url),
    }
    return {name: " ".join(value.split()) for name, value in found.items() if value and value.strip()}


def _headline(tree: Any, title: str | None, outlet: str | None) -> str | None:  # noqa: ANN401 - lxml is not typed
    """Return the headline that the page shows, else its title without the outlet's name."""
    shown = [" ".join("".join(heading.itertext()).split()) for heading in tree.iterfind(".//h1")]
    shown = [heading for heading in shown if " " in heading and heading != outlet and len(heading) < 300]
    if len(shown) == 1:
        return shown[0]
    if title and outlet:
        return re.sub(rf"\s+[-–—|:·]\s+{re.escape(outlet)}\s*$", "", title)
    return title


def _address(tree: Any) -> str | None:  # noqa: ANN401 - lxml is not typed
    stated_ones = (
        *(link.get("href") for link in tree.iterfind('.//link[@rel="canonical"]')),
        *(meta.get("content") for meta in tree.iterfind('.//meta[@property="og:url"]')),
    )
    for url in stated_ones:
        try:
            parts = urlsplit((url or "").strip())
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.netloc:
            return parts.geturl()
    return None


def _main_text(tree: Any) -> str:  # noqa: ANN401 - lxml is not typed
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    try:
        document = bare_extraction(tree, include_comments=False)
    except Exception:  # noqa: BLE001 - hostile pages reach code that was not written for them
        return ""
    text = document.text if isinstance(document, Document) else None
    lines = (line.strip() for line in (text or "").split("\n"))
    return "\n\n".join(line for line in lines if line)


def _with_headline(text: str, headline: str | None) -> str:
    """Return the text with its headline before it, unless it stands among the first lines already."""
    if not headline or _letters(headline) in _letters(text[: len(headline) + 600]):
        return text
    return f"{headline}\n\n{text}"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
