"""Where and when the harm happened, where the words are plain; a Wednesday, 13 March 2024, is the report's day."""

from __future__ import annotations

import pytest

from sayso.claim import read_claims
from sayso.claim.propose import Rules
from sayso.records import Claim, Passage, Report, Span


def first(text: str, published: str | None = "2024-03-13") -> Claim:
    return read_claims(Report("setting", text, published=published, language="en"), proposer=Rules())[0][0]


@pytest.mark.parametrize(
    ("text", "date_from", "date_to"),
    [
        ("A car bomb killed six people on Monday.", "2024-03-11", "2024-03-11"),
        ("A landmine killed two shepherds yesterday.", "2024-03-12", "2024-03-12"),
        ("Ten people drowned last night.", "2024-03-12", "2024-03-12"),
        ("Nine villagers were killed on 5 March 2024.", "2024-03-05", "2024-03-05"),
        ("Nine villagers were killed on March 5.", "2024-03-05", "2024-03-05"),
        ("Eight people were killed in 2019.", "2019-01-01", "2019-12-31"),
        ("Nine people were killed in January.", "2024-01-01", "2024-01-31"),
    ],
)
def test_days_are_counted_from_the_day_of_the_report(text: str, date_from: str, date_to: str) -> None:
    claim = first(text)
    assert (claim.date_from, claim.date_to) == (date_from, date_to)
    assert claim.spans.date is not None


def test_a_day_of_speaking_does_not_date_the_harm() -> None:
    claim = first("Six people were killed, the army said on Tuesday.")
    assert (claim.date_from, claim.date_to) == (None, None)


@pytest.mark.parametrize("text", ["Six people were killed recently.", "Six people were killed a few days ago."])
def test_a_loose_time_gives_no_date(text: str) -> None:
    claim = first(text)
    assert claim.date_from is None


def test_without_a_day_of_the_report_a_weekday_gives_no_date() -> None:
    claim = first("A car bomb killed six people on Monday.", published=None)
    assert (claim.date_from, claim.date_to) == (None, None)


def test_the_local_day_of_publication_counts_whatever_its_offset() -> None:
    claim = first("A landmine killed two shepherds yesterday.", published="2024-03-13T00:30:00+05:00")
    assert claim.date_from == "2024-03-12"


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("A car bomb killed six people in Paris.", "Paris", "FR"),
        ("An air strike killed nine villagers near Kharkiv.", "Kharkiv", "UA"),
        ("Ten people drowned in Nairobi.", "Nairobi", "KE"),
        ("Two men were shot dead in Lagos.", "Lagos", "NG"),
        ("Shelling killed two women in Kherson.", "Kherson", "UA"),
    ],
)
def test_the_place_named_with_the_harm_is_its_place(text: str, place: str, country: str) -> None:
    claim = first(text)
    assert (claim.place, claim.country) == (place, country)
    assert claim.lat is not None
    assert claim.lon is not None
    assert -90 <= claim.lat <= 90
    assert -180 <= claim.lon <= 180


def test_where_no_place_is_named_none_is_given() -> None:
    claim = first("A car bomb killed six people.")
    assert (claim.place, claim.place_id, claim.lat, claim.lon, claim.place_prec) == (None, None, None, None, None)


def test_the_nearer_place_wins_in_a_sentence_with_two() -> None:
    text = "Six people were killed in Lagos and nine people were killed in Nairobi."
    claims = read_claims(Report("two", text, language="en"), proposer=Rules())[0]
    assert [(claim.low, claim.place) for claim in claims] == [(6, "Lagos"), (9, "Nairobi")]


TICKER = (
    "Live: the siege of Daras\n\n"
    "Nine people were killed on Monday.\n\n"
    "00:20 Two soldiers were killed yesterday.\n\n"
    "22:45 Nineteen people were killed today. Six guests were killed, it is said.\n\n"
    "Three people were killed yesterday."
)


def test_a_day_in_a_passage_is_counted_from_the_passages_own_day() -> None:
    starts = [TICKER.index("00:20"), TICKER.index("22:45"), TICKER.index("\n\nThree")]
    passages = (
        Passage(Span(starts[0], starts[1] - 2), "2024-03-10T00:20"),
        Passage(Span(starts[1], starts[2]), "2024-03-09T22:45"),
    )
    report = Report("ticker", TICKER, published="2024-03-13", language="en", passages=passages)
    days = {claim.text: claim.date_from for claim in read_claims(report, proposer=Rules())[0]}
    assert days == {
        "Nine people": "2024-03-11",
        "Two soldiers": "2024-03-09",
        "Nineteen people": "2024-03-09",
        "Six guests": "2024-03-09",
        "Three people": "2024-03-12",
    }


def test_the_opening_of_a_report_does_not_date_its_passages() -> None:
    text = "Nine people were killed on Monday.\n\n00:20\n\nTwo soldiers were killed in the hotel."
    passage = Passage(Span(text.index("00:20"), len(text)), "2024-03-10T00:20")
    whole = Report("whole", text, published="2024-03-13", language="en")
    ticker = Report("ticker", text, published="2024-03-13", language="en", passages=(passage,))
    assert read_claims(whole, proposer=Rules())[0][-1].date_from == "2024-03-11"
    assert read_claims(ticker, proposer=Rules())[0][-1].date_from is None
