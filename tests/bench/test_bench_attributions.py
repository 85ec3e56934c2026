"""The rules by which who-said-what triples are scored."""

from hypothesis import given
from hypothesis import strategies as st

from bench.rows import Pieces, Triple
from bench.score_attributions import Annotated, AttributionScore, Percent, score

TEXT = 'The mayor of Orvelo said the bridge "had fallen". Nobody, she added, knew why.'
ALL = Percent(100.0, 100.0, 100.0)


def at(words: str, text: str = TEXT) -> Pieces:
    start = text.index(words)
    return ((start, start + len(words)),)


GOLD = Triple(at("The mayor of Orvelo"), at("said"), at('the bridge "had fallen"'))
SECOND = Triple(at("she"), at("added"), at("Nobody") + at("knew why"))


def scored(gold: list[Triple], read: list[Triple], discarded: Pieces = ()) -> AttributionScore:
    return score([(Annotated(TEXT, tuple(gold), discarded), read)])


def test_quotation_marks_and_spaces_never_decide() -> None:
    read = Triple(at("The mayor of Orvelo "), at("said "), at('the bridge "had fallen".'))
    assert scored([GOLD], [read]).triple_strict == ALL


def test_a_broken_up_content_is_one_content() -> None:
    found = scored([GOLD, SECOND], [SECOND, GOLD])
    assert (found.content_exact, found.triple_strict, found.words) == (ALL, ALL, 14)


def test_a_loose_triple_needs_half_the_content_a_cue_word_and_a_source_word() -> None:
    half = at("the bridge")
    cases = {
        "loose": (Triple(at("mayor"), at("said"), half), 100.0),
        "no source": (Triple((), at("said"), half), 0.0),
        "another source": (Triple(at("she"), at("said"), half), 0.0),
        "another cue": (Triple(at("mayor"), at("added"), half), 0.0),
        "too little content": (Triple(at("mayor"), at("said"), at("the")), 0.0),
    }
    for triple, f1 in cases.values():
        assert scored([GOLD], [triple]).triple_loose.f1 == f1


def test_no_source_on_both_sides_is_right() -> None:
    bare = Triple((), at("said"), at("the bridge"))
    found = scored([bare], [bare])
    assert (found.triple_loose, found.source.n) == (ALL, 0)


def test_a_source_is_right_by_any_word_by_its_head_or_exactly() -> None:
    def source(words: str) -> tuple[float, float, float]:
        one = scored([GOLD], [Triple(at(words), GOLD.cue, GOLD.content)]).source
        return one.any, one.head, one.exact

    assert source("The mayor of Orvelo") == (100.0, 100.0, 100.0)
    assert source("mayor") == (100.0, 100.0, 0.0)
    assert source("Orvelo") == (100.0, 0.0, 0.0)
    assert source("she") == (0.0, 0.0, 0.0)


def test_the_better_overlap_is_paired_first() -> None:
    poor = Triple((), (), at("bridge"))
    found = scored([GOLD], [poor, GOLD])
    assert (found.triple_strict, found.content_soft) == (Percent(50.0, 100.0, 66.7), Percent(50.0, 100.0, 66.7))


def test_cues_are_scored_without_their_contents() -> None:
    found = scored([GOLD, SECOND], [Triple((), at("said"), at("knew why"))])
    assert found.cue_exact == found.cue_any == Percent(100.0, 50.0, 66.7)


def test_a_triple_in_a_discarded_stretch_is_not_counted() -> None:
    assert scored([GOLD], [SECOND], at("Nobody, she added, knew why")).read == 0
    assert scored([GOLD], [SECOND], at("Nobody")).read == 1


def test_a_triple_without_content_is_not_counted() -> None:
    assert scored([GOLD, Triple(at("she"), at("added"), ())], [Triple((), at("said"), ())]).gold == 1


def test_spans_outside_the_text_touch_nothing() -> None:
    found = scored([GOLD], [Triple(((-5, 0),), ((5, 5),), ((900, 950),))])
    assert (found.read, found.triple_loose.f1) == (0, 0.0)


SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 12)).map(lambda pair: ((pair[0], pair[0] + pair[1]),))
TRIPLES = st.lists(st.builds(Triple, SPANS, SPANS, SPANS), max_size=5)


@given(TRIPLES, TRIPLES)
def test_rates_stay_between_nothing_and_all(gold: list[Triple], read: list[Triple]) -> None:
    found = scored(gold, read)
    rates = (found.content_exact, found.content_soft, found.detected, found.cue_any, found.triple_loose)
    assert all(0 <= figure <= 100 for rate in rates for figure in (rate.precision, rate.recall, rate.f1))
    assert found.triple_strict.f1 <= found.content_exact.f1 <= found.detected.f1
    assert found.triple_loose.f1 <= found.detected.f1
