"""PDF files to the fields of a report: the text of all pages, its lines joined to paragraphs again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from threading import Lock
from typing import TYPE_CHECKING, Any

from sayso.find.found import Found, Paragraph, Piece, laid_out
from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import Box

PAGE_LIMIT = 2_000
CHARACTER_LIMIT = 20_000_000
TALLEST = 2_400
"""Lines of a page as dots, at most."""

BOX_LIMIT = 500_000
"""Words whose boxes are kept, about 100 MB of them; of those after them only the page is known."""

# PDFium may not be entered by two threads at once: https://pypdfium2.readthedocs.io/en/stable/readme.html
_PDFIUM = Lock()

_HYPHEN = "\x02"
"""What PDFium gives for a hyphen that parts a word at the end of a line."""

_CONTROL = re.compile(r"[\x00\x01\x03-\x08\x0b-\x1f\x7f-\x9f]|[\ud800-\udfff]")
_GAPS = frozenset(
    (
        *range(2),
        *range(3, 33),
        *range(0x7F, 0xA1),
        0x1680,
        *range(0x2000, 0x200B),
        0x2028,
        0x2029,
        0x202F,
        0x205F,
        0x3000,
    )
)
"""Codes of what parts words: white space, and the control characters that become spaces."""

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_NO_TITLE = re.compile(
    r"untitled|\(?anonymous\)?|\(?unspecified\)?|unknown|title|document\d*|microsoft word\b.*|powerpoint\b.*|"
    r".*\.(?:docx?|pdf|rtf|odt|indd|pages|qxd|tex|txt|html?|tmp)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its words and where it stands, in points from the lower left corner; a box for each word."""

    text: str
    left: float
    bottom: float
    height: float
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as dots.

    Attributes:
        width: How many dots it is wide.
        height: How many lines it has.
        channels: Bytes a dot: 1 for grey, 3 for red, green and blue, 4 with one more that says nothing.
        lines: The lines, from above.
        boxes: Left, top, right and bottom of each box, in dots.
    """

    width: int
    height: int
    channels: int
    lines: list[bytearray]
    boxes: list[tuple[int, int, int, int]]


def fields(body: bytes, where: str) -> tuple[Found, tuple[Problem, ...]]:
    """Read a PDF.

    Args:
        body: The file's bytes.
        where: The file's name, for problems.

    Returns:
        The fields found, of ``text`` and ``title``, with an anchor for each line, and the problems met. Paragraphs of
        the text are parted by a blank line. Without ``text`` a problem is `lost`: the file is locked, broken or a scan.
    """
    import pypdfium2

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(body)
        except pypdfium2.PdfiumError as error:
            return Found(), (_unopened(error, where),)
        try:
            title = _title(document)
            pages, problems = _pages(document, where)
        except pypdfium2.PdfiumError:
            return Found(), (_broken(where),)
        finally:
            document.close()
    text, _, anchors = laid_out(_paragraphs(pages))
    if not text:
        what = "The PDF holds no text; it is most likely a scan."
        remedy = "Run text recognition (OCR) on it first."
        return Found(), (*problems, Problem("pdf-without-text", where, what, remedy, lost=True))
    return Found({"text": text} | ({"title": title} if title else {}), anchors=anchors), tuple(problems)


def drawn(body: bytes, number: int, boxes: Sequence[Box], width: int) -> Drawn | None:
    """Draw one page of a PDF.

    Args:
        body: The file's bytes.
        number: The page's number, from 1.
        boxes: Boxes on it, in points from its lower left corner.
        width: About how many dots it is to be wide; a very tall page comes narrower.

    Returns:
        The page as dots with where the boxes lie among them; None where there is no such page.
    """
    import pypdfium2

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(body)
        except pypdfium2.PdfiumError:
            return None
        try:
            return _drawn(document[number - 1], boxes, width) if 1 <= number <= len(document) else None
        except pypdfium2.PdfiumError:
            return None
        finally:
            document.close()


def _drawn(page: Any, boxes: Sequence[Box], width: int) -> Drawn:  # noqa: ANN401 - pypdfium2 is not typed
    from ctypes import byref, c_int

    from pypdfium2 import raw

    wide, tall = page.get_size()
    scale = min(width / max(wide, 1), TALLEST / max(tall, 1))
    bitmap = page.render(scale=scale, rev_byteorder=True, draw_annots=False, may_draw_forms=False)

    def at(across: float, up: float) -> tuple[int, int]:
        left, top = c_int(), c_int()
        raw.FPDF_PageToDevice(page, 0, 0, bitmap.width, bitmap.height, 0, across, up, byref(left), byref(top))
        return left.value, top.value

    corners = [(*at(left, top), *at(right, bottom)) for left, bottom, right, top in boxes]
    # A page may lie on its side, so that the corners come in another order.
    placed = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in corners]
    rows = bytes(bitmap.buffer)
    used = bitmap.width * bitmap.n_channels
    lines = [bytearray(rows[line * bitmap.stride :][:used]) for line in range(bitmap.height)]
    return Drawn(bitmap.width, bitmap.height, bitmap.n_channels, lines, placed)


def _unopened(error: Exception, where: str) -> Problem:
    if "password" in str(error).lower():
        what = "The PDF is locked with a password."
        return Problem("pdf-locked", where, what, "Save a copy of it without the password.", lost=True)
    return _broken(where)


def _broken(where: str) -> Problem:
    what = "The PDF is broken and cannot be opened."
    return Problem("pdf-broken", where, what, "Fetch the file again, or print it to a new PDF.", lost=True)


def _title(document: Any) -> str | None:  # noqa: ANN401 - pypdfium2 is not typed
    title = " ".join(_clean(document.get_metadata_value("Title")).replace(_HYPHEN, "").split())
    sane = 3 < len(title) < 300 and " " in title and not _NO_TITLE.fullmatch(title)
    return title if sane else None


def _pages(document: Any, where: str) -> tuple[list[list[_Line]], list[Problem]]:  # noqa: ANN401 - pypdfium2 is not typed
    import pypdfium2

    pages: list[list[_Line]] = []
    unread: list[int] = []
    characters, boxes, length = 0, 0, len(document)
    for number in range(min(length, PAGE_LIMIT)):
        if characters > CHARACTER_LIMIT:
            break
        try:
            lines = _lines(document, number, BOX_LIMIT - boxes)
        except pypdfium2.PdfiumError:
            unread.append(number + 1)
            lines = []
        characters += sum(len(line.text) for line in lines)
        boxes += sum(len(line.boxes) for line in lines)
        pages.append(lines)
    problems = []
    if unread:
        what = f"{len(unread)} of its pages cannot be read, the first of them page {unread[0]}."
        problems.append(Problem("pdf-page-broken", where, what, "Fetch the file again, or print it to a new PDF."))
    if len(pages) < length:
        what = f"Only its first {len(pages)} pages of {length} were read."
        problems.append(Problem("pdf-cut", where, what, "Split the PDF and read the parts."))
    return pages, problems


def _lines(document: Any, number: int, most: int) -> list[_Line]:  # noqa: ANN401 - pypdfium2 is not typed
    from pypdfium2 import raw

    page = document[number]
    try:
        words = page.get_textpage()
        try:
            count = min(words.count_chars(), CHARACTER_LIMIT)
            codes = [raw.FPDFText_GetUnicode(words, index) for index in range(count)]
            lines: list[_Line] = []
            for start, end in _runs(codes):
                left, bottom, _, top = words.get_charbox(start, loose=True)
                boxes = _word_boxes(words, codes, start, end)
                most -= len(boxes)
                boxes = boxes if most >= 0 else ()
                lines.append(_Line(_text_of(codes[start:end]), left, bottom, top - bottom, boxes))
            return [line for line in lines if line.text.strip()]
        finally:
            words.close()
    finally:
        page.close()


def _runs(codes: list[int]) -> list[tuple[int, int]]:
    """Return where lines start and end; a parted word's hyphen ends its line without a line break of its own."""
    runs, start = [], 0
    for index, code in enumerate(codes):
        ends = code in {10, 13}
        if ends or chr(code) == _HYPHEN:
            runs.append((start, index if ends else index + 1))
            start = index + 1
    runs.append((start, len(codes)))
    return [(start, end) for start, end in runs if start < end]


