"""What the claim heads' figures say of a text: count expressions, what is meant, and the words they point to."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim.heads import COUNTED, FACETS, SCOPES, STANCES, STATUSES, TIE_WIDTH, TIED, Heads
from sayso.claim.linking import CLIP, LINK_BIAS
from sayso.claim.sentences import split
from sayso.records import HARMS, Span
from tests.claim.claim_figures import MEANT, heads, pieced, read, spot

TOLD = "The mayor of Kestrel Bay said two nurses and Ilan Moss died in a fire. A doctor spoke of five. It rained."
MANY = "Police spoke. Nine miners died, the union said. The owner kept silent. Rain fell all day."


def words(text: str, found: Heads, favour: float = 0.0) -> list[tuple[str, str]]:
    return [(COUNTED[layer], span.of(text)) for layer, span in found.tagged(favour)]


def tied(text: str, found: Heads, count: str, role: str, favour: float = 0.0, most: int = 1) -> list[str]:
    return [tie.of(text) for tie in found.ties(spot(text, count), role, favour, most)]


def test_count_expressions_are_found_layer_by_layer_in_text_order() -> None:
    found = heads(TOLD, tagged=[("single", "Ilan Moss"), ("counted", "five"), ("counted", "two nurses")])
    assert words(TOLD, found) == [("counted", "two nurses"), ("counted", "five"), ("single", "Ilan Moss")]


def test_the_same_words_may_stand_in_both_layers() -> None:
    found = heads(TOLD, tagged=[("counted", "two nurses and Ilan Moss"), ("single", "Ilan Moss")])
    assert words(TOLD, found) == [("counted", "two nurses and Ilan Moss"), ("single", "Ilan Moss")]


def test_favour_finds_more_or_less() -> None:
    found = heads(TOLD, tagged=[("counted", "two nurses")])
    assert words(TOLD, found, -9.0) == []
    assert ("counted", "two nurses") in words(TOLD, found)
    assert len(words(TOLD, found, 9.0)) > 1


def test_log_odds_say_how_firmly_words_are_a_count_expression() -> None:
    found = heads(TOLD, tagged=[("counted", "two nurses")])
    tagged, wider, other = (found.seen(spot(TOLD, one)) for one in ("two nurses", "two nurses and", "It rained"))
    assert tagged is not None
    assert wider is not None
    assert other is not None
    counted, single = (COUNTED.index(layer) for layer in ("counted", "single"))
    assert tagged.tagged[counted] == pytest.approx((4.0, 4.0), abs=0.05)
    assert tagged.tagged[single][1] < 0
    assert wider.tagged[counted][0] < wider.tagged[counted][1] == tagged.tagged[counted][1]
    assert other.tagged[counted][1] < 0


def test_probabilities_are_given_by_name() -> None:
    said = {"injured": 3.0, "cumulative": 2.0, "combatant": 4.0, "asserts": 2.5, "denies": 1.0, "doubts": -3.0}
    seen = heads(TOLD, meant={"two nurses": said}).seen(spot(TOLD, "two nurses"))
    assert seen is not None
    harms = dict(zip(HARMS, seen.harms, strict=True))
    assert harms["injured"] == pytest.approx(1 / (1 + np.exp(-3.0)))
    assert {share for harm, share in harms.items() if harm != "injured"} == {0.5}
    assert max(zip(seen.facets["scope"], SCOPES, strict=True))[1] == "cumulative"
    assert max(zip(seen.facets["status"], STATUSES, strict=True))[1] == "combatant"
    assert seen.facets["scope"] == pytest.approx((0.119, 0.881), abs=1e-3)
    assert dict(zip(STANCES, seen.stances, strict=True)) == pytest.approx(
        {"asserts": 0.924, "denies": 0.731, "doubts": 0.047}, abs=1e-3
    )


def test_what_is_said_of_an_expression_is_the_mean_over_its_pieces() -> None:
    seen = heads(TOLD, meant={"two": {"killed": 4.0}}).seen(spot(TOLD, "two nurses"))
    assert seen is not None
    assert seen.harms[HARMS.index("killed")] == pytest.approx(1 / (1 + np.exp(-2.0)))


def test_nothing_is_said_of_words_that_were_not_encoded() -> None:
    found = heads(MANY, skip=1, ties=[("Nine miners", "source", "the union", 4.0)])
    police, space = spot(MANY, "Police"), Span(MANY.index(" miners"), MANY.index("miners"))
    beyond = Span(len(MANY), len(MANY) + 5)
    assert [found.seen(span) for span in (police, space, beyond)] == [None, None, None]
    assert [found.ties(span, "source", 9.0) for span in (police, space, beyond)] == [(), (), ()]
    assert found.seen(spot(MANY, "Nine miners")) is not None


def test_a_count_points_to_the_words_of_each_role() -> None:
    ties = [("two nurses", "source", "The mayor of Kestrel Bay", 4.0), ("two nurses", "means", "a fire", 3.0)]
    found = heads(TOLD, ties=ties)
    assert tied(TOLD, found, "two nurses", "source") == ["The mayor of Kestrel Bay"]
    assert tied(TOLD, found, "two nurses", "means") == ["a fire"]
    assert [tied(TOLD, found, "two nurses", role) for role in TIED if role not in {"source", "means"}] == [[]] * 5


def test_every_count_points_to_its_own_words() -> None:
    found = heads(TOLD, ties=[("two nurses", "source", "The mayor", 4.0), ("five", "source", "A doctor", 4.0)])
    assert tied(TOLD, found, "two nurses", "source") == ["The mayor"]
    assert tied(TOLD, found, "five", "source") == ["A doctor"]


@pytest.mark.parametrize(
    ("near", "far", "most", "expected"),
    [
        (3.0, 4.0, 1, ["Police"]),
        (4.0, 3.0, 1, ["union"]),
        (3.0, 4.0, 2, ["Police", "union"]),
        (4.0, 3.0, 3, ["Police", "union"]),
        (4.0, 3.0, 0, []),
    ],
)
def test_the_heaviest_runs_are_taken_up_to_most(near: float, far: float, most: int, expected: list[str]) -> None:
    ties = [("Nine miners", "via", "union", near), ("Nine miners", "via", "Police", far)]
    assert tied(MANY, heads(MANY, ties=ties), "Nine miners", "via", most=most) == expected


@pytest.mark.parametrize(("favour", "expected"), [(-5.0, []), (-1.0, ["the union"]), (0.0, ["the union"])])
def test_favour_decides_how_readily_words_are_tied(favour: float, expected: list[str]) -> None:
    found = heads(MANY, ties=[("Nine miners", "source", "the union", 2.0)])
    assert tied(MANY, found, "Nine miners", "source", favour) == expected
    doubtful = heads(MANY, ties=[("Nine miners", "source", "the union", -1.0)])
    assert tied(MANY, doubtful, "Nine miners", "source") == []
    assert tied(MANY, doubtful, "Nine miners", "source", 1.5) == ["the union"]


@pytest.mark.parametrize(
    ("before", "behind", "expected"), [(4.0, 2.0, "the union said."), (1.0, 4.0, "The owner kept silent.")]
)
def test_a_run_is_cut_down_to_the_sentence_that_holds_most_of_it(before: float, behind: float, expected: str) -> None:
    ties = [
        ("Nine miners", "source", "the union said.", before),
        ("Nine miners", "source", "The owner kept silent.", behind),
    ]
    assert tied(MANY, heads(MANY, ties=ties), "Nine miners", "source") == [expected]


def test_one_piece_weighs_no_more_than_a_phrase() -> None:
    ties = [("Nine miners", "source", "union", 40.0), ("Nine miners", "source", "The owner", 0.9 * CLIP)]
    assert tied(MANY, heads(MANY, ties=ties), "Nine miners", "source") == ["The owner"]


def test_a_later_window_answers_for_what_comes_behind() -> None:
    ties = [("Nine miners", "means", "Rain", 4.0), ("Nine miners", "source", "Police", 4.0)]
    reached = heads(MANY, ties=ties, windows=[(0, 0, 3), (1, 3, 4)])
    assert tied(MANY, reached, "Nine miners", "means") == ["Rain"]
    assert tied(MANY, reached, "Nine miners", "source") == ["Police"]
    lost = heads(MANY, ties=ties, windows=[(0, 0, 3), (2, 3, 4)])
    assert tied(MANY, lost, "Nine miners", "means") == []
    assert tied(MANY, lost, "Nine miners", "source") == ["Police"]


def test_weight_is_the_mean_and_the_highest_log_odds_of_given_words() -> None:
    found = heads(MANY, ties=[("Nine miners", "source", "union", 4.0)])
    count = spot(MANY, "Nine miners")
    assert found.weight(count, "source", spot(MANY, "union")) == pytest.approx((4.0, 4.0), abs=1e-4)
    assert found.weight(count, "source", spot(MANY, "the union")) == pytest.approx(
        ((4.0 + LINK_BIAS) / 2, 4.0), abs=1e-4
    )
    assert found.weight(count, "means", spot(MANY, "union")) == pytest.approx((LINK_BIAS, LINK_BIAS), abs=1e-4)


@pytest.mark.parametrize("count", ["Nine miners", "Police"])
def test_weight_out_of_reach_is_none(count: str) -> None:
    found = heads(MANY, ties=[("Nine miners", "source", "union", 4.0)], windows=[(0, 0, 1), (1, 1, 2), (2, 2, 4)])
    rain, union = spot(MANY, "Rain"), spot(MANY, "union")
    assert found.weight(spot(MANY, count), "source", rain) is None
    assert (found.weight(spot(MANY, count), "source", union) is None) == (count == "Police")
    assert found.weight(rain, "source", spot(MANY, "Police")) is None


def test_weight_of_words_that_were_not_encoded_is_none() -> None:
    found = heads(MANY, skip=1)
    count, police = spot(MANY, "Nine miners"), spot(MANY, "Police")
    assert found.weight(count, "source", police) is None
    assert found.weight(police, "source", count) is None


@given(st.integers(0, 2**32 - 1), st.sampled_from([TOLD, MANY]), st.sampled_from(TIED), st.integers(1, 4))
def test_any_figures_give_probabilities_and_words_of_one_sentence(seed: int, text: str, role: str, most: int) -> None:
    draw = np.random.default_rng(seed)
    pieces = pieced(text)
    widths = {"claim_tags": len(COUNTED) * 3, "claim_means": len(MEANT), "claim_ties": 2 * len(TIED) * TIE_WIDTH}
    shape = {name: (len(pieces.ids), width) for name, width in widths.items()}
    whole = {name: draw.normal(0.0, 3.0, size).astype(np.float32) for name, size in shape.items()}
    found = read(pieces, whole, (), text)
    bounds = [s.span for s in split(text)]
    per_layer: list[list[Span]] = [[], []]
    for layer, span in found.tagged(0.0):
        per_layer[layer].append(span)
        seen = found.seen(span)
        assert seen is not None
        assert all(0.0 <= share <= 1.0 for share in (*seen.harms, *seen.stances))
        assert list(seen.facets) == list(FACETS)
        assert all(sum(shares) == pytest.approx(1.0, abs=1e-5) for shares in seen.facets.values())
        ties = found.ties(span, role, most=most)
        assert len(ties) <= most
        assert all(a.end <= b.start for a, b in pairwise(ties))
        assert all(any(sentence.holds(tie) for sentence in bounds) for tie in ties)
    assert all(a.end <= b.start for spans in per_layer for a, b in pairwise(spans))
