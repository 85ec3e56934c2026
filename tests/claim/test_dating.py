"""Which of the days that a report names is the day of the harm; a Wednesday, 13 March 2024, is the report's day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim import read_claims
from sayso.claim.propose import Rules
from sayso.records import Claim, DateOrder, Report

DAY = "2024-03-13"


def claims(text: str, published: str | None = DAY, order: DateOrder | None = None) -> tuple[Claim, ...]:
    report = Report("dating", text, published=published, language="en")
    return read_claims(report, proposer=Rules(), date_order=order)[0]


def days(claim: Claim) -> str:
    if claim.date_from == claim.date_to:
        return claim.date_to or "-"
    return f"{claim.date_from or ''}..{claim.date_to or ''}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # The day of speaking, of publication and of the event.
        ("The ministry said on Tuesday that five people were killed on Sunday.", "2024-03-10"),
        ("The army said on Tuesday that five people were killed.", "-"),
        ("On Tuesday police said that five people were killed in Monday's attack.", "2024-03-11"),
        ("Five people were killed on Sunday, the ministry said on Tuesday.", "2024-03-10"),
        ("Five people were killed, the ministry on Tuesday said.", "-"),
        ("The ministry said Monday's strike killed five people.", "2024-03-11"),
        ("A nurse told reporters on Tuesday that shells fell at dawn and killed five people.", "2024-03-12"),
        ("HARRA, 12 March (XYZ) -- Five people were killed on Monday.", "2024-03-11"),
        # Days of other things.
        ("Police arrested a man on Monday over a shooting that killed five people.", "-"),
        ("The council met on Monday after a bomb killed five people.", "-"),
        ("A judge on Monday heard how a bomb killed five people on 2 March.", "2024-03-02"),
        # Background and totals.
        ("A mine killed five people on Monday in the third attack since January.", "2024-03-11"),
        ("More than 200 people have been killed since October.", "2023-10-01..2024-03-13"),
        ("Some 900 people have died in the war that began with protests in May 2019.", "2019-05-01..2024-03-13"),
        ("Forty people have been killed in fighting that began on Thursday.", "2024-03-07..2024-03-13"),
        ("At least 40 people have been killed in two weeks of fighting.", "2024-02-28..2024-03-13"),
        ("So far 900 people have been killed.", "..2024-03-13"),
        ("By Monday, 40 people had been killed.", "..2024-03-11"),
        (
            "Clashes broke out in Orla in January. Since then more than 300 people have been killed.",
            "2024-01-01..2024-03-13",
        ),
        ("Shelling has gone on since 4 March. So far 31 people have been killed.", "2024-03-04..2024-03-13"),
        # A day in another sentence.
        ("A bus was hit by a rocket on Monday. Five people were killed.", "2024-03-11"),
        ("Bus hit in Orla\n\nFive people were killed by a rocket. The attack happened on Monday.", "2024-03-11"),
        ("Five people were killed by a rocket in Orla. The council meets on Monday.", "-"),
        (
            f"Five people died in a shooting in Orla. {'A door was found. ' * 5}It happened late on Sunday.",
            "2024-03-10",
        ),
        # Nights and stretches.
        ("Five people were killed overnight into Tuesday.", "2024-03-11..2024-03-12"),
        ("Five people were killed in the past 24 hours.", "2024-03-12..2024-03-13"),
        ("Five people were killed between 3 and 7 March.", "2024-03-03..2024-03-07"),
        ("Five people were killed on the eve of Ramadan.", "2024-03-09..2024-03-11"),
    ],
)
def test_a_claim_takes_the_day_of_its_own_event(text: str, said: str) -> None:
    found = claims(text)
    assert found
    assert days(found[0]) == said


def test_two_claims_of_one_sentence_take_each_its_own_day() -> None:
    first, second = claims("Six people were killed on Sunday and nine people were killed on Monday.")
    assert (days(first), days(second)) == ("2024-03-10", "2024-03-11")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Six people were killed on Monday.", "Monday before Wednesday 13 March 2024"),
        (
            "A bomb went off on Monday. Six people were killed.",
            "Monday before Wednesday 13 March 2024; said 1 sentence before",
        ),
        ("So far 900 people have been killed.", "a total up to the report's day, Wednesday 13 March 2024"),
        ("Six people were killed.", None),
    ],
)
def test_the_reason_of_a_day_is_said_in_words(text: str, reason: str | None) -> None:
    assert claims(text)[0].date_reason == reason


@pytest.mark.parametrize(
    ("words", "ucdp", "acled"),
    [
        ("on Monday", 1, 1),
        ("over the weekend", 2, 2),
        ("last week", 3, 2),
        ("in January", 4, 3),
        ("last year", 5, None),
        ("recently", None, None),
    ],
)
def test_a_day_has_the_precision_codes_of_two_event_sets(words: str, ucdp: int | None, acled: int | None) -> None:
    claim = claims(f"Six people were killed {words}.")[0]
    assert (claim.date_prec, claim.time_precision) == (ucdp, acled)


def test_a_time_keeps_its_zone() -> None:
    assert claims("Six people were killed at 0430 GMT on Monday.")[0].time == "04:30 GMT"
    assert claims("Six people were killed at 4.30 am on Monday.")[0].time == "04:30"


def test_the_order_of_figures_is_what_the_user_says() -> None:
    text = "Six people were killed on 03/02/2024."
    assert [days(claims(text, order=order)[0]) for order in (None, "day", "month")] == [
        "2024-02-03",
        "2024-02-03",
        "2024-03-02",
    ]


def test_without_a_record_the_reports_day_is_its_datelines_or_its_texts() -> None:
    dateline = claims("HARRA, 4 Feb 2016 (XYZ) -- Six people were killed on Monday.", None)[0]
    text = claims("Six people were killed on Monday, the union said today, 4 February 2016.", None)[0]
    assert (days(dateline), days(text)) == ("2016-02-01", "2016-02-01")


_SENTENCES = st.lists(
    st.sampled_from(
        [
            "Six people were killed on Monday.",
            "The army said on Sunday that two were wounded.",
            "More than 300 people have died since May.",
            "They met last week.",
            "Nine were hurt overnight into Tuesday!",
            "By Friday 12 had died.",
            "\n\n",
            "On 31/02/2024 and 9999-12-31 nobody was hurt.",
        ]
    ),
    max_size=9,
).map(" ".join)


@given(_SENTENCES, st.one_of(st.none(), st.dates().map(str)))
def test_days_of_claims_are_in_order_and_the_same_on_every_run(text: str, published: str | None) -> None:
    found = claims(text, published)
    assert found == claims(text, published)
    for claim in found:
        assert not (claim.date_from and claim.date_to) or claim.date_from <= claim.date_to
        assert (claim.date_from is None and claim.date_to is None) == (claim.date_reason is None)
        if claim.date_prec == 1:
            assert claim.date_from == claim.date_to or claim.date_from is None
