"""Triples out of figures: who said what, where several attributions share a sentence."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from training.roles import LINK_WIDTH, ROLES

from sayso.claim.linking import Read, Settings, best_run_of_each, best_runs, spans, triples
from sayso.encoder import Cut

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLAIN = Settings()


def read(words: str, said: list[dict[str, str]], cuts: tuple[Cut, ...] = ()) -> list[Read]:
    """Make figures that speak for these triples, each role named by its words' numbers, such as ``0-2 5``."""
    n = len(words.split())
    tags = np.zeros((n, 3, 3), dtype=np.float32)
    tags[:, :, 0] = 4.0
    links = np.zeros((n, 2, 2, LINK_WIDTH), dtype=np.float32)
    for number, triple in enumerate(said):
        for role, name in enumerate(ROLES):
            for first, last in numbers(triple.get(name, "")):
                tags[first, role, 1] = tags[first + 1 : last, role, 2] = 8.0
                links[first:last, 1, role // 2, number] = 8.0
        for first, last in numbers(triple["cue"]):
            links[first:last, 1] = 0.0
            links[first:last, 0, :, number] = 6.0
    cuts = cuts or (Cut(0, 0, n),)
    return [
        Read(c, tags[c.start : c.end].reshape(-1, 9), links[c.start : c.end].reshape(-1, 4 * LINK_WIDTH)) for c in cuts
    ]


def numbers(ranges: str) -> list[tuple[int, int]]:
    parts = [part.partition("-") for part in ranges.split()]
    return [(int(first), int(last or first) + 1) for first, _, last in parts]


def found(words: str, said: list[dict[str, str]], cuts: tuple[Cut, ...] = ()) -> list[tuple[str, str, str]]:
    text = words.split()

    def named(ranges: tuple[tuple[int, int], ...]) -> str:
        return " | ".join(" ".join(text[start:end]) for start, end in ranges)

    return [(named(one.source), named(one.cue), named(one.content)) for one in triples(read(words, said, cuts), PLAIN)]


def test_two_sources_of_one_sentence_each_keep_their_own_words() -> None:
    words = "The army said nine rebels died but the rebels spoke of three dead"
    said = [
        {"source": "0-1", "cue": "2", "content": "3-5"},
        {"source": "7-8", "cue": "9-10", "content": "11-12"},
    ]
    assert found(words, said) == [
        ("The army", "said", "nine rebels died"),
        ("the rebels", "spoke of", "three dead"),
    ]


def test_what_was_said_may_stand_on_both_sides_of_the_words_of_saying() -> None:
    words = "Nine people died the mayor said and forty were hurt"
    said = [{"source": "3-4", "cue": "5", "content": "0-2 6-9"}]
    assert found(words, said) == [("the mayor", "said", "Nine people died | and forty were hurt")]


def test_an_attribution_may_lie_inside_another() -> None:
    words = "The agency reported that doctors counted nine bodies"
    said = [
        {"source": "0-1", "cue": "2", "content": "3-7"},
        {"source": "4", "cue": "5", "content": "6-7"},
    ]
    assert found(words, said) == [
        ("The agency", "reported", "that doctors counted nine bodies"),
        ("doctors", "counted", "nine bodies"),
    ]


def test_a_content_goes_on_into_the_next_window() -> None:
    words = "The mayor said this . Nine died . Forty were hurt ."
    said = [{"source": "0-1", "cue": "2", "content": "3-11"}]
    cuts = (Cut(0, 0, 8), Cut(0, 8, 12))
    assert found(words, said, cuts) == [("The mayor", "said", "this . Nine died . Forty were hurt .")]


def test_a_cue_in_two_parts_is_one_attribution() -> None:
    words = "Police played the threat down"
    said = [{"source": "0", "cue": "1", "content": "2-3"}, {"source": "0", "cue": "4", "content": "2-3"}]
    assert found(words, said) == [("Police", "played | down", "the threat")]


def test_a_cue_without_a_source_is_kept_and_one_without_a_content_is_not() -> None:
    words = "It is feared that nine died as he spoke"
    said = [{"cue": "2", "content": "3-5"}, {"source": "7", "cue": "8"}]
    assert found(words, said) == [("", "feared", "that nine died")]


def test_nothing_read_gives_nothing() -> None:
    assert triples([], PLAIN) == []


@pytest.mark.parametrize(("favour", "expected"), [(0.0, [(1, 3)]), (5.0, [(0, 1), (1, 3)]), (-5.0, [])])
def test_favouring_a_role_finds_more_of_it(favour: float, expected: list[tuple[int, int]]) -> None:
    tags = np.log(np.array([[0.8, 0.15, 0.05], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]], dtype=np.float32))
    assert list(spans(tags, favour)) == expected


@given(
    arrays(
        np.float32, array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=12), elements=st.floats(-6, 6, width=32)
    )
)
def test_the_best_run_of_each_row_is_what_the_row_has_by_itself(rows: NDArray[np.float32]) -> None:
    assert best_run_of_each(rows) == [best_runs(row, 0.0, 1) for row in rows]


@given(arrays(np.float32, st.tuples(st.integers(1, 6), st.just(3)), elements=st.floats(-9, 3, width=32)))
def test_the_best_labelling_is_the_best_of_all_labellings(odds: NDArray[np.float32]) -> None:
    def worth(labels: tuple[int, ...]) -> float:
        lone = any(two == 2 and one == 0 for one, two in itertools.pairwise((0, *labels)))
        return -np.inf if lone else float(sum(odds[at, label] for at, label in enumerate(labels)))

    labels = [0] * len(odds)
    for start, end in spans(odds, 0.0):
        labels[start:end] = [1] + [2] * (end - start - 1)
    best = max(map(worth, itertools.product(range(3), repeat=len(odds))))
    assert worth(tuple(labels)) == pytest.approx(best, abs=1e-4)
