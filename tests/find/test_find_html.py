"""Web pages: the report and its headline are kept, the rest of the page is not; hostile pages do no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.find import find_report, parse
from sayso.find.visible import visible_text
from sayso.records import Given, Page, Report

if TYPE_CHECKING:
    from sayso.problems import Problem

HEAD = """<title>Ten die in Ombra flood | The Marren Post</title>
<meta property="og:site_name" content="The Marren Post">
<link rel="canonical" href="https://post.example/news/flood">
<meta property="article:published_time" content="2021-03-04T23:30:00+02:00">"""
BODY = """<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<header><h1>Ten die in Ombra flood, officials say</h1></header>
<article><p>Ten people died when the river Ombra burst its banks on Tuesday, the ministry said in a statement.</p>
<p>Hospital workers told local radio that at least fourteen bodies had been brought in by the evening.</p></article>
<div id="comments" class="comments"><p>It was a hundred at least, and nobody dares to say it in this town.</p></div>
<footer>Copyright The Marren Post. All rights reserved.</footer>"""

GRAPH = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "datePublished": "2001-01-01"},
{"@type": "NewsArticle", "datePublished": "2020-05-06T07:08:09Z"}]}</script>"""
BROKEN_DATA = '<script type="application/ld+json">{"datePublished": "2001-01-01"</script>'


def page(head: str = HEAD, body: str = BODY) -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def find(body: bytes) -> tuple[Report | None, tuple[Problem, ...]]:
    return find_report(Page(body, "f.html", "text/html"), Given(language="en"))


def found(body: bytes) -> Report:
    report, _ = find(body)
    assert report is not None
    return report


def test_a_news_page() -> None:
    report, problems = find(page())
    assert problems == ()
    assert report is not None
    assert report.title == "Ten die in Ombra flood, officials say"
    assert report.outlet == "The Marren Post"
    assert report.url == "https://post.example/news/flood"
    assert report.published == "2021-03-04T23:30:00+02:00"
    headline, first, second = report.text.split("\n\n")
    assert headline == report.title
    assert first.startswith("Ten people died when")
    assert second.endswith("by the evening.")


def test_a_headline_in_the_text_is_not_doubled() -> None:
    inside = BODY.replace("<header><h1>Ten die in Ombra flood, officials say</h1></header>", "").replace(
        "<article>",
        "<article><h1>Ten die in Ombra flood, officials say</h1>",
    )
    assert found(page(body=inside)).text.count("officials say") == 1


def test_a_headline_that_only_the_title_has_loses_the_outlets_name() -> None:
    report = found(page(body=BODY.replace("h1>", "div>")))
    assert report.title == "Ten die in Ombra flood"
    assert report.text.startswith("Ten die in Ombra flood\n\n")


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (GRAPH, "", "2020-05-06T07:08:09Z"),
        (BROKEN_DATA + '<meta name="DC.date.issued" content="2020-05-06">', "", "2020-05-06"),
        ('<meta itemprop="datePublished" content="6 May 2020">', "", "2020-05-06"),
        ("", '<time datetime="2020-05-06">Wednesday</time>', "2020-05-06"),
        ("", "<time>6 May 2020</time>", "2020-05-06"),
        ("", '<time datetime="2020-05-07"></time><time class="published" datetime="2020-05-06"></time>', "2020-05-06"),
        ("", '<time datetime="2020-05-07"></time><time datetime="2020-05-06"></time>', None),
        ('<link rel="canonical" href="https://post.example/2020/05/06/flood">', "", "2020-05-06"),
        ('<meta name="date" content="03/04/2020">', "", None),
        ("", "<p>The bridge was built on 6 May 2020, the mayor recalled.</p>", None),
        ("", "<footer>Copyright 2020. Updated 6 May 2020.</footer>", None),
    ],
)
def test_only_a_date_that_the_page_states_is_taken(head: str, body: str, published: str | None) -> None:
    report = found(page(head, BODY.replace("</article>", f"</article>{body}")))
    assert report.published == published


def test_the_encoding_a_page_declares() -> None:
    body = BODY.replace("statement", "заявление")
    source = page('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', body)
    report, problems = find(source.decode().encode("cp1251"))
    assert report is not None
    assert "заявление" in report.text
    assert problems == ()


def test_a_page_without_an_article_gives_its_visible_words() -> None:
    report = found(b"<html><body><script>var dead = 5;</script><p>Two <b>men</b> died</p></body></html>")
    assert report.text == "Two men died"


@pytest.mark.parametrize("body", [b"<html></html>", b"<script>var dead = 5;</script>", b"<html><body>\x00 </body>"])
def test_a_page_without_words_is_lost(body: bytes) -> None:
    report, problems = find(body)
    assert report is None
    assert (problems[-1].code, problems[-1].lost) == ("no-text", True)


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "font"])
def test_tags_nested_beyond_all_measure_keep_their_words(tag: str) -> None:
    report, problems = find(b"<html><body>" + f"<{tag}>".encode() * 20_000 + b"two men died")
    assert report is not None
    assert "two men died" in report.text
    assert [(problem.code, problem.lost) for problem in problems] == [("malformed-html", False)]


def test_entities_do_not_explode() -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    report, _ = find(f'<!DOCTYPE html [<!ENTITY e0 "dead">{entities}]><html><body><p>Two died &e12;</p>'.encode())
    assert report is not None
    assert len(report.text) < 2000


def test_a_tag_of_countless_attributes_and_an_outsized_page_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    attributes = " ".join(f"a{n}=1" for n in range(200_000))
    assert find(f"<html><body><p {attributes}>Two died.</p>".encode())[1][0].code == "malformed-html"
    monkeypatch.setattr(parse, "SIZE_LIMIT", 100)
    assert find(page())[1][0].code == "too-large"


def test_an_address_that_is_no_web_address_is_left_out() -> None:
    for odd in ("javascript:alert(1)", "/relative", "http://[bad", ""):
        assert found(page(f'<link rel="canonical" href="{odd}">')).url is None


def test_paragraphs_of_visible_words() -> None:
    source = "<div>One<br>two</div><style>p {}</style><p>Three &amp; <i>four</i></p><![bad<p>five"
    assert visible_text(source).startswith("One\n\ntwo\n\nThree & four")
