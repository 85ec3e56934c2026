"""Messages and saved web pages, made by the standard library and by hand, whole and spoiled."""

from __future__ import annotations

import io
import json
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.pages import mail
from sayso.pages.files import pages
from sayso.problems import Problem
from sayso.records import Page

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "The ministry of health of Velmora said on Tuesday that at least 17 people had been killed and 40 wounded when a "
    "river barge sank near the town of Lower Venn – most of them farm workers on their way home from the market.\n"
)
HTML = "<html><head><title>Barge</title></head><body><p>17 people died, „vierzig“ were hurt.</p></body></html>"


def read(body: bytes) -> tuple[list[Page], list[Problem]]:
    items = list(pages(["-"], stdin=io.BytesIO(body)))
    return [item for item in items if isinstance(item, Page)], [item for item in items if isinstance(item, Problem)]


def message(text: str | None = WORDS, html: str | None = None, encoding: str = "quoted-printable") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Pressestelle Velmora – Büro <press@velmora.example>"
    made["To"] = "desk@harbour.example"
    made["Subject"] = "Barge sinks off Lower Venn: „17 killed“"
    made["Date"] = "Tue, 14 Mar 2023 21:05:00 +0300"
    made["Message-ID"] = "<1@velmora.example>"
    if text is not None:
        made.set_content(text, cte=encoding)
    if html is not None and text is not None:
        made.add_alternative(html, subtype="html", cte=encoding)
    elif html is not None:
        made.set_content(html, subtype="html", cte=encoding)
    return made


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_message_is_a_report_with_its_subject_sender_and_date(encoding: str) -> None:
    (page,), problems = read(message(encoding=encoding).as_bytes())
    assert problems == []
    assert (page.media_type, page.where, page.archive) == ("application/json", "standard input", None)
    assert json.loads(page.body) == {
        "text": WORDS,
        "title": "Barge sinks off Lower Venn: „17 killed“",
        "outlet": "Pressestelle Velmora – Büro",
        "published": "2023-03-14T21:05:00+03:00",
    }


def test_plain_words_go_before_html_unless_they_are_a_hint() -> None:
    assert read(message(WORDS, HTML).as_bytes())[0][0].media_type == "application/json"
    (page,), _ = read(message("Your program cannot show this message.", HTML).as_bytes())
    assert (page.media_type, page.body.decode()) == ("text/html", HTML + "\n")
    assert (page.given.title, page.given.outlet, page.given.published) == (
        "Barge sinks off Lower Venn: „17 killed“",
        "Pressestelle Velmora – Büro",
        "2023-03-14T21:05:00+03:00",
    )
    assert read(message(None, HTML).as_bytes())[0][0].media_type == "text/html"


def test_the_charset_of_a_part_is_kept() -> None:
    made = EmailMessage()
    made["MIME-Version"] = "1.0"
    made.set_content("<p>Убиты 17 человек.</p>", subtype="html", charset="koi8-r", cte="base64")
    (page,), _ = read(made.as_bytes())
    assert (page.charset, page.body) == ("koi8-r", "<p>Убиты 17 человек.</p>\n".encode("koi8-r"))
    plain = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=%s\n\nCaf\xe9: two died.\n"
    for charset in (b"iso-8859-1", b"no-such-code", b'"', b"utf-16\xff"):
        (page,), _ = read(plain % charset)
        assert "two died" in json.loads(page.body)["text"] or charset.startswith(b"utf-16")


def test_attached_reports_are_pages_and_pictures_are_not() -> None:
    made = message()
    made.add_attachment(b"%PDF-1.7\n" + bytes(50), maintype="application", subtype="octet-stream", filename="a  b.pdf")
    made.add_attachment(b"\x89PNG\r\n\x1a\n" + bytes(50), maintype="image", subtype="png", filename="logo.png")
    made.add_attachment("Two men died in Orra.", filename="zürich.txt")
    made.add_attachment(message("Three fled.", HTML))
    found, problems = read(made.as_bytes())
    assert problems == []
    assert [(page.where, page.media_type) for page in found] == [
        ("standard input", "application/json"),
        ("standard input/a b.pdf", "application/pdf"),
        ("standard input/zürich.txt", "text/plain"),
    ]
    assert {page.archive for page in found} == {None}


