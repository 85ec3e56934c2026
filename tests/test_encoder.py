"""The shipped encoder: windows, offsets, the same bytes however it is called, and files that were tampered with."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.encoder import LONGEST, SHIPPED, Encoded, Encoder, ModelError, cut

if TYPE_CHECKING:
    from pathlib import Path

REPORT = (
    "Shelling killed nine people in the market of Al-Qasrah on Tuesday, the provincial health office said.",
    "“We counted nine bodies,” said its spokesman, Dr. Haïdar Nâsir 🚑, who added that 31 people were wounded.",
    "The army denied it.",
    "A monitoring group, citing two doctors, put the toll at 12, among them four children.",
    "It was the third such strike on the town since March, according to residents reached by telephone.",
    "None of the figures could be verified.",
)


def joined(sentences: tuple[str, ...]) -> tuple[str, list[tuple[int, int]]]:
    text = " ".join(sentences)
    starts = [sum(len(s) + 1 for s in sentences[:i]) for i in range(len(sentences))]
    return text, [(start, start + len(s)) for start, s in zip(starts, sentences, strict=True)]


def as_bytes(encoded: Encoded) -> list[bytes]:
    return [value.tobytes() for window in encoded.windows for value in window.outputs.values()]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@given(st.lists(st.integers(1, LONGEST - 2), max_size=40))
def test_every_sentence_is_read_once_with_whole_sentences_before_it(lengths: list[int]) -> None:
    ends = [sum(lengths[: i + 1]) for i in range(len(lengths))]
    units = [(end - length, end) for end, length in zip(ends, lengths, strict=True)]
    windows = list(cut(units))
    read = [piece for one in windows for piece in range(one.own, one.end)]
    assert read == list(range(sum(lengths)))
    starts, bounds = [start for start, _ in units], {0, *ends}
    for one in windows:
        assert one.own < one.end <= one.start + LONGEST - 2
        assert {one.start, one.own, one.end} <= bounds
        assert sum(one.start <= start < one.own for start in starts) <= 2


def test_context_is_left_out_only_where_it_does_not_fit() -> None:
    units = [(0, 30), (30, 60), (60, 90), (90, 120), (120, 230)]
    assert [(one.start, one.own, one.end) for one in cut(units)] == [(0, 0, 120), (120, 120, 230)]
    assert [(one.start, one.own, one.end) for one in cut([(0, 90), (90, 130), (130, 160)])] == [
        (0, 0, 90),
        (90, 90, 160),
    ]


def test_pieces_lead_back_to_the_text(encoder: Encoder) -> None:
    text, sentences = joined(REPORT)
    read = encoder.encode(text, sentences).pieces
    words = [text[start:end] for start, end in zip(read.starts, read.ends, strict=True)]
    assert words[:5] == ["Shell", "ing", "killed", "nine", "people"]
    assert "🚑" in words
    assert "".join(words) == text.replace(" ", "")
    assert len(read.units) == len(REPORT)


def test_there_is_a_row_for_every_piece_as_wide_as_the_layout_says(encoder: Encoder) -> None:
    read = encoder.encode(*joined(REPORT))
    widths = encoder.layout["outputs"]
    assert isinstance(widths, dict)
    assert set(encoder.outputs) >= {"tags", "links"}
    for name in encoder.outputs:
        assert read.output(name).shape == (len(read.pieces.ids), widths[name])
        assert read.output(name).dtype == np.float32


def test_what_was_read_before_changes_no_byte(encoder: Encoder) -> None:
    alone = as_bytes(Encoder().encode(*joined(REPORT)))
    encoder.encode(*joined(REPORT[::-1] * 5))
    encoder.encode(*joined(("Fire.",)))
    assert as_bytes(encoder.encode(*joined(REPORT))) == alone


def test_a_window_reads_the_same_wherever_it_stands(encoder: Encoder) -> None:
    full = "nine " * 90 + "died."
    alone = encoder.encode(*joined((full,)))
    behind = encoder.encode(*joined((*REPORT, full, full)))
    last = behind.windows[-1]
    assert last.cut.start == last.cut.own  # the sentence before it did not fit
    assert as_bytes(alone) == [value.tobytes() for value in last.outputs.values()]


def test_rows_are_those_of_the_whole_text_within_a_window_and_across_several(encoder: Encoder) -> None:
    read = encoder.encode(*joined(REPORT * 4))
    assert len(read.windows) > 1
    whole, last = read.output("claim_ties"), len(read.pieces.ids)
    for first in (0, 1, last - 1, *(one.cut.end - 2 for one in read.windows), *(one.cut.own for one in read.windows)):
        for end in (first + 1, min(first + 7, last), last):
            assert np.array_equal(read.rows("claim_ties", first, end), whole[first:end])


def test_the_way_that_is_taken_gives_what_the_exact_one_gives(encoder: Encoder) -> None:
    """On any processor: those whose fast way lets sums of bytes overflow are read with the exact one."""
    ids = {"ids": np.array([[101, 3157, 2111, 102]])}
    taken, fast, exact = (
        session.run(encoder.outputs, ids)
        for session in (encoder._session, encoder.opened(exact=False), encoder.opened(exact=True))  # noqa: SLF001
    )
    assert all(np.array_equal(one, other) for one, other in zip(taken, exact, strict=True))
    if encoder._sums_add_up():  # noqa: SLF001 - what tells the two ways apart
        assert all(np.array_equal(one, other) for one, other in zip(fast, exact, strict=True))


def test_a_window_that_is_still_held_is_not_read_again(encoder: Encoder) -> None:
    first = encoder.encode(*joined(REPORT * 3))
    again = encoder.encode(*joined((*REPORT * 3, "Nobody was hurt.")))
    same = [one.outputs is other.outputs for one, other in zip(first.windows, again.windows, strict=False)]
    assert same[:-1] == [True] * (len(same) - 1)
    assert not same[-1]
    held = [as_bytes(first), as_bytes(again)]
    del first, again
    assert [as_bytes(encoder.encode(*joined(REPORT * 3))), held[1]] == held


@pytest.mark.parametrize("threads", [2, 3])
def test_the_number_of_threads_changes_no_byte(encoder: Encoder, threads: int) -> None:
    many = Encoder(threads=threads)
    text, sentences = joined(REPORT * 3)
    assert as_bytes(many.encode(text, sentences)) == as_bytes(encoder.encode(text, sentences))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(), min_size=1, max_size=300), max_size=4))
def test_any_text_is_read(encoder: Encoder, parts: list[str]) -> None:
    text, sentences = joined(tuple(parts))
    read = encoder.encode(text, sentences)
    assert np.all(read.pieces.starts <= read.pieces.ends)
    assert np.all(read.pieces.ends <= len(text))
    assert all(np.isfinite(value).all() for window in read.windows for value in window.outputs.values())


def test_half_a_surrogate_pair_is_read_as_one_unknown_character(encoder: Encoder) -> None:
    read = encoder.encode("Nine \ud83d died.", [(0, 12)])
    assert (read.pieces.starts[-1], read.pieces.ends[-1]) == (11, 12)


def test_nothing_to_read_gives_nothing(encoder: Encoder) -> None:
    assert encoder.encode("", []).windows == ()
    assert encoder.encode(" \n", [(0, 2)]).windows == ()


def test_a_sentence_longer_than_a_window_is_read_in_parts(encoder: Encoder) -> None:
    text = "nine " * 399 + "nine"
    read = encoder.encode(text, [(0, len(text))])
    assert len(read.output("tags")) == 400
    assert max(one.cut.end - one.cut.start for one in read.windows) <= LONGEST - 2


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "model.json"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "model")
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        Encoder(folder).encode(*joined(REPORT))


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_changed_file_is_refused(tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "model")
    with (folder / name).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(ModelError, match=name):
        Encoder(folder).encode(*joined(REPORT))


@pytest.mark.parametrize(
    "layout", ["", "[]", "{}", "[" * 100_000, json.dumps({"outputs": ["hidden"], "sha256": {"model.onnx": "0"}})]
)
def test_a_layout_that_describes_no_model_is_refused(tmp_path: Path, layout: str) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "model")
    (folder / "model.json").write_text(layout, encoding="utf-8")
    with pytest.raises(ModelError, match=r"model\.json"):
        Encoder(folder).encode(*joined(REPORT))
