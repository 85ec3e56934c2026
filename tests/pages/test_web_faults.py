"""What a host can do wrong, done by a real server: each time a Problem, in bounded time, and the rest goes on."""

from __future__ import annotations

import gzip
import os
import socket
import struct
import subprocess
import sys
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import pytest

import sayso
from sayso.find import find_report
from sayso.pages.files import in_bytes
from sayso.pages.keep import Keep
from sayso.pages.online import opened
from sayso.pages.web import Fetcher, NotFetchedError
from sayso.problems import Problem
from sayso.records import Given, Page
from tests.pages.test_web_fetching import BODY, problem_of
from tests.web_server import Request, Server, answer, in_turn, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CERTIFICATE = Path(__file__).with_name("review.test.pem")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        one.pages["/robots.txt"] = answer(b"")
        one.pages["/a"] = answer(BODY)
        yield one


def drip(before: bytes, piece: bytes) -> Callable[[socket.socket, Request], None]:
    def page(connection: socket.socket, _request: Request) -> None:
        connection.sendall(before)
        while True:
            connection.sendall(piece)
            time.sleep(0.05)

    return page


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
        (b"", b"H"),
    ],
)
def test_a_slow_drip_is_cut_off(server: Server, before: bytes, piece: bytes) -> None:
    server.pages["/slow"] = drip(before, piece)
    fetcher = Fetcher(server.settings(page_time=0.5))
    began = time.monotonic()
    assert problem_of(fetcher, server.url("/slow")).code == "too-slow"
    assert time.monotonic() - began < 2
    assert len(server.asked("/slow")) == 1
    assert fetcher.page(server.url("/a"), "a").body == BODY


def test_a_host_that_says_nothing_is_given_up(server: Server) -> None:
    server.pages["/silent"] = lambda _connection, _request: time.sleep(2)
    fetcher = Fetcher(server.settings(timeout=0.2, retries=1))
    began = time.monotonic()
    assert problem_of(fetcher, server.url("/silent")).code == "too-slow"
    assert time.monotonic() - began < 1.5
    assert len(server.asked("/silent")) == 2


@pytest.mark.parametrize("length", ["", "Content-Length: 99999999\r\n", "Transfer-Encoding: chunked\r\n"])
def test_a_body_without_end_is_cut_off(server: Server, length: str) -> None:
    piece = b"8000\r\n" + b"x" * 0x8000 + b"\r\n" if "chunked" in length else b"x" * 0x8000

    def page(connection: socket.socket, _request: Request) -> None:
        connection.sendall(f"HTTP/1.1 200 OK\r\n{length}\r\n".encode())
        while True:
            connection.sendall(piece)

    server.pages["/endless"] = page
    assert problem_of(Fetcher(server.settings(page_bytes=1_000_000)), server.url("/endless")).code == "too-large"


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(bytes(50_000_000), 9)),
        ("deflate", zlib.compress(bytes(50_000_000), 9)),
        ("br", brotli.compress(bytes(50_000_000), quality=5)),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(50_000_000)))),
    ],
)
def test_a_bomb_is_not_unpacked(server: Server, coding: str, packed: bytes) -> None:
    assert len(packed) < 100_000
    server.pages["/bomb"] = answer(packed, content_encoding=coding)
    assert problem_of(Fetcher(server.settings(page_bytes=1_000_000)), server.url("/bomb")).code == "too-large"


@pytest.mark.parametrize("coding", ["zstd", "compress", "gzip, gzip, gzip, gzip", "\xe9"])
def test_a_packing_that_was_not_asked_for_is_told(server: Server, coding: str) -> None:
    server.pages["/odd"] = answer(b"abc", content_encoding=coding)
    assert problem_of(Fetcher(server.settings()), server.url("/odd")).code == "unknown-coding"


