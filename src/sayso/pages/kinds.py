"""Which kind of page some bytes are, told from the bytes first and the name second."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import Literal

Kind = Literal[
    "text/plain",
    "text/html",
    "application/pdf",
    "application/json",
    "application/jsonl",
    "application/warc",
    "application/zip",
    "application/x-tar",
    "application/gzip",
    "application/x-bzip2",
    "application/x-xz",
    "message/rfc822",
]

HEAD = 64 * 1024
"""How many bytes from the start are enough to tell a kind."""

REPORT_NAMES = frozenset(
    {
        *(".txt", ".text", ".md", ".htm", ".html", ".xhtml", ".pdf", ".json", ".jsonl", ".ndjson"),
        *(".warc", ".eml", ".mht", ".mhtml"),
    },
)
"""Endings by which a file claims to be a kind that is read here."""

PAGE_PARTS = frozenset({".css", ".js", ".map", ".svg"})
"""Endings of what a browser saves beside a page; text, but never a report."""

# Signatures: https://www.garykessler.net/library/file_sigs.html and the formats' own specifications.
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"II*\x00", "a TIFF image"),
    (0, b"MM\x00*", "a TIFF image"),
    (0, b"\x00\x00\x01\x00", "an icon"),
    (8, b"WEBP", "a WebP image"),
    (4, b"ftyp", "a film, sound or HEIF image"),
    (0, b"ID3", "a sound file"),
    (0, b"OggS", "a sound file"),
    (0, b"RIFF", "a sound or film file"),
    (0, b"\x1aE\xdf\xa3", "a film"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (257, b"ustar", "application/x-tar"),
    (0, b"WARC/1.", "application/warc"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
    (0, b"\xcf\xfa\xed\xfe", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"\x00asm", "a program"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or Outlook file"),
    (0, b"{\\rtf", "a rich-text file (RTF)"),
    (0, b"%!PS", "a PostScript file"),
    (0, b"SQLite format 3\x00", "a database"),
    (0, b"PAR1", "a Parquet table"),
    (0, b"\x00\x00\x00\x01Bud1", "folder settings of macOS"),
    (0, b"wOFF", "a font"),
    (0, b"wOF2", "a font"),
)
_TEXT_SIGNATURES = frozenset({b"BZh", b"MZ", b"RIFF", b"ID3", b"WEBP", b"ftyp", b"OggS", b"PAR1", b"ustar"})
"""Signatures that plain words may also show; they count only where the rest is not text."""

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Control characters that plain text does not use. ESC (27) is left out: ISO-2022 encodings are full of it.
_CONTROL = bytes(code for code in (*range(9), 11, *range(14, 27), *range(28, 32), 127))

_LEAD = r"\s*+(?:<!--(?:(?!-->).)*+-->\s*+|<\?[^>]*+>\s*+)*+"
_WHOLE_HTML = re.compile(_LEAD + r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_PART_HTML = re.compile(
    _LEAD + r"<(?:title|meta|link|base|style|script|article|section|main|header|nav|div|p|h[1-6]|table|center|font)"
    r"(?:\s[^>]*+)?>",
    re.IGNORECASE | re.DOTALL,
)
_OTHER_XML = re.compile(r"\s*+<(?:\?xml\b|rss\b|feed\b|svg\b|!doctype\s)", re.IGNORECASE)
_FEED = re.compile(_LEAD + r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL)
# Headers that no one writes by hand, in the block of headers with which a message begins (RFC 5322, section 2.2).
_MAIL = re.compile(
    r"(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version|received|message-id|return-path)\s*:",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][a-z0-9]*+(?:\s[^<>]*+)?/?>", re.IGNORECASE)


def kind_of(head: bytes, name: str) -> Kind | str:
    """Tell the kind of a file from its first bytes.

    Args:
        head: The first `HEAD` bytes, or all where there are fewer.
        name: The file's name; it decides only where the bytes leave it open.

    Returns:
        A media type of `Kind`; any other string says in words what the bytes look like instead. Saved web pages of one
        file (MHT) are messages, as by their form they are. JSON is answered
        for a file that its name calls so; bytes that begin like JSON under another name are ``text/plain`` here,
        and `sayso.pages.jsonl.is_records` tells whether they hold records.
    """
    ending = PurePath(name).suffix.lower()
    if head.lstrip()[:5] == b"%PDF-":
        return "application/pdf"
    text = _text_of(head)
    signature = _signature_of(head, is_text=text is not None)
    if signature:
        return signature
    if text is None:
        # Some programs write a few bytes before a PDF's header, and readers accept that within the first kilobyte.
        return "application/pdf" if b"%PDF-" in head[:1024] else "binary data, not text"
    if ending in {".json", ".jsonl", ".ndjson"} and not text.lstrip().startswith("<"):
        return "application/json" if ending == ".json" else "application/jsonl"
    return _kind_of_text(text, ending)


def _kind_of_text(text: str, ending: str) -> Kind | str:
    if _WHOLE_HTML.match(text):
        return "text/html"
    if _PART_HTML.match(text) and "</" in text:
        return "text/html"
    if _FEED.match(text):
        return 'a feed, whose pages "sayso watch" reads'
    if _MAIL.match(text.replace("\r\n", "\n")):
        return "message/rfc822"
    if _OTHER_XML.match(text):
        return "an XML file that is not a web page"
    if ending in {".htm", ".html", ".xhtml"} and _TAG.search(text):
        return "text/html"
    return "text/plain"


def _signature_of(head: bytes, *, is_text: bool) -> str | None:
    for offset, magic, words in _SIGNATURES:
        if head.startswith(magic, offset) and not (is_text and magic in _TEXT_SIGNATURES):
            return words
    return None


def _text_of(head: bytes) -> str | None:
    """Return the head roughly as text, good enough to look for tags in, or None where it is binary."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            text = head[len(mark) :].decode(encoding, "replace")
            odd = sum(map(text.count, ("\ufffd", *map(chr, _CONTROL))))
            return text if odd <= len(text) // 50 + 1 else None
    controls = len(head) - len(head.translate(None, _CONTROL))
    # Bytes that are valid UTF-8 are hardly ever anything else, so a few stray controls are forgiven there.
    if controls > len(head) * (0.1 if _is_utf8(head) else 0.01):
        return None
    return head.decode("latin-1")


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
