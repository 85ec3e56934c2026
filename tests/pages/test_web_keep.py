"""The folder that keeps pages: whatever happens to the program or the disk, what was kept holds."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import sayso
from sayso.pages.files import pages
from sayso.pages.keep import CannotKeepError, Keep
from sayso.problems import Problem
from sayso.records import Fetched, Page
from tests.web_server import answer, serving

URL = "https://review.example/a"
FETCHED = Fetched(
    URL,
    URL,
    (),
    200,
    (("ETag", '"one"'), ("Set-Cookie", "a=b"), ("Set-Cookie", "c=d")),
    "2024-05-01T10:00:00+00:00",
    "192.0.2.1",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Keep(tmp_path / "kept") as keep:
        keep.keep(FETCHED, b"One died.")
    return tmp_path / "kept"


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "pages.jsonl").read_text().splitlines()]


def test_bytes_lie_under_their_hash_once(folder: Path) -> None:
    with Keep(folder) as keep:
        keep.keep(FETCHED, b"One died.")
    files = [path for path in (folder / "pages").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in files] == [b"One died."]
    assert len(lines(folder)) == 2
    assert lines(folder)[0]["sha256"] == files[0].name
    assert lines(folder)[0]["headers"] == [list(pair) for pair in FETCHED.headers]


def test_the_docs_name_every_key_of_a_line_and_no_other(folder: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "web.md").read_text(encoding="utf-8")
    table = page.split("Each line of `pages.jsonl` has these keys:", 1)[1].split("\n\n", 2)[1]
    assert re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE) == list(lines(folder)[0])


def test_bytes_that_are_no_longer_what_they_were_are_not_held(folder: Path) -> None:
    (path,) = (path for path in (folder / "pages").rglob("*") if path.is_file())
    with Keep(folder) as keep:
        held = keep.held(URL)
        assert held is not None
        assert (held.body, held.conditions) == (b"One died.", {"If-None-Match": '"one"'})
        path.write_bytes(b"None died")
        assert keep.held(URL) is None
        path.unlink()
        assert keep.held(URL) is None
        assert keep.held("https://review.example/b") is None


@pytest.mark.parametrize("torn", [b"{", b'{"schema": 1' + b" " * 200_000, b"\x00" * 70_000])
def test_a_line_that_was_not_written_to_its_end_is_taken_back(folder: Path, torn: bytes) -> None:
    with (folder / "pages.jsonl").open("ab") as stream:
        stream.write(torn)
    with Keep(folder) as keep:
        keep.keep(FETCHED, b"Two died.")
    assert len(lines(folder)) == 2


def test_a_file_that_was_never_written_to_its_end_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_bytes(b"x" * 100_000)
    with Keep(tmp_path) as keep:
        keep.keep(FETCHED, b"Two died.")
    assert len(lines(tmp_path)) == 1


def test_two_programs_cannot_hold_one_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as server:
        server.pages["/a"] = answer(b"One died.")
        for name, value in server.variables().items():
            monkeypatch.setenv(name, value)
        with Keep(folder):
            found = list(pages([server.url("/a"), server.url("/b")], keep=folder))
            assert [one.code for one in found if isinstance(one, Problem)] == ["cannot-keep"] * 2
            assert [one.where for one in found] == [server.url("/a"), server.url("/b")]
        assert server.requests == []
        assert [type(one) for one in pages([server.url("/a")], keep=folder)] == [Page]


def test_a_folder_that_cannot_be_used_says_so(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotKeepError, match="cannot be used"):
        Keep(tmp_path / "file" / "below")
    (folder / "state.sqlite").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(CannotKeepError, match=r"state .* cannot be read") as refused:
        Keep(folder)
    assert "state.sqlite" in refused.value.remedy


def test_a_full_disk_is_told_and_nothing_is_read_that_was_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "pages.jsonl").unlink()
    (folder / "pages.jsonl").symlink_to("/dev/full")
    with serving() as server:
        server.pages["/a"] = answer(b"Two died.")
        for name, value in server.variables().items():
            monkeypatch.setenv(name, value)
        (found,) = pages([server.url("/a")], keep=folder)
    assert isinstance(found, Problem)
    assert (found.code, found.lost) == ("cannot-keep", True)
    assert "No space left" in found.what


def test_a_program_that_is_killed_leaves_whole_files(tmp_path: Path) -> None:
    """Keep pages as fast as may be in a program of its own, kill it in the midst of that, and look at what it left."""
    program = f"""
import itertools, sys
from pathlib import Path
from sayso.pages.keep import Keep
from sayso.records import Fetched
keep = Keep(Path({str(tmp_path)!r}))
for n in itertools.count():
    url = f"https://review.example/{{n}}"
    fetched = Fetched(url, url, (), 200, (("ETag", str(n)),), "2024-05-01T10:00:00+00:00", "192.0.2.1")
    keep.keep(fetched, b"%d " % n * 9000)
    print(n, flush=True)
"""
    source = str(Path(sayso.__file__).parents[1])
    running = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": source}
    )
    assert running.stdout is not None
    done = [int(running.stdout.readline()) for _ in range(40)]
    running.kill()
    running.wait()
    running.stdout.close()
    with Keep(tmp_path) as keep:
        for n in done:
            held = keep.held(f"https://review.example/{n}")
            assert held is not None
            assert held.body == b"%d " % n * 9000
    assert len(lines(tmp_path)) >= len(done)
    assert sqlite3.connect(tmp_path / "state.sqlite").execute("PRAGMA integrity_check").fetchone() == ("ok",)
