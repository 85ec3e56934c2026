"""The watch over feeds, against a real server: what is new is read once, whatever happens in between."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import sayso
from sayso.ledger import Ledger
from sayso.pages.feed_list import Source
from sayso.problems import Problem
from sayso.records import Reading
from sayso.settings import Settings
from sayso.watch import watch
from tests.web_server import Server, answer, in_turn, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = str(Path(sayso.__file__).parents[1])
SHORT = 0.005
"""Minutes between two looks at a feed: 0.3 seconds."""


def feed(server: Server, *paths: str, **headers: str) -> bytes:
    items = "".join(
        f"<item><title>Report {path}</title><link>{server.url(path)}</link><guid>{path}</guid>"
        "<pubDate>Tue, 08 Nov 2022 23:30:00 +0300</pubDate></item>"
        for path in paths
    )
    body = f"<rss version='2.0'><channel><title>The Harbour Review</title>{items}</channel></rss>"
    return answer(body.encode(), content_type="application/rss+xml", **headers)


def page(number: int) -> bytes:
    words = f"<html><body><p>{number} people were killed in Tamrit on Monday, police said.</p></body></html>"
    return answer(words.encode(), content_type="text/html; charset=utf-8")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        one.pages["/robots.txt"] = answer(b"")
        for number in range(2, 100):
            one.pages[f"/{number}"] = page(number)
        one.pages["/feed"] = feed(one, "/2", "/3")
        yield one


def once(server: Server, folder: Path, *sources: Source, **changes: Any) -> list[Reading | Problem]:  # noqa: ANN401 - any setting
    listed = sources or (Source(server.url("/feed"), SHORT),)
    return list(watch(listed, folder, Settings(web=server.settings(**changes)), once=True))


def read(found: list[Reading | Problem]) -> list[str]:
    return [str(one.report.url).rpartition("/")[2] for one in found if isinstance(one, Reading)]


def problems(found: list[Reading | Problem]) -> list[str]:
    return [one.code for one in found if isinstance(one, Problem)]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_what_is_new_is_read_once_with_what_the_feed_says(server: Server, tmp_path: Path) -> None:
    found = once(server, tmp_path)
    assert read(found) == ["2", "3"]
    assert problems(found) == []
    (first, second) = lines(tmp_path / "readings.jsonl")
    report = first["report"]
    assert (report["url"], report["outlet"], report["title"]) == (server.url("/2"), "The Harbour Review", "Report /2")
    assert report["published"] == "2022-11-08T23:30:00+03:00"
    assert [(claim["low"], claim["date_from"]) for claim in first["claims"]] == [(2, "2022-11-07")]
    assert report["text"][first["claims"][0]["start"] :].startswith("2 people")
    kept = tmp_path / "pages" / report["page_sha256"][:2] / report["page_sha256"]
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == report["page_sha256"]
    assert second["report"]["url"] == server.url("/3")
    time.sleep(SHORT * 60)
    server.pages["/feed"] = feed(server, "/4", "/2", "/3")
    assert read(once(server, tmp_path)) == ["4"]
    assert Counter(one.path for one in server.requests if one.path not in {"/robots.txt", "/feed"}) == Counter(
        ["/2", "/3", "/4"]
    )


def test_a_feed_is_not_looked_at_before_its_time(server: Server, tmp_path: Path) -> None:
    source = Source(server.url("/feed"), 10)
    assert read(once(server, tmp_path, source)) == ["2", "3"]
    assert once(server, tmp_path, source) == []
    assert len(server.asked("/feed")) == 1


def test_a_single_round_may_come_a_little_early(server: Server, tmp_path: Path) -> None:
    source = Source(server.url("/feed"), 2 / 60)
    server.pages["/feed"] = feed(server)
    once(server, tmp_path, source)
    time.sleep(1.85)
    once(server, tmp_path, source)
    assert len(server.asked("/feed")) == 2


def test_a_feed_that_has_not_changed_is_not_sent_again(server: Server, tmp_path: Path) -> None:
    server.pages["/feed"] = in_turn(feed(server, "/2", etag='"one"'), answer(status="304 Not Modified"))
    assert read(once(server, tmp_path)) == ["2"]
    time.sleep(SHORT * 60)
    assert once(server, tmp_path) == []
    assert [one.headers.get("if-none-match") for one in server.asked("/feed")] == [None, '"one"']


def test_the_same_page_in_two_feeds_is_read_once(server: Server, tmp_path: Path) -> None:
    server.pages["/sport"] = feed(server, "/3", "/4")
    found = once(server, tmp_path, Source(server.url("/feed"), 1), Source(server.url("/sport"), 1, outlet="Sport"))
    assert read(found) == ["2", "3", "4"]
    assert [one.report.outlet for one in found if isinstance(one, Reading)] == ["The Harbour Review"] * 2 + ["Sport"]


def test_what_fails_is_told_and_the_rest_goes_on(server: Server, tmp_path: Path) -> None:
    server.pages["/feed"] = feed(server, "/2", "/gone", "/logo", "/3")
    server.pages["/logo"] = answer(b"\x89PNG\r\n\x1a\n" + bytes(99))
    server.pages["/html"] = page(9)
    sources = [Source(server.url(path), SHORT) for path in ("/nowhere", "/html", "/feed")]
    found = once(server, tmp_path, *sources)
    assert read(found) == ["2", "3"]
    assert problems(found) == ["no-page", "not-a-feed", "no-page", "not-a-report"]
    written = lines(tmp_path / "problems.jsonl")
    assert [(one["code"], one["where"]) for one in written] == [
        ("no-page", server.url("/nowhere")),
        ("not-a-feed", server.url("/html")),
        ("no-page", server.url("/gone")),
        ("not-a-report", server.url("/logo")),
    ]
    told = (Path(__file__).parents[1] / "docs" / "web.md").read_text(encoding="utf-8")
    (row,) = (line for line in told.splitlines() if line.startswith("| `problems.jsonl`"))
    assert row.count("`") // 2 - 1 == len(written[0])
    assert all(f"`{key}`" in row for key in written[0])
    time.sleep(SHORT * 60)
    # The feeds may be mended; what is gone or no report is not asked for again.
    assert problems(once(server, tmp_path, *sources)) == ["no-page", "not-a-feed"]
    assert len(server.asked("/gone")) == len(server.asked("/logo")) == 1


def test_a_page_that_failed_in_passing_is_tried_again_but_not_without_end(server: Server, tmp_path: Path) -> None:
    server.pages["/feed"] = feed(server, "/late", "/never")
    server.pages["/late"] = in_turn(answer(status="503 Busy"), page(7))
    server.pages["/never"] = answer(status="500 Oh")
    found: list[list[str]] = []
    for _ in range(9):
        found.append(read(once(server, tmp_path, Source(server.url("/feed"), 0.0005), retries=0)))
        time.sleep(0.1)
    assert [one for one in found if one] == [["late"]]
    assert len(server.asked("/never")) == 5
    assert len(server.asked("/late")) == 2


def test_a_feed_that_asks_for_time_gets_it_even_after_a_restart(server: Server, tmp_path: Path) -> None:
    server.pages["/feed"] = answer(status="429 Slow down", retry_after="600")
    assert problems(once(server, tmp_path)) == ["asked-to-wait"]
    time.sleep(SHORT * 60)
    assert once(server, tmp_path) == []
    assert len(server.asked("/feed")) == 1


def test_pages_of_a_host_that_asks_for_time_wait_for_it(server: Server, tmp_path: Path) -> None:
    server.pages["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 0.4\n")
    source = Source(server.url("/feed"), SHORT)
    server.pages["/feed"] = feed(server, "/2", "/3", "/4")
    # Each round has time for one request or two; in the end all pages are read, though none is ever waited for.
    found: list[str] = []
    for _ in range(8):
        found += read(once(server, tmp_path, source, longest_wait=0.2))
        time.sleep(0.45)
    assert sorted(found) == ["2", "3", "4"]


def test_a_feed_that_has_moved_is_told(server: Server, tmp_path: Path) -> None:
    server.pages["/feed"] = answer(status="301 Moved", location="/new")
    server.pages["/new"] = feed(server, "/2")
    found = once(server, tmp_path)
    assert problems(found) == ["feed-moved"]
    assert server.url("/new") in next(one.what for one in found if isinstance(one, Problem))
    assert read(found) == ["2"]


def test_a_slow_host_does_not_hold_up_the_others(server: Server, tmp_path: Path) -> None:
    """A host that wants half a minute between its pages, and one that wants nothing: the second one's come first."""
    server.pages["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 30\n")
    with serving() as other:
        other.pages = server.pages | {"/robots.txt": answer(b"")}
        other.pages["/feed"] = (
            feed(other, "/5", "/6", "/7").replace(b"127.0.0.1", b"localhost").replace(b"Content-Length", b"X-Length")
        )
        allow = (f"127.0.0.1:{server.port}", f"localhost:{other.port}")
        sources = (Source(server.url("/feed"), 1), Source(other.url("/feed").replace("127.0.0.1", "localhost"), 1))
        settings = Settings(web=server.settings(allow=allow, longest_wait=60))
        found = (one for one in watch(sources, tmp_path, settings, once=True) if isinstance(one, Reading))
        assert read(list(islice(found, 3))) == ["5", "6", "7"]


