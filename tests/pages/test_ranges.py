"""Files cut into ranges: together they give the pages that the whole file gives, each once, whatever is broken."""

from __future__ import annotations

import gzip
import io
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.pages import files, ranges
from sayso.pages.ranges import Range, Sizes
from sayso.records import Page
from tests.pages.test_read_warc import Archive, archive_of, body_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.problems import Problem

MADE = {packed: archive_of(9, packed=packed) for packed in (True, False)}
WHOLE = {packed: made.bytes for packed, made in MADE.items()}


def only_pages(found: Iterable[Page | Problem]) -> list[Page]:
    return [one for one in found if isinstance(one, Page)]


def cut(path: Path, archive: int = 900, lines: int = 300) -> list[Range]:
    with path.open("rb") as stream:
        return ranges.cut(stream, str(path), Sizes(archive, lines))


def in_ranges(path: Path, found: list[Range]) -> list[Page]:
    return [page for one in found for page in only_pages(ranges.pages(str(path), str(path), one))]


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_is_cut_where_records_begin(tmp_path: Path, packed: bool) -> None:  # noqa: FBT001 - a parameter
    path = tmp_path / "a.warc"
    path.write_bytes(WHOLE[packed])
    found = cut(path)
    assert len(found) > 2
    assert [one.end for one in found] == [*(one.start for one in found[1:]), None]
    assert {one.start for one in found} <= set(MADE[packed].places)
    whole = only_pages(files.pages([str(path)]))
    assert len(whole) == 9
    assert in_ranges(path, found) == whole
    # Each range is read by itself, in any order.
    assert sorted(in_ranges(path, found[::-1]), key=lambda page: page.url or "") == whole


@given(st.booleans(), st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=30)), max_size=4), st.data())
@settings(deadline=None, max_examples=100)
def test_a_mangled_archive_gives_the_same_pages_in_ranges(
    packed: bool,  # noqa: FBT001 - drawn
    cuts: list[tuple[int, bytes]],
    data: st.DataObject,
) -> None:
    spoiled = WHOLE[packed]
    for place, put in cuts:
        at = place % len(spoiled)
        spoiled = spoiled[:at] + put + spoiled[at + data.draw(st.integers(0, 40)) :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.warc.gz" if packed else "a.warc")
        path.write_bytes(spoiled)
        whole = only_pages(files.pages([str(path)]))
        found = in_ranges(path, cut(path))
        assert [(page.where, page.body, page.url) for page in found] == [
            (page.where, page.body, page.url) for page in whole
        ]


def test_a_record_that_a_page_makes_up_is_no_place_to_cut_at(tmp_path: Path) -> None:
    forged = archive_of(1, packed=False).bytes.replace(b"harbour.example", b"forgery.example")
    made = Archive(packed=False)
    for number in range(4):
        made.add(b"<html><p>Two people died.</p>" + b"x" * 800 + forged + body_of(number))
    path = tmp_path / "a.warc"
    path.write_bytes(made.bytes)
    found = cut(path, archive=1000)
    assert len(found) > 1
    assert {page.url for page in in_ranges(path, found)} == {"https://harbour.example/news"}


@pytest.mark.parametrize(
    ("name", "body"),
    [
        # gzip over a finished archive, a packed file that is none, and what is no archive.
        ("a.warc.gz", gzip.compress(WHOLE[False])),
        ("a.jsonl.gz", gzip.compress(b'{"text": "Two died."}\n' * 400, mtime=0)),
        ("a.txt", b"Two people were killed. " * 400),
        ("a.json", b"[" + b'{"text": "Two died."},' * 400 + b'{"text": "One died."}]'),
        ("empty.warc", b""),
    ],
)
def test_what_cannot_be_read_from_its_middle_stays_whole(tmp_path: Path, name: str, body: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    assert cut(path, archive=10) == [Range()]
    assert in_ranges(path, [Range()]) == only_pages(files.pages([str(path)]))


@given(
    st.lists(st.one_of(st.just(""), st.text(st.characters(exclude_characters="\n\r"), max_size=200)), max_size=40),
    st.integers(1, 500),
)
@settings(deadline=None)
def test_records_are_cut_at_the_ends_of_lines(texts: list[str], size: int) -> None:
    rows = [json.dumps({"text": text}) if text else "" for text in texts]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        path.write_text("\n".join(rows), encoding="utf-8")
        whole = only_pages(files.pages([str(path)])) if path.stat().st_size else []
        found = cut(path, lines=size)
        body = path.read_bytes()
        assert b"".join(body[one.start : one.end] for one in found) == body
        assert all(body[one.end - 1] == ord("\n") for one in found if one.end)
        assert in_ranges(path, found) == whole


def test_pieces_of_a_large_file_are_cut_where_lines_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "_STEP", 7)
    body = b"".join(b"%d\n" % (number * 37) for number in range(50))
    found = ranges.cut(io.BytesIO(body), "a.jsonl", Sizes(lines=20))
    assert b"".join(body[one.start : one.end] for one in found) == body
    assert [one.line for one in found] == [1 + body[: one.start].count(b"\n") for one in found]
    assert max((one.end or len(body)) - one.start for one in found) <= 25


def test_a_file_that_is_none_or_gone_is_told(tmp_path: Path) -> None:
    (gone,) = ranges.pages(str(tmp_path / "gone"), "gone.warc", Range(5, 9))
    assert not isinstance(gone, Page)
    assert (gone.code, gone.where, gone.lost) == ("unreadable", "gone.warc", True)
