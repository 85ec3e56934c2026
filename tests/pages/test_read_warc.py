"""Web archives, written by warcio: every whole page is read, from any place on, whatever is broken around it."""

from __future__ import annotations

import bz2
import gzip
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.pages import archives, streams, warc
from sayso.pages.files import pages
from sayso.problems import Problem
from sayso.records import Page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HTML = "text/html; charset=utf-8"
TOWNS = ("Orra", "Velmora", "Tamrit", "Lower Venn", "Dresk")


def body_of(number: int) -> bytes:
    town = TOWNS[number % len(TOWNS)]
    words = f"<p>{number + 2} people were killed in {town} – the mayor said so.</p>"
    return f"<!DOCTYPE html><html><title>{town}</title><body>{words * 9}</body></html>".encode()


def chunks(body: bytes) -> bytes:
    return b"5;x=1\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (body[:5], len(body) - 5, body[5:])


class Archive:
    """An archive in the making."""

    def __init__(self, *, packed: bool = True) -> None:
        self.out = io.BytesIO()
        self.places: list[int] = []
        self._writer = WARCWriter(self.out, gzip=packed)

    def add(
        self,
        body: bytes,
        kind: str = HTML,
        *,
        url: str = "https://harbour.example/news",
        record: str = "response",
        status: str = "200 OK",
        headers: Sequence[tuple[str, str]] = (),
    ) -> Archive:
        """Write one record."""
        self.places.append(self.out.tell())
        http = StatusAndHeaders(status, [("Content-Type", kind), *headers], protocol="HTTP/1.1")
        made = self._writer.create_warc_record(
            url,
            record,
            payload=io.BytesIO(body),
            http_headers=http if record == "response" else None,
            warc_content_type=kind if record != "response" else "",
            warc_headers_dict={"WARC-Date": "2023-03-15T08:00:00Z"},
        )
        self._writer.write_record(made)
        made.raw_stream.close()
        return self

    @property
    def bytes(self) -> bytes:
        """What was written so far."""
        return self.out.getvalue()


def archive_of(count: int, *, packed: bool = True) -> Archive:
    made = Archive(packed=packed)
    for number in range(count):
        made.add(body_of(number), url=f"https://harbour.example/{number}")
    return made


def read(name: object, *, stdin: bytes = b"") -> tuple[list[Page], list[Problem]]:
    items = list(pages([str(name)], stdin=io.BytesIO(stdin)))
    return [item for item in items if isinstance(item, Page)], [item for item in items if isinstance(item, Problem)]


def write(path: Path, body: bytes) -> Path:
    path.write_bytes(body)
    return path


def numbers(found: list[Page]) -> list[int]:
    """Return which of the pages of `archive_of` were found, and check that each is whole."""
    known = {body_of(number): number for number in range(20)}
    return [known[page.body] for page in found]


@pytest.mark.parametrize("packed", [True, False])
def test_pages_keep_their_bytes_address_day_and_place(tmp_path: Path, packed: bool) -> None:  # noqa: FBT001 - a parameter
    made = archive_of(3, packed=packed)
    path = write(tmp_path / "news.warc.gz", made.bytes)
    found, problems = read(path)
    assert problems == []
    assert numbers(found) == [0, 1, 2]
    assert [page.where for page in found] == [f"{path}@{place}" for place in made.places]
    assert [page.url for page in found] == [f"https://harbour.example/{number}" for number in range(3)]
    assert {(page.media_type, page.charset, page.archive) for page in found} == {("text/html", "utf-8", str(path))}
    fetched = found[1].fetched
    assert fetched is not None
    assert (fetched.final, fetched.status, fetched.at) == ("https://harbour.example/1", 200, "2023-03-15T08:00:00Z")
    assert fetched.headers == (("Content-Type", HTML),)


