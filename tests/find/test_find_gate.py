"""The gate lets through every text that may hold a claim, and not everything."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.find import find_report
from sayso.find.gate import may_hold_claim, page_may_hold_claim
from sayso.records import Given, Page


@pytest.mark.parametrize(
    "text",
    [
        "Two men were killed.",
        "TWO MEN WERE KILLED",
        "killed",
        "(dead)",
        "3 wounded, 4 missing",
        "Nobody was hurt.",
        "Ten villagers were abducted",
        "hundreds fled",
        "dead\u2014all of them",
        "“Died,” he said",
        "They lost their lives at sea",
        "\ud800 killed \udfff",
    ],
)
def test_words_of_harm_pass(text: str) -> None:
    assert may_hold_claim(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The council met on Monday to speak about the price of bread.",
        "He wore a deadéned look.",
        "A skilled mason, a studied answer and a shotputter.",
        "DEADLINE EXTENDED",
        "убитых нет",
    ],
)
def test_other_texts_do_not(text: str) -> None:
    assert not may_hold_claim(text)


def page(body: str | bytes, media_type: str = "text/html", encoding: str = "utf-8") -> Page:
    return Page(body if isinstance(body, bytes) else body.encode(encoding), "a page", media_type)


@pytest.mark.parametrize(
    "body",
    [
        "<p>Two men were killed.</p>",
        "<p>TWO DEAD</p>",
        "killed",
        "<p><span class=drop>K</span>illed in Orra were two men.</p>",
        "<p>They lost\n   their <b>lives</b> at sea.</p>",
        "<p>They lost&nbsp;their&#160;lives at sea.</p>",
        "<p>&ldquo;Died,&rdquo; he said</p>",
        "<p>&#8220killed</p>",
        "<p>&#107;&#x69;lled</p>",
        "<title>Nine dead</title><p>A quiet page.</p>",
        '<meta property="og:title" content="Nine killed in Orra"><p>A quiet page.</p>',
        '<script type="application/ld+json">{"headline":"\\u201ckilled\\u201d in Orra"}</script><p>A quiet page.</p>',
        "<!-- <script> --><p>Two men were killed.</p><script>x</script>",
        "<script>never closed <p>Two men were killed.",
        "<p>They were kil\u00adled there.</p>",
        "<p>They were kil&shy;led there.</p>",
        "K</div>illed",
        "<p>a < b and two killed > one</p>",
        "<p title='a>b'>two killed</p>",
        "<p>â€œkilledâ€\x9d is what he said",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_pages_with_words_of_harm_pass(body: str, encoding: str) -> None:
    assert page_may_hold_claim(page(body, encoding=encoding))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>The council met on Monday.</p>",
        "<script>var dead = 1; killed()</script><style>.wounded{}</style><p>The council met.</p>",
        '<div class="dead killed" data-x="wounded"><a href="/killed/dead">The council</a></div>',
        "<a>Skil</a><a>led hands</a>",
    ],
)
def test_pages_with_none_in_their_words_do_not(body: str) -> None:
    assert not page_may_hold_claim(page(body))


def test_other_kinds_of_pages() -> None:
    assert page_may_hold_claim(page(b"%PDF-1.7", "application/pdf"))
    assert page_may_hold_claim(page("He said:\nkilled", "text/plain"))
    assert page_may_hold_claim(page('{"text": "said:\\nkilled"}', "application/json"))
    assert page_may_hold_claim(page('{"text": "k\\u0069lled"}', "application/json"))
    assert page_may_hold_claim(page("“killed”", "text/plain", "cp1252"))
    assert not page_may_hold_claim(page("The council met.", "text/plain"))
    assert not page_may_hold_claim(page('{"text": "The council met."}', "application/json"))


# No styles: their rules are taken for words where one stands within a heading.
_PIECE = st.sampled_from(
    [
        *(
            "killed",
            "K",
            "illed",
            "dead",
            "lost",
            "their",
            "lives",
            "two men",
            "fled",
            "\n",
            " ",
            "&nbsp;",
            "&#107;",
            "é",
        ),
        *(
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<p>",
            "</p>",
            "<span class='dead'>",
            "</span>",
            "<br>",
            "<a href='/dead'>",
            "</a>",
        ),
        *(
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<title>",
            "</title>",
            "<h1>",
            "</h1>",
            "<",
            ">",
        ),
        *(
            '"',
            "“",
            "\x93",
            "â€œ",
            ";",
            "&",
            "\\n",
            "<div title='x>y'>",
            "</div>",
            "\u00ad",
            "<wbr>",
            "<noscript>",
            "<td>",
        ),
        "The council of the town met on Monday to speak about the price of bread and of coal in the winter to come.",
    ]
)


@given(st.lists(_PIECE, max_size=25).map("".join), st.sampled_from(["utf-8", "cp1252", "utf-16"]))
@settings(deadline=None, max_examples=300)
def test_no_page_is_held_back_whose_text_would_pass(body: str, encoding: str) -> None:
    for media_type in ("text/html", "text/plain"):
        one = page(body.encode(encoding, "replace"), media_type)
        report, _ = find_report(one, Given())
        if report is not None and may_hold_claim(f"{report.title}\n{report.text}"):
            assert page_may_hold_claim(one)


@given(st.lists(_PIECE, max_size=25).map("".join))
def test_no_record_is_held_back_whose_text_would_pass(text: str) -> None:
    for ascii_only in (True, False):
        one = page(json.dumps({"text": text}, ensure_ascii=ascii_only), "application/json")
        assert page_may_hold_claim(one) or not may_hold_claim(text)


@pytest.mark.parametrize(
    "piece", ["<script>", "<b>", "a<b>", "<", "&#", "<style><!--", "killed<", "\\u00", "k</b>", "</script>"]
)
def test_hostile_pages_are_judged_in_time(piece: str) -> None:
    body = (piece * (3_000_000 // len(piece))).encode()
    assert page_may_hold_claim(page(body)) in {True, False}
