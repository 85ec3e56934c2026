"""PDFs: paragraphs come back whole; locked, broken and scanned files are lost with advice."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from sayso.find import find_report, pdf
from sayso.find.trace import traces
from sayso.records import Given, Page, Report, Span

if TYPE_CHECKING:
    from sayso.problems import Problem

FIRST = (
    "The regional government of Upper Venn said on Monday that at least 23 people had been killed when a dam above "
    "the town of Sarrow gave way, and that the number was likely to rise as rescuers reached outlying farms."
)
SECOND = (
    "Doctors at two hospitals, who did not wish to be named, told reporters that they had counted 31 bodies. A "
    "spokesman for the ministry called that figure premature."
)


def typeset(title: str | None = None, repeat: int = 1) -> bytes:
    out, styles = io.BytesIO(), getSampleStyleSheet()
    story: list[object] = [Paragraph("Dam gives way above Sarrow", styles["Title"])]
    for _ in range(repeat):
        story += [Paragraph(FIRST, styles["Normal"]), Spacer(1, 12), Paragraph(SECOND, styles["Normal"]), Spacer(1, 12)]
    SimpleDocTemplate(out, title=title).build(story)
    return out.getvalue()


def drawn(*pages: list[str], encrypt: StandardEncryption | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=encrypt)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 700 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def find(body: bytes) -> tuple[Report | None, tuple[Problem, ...]]:
    return find_report(Page(body, "f.pdf", "application/pdf"), Given(language="en"))


def found(body: bytes) -> Report:
    report, problems = find(body)
    assert report is not None
    assert problems == ()
    return report


def test_paragraphs_are_whole_again() -> None:
    assert found(typeset()).text == f"Dam gives way above Sarrow\n\n{FIRST}\n\n{SECOND}"


def test_paragraphs_go_on_over_pages() -> None:
    assert found(typeset(repeat=25)).text == "\n\n".join(["Dam gives way above Sarrow", *[FIRST, SECOND] * 25])


def test_parted_words_are_joined() -> None:
    body = drawn(["Nine people were evac-", "uated from the town, a 17-", "year-old from Sarrow-", "Venn among them."])
    assert found(body).text == "Nine people were evacuated from the town, a 17-year-old from Sarrow-Venn among them."


def test_page_numbers_do_not_come_between() -> None:
    text = found(drawn(["Nine people were killed when", "- 1 -"], ["a bridge fell in Sarrow.", "Page 2 of 2"])).text
    assert text == "Nine people were killed when a bridge fell in Sarrow."


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Dam gives way", "Dam gives way"),
        (None, None),
        ("Microsoft Word - dam3.docx", None),
        ("dam final.indd", None),
        ("x", None),
    ],
)
def test_a_sane_title_is_taken(title: str | None, expected: str | None) -> None:
    assert found(typeset(title)).title == expected


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (drawn(["Nine people died."], encrypt=StandardEncryption("secret", strength=128)), "pdf-locked"),
        (drawn([]), "pdf-without-text"),
        (typeset()[:700], "pdf-broken"),
        (b"%PDF-1.7\n", "pdf-broken"),
        (b"", "pdf-broken"),
    ],
)
def test_what_cannot_be_read_is_lost_with_advice(body: bytes, code: str) -> None:
    report, problems = find(body)
    assert report is None
    assert [(problem.code, problem.lost) for problem in problems] == [(code, True)]
    assert problems[0].remedy


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    body = drawn(["Nine people died."], encrypt=StandardEncryption("", ownerPassword="owner", strength=128))
    assert found(body).text == "Nine people died."


def test_more_pages_than_the_limit_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PAGE_LIMIT", 1)
    report, problems = find(drawn(["Nine people died."], ["Two fled."]))
    assert report is not None
    assert report.text == "Nine people died."
    assert [(problem.code, problem.lost) for problem in problems] == [("pdf-cut", False)]


def test_threads_take_turns() -> None:
    body = typeset(repeat=5)
    with ThreadPoolExecutor(4) as pool:
        assert len({found_.text for found_ in pool.map(found, [body] * 12)}) == 1


def test_each_line_leads_to_its_page_and_the_boxes_of_its_words() -> None:
    report = found(drawn(["Nine people were killed in Sarrow.", "Two women fled."], ["A third was found."]))
    lines = [(anchor.span.of(report.text), anchor.page, len(anchor.boxes)) for anchor in report.anchors]
    assert lines == [
        ("Nine people were killed in Sarrow.", 1, 6),
        ("Two women fled.", 1, 3),
        ("A third was found.", 2, 4),
    ]
    nine, people, *_ = report.anchors[0].boxes
    # The words are set in Helvetica of 12 points from (72, 700), whose widths are known.
    assert nine[0] == pytest.approx(72, abs=1.5)
    assert nine[2] == pytest.approx(72 + stringWidth("Nine", "Helvetica", 12), abs=1.5)
    assert people[0] == pytest.approx(72 + stringWidth("Nine ", "Helvetica", 12), abs=1.5)
    assert nine[1] < 700 < nine[3]


def test_a_parted_word_has_a_box_on_each_line() -> None:
    report = found(drawn(["Nine people were evac-", "uated from the town."]))
    assert [anchor.span.of(report.text) for anchor in report.anchors] == [
        "Nine people were evac",
        "uated from the town.",
    ]
    assert [len(anchor.boxes) for anchor in report.anchors] == [4, 4]


def test_a_figure_is_traced_to_its_boxes() -> None:
    body = drawn(["The council counted as many as", "31 bodies on Monday."], ["Two more were found."])
    page = Page(body, "f.pdf", "application/pdf", url="https://a.example/f.pdf")
    report, _ = find_report(page, Given(language="en"))
    assert report is not None
    words = "as many as 31 bodies"
    span = Span(report.text.index(words), report.text.index(words) + len(words))
    (trace,) = traces(page, report, [(span, Span(0, span.end))])
    assert (trace.page, trace.link, trace.path) == (1, "https://a.example/f.pdf#page=1", None)
    (upper, lower) = trace.boxes
    assert upper[1] > lower[1]
    assert lower[0] == pytest.approx(72, abs=1.5)
    assert lower[2] == pytest.approx(72 + stringWidth("31 bodies", "Helvetica", 12), abs=1.5)
    later = Span(report.text.index("Two more"), len(report.text))
    assert traces(page, report, [(later, later)])[0].page == 2


def test_beyond_the_limit_words_have_no_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "BOX_LIMIT", 5)
    report = found(drawn(["Nine people were killed.", "Two women fled."]))
    assert [(anchor.page, len(anchor.boxes)) for anchor in report.anchors] == [(1, 4), (1, 0)]


def test_words_are_parted_for_boxes_as_python_parts_them() -> None:
    kept = {0x02}  # the mark of a parted word's hyphen, which the text keeps
    gaps = {code for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF and pdf._clean(chr(code)).isspace()}  # noqa: SLF001 - what the boxes rest on
    assert gaps - kept == pdf._GAPS  # noqa: SLF001 - likewise
