"""Kinds are told from the bytes; the name only decides what the bytes leave open."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.pages.kinds import kind_of


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        (b"Five people died.", "a.txt", "text/plain"),
        (b"Five people died.", "a.html", "text/plain"),
        (b"Five people died.", "a.pdf", "text/plain"),
        (b"<!DOCTYPE html><title>x</title>", "a.txt", "text/html"),
        (b"\xef\xbb\xbf \n<!-- saved --><HTML lang=en><body>", "a", "text/html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html/>', "a", "text/html"),
        (b"<p>Five people died.</p>", "a.txt", "text/html"),
        (b"<b>Five</b> people died, he said, using <b> for bold.", "a.txt", "text/plain"),
        (b"Five people died. <p>Two fled.</p>", "a.txt", "text/plain"),
        (b"Five people died. <p>Two fled.</p>", "a.htm", "text/html"),
        (b"<p> is how a paragraph begins, he wrote.", "a.txt", "text/plain"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a.txt", "application/pdf"),
        (b"\x00\x01\x02junk%PDF-1.4\n", "a.pdf", "application/pdf"),
        (b'{"text": "x"}', "a.json", "application/json"),
        (b'{"text": "x"}', "a.JSONL", "application/jsonl"),
        (b'{"text": "x"}', "a.ndjson", "application/jsonl"),
        (b"<html><body>An error page", "a.json", "text/html"),
        ("Пять человек погибли.".encode("cp1251"), "a.txt", "text/plain"),
        ("Пять человек погибли.".encode("utf-16"), "a.txt", "text/plain"),
        (codecs.BOM_UTF16_BE + "<html><body>".encode("utf-16-be"), "a.txt", "text/html"),
        (codecs.BOM_UTF32_LE + "Five died.".encode("utf-32-le"), "a.txt", "text/plain"),
        ("五人が死亡した。".encode("shift_jis"), "a.txt", "text/plain"),
        (b"MZ is the car code of Mazan.", "a.txt", "text/plain"),
        (b"BZh is no word.", "a.txt", "text/plain"),
        (b"Five people\x00 died in Lower Venn last night, the mayor said in a statement.", "a.txt", "text/plain"),
    ],
)
def test_kinds_that_are_read(body: bytes, name: str, kind: str) -> None:
    assert kind_of(body, name) == kind


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "JPEG"),
        (b"GIF89a\x01\x00\x01\x00", "GIF"),
        (b"\x1f\x8b\x08\x00\x00", "gzip"),
        (b"\x00\x00\x00\x01Bud1\x00\x00", "macOS"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "program"),
        (b"{\\rtf1\\ansi Five people died.}", "rich-text"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "a feed"),
        (b'<?xml version="1.0"?><svg></svg>', "XML"),
        (b"\xff\xfe" + bytes(200), "binary"),
        (bytes(range(256)) * 8, "binary"),
    ],
)
def test_other_kinds_are_named(body: bytes, words: str) -> None:
    assert words in kind_of(body, "a.txt")


@given(st.binary(max_size=3000), st.sampled_from(["a", "a.txt", "a.html", "a.json", "a.jsonl", "a.pdf"]))
def test_any_bytes_have_a_kind(body: bytes, name: str) -> None:
    assert kind_of(body, name)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.sampled_from(["utf-8", "utf-16"]))
def test_text_never_looks_like_binary_data(text: str, encoding: str) -> None:
    assert "binary" not in kind_of(text.encode(encoding), "a.txt")