def test_pages_of_one_host_are_read_in_the_order_of_the_feed(server: Server, tmp_path: Path) -> None:
    server.pages["/feed"] = feed(server, *(f"/{number}" for number in range(2, 9)))
    assert read(once(server, tmp_path, delay=0.02)) == list("2345678")


def test_two_watches_cannot_write_to_one_folder(server: Server, tmp_path: Path) -> None:
    running = watch([Source(server.url("/feed"), 1)], tmp_path, Settings(web=server.settings()), once=True)
    next(running)
    assert problems(once(server, tmp_path)) == ["cannot-keep"]
    assert read(list(running)) == ["3"]


def test_readings_that_were_not_finished_are_put_aside(server: Server, tmp_path: Path) -> None:
    once(server, tmp_path)
    with (tmp_path / "readings.jsonl").open("ab") as stream:
        stream.write(b'{"schema": 1, "program": "say')
    time.sleep(SHORT * 60)
    server.pages["/feed"] = feed(server, "/4")
    assert read(once(server, tmp_path)) == ["4"]
    assert len(lines(tmp_path / "readings.jsonl")) == 3
    assert (tmp_path / "unfinished.jsonl").read_bytes() == b'{"schema": 1, "program": "say'


def test_readings_stay_when_the_state_is_lost(server: Server, tmp_path: Path) -> None:
    once(server, tmp_path)
    (tmp_path / "state.sqlite").unlink()
    with (tmp_path / "readings.jsonl").open("ab") as stream:
        stream.write(b'{"schema": 1')
    once(server, tmp_path)
    assert [one["report"]["url"][-1] for one in lines(tmp_path / "readings.jsonl")] == ["2", "3", "2", "3"]


