"""The date of publication that a web page states itself, and what it rests on.

Guesses are left out: a wrong date moves every day a report speaks of.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from sayso.find.blocks import HEADINGS
from sayso.find.published import dates_in, iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.find.blocks import Block
    from sayso.find.structured import Data
    from sayso.records import PublishedFrom

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
_DATELINE = re.compile(
    r"\s*+[^\W\d_a-z][^\d\n]{1,80}?[,(\s]\s*(?P<date>[^\W\d_]{0,12}\.?\s?\d{1,2}[\w.,]*\s[\w.]{2,12},?(?:\s\d{2,4})?)"
    r"\)?\s*(?:\([^)\n]{2,40}\))?\s*(?:--|[-–—])\s"
)
_SMALL = frozenset(
    {"of", "the", "near", "outside", "and", "de", "del", "la", "el", "al", "en", "le", "les", "sur", "am", "der"}
)
_SHORT_YEAR = re.compile(r"(\d{1,2} [^\W\d_]{3,9}\.?) (\d\d)$")
_LABEL = re.compile(
    r"\b(?:published|posted|issued|date|dated|released|publié|publicado|veröffentlicht|pubblicato)\b", re.IGNORECASE
)
_CHANGED = re.compile(r"\b(?:updated|modified|edited|accessed|copyright|mis à jour)\b|©", re.IGNORECASE)
_WITHIN_WORDS = re.compile(r"\b(?:of|until|since|from|between|on|by|in|the|after|before|to)\s*$", re.IGNORECASE)
_OTHER_WORDS = 8
_LONGEST_LINE = 160
_BEFORE_HEADLINE = 8
_AFTER_HEADLINE = 6


def published(
    tree: Any,  # noqa: ANN401 - lxml is not typed
    data: Data,
    url: str | None,
) -> tuple[str, PublishedFrom] | None:
    """Return the date of publication that a page's data, tags or address state, as ISO 8601, and which of them did.

    Args:
        tree: The page as lxml parsed it.
        data: What it says about itself.
        url: Its address, where known.
    """
    for stated in (*data.dates, *(data.tags[name] for name in _NAMES if name in data.tags)):
        if day := iso(stated):
            return day, "metadata"
    for stated in _in_elements(tree):
        if day := iso(stated):
            return day, "tag"
    found = _IN_ADDRESS.search(url or "")
    day = iso(f"{found[1]}/{found[2]}/{found[3]}") if found else None
    return (day, "address") if day else None


def published_in_words(
    blocks: Sequence[Block], headline: int, opening: Sequence[str]
) -> tuple[str, PublishedFrom] | None:
    """Return the date that the words of a page state beside its headline or in its dateline, and which did.

    A date beside the headline counts after a word such as "Published", or in a line with few other words ("Korvat, 12
    June 2021"). Where several days are stated so, none is taken.

    Args:
        blocks: All blocks of the page.
        headline: The number of the block that is the headline.
        opening: The first paragraphs of the main text.
    """
    for paragraph in opening:
        if day := dateline(paragraph):
            return day, "dateline"
    labelled: list[str] = []
    plain: list[str] = []
    for block in blocks[max(0, headline - _BEFORE_HEADLINE) : headline + _AFTER_HEADLINE + 1]:
        if block.outside or block.is_row or len(block.text) > _LONGEST_LINE or block.number == headline:
            continue
        for day, start, end in dates_in(block.text):
            before = block.text[:start]
            if _LABEL.search(before[-30:]):
                labelled.append(day)
            elif not _CHANGED.search(before[-30:]) and _is_dating(block, before, block.text[end:]):
                plain.append(day)
    for days in (labelled, plain):
        if days and len({day[:10] for day in days}) == 1:
            return days[0], "text"
    return None


def dateline(paragraph: str) -> str | None:
    """Return the full date in the dateline that opens a paragraph, in ISO 8601.

    A year of two figures is taken as one from 1950 to 2049.

    >>> dateline("SAN TELMO, 17 MAR 91 (NPA) -- GUNMEN STOPPED A BUS.")
    '1991-03-17'
    >>> dateline("FAIRMONT FALLS, July 3 - Two people were killed.") is None
    True
    """
    found = _DATELINE.match(paragraph[:200])
    if not found or not _is_place(paragraph[: found.start("date")]):
        return None
    words = found["date"].strip(" ,(")
    full = _SHORT_YEAR.sub(lambda short: f"{short[1]} {1900 + int(short[2]) + 100 * (int(short[2]) < 50)}", words)
    dates = dates_in(full)
    return dates[0][0] if dates else None


def _is_place(words: str) -> bool:
    """Say whether some words can be places and agencies: names, and the small words within them."""
    return all(word[0].isupper() or word in _SMALL for word in re.findall(r"[^\W\d_]+", words))


def is_date_line(text: str) -> bool:
    """Say whether a line says little more than when the report was published.

    >>> is_date_line("Published: 4 March 2021, 10:32"), is_date_line("Korvat, 4 March 2021")
    (True, False)
    """
    found = dates_in(text[:_LONGEST_LINE])
    if not found or not _LABEL.search(text) or text.endswith((".", "!", "?")):
        return False
    rest = text[: found[0][1]] + text[found[-1][2] :]
    return len(_LABEL.sub("", rest).split()) <= 4


def _is_dating(block: Block, before: str, after: str) -> bool:
    """Say whether a date belongs to a line that dates the page rather than to a title or a sentence with a date."""
    if block.tag in HEADINGS or _WITHIN_WORDS.search(before) or after.rstrip().endswith((".", "!", "?")):
        return False
    return len(before.split()) + len(after.split()) <= _OTHER_WORDS


def _in_elements(tree: Any) -> Iterator[str]:  # noqa: ANN401 - lxml is not typed
    """Yield what the elements say that are marked as the date of publication."""
    for marked in tree.iterfind('.//*[@itemprop="datePublished"]'):
        yield marked.get("content") or marked.get("datetime") or "".join(islice(marked.itertext(), 9))
    times = list(tree.iterfind(".//time"))
    published_ones = [time for time in times if time.get("pubdate") is not None or "published" in _marks(time)]
    # One lone time element is the page's own; of several unmarked ones, any may belong to a comment or a teaser.
    for time in published_ones or (times if len(times) == 1 else _beside_headline(tree)):
        yield time.get("datetime") or "".join(islice(time.itertext(), 9))
    # Microformats: https://microformats.org/wiki/value-class-pattern has the moment in the title of an abbr.
    abbreviations = [one for one in tree.iterfind(".//abbr[@title]") if "published" in _marks(one)]
    if len({one.get("title") for one in abbreviations}) == 1:
        yield abbreviations[0].get("title")


def _beside_headline(tree: Any) -> list[Any]:  # noqa: ANN401 - lxml is not typed
    """Return the time elements beside the page's only first-order heading: in its parent, or one element below."""
    headings = list(tree.iterfind(".//h1"))
    parent = headings[0].getparent() if len(headings) == 1 else None
    if parent is None or parent.tag == "body":
        return []
    beside = [*parent.iterfind("./time"), *parent.iterfind("./*/time")]
    return beside if len(beside) == 1 else []


def _marks(element: Any) -> str:  # noqa: ANN401 - lxml is not typed
    return f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
