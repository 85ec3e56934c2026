"""The shipped reader: patterns and trained heads together, and the same claims however a report is read."""

from __future__ import annotations

import gc
import json
import shutil
from pathlib import Path

import pytest

from sayso.claim import read_claims
from sayso.claim.claim_tagger import ClaimTagger, worth_reading
from sayso.claim.sentences import split
from sayso.claim.words import words
from sayso.encoder import SHIPPED, Encoder, ModelError
from sayso.records import Claim, Report

GATE = sorted((Path(__file__).parents[1] / "gate" / "reports").glob("*.json"))[:24]
ENGLISH = words("en")


def claims(text: str, tagger: ClaimTagger | None = None) -> tuple[Claim, ...]:
    report = Report("t", text, published="2024-03-13", language="en")
    return read_claims(report, proposer=tagger)[0]


def test_a_report_gives_the_same_claims_in_any_order_and_with_any_number_of_threads() -> None:
    texts = [json.loads(path.read_text(encoding="utf-8"))["text"] for path in GATE]
    alone = {text: claims(text, ClaimTagger(Encoder(threads=1))) for text in texts[:6]}
    one, many = ClaimTagger(Encoder(threads=1)), ClaimTagger(Encoder(threads=3))
    forwards = {text: claims(text, one) for text in texts}
    backwards = {text: claims(text, many) for text in reversed(texts)}
    assert forwards == backwards
    assert sum(map(len, forwards.values())) > 40
    assert all(forwards[text] == found for text, found in alone.items())


def test_nothing_of_a_report_is_left_for_python_to_collect() -> None:
    told = "At least 17 villagers were killed in Karsk on Monday, the governor said. He denied that nine were hurt."
    claims(told)  # what is kept for the next report is there now
    gc.collect()
    assert claims(told)
    assert gc.collect() == 0


def test_confidence_is_a_probability_of_three_places() -> None:
    found = claims("At least 17 villagers were killed in Karsk on Monday, the governor said. Nine more were hurt.")
    assert found
    assert all(claim.confidence is not None and 0 < claim.confidence <= 1 for claim in found)
    assert all(claim.confidence == round(claim.confidence or 0, 3) for claim in found)


def test_a_figure_may_be_asserted_by_one_and_denied_by_another() -> None:
    found = claims("The ministry denied the rebels' claim that 40 soldiers had been killed near Karsk on Monday.")
    assert {(claim.low, claim.stance) for claim in found} >= {(40, "denies")}


@pytest.mark.parametrize("text", ["", " ", "\n\n", "The council met on the new bridge.", "12", "“”", "\x1b", "Killed."])
def test_a_text_that_holds_nothing_gives_nothing(text: str) -> None:
    assert claims(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Police said they averted an attack that would have killed dozens of people in the capital.",
        "The toll could rise; thousands may be killed if the dam breaks, engineers said.",
        "Were twelve people killed in the market of Karsk?",
        "Twenty cows were killed by lightning on a hill above Karsk, a farmer said.",
    ],
)
def test_harm_only_feared_or_asked_about_is_no_claim_whatever_the_heads_say(text: str) -> None:
    assert claims(text) == ()


def test_sentences_far_from_any_harm_are_not_read() -> None:
    quiet = "Trade is good here in May. " * 4
    sentences = split(quiet + "On Monday the bridge fell. Nine people were killed there. " + quiet)
    assert worth_reading(sentences, (), ENGLISH) == [4, 5]


def test_a_short_report_is_read_whole_and_a_sentence_that_patterns_claim_is_read_anywhere() -> None:
    quiet = "The town lies on a river. " * 9
    assert worth_reading(split("Rain fell. It was Monday."), (), ENGLISH) == [0, 1]
    assert worth_reading(split(quiet), {6}, ENGLISH) == [5, 6]


def test_a_model_without_claim_heads_is_refused(tmp_path: Path) -> None:
    for file in SHIPPED.iterdir():
        if file.is_file():
            shutil.copy(file, tmp_path / file.name)
    layout = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    del layout["judging"]
    (tmp_path / "model.json").write_text(json.dumps(layout), encoding="utf-8")
    with pytest.raises(ModelError, match="no settings for judging"):
        claims("Nine people were killed.", ClaimTagger(Encoder(tmp_path)))


def test_no_span_cuts_a_word() -> None:
    for path in GATE:
        text = json.loads(path.read_text(encoding="utf-8"))["text"]
        for claim in claims(text):
            spans = claim.spans
            for span in (claim.span, spans.source, spans.victims, spans.means, spans.perpetrator, *spans.via):
                if span is not None:
                    assert not text[max(0, span.start - 1) : span.start + 1].isalnum() or span.start == 0
                    assert not text[span.end - 1 : span.end + 1].isalnum() or span.end == len(text)


def test_a_person_whose_name_follows_their_description_is_counted_once() -> None:
    found = claims(
        "A gunman shot his wife, Denise Vael, dead in Harlan Falls on Monday, police said. The driver, Ana Roth, was "
        "killed too. The gunman was not injured."
    )
    assert [(claim.text, claim.harm) for claim in found] == [("Denise Vael", "killed"), ("Ana Roth", "killed")]
