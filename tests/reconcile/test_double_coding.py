"""Which claims of several people are one, and how far they agree on them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.problems import UsageError
from sayso.reconcile.double_coding import CLAIM, Coded, CodersAgreement, compare_coders
from sayso.records import Claim, Evidence, Span

TEXT = "Police in Vash said 14 people died and 30 were hurt on Monday. The Harbour Union spoke of 17 dead."


def claim(words: str, identity: str = "", **slots: object) -> Claim:
    """Return a claim on words of the text, a number of people killed as police said."""
    start = TEXT.index(words)
    number = next((int(part) for part in words.split() if part.isdecimal()), None)
    source = TEXT.index("Police in Vash")
    plain = Claim(
        identity,
        start,
        start + len(words),
        words,
        "killed",
        "count",
        number,
        number,
        "exact",
        None,
        source="Police in Vash",
        date_from="2023-03-13",
        date_to="2023-03-13",
        sentence=Span(0, 62),
        spans=Evidence(source=Span(source, source + 14)),
    )
    return replace(plain, **slots)  # type: ignore[arg-type]  # fields of a claim by their names


DIED, HURT, DEAD = claim("14 people", "c-1"), claim("30", "c-2", harm="injured"), claim("17 dead", "c-3")


def agreed(*coded: Coded, **more: Coded) -> CodersAgreement:
    """Compare people who coded one report; further reports of the first person by keyword."""
    coders = {f"Coder {place}": {"r-1": one} for place, one in enumerate(coded, start=1)}
    coders["Coder 1"].update(more)
    return compare_coders(coders, {"r-1": len(TEXT)})


def slot(found: CodersAgreement, name: str) -> tuple[int, int, float | None]:
    (one,) = (one for one in found.slots if one.slot == name)
    return one.units, one.equal, one.alpha


def test_two_who_made_the_same_agree_in_everything() -> None:
    found = agreed(Coded((DIED, HURT, DEAD)), Coded((DEAD, DIED, HURT)))
    assert (found.shared, found.f1, found.differences) == (3, 1.0, ())
    assert found.claims == {"Coder 1": 3, "Coder 2": 3}
    assert {(one.units, one.equal) for one in found.slots} == {(3, 3)}
    assert (slot(found, "low")[2], slot(found, "harm")[2], found.spans.alpha) == (1.0, 1.0, 1.0)
    assert slot(found, "scope")[2] is None  # one value throughout says nothing


def test_another_figure_is_a_difference_with_what_each_has() -> None:
    found = agreed(Coded((DIED, HURT)), Coded((replace(DIED, low=40, high=40, text="40"), HURT)))
    assert [(one.slot, one.values) for one in found.differences] == [
        ("low", {"Coder 1": 14, "Coder 2": 40}),
        ("high", {"Coder 1": 14, "Coder 2": 40}),
    ]
    units, equal, alpha = slot(found, "low")
    # By hand: of the pairs 14-40 and 30-30 the first differs by (26/54)**2; chance pairs 14, 40, 30 and 30.
    expected = 2 * ((26 / 54) ** 2 + 2 * (16 / 44) ** 2 + 2 * (10 / 70) ** 2)
    assert (units, equal) == (2, 1)
    assert alpha == pytest.approx(1 - 3 * 2 * (26 / 54) ** 2 / expected)


def test_a_bound_that_one_alone_states_is_told_and_not_measured_as_a_number() -> None:
    found = agreed(Coded((DIED, HURT)), Coded((replace(DIED, high=None), HURT)))
    assert [(one.slot, one.values) for one in found.differences] == [("high", {"Coder 1": 14, "Coder 2": None})]
    assert slot(found, "high")[:2] == (1, 1)
    assert slot(found, "bounds")[:2] == (2, 1)


def test_claims_of_other_ids_are_one_where_their_words_overlap_those_of_one_harm_first() -> None:
    wide = claim("14 people died", "c-9")
    other = replace(DIED, id="c-8", harm="injured")
    found = agreed(Coded((DIED,)), Coded((other, wide)))
    alone = [one for one in found.differences if one.slot == CLAIM]
    assert [one.values for one in alone] == [{"Coder 2": "14 people", "Coder 1": None}]
    assert found.shared == 1
    assert found.f1 == pytest.approx(2 / 3)
    assert found.spans.by_label["words"] is not None
    assert found.spans.by_label["words"] < 1


def test_the_same_words_with_another_harm_are_one_claim_in_dispute() -> None:
    found = agreed(Coded((DIED,)), Coded((replace(DIED, id="c-8", harm="injured"),)))
    assert [(one.slot, one.values) for one in found.differences] == [
        ("harm", {"Coder 1": "killed", "Coder 2": "injured"})
    ]
    assert {name: one.id for name, one in found.differences[0].claims.items()} == {"Coder 1": "c-1", "Coder 2": "c-8"}


def test_what_somebody_did_not_judge_is_neither_agreement_nor_difference() -> None:
    found = agreed(Coded((DIED, HURT)), Coded((DIED,), unjudged={"c-2"}))
    assert (found.shared, found.f1, found.differences) == (1, 1.0, ())
    rejected = agreed(Coded((DIED, HURT)), Coded((DIED,)))
    assert [one.values for one in rejected.differences] == [{"Coder 1": "30", "Coder 2": None}]
    assert rejected.f1 == pytest.approx(2 / 3)


def test_a_report_that_one_alone_coded_is_passed_over() -> None:
    found = agreed(Coded((DIED,)), Coded((DIED,)), **{"r-2": Coded((HURT,))})
    assert (found.reports, found.passed_over) == (("r-1",), ("r-2",))
    assert found.claims == {"Coder 1": 1, "Coder 2": 1}


def test_a_report_in_which_everybody_finds_nothing_is_agreement_without_a_figure() -> None:
    found = agreed(Coded(()), Coded(()))
    assert (found.reports, found.f1, found.shared, found.spans.alpha) == (("r-1",), None, 0, None)


def test_three_people_are_compared_pair_by_pair() -> None:
    found = agreed(Coded((DIED, HURT)), Coded((DIED,)), Coded((DIED, HURT)))
    assert found.f1 == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert [one.values for one in found.differences] == [{"Coder 1": "30", "Coder 2": None, "Coder 3": "30"}]
    assert slot(found, "harm")[:2] == (2, 2)


def test_words_of_a_source_in_another_case_are_the_same_source() -> None:
    assert not agreed(Coded((DIED,)), Coded((replace(DIED, source="police  in vash"),))).differences
    (told,) = agreed(Coded((DIED,)), Coded((replace(DIED, source=None),))).differences
    assert (told.slot, told.values) == ("source", {"Coder 1": "Police in Vash", "Coder 2": None})


def test_one_person_agrees_with_nobody() -> None:
    with pytest.raises(UsageError, match="at least two"):
        compare_coders({"Coder 1": {}})


CLAIMS = st.lists(
    st.builds(
        lambda start, size, harm, number, identity: replace(
            DIED, id=identity, start=start, end=start + size, harm=harm, low=number, high=number
        ),
        st.integers(0, 40),
        st.integers(1, 12),
        st.sampled_from(["killed", "injured"]),
        st.one_of(st.none(), st.integers(0, 30)),
        st.sampled_from(["", "c-1", "c-2", "c-3"]),
    ),
    max_size=6,
)


@settings(deadline=None)
@given(CLAIMS, CLAIMS)
def test_whoever_comes_first_changes_no_figure(one: list[Claim], other: list[Claim]) -> None:
    there, back = agreed(Coded(one), Coded(other)), agreed(Coded(other), Coded(one))
    assert there.shared == back.shared
    assert there.f1 == back.f1
    assert there.spans.alpha == back.spans.alpha or there.spans.alpha == pytest.approx(back.spans.alpha)


@settings(deadline=None)
@given(CLAIMS)
def test_everybody_agrees_with_themselves(one: list[Claim]) -> None:
    found = agreed(Coded(one), Coded(one))
    assert found.shared == len(one)
    assert all(slot.alpha in {None, 1.0} or slot.alpha == pytest.approx(1) for slot in found.slots)
    assert all(slot.equal == len(one) for slot in found.slots) or not one
