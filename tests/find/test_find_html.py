"""Web pages: the report and its headline are kept, the rest of the page is not; hostile pages do no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.find import find_report, main_text, parse
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
    ("head", "body", "published", "evidence"),
    [
        (GRAPH, "", "2020-05-06T07:08:09Z", "metadata"),
        (BROKEN_DATA + '<meta name="DC.date.issued" content="2020-05-06">', "", "2020-05-06", "metadata"),
        ('<meta itemprop="datePublished" content="6 May 2020">', "", "2020-05-06", "metadata"),
        ("", '<time datetime="2020-05-06">Wednesday</time>', "2020-05-06", "tag"),
        ("", "<time>6 May 2020</time>", "2020-05-06", "tag"),
        (
            "",
            '<time datetime="2020-05-07"></time><time class="published" datetime="2020-05-06"></time>',
            "2020-05-06",
            "tag",
        ),
        ("", '<time datetime="2020-05-07"></time><time datetime="2020-05-06"></time>', None, None),
        ('<link rel="canonical" href="https://post.example/2020/05/06/flood">', "", "2020-05-06", "address"),
        ('<meta name="date" content="03/04/2020">', "", None, None),
        ("", "<p>The bridge was built on 6 May 2020, the mayor recalled.</p>", None, None),
        ("", "<footer>Copyright 2020. Updated 6 May 2020.</footer>", None, None),
    ],
)
def test_only_a_date_that_the_page_states_is_taken(
    head: str, body: str, published: str | None, evidence: str | None
) -> None:
    report = found(page(head, BODY.replace("</article>", f"</article>{body}")))
    assert (report.published, report.published_from) == (published, evidence)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("<p>Published 6 May 2020</p>", "2020-05-06"),
        ("<p>Marren, 6 May 2020</p>", "2020-05-06"),
        ("<p>Updated 7 May 2020, published 6 May 2020</p>", "2020-05-06"),
        ("<p>Updated 6 May 2020</p>", None),
        ("<p>6 May 2020 | 7 May 2020</p>", None),
        ("<h2>The flood of 6 May 2020</h2>", None),
        ("<p>How the flood of 6 May 2020 began</p>", None),
        ("<p>The river rose for three days before 6 May 2020.</p>", None),
        ("<table><tr><th>Date</th><td>6 May 2020</td></tr><tr><th>Place</th><td>Ombra</td></tr></table>", None),
    ],
)
def test_a_date_beside_the_headline_is_taken_where_it_dates_the_page(line: str, published: str | None) -> None:
    report = found(page("", BODY.replace("</h1>", f"</h1>{line}")))
    assert report.published == published
    assert report.published_from == (published and "text")


def test_a_date_that_the_user_gives_is_said_to_be_given() -> None:
    report, _ = find_report(Page(page(""), "f.html", "text/html"), Given(published="2021-03-05"))
    assert report is not None
    assert (report.published, report.published_from) == ("2021-03-05", "given")
    report, _ = find_report(
        Page(b'{"text": "Nine died.", "published": "2021-03-05"}', "f", "application/json"), Given()
    )
    assert report is not None
    assert report.published_from == "record"


@pytest.mark.parametrize(
    ("head", "line", "byline"),
    [
        ('<meta name="author" content="Ana Reyes">', "", "Ana Reyes"),
        ('<meta name="author" content="https://post.example/staff/7">', "<p>By Ana Reyes</p>", "Ana Reyes"),
        ("", "<p>By <b>Ana Reyes</b>, health correspondent | 6 May 2020</p>", "Ana Reyes"),
        ("", "<p>Par Ana Reyes</p>", "Ana Reyes"),
        ("", '<div class="meta"><span class="author">Ana Reyes</span> 6 May</div>', "Ana Reyes"),
        ("", '<p class="byline">By The Marren Post</p>', None),
        ("", "<p>By the river, people looked for their neighbours until the night.</p>", None),
        ("", "", None),
    ],
)
def test_bylines(head: str, line: str, byline: str | None) -> None:
    assert found(page(HEAD + head, BODY.replace("</h1>", f"</h1>{line}"))).byline == byline


def test_a_first_sentence_that_names_the_author_is_no_byline() -> None:
    words = "Ana Reyes counted nine bodies in the school of Ombra."
    report = found(
        page(f'{HEAD}<meta name="author" content="Ana Reyes">', BODY.replace("<article>", f"<article><p>{words}</p>"))
    )
    assert words in report.text


LINKS = '<ul><li><a href="/1">Seven die in a storm</a></li><li><a href="/2">Bridge closed</a></li></ul>'


@pytest.mark.parametrize("heading", ["<h3>Related stories</h3>", "<p>Read also:</p>", "<h3>More from the Post</h3>"])
def test_a_list_of_other_reports_does_not_end_the_report(heading: str) -> None:
    report = found(page(body=BODY.replace("</p>\n<p>Hospital", f"</p>{heading}{LINKS}<p>Hospital")))
    assert "Hospital workers" in report.text
    assert "storm" not in report.text
    assert "elated" not in report.text


@pytest.mark.parametrize("classes", ["has-sidebar", "margin-bottom-lg", "commentary", "comments-open no-share"])
def test_classes_that_only_sound_like_something_else(classes: str) -> None:
    assert "Hospital workers" in found(page(body=BODY.replace("<p>Hosp", f'<p class="{classes}">Hosp'))).text


def test_a_table_in_a_figure_is_kept_and_a_caption_is_not() -> None:
    table = "<table><tr><th>Town</th><th>Dead</th></tr><tr><td>Ombra</td><td>7</td></tr></table>"
    figures = (
        f"<figure>{table}</figure><figure><img src=a><figcaption>The river on Friday morning.</figcaption></figure>"
    )
    report = found(page(body=BODY.replace("</article>", f"{figures}</article>")))
    assert "Ombra | 7 Dead" in report.text
    assert "The river on Friday" not in report.text


def test_a_text_that_stands_only_in_the_pages_data() -> None:
    words = "Nine people died in Ombra.\\n\\nTwo more &amp; a dog are missing."
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{words}"}}</script>'
    report = found(page(HEAD + data, '<div id="root">Loading</div>'))
    assert report.text.split("\n\n")[1:] == ["Nine people died in Ombra.", "Two more & a dog are missing."]
    assert {anchor.path for anchor in report.anchors} == {"/html[1]/head[1]/script[1]"}


def test_a_page_of_countless_tables_is_read_without_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_text, "TABLE_LIMIT", 2)
    tables = "<table><tr><td>Ombra</td><td>7 dead</td></tr><tr><td>Marl</td><td>2 dead</td></tr></table>" * 3
    report = found(page(body=BODY.replace("</article>", f"{tables}</article>")))
    assert "Hospital workers" in report.text
    assert report.text.count("Marl | 2 dead") == 3
    assert "a hundred at least" not in report.text


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


def test_a_teaser_that_is_marked_as_a_headline_is_none_of_the_pages_own() -> None:
    teaser = '<div class="card"><h3 class="headline">Seven die in a storm off Marl</h3></div>'
    assert found(page(body=f"{teaser}{BODY}")).title == "Ten die in Ombra flood, officials say"
