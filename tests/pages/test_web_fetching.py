"""Pages are fetched politely from a real server: robots.txt, delays, redirects, conditions, retries."""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import brotli
import pytest

from sayso.pages.files import pages
from sayso.pages.keep import Keep
from sayso.pages.web import Fetcher, NotFetchedError
from sayso.problems import Problem
from sayso.records import Page
from sayso.settings import Web
from tests.pages.test_web_addresses import names
from tests.web_server import Server, answer, in_turn, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BODY = b"<html><head><title>Flood</title></head><body><p>Nine people died in Tamrit, the mayor said.</p></body></html>"
HTML = {"content_type": "text/html; charset=utf-8"}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        one.pages["/a"] = answer(BODY, **HTML, etag='"one"')
        yield one


def problem_of(fetcher: Fetcher, url: str) -> Problem:
    with pytest.raises(NotFetchedError) as refused:
        fetcher.page(url, url)
    assert refused.value.problem.lost
    assert refused.value.problem.what
    assert refused.value.problem.remedy
    return refused.value.problem


def test_a_page_comes_with_all_that_is_known_of_it(server: Server) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    got = Fetcher(server.settings(contact="desk@review.example")).page(server.url("/a#top"), "a")
    assert got.body == BODY
    fetched = got.fetched
    assert (fetched.asked, fetched.final) == (server.url("/a#top"), server.url("/a"))
    assert (fetched.status, fetched.redirects, fetched.complete) == (200, (), True)
    assert ("Etag", '"one"') in fetched.headers
    assert (fetched.header("ETAG"), fetched.charset, fetched.ip) == ('"one"', "utf-8", "127.0.0.1")
    assert before <= datetime.fromisoformat(fetched.at) <= datetime.now(UTC)
    assert [one.path for one in server.requests] == ["/robots.txt", "/a"]
    sent = server.requests[-1].headers
    assert sent["user-agent"].startswith("sayso/")
    assert sent["user-agent"].endswith("(desk@review.example)")
    assert sent["host"] == f"127.0.0.1:{server.port}"
    assert sent["accept-encoding"] == "gzip, deflate, br"


def bare_deflate(body: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-15)
    return machine.compress(body) + machine.flush()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY[:30]) + gzip.compress(BODY[30:])),
        ("GZIP", gzip.compress(BODY) + bytes(8)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", bare_deflate(BODY)),
        ("br", brotli.compress(BODY)),
        ("gzip, br", brotli.compress(gzip.compress(BODY))),
        ("identity", BODY),
    ],
)
def test_packed_answers_are_unpacked(server: Server, coding: str, packed: bytes) -> None:
    server.pages["/a"] = answer(packed, content_encoding=coding)
    assert Fetcher(server.settings()).page(server.url("/a"), "a").body == BODY


def test_codings_may_stand_in_headers_of_their_own(server: Server) -> None:
    packed = brotli.compress(gzip.compress(BODY))
    server.pages["/a"] = answer(packed, content_encoding="gzip\r\nContent-Encoding: br")
    assert Fetcher(server.settings()).page(server.url("/a"), "a").body == BODY


def test_chunks_are_put_together(server: Server) -> None:
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (BODY[:40], BODY[40:])) + b"0\r\n\r\n"
    server.pages["/a"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
    server.pages["/old"] = b"HTTP/1.0 200 OK\r\n\r\n" + BODY
    fetcher = Fetcher(server.settings())
    assert fetcher.page(server.url("/a"), "a").body == fetcher.page(server.url("/old"), "a").body == BODY


def test_redirects_are_followed_and_remembered(server: Server) -> None:
    in_utf8 = "é".encode().decode("latin-1")
    server.pages["/1"] = answer(status="301 Moved Permanently", location=f"/2?x={in_utf8}")
    server.pages["/2?x=%C3%A9"] = answer(status="302 Found", location="../3?x=é")
    server.pages["/3?x=%E9"] = answer(status="307 Temporary Redirect", location=server.url("/4"))
    server.pages["/4"] = answer(status="308 Permanent Redirect", location="//" + server.url("/a").partition("//")[2])
    fetched = Fetcher(server.settings()).page(server.url("/1"), "1").fetched
    assert fetched.final == server.url("/a")
    paths = ["/2?x=%C3%A9", "/3?x=%E9", "/4", "/a"]
    assert fetched.redirects == tuple(zip((301, 302, 307, 308), map(server.url, paths), strict=True))


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("/1", "redirect-loop"),
        ("/2", "redirect-loop"),
        ("http://169.254.169.254/latest/meta-data/", "refused-address"),
        ("http://127.0.0.1:1/", "refused-address"),
        ("http://[::ffff:127.0.0.1]/", "refused-address"),
        ("http://localhost/", "refused-address"),
        ("http://2130706433/", "bad-address"),
        ("file:///etc/passwd", "bad-address"),
        ("http://user:word@127.0.0.1/", "bad-address"),
        ("http://[", "bad-address"),
    ],
)
def test_redirects_that_lead_astray_are_not_followed(server: Server, location: str, code: str) -> None:
    server.pages["/1"] = answer(status="302 Found", location=location)
    server.pages["/2"] = answer(status="302 Found", location="/1")
    assert problem_of(Fetcher(server.settings()), server.url("/1")).code == code
    assert len(server.requests) <= 3