def _word_boxes(words: Any, codes: list[int], start: int, end: int) -> tuple[Box, ...]:  # noqa: ANN401 - not typed
    """Return a box for each word of a line: from the left of its first character to the right of its last."""
    from pypdfium2 import raw

    boxes = []
    box = raw.FS_RECTF()
    first = start
    for at in range(start, end + 1):
        if at < end and codes[at] not in _GAPS:
            continue
        if at > first:
            # Without pypdfium2's own function, which takes twice as long; what it cannot place stays empty.
            raw.FPDFText_GetLooseCharBox(words, first, box)
            left, bottom, top = box.left, box.bottom, box.top
            if at - 1 > first:
                raw.FPDFText_GetLooseCharBox(words, at - 1, box)
            boxes.append((round(left, 1), round(bottom, 1), round(box.right, 1), round(top, 1)))
        first = at + 1
    return tuple(boxes)


def _text_of(codes: list[int]) -> str:
    # PDFium gives UTF-16 units; halves that find no partner become U+FFFD.
    units = b"".join(min(code, 0xFFFF).to_bytes(2, "little") for code in codes)
    return _clean(units.decode("utf-16-le", "replace"))


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text)


def _paragraphs(pages: list[list[_Line]]) -> list[Paragraph]:
    """Join lines to paragraphs, which a wider gap, another size of type or an indented line parts."""
    paragraphs: list[_Joined] = []
    before: _Line | None = None
    for number, page in enumerate(pages, 1):
        lines = _without_page_numbers(page) if len(pages) > 1 else page
        gaps = [upper.bottom - lower.bottom for upper, lower in pairwise(lines)]
        usual = median([gap for gap in gaps if gap > 0] or [0.0])
        margin = median([line.left for line in lines] or [0.0])
        for line in lines:
            if before is None or _starts_anew(before, line, usual, margin, first=line is lines[0]):
                paragraphs.append(_Joined())
            paragraphs[-1].add(line, number)
            before = line
    return [found for paragraph in paragraphs if (found := paragraph.finished()).text]


