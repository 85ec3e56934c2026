"""Rules and heads weighed together: what speaks for a claim, and which words and values are taken."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim.heads import COUNTED, FACETS, SCOPES, STANCES, STATUSES, Seen
from sayso.claim.judging import Option, choose, evidence, facet, options, probability, stances
from sayso.records import HARMS, Harm, Kind, Span, Stance
from tests.claim.claim_figures import heads, spot

TEXT = "Police spoke. The mayor said two nurses died. In Kestrel Bay the mayor wept. It rained all day."
COUNT = spot(TEXT, "two nurses")
TOLD = (
    *("none", "none by rule", "none tied", "most elsewhere"),
    *("by rule", "tied", "tied gladly", "mean", "highest", "out of reach", "same sentence", "sentence before"),
)
"""What each entry of an option's evidence says; the first four are for no words at all."""

shares = st.floats(0.0, 1.0)
log_odds = st.floats(-20.0, 20.0)


@st.composite
def seen_by_heads(draw: st.DrawFn) -> Seen:
    tagged = tuple((draw(log_odds), draw(log_odds)) for _ in COUNTED)
    facets = {name: tuple(draw(shares) for _ in values) for name, values in FACETS.items()}
    return Seen(tagged, tuple(draw(shares) for _ in HARMS), facets, tuple(draw(shares) for _ in STANCES))


SEEN = Seen(
    ((2.0, 3.0), (-1.0, 0.0)),
    tuple(0.9 if harm == "killed" else 0.1 for harm in HARMS),
    {"scope": (0.7, 0.3), "status": (0.1, 0.2, 0.3, 0.4)},
    (0.8, 0.1, 0.1),
)


def speaking(option: Option) -> dict[str, float]:
    return {name: round(told, 2) for name, told in zip(TOLD, option.evidence, strict=True) if told}


def listed(
    *ties: tuple[str, float], ruled: str | None = None, near: dict[str, bool] | None = None
) -> dict[str | None, dict[str, float]]:
    """List the options for a source, each with what speaks for it."""
    found = heads(TEXT, ties=[("two nurses", "source", words, odds) for words, odds in ties])
    others = [(spot(TEXT, words), same) for words, same in (near or {}).items()]
    by_rule = None if ruled is None else spot(TEXT, ruled)
    among = options(TEXT, found, COUNT, "source", by_rule, others)
    out = {one.span.of(TEXT) if one.span is not None else None: speaking(one) for one in among}
    assert len(out) == len(among)
    return out


def test_no_words_are_the_only_option_where_nobody_names_any() -> None:
    assert listed() == {None: {"none": 1.0, "none by rule": 1.0, "none tied": 1.0, "most elsewhere": -2.0}}


def test_the_same_words_from_rules_and_heads_are_one_option() -> None:
    assert listed(("The mayor", 4.0), ruled="The mayor", near={"The mayor": True}) == {
        None: {"none": 1.0, "most elsewhere": 1.33},
        "The mayor": {"by rule": 1, "tied": 1, "tied gladly": 1, "mean": 1, "highest": 1, "same sentence": 1},
    }


def test_words_that_stand_twice_are_one_option_with_the_heavier_figures() -> None:
    assert listed(("the mayor", 4.0), ruled="The mayor") == {
        None: {"none": 1.0, "most elsewhere": 1.33},
        "The mayor": {"by rule": 1, "tied": 1, "tied gladly": 1, "mean": 1, "highest": 1},
    }


def test_other_words_from_rules_and_heads_are_two_options() -> None:
    found = listed(("The mayor", 4.0), ruled="Police", near={"Police": False})
    assert found == {
        None: {"none": 1.0, "most elsewhere": 1.33},
        "Police": {"by rule": 1, "mean": -0.5, "highest": -0.5, "sentence before": 1},
        "The mayor": {"tied": 1, "tied gladly": 1, "mean": 1, "highest": 1},
    }


def test_words_tied_only_gladly_leave_no_words_tied() -> None:
    assert listed(("The mayor", -1.0)) == {
        None: {"none": 1.0, "none by rule": 1.0, "none tied": 1.0, "most elsewhere": -0.33},
        "The mayor": {"tied gladly": 1, "mean": -0.25, "highest": -0.25},
    }