LONG = BODY.replace(b"</p>", b"</p>" + b"".join(b"<p>Road %d is closed.</p>" % n for n in range(40_000)))


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(LONG)[: len(gzip.compress(LONG)) // 2]),
        ("gzip", gzip.compress(LONG)[:-8] + bytes(8)),
        ("deflate", zlib.compress(LONG)[:-4]),
        ("br", brotli.compress(LONG, quality=4, lgwin=16)[:-3]),
    ],
)
def test_damaged_packing_gives_what_can_be_had_and_says_so(server: Server, coding: str, packed: bytes) -> None:
    server.pages["/b"] = answer(packed, content_encoding=coding)
    got = Fetcher(server.settings(retries=1)).page(server.url("/b"), "b")
    assert LONG.startswith(got.body)
    assert len(got.body) > len(LONG) // 4
    assert (bool(got.cut), got.fetched.complete) == (True, False)
    assert len(server.asked("/b")) == 2


@pytest.mark.parametrize("packed", [b"this is no gzip", gzip.compress(BODY, mtime=0)[:5]])
def test_packing_of_which_nothing_can_be_had_is_a_problem(server: Server, packed: bytes) -> None:
    server.pages["/b"] = answer(packed, content_encoding="gzip")
    assert problem_of(Fetcher(server.settings()), server.url("/b")).code == "broken-answer"


def test_a_length_that_promises_too_much_is_told(server: Server, tmp_path: Path) -> None:
    server.pages["/b"] = answer(BODY, content_length="999", etag='"half"')
    with Keep(tmp_path) as keep:
        fetcher = Fetcher(server.settings(retries=2), keep)
        got = fetcher.page(server.url("/b"), "b")
        assert keep.held(server.url("/b")) is None
    assert got.body == BODY
    assert f"{len(BODY)} bytes of 999" in got.cut
    assert len(server.asked("/b")) == 3
    problem, page = opened(got, "b", in_bytes)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.lost) == ("cut-short", False)
    assert isinstance(page, Page)


def test_a_length_that_is_right_the_next_time_is_no_problem(server: Server) -> None:
    server.pages["/b"] = in_turn(answer(BODY[:20], content_length=str(len(BODY))), answer(BODY))
    got = Fetcher(server.settings()).page(server.url("/b"), "b")
    assert (got.body, got.cut) == (BODY, "")


def test_a_length_that_promises_too_little_gives_no_more_than_it_says(server: Server) -> None:
    server.pages["/b"] = answer(BODY, content_length="20")
    assert Fetcher(server.settings()).page(server.url("/b"), "b").body == BODY[:20]


def reset(connection: socket.socket, _request: Request) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def half_then_reset(connection: socket.socket, request: Request) -> None:
    connection.sendall(answer(BODY, content_length=str(len(BODY) * 2)))
    time.sleep(0.1)
    reset(connection, request)


def test_a_connection_that_is_reset_is_tried_again(server: Server) -> None:
    server.pages["/b"] = reset
    assert problem_of(Fetcher(server.settings(retries=2)), server.url("/b")).code == "broken-answer"
    assert len(server.asked("/b")) == 3
    server.pages["/half"] = half_then_reset
    assert Fetcher(server.settings(retries=0)).page(server.url("/half"), "b").body == BODY


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"\x16\x03\x01\x02\x00" * 50,
        b"HTTP/1.1 twelve\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"",
    ],
)
def test_an_answer_that_is_none_is_told(server: Server, raw: bytes) -> None:
    server.pages["/b"] = raw
    fetcher = Fetcher(server.settings(retries=0))
    assert problem_of(fetcher, server.url("/b")).code == "broken-answer"
    assert fetcher.page(server.url("/a"), "a").body == BODY


@pytest.mark.parametrize("length", ["-5", "abc", "5, 5", "1" * 5000])
def test_a_length_that_is_no_number_ends_nothing(server: Server, length: str) -> None:
    server.pages["/b"] = answer(BODY, content_length=length)
    fetcher = Fetcher(server.settings(retries=0))
    with suppress(NotFetchedError):
        assert BODY.startswith(fetcher.page(server.url("/b"), "b").body)
    assert fetcher.page(server.url("/a"), "a").body == BODY


def test_a_host_that_goes_down_is_not_tried_again_for_each_page() -> None:
    with serving() as server:
        server.pages["/a"] = answer(BODY)
        fetcher = Fetcher(server.settings(backoff=0.2, retries=2))
        fetcher.page(server.url("/a"), "a")
    took: list[float] = []
    for path in ("/b", "/c"):
        began = time.monotonic()
        assert problem_of(fetcher, server.url(path)).code == "unreachable"
        took.append(time.monotonic() - began)
    # The first is tried three times, 0.2 and 0.4 seconds apart; the second once, after the pause that then began.
    assert took[0] >= 0.6
    # Tried once, after the pause of 0.8 seconds that began with the last try; all three tries would take 1.4.
    assert took[1] < 1.3