@pytest.mark.parametrize("packed", [True, False])
def test_reading_goes_on_from_a_place_or_reads_one_record(tmp_path: Path, packed: bool) -> None:  # noqa: FBT001 - a parameter
    path = write(tmp_path / "news.warc", archive_of(4, packed=packed).bytes)
    whole, _ = read(path)
    for at, page in enumerate(whole):
        one, problems = read(page.where)
        assert [(found.body, found.where, found.archive) for found in one] == [(page.body, page.where, None)]
        assert problems == []
        rest, _ = read(f"{page.where}-")
        assert rest == whole[at:]


def test_a_place_that_is_none_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "news.warc.gz", archive_of(3).bytes)
    plain = write(tmp_path / "a.txt", b"Two men died.")
    for name in (f"{path}@7", f"{path}@999999"):
        found, problems = read(name)
        assert found == []
        assert [(problem.code, problem.where, problem.lost) for problem in problems] == [("no-such-record", name, True)]
    assert [problem.code for problem in read(f"{plain}@0")[1]] == ["not-an-archive"]
    assert [problem.code for problem in read(f"{tmp_path}/no.warc@0")[1]] == ["no-such-file"]
    odd = write(tmp_path / "notes@12", b"Two men died.")
    assert [page.body for page in read(odd)[0]] == [b"Two men died."]


def test_only_pages_are_read_and_the_others_counted(tmp_path: Path) -> None:
    made = Archive()
    made.add(b"x" * 50, "application/warc-fields", record="warcinfo")
    made.add(b"GET / HTTP/1.1\r\n\r\n", record="request")
    made.add(body_of(0))
    made.add(body_of(1), status="301 Moved Permanently")
    made.add(body_of(1), status="404 Not Found")
    made.add(b"\x89PNG\r\n\x1a\n" + bytes(90), "image/png")
    made.add(b"var killed = 1;", "text/javascript")
    made.add(b"Two people were killed in Orra.", "text/plain")
    made.add(b"%PDF-1.7\n" + bytes(99), "text/html")
    made.add(body_of(2), "application/octet-stream")
    made.add(b"Three people were killed in Dresk.", "text/plain", record="conversion")
    made.add(body_of(3), record="resource")
    made.add(b"")
    found, problems = read(write(tmp_path / "a.warc.gz", made.bytes))
    assert [page.media_type for page in found] == [
        *("text/html", "text/plain", "application/pdf", "text/html", "text/plain", "text/html")
    ]
    assert [(problem.code, problem.lost) for problem in problems] == [("not-a-report", False)]
    assert problems[0].what.startswith("5 of its records")


@pytest.mark.parametrize(
    ("packed", "headers"),
    [
        (gzip.compress(body_of(1)), [("Content-Encoding", "gzip")]),
        (zlib.compress(body_of(1)), [("Content-Encoding", "deflate")]),
        (zlib.compress(body_of(1), wbits=-15), [("Content-Encoding", "deflate")]),
        (brotli.compress(body_of(1)), [("Content-Encoding", "br")]),
        (gzip.compress(brotli.compress(body_of(1))), [("Content-Encoding", "br, x-gzip")]),
        (chunks(body_of(1)), [("Transfer-Encoding", "chunked")]),
        (body_of(1), [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]),
        (body_of(1), [("Content-Encoding", "br")]),
    ],
    ids=["gzip", "deflate", "bare deflate", "br", "br in gzip", "chunks", "unwrapped", "unpacked"],
)
def test_what_servers_wrap_is_taken_off(tmp_path: Path, packed: bytes, headers: list[tuple[str, str]]) -> None:
    path = write(tmp_path / "a.warc.gz", Archive().add(packed, headers=headers).add(body_of(2)).bytes)
    found, problems = read(path)
    assert numbers(found) == [1, 2]
    assert problems == []


