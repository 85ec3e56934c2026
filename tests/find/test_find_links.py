"""Text fragments show their passage and no other place of the page; paths and boxes lead to the figure."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.find import find_report
from sayso.find.links import Fragments
from sayso.find.parse import parsed
from sayso.find.trace import traces
from sayso.find.visible import visible_text
from sayso.records import Given, Page, Report, Span

FOLDER = Path(__file__).with_name("layouts")
NAMES = sorted(file.stem for file in FOLDER.glob("*.html"))


def whole(words: str) -> re.Pattern[str]:
    """Return a pattern for words as a browser looks for them: each whole, in any case."""
    spaced = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def shown(fragment: str, text: str) -> tuple[list[str], int]:
    """Return what a browser would mark, as the specification has it, and how often its beginning stands in the page."""
    directive = fragment.partition(":~:text=")[2]
    parts = directive.split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    start, end = unquote(parts[0]), unquote(parts[1]) if len(parts) > 1 else ""
    begun = [
        found
        for found in whole(start).finditer(text)
        if not prefix or text[: found.start()].rstrip().casefold().endswith(" ".join(prefix.split()).casefold())
    ]
    if not begun:
        return [], 0
    last = whole(end).search(text, begun[0].end()) if end else begun[0]
    return [text[begun[0].start() : last.end()]] if last else [], len(begun)


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", re.sub(r"\[(?:\d+|edit|citation needed)\]", "", text)).strip().casefold()


@pytest.mark.parametrize("name", [name for name in NAMES if name != "04-script-page"])
def test_every_paragraph_of_a_page_has_a_link_that_shows_it_alone(name: str) -> None:
    body = (FOLDER / f"{name}.html").read_bytes()
    page = Page(body, name, "text/html")
    report, _ = find_report(page, Given())
    assert report is not None
    tree = parsed(body, name)[0]
    assert tree is not None
    fragments, text = Fragments(tree.tree), " ".join(visible_text(body.decode()).split())
    for anchor in report.anchors:
        if not re.search(r"\w", anchor.span.of(report.text)):  # a dash in a table
            continue
        fragment = fragments.of(anchor.span, report.text, [anchor])
        assert fragment is not None
        assert re.fullmatch(r":~:text=[\w.~%,-]+", fragment, re.ASCII)
        marked, times = shown(fragment, text)
        assert times == 1, (anchor.span.of(report.text), fragment)
        assert letters(anchor.span.of(report.text)) == letters(marked[0])


def page_of(body: str, url: str | None = None) -> tuple[Page, Report]:
    page = Page(f"<html><body>{body}</body></html>".encode(), "p.html", "text/html", url=url)
    report, _ = find_report(page, Given(language="en"))
    assert report is not None
    return page, report


SAME = "<p>Nine people were killed in the market of Sarrow.</p>"
OTHER = "<p>A second shell fell on the school at noon, and the teachers carried the children out of the yard.</p>"


def trace_of(words: str, page: Page, report: Report, nth: int = 0) -> str:
    start = [found.start() for found in re.finditer(re.escape(words), report.text)][nth]
    span = Span(start, start + len(words))
    link = traces(page, report, [(span, span)])[0].link
    assert link is not None
    return link


def test_words_that_stand_twice_get_words_before_them() -> None:
    page, report = page_of(
        f"<article><h1>The day in Sarrow</h1>{SAME}{OTHER}{SAME}{OTHER}</article>", "https://a.example/b"
    )
    second = trace_of("Nine people were killed in the market of Sarrow.", page, report, 1)
    assert (
        second == "https://a.example/b#:~:text=yard.-,Nine%20people%20were%20killed%20in%20the%20market%20of%20Sarrow"
    )


@pytest.mark.parametrize(
    ("url", "begins"),
    [
        (None, "#:~:text="),
        ("https://a.example/b#part", "https://a.example/b#part:~:text="),
        ("https://a.example/b#", "https://a.example/b#:~:text="),
    ],
)
def test_the_address_before_the_fragment(url: str | None, begins: str) -> None:
    page, report = page_of(f"<article><h1>The day in Sarrow</h1>{OTHER}</article>", url)
    assert trace_of("A second shell fell", page, report).startswith(begins)


def test_marks_that_the_syntax_uses_are_escaped() -> None:
    words = "Twenty-two R&D staff dead; 1,190 hurt."
    page, report = page_of(f"<article><h1>The day in Sarrow</h1><p>{words.replace('&', '&amp;')}</p>{OTHER}</article>")
    link = trace_of(words, page, report)
    assert link == "#:~:text=Twenty%2Dtwo%20R%26D%20staff%20dead%3B%201%2C190%20hurt"
    assert shown(link, " ".join(visible_text(page.body.decode()).split()))[1] == 1


def test_a_reference_between_the_words_does_not_break_the_link() -> None:
    body = "<p>Forty-one died in the fire,<sup class='reference'>[3]</sup> the inquiry of the county found in May.</p>"
    page, report = page_of(f"<article><h1>The fire of Sarrow</h1>{body}{OTHER}</article>")
    words = "Forty-one died in the fire, the inquiry of the county found in May."
    marked, times = shown(trace_of(words, page, report), " ".join(visible_text(page.body.decode()).split()))
    assert times == 1
    assert letters(marked[0]) == letters(words)


def test_a_row_is_shown_from_its_first_cell_to_its_last() -> None:
    rows = "<tr><td>Orvelo</td><td>14</td></tr><tr><td>Marl</td><td>9</td></tr>"
    table = f"<table><tr><th>Town</th><th>Killed</th></tr>{rows}</table>"
    page, report = page_of(f"<article><h1>The toll of the flood</h1>{OTHER}{table}{OTHER}</article>")
    start = report.text.index("9 Killed")
    sentence = Span(report.text.index("Marl | 9"), start + len("9 Killed"))
    trace = traces(page, report, [(Span(start, start + 1), sentence)])[0]
    assert trace.link == "#:~:text=Marl,9"
    assert trace.path == "/html[1]/body[1]/article[1]/table[1]/tr[3]/td[2]"


def test_a_record_leads_to_no_page() -> None:
    page = Page(b'{"text": "Nine died."}', "r.jsonl:1", "application/json")
    report, _ = find_report(page, Given())
    assert report is not None
    (trace,) = traces(page, report, [(Span(0, 4), Span(0, 10))])
    assert (trace.link, trace.path, trace.page, trace.boxes) == (None, None, None, ())


@settings(deadline=None)
@given(st.lists(st.sampled_from(["dead", "two", "Two", "[1]", ",", "-", "1,190", "é", "“", " ", "\n"]), max_size=40))
def test_any_words_give_a_link_or_none(words: list[str]) -> None:
    page, report = page_of(f"<article><p>{' '.join(words)} dead</p>{OTHER}<p>{''.join(words)}</p></article>")
    spans = [(anchor.span, anchor.span) for anchor in report.anchors]
    for trace in traces(page, report, spans):
        assert trace.path is not None
        assert trace.link is None or re.fullmatch(r"#:~:text=[\w.~%,-]+", trace.link, re.ASCII)