def test_redirects_without_end_are_given_up(server: Server) -> None:
    for number in range(20):
        server.pages[f"/{number}"] = answer(status="302 Found", location=f"/{number + 1}")
    assert problem_of(Fetcher(server.settings(redirects=4)), server.url("/0")).code == "redirect-loop"
    assert [one.path for one in server.requests[1:]] == ["/0", "/1", "/2", "/3", "/4"]
    server.pages["/x"] = answer(status="302 Found")
    assert problem_of(Fetcher(server.settings()), server.url("/x")).code == "broken-answer"


def test_robots_txt_is_heeded_and_asked_for_once(server: Server) -> None:
    server.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /\n\nUser-agent: sayso\nDisallow: /private\n")
    server.pages["/to"] = answer(status="302 Found", location="/private/x")
    fetcher = Fetcher(server.settings())
    assert fetcher.page(server.url("/a"), "a").body == BODY
    for path in ("/private/x", "/to"):
        assert problem_of(fetcher, server.url(path)).code == "robots-refuse"
    assert [one.path for one in server.requests] == ["/robots.txt", "/a", "/to"]


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "401 Unauthorized"])
def test_without_robots_txt_all_may_be_fetched(server: Server, status: str) -> None:
    server.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /", status)
    assert Fetcher(server.settings()).page(server.url("/a"), "a").body == BODY


@pytest.mark.parametrize("status", ["500 Oh", "503 Busy", "429 Too Many"])
def test_where_robots_txt_cannot_be_had_nothing_is_fetched(server: Server, status: str) -> None:
    server.pages["/robots.txt"] = answer(status=status)
    fetcher = Fetcher(server.settings(retries=1))
    assert [problem_of(fetcher, server.url(path)).code for path in ("/a", "/b")] == ["robots-unreachable"] * 2
    assert [one.path for one in server.requests] == ["/robots.txt"] * 2


def test_a_robots_txt_that_does_not_come_whole_is_as_none_that_can_be_had(server: Server) -> None:
    server.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /b\n", content_length="99")
    assert problem_of(Fetcher(server.settings(retries=0)), server.url("/a")).code == "robots-unreachable"


def test_robots_txt_may_stand_behind_a_redirect(server: Server) -> None:
    server.pages["/robots.txt"] = answer(status="301 Moved", location="/rules")
    server.pages["/rules"] = answer(b"User-agent: *\nDisallow: /a")
    assert problem_of(Fetcher(server.settings()), server.url("/a")).code == "robots-refuse"
    server.pages["/rules"] = answer(status="301 Moved", location="http://169.254.169.254/")
    assert problem_of(Fetcher(server.settings()), server.url("/a")).code == "robots-unreachable"


def test_pages_of_one_host_are_fetched_apart(server: Server) -> None:
    fetcher = Fetcher(server.settings(delay=0.3))
    for _ in range(3):
        fetcher.page(server.url("/a"), "a")
    first, second, third = (one.at for one in server.asked("/a"))
    assert min(second - first, third - second) >= 0.29
    now = time.monotonic()
    assert 0.0 < fetcher.wait_for(server.url("/b"), now) <= 0.3
    assert fetcher.wait_for("https://elsewhere.example/", now) == fetcher.wait_for("no address", now) == 0.0


