"""Krippendorff's alpha against the worked examples that he and others published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.problems import UsageError
from sayso.reconcile.agreement import Level, alpha, alpha_spans
from sayso.records import Span

FOUR_CODERS = [  # K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example with missing values
    (1, 1, None, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4), (4, 4, 4, 4),
    (1, 1, 2, 1), (2, 2, 2, 2), (None, 5, 5, 5), (None, None, 1, 1), (None, 3, None, None),
]  # fmt: skip
THREE_CODERS = [  # "Content Analysis" (1980), p. 139
    (1, 1, 1), (1, 2, 2), (2, 2, 2), (4, 4, 4), (1, 4, 4), (2, 2, 2), (1, 2, 3), (3, 3, 3), (2, 2, 2),
]  # fmt: skip
TWO_CODERS = [  # "Content Analysis" (1980), p. 133
    (0, 0), (1, 1), (0, 1), (0, 0), (0, 0), (0, 1), (0, 0), (0, 1), (1, 0), (0, 0),
]  # fmt: skip
_: int | None = None
FIVE_CODERS = [  # Hayes and Krippendorff, "Answering the call for a standard reliability measure" (2007), p. 84
    (1, 1, 2, _, 2), (1, 1, 0, 1, _), (2, 3, 3, 3, _), (_, 0, 0, _, 0), (0, 0, 0, _, 0), (0, 0, 0, _, 0),
    (1, 0, 2, _, 1), (1, _, 2, 0, _), (2, 2, 2, _, 2), (2, 1, 1, 1, _), (_, 1, 0, 0, _), (0, 0, 0, 0, _),
    (1, 2, 2, 2, _), (3, 3, 2, 2, 3), (1, 1, 1, _, 1), (1, 1, 1, _, 1), (2, 1, 2, _, 2), (1, 2, 3, 3, _),
    (1, 1, 0, 1, _), (0, 0, 0, _, 0), (0, 0, 1, 1, _), (0, 0, _, 0, 0), (2, 3, 3, 3, _), (0, 0, 0, 0, _),
    (1, 2, _, 2, 2), (0, 1, 1, 1, _), (0, 0, 0, 1, 0), (1, 2, 1, 2, _), (1, 1, 2, 2, _), (1, 1, 2, _, 2),
    (1, 1, 0, _, 0), (2, 1, 2, 1, _), (2, 2, _, 2, 2), (3, 2, 2, 2, _), (2, 2, 2, _, 2), (2, 2, 3, _, 2),
    (2, 2, 2, _, 2), (2, 2, _, 1, 2), (2, 2, 2, 2, _), (1, 1, 1, _, 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("units", "level", "published"),
    [
        (FOUR_CODERS, "nominal", 0.743),
        (FOUR_CODERS, "ordinal", 0.815),
        (FOUR_CODERS, "interval", 0.849),
        (FOUR_CODERS, "ratio", 0.797),
        (THREE_CODERS, "nominal", 0.642),
        (THREE_CODERS, "interval", 0.547),
        (THREE_CODERS, "ratio", 0.483),
        (TWO_CODERS, "nominal", 0.095),
        (FIVE_CODERS, "ordinal", 0.7598),
    ],
)
def test_a_published_example(units: list[tuple[int | None, ...]], level: Level, published: float) -> None:
    assert alpha(units, level) == pytest.approx(published, abs=0.0006)


def test_labels_are_words() -> None:
    units = [(f"label {a}", f"label {b}") for a, b in TWO_CODERS]
    assert alpha(units, "nominal") == pytest.approx(0.095, abs=0.0006)


@pytest.mark.parametrize("units", [[], [(1,)], [(1, None), (None, 2)], [(3, 3), (3, 3)]])
def test_there_is_no_figure_where_nothing_can_differ(units: list[tuple[int | None, ...]]) -> None:
    assert alpha(units, "interval") is None


@pytest.mark.parametrize("level", ["ordinal", "interval", "ratio"])
def test_words_have_no_distance(level: Level) -> None:
    with pytest.raises(UsageError, match="labels have the level nominal"):
        alpha([("killed", "injured"), ("killed", "killed")], level)


def marks(*spans: tuple[int, int, str]) -> list[tuple[Span, str]]:
    """Return marks from their start, length and label."""
    return [(Span(start, start + length), label) for start, length, label in spans]


def test_the_published_example_of_spans() -> None:
    # "Content Analysis", 2nd edition (2004), p. 254
    one = marks((225, 70, "c"), (370, 30, "c"), (180, 60, "k"), (300, 50, "k"))
    other = marks((220, 80, "c"), (355, 20, "c"), (400, 20, "c"), (180, 60, "k"), (300, 50, "k"))
    found = alpha_spans([one, other], Span(150, 450))
    assert found.by_label["c"] == pytest.approx(0.7286, abs=0.0001)
    assert found.by_label["k"] == pytest.approx(1.0)
    assert found.alpha == pytest.approx(0.8591, abs=0.0005)


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [  # K. Krippendorff, "On the reliability of unitizing contiguous data" (1995), p. 57, on a fine scale
        ([(2, 8), (14, 6)], [(4, 4), (15, 2)], 0.553),
        ([(0, 18)], [(0, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 3), (9, 1)], -0.926),
        ([(2, 6), (10, 2), (14, 4), (20, 2)], [(0, 2), (4, 4), (10, 4), (16, 2), (20, 2)], 0.679),
        ([(0, 2), (2, 8), (10, 4), (14, 6), (20, 4)], [(0, 4), (4, 4), (8, 7), (15, 2), (17, 7)], 0.066),
    ],
)
def test_the_earlier_examples_of_spans(
    one: list[tuple[int, int]], other: list[tuple[int, int]], published: float
) -> None:
    fine = 5000
    both = [marks(*((start * fine, length * fine, "x") for start, length in said)) for said in (one, other)]
    assert alpha_spans(both, Span(0, 24 * fine)).alpha == pytest.approx(published, abs=0.02)


def test_no_marks_give_no_figure() -> None:
    assert alpha_spans([[], []], Span(0, 100)).alpha is None


@pytest.mark.parametrize(
    "wrong",
    [marks((0, 10, "x"), (5, 10, "x")), marks((90, 20, "x")), marks((-5, 10, "x")), marks((5, 0, "x"))],
)
def test_spans_that_overlap_or_lie_outside_are_refused(wrong: list[tuple[Span, str]]) -> None:
    with pytest.raises(UsageError, match="is empty, overlaps another or lies outside"):
        alpha_spans([wrong, []], Span(0, 100))


def test_one_coder_agrees_with_nobody() -> None:
    with pytest.raises(UsageError, match="at least two coders"):
        alpha_spans([marks((0, 10, "x"))], Span(0, 100))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.none() | st.integers(0, 9)), max_size=12))
def test_it_is_never_above_1_and_does_not_depend_on_the_order(units: list[tuple[int | None, ...]]) -> None:
    levels: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")
    for level in levels:
        found = alpha(units, level)
        other = alpha([tuple(reversed(unit)) for unit in reversed(units)], level)
        assert (found is None) == (other is None)
        if found is not None:
            assert found <= 1 + 1e-9
            assert found == pytest.approx(other, abs=1e-9)


@given(st.lists(st.integers(0, 5), min_size=2, max_size=9).filter(lambda values: len(set(values)) > 1))
def test_it_is_1_where_all_agree(values: list[int]) -> None:
    assert alpha([(value, value, None) for value in values], "ordinal") == pytest.approx(1.0)
