"""Zip and tar archives and packed files, made by the standard library: what is whole is read, bombs are left."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.pages import archives, streams
from sayso.pages.files import pages
from sayso.problems import Problem
from sayso.records import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

TEXT = b"Four people died when a bus left the road near Harrow Ford, police said.\n"
HTML = b"<html><body><p>Two men were killed in Dresk.</p></body></html>"
FILES = {
    "a.txt": TEXT,
    "press/b.html": HTML,
    "c.jsonl": b'{"text": "One died."}\n{"text": "Two died."}\n',
    "logo.png": b"\x89PNG\r\n\x1a\n" + bytes(50),
    ".hidden.txt": TEXT,
    "__MACOSX/._a.txt": TEXT,
}
PACK: dict[str, Callable[[bytes], bytes]] = {
    ".tar": bytes,
    ".tar.gz": gzip.compress,
    ".tgz": gzip.compress,
    ".tar.bz2": bz2.compress,
    ".tar.xz": lzma.compress,
}


def zip_of(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


def tar_of(files: Mapping[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, body in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return out.getvalue()


def read(path: object, *, stdin: bytes = b"") -> tuple[list[Page], list[Problem]]:
    items = list(pages([str(path)], stdin=io.BytesIO(stdin)))
    return [item for item in items if isinstance(item, Page)], [item for item in items if isinstance(item, Problem)]


def write(path: Path, body: bytes) -> Path:
    path.write_bytes(body)
    return path


@pytest.mark.parametrize("ending", [".zip", *PACK])
def test_the_files_of_an_archive_are_read_where_they_stand(tmp_path: Path, ending: str) -> None:
    body = zip_of(FILES) if ending == ".zip" else PACK[ending](tar_of(FILES))
    path = write(tmp_path / f"reports{ending}", body)
    for name, where in ((path, str(path)), ("-", "standard input")):
        found, problems = read(name, stdin=body)
        assert [(page.where, page.archive) for page in found] == [
            (f"{where}/a.txt", where),
            (f"{where}/press/b.html", where),
            (f"{where}/c.jsonl:1", where),
            (f"{where}/c.jsonl:2", where),
        ]
        assert found[0].body == TEXT
        assert [(problem.code, problem.where, problem.lost) for problem in problems] == [("not-a-report", where, False)]
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_is_that_file(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = write(tmp_path / "report.html.xz", pack(HTML))
    found, problems = read(path)
    assert [(page.body, page.where, page.media_type, page.archive) for page in found] == [
        (HTML, str(path), "text/html", None)
    ]
    assert problems == []
    two = write(tmp_path / "two.txt.gz", pack(TEXT) + pack(TEXT))
    assert [page.body for page in read(two)[0]] == [TEXT * 2]


def test_archives_lie_in_archives_to_a_depth(tmp_path: Path) -> None:
    inner: bytes = zip_of({"deep.txt": TEXT})
    for level in range(3):
        inner = gzip.compress(tar_of({f"{level}.bin": inner, f"beside{level}.txt": HTML}))
    found, problems = read(write(tmp_path / "a.tgz", inner))
    assert [page.where.rpartition("/")[2] for page in found] == ["beside0.txt", "beside1.txt", "beside2.txt"][
        ::-1
    ] or found
    assert {page.archive for page in found} == {str(tmp_path / "a.tgz")}
    assert [(problem.code, problem.lost) for problem in problems] == [("too-deep", True)]
    shallow = zip_of({"b.zip": zip_of({"c.tar.gz": gzip.compress(tar_of({"deep.txt": TEXT}))})})
    found, problems = read(write(tmp_path / "b.zip", shallow))
    assert [page.where for page in found] == [f"{tmp_path}/b.zip/b.zip/c.tar.gz/deep.txt"]
    assert problems == []


def test_ten_thousand_nested_archives_end(tmp_path: Path) -> None:
    body = TEXT
    for _ in range(10_000):
        body = gzip.compress(body, 0)
    found, problems = read(write(tmp_path / "a.gz", body))
    assert found == []
    assert [(problem.code, problem.lost) for problem in problems] == [("too-deep", True)]


def test_names_and_links_reach_nothing_outside(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt", b"Nine died.")
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo(f"link{kind!r}.txt")
            info.type, info.linkname = kind, str(secret)
            archive.addfile(info)
        info = tarfile.TarInfo("../../out.txt")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT))
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    for body in (out.getvalue(), zip_of({"../../out.txt": TEXT})):
        found, problems = read(write(folder / "a.bin", body))
        assert [page.body for page in found] == [TEXT]
        assert problems == []
    assert sorted(file.name for file in tmp_path.rglob("*") if file.is_file()) == ["a.bin", "secret.txt"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_an_archive_that_breaks_off_or_is_damaged_is_read_as_far_as_it_goes(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    noise = random.Random(5).randbytes(300_000)  # noqa: S311 - the same in every run
    whole = pack(tar_of({"a.txt": TEXT, "noise.bin": noise, "b.txt": HTML}))
    for body, code in (
        (whole[: len(whole) // 2], "truncated"),
        (whole[:-6], "truncated"),
        (whole[:-8] + b"spoiled!", ""),
    ):
        found, problems = read(write(tmp_path / "a.tar.gz", body))
        lost = [problem.code for problem in problems if problem.lost]
        assert lost == [code] or (not code and lost)
        assert not found or found[0].body == TEXT
    if pack is gzip.compress:
        assert [page.body for page in found] == [TEXT, HTML]


def test_a_tar_archive_cut_within_a_file_is_read_to_there(tmp_path: Path) -> None:
    body = tar_of({"a.txt": TEXT, "b.txt": TEXT * 100})
    found, problems = read(write(tmp_path / "a.tar", body[:3000]))
    assert [page.body for page in found][:1] == [TEXT]
    assert [(problem.code, problem.lost) for problem in problems] == [("broken-archive", True)]
    assert len(found) == 1


def test_a_broken_file_in_a_zip_archive_is_lost_alone(tmp_path: Path) -> None:
    body = bytearray(zip_of({"a.txt": TEXT * 20, "b.txt": b"Two died. " * 40, "c.txt": TEXT}))
    at = bytes(body).index(b"b.txt") + 10
    body[at : at + 6] = b"\xff" * 6
    found, problems = read(write(tmp_path / "a.zip", bytes(body)))
    assert [page.where.rpartition("/")[2] for page in found] == ["a.txt", "c.txt"]
    assert [(problem.code, problem.where.rpartition("/")[2], problem.lost) for problem in problems] == [
        ("broken-archive", "b.txt", True)
    ]


def test_locked_files_are_counted(tmp_path: Path) -> None:
    body = bytearray(zip_of({"a.txt": TEXT, "b.txt": TEXT, "c.txt": TEXT}))
    at = -1
    for _ in range(2):  # the flag that says so, in the table of contents
        at = body.index(b"PK\x01\x02", at + 1)
        body[at + 8] |= 1
    found, problems = read(write(tmp_path / "a.zip", bytes(body)))
    assert len(found) == 1
    assert [(problem.code, problem.what, problem.lost) for problem in problems] == [
        ("encrypted", "2 of its files are locked with a password.", True)
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"PK\x03\x04" + bytes(64),
        zip_of({"a.txt": TEXT})[:-30],
        zip_of({"a.txt": TEXT})[:40],
        gzip.compress(TEXT)[:-9],
        gzip.compress(TEXT)[:-6] + b"\0" * 6,
        lzma.compress(TEXT)[:-20],
        b"\x1f\x8b\x08" + b"\xff" * 99,
    ],
    ids=[
        "no archive",
        "zip cut at its end",
        "zip cut",
        "gzip cut",
        "gzip with another sum",
        "xz cut",
        "gzip of nothing",
    ],
)
def test_what_cannot_be_opened_is_lost_and_its_neighbours_are_read(tmp_path: Path, body: bytes) -> None:
    write(tmp_path / "a.zip", body)
    write(tmp_path / "b.txt", HTML)
    found, problems = read(tmp_path)
    assert [page.body for page in found][-1:] == [HTML]
    assert [problem.lost for problem in problems] == [True]


def test_empty_archives_and_office_files_are_told(tmp_path: Path) -> None:
    for name, body, code in (
        ("a.zip", zip_of({}), "empty-archive"),
        ("b.tar.gz", gzip.compress(tar_of({".x": TEXT})), "empty-archive"),
        ("c.docx", zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}), "not-a-report"),
    ):
        path = write(tmp_path / name, body)
        assert [(problem.code, problem.lost) for problem in read(path)[1]] == [(code, True)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_bombs_are_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]) -> None:
    monkeypatch.setattr(streams, "FREE", 100_000)
    path = write(tmp_path / "a.txt.gz", pack(b"died " * 2_000_000))
    write(tmp_path / "b.txt", TEXT)
    found, problems = read(tmp_path)
    assert [page.body for page in found] == [TEXT]
    assert [(problem.code, problem.where, problem.lost) for problem in problems] == [("over-limit", str(path), True)]


def test_a_bomb_in_a_zip_archive_is_lost_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FREE", 100_000)
    body = zip_of({"a.txt": TEXT, "bomb.txt": b"died " * 2_000_000, "b.txt": TEXT})
    found, problems = read(write(tmp_path / "a.zip", body))
    assert [page.body for page in found] == [TEXT, TEXT]
    assert [(problem.code, problem.lost) for problem in problems] == [("broken-archive", True)]
    monkeypatch.setattr(streams, "TOTAL_LIMIT", 1_000_000)
    found, problems = read(write(tmp_path / "b.zip", zip_of({f"{n}.txt": TEXT * 900 for n in range(50)})))
    assert len(found) < 20
    assert [(problem.code, problem.lost) for problem in problems] == [("over-limit", True)]


def test_too_many_files_are_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MEMBER_LIMIT", 30)
    for body in (zip_of({f"{n}.txt": TEXT for n in range(50)}), tar_of({f"{n}.txt": TEXT for n in range(50)})):
        found, problems = read(write(tmp_path / "a.zip", body))
        assert len(found) == 30
        assert [(problem.code, problem.lost) for problem in problems] == [("over-limit", True)]
    monkeypatch.setattr(archives, "DIRECTORY_LIMIT", 1000)
    body = zip_of({f"{n}.txt": TEXT for n in range(50)})
    assert [problem.code for problem in read(write(tmp_path / "a.zip", body))[1]] == ["too-many"]


def test_a_header_of_a_tar_archive_cannot_fill_the_memory(tmp_path: Path) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 8_000_000_000
    found, problems = read(write(tmp_path / "a.tar", tar_of({"a.txt": TEXT})[:1024] + info.tobuf(tarfile.GNU_FORMAT)))
    assert [page.body for page in found] == [TEXT]
    assert [(problem.code, problem.lost) for problem in problems] == [("broken-archive", True)]


def test_xz_that_asks_for_much_memory_is_left(tmp_path: Path) -> None:
    big = lzma.compress(TEXT, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 28}])
    problems = read(write(tmp_path / "a.txt.xz", big))[1]
    assert [(problem.code, problem.lost) for problem in problems] == [("broken-archive", True)]
    assert "emory" in problems[0].what


SEEDS = [
    zip_of(FILES),
    zip_of(FILES, zipfile.ZIP_STORED),
    tar_of(FILES),
    tar_of({"x" * 150 + ".txt": TEXT, "b.txt": HTML}, tarfile.GNU_FORMAT),
    gzip.compress(tar_of(FILES)),
    lzma.compress(tar_of(FILES)),
    bz2.compress(zip_of(FILES)),
]


@given(
    st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 30_000), st.binary(max_size=12)), max_size=4), st.data()
)
@settings(deadline=None, max_examples=200)
def test_any_mangled_archive_gives_pages_and_problems(
    seed: bytes, cuts: list[tuple[int, bytes]], data: st.DataObject
) -> None:
    spoiled = seed
    for place, put in cuts:
        at = place % max(1, len(spoiled))
        spoiled = spoiled[:at] + put + spoiled[at + data.draw(st.integers(0, 40)) :]
    found, problems = read("-", stdin=spoiled)
    assert found or problems
    assert all(problem.remedy for problem in problems)


@given(st.integers(0, 0xFFFFFFFF), st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF))
@settings(deadline=None)
def test_lying_sizes_in_a_zip_archive_are_told(size: int, count: int, offset: int) -> None:
    body = zip_of({"a.txt": TEXT, "b.txt": TEXT})
    at = body.rindex(b"PK\x05\x06")
    read("-", stdin=body[: at + 8] + struct.pack("<HHLL", count, count, size, offset) + body[at + 20 :])
    central = body.index(b"PK\x01\x02")
    read("-", stdin=body[: central + 20] + struct.pack("<LL", size, offset) + body[central + 28 :])