def program(server: Server, folder: Path, *more: str, every: float = SHORT) -> subprocess.Popen[bytes]:
    path = folder / "feeds.toml"
    path.write_text(f'every = {every}\n[[feed]]\nurl = "{server.url("/feed")}"\n', encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "sayso", "watch", str(path), "--keep", str(folder / "kept"), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": SOURCE} | server.variables(),
    )


def test_a_watch_that_is_killed_at_any_moment_reads_everything_once(server: Server, tmp_path: Path) -> None:
    """Kill the program three times, each at another step of its work, and let it finish the fourth time."""
    numbers = [str(number) for number in range(2, 14)]
    server.pages["/feed"] = feed(server, *(f"/{number}" for number in numbers))
    for moment in range(3):
        running = program(server, tmp_path)
        assert running.stdout is not None
        for _ in range(2):
            running.stdout.readline()
        time.sleep(0.02 * moment)
        running.kill()
        running.communicate()
    ended = program(server, tmp_path, "--once")
    _, errors = ended.communicate(timeout=120)
    assert (ended.returncode, errors) == (0, b"")
    found = [one["report"]["url"].rpartition("/")[2] for one in lines(tmp_path / "kept/readings.jsonl")]
    assert sorted(found, key=int) == numbers
    for one in lines(tmp_path / "kept/readings.jsonl"):
        sha256 = one["report"]["page_sha256"]
        assert hashlib.sha256((tmp_path / "kept/pages" / sha256[:2] / sha256).read_bytes()).hexdigest() == sha256


def test_a_watch_goes_on_until_it_is_stopped(server: Server, tmp_path: Path) -> None:
    running = program(server, tmp_path)
    assert running.stdout is not None
    assert [running.stdout.readline().decode() for _ in range(2)] == [
        f"{server.url(path)}: 1 claim\n" for path in ("/2", "/3")
    ]
    server.pages["/feed"] = feed(server, "/4", "/2")
    assert running.stdout.readline().decode() == f"{server.url('/4')}: 1 claim\n"
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert (running.returncode, errors) == (130, b"")
    assert len(server.asked("/feed")) >= 2


def test_the_program_says_what_failed_and_leaves_with_1(server: Server, tmp_path: Path) -> None:
    server.pages["/feed"] = feed(server, "/2", "/gone")
    done = program(server, tmp_path, "--once", every=10)
    out, errors = done.communicate(timeout=120)
    assert done.returncode == 1
    assert out.decode() == f"{server.url('/2')}: 1 claim\n"
    assert errors.decode().startswith(f"sayso: cannot read {server.url('/gone')}: The host answered with status 404")


def test_a_list_without_feeds_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sayso", "watch", "nowhere.toml", "--keep", "kept", "--once"],
        check=False,
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": SOURCE},
    )
    assert done.returncode == 1
    assert done.stderr.startswith(b"sayso: cannot read nowhere.toml: ")
    assert not (tmp_path / "kept").exists()


def test_a_ledger_keeps_pages_and_readings_as_well(server: Server, tmp_path: Path, ledger_url: str) -> None:
    source = Source(server.url("/feed"), 15)
    with Ledger.create(ledger_url) as ledger:
        settings = Settings(web=server.settings())
        found = list(watch([source], tmp_path / "kept", settings, once=True, ledger=ledger))
        assert read(found)
        assert [one.report.url for one in ledger.claims()] == [server.url("/2"), server.url("/3")]
        assert all(page.fetched is not None and page.fetched.status == 200 for page in ledger.pages())
        assert ledger.verify().problems == ()
        # The folder is lost, the ledger is not: what is read once more is kept once.
        again = list(watch([source], tmp_path / "another", settings, once=True, ledger=ledger))
        assert len(read(again)) == 2
        assert len(list(ledger.claims())) == 2