def test_a_bomb_in_an_answer_is_counted_and_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "RECORD_LIMIT", 1_000_000)
    made = archive_of(1)
    for coding, pack in (("gzip", gzip.compress), ("br", brotli.compress), ("deflate", zlib.compress)):
        made.add(pack(bytes(5_000_000)), headers=[("Content-Encoding", coding)])
    made.add(body_of(1), headers=[("Content-Encoding", "pied-piper")])
    made.add(gzip.compress(body_of(1))[:-20], headers=[("Content-Encoding", "gzip")])
    made.add(b"x" * 1_100_000).add(body_of(3))
    found, problems = read(write(tmp_path / "a.warc.gz", made.bytes))
    assert numbers(found) == [0, 3]
    assert [(problem.code, problem.lost) for problem in problems] == [("broken-records", True)]
    assert "1 is larger than 1 MB" in problems[0].what
    assert "5 are packed in a way that cannot be undone" in problems[0].what


def lying(raw: bytes, length: bytes) -> bytes:
    return re.sub(rb"(?i)(?<=\r\ncontent-length: )\d+", length, raw, count=1)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: lying(raw, b"5"),
        lambda raw: lying(raw, b"3000"),
        lambda raw: lying(raw, b"99999999"),
        lambda raw: lying(raw, b"9999999999999999"),
        lambda raw: lying(raw, b"9" * 60),
        lambda raw: lying(raw, b"-1"),
        lambda raw: lying(raw, b"many"),
        lambda raw: raw.replace(b"WARC/1.0", b"WORC/9.9"),
        lambda raw: raw.replace(b"WARC/1.0\r\n", b"WARC/1.0\r\n" + b"X" * 200_000),
        lambda raw: raw.replace(b"WARC-Type: response", b"WARC-Type: rubbish"),
        lambda raw: raw[: len(raw) // 2],
        lambda _: b"junk junk junk\r\n\r\n" * 9,
    ],
)
def test_a_broken_record_is_counted_and_its_neighbours_are_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    packed: bool,  # noqa: FBT001 - a parameter
    spoil: object,
) -> None:
    monkeypatch.setattr(warc, "RECORD_LIMIT", 1_000_000)
    made = archive_of(6, packed=False)
    ends = [*made.places[1:], len(made.bytes)]
    raw = [made.bytes[start:end] for start, end in zip(made.places, ends, strict=True)]
    assert callable(spoil)
    raw[2] = spoil(raw[2])
    path = write(tmp_path / "a.warc.gz", b"".join(gzip.compress(one) for one in raw) if packed else b"".join(raw))
    found, problems = read(path)
    assert numbers(found) == [0, 1, 3, 4, 5]
    assert [(problem.code, problem.lost) for problem in problems] == [("broken-records", True)]
    assert all(read(page.where)[0][0].body == page.body for page in found)


def test_damaged_bytes_in_a_packed_record_cost_that_record_alone(tmp_path: Path) -> None:
    made = archive_of(6)
    spoiled = bytearray(made.bytes)
    for place in range(made.places[2] + 40, made.places[2] + 60):
        spoiled[place] ^= 0x5A
    found, problems = read(write(tmp_path / "a.warc.gz", bytes(spoiled)))
    assert numbers(found) == [0, 1, 3, 4, 5]
    assert problems[0].what == "1 of its records is broken. All others were read."


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path, packed: bool) -> None:  # noqa: FBT001 - a parameter
    made = archive_of(4, packed=packed)
    for cut in (2, 20, 100, 200):
        path = write(tmp_path / "a.warc.gz", made.bytes[: made.places[3] + cut])
        found, problems = read(path)
        assert numbers(found) == [0, 1, 2]
        assert [(problem.code, problem.lost) for problem in problems] == [("broken-records", True)]
        assert re.search("breaks off|1 of its records is broken", problems[0].what)
    padded = write(tmp_path / "b.warc.gz", made.bytes + bytes(1000))
    assert (numbers(read(padded)[0]), read(padded)[1]) == ([0, 1, 2, 3], [])


def test_an_archive_packed_as_one_piece_is_read_and_resumed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc.gz", gzip.compress(archive_of(5, packed=False).bytes))
    whole, problems = read(path)
    assert (numbers(whole), problems) == ([0, 1, 2, 3, 4], [])
    assert read(f"{whole[2].where}-")[0] == whole[2:]


