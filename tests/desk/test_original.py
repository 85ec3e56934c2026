"""The original of a report: what was published, with the words boxed, and nothing of it served as a page."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfgen.canvas import Canvas

from sayso.adding import Adding
from sayso.find.pdf import drawn
from sayso.find.pdf_picture import picture
from sayso.pages.files import in_bytes
from tests.desk.conftest import EXAMPLES

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from playwright.sync_api import Page

    from sayso.ledger import Ledger

HOSTILE = """<!DOCTYPE html><html><head><title>Ferry sinks</title>
<link rel="canonical" href="https://herald.example/ferry"></head><body onload="fetch('/history')">
<nav><a href="javascript:alert(1)">Home</a></nav>
<article><h1>Ferry sinks off Ostrel</h1>
<p>The coast guard said on Monday that <b>6 people</b> were killed when a ferry sank off Ostrel.
<img src=x onerror="document.title='ran'"></p>
<p>Police said that two men were missing. &lt;script&gt;document.title='ran'&lt;/script&gt;</p>
<script>document.title = "ran"</script></article></body></html>"""


def added(ledger: Ledger, body: bytes, name: str) -> str:
    (kept,) = Adding(ledger, "sayso tests").add(in_bytes(body, name))
    return str(kept.report)  # type: ignore[union-attr] # it gave a report


def size_of(png: bytes) -> tuple[int, int]:
    """Return how wide and tall a picture is, once it is known to be whole."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    at, data = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(name + body)
        data += body if name == b"IDAT" else b""
        at += 12 + length
    assert len(zlib.decompress(data)) == height * (width * {0: 1, 2: 3}[kind] * depth // 8 + 1)
    return width, height


@pytest.mark.parametrize("turned", [0, 90])
def test_a_box_lies_around_its_words(turned: int) -> None:
    """Also where the page lies on its side: all ink of the page is within the box, and the picture is whole."""
    sheet = BytesIO()
    canvas = Canvas(sheet, pagesize=(200, 300))
    canvas.setPageRotation(turned)
    canvas.drawString(50, 150, "Six people")
    canvas.save()
    page = drawn(sheet.getvalue(), 1, [(50, 148, 110, 160)], 400)
    assert page is not None
    ((left, top, right, bottom),) = page.boxes
    # On a page that lies on its side, what stood upwards goes to the right.
    wanted = (100, 280, 220, 304) if turned == 0 else (296, 100, 320, 220)
    assert all(abs(one - other) <= 2 for one, other in zip((left, top, right, bottom), wanted, strict=True))
    dark = [
        (across, down)
        for down, line in enumerate(page.lines)
        for across in range(page.width)
        if line[across * page.channels] < 100
    ]
    assert dark
    assert all(left - 2 <= across <= right + 2 and top - 2 <= down <= bottom + 2 for across, down in dark)
    assert size_of(picture(page, {0})) == (page.width, page.height)


def test_the_page_of_a_pdf_is_shown_with_its_words_boxed(window: Page, address: str, ledger: Ledger) -> None:
    """From a claim's card to the picture of the page that it stands on."""
    report = added(ledger, (EXAMPLES / "long-war-feature.pdf").read_bytes(), "feature.pdf")
    window.goto(f"{address}/report/{report}")
    last = window.locator(".claim").last
    last.get_by_role("link", name="original of").click()
    assert "Page 2 of 2" in window.locator("main").inner_text()
    sheet = window.locator("img.sheet")
    assert sheet.evaluate("one => one.decode().then(() => one.naturalWidth)") in range(900, 1010)
    assert window.locator(".here .chosen").count() == 1
    plain = window.request.get(f"{address}/report/{report}/original/2.png")
    assert plain.headers["content-type"] == "image/png"
    chosen = window.request.get(f"{address}{sheet.get_attribute('src')}")
    assert size_of(chosen.body()) == size_of(plain.body())
    assert chosen.body() != plain.body()


def test_nothing_of_a_web_page_runs(window: Page, address: str, ledger: Ledger) -> None:
    """Its words are there, navigation told from the report, and the figures boxed in place."""
    report = added(ledger, HOSTILE.encode(), "ferry.html")
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.goto(f"{address}/report/{report}/original")
    assert window.title() == "Original · sayso"
    assert window.locator("mark.boxed").all_text_contents() == ["6 people", "two men"]
    assert "<script>document.title='ran'</script>" in window.locator(".shown").inner_text()
    assert window.locator(".shown .outside").first.inner_text() == "Home"
    assert window.locator('[href^="javascript"], .shown img, .shown script').count() == 0
    assert all(url.startswith(address) for url in asked)
    window.locator(".here a").first.click()
    link = window.get_by_role("link", name="Open its address")
    assert (link.get_attribute("href") or "").startswith("https://herald.example/ferry#:~:text=")
    assert {"noreferrer", "noopener"} <= set((link.get_attribute("rel") or "").split())
    assert window.locator("mark.boxed.lit").all_text_contents() == ["6 people"]


def test_what_has_no_picture_says_so(client: TestClient, ledger: Ledger) -> None:
    """A text, a page that a PDF does not have, and a page that was taken out."""
    text = added(ledger, b"The mayor said on Monday that 5 people were killed in Dresk.\n", "a.txt")
    assert client.get(f"/report/{text}/original.json").json()["kind"] == "text"
    assert client.get(f"/report/{text}/original/1.png").status_code == 404
    report = added(ledger, (EXAMPLES / "long-war-feature.pdf").read_bytes(), "feature.pdf")
    assert client.get(f"/report/{report}/original/3.png").status_code == 404
    page = client.get(f"/report/{report}/original.json", params={"page": 77}).json()
    assert page["page"] == page["pages"] == 2
    ledger.redact(ledger.show(report).report.page_sha256, by="Ana Ruiz", why="A court ordered it.")  # type: ignore[union-attr]
    assert client.get(f"/report/{report}/original").status_code in {404, 410}


def test_an_address_that_a_browser_would_run_is_no_link(client: TestClient, ledger: Ledger) -> None:
    """Whatever a record gives as its address."""
    body = b'{"id": "x", "url": "javascript:alert(1)", "text": "The mayor said 5 people were killed in Dresk."}\n'
    report = added(ledger, body, "a.jsonl")
    assert client.get(f"/report/{report}/original.json").json()["link"] is None
    assert "javascript:" not in client.get(f"/report/{report}/original").text
