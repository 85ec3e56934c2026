"""Pages that are given back as a web archive are read by the programs that people read archives with."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from fastwarc.warc import ArchiveIterator
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator as Warcio
from warcio.checker import Checker

from sayso.export import warc_out
from sayso.pages.files import pages
from sayso.records import Fetched, Page

if TYPE_CHECKING:
    from pathlib import Path

KEPT = "2023-03-16T08:00:00Z"
HTML = b"<!doctype html><html><body><p>Fourteen people drowned at the Kessary ford.</p></body></html>"


def fetched(**changes: object) -> Fetched:
    usual: dict[str, object] = {
        "asked": "https://review.example/ford",
        "final": "https://review.example/2023/ford",
        "redirects": ((301, "https://review.example/2023/ford"),),
        "status": 200,
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("ETag", '"x"')),
        "at": "2023-03-15T09:30:00Z",
        "ip": "192.0.2.7",
    }
    return Fetched(**(usual | changes))  # type: ignore[arg-type] # a dict of mixed values


def written(*found: Page) -> bytes:
    out = io.BytesIO()
    assert warc_out.write(((page, KEPT) for page in found), out) == len(found)
    return out.getvalue()


def test_a_page_from_the_web_is_an_answer_with_the_headers_that_its_host_sent() -> None:
    archive = written(Page(HTML, "x", "text/html", fetched=fetched()))
    _, record = Warcio(io.BytesIO(archive), check_digests="raise")
    assert record.rec_type == "response"
    assert record.rec_headers.get_header("WARC-Target-URI") == "https://review.example/2023/ford"
    assert record.rec_headers.get_header("WARC-Date") == "2023-03-15T09:30:00Z"
    assert record.http_headers.get_header("ETag") == '"x"'
    assert record.http_headers.get_header("X-Archive-Orig-Content-Encoding") == "gzip"


def test_every_reader_of_archives_gives_the_bytes_back(tmp_path: Path) -> None:
    whole = [
        Page(HTML, "a", "text/html", fetched=fetched(status=304)),
        Page(b"Two fishermen are missing.\n", "b.txt", "text/plain"),
        Page(HTML, "c", "text/html", url="https://review.example/c", fetched=fetched(complete=False, headers=())),
    ]
    archive = written(*whole)
    assert [r.content_stream().read() for r in Warcio(io.BytesIO(archive)) if r.rec_type != "warcinfo"] == [
        page.body for page in whole
    ]
    for record in ArchiveIterator(io.BytesIO(archive), parse_http=False):
        assert record.verify_block_digest()
    path = tmp_path / "out.warc.gz"
    path.write_bytes(archive)
    assert [page.body for page in pages([str(path)]) if isinstance(page, Page)] == [page.body for page in whole]
    assert not Checker(type("Command", (), {"verbose": False, "inputs": [str(path)]})).process_all()


def test_the_same_pages_give_the_same_file() -> None:
    page = Page(HTML, "a", "text/html", fetched=fetched())
    assert written(page) == written(page)


@given(st.binary(max_size=300), st.text(max_size=40), st.lists(st.tuples(st.text(max_size=9), st.text(max_size=20))))
def test_nothing_that_a_host_sent_adds_a_record_or_a_header(
    body: bytes, url: str, headers: list[tuple[str, str]]
) -> None:
    page = Page(body, "x", "text/html", fetched=fetched(final=url, headers=tuple(headers), ip="1\r\nWARC-Type: x"))
    archive = ArchiveIterator(io.BytesIO(written(page)), parse_http=False)
    found = [(str(record.record_type), record.reader.read()) for record in archive]
    assert [kind for kind, _ in found] == ["warcinfo", "response" if headers else "resource"]
    assert found[1][1].endswith(body)


def test_nothing_to_write_gives_nothing() -> None:
    assert written() == b""