class _Joined:
    """A paragraph as its lines are joined, one piece a line."""

    def __init__(self) -> None:
        self._text = ""
        self._pieces: list[Piece] = []

    def add(self, line: _Line, page: int) -> None:
        """Put a line to the end, with the space or hyphen that belongs before it."""
        words = re.sub(r"[ \t\xa0]+", " ", line.text).strip()
        if not words:
            return
        if self._pieces:
            text = _before(self._text, words)
            if len(text) < len(self._text):
                self._pieces[-1] = replace(self._pieces[-1], end=len(text))
            self._text = text
        self._pieces.append(Piece(len(self._text), len(self._text) + len(words), None, page, line.boxes))
        self._text += words

    def finished(self) -> Paragraph:
        """Return the paragraph, with hyphens in the place of PDFium's mark for them."""
        return Paragraph(self._text.replace(_HYPHEN, "-"), tuple(self._pieces))


def _without_page_numbers(lines: list[_Line]) -> list[_Line]:
    kept = lines[1:] if lines and _PAGE_NUMBER.fullmatch(lines[0].text) else lines
    return kept[:-1] if kept and _PAGE_NUMBER.fullmatch(kept[-1].text) else kept


def _starts_anew(before: _Line, line: _Line, usual: float, margin: float, *, first: bool) -> bool:
    if before.text.rstrip().endswith(_HYPHEN):
        return False
    ended = _SENTENCE_END.search(before.text.rstrip()) is not None
    gap = before.bottom - line.bottom
    if first or gap < 0:
        # A new page or column: the paragraph goes on unless its sentence had ended or another size of type begins.
        return ended or _sizes_differ(before, line)
    indented = ended and line.left > margin + 0.8 * line.height and line.left > before.left + 0.8 * line.height
    return gap > 1.3 * max(usual, line.height) or _sizes_differ(before, line) or indented


def _sizes_differ(before: _Line, line: _Line) -> bool:
    return abs(before.height - line.height) > 0.15 * max(before.height, line.height)


def _before(text: str, line: str) -> str:
    """Return what stands before a line: the words so far, with a space unless a word goes on over the line's end."""
    # A hyphen at the end of a line mostly parts a word; one after a figure or before a capital belongs to it.
    if re.search(rf"[^\W\d_][-{_HYPHEN}]$", text) and line[:1].islower():
        return text[:-1]
    if re.search(rf"\w[-{_HYPHEN}]$", text):
        return f"{text[:-1]}-"
    return f"{text} "
