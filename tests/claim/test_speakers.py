"""Who stands behind each figure of a report: chains, pronouns, quotations over sentences, letterheads, denials."""

from __future__ import annotations

import pytest

from sayso.claim import read_claims
from sayso.claim.propose import Rules
from sayso.claim.sentences import split
from sayso.claim.speakers import letterhead
from sayso.records import Claim, Report

Who = tuple[int | None, str | None, tuple[str, ...]]


def claims(text: str) -> tuple[Claim, ...]:
    return read_claims(Report("speakers", text, published="2024-03-13", language="en"), proposer=Rules())[0]


def who(text: str) -> list[Who]:
    return [(claim.low, claim.source, claim.via) for claim in claims(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army said two soldiers were killed.", (2, "The army", ())),
        ("Two soldiers were killed, the army said.", (2, "the army", ())),
        ("Two soldiers were killed, said the army.", (2, "the army", ())),
        ("According to the health ministry, 12 people died.", (12, "the health ministry", ())),
        ("“Six men were killed,” said the mayor.", (6, "the mayor", ())),
        ("Monitor: 10 killed in air strike", (10, "Monitor", ())),
        ("21 dead in mine fire: ministry", (21, "ministry", ())),
        ("Governor Ilo Marn told Radio Ostrel that nine people had died.", (9, "Governor Ilo Marn", ("Radio Ostrel",))),
        ("Nine people died, Governor Ilo Marn told Radio Ostrel.", (9, "Governor Ilo Marn", ("Radio Ostrel",))),
        ("Radio Ostrel, citing the governor, said nine people had died.", (9, "the governor", ("Radio Ostrel",))),
        ("Nine people died, Radio Ostrel reported, citing the governor.", (9, "the governor", ("Radio Ostrel",))),
        (
            "Nine people were killed, the Ostrel Post reported, citing hospital officials.",
            (9, "hospital officials", ("the Ostrel Post",)),
        ),
        (
            "The news agency Orna, quoting the interior ministry, said six people were killed.",
            (6, "the interior ministry", ("The news agency Orna",)),
        ),
        ("Residents told the BBC that 12 people were killed.", (12, "Residents", ("the BBC",))),
    ],
)
def test_a_figure_is_credited(text: str, expected: Who) -> None:
    assert who(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Twelve people were reportedly killed.",
        "Twelve people were killed in the shaft.",
        "The mayor said the fire was out.\n\nTwelve people were killed on the other bank.",
    ],
)
def test_the_report_speaks_for_itself(text: str) -> None:
    assert who(text) == [(12, None, ())]


def test_a_pronoun_is_traced_to_the_name() -> None:
    text = "Ana Bel said the fire began at dawn. She said four people had died."
    (claim,) = claims(text)
    assert claim.source == "Ana Bel"
    assert claim.spans.mention is not None
    assert claim.spans.mention.of(text) == "She"
    assert claim.spans.source is not None
    assert claim.spans.source.of(text) == "Ana Bel"


def test_an_added_figure_keeps_its_source() -> None:
    text = "The mayor said nine people were killed. He added that three more were missing."
    assert who(text) == [(9, "The mayor", ()), (3, "The mayor", ())]


@pytest.mark.parametrize(
    "text",
    [
        "“The fire spread fast,” said Ana Bel. “Four people died in it.”",
        "“The fire spread fast. Four people died in it,” said Ana Bel.",
    ],
)
def test_a_quotation_over_sentences_has_one_speaker(text: str) -> None:
    assert who(text) == [(4, "Ana Bel", ())]


def test_an_account_that_goes_on_keeps_its_source() -> None:
    text = "The police said that five people were killed. Another three were injured."
    assert who(text) == [(5, "The police", ()), (3, "The police", ())]


def test_a_source_does_not_reach_the_next_paragraph_nor_back_to_the_lead() -> None:
    text = "Five people were killed.\n\nThe police said that two men were hurt.\n\nThree people were killed elsewhere."
    assert who(text) == [(5, None, ()), (2, "The police", ()), (3, None, ())]


def test_a_letterhead_speaks_throughout() -> None:
    text = "MINISTRY OF DEFENCE OF VELMORA\nSTATEMENT\n\nTwelve servicemen were killed in the night."
    head = letterhead(split(text))
    assert head is not None
    assert head.of(text) == "MINISTRY OF DEFENCE OF VELMORA"
    assert who(text) == [(12, "MINISTRY OF DEFENCE OF VELMORA", ())]


@pytest.mark.parametrize("text", ["", "Twelve people were killed.", "The ministry said twelve people were killed."])
def test_a_plain_report_has_no_letterhead(text: str) -> None:
    assert letterhead(split(text)) is None


def test_a_denied_figure_is_denied_by_its_source() -> None:
    (claim,) = claims("The army denied that 15 civilians were killed.")
    assert (claim.low, claim.high, claim.source, claim.stance) == (15, 15, "The army", "denies")


def test_a_doubted_figure_is_doubted() -> None:
    (claim,) = claims("The army doubts that 40 people were killed.")
    assert (claim.low, claim.source, claim.stance) == (40, "The army", "doubts")


@pytest.mark.parametrize(
    "text",
    [
        "Nine people died, Governor Ilo Marn told Radio Ostrel.",
        "Ana Bel said the fire began at dawn. She said four people had died.",
        "“Six men were killed,” said the mayor.",
    ],
)
def test_a_credited_claim_points_at_its_attribution(text: str) -> None:
    claims, said, _ = read_claims(Report("index", text, language="en"), proposer=Rules())
    for claim in claims:
        assert claim.attribution is not None
        attribution = said[claim.attribution]
        assert claim.spans.cue in attribution.cue
        assert claim.spans.source in attribution.source or claim.spans.mention in attribution.source
