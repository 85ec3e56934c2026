"""What claims are made of: order, ids that outlive a better reading, and the attributions they rest on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.claim import read_claims
from sayso.claim.propose import Rules
from sayso.records import HARMS, Claim, Report

TEXT = (
    "Twelve people were killed and 30 wounded in Lagos on Monday, the governor told Radio Ostrel. He added that three "
    "more were missing.\n\nRebels said they had killed 40 soldiers. The army denied that 40 soldiers were killed.\n\n"
    "Ilan Moss and Petra Vance were among the dead. There were no casualties in Nairobi."
)
REPORT = Report("assemble", TEXT, published="2024-03-13", language="en", outlet="Ostrel Post")


def read(report: Report) -> tuple[Claim, ...]:
    return read_claims(report, proposer=Rules())[0]


def ids(report: Report) -> list[str]:
    return [claim.id for claim in read(report)]


def test_claims_stand_in_text_order() -> None:
    claims = read(REPORT)
    assert len(claims) >= 7
    assert [(c.start, c.end) for c in claims] == sorted((c.start, c.end) for c in claims)


def test_ids_are_unique() -> None:
    assert len(set(ids(REPORT))) == len(ids(REPORT))


@pytest.mark.parametrize(
    "other",
    [
        replace(REPORT, outlet="Karsk Mail"),
        replace(REPORT, outlet=None),
        replace(REPORT, published="1999-01-02"),
        replace(REPORT, published=None),
        replace(REPORT, id="another", url="https://example.org/a", title="A title"),
        replace(REPORT, language=None),
    ],
    ids=["outlet", "no outlet", "published", "no day", "id", "language"],
)
def test_ids_rest_on_the_text_alone(other: Report) -> None:
    assert ids(other) == ids(REPORT)


def test_ids_do_not_rest_on_who_says_so() -> None:
    # The same words with another source are another text; the same text read twice is one.
    assert ids(Report("again", TEXT)) == ids(REPORT)
    assert not set(ids(Report("other", TEXT + " "))) & set(ids(REPORT))


def test_one_figure_of_two_harms_has_two_ids() -> None:
    claims = read(Report("two", "Five men were captured and killed.", language="en"))
    assert {claim.harm for claim in claims} == {"captured", "killed"}
    assert len({claim.id for claim in claims}) == 2


def test_every_field_has_an_allowed_value() -> None:
    for claim in read(REPORT):
        assert claim.harm in HARMS
        assert claim.kind in {"count", "vague", "individual", "zero"}
        assert claim.qualifier in {"exact", "at_least", "at_most", "about", "between", "vague"}
        assert claim.stance in {"asserts", "denies", "doubts"}
        assert claim.status in {"civilian", "combatant", "mixed", "unknown"}
        assert claim.scope in {"incident", "cumulative"}
        assert claim.confidence is not None
        assert 0 <= claim.confidence <= 1
        assert round(claim.confidence, 3) == claim.confidence


def test_the_sentence_holds_the_claim() -> None:
    for claim in read(REPORT):
        assert claim.sentence.holds(claim.span)


def test_without_being_asked_only_the_attributions_of_claims_are_given() -> None:
    report = Report("few", "The mayor said that the bridge was closed. Police said two men were killed.", language="en")
    claims, few, _ = read_claims(report, proposer=Rules())
    assert [claim.attribution for claim in claims] == [0]
    assert [a.source[0].of(report.text) for a in few] == ["Police"]
    same, many, _ = read_claims(report, attributions=True, proposer=Rules())
    assert [a.source[0].of(report.text) for a in many] == ["The mayor", "Police"]
    assert [claim.attribution for claim in same] == [1]
    assert [claim.id for claim in same] == [claim.id for claim in claims]
