"""The rules by which claims are scored, on small cases of our own."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.rows import ScoredClaim, scored_claim
from bench.score_claims import alike, compare, score

COUNTS = frozenset({"count", "vague", "zero"})


def claim(start: int, end: int, low: int | None, **more: Any) -> ScoredClaim:  # noqa: ANN401 - any JSON value
    slots = {"source": None, "stance": "asserts", "status": "civilian", "scope": "incident"}
    row = {"start": start, "end": end, "harm": "killed", "kind": "count", "low": low, "high": low, "via": []}
    return scored_claim(row | slots | more)


@pytest.mark.parametrize(
    ("gold", "read", "same"),
    [
        ("the Ministry of Health", "health ministry", True),
        ("the Ministry of Health", "the Ministry of Defence", False),
        ("Orvelo's mayor", "mayor", True),
        ("mayor", "mayor of Orvelo", True),
        (None, None, True),
        (None, "", True),
        (None, "villagers", False),
        ("villagers", None, False),
        ("—", " — ", True),
        ("the", "The", True),
        ("the", "of", False),
        ("villagers", "villagers " * 15, True),
        ("villagers", "villagers " * 16, False),
    ],
)
def test_wordings_agree_by_content_words(gold: str | None, read: str | None, *, same: bool) -> None:
    assert alike(gold, read) is same


def test_counts_match_by_harm_bounds_and_overlap() -> None:
    gold = [claim(10, 20, 7)]
    for near in (claim(19, 30, 7), claim(0, 11, 7), claim(12, 13, 7)):
        assert compare(gold, [near], COUNTS).read == len(compare(gold, [near], COUNTS).pairs) == 1
    for off in (claim(20, 30, 7), claim(10, 20, 8), claim(10, 20, 7, high=None), claim(10, 20, 7, harm="injured")):
        compared = compare(gold, [off], COUNTS)
        assert (compared.pairs, compared.missed, compared.spurious) == ((), tuple(gold), (off,))


def test_a_count_expression_of_a_hundred_characters_is_the_longest_that_matches() -> None:
    assert compare([claim(10, 20, 7)], [claim(0, 100, 7)], COUNTS).pairs
    assert not compare([claim(10, 20, 7)], [claim(0, 101, 7)], COUNTS).pairs


def test_of_two_fitting_claims_the_one_with_the_right_source_and_stance_is_taken() -> None:
    gold = claim(10, 20, 7, source="rescuers", stance="denies")
    other, stance, both = (
        claim(10, 20, 7),
        claim(10, 20, 7, stance="denies"),
        claim(11, 20, 7, source="the rescuers", stance="denies"),
    )
    assert compare([gold], [other, stance, both], COUNTS).pairs == ((gold, both),)
    assert compare([gold], [other, stance], COUNTS).pairs == ((gold, stance),)


def test_each_read_claim_is_used_once() -> None:
    found = score([([claim(0, 5, 3), claim(0, 5, 3)], [claim(0, 5, 3)])])["count"]
    assert (found.rates.precision, found.rates.recall, found.rates.f1) == (1.0, 0.5, 0.667)


def test_optional_claims_are_neither_asked_for_nor_held_against() -> None:
    gold = [claim(0, 5, 3), claim(10, 15, 4, optional=True)]
    with_it = score([(gold, [claim(0, 5, 3), claim(10, 15, 4)])])["count"]
    without = score([(gold, [claim(0, 5, 3)])])["count"]
    assert with_it == without
    assert (with_it.gold, with_it.read, with_it.rates.f1) == (1, 1, 1.0)


def test_a_claim_read_under_another_kind_is_excused() -> None:
    gold = [claim(0, 5, 1, kind="individual")]
    scores = score([(gold, [claim(0, 5, 1)])])
    assert (scores["count"].read, scores["count"].gold) == (0, 0)
    assert (scores["individual"].gold, scores["individual"].rates.recall) == (1, 0.0)


def test_the_second_annotators_value_is_as_right_as_the_first() -> None:
    gold = claim(0, 5, 3, source="police", status="civilian", also={"source": "witnesses", "status": "unknown"})
    found = score([([gold], [claim(0, 5, 3, source="witnesses", status="unknown")])])["count"]
    assert (found.attributed_f1, found.slots["status"], found.macro["status"]) == (1.0, 1.0, 1.0)


def test_attributed_f1_asks_for_the_source_too() -> None:
    gold = [claim(0, 5, 3, source="police"), claim(10, 15, 4, source="the mayor")]
    found = score([(gold, [claim(0, 5, 3, source="police"), claim(10, 15, 4)])])["count"]
    assert (found.rates.f1, found.attributed_f1) == (1.0, 0.5)


def test_macro_f1_gains_nothing_from_a_constant_answer() -> None:
    gold = [claim(10 * n, 10 * n + 5, n, stance="denies" if n == 3 else "asserts") for n in range(4)]
    found = score([(gold, [claim(10 * n, 10 * n + 5, n) for n in range(4)])])["count"]
    assert found.slots["stance"] == 0.75
    assert found.macro["stance"] == pytest.approx((0.857 + 0.0) / 2, abs=0.001)


def test_via_must_name_all_of_the_chain_in_order() -> None:
    gold = [claim(0, 5, 3, via=["Radio Orvelo", "a news agency"])]
    chains = [["Radio Orvelo", "the agency"], ["Radio Orvelo"], [], ["the agency", "Radio Orvelo"]]
    f1 = [score([(gold, [claim(0, 5, 3, via=via)])])["count"].via.f1 for via in chains]
    assert f1 == [1.0, 0.0, 0.0, 0.0]


def test_span_recall_looks_past_a_wrong_number() -> None:
    found = score([([claim(0, 5, 3), claim(10, 15, 4)], [claim(2, 8, 30)])])["count"]
    assert (found.rates.recall, found.span_recall) == (0.0, 0.5)


def test_digits_leave_vague_counts_out() -> None:
    scores = score([([claim(0, 5, 2, kind="vague"), claim(10, 15, 4)], [claim(10, 15, 4)])])
    assert (scores["count"].rates.recall, scores["digits"].rates.recall) == (0.5, 1.0)


def test_nothing_read_and_nothing_asked_give_zeros() -> None:
    found = score([([], [])])["count"]
    assert (found.rates.f1, found.span_recall, found.slots, found.macro["stance"]) == (0.0, None, {}, None)


CLAIMS = st.lists(
    st.builds(
        claim,
        st.integers(0, 30),
        st.integers(31, 60),
        st.integers(0, 3),
        kind=st.sampled_from(["count", "vague", "zero"]),
        source=st.sampled_from([None, "police", "the army"]),
    ),
    max_size=6,
)


@given(CLAIMS)
def test_gold_read_back_is_perfect(gold: list[ScoredClaim]) -> None:
    found = score([(gold, gold)])["count"]
    assert found.rates.f1 == found.attributed_f1 == (1.0 if gold else 0.0)


@given(CLAIMS, CLAIMS)
def test_every_claim_is_matched_missed_spurious_or_excused(gold: list[ScoredClaim], read: list[ScoredClaim]) -> None:
    compared = compare(gold, read, COUNTS)
    assert compared.gold == len(gold)
    assert compared.read == len(read)
    assert len(compared.pairs) <= min(len(gold), len(read))
