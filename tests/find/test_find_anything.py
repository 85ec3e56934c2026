"""Any bytes in, no exception out: a report, or a problem that says why there is none."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HTMLParser, document_fromstring

from sayso.find import find_report
from sayso.find.trace import traces
from sayso.pages.kinds import Kind
from sayso.records import Given, Page, Report

TAGS = st.sampled_from(
    [
        *("<html>", "<body>", "</body>", "<p>", "</p>", "<p", "<h1>", "</h1>", "<table>", "<td>", "<!--", "-->"),
        *("<![CDATA[", "]]>", "<?xml ", "<!DOCTYPE", "<time>", "<script type=application/ld+json>", "</script>"),
        *('{"datePublished": 5}', "<meta charset=", '"', "'", "&#0;", "&#x110000;", "&amp", "<svg>", "<title>"),
        *("Two men died.", "\x00", "\x85", "é", "\ud800", " ", "\n", "<base href='http://['>", "<link rel=canonical"),
    ],
)
MARKUP = st.lists(TAGS, max_size=30).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))
WORDS = st.sampled_from(
    ["Two men died.", "14:32", "12", "Killed", "District", "6 May 2020", "By Ana Reyes", "Related", ""],
)
CLASSES = st.sampled_from(
    ["", ' class="comments"', ' class="byline"', ' id="main"', " hidden", ' colspan="3"', ' rowspan="0"'],
)
CELL = st.sampled_from(["td", "th"])
LAYOUT = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.builds(
            "<{0}{1}>{2}</{0}>".format,
            st.sampled_from(
                ["p", "div", "h1", "h3", "article", "ul", "li", "a", "b", "span", "pre", "figure", "aside"]
            ),
            CLASSES,
            st.lists(inner, max_size=4).map(" ".join),
        ),
        st.lists(
            st.lists(st.builds("<{0}{1}>{2}</{0}>".format, CELL, CLASSES, inner), max_size=3).map("".join), max_size=4
        ).map(lambda rows: f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"),
        st.builds('<div><time datetime="2020-05-0{}T08:00">8</time>{}</div>'.format, st.integers(1, 9), inner),
    ),
    max_leaves=25,
).map(lambda body: f'<html><head><meta name="date" content="2020-05-06"></head><body>{body}</body></html>')
PDF_PARTS = st.sampled_from(
    [
        *(b"%PDF-1.4\n", b"1 0 obj\n", b"<</Type/Catalog/Pages 2 0 R>>", b"endobj\n", b"stream\n", b"endstream\n"),
        *(b"xref\n", b"2 0 obj\n<</Type/Pages/Kids[2 0 R 3 0 R]/Count 999999>>", b"trailer<</Root 1 0 R>>"),
        *(b"%%EOF", b"0 0 f\n", b"\xff"),
    ],
)
PDF = st.lists(PDF_PARTS, max_size=20).map(b"".join)


@pytest.mark.parametrize("media_type", [*get_args(Kind), "image/png", ""])
@settings(deadline=None, max_examples=150)
@given(body=st.binary(max_size=600) | MARKUP | PDF)
def test_any_bytes_give_a_report_or_a_lost_problem(media_type: str, body: bytes) -> None:
    report, problems = find_report(Page(body, "f", media_type), Given())
    assert (report is None) == any(problem.lost for problem in problems)
    assert all(problem.what and problem.remedy and problem.where == "f" for problem in problems)
    if report:
        assert report.text.strip()
        assert report.text.encode("utf-8")
        assert report == find_report(Page(body, "f", media_type), Given())[0]
        assert (report.published is None) == (report.published_from is None)
        assert_anchored(report)


def assert_anchored(report: Report) -> None:
    """Check that anchors and passages lie in the text, in order and apart, and that each word of a line has its box."""
    for spans in ([anchor.span for anchor in report.anchors], [passage.span for passage in report.passages]):
        assert all(0 <= span.start < span.end <= len(report.text) for span in spans)
        assert all(before.end <= after.start for before, after in pairwise(spans))
    for anchor in report.anchors:
        words = anchor.span.of(report.text)
        assert words == words.strip()
        assert (anchor.path is None) != (anchor.page is None)
        assert len(anchor.boxes) in {0, len(words.split())}


@settings(deadline=None)
@given(body=LAYOUT)
def test_any_layout_keeps_its_anchors(body: str) -> None:
    page = Page(body.encode(), "f", "text/html")
    report, _ = find_report(page, Given())
    if report is None:
        return
    assert_anchored(report)
    tree = document_fromstring(body.encode(), parser=HTMLParser(encoding="utf-8"))
    for anchor in report.anchors:
        (element,) = tree.getroottree().xpath(anchor.path)
        inside = "".join("".join(element.itertext()).split())
        assert all(word in inside for word in anchor.span.of(report.text).split())
    spans = [(anchor.span, anchor.span) for anchor in report.anchors]
    for trace, anchor in zip(traces(page, report, spans), report.anchors, strict=True):
        assert trace.path == anchor.path


@settings(deadline=None)
@given(st.text(), st.text(), st.text(), st.text(), st.text())
def test_whatever_is_given(title: str, url: str, outlet: str, published: str, language: str) -> None:
    given_ = Given(title, url, outlet, published, language)
    report, _ = find_report(Page(b"Two men died.", "f", "text/plain"), given_)
    assert report is not None
    assert report.text == "Two men died."
