"""From a claim back to its page: links, paths, page numbers and boxes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sayso.records import Span, Trace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.find.links import Fragments
    from sayso.records import Anchor, Box, Page, Report


def traces(page: Page, report: Report, claims: Sequence[tuple[Span, Span]]) -> tuple[Trace, ...]:
    """Return the way back to the page for each of some claims.

    A web page is parsed again for this, so it is done for pages with claims only.

    Args:
        page: The page that the report was found on.
        report: The report, with its anchors.
        claims: For each claim the span of its figure and the span of its sentence.
    """
    if not report.anchors or not claims:
        return (Trace(),) * len(claims)
    ends = [anchor.span.end for anchor in report.anchors]
    starts = [anchor.span.start for anchor in report.anchors]

    def over(span: Span) -> tuple[Anchor, ...]:
        return report.anchors[bisect_right(ends, span.start) : bisect_left(starts, span.end)]

    if page.media_type == "application/pdf":
        return tuple(_on_paper(report, figure, over(figure)) for figure, _ in claims)
    from sayso.find.links import Fragments
    from sayso.find.parse import parsed

    again, _ = parsed(page.body, page.where, page.charset)
    fragments = Fragments(again.tree) if again else None
    return tuple(
        Trace(_link(report, sentence, over(sentence), fragments), next((one.path for one in over(figure)), None))
        for figure, sentence in claims
    )


def _link(report: Report, sentence: Span, anchors: Sequence[Anchor], fragments: Fragments | None) -> str | None:
    fragment = fragments.of(sentence, report.text, anchors) if fragments else None
    if not fragment:
        return report.url
    return f"{_unfinished(report.url)}{fragment}"


def _unfinished(url: str | None) -> str:
    """Return an address to which a fragment directive can be added; its own fragment is kept."""
    if not url:
        return "#"
    return url if urlsplit(url).fragment else f"{url.removesuffix('#')}#"


def _on_paper(report: Report, figure: Span, anchors: Sequence[Anchor]) -> Trace:
    """Return the page of a PDF and the boxes of the words that say how many, those of one line as one box."""
    page = anchors[0].page if anchors else None
    boxes = tuple(box for anchor in anchors if anchor.page == page if (box := _box(report.text, figure, anchor)))
    link = f"{report.url}#page={page}" if report.url and page and not urlsplit(report.url).fragment else report.url
    return Trace(link=link, page=page, boxes=boxes)


def _box(text: str, figure: Span, anchor: Anchor) -> Box | None:
    """Return the box around those words of a line that lie in a span."""
    held = []
    at = anchor.span.start
    words = anchor.span.of(text).split()
    if len(words) != len(anchor.boxes):
        return None
    for word, box in zip(words, anchor.boxes, strict=True):
        start = text.index(word, at)
        at = start + len(word)
        if Span(start, at).overlaps(figure):
            held.append(box)
    if not held:
        return None
    lefts, bottoms, rights, tops = zip(*held, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)
