"""Files, folders, patterns and standard input become pages; what cannot be read never stops the rest."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest

from sayso.pages import contents
from sayso.pages.files import count, pages
from sayso.problems import Problem
from sayso.records import Page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TEXT = b"Four people died when a bus left the road near Harrow Ford, police said.\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def read(inputs: Sequence[object], stdin: bytes = b"") -> tuple[list[Page], list[Problem]]:
    items = list(pages([str(name) for name in inputs], stdin=io.BytesIO(stdin)))
    return [item for item in items if isinstance(item, Page)], [item for item in items if isinstance(item, Problem)]


def write(path: Path, body: bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path


def test_a_file_is_kept_byte_for_byte(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"\xef\xbb\xbfOne died.\r\nTwo fled.\r")
    found, problems = read([path])
    assert [(page.body, page.where, page.media_type) for page in found] == [
        (path.read_bytes(), str(path), "text/plain")
    ]
    assert problems == []


def test_folders_are_walked_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/deep/er/c.txt", ".hidden.txt", ".git/d.txt", "c.txt"):
        write(tmp_path / name)
    found, problems = read([tmp_path])
    assert [page.where.removeprefix(f"{tmp_path}/") for page in found] == [
        "a/deep/er/c.txt",
        "a/z.txt",
        "b.txt",
        "c.txt",
    ]
    assert problems == []
    assert count([str(tmp_path)]) == 4


def test_very_deep_folders_are_walked(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(900):
        folder = folder / "d"
    folder.mkdir(parents=True)
    write(folder / "deep.txt")
    assert len(read([tmp_path])[0]) == 1


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt"]),
        ("**/*.txt", ["a.txt", "sub/b.txt", "sub/sub/c.txt"]),
        ("**", ["a.txt", "e.md", "sub/b.txt", "sub/sub/c.txt"]),
        ("sub/**/c.txt", ["sub/sub/c.txt"]),
        ("**/sub/**/*.txt", ["sub/b.txt", "sub/sub/c.txt"]),
        ("s*", ["sub/b.txt", "sub/sub/c.txt"]),
        ("[a-e].*", ["a.txt", "e.md"]),
        ("su?/**/**/?.txt", ["sub/b.txt", "sub/sub/c.txt"]),
    ],
)
def test_patterns(tmp_path: Path, pattern: str, expected: list[str]) -> None:
    for name in ("a.txt", "sub/b.txt", "sub/sub/c.txt", "e.md"):
        write(tmp_path / name)
    found, problems = read([tmp_path / pattern])
    assert [page.where.removeprefix(f"{tmp_path}/") for page in found] == expected
    assert problems == []


def test_a_relative_pattern_reads_the_folder_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "sub/b.txt")
    monkeypatch.chdir(tmp_path)
    assert [page.body for page in read(["**/*.txt"])[0]] == [TEXT]


def test_a_name_with_brackets_is_a_name_before_it_is_a_pattern(tmp_path: Path) -> None:
    path = write(tmp_path / "report[1].txt")
    assert [page.where for page in read([path])[0]] == [str(path)]


def test_circles_of_links_end_and_linked_files_are_read(tmp_path: Path) -> None:
    write(tmp_path / "in/a.txt")
    write(tmp_path / "elsewhere/b.txt")
    for name in ("one", "two", "three"):
        (tmp_path / "in" / name).symlink_to(tmp_path / "in")
    (tmp_path / "in/x").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in/self.txt").symlink_to(tmp_path / "in/self.txt")
    for name in ("in", "in/**/*.txt"):
        found, problems = read([tmp_path / name])
        assert [page.where.removeprefix(f"{tmp_path}/") for page in found] == ["in/a.txt", "in/x/b.txt"]
        assert [(problem.code, problem.lost) for problem in problems] == [("unreadable", True)]


def test_what_matches_nothing_is_lost_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    (tmp_path / "hollow").mkdir()
    missing = [tmp_path / "no.txt", tmp_path / "*.pdf", tmp_path / "no/**", tmp_path / "hollow", "", "a\0b", "a\0*"]
    found, problems = read([*missing, path])
    assert [page.body for page in found] == [TEXT]
    assert [(problem.code, problem.lost) for problem in problems] == [("no-such-file", True)] * len(missing)
    assert count([str(name) for name in missing]) == 0


def test_empty_and_unreadable_and_oversized_files_are_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "SIZE_LIMIT", 1000)
    write(tmp_path / "big.txt", b"x" * 1001)
    write(tmp_path / "empty.txt", b"")
    write(tmp_path / "fits.txt", b"x" * 1000)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    found, problems = read([tmp_path])
    assert [len(page.body) for page in found] == [1000]
    assert [problem.code for problem in problems] == ["too-large", "empty-file", "unreadable"]
    assert all(problem.lost and problem.remedy for problem in problems)


def test_a_hundred_megabytes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        for _ in range(100):
            stream.write(b"Nobody was hurt in Lower Venn.\n" * 33_000)
    found, problems = read([path])
    assert [len(page.body) for page in found] == [path.stat().st_size]
    assert problems == []


def test_pipes_and_devices_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    found, problems = read([tmp_path / "pipe.txt", "/dev/zero", tmp_path])
    assert found == []
    assert [(problem.code, problem.lost) for problem in problems] == [("not-a-file", True)] * 3


def test_strays_in_a_folder_are_told_of_but_not_lost(tmp_path: Path) -> None:
    write(tmp_path / "logo.png", PNG)
    write(tmp_path / "old.7z", b"7z\xbc\xaf\x27\x1c" + bytes(64))
    write(tmp_path / "page_files/style.css", b"body { color: black }\n")
    write(tmp_path / "report.txt")
    found, problems = read([tmp_path])
    assert len(found) == 1
    assert [(problem.code, problem.lost) for problem in problems] == [("not-a-report", False)] * 3


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("a.txt", PNG, "a PNG image"),
        ("b.txt", b"7z\xbc\xaf\x27\x1c" + bytes(64), "a 7-Zip archive"),
        ("c.html", bytes(range(256)) * 20, "binary data"),
        ("d.txt", b"\x7fELF\x02\x01\x01" + bytes(64), "a program"),
        ("e.json", b"Rar!\x1a\x07\x01\x00" + bytes(64), "a RAR archive"),
    ],
)
def test_a_binary_file_under_a_report_name_is_lost_and_named(
    tmp_path: Path, name: str, body: bytes, words: str
) -> None:
    write(tmp_path / name, body)
    for given in (tmp_path, tmp_path / name, tmp_path / "*"):
        found, problems = read([given])
        assert found == []
        assert [(problem.code, problem.lost) for problem in problems] == [("not-a-report", True)]
        assert words in problems[0].what


def test_a_stray_that_is_named_outright_is_lost(tmp_path: Path) -> None:
    assert read([write(tmp_path / "logo.png", PNG)])[1][0].lost


def test_standard_input(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    found, problems = read(["-", path], stdin=b"<html><body><p>Two died.</p></body></html>")
    assert [(page.where, page.media_type) for page in found] == [
        ("standard input", "text/html"),
        (str(path), "text/plain"),
    ]
    assert problems == []
    assert count(["-", str(path)]) == 2
    assert read(["-"])[1][0].code == "empty-file"


def test_records_under_names_that_do_not_say_so(tmp_path: Path) -> None:
    record = b'{"id": "a", "text": "One died."}'
    other = b'{"id": "b", "text": "Two died."}'
    body = record + b"\n" + other + b"\n"
    write(tmp_path / "many.txt", body)
    write(tmp_path / "one.txt", b'{\n "text": "One died."\n}\n')
    write(tmp_path / "braces.txt", b'{"no": "record"}')
    write(tmp_path / "bracket.txt", b"[Harrow radio] Two men died.\n")
    found, problems = read([tmp_path, "-"], stdin=body)
    assert [page.media_type for page in found] == ["text/plain", "text/plain", *["application/json"] * 5]
    assert [page.body for page in found[-2:]] == [record, other]
    assert problems == []


def test_a_file_name_that_is_no_text_is_shown_readably(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(name, "wb") as stream:  # noqa: PTH123 - Path takes no bytes
        stream.write(TEXT)
    found, _ = read([os.fsdecode(name)])
    assert found[0].where.encode("utf-8").endswith(b"/?.txt")
