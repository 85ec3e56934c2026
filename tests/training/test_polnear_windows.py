"""Training material: brat stand-off read whole, and windows whose labels sit on the right pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tokenizers import Tokenizer
from training.polnear import readings
from training.roles import LINKED, ROLES
from training.windows import BEGIN, IGNORED, INSIDE, OUTSIDE, Example, examples

from bench.heldout import held_out
from sayso.encoder import SHIPPED

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The mayor of Kestrel Bay said two boats were lost.\r\n\r\n“Nobody knows why,” added Ms. Orlova, “or where.”\r\n"
SAID = (
    ("The mayor of Kestrel Bay", "said", ("two boats were lost",)),
    ("Ms. Orlova", "added", ("“Nobody knows why", "or where")),
)


def standoff() -> str:
    lines: list[str] = []

    def span(label: str, *quotes: str) -> str:
        name = f"T{len(lines) + 1}"
        pieces = ";".join(f"{TEXT.index(q)} {TEXT.index(q) + len(q)}" for q in quotes)
        lines.append(f"{name}\t{label} {pieces}\t{' '.join(quotes)}")
        return name

    for source, cue, contents in SAID:
        names = (span("Source", source), span("Cue", cue), *(span("Content", q) for q in contents))
        more = "".join(f" Content{number}:{name}" for number, name in enumerate(names[3:], start=2))
        lines.append(f"E{len(lines)}\tAttribution:{names[1]} Source:{names[0]} Cue:{names[1]} Content:{names[2]}{more}")
    return "\n".join([*lines, "a stray line", ""])


def folder(where: Path, *docs: str) -> Path:
    (where / "text").mkdir()
    (where / "attributions").mkdir()
    for doc in docs:
        (where / "text" / f"{doc}.txt").write_bytes(TEXT.encode())
        for annotator in ("a1", "b2"):
            (where / "attributions" / f"{doc}_{annotator}.ann").write_text(standoff(), encoding="utf-8")
    return where


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))


def test_every_annotator_is_read_and_nothing_of_the_held_out_part(tmp_path: Path) -> None:
    kept_apart = min(held_out("polnear"))
    assert [reading.doc for reading in readings(folder(tmp_path, "kestrel-bay", kept_apart))] == ["kestrel-bay"] * 2


def test_spans_lead_back_to_the_text_and_a_content_may_be_in_two_parts(tmp_path: Path) -> None:
    reading = next(readings(folder(tmp_path, "kestrel-bay")))
    assert [
        tuple(tuple(reading.text[start:end] for start, end in triple[role]) for role in ROLES)
        for triple in reading.triples
    ] == [((source,), (cue,), contents) for source, cue, contents in SAID]


def test_labels_sit_on_the_pieces_of_their_spans(tmp_path: Path, tokenizer: Tokenizer) -> None:
    (window,) = examples(next(readings(folder(tmp_path, "kestrel-bay"))), tokenizer)
    assert set(window.tags[0]) == set(window.tags[-1]) == {IGNORED}
    assert [words(window, tokenizer, number) for number in range(len(ROLES))] == [
        ["the mayor of kestrel bay", "ms. orlova"],
        ["said", "added"],
        ["two boats were lost", "“ nobody knows why", "or where"],
    ]


def test_a_cue_is_linked_to_its_own_source_and_content_only(tmp_path: Path, tokenizer: Tokenizer) -> None:
    (window,) = examples(next(readings(folder(tmp_path, "kestrel-bay"))), tokenizer)
    for cue, expected in {
        "said": ("the mayor of kestrel bay", "two boats were lost"),
        "added": ("ms. orlova", "“ nobody knows why or where"),
    }.items():
        (row,) = (window.ids == tokenizer.token_to_id(cue)).nonzero()[0]
        linked = [tokenizer.decode(window.ids[window.links[number, row]].tolist()) for number in range(len(LINKED))]
        assert tuple(linked) == expected
    outside = window.tags[:, ROLES.index("cue")] == OUTSIDE
    assert not window.links[:, outside].any()


def words(window: Example, tokenizer: Tokenizer, role: int) -> list[str]:
    runs: list[list[int]] = []
    for piece, tag in zip(window.ids.tolist(), window.tags[:, role].tolist(), strict=True):
        if tag == BEGIN:
            runs.append([])
        if tag in {BEGIN, INSIDE}:
            runs[-1].append(piece)
    return [tokenizer.decode(run) for run in runs]
