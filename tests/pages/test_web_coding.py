"""Whatever bytes come under whatever coding, unpacking ends, stays within its limit, and says what is wrong."""

from __future__ import annotations

import gzip
import zlib

import brotli
from hypothesis import given
from hypothesis import strategies as st

from sayso.pages.coding import TooLargeError, UnknownCodingError, unpack

LIMIT = 5_000
PACKERS = {
    "gzip": lambda body: gzip.compress(body, mtime=0),
    "deflate": zlib.compress,
    "br": brotli.compress,
}
CODINGS = st.lists(st.sampled_from([*PACKERS, "identity", "zstd", ""]), max_size=4).map(", ".join)


@given(st.binary(max_size=2_000), st.none() | CODINGS | st.text(max_size=20))
def test_any_bytes_under_any_coding(body: bytes, header: str | None) -> None:
    try:
        unpacked = unpack(body, header, LIMIT)
    except (TooLargeError, UnknownCodingError):
        return
    assert len(unpacked.body) <= LIMIT


@given(st.binary(max_size=LIMIT), st.lists(st.sampled_from([*PACKERS]), max_size=3))
def test_what_was_packed_is_unpacked(body: bytes, codings: list[str]) -> None:
    packed = body
    for coding in codings:
        packed = PACKERS[coding](packed)
    unpacked = unpack(packed, ", ".join(codings), 2 * LIMIT)
    assert (unpacked.body, unpacked.damage) == (body, "")


@given(st.binary(min_size=1, max_size=LIMIT), st.sampled_from([*PACKERS]), st.data())
def test_what_breaks_off_is_the_beginning_and_is_told(body: bytes, coding: str, data: st.DataObject) -> None:
    packed = PACKERS[coding](body)
    cut = data.draw(st.integers(0, len(packed) - 1))
    unpacked = unpack(packed[:cut], coding, LIMIT)
    assert body.startswith(unpacked.body)
    assert unpacked.damage or cut == 0