SAVED = b"""From: <Saved by Blink>\r
Snapshot-Content-Location: https://harbour.example/news/barge\r
Subject: =?utf-8?Q?Barge=20sinks=20=E2=80=93=20Harbour?=\r
Date: Wed, 15 Mar 2023 08:00:00 -0000\r
MIME-Version: 1.0\r
Content-Type: multipart/related;\r
\ttype="text/html";\r
\tboundary="----Frame"\r
\r
------Frame\r
Content-Type: text/html\r
Content-Transfer-Encoding: quoted-printable\r
Content-Location: https://harbour.example/news/barge\r
\r
<!DOCTYPE html><html><body><p>Seventeen pe=\r
ople died =E2=80=93 police said.</p></body></html>\r
------Frame\r
Content-Type: text/html\r
Content-Location: cid:frame-2\r
\r
<html><body>An advertisement</body></html>\r
------Frame\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
Content-Location: https://harbour.example/logo.png\r
\r
iVBORw0KGgo=\r
------Frame--\r
"""


def test_a_page_saved_in_one_file_is_that_page() -> None:
    (page,), problems = read(SAVED)
    assert problems == []
    assert (page.media_type, page.url) == ("text/html", "https://harbour.example/news/barge")
    assert page.body.decode() == (
        "<!DOCTYPE html><html><body><p>Seventeen people died – police said.</p></body></html>"
    )
    assert (page.given.title, page.given.outlet, page.given.published) == ("Barge sinks – Harbour", None, None)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"From: a@b.example\nMessage-ID: <1>\n", "no-text"),
        (b"From: a@b.example\nMessage-ID: <1>\n\n", "no-text"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n--x--\n", "no-text"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/mixed\n\nno boundary at all", "no-text"),
        (b"MIME-Version: 1.0\n\n" + b"\n--x" * 10_000, "too-large"),
    ],
)
def test_a_message_without_words_is_lost(body: bytes, code: str) -> None:
    found, problems = read(body)
    assert found == []
    assert [(problem.code, problem.lost) for problem in problems] == [(code, True)]


def test_thousands_of_parts_in_parts_end() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=x%d\n\n--x%d\n" % (n, n) for n in range(1900))
    found, problems = read(b"MIME-Version: 1.0\n" + nested + b"\nTwo died.\n")
    assert found or problems


def test_a_file_is_a_message_by_its_headers(tmp_path: Path) -> None:
    prose = tmp_path / "a.eml"
    prose.write_text("Dear editor: two men died in Orra.\nReceived: nothing else.\n", encoding="utf-8")
    items = list(pages([str(prose)]))
    assert [item.media_type for item in items if isinstance(item, Page)] == ["text/plain"]


@given(
    st.sampled_from([SAVED, message(WORDS, HTML).as_bytes()]),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=20)), max_size=5),
    st.data(),
)
@settings(deadline=None, max_examples=150)
def test_any_mangled_message_gives_pages_and_problems(
    seed: bytes, cuts: list[tuple[int, bytes]], data: st.DataObject
) -> None:
    for place, put in cuts:
        at = place % len(seed)
        seed = seed[:at] + put + seed[at + data.draw(st.integers(0, 30)) :] or b"x"
    found, problems = read(seed)
    assert found or problems


def test_headers_that_cannot_be_decoded_are_left_out() -> None:
    (page,), problems = read(
        b"From: a =?utf-8?b?x4oCTIELDvHJv?= <a@b.example>\nSubject: =?utf-8?b?x?=\n"
        b"Date: never\nMIME-Version: 1.0\n\nTwo died.\n"
    )
    assert problems == []
    assert json.loads(page.body) == {"text": "Two died.\n"}


def test_limits_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "SIZE_LIMIT", 100)
    assert [problem.code for problem in read(message().as_bytes())[1]] == ["too-large"]