def test_words_out_of_reach_say_so() -> None:
    found = heads(TEXT, ties=[("two nurses", "source", "The mayor", 4.0)], windows=[(0, 0, 2), (2, 2, 4)])
    among = options(TEXT, found, COUNT, "source", spot(TEXT, "It rained"), [])
    assert {one.span.of(TEXT): speaking(one) for one in among if one.span is not None} == {
        "It rained": {"by rule": 1, "out of reach": 1},
        "The mayor": {"tied": 1, "tied gladly": 1, "mean": 1, "highest": 1},
    }


def test_figures_beyond_measure_count_no_more_than_sure_ones() -> None:
    found = listed(("Police", 90.0), ruled="Police")
    assert found == {
        None: {"none": 1, "most elsewhere": 2},
        "Police": {"by rule": 1, "tied": 1, "tied gladly": 1, "mean": 2, "highest": 2},
    }


@given(
    st.lists(st.tuples(st.sampled_from(["Police", "The mayor", "Kestrel Bay", "the mayor"]), log_odds), max_size=3),
    st.none() | st.sampled_from(["Police", "The mayor", "the mayor", "It rained"]),
    st.dictionaries(st.sampled_from(["Police", "the mayor", "all day"]), st.booleans()),
)
def test_no_words_are_always_among_the_options_and_rules_and_heads_name_one_each(
    ties: list[tuple[str, float]], ruled: str | None, near: dict[str, bool]
) -> None:
    found = listed(*ties, ruled=ruled, near=near)
    assert None in found
    assert len({(words or "").lower() for words in found}) == len(found)
    assert sum(told.get("by rule", 0) + told.get("none by rule", 0) for told in found.values()) == 1
    assert sum(told.get("tied", 0) + told.get("none tied", 0) for told in found.values()) == 1
    assert all(set(told) <= set(TOLD[:4]) for words, told in found.items() if words is None)
    assert all(set(told) <= set(TOLD[4:]) for words, told in found.items() if words is not None)


def test_the_words_with_most_evidence_are_chosen_and_the_first_of_equals() -> None:
    nobody, one, other = Option(None, (1.0, 0.0)), Option(Span(0, 6), (0.0, 2.0)), Option(Span(7, 9), (0.0, 2.0))
    assert choose([nobody, one, other], (1.0, 1.0)) == Span(0, 6)
    assert choose([nobody, other, one], (1.0, 1.0)) == Span(7, 9)
    assert choose([nobody, one, other], (3.0, 1.0)) is None
    assert choose([nobody, one, other], (0.0, 0.0)) is None


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1),
    st.tuples(st.integers(-3, 3), st.integers(-3, 3)),
)
def test_nothing_outweighs_what_is_chosen(told: list[tuple[int, int]], weights: tuple[int, int]) -> None:
    among = [Option(Span(n, n + 1), (float(a), float(b))) for n, (a, b) in enumerate(told)]
    chosen = choose(among, weights)
    assert chosen is not None
    sums = [a * weights[0] + b * weights[1] for a, b in told]
    assert chosen.start == sums.index(max(sums))


@pytest.mark.parametrize(
    ("ruled", "weight", "expected"),
    [
        ("incident", 0.0, "cumulative"),
        ("incident", 0.3, "cumulative"),
        ("incident", 0.5, "incident"),
        ("cumulative", 0.5, "cumulative"),
    ],
)
def test_the_rules_word_counts_with_its_weight(ruled: str, weight: float, expected: str) -> None:
    assert facet(tuple(str(one) for one in SCOPES), ruled, (0.3, 0.7), weight) == expected


def test_of_equally_probable_values_the_rules_word_is_taken_else_the_first() -> None:
    assert facet(STATUSES, "mixed", (0.25,) * 4, 0.2) == "mixed"
    assert facet(STATUSES, "mixed", (0.25,) * 4, 0.0) == STATUSES[0]