def test_an_archive_packed_as_one_piece_that_breaks_off_is_read_to_there(tmp_path: Path) -> None:
    whole = archive_of(20, packed=False).bytes
    path = write(tmp_path / "a.warc.gz", gzip.compress(whole, 0)[: len(whole) // 2])
    for name in (path, f"{path}@0-"):
        found, problems = read(name)
        assert numbers(found) == list(range(len(found)))
        assert len(found) >= 8
        assert [(problem.code, problem.lost) for problem in problems] == [("truncated", True)]


def test_an_archive_lies_in_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as outer:
        outer.writestr("b.warc.gz", archive_of(3).bytes)
    found, problems = read(path)
    assert numbers(found) == [0, 1, 2]
    assert (found[0].where, found[0].archive, problems) == (f"{path}/b.warc.gz@0", str(path), [])


def test_a_bomb_within_a_packed_archive_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "FREE", 100_000)
    monkeypatch.setattr(archives, "FREE", 100_000)
    body = archive_of(1, packed=False).add(b"<html>" + bytes(9_000_000)).bytes
    path = write(tmp_path / "a.warc.bz2", bz2.compress(body))
    assert [(problem.code, problem.lost) for problem in read(path)[1]] == [("over-limit", True)]
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as outer:
        outer.writestr("a.warc", body)
        outer.writestr("b.txt", "Two died.")
    found, problems = read(tmp_path / "b.zip")
    assert found[-1].body == b"Two died."
    assert [(problem.code, problem.lost) for problem in problems] == [("broken-archive", True)]


def test_an_answer_whose_headers_are_too_long_is_broken_alone(tmp_path: Path) -> None:
    made = archive_of(1).add(body_of(1), headers=[("X-Long", "x" * 100_000)]).add(body_of(2))
    found, problems = read(write(tmp_path / "a.warc.gz", made.bytes))
    assert numbers(found) == [0, 2]
    assert [problem.what for problem in problems] == ["1 of its records is broken. All others were read."]


def test_an_archive_comes_through_standard_input() -> None:
    found, problems = read("-", stdin=archive_of(3).bytes)
    assert numbers(found) == [0, 1, 2]
    assert [page.archive for page in found] == ["standard input"] * 3
    assert problems == []


def test_an_archive_without_pages_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc.gz", Archive().add(b"x", "application/warc-fields", record="warcinfo").bytes)
    assert [(problem.code, problem.lost) for problem in read(path)[1]] == [("empty-archive", True)]


def test_looking_for_records_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "BROKEN_LIMIT", 20)
    found, problems = read(
        write(tmp_path / "a.warc", b"WARC/1.0\r\nContent-Length: 9\r\n\r\n" * 1000 + archive_of(1, packed=False).bytes)
    )
    assert found == []
    assert "so many of these that the rest was left" in problems[0].what


WHOLE = {packed: archive_of(5, packed=packed).bytes for packed in (True, False)}


@given(st.booleans(), st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=30)), max_size=4), st.data())
@settings(deadline=None, max_examples=150)
def test_any_mangled_archive_gives_pages_and_problems(
    packed: bool,  # noqa: FBT001 - drawn
    cuts: list[tuple[int, bytes]],
    data: st.DataObject,
) -> None:
    spoiled = WHOLE[packed]
    for place, put in cuts:
        at = place % len(spoiled) if spoiled else 0
        spoiled = spoiled[:at] + put + spoiled[at + data.draw(st.integers(0, 40)) :]
    found, problems = read("-", stdin=spoiled)
    assert len(found) + len(problems) > 0
    places = [int(page.where.rpartition("@")[2]) for page in found if "@" in page.where]
    assert places == sorted(set(places))
    assert all(problem.remedy for problem in problems)


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_after_the_mark_of_a_record_end(body: bytes) -> None:
    for start in (b"WARC/1.0\r\n", b"WARC/1.1\r\nContent-Length: 9\r\n\r\n", gzip.compress(b"WARC/1.0\r\n")):
        read("-", stdin=start + body)