def test_redirects_to_the_same_host_are_followed_at_once_and_to_others_in_their_time(server: Server) -> None:
    server.pages["/same"] = answer(status="302 Found", location="/a")
    server.pages["/other"] = answer(status="302 Found", location=server.url("/a"))
    allow = tuple(f"{host}:{server.port}" for host in ("127.0.0.1", "localhost"))
    fetcher = Fetcher(server.settings(delay=0.4, allow=allow))
    fetcher.page(server.url("/same"), "a")
    fetcher.page(f"http://localhost:{server.port}/other", "a")
    first, second = (one.at for one in server.asked("/a"))
    assert first - server.asked("/same")[0].at < 0.3
    assert second - first >= 0.39


def test_a_crawl_delay_goes_before_a_shorter_one_of_ours(server: Server) -> None:
    server.pages["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 0.4\n")
    fetcher = Fetcher(server.settings(delay=0.1))
    for _ in range(2):
        fetcher.page(server.url("/a"), "a")
    first, second = (one.at for one in server.asked("/a"))
    assert second - first >= 0.39


def test_a_crawl_delay_longer_than_we_wait_leaves_pages_out(server: Server) -> None:
    server.pages["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 100\n")
    fetcher = Fetcher(server.settings())
    assert fetcher.page(server.url("/a"), "a").body == BODY
    assert problem_of(fetcher, server.url("/a")).code == "asked-to-wait"
    assert len(server.asked("/a")) == 1


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_host_that_asks_for_time_gets_it(server: Server, status: str) -> None:
    server.pages["/a"] = in_turn(answer(status=status, retry_after="1"), answer(BODY))
    assert Fetcher(server.settings()).page(server.url("/a"), "a").body == BODY
    first, second = (one.at for one in server.asked("/a"))
    assert second - first >= 0.99


def test_a_time_to_come_back_may_be_a_date(server: Server) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    server.pages["/a"] = in_turn(answer(status="503 Busy", retry_after=until), answer(BODY))
    began = time.time()
    assert Fetcher(server.settings()).page(server.url("/a"), "a").body == BODY
    assert time.time() - began >= 0.9


def test_a_host_that_asks_for_too_much_time_is_left_alone(server: Server) -> None:
    server.pages["/a"] = answer(status="429 Too Many Requests", retry_after="3600")
    fetcher = Fetcher(server.settings())
    assert [problem_of(fetcher, server.url(path)).code for path in ("/a", "/b", "/a")] == ["asked-to-wait"] * 3
    assert [one.path for one in server.requests] == ["/robots.txt", "/a"]


@pytest.mark.parametrize("nonsense", ["soon", "-5", "Mon, 99 Foo 2020", "", "1e9"])
def test_a_time_to_come_back_that_makes_no_sense_is_no_time(server: Server, nonsense: str) -> None:
    server.pages["/a"] = in_turn(answer(status="503 Busy", retry_after=nonsense), answer(BODY))
    assert Fetcher(server.settings()).page(server.url("/a"), "a").body == BODY


def test_retries_back_off_and_end(server: Server) -> None:
    server.pages["/a"] = answer(status="502 Bad Gateway")
    problem = problem_of(Fetcher(server.settings(retries=3, backoff=0.1)), server.url("/a"))
    assert problem.code == "no-page"
    assert "502" in problem.what
    at = [one.at for one in server.asked("/a")]
    waits = [after - before for before, after in pairwise(at)]
    assert len(waits) == 3
    assert [wait >= least for wait, least in zip(waits, (0.1, 0.2, 0.4), strict=True)] == [True] * 3


@pytest.mark.parametrize("status", ["401 A", "403 A", "404 A", "410 A", "451 A", "418 A", "204 A", "304 A", "300 A"])
def test_a_status_without_a_page_is_told_and_not_asked_for_again(server: Server, status: str) -> None:
    server.pages["/a"] = f"HTTP/1.1 {status}\r\n\r\n".encode()
    assert status[:3] in problem_of(Fetcher(server.settings()), server.url("/a")).what
    assert len(server.asked("/a")) == 1