@pytest.mark.parametrize(
    ("ruled", "probable", "weight", "expected"),
    [
        ({"asserts"}, (0.9, 0.1, 0.1), 0.2, {"asserts"}),
        ({"asserts"}, (0.9, 0.8, 0.1), 0.2, {"asserts", "denies"}),
        ({"asserts", "denies"}, (0.4, 0.4, 0.1), 0.2, {"asserts", "denies"}),
        ({"denies"}, (0.4, 0.4, 0.1), 0.2, {"denies"}),
        ({"asserts"}, (0.1, 0.2, 0.4), 0.2, {"doubts"}),
        ({"asserts"}, (0.1, 0.1, 0.1), 0.2, {"asserts"}),
        (set(), (0.1, 0.3, 0.2), 1.0, {"denies"}),
        (set(), (0.0, 0.0, 0.0), 0.0, {"asserts"}),
    ],
)
def test_a_figure_may_be_asserted_and_denied(
    ruled: set[Stance], probable: tuple[float, ...], weight: float, expected: set[Stance]
) -> None:
    assert stances(ruled, probable, weight) == expected


@given(st.sets(st.sampled_from(STANCES)), st.tuples(shares, shares, shares), st.floats(0.0, 1.0))
def test_some_stance_is_always_taken(ruled: set[Stance], probable: tuple[float, float, float], weight: float) -> None:
    taken = stances(ruled, probable, weight)
    assert taken
    assert {stance for stance, share in zip(STANCES, probable, strict=True) if share >= 0.5} <= taken
    assert weight < 0.5 or ruled <= taken


def test_evidence_of_a_claim_that_only_the_heads_found() -> None:
    told = evidence("killed", "count", SEEN, ruled=None, otherwise=True, tagged=True)
    assert told == pytest.approx((1.0, 0.0, 0.0, 0.5, 0.732, 1.0, 0.0, 0.0, 1.0, 0.0, 0.5), abs=1e-3)


def test_evidence_of_a_claim_that_a_pattern_found_too() -> None:
    told = evidence("killed", "vague", SEEN, ruled=0.9, otherwise=False, tagged=True)
    assert told == pytest.approx((1.0, 1.0, 2.197, 0.5, 0.732, 1.0, 0.5, 0.732, 0.0, 1.0, 0.5), abs=1e-3)


def test_single_people_are_judged_by_their_own_layer() -> None:
    counted = evidence("killed", "count", SEEN, ruled=None, otherwise=False, tagged=False)
    single = evidence("killed", "individual", SEEN, ruled=None, otherwise=False, tagged=False)
    assert (counted[3], single[3]) == (0.5, -0.25)


def test_probability_is_a_logistic_sum() -> None:
    assert probability((1.0, 2.0), (0.0, 0.0)) == 0.5
    assert probability((1.0, 2.0), (1.0, -0.5)) == 0.5
    assert probability((1.0, 2.0), (-1.0, 1.0)) == pytest.approx(0.731, abs=1e-3)


@given(
    seen_by_heads(),
    st.sampled_from(HARMS),
    st.sampled_from(get_args(Kind)),
    st.none() | shares,
    st.tuples(st.booleans(), st.booleans()),
    log_odds,
    shares,
    st.lists(st.floats(0.0, 10.0), min_size=11, max_size=11),
)
def test_firmer_figures_never_make_a_claim_less_probable(  # noqa: PLR0913, PLR0917 - each is drawn on its own
    seen: Seen,
    harm: Harm,
    kind: Kind,
    ruled: float | None,
    found: tuple[bool, bool],
    firmer: float,
    surer: float,
    weights: list[float],
) -> None:
    def chance(of: Seen) -> float:
        told = evidence(harm, kind, of, ruled=ruled, otherwise=found[0], tagged=found[1])
        return probability(told, weights)

    tagged = tuple((max(mean, firmer), most) for mean, most in seen.tagged)
    harms = tuple(max(share, surer) for share in seen.harms)
    assert chance(seen) <= chance(replace(seen, tagged=tagged)) + 1e-12
    assert chance(seen) <= chance(replace(seen, harms=harms)) + 1e-12
    assert 0.0 <= chance(seen) <= 1.0
