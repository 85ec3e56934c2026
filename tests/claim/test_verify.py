"""The last check catches any claim that its text does not bear out, and costs its neighbours nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from sayso.claim import read_claims
from sayso.claim.propose import Proposals, Rules
from sayso.claim.verify import check
from sayso.records import Claim, Evidence, Report, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.sentences import Sentence

TEXT = (
    "At least 17 villagers were killed by rebel gunmen in Aleppo on Monday, the governor told Radio Ostrel.\n\n"
    "Six miners died in a car bomb attack, police said. About 30 people were hurt."
)
REPORT = Report("verify", TEXT, published="2024-03-13", language="en")
CLAIMS = read_claims(REPORT, proposer=Rules())[0]
CLAIM = CLAIMS[0]
BOMB = CLAIMS[1]


def with_span(claim: Claim, name: str, span: Span | None) -> Claim:
    changed: dict[str, Any] = {name: span}
    return replace(claim, spans=replace(claim.spans, **changed))


def test_the_sample_fills_what_the_tests_change() -> None:
    assert (CLAIM.low, CLAIM.source, CLAIM.via) == (17, "the governor", ("Radio Ostrel",))
    assert (CLAIM.perpetrator, CLAIM.victims, CLAIM.place) == ("rebel gunmen", "villagers", "Aleppo")
    assert BOMB.means is not None
    assert None not in {CLAIM.spans.date, CLAIM.spans.cue, CLAIM.spans.source}


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.text)
def test_an_honest_claim_passes(claim: Claim) -> None:
    assert check(claim, REPORT) is None


@pytest.mark.parametrize(
    "false",
    [
        replace(CLAIM, start=CLAIM.start + 1),
        replace(CLAIM, start=CLAIM.end),
        replace(CLAIM, end=CLAIM.end - 1),
        replace(CLAIM, end=CLAIM.end + 1),
        replace(CLAIM, start=len(TEXT), end=len(TEXT), text=""),
        replace(CLAIM, start=CLAIM.start + 10_000, end=CLAIM.end + 10_000),
        replace(CLAIM, text="At least 18 villagers"),
        replace(CLAIM, text=""),
        # the same words, but not all that bound the figure
        replace(CLAIM, start=CLAIM.start + len("At least "), text="17 villagers"),
        replace(CLAIM, end=CLAIM.end - len(" 17 villagers"), text="At least"),
        replace(CLAIM, low=16),
        replace(CLAIM, low=None),
        replace(CLAIM, low=0),
        replace(CLAIM, high=17),
        replace(CLAIM, qualifier="exact"),
        replace(CLAIM, qualifier="about"),
        replace(CLAIM, phrase=None),
        replace(CLAIM, phrase="more_than"),
        replace(CLAIM, kind="vague"),
        replace(CLAIM, kind="individual"),
        replace(CLAIM, kind="zero"),
        replace(CLAIM, source="The governor"),
        replace(CLAIM, source="the army"),
        replace(CLAIM, source=None),
        replace(CLAIM, via=()),
        replace(CLAIM, via=("Radio Karsk",)),
        replace(CLAIM, via=("Radio Ostrel", "Radio Ostrel")),
        replace(CLAIM, victims="soldiers"),
        replace(CLAIM, victims=None),
        replace(CLAIM, perpetrator="gunmen"),
        replace(CLAIM, perpetrator=None),
        replace(CLAIM, place="Homs"),
        replace(CLAIM, place=None),
        replace(BOMB, means="a car"),
        replace(BOMB, means=None),
    ],
)
def test_a_claim_with_one_field_changed_is_caught(false: Claim) -> None:
    problem = check(false, REPORT)
    assert problem is not None
    assert problem.code == "claim-not-in-text"
    assert problem.what
    assert problem.remedy
    assert REPORT.id in problem.where
    assert not problem.lost


@pytest.mark.parametrize("name", ["source", "mention", "cue", "victims", "perpetrator", "place", "means", "date"])
@pytest.mark.parametrize("span", [Span(-5, 3), Span(5, 5), Span(9, 2), Span(0, len(TEXT) + 1), Span(10**9, 10**9 + 1)])
def test_a_span_outside_the_text_is_caught(name: str, span: Span) -> None:
    assert check(with_span(CLAIM, name, span), REPORT) is not None


@pytest.mark.parametrize("name", ["source", "victims", "perpetrator", "place"])
def test_a_span_moved_or_missing_is_caught(name: str) -> None:
    span: Span = getattr(CLAIM.spans, name)
    for moved in (Span(span.start + 1, span.end + 1), Span(span.start, span.end + 1), None):
        assert check(with_span(CLAIM, name, moved), REPORT) is not None


def test_words_without_spans_and_spans_without_words_are_caught() -> None:
    assert check(replace(CLAIM, spans=Evidence()), REPORT) is not None
    assert check(replace(CLAIM, spans=replace(CLAIM.spans, means=Span(0, 2))), REPORT) is not None


def test_a_claim_of_another_text_is_caught() -> None:
    other = Report("other", TEXT.replace("17", "19"), language="en")
    assert check(CLAIM, other) is not None


class Misreading(Rules):
    """A reader that gets one figure wrong, as a trained one may."""

    name = "misreading"

    def __init__(self, at: int) -> None:
        self.at = at

    def propose(self, text: str, sentences: Sequence[Sentence], language: str) -> Proposals:
        """Propose what the rules do, with one figure changed."""
        proposals = super().propose(text, sentences, language)
        claims = list(proposals.claims)
        harmed = claims[self.at].harmed
        count = replace(harmed.mention.count, low=99, high=99)
        mention = replace(harmed.mention, count=count)
        claims[self.at] = replace(claims[self.at], harmed=replace(harmed, mention=mention))
        return replace(proposals, claims=tuple(claims))


@pytest.mark.parametrize("at", range(len(CLAIMS)))
def test_a_misread_claim_becomes_a_problem_and_its_neighbours_stay(at: int) -> None:
    kept, _, problems = read_claims(REPORT, proposer=Misreading(at))
    assert [problem.code for problem in problems] == ["claim-not-in-text"]
    assert kept == tuple(claim for n, claim in enumerate(CLAIMS) if n != at)