def test_a_host_where_nobody_listens_is_down_for_the_rest(server: Server) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        fetcher = Fetcher(server.settings(allow=(f"127.0.0.1:{port}",), backoff=0.2, retries=2))
        began = time.monotonic()
        assert problem_of(fetcher, f"http://127.0.0.1:{port}/a").code == "unreachable"
        assert time.monotonic() - began >= 0.6
        began = time.monotonic()
        assert problem_of(fetcher, f"http://127.0.0.1:{port}/b").code == "unreachable"
        assert time.monotonic() - began < 0.5


def test_a_name_that_nobody_has_is_told(server: Server) -> None:
    assert problem_of(Fetcher(server.settings()), "http://no-such-host.invalid/").code == "no-such-host"


def test_a_host_that_cannot_prove_itself_is_not_believed() -> None:
    with serving(CERTIFICATE) as server:
        server.pages["/a"] = answer(BODY)
        problem = problem_of(Fetcher(server.settings()), server.url("/a"))
        assert problem.code == "tls-failed"
        assert server.requests == []
        # Nor does it answer to what is not encrypted.
        url = server.url("/a").replace("https:", "http:")
        assert problem_of(Fetcher(server.settings(retries=0)), url).code == "broken-answer"


@pytest.mark.parametrize(("host", "code"), [("localhost", 0), ("127.0.0.1", 1)])
def test_a_host_is_believed_under_the_name_of_its_certificate_alone(host: str, code: int, tmp_path: Path) -> None:
    with serving(CERTIFICATE) as server:
        server.pages["/a"] = answer(BODY)
        url = server.url("/a").replace("127.0.0.1", host)
        done = subprocess.run(
            [sys.executable, "-m", "sayso", "read", url, "--format", "jsonl"],
            check=False,
            capture_output=True,
            cwd=tmp_path,
            env=os.environ
            | {"PYTHONPATH": str(Path(sayso.__file__).parents[1]), "SSL_CERT_FILE": str(CERTIFICATE)}
            | server.variables(ALLOW=f"{host}:{server.port}"),
        )
    assert done.returncode == code
    assert bool(done.stdout) == (code == 0)
    assert (b"could not prove that it is itself" in done.stderr) == (code == 1)


@pytest.mark.parametrize(
    ("encoding", "header", "meta"),
    [
        ("windows-1251", "windows-1251", None),
        ("windows-1251", "utf-8", "windows-1251"),
        ("windows-1251", "windows-1251", "koi8-r"),
        ("utf-8", "iso-8859-1", None),
        ("koi8-u", "no-such-thing", "koi8-u"),
    ],
)
def test_the_encoding_comes_from_header_page_and_bytes(
    server: Server, encoding: str, header: str, meta: str | None
) -> None:
    words = "У Тамрику загинули дев'ять людей, повідомив мер міста."
    stated = f'<meta charset="{meta}">' if meta else ""
    body = f"<html><head>{stated}<title>Тамрик</title></head><body><p>{words}</p></body></html>".encode(encoding)
    server.pages["/b"] = answer(body, content_type=f'text/html; charset="{header}"')
    got = Fetcher(server.settings()).page(server.url("/b"), "b")
    (page,) = opened(got, "b", in_bytes)
    assert isinstance(page, Page)
    report, _ = find_report(page, Given())
    assert report is not None
    assert words in report.text


def test_an_address_that_the_page_states_is_taken_only_on_its_own_host(server: Server) -> None:
    for stated, expected in (
        (server.url("/plain"), server.url("/plain")),
        ("https://wire.example/x", server.url("/b")),
    ):
        link = f'<link rel="canonical" href="{stated}">'.encode()
        server.pages["/b"] = answer(BODY.replace(b"<title>", link + b"<title>"))
        (page,) = opened(Fetcher(server.settings()).page(server.url("/b"), "b"), "b", in_bytes)
        assert isinstance(page, Page)
        report, _ = find_report(page, Given())
        assert report is not None
        assert report.url == expected
