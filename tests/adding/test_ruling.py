"""What people set by words: it stands in the report, or it is refused with a word on what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import ruling
from sayso.plain import checked
from sayso.problems import UsageError
from sayso.records import Claim, Evidence, Report, Span

TEXT = (
    "Shells fell on Lirna on Monday. About 14 people were killed in the market, the district hospital said. "
    "The mayor of Lirna,\nAna Ruiz, put the dead at twenty. Police spoke of 14 people as well, and of a fire."
)
REPORT = Report("r", TEXT, language="en")


def span(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


FIGURE = span("About 14 people")
CLAIM = Claim(
    "c",
    FIGURE.start,
    FIGURE.end,
    "About 14 people",
    "killed",
    "count",
    14,
    14,
    "about",
    "about",
    source="the district hospital",
    victims="people",
    place="Lirna",
    sentence=Span(TEXT.index("About"), TEXT.index(" The mayor")),
    spans=Evidence(source=span("the district hospital"), victims=span("people"), place=span("Lirna"), cue=span("said")),
)


def corrected(*stated: str) -> Claim:
    """Return the claim with what was set, taken as the ledger takes it."""
    found = ruling.corrections(stated, CLAIM, REPORT)
    return replace(CLAIM, **{name: checked(Claim, name, value) for name, value in found.items()})  # type: ignore[arg-type] # checked


def test_words_that_fill_a_slot_are_found_in_the_report() -> None:
    claim = corrected("source=The mayor of Lirna, Ana Ruiz")
    assert claim.source == "The mayor of Lirna,\nAna Ruiz", "as they stand there, over the end of a line"
    assert claim.spans.source == span("The mayor of Lirna,\nAna Ruiz")
    assert claim.spans.cue is None
    assert claim.spans.place == CLAIM.spans.place
    assert ruling.fault(claim, REPORT) is None


def test_words_are_looked_for_in_the_claims_own_sentence_first() -> None:
    assert corrected("place=the market").spans.place == span("the market")
    assert corrected("place=Lirna").spans.place == span("Lirna"), "the nearest, where the sentence has none"


def test_words_that_say_how_many_bring_their_figures() -> None:
    claim = corrected("words=twenty")
    assert (claim.text, claim.low, claim.high, claim.qualifier) == ("twenty", 20, 20, "exact")
    assert claim.sentence.holds(claim.span)
    assert ruling.fault(claim, REPORT) is None


def test_an_empty_value_empties_the_field() -> None:
    claim = corrected("source=", "means=", "date_from=")
    assert (claim.source, claim.spans.source, claim.date_from) == (None, None, None)


def test_figures_bring_their_qualifier_unless_it_is_given() -> None:
    assert corrected("high=").qualifier == "at_least"
    assert corrected("low=10").qualifier == "between"
    assert corrected("low=10", "high=10").qualifier == "exact"
    assert corrected("low=10", "high=10", "qualifier=about").qualifier == "about"


def test_those_who_passed_it_on_are_several() -> None:
    claim = corrected("via=Police | The mayor")
    assert claim.via == ("Police", "The mayor")
    assert claim.spans.via == (span("Police"), span("The mayor"))


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (["sourse=police"], "sets nothing"),
        (["source"], "sets nothing"),
        ([], "Nothing is set"),
        (["source=the army"], "does not say"),
        (["source= "], None),
        (["words= "], "no words to look for"),
        (["words=!"], "does not say"),
        (["low=20"], "above the highest"),
        (["low=-1"], "whole number from 0"),
        (["low=many"], "whole number from 0"),
        (["low=1", "low=2"], "set twice"),
        (["harm=dead"], "one of killed"),
        (["harm="], "cannot be empty"),
        (["date_from=15/3/2023"], "a day such as"),
        (["date_from=2023-03-15", "date_to=2023-03-14"], "comes after"),
        (["country=Velmora"], "two letters"),
        (["date_prec=9"], "from 1 to 5"),
        (["phrase=" + "a" * 3000], "longer than"),
    ],
)
def test_what_makes_no_sense_is_refused_and_says_why(stated: list[str], said: str | None) -> None:
    if said is None:
        assert corrected(*stated).source is None
        return
    with pytest.raises(UsageError, match=said):
        ruling.corrections(stated, CLAIM, REPORT)


def test_a_missed_claim_is_made_from_words() -> None:
    found = ruling.addition("twenty", "killed", ["source=The mayor of Lirna"], REPORT)
    claim = Claim(id="a", **{name: checked(Claim, name, value) for name, value in found.items()})  # type: ignore[arg-type] # checked
    assert (claim.text, claim.low, claim.source, claim.harm) == ("twenty", 20, "The mayor of Lirna", "killed")
    assert ruling.fault(claim, REPORT) is None


def test_words_that_stand_there_twice_need_words_around_them() -> None:
    with pytest.raises(UsageError, match=r"2 times; say which by words around it"):
        ruling.addition("14 people", "killed", [], REPORT)
    found = ruling.addition("14 people", "killed", [], REPORT, within="Police spoke of 14 people as well")
    assert found["start"] == span("14 people", 1).start
    with pytest.raises(UsageError, match="does not say"):
        ruling.addition("14 people", "killed", [], REPORT, within="the army spoke")


def test_a_claim_whose_words_stand_elsewhere_is_told() -> None:
    assert ruling.fault(CLAIM, REPORT) is None
    assert ruling.fault(replace(CLAIM, low=13, high=15), REPORT) is None, "a person may read the figure otherwise"
    assert ruling.fault(replace(CLAIM, source="police"), REPORT) is not None


@given(st.sampled_from(ruling.FIELDS), st.text(max_size=30))
def test_any_value_is_taken_or_refused(field: str, value: str) -> None:
    try:
        claim = corrected(f"{field}={value}")
    except UsageError:
        return
    assert ruling.fault(claim, REPORT) is None


def test_words_that_were_selected_stand_just_where_they_were() -> None:
    """Not where the same words stand nearer to the figure."""
    far = span("14 people", 1)
    found = ruling.corrections([f"words={far.of(TEXT)}"], CLAIM, REPORT, at={"words": [far]})
    assert (found["start"], found["end"], found["text"]) == (far.start, far.end, "14 people")
    second = span("Lirna", 1)
    found = ruling.corrections(["place=Lirna"], CLAIM, REPORT, at={"place": [second], "source": [far]})
    assert found["place"] == "Lirna"
    assert found["spans"]["place"] == [second.start, second.end]  # type: ignore[index] # plain values
    both = [span("The mayor of Lirna,\nAna Ruiz"), span("Police")]
    found = ruling.corrections(["via=The mayor of Lirna, Ana Ruiz | Police"], CLAIM, REPORT, at={"via": both})
    assert found["via"] == ["The mayor of Lirna,\nAna Ruiz", "Police"]


def test_a_claim_is_added_where_its_words_were_selected() -> None:
    """Though the same words stand in the report twice."""
    far = span("14 people", 1)
    found = ruling.addition("14 people", "killed", [], REPORT, at={"words": [far]})
    assert (found["start"], found["end"]) == (far.start, far.end)


@pytest.mark.parametrize(
    ("stated", "spans"),
    [
        ("source=Police", [span("Lirna")]),
        ("source=Police", [Span(0, len(TEXT) + 1)]),
        ("source=Police", [Span(5, 5)]),
        ("source=Police | Lirna", [span("Police"), span("Lirna")]),
        ("via=Police", [span("Police"), span("Lirna")]),
    ],
)
def test_a_selection_that_is_not_of_these_words_is_refused(stated: str, spans: list[Span]) -> None:
    """Whatever a browser sends, what is kept are words of the text."""
    with pytest.raises(UsageError):
        ruling.corrections([stated], CLAIM, REPORT, at={stated.partition("=")[0]: spans})
