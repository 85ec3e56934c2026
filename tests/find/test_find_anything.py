"""Any bytes in, no exception out: a report, or a problem that says why there is none."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.find import find_report
from sayso.pages.kinds import Kind
from sayso.records import Given, Page

TAGS = st.sampled_from(
    [
        *("<html>", "<body>", "</body>", "<p>", "</p>", "<p", "<h1>", "</h1>", "<table>", "<td>", "<!--", "-->"),
        *("<![CDATA[", "]]>", "<?xml ", "<!DOCTYPE", "<time>", "<script type=application/ld+json>", "</script>"),
        *('{"datePublished": 5}', "<meta charset=", '"', "'", "&#0;", "&#x110000;", "&amp", "<svg>", "<title>"),
        *("Two men died.", "\x00", "\x85", "é", "\ud800", " ", "\n", "<base href='http://['>", "<link rel=canonical"),
    ],
)
MARKUP = st.lists(TAGS, max_size=30).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))
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


@settings(deadline=None)
@given(st.text(), st.text(), st.text(), st.text(), st.text())
def test_whatever_is_given(title: str, url: str, outlet: str, published: str, language: str) -> None:
    given_ = Given(title, url, outlet, published, language)
    report, _ = find_report(Page(b"Two men died.", "f", "text/plain"), given_)
    assert report is not None
    assert report.text == "Two men died."