def test_nothing_at_all_is_sent_to_a_host_that_is_not_allowed(server: Server) -> None:
    problem = problem_of(Fetcher(Web()), server.url("/a"))
    assert problem.code == "refused-address"
    assert server.requests == []


def test_the_connection_goes_to_the_address_that_was_checked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    # A name that means this server when it is looked up to be checked, and another host if anything looks again.
    monkeypatch.setattr(socket, "getaddrinfo", names({"review.test": ["127.0.0.1"] * 3 + ["127.0.0.9"]}, asked))
    server.pages["/robots.txt"] = answer(b"")
    settings = server.settings(allow=(f"review.test:{server.port}",))
    got = Fetcher(settings).page(f"http://review.test:{server.port}/a", "a")
    assert (got.body, got.fetched.ip) == (BODY, "127.0.0.1")
    assert {one.headers["host"] for one in server.requests} == {f"review.test:{server.port}"}
    # Once before anything is sent, then once before each of the two requests; the connection looks up no name.
    assert asked.count("review.test") == 3


def test_a_page_that_is_kept_is_asked_for_only_where_it_has_changed(server: Server, tmp_path: Path) -> None:
    modified = "Tue, 08 Nov 2022 10:00:00 GMT"
    server.pages["/a"] = in_turn(
        answer(BODY, **HTML, etag='"one"', last_modified=modified),
        answer(status="304 Not Modified", etag='"one"', x_served="late", content_type="text/plain"),
        answer(b"<p>New</p>", etag='"two"'),
    )
    with Keep(tmp_path) as keep:
        fetcher = Fetcher(server.settings(), keep)
        got = [fetcher.page(server.url("/a"), "a") for _ in range(3)]
    assert [one.body for one in got] == [BODY, BODY, b"<p>New</p>"]
    assert [one.fetched.status for one in got] == [200, 304, 200]
    assert got[1].fetched.charset == "utf-8"
    assert got[1].fetched.header("x-served") == "late"
    sent = [one.headers for one in server.asked("/a")]
    assert [one.get("if-none-match") for one in sent] == [None, '"one"', '"one"']
    assert [one.get("if-modified-since") for one in sent] == [None, modified, modified]


def test_what_is_kept_lies_there_before_it_is_read(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in server.variables().items():
        monkeypatch.setenv(name, value)
    server.pages["/gone"] = answer(status="410 Gone")
    found = pages([server.url("/a"), server.url("/gone")], keep=tmp_path / "kept")
    page = next(found)
    assert isinstance(page, Page)
    assert (page.url, page.charset, page.media_type) == (server.url("/a"), "utf-8", "text/html")
    assert (tmp_path / "kept/pages" / page.sha256[:2] / page.sha256).read_bytes() == BODY
    gone = next(found)
    assert isinstance(gone, Problem)
    lines = [json.loads(line) for line in (tmp_path / "kept/pages.jsonl").read_text().splitlines()]
    assert [(line["asked"], line["status"], line["sha256"]) for line in lines] == [
        (server.url("/a"), 200, hashlib.sha256(BODY).hexdigest()),
        (server.url("/gone"), 410, None),
    ]
    assert ["Etag", '"one"'] in lines[0]["headers"]
    assert list(found) == []


def test_records_at_an_address_are_read_as_from_a_file(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.variables().items():
        monkeypatch.setenv(name, value)
    server.pages["/r.jsonl"] = answer(b'{"text": "One died."}\n{"text": "Two died."}\nx\n')
    server.pages["/logo"] = answer(b"\x89PNG\r\n\x1a\n" + bytes(200))
    server.pages["/empty"] = answer()
    found = list(pages([server.url(path) for path in ("/r.jsonl", "/logo", "/empty")]))
    assert [one.where for one in found] == [
        *(server.url(f"/r.jsonl:{number}") for number in (1, 2, 3)),
        server.url("/logo"),
        server.url("/empty"),
    ]
    assert [type(one) for one in found] == [Page, Page, Problem, Problem, Problem]
    assert isinstance(found[0], Page)
    assert found[0].fetched is not None


def test_settings_that_cannot_be_used_are_told_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.variables(DELAI="3").items():
        monkeypatch.setenv(name, value)
    found: list[Any] = list(pages([server.url("/a"), server.url("/a")]))
    assert [getattr(one, "code", "page") for one in found] == ["unknown-setting", "page", "page"]
